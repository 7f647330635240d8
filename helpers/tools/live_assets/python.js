/* How Python starts in this browser. JupyterLite's kernel asks for this file in the place of pyodide.js, and gets Python with all
   packages in it. The lesson's page begins it as a worker of its own, before JupyterLab is there: it fetches its files, waits for the
   word "go" (or for the kernel), and brings the kernel along.
   All packages are one file that the browser itself unpacks; Pyodide's own way, wheel by wheel and in Python, takes many times longer. */
"use strict";
(() => {
  if (self.coursePython) return; // begun by the page; now the kernel asks
  const PACKAGES = "{packages}", LIBRARY = "{library}";
  const SITE = "/lib/python{python}/site-packages/";
  const LATER = ["numpy", "pandas", "narwhals", "plotly.express"]; // what every lesson imports: while the reader still reads
  const SETTINGS = new URLSearchParams(self.location.search); // set where the page begins us
  const OTHERS = ["pyodide.asm.wasm", "pyodide.asm.js", "pyodide.js"]; // Pyodide asks for them itself, the browser has them then
  let python = null, go;
  const free = new Promise((resolve) => { go = resolve; });

  const told = (words) => self.postMessage({ course: words });
  const unpacked = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));

  async function fetched(address) {
    const answer = await fetch(address, { priority: "low" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const counted = new TransformStream({
      transform(part, way) {
        told({ done: part.length });
        way.enqueue(part);
      },
    });
    return new Response(answer.body.pipeThrough(counted)).arrayBuffer();
  }

  /* The file: how long its list is, the list of [path, length], the contents one after another. */
  function put(FS, bytes) {
    const begin = 4 + new DataView(bytes).getUint32(0, true), folders = new Set();
    let place = begin;
    for (const [path, length] of JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, begin - 4)))) {
      const folder = path.slice(0, path.lastIndexOf("/") + 1);
      if (!folders.has(folder)) FS.mkdirTree(SITE + folder);
      folders.add(folder);
      FS.writeFile(SITE + path, new Uint8Array(bytes, place, length), { canOwn: true });
      place += length;
    }
  }

  async function started(indexURL, env) {
    const at = (name) => new URL(name, indexURL).href;
    const packages = fetched(at(PACKAGES)), library = fetched(at(LIBRARY));
    const others = SETTINGS.get("cold") ? OTHERS.map((name) => fetched(at(name))) : [];
    for (const one of [packages, library, ...others]) one.catch(() => null); // said below, or by Pyodide
    await free;
    const ordinary = self.fetch;
    self.fetch = async (address, ...more) => (String(address) === at(LIBRARY) ? unpacked(await library) : ordinary(address, ...more));
    const whole = packages.then((bytes) => unpacked(bytes).arrayBuffer());
    whole.catch(() => null);
    self.importScripts(at("pyodide.js"));
    const load = self.loadPyodide;
    self.loadPyodide = self.coursePython;
    const pyodide = await load({ indexURL, env, stdLibURL: at(LIBRARY) });
    self.fetch = ordinary;
    put(pyodide.FS, await whole);
    pyodide.runPython("import importlib; importlib.invalidate_caches(); import pyodide_kernel");
    told({ begun: true });
    return pyodide;
  }

  const begun = ({ indexURL, env }) => {
    python = python || started(indexURL, { ...env }).catch((error) => {
      told({ failed: true });
      throw error;
    });
    return python;
  };
  self.coursePython = self.loadPyodide = (options) => {
    go();
    return begun(options);
  };

  /* One import after another, so that a cell that is run meanwhile waits for one of them at most. */
  async function warmed() {
    const { runPython } = await python;
    for (const name of LATER) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      runPython(`import ${name}; del ${name.split(".")[0]}`, { globals: runPython("{}") });
    }
  }
  self.addEventListener("message", ({ data }) => {
    if (data && data.course === "go") go();
    if (data && data.course === "warm") warmed();
  });

  const kernel = SETTINGS.get("kernel");
  if (!kernel) return;
  const ordinary = self.importScripts;
  self.importScripts = (address, ...more) => (/\/python-\w+\.js$/.test(address) ? undefined : ordinary.call(self, address, ...more));
  begun({ indexURL: new URL(".", self.location.href).href, env: {env} }).catch(() => null); // the kernel says it
  self.importScripts(new URL(kernel, self.location.origin).href);
})();
