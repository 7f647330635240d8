"""The course in a browser tab: `python3 -m helpers live` makes the folder `live`, JupyterLab with all lessons and Python inside.

Nothing in it asks another computer: Python (Pyodide), pandas, plotly, helpers and tables lie in the folder. Any https
server can give it away; `live --serve` shows it on this computer. What it is made of: `live_parts`.
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import webbrowser
from importlib import metadata
from pathlib import Path

import nbformat

from helpers import data, environment
from helpers.common import ROOT
from helpers.tools import answering, build, live_bundle, live_parts, live_serve, student
from helpers.tools.live_parts import AGAIN, CONF, LiveError

LIVE = ROOT / "live"
ASSETS = Path(__file__).parent / "live_assets"
MARK = "course-live.json"  # tells our folder from a stranger's
NAME = CONF["lite"]["jupyter-config-data"]["appName"]
KERNEL = {"display_name": "Python (in this browser)", "language": "python", "name": "python"}
CHARTS = "course-charts"
LEFT_OUT = ("teachers_guide.md", "for_schools.md", "rise.css")
MEGA = 1e6
PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
WORKER = re.compile(r"crossOriginIsolated\?new Worker\([^?]*?\):new Worker\(new URL\(n\.p\+n\.u\((\d+)\)")
HANDED_ON = "shouldDrop(t,a)||(n=maybeFromCache(e))"
ENABLED = "l=!(!(null==i?void 0:i.enabled)&&!crossOriginIsolated)"
ASKED = "await this._driveContentsProcessor.processDriveRequest(e)"  # what Python wants of its files; the page answers
REFUSED = '.catch((e=>({errno:"QuotaExceededError"===e.name?"ENOSPC":"EIO"})))'
ANSWER = "return JSON.parse(t.responseText)}get endpoint"
RAISED = "let s=JSON.parse(t.responseText);if(s&&s.errno)throw new this.FS.ErrnoError(this.ERRNO_CODES[s.errno]);return s}get endpoint"
OTHER_VERSION = "This version of JupyterLite is put together in another way: use the version that pyproject.toml names."
FETCHED, CLASS = 45, 28  # MB that a first visit takes at most, with all of Python; pupils of a class
HEAD = (("icon", "favicon.ico"), ("stylesheet", "../first.css"), ("stylesheet", "../reading.css"))
HEADERS = """/static/*
  Cache-Control: public, max-age=604800
/build/*
  Cache-Control: public, max-age=604800
/extensions/*
  Cache-Control: public, max-age=604800
"""
HTACCESS = """<IfModule mod_headers.c>
  <If "%{REQUEST_URI} =~ m#/(static|build|extensions)/#">
    Header set Cache-Control "public, max-age=604800"
  </If>
  <Else>
    Header set Cache-Control "no-cache"
  </Else>
</IfModule>
AddType application/wasm .wasm
"""


def make(target: Path, pyodide: Path | None = None, for_students: bool = False) -> dict[str, object]:
    """Build the edition into a folder that does not exist yet.

    Parameters
    ----------
    pyodide : Path, optional
        A folder with an unpacked release of Pyodide; else it is fetched.
    for_students : bool
        Whether lessons and tables are those of the student edition.

    Returns
    -------
    dict
        What was built: lessons, megabytes, versions.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        versions, python = _write_source(source, pyodide, for_students)
        _jupyterlite(source, target)
    _dress(target, versions, python)
    made = {"lessons": len(list((target / "files" / "notebooks").glob("*.ipynb"))), "megabytes": _weight(target), **versions}
    (target / MARK).write_text(json.dumps(made, indent=1), encoding="utf-8")
    return made


def _write_source(source: Path, pyodide: Path | None, for_students: bool) -> tuple[dict[str, object], str]:
    """Write what JupyterLite's builder reads: contents, Python, settings; return the versions of the parts and how Python starts."""
    python = source / "static" / "pyodide"
    python.mkdir(parents=True)
    version = environment.project()["version"]
    wheels, lock = live_parts.packages(version, live_parts.course(for_students), live_parts.pyodide(pyodide))
    options = CONF["lite"]["jupyter-config-data"]["litePluginSettings"][PLUGIN]["loadPyodideOptions"]
    files, names, compiled = live_bundle.bundled(wheels, lock, options)
    for name, content in files.items():
        (python / name).write_bytes(content)
    for path, content in contents(for_students).items():
        place = source / "course" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    shutil.copy(ROOT / "helpers" / "lab" / "overrides.json", source / "overrides.json")
    (source / "jupyter-lite.json").write_text(json.dumps(CONF["lite"]), encoding="utf-8")
    parts = {name: lock["packages"][name]["version"] for name in ("pandas", "numpy", "plotly")}
    versions = {
        "course": version,
        "pyodide": lock["info"]["version"],
        "python": lock["info"]["python"],
        **parts,
        "jupyterlite": metadata.version("jupyterlite-core"),
        "kernel": metadata.version("jupyterlite-pyodide-kernel"),
        "compiled": compiled,
    }
    return versions, names["python"]


def contents(for_students: bool = False) -> dict[str, bytes]:
    """Return the files that a reader sees in the list on the left, as {path: bytes}."""
    found = [*build.NOTEBOOKS.iterdir(), *(ROOT / "data").iterdir(), *(build.NOTEBOOKS / "pictures").iterdir(), ROOT / "LICENSE"]
    found = [path for path in found if path.is_file() and not path.name.startswith((".", "my_")) and path.name not in LEFT_OUT]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}
    if for_students:
        theirs = student.edition()
        files = {path: theirs.get(path, content) for path, content in files.items() if path in theirs or not path.startswith("data/")}
        files |= {path.relative_to(ROOT).as_posix(): _for_pupils(path) for path in found if path.suffix == ".ipynb"}
    return {path: _for_the_browser(content) if path.endswith(".ipynb") else content for path, content in sorted(files.items())}


def _for_pupils(path: Path) -> bytes:
    """Return a lesson without the teacher's cells; its stored charts stay, what shows our verdicts goes."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "teacher" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            theirs = {name for name, _ in answering.asked(cell.source)} & {*answering.OF_TEACHERS}
            cell.outputs = [] if theirs else answering.without_ours(cell)
    return nbformat.writes(notebook).encode("utf-8")


def _for_the_browser(content: bytes) -> bytes:
    """Return a lesson with the browser's kernel; its texts are whole, since no server joins their lines there."""
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)  # joins lines
    notebook.metadata["kernelspec"] = KERNEL
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode("utf-8")


def _jupyterlite(source: Path, target: Path, more: tuple[str, ...] = ()) -> None:
    """Let JupyterLite's own builder make the folder, with more parts of JupyterLab; LiveError with its last words when it cannot."""
    extensions = [str(live_parts.labextension(name)) for name in (*CONF["extensions"], *more)]
    settings = {**CONF["build"], "federated_extensions": extensions, "output_dir": str(target), "cache_dir": str(source.parent / "cache")}
    (source / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": settings}), encoding="utf-8")
    scripts = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build"],
        cwd=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "PATH": scripts, "JUPYTER_CONFIG_DIR": str(source.parent), "PYTHONUTF8": "1"},
    )
    if done.returncode or not (target / "lab" / "index.html").is_file():
        last = (done.stdout.strip().splitlines() or ["nothing"])[-1]
        raise LiveError(f"JupyterLite could not be built; its last line says: {last}")


def _dress(target: Path, versions: dict[str, object], python: str) -> None:
    """Add what the course says itself: the first check, the bar, the charts, the reading layout, the door, the recipe for servers."""
    for name in ("first.js", "first.css"):
        shutil.copy(ASSETS / name, target / name)
    shutil.copy(ROOT / "helpers" / "lab" / "custom.css", target / "reading.css")
    _settings(target, python, _charts(target))
    _lighter_and_surer(target)
    _first_words(target, python)
    shutil.copy(target / "icon-120x120.png", target / "lab" / "favicon.ico")
    manifest = {"name": NAME, "start_url": "./index.html", "display": "browser"}
    (target / "manifest.webmanifest").write_text(json.dumps(manifest), encoding="utf-8")
    (target / "index.html").write_text(door(target), encoding="utf-8")
    (target / "pages").mkdir()
    shutil.copy(ASSETS / "pages.html", target / "pages" / "index.html")
    of_a_class = {"mega": FETCHED, "class_mega": CLASS * FETCHED, "class_seconds": round(CLASS * FETCHED * 8 / 100)}
    (target / "server.md").write_text(_filled("server.md", {**versions, **of_a_class}), encoding="utf-8")
    (target / "_headers").write_text(HEADERS, encoding="utf-8")
    (target / ".htaccess").write_text(HTACCESS, encoding="utf-8")
    (target / ".nojekyll").touch()


def _charts(target: Path) -> str:
    """Add the part of JupyterLab that shows charts, with plotly.js; return the part's address below its folder."""
    library = live_parts.plotly_js()
    name = f"plotly-{live_parts.digest(library)[:12]}.js"
    script = _filled("charts.js", {"plotly": name}).encode()
    folder = target / "extensions" / CHARTS / "static"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(library)
    part = f"charts-{live_parts.digest(script)[:12]}.js"
    (folder / part).write_bytes(script)
    return f"static/{part}"


def _settings(target: Path, python: str, charts: str) -> None:
    """Let the kernel start Python as `python.js` says, and JupyterLab show charts as `charts.js` says."""
    path = target / "jupyter-lite.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["jupyter-config-data"]["litePluginSettings"][PLUGIN]["pyodideUrl"] = f"./static/pyodide/{python}"
    settings["jupyter-config-data"]["federated_extensions"].append({"name": CHARTS, "load": charts, "mimeExtension": "./mimeExtension"})
    path.write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _change(path: Path, words: dict[str, str]) -> None:
    """Replace words that stand once in a file of JupyterLite; LiveError when they don't."""
    text = path.read_text(encoding="utf-8")
    for old, new in words.items():
        if text.count(old) != 1:
            raise LiveError(OTHER_VERSION)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _lighter_and_surer(target: Path) -> None:
    """Let the service worker leave alone what it only hands on, and the kernel wait for it, or it starts without the lessons' files.

    What cannot be written is said to Python, which else waits for an answer for ever.
    """
    _change(target / "service-worker.js", {HANDED_ON: HANDED_ON.replace("||", "||!enableCache||")})
    scripts = target / "extensions" / PLUGIN.split(":")[0] / "static"
    patience = "new Promise((e=>setTimeout(e,9e3)))"
    waits = ENABLED.replace("=!(", f"=!(await Promise.race([i&&i.ready,{patience}]).catch((()=>0)),", 1)
    _change(target / _kernel(target), {ANSWER: RAISED})
    for folder, old, new in ((scripts, ENABLED, waits), (target / "build", ASKED, ASKED + REFUSED)):
        found = [path for path in folder.glob("*.js") if old in path.read_text(encoding="utf-8")]
        if not found:
            raise LiveError(OTHER_VERSION)
        for path in found:
            _change(path, {old: new})


def _kernel(target: Path) -> str:
    """Return the address of the kernel's script that runs beside the page."""
    folder = target / "extensions" / PLUGIN.split(":")[0] / "static"
    numbers = {number for path in folder.glob("*.js") for number in WORKER.findall(path.read_text(encoding="utf-8"))}
    found = [path for number in numbers for path in folder.glob(f"{number}.*.js")]
    if len(found) != 1:
        raise LiveError(OTHER_VERSION)
    return found[0].relative_to(target).as_posix()


def _first_words(target: Path, python: str) -> None:
    """Let JupyterLab's page ask first whether it can work, begin Python, and say how far it is."""
    found = sorted((target / "static" / "pyodide").iterdir())
    files = {path.relative_to(target).as_posix(): (path.stat().st_size, live_parts.digest(path.read_bytes())) for path in found}
    begin = {"begin": f"static/pyodide/{python}", "kernel": _kernel(target)}
    head = "".join(f'<link rel="{kind}" href="{file}">' for kind, file in HEAD)
    words = f"window.courseFiles = {json.dumps(files)}; window.coursePython = {json.dumps(begin)};"
    scripts = f'<script>{words}</script><script src="../first.js" data-root=".."></script>'
    changes = {
        '<meta charset="utf-8" />': f'<meta charset="utf-8" />{head}{scripts}',
        "await import(": "if (!(await window.courseReady)) return;\n        await import(",
        "<title>JupyterLite</title>": f"<title>{html.escape(NAME)}</title>",
    }
    _change(target / "lab" / "index.html", changes)


def _filled(name: str, values: dict[str, object]) -> str:
    """Return one of our texts with the words in braces filled."""
    text = (ASSETS / name).read_text(encoding="utf-8")
    for word, value in values.items():
        text = text.replace(f"{{{word}}}", str(value))
    return text


def door(target: Path) -> str:
    """Return the first page: the lessons, each a link that opens JupyterLab at it."""
    there = {path.name for path in (target / "files" / "notebooks").glob("*.ipynb")}
    items = [
        f'<li><a href="lab/index.html?path=notebooks/{row.file}">{row.lesson} {html.escape(row.title)}</a> {html.escape(row.question)}</li>'
        for row in data.load("lessons").itertuples()
        if row.file in there
    ]
    return _filled("door.html", {"title": html.escape(NAME), "items": "\n".join(items)})


def _weight(target: Path) -> float:
    return round(sum(path.stat().st_size for path in target.rglob("*") if path.is_file()) / MEGA, 1)


def _put(pyodide: str | None, for_students: bool) -> dict[str, object]:
    """Build beside the old folder and put the new one in its place; LiveError when the old one is not ours."""
    if LIVE.exists() and not (LIVE / MARK).exists():
        raise LiveError("There is a folder 'live' that was not made by this command: move it away, then give the command again.")
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".live-") as folder:
        made = make(Path(folder, "live"), Path(pyodide).resolve() if pyodide else None, for_students)
        if LIVE.exists():
            shutil.rmtree(LIVE)
        shutil.move(Path(folder, "live"), LIVE)
    return made


def _serve(port: object, open_it: bool) -> None:
    if not (LIVE / MARK).exists():
        raise LiveError("There is no folder 'live' yet: give the command python3 -m helpers live first.")
    server = live_serve.Server(LIVE, environment.free_port(port))
    print(f"Open {server.address}index.html (on this computer only; Ctrl+C ends it)", flush=True)
    if open_it:
        webbrowser.open(server.address)
    server.serve_forever()


def main(arguments: list[str]) -> int:
    """Build the folder `live`, or show it on this computer; return the exit status."""
    arguments, began = list(arguments), time.monotonic()
    try:
        serve, closed, students = (bool(environment.take(arguments, name, False)) for name in ("--serve", "--no-browser", "--students"))
        port, pyodide = environment.take(arguments, "--port", True), environment.take(arguments, "--pyodide", True)
        if arguments:
            raise LiveError(
                f"'live' does not know {' '.join(arguments)}: it takes --students, --pyodide FOLDER, --serve, --port N and --no-browser."
            )
        if serve:
            _serve(port, not closed)
            return 0
        made = _put(pyodide, students)
    except (LiveError, environment.SetupError) as problem:
        print(f"\n{problem}")
        return 1
    print(f"{made['lessons']} lessons, {made['megabytes']} MB, {time.monotonic() - began:.0f} s.")
    if not made["compiled"]:
        print(f"With Python {live_bundle.VERSION} on this computer, Python would start faster in the browser: install it, then {AGAIN}.")
    print("See it with python3 -m helpers live --serve")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
