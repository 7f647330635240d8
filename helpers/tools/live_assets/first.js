/* Before JupyterLab begins: can it work here? If not, one sentence and the way to the pages. While it loads: what, and how far.
   window.courseFiles = {address of a file: [bytes, sha256]} and window.coursePython = {begin, kernel}, two addresses, are written by the build. */
"use strict";
(() => {
  const WORDS = {
    disk: "The live lessons do not start from a folder on disk: open them from a web address, or with python3 -m helpers live --serve.",
    plain:
      "The live lessons need an address that begins with https:// (or this computer's own); this one is plain http, so the browser gives them no files.",
    old: "This browser is too old for the live lessons: take a newer Firefox, Chrome, Edge or Safari.",
    closed:
      "This window gives the live lessons no storage (a private window, or a rule of this browser): open them in an ordinary window.",
    full:
      "This browser's storage is full, so this change is only in this tab, and what was kept before is untouched: leave the tab open, " +
      "free some space on this computer or delete files of yours in the list on the left, then save again (File, Save).",
    pages: "Read the lessons and answer on the pages instead: they need none of this.",
    fetching: "Python is on its way into this browser: {done} of {all} MB. You can read and look at the charts meanwhile.",
    starting: "Python is starting. You can read and look at the charts meanwhile.",
    ready: "Python is ready: click into a cell and press Shift+Enter, or choose Run, then Run All Cells.",
    damaged: "The file {file} is damaged or missing on this server: make the folder anew with python3 -m helpers live.",
    failed: "Python did not start. Load the page again; if that does not help, take the pages.",
  };
  const root = document.currentScript.dataset.root;
  const PATIENCE = 600; // seconds: an old computer is slow, not wrong
  const LATE = 60; // seconds without any news after which all files are read through
  const FEW = 2, LONG = 10000; // with so few processors Python waits until the lesson is on the screen, so many milliseconds at most
  const FULL = "QuotaExceededError"; // as browsers name it
  const SOON = 3000; // milliseconds for the service worker to take charge of this page

  function stored() {
    return new Promise((resolve) => {
      try {
        const opened = indexedDB.open("course-trial");
        opened.onsuccess = () => { opened.result.close(); resolve(true); };
        opened.onerror = () => resolve(false);
        opened.onblocked = () => resolve(false);
      } catch (_) {
        resolve(false);
      }
    });
  }

  async function fault() {
    if (location.protocol === "file:") return "disk";
    if (typeof WebAssembly !== "object" || typeof structuredClone !== "function" || typeof DecompressionStream !== "function") return "old";
    if (!window.isSecureContext) return "plain";
    if (!navigator.serviceWorker || !window.indexedDB || !(await stored())) return "closed";
    try {
      await navigator.serviceWorker.getRegistrations();
    } catch (_) {
      return "closed";
    }
    return "";
  }

  /* JupyterLab shows the browser's own words when it cannot save; of full storage the browser says nothing but a name. */
  function worded({ prototype }) {
    const { get } = Object.getOwnPropertyDescriptor(prototype, "error");
    Object.defineProperty(prototype, "error", {
      get() {
        const error = get.call(this);
        return error && error.name === FULL ? new DOMException(WORDS.full, FULL) : error;
      },
    });
  }

  function told(name) {
    const box = document.createElement("main");
    box.id = "course-stop";
    box.setAttribute("role", "alert");
    const sentence = document.createElement("p");
    sentence.textContent = WORDS[name];
    const way = document.createElement("p");
    const link = document.createElement("a");
    link.href = `${root}/pages/index.html`;
    link.textContent = WORDS.pages;
    way.append(link);
    box.append(sentence, way);
    document.body.replaceChildren(box);
  }

  function bar() {
    const box = document.createElement("div");
    box.id = "course-bar";
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    const progress = document.createElement("progress");
    progress.setAttribute("aria-label", "Python for this browser");
    progress.max = 1;
    box.append(words, progress);
    document.body.append(box);
    return (name, share, parts = {}) => {
      const text = WORDS[name].replace(/{(\w+)}/g, (_, part) => parts[part]);
      if (words.textContent !== text) words.textContent = text;
      if (share === null) progress.removeAttribute("value");
      else progress.value = share;
      document.documentElement.dataset.python = name;
      return box;
    };
  }

  /* When Python does not start: read all its files through, in a worker, to name the one that is damaged. */
  const FETCH = `onmessage = async ({ data }) => {
    await Promise.all(data.map(async ([file, address, wanted]) => {
      try {
        const answer = await fetch(address), parts = [];
        const reader = answer.body.getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          parts.push(part.value);
          postMessage({ done: part.value.length });
        }
        const seen = new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
        if (!answer.ok || [...seen].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== wanted) postMessage({ damaged: file });
      } catch (_) {
        postMessage({ damaged: file });
      }
    }));
    postMessage({ end: true });
  };`;
  /* Returns the name of a damaged file, or "". */
  function fetched(say) {
    const files = Object.entries(window.courseFiles), all = files.reduce((sum, [, [size]]) => sum + size, 0);
    const mega = (bytes) => Math.round(bytes / 1e6);
    return new Promise((resolve) => {
      const source = URL.createObjectURL(new Blob([FETCH], { type: "text/javascript" }));
      const worker = new Worker(source);
      let done = 0, damaged = "";
      worker.onerror = () => resolve("");
      worker.onmessage = ({ data }) => {
        damaged = damaged || data.damaged || "";
        if (data.end) {
          worker.terminate();
          URL.revokeObjectURL(source);
          return resolve(damaged);
        }
        done = Math.min(all, done + (data.done || 0));
        say("fetching", done / all, { done: mega(done), all: mega(all) });
      };
      worker.postMessage(files.map(([file, [, wanted]]) => [file, new URL(`${root}/${file}`, location.href).href, wanted]));
    });
  }

  function kernel() {
    const shown = window.jupyterapp && window.jupyterapp.shell.currentWidget;
    const session = shown && shown.sessionContext && shown.sessionContext.session;
    return session && session.kernel;
  }

  /* Which files this browser was given whole on an earlier visit: they are not read through again before Python may begin. */
  const KEPT = "course-fetched";
  function known() {
    try {
      return localStorage.getItem(KEPT) === JSON.stringify(window.courseFiles);
    } catch (_) {
      return false;
    }
  }
  function remember() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(window.courseFiles));
    } catch (_) { /* the next visit reads them through again */ }
  }

  /* What the workers with a Python in them have said so far. */
  const news = { done: 0, begun: false, failed: false, last: Date.now() }, workers = [];
  function heard(worker) {
    workers.push(worker);
    worker.addEventListener("message", ({ data }) => {
      const { done = 0, ...more } = (data && data.course) || {};
      if (data && data.course) Object.assign(news, more, { done: news.done + done, last: Date.now() });
    });
    worker.addEventListener("error", () => { news.failed = true; });
    return worker;
  }

  /* Without a service worker in charge of the page a worker has no files. */
  async function inCharge() {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller) return true;
    const taken = new Promise((resolve) => serviceWorker.addEventListener("controllerchange", () => resolve(true), { once: true }));
    await serviceWorker.register(`${root}/service-worker.js?enableCache=false`);
    return Promise.race([taken, new Promise((resolve) => setTimeout(() => resolve(false), SOON))]);
  }

  /* Begin Python while JupyterLab is still loading; the first kernel that JupyterLab starts then is this one. */
  async function begin() {
    const { begin, kernel } = window.coursePython, Ordinary = window.Worker;
    const address = (file) => {
      const { pathname, search } = new URL(file, location.href);
      return `${root}/${begin}?kernel=${encodeURIComponent(pathname + search)}${known() ? "" : "&cold=1"}`;
    };
    let first = null;
    window.Worker = class Worker extends Ordinary {
      constructor(file, options) {
        const ours = new URL(file, location.href).pathname.endsWith(`/${kernel}`);
        if (ours && first) {
          const begun = first;
          first = null;
          return begun;
        }
        super(ours ? address(file) : file, options);
        if (ours) heard(this);
      }
    };
    if (crossOriginIsolated || !(await inCharge().catch(() => false)) || workers.length) return;
    const worker = first = heard(new Ordinary(address(`${root}/${kernel}`)));
    const since = Date.now();
    while (!(navigator.hardwareConcurrency > FEW || document.querySelector(".jp-Notebook .jp-Cell") || Date.now() > since + LONG))
      await new Promise((resolve) => setTimeout(resolve, 100));
    worker.postMessage({ course: "go" });
  }

  async function watch() {
    const say = bar(), began = Date.now(), mega = (bytes) => Math.round(bytes / 1e6), cold = !known();
    const all = Object.values(window.courseFiles).reduce((sum, [size]) => sum + size, 0);
    let checked = false;
    async function check() {
      checked = true;
      const damaged = await fetched(say);
      if (damaged) say("damaged", 0, { file: damaged });
      return damaged;
    }
    while (Date.now() < began + 1000 * PATIENCE) {
      const status = kernel() && kernel().status;
      const alone = news.begun && window.jupyterapp && !kernel() && Date.now() > news.last + SOON; // no lesson is open
      if (status === "idle" || status === "busy" || alone) {
        const box = say("ready", 1);
        remember();
        if (workers.length) workers[0].postMessage({ course: "warm" });
        setTimeout(() => box.remove(), 8000);
        return;
      }
      if (!checked && (news.failed || Date.now() > news.last + 1000 * LATE)) {
        if (await check()) return;
        if (news.failed) break;
      }
      if (cold && news.done < 0.95 * all && !news.begun) say("fetching", news.done / all, { done: mega(news.done), all: mega(all) });
      else say("starting", null);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    say("failed", 0);
  }

  const whole = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  window.courseReady = fault().then(async (name) => {
    if (!name) [IDBRequest, IDBTransaction].forEach(worded);
    if (!name && window.coursePython) begin();
    await whole;
    if (name) told(name);
    else if (window.courseFiles) watch();
    return !name;
  });
})();
