"""The course in a browser tab: `python3 -m helpers live` makes the folder `live`, JupyterLab with all lessons and Python inside.

Nothing in it asks another computer: Python (Pyodide), pandas, plotly, helpers and tables lie in the folder. Any https
server can give it away; `live --serve` shows it on this computer. What it is made of: `live_parts`.
"""

import html
import json
import os
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
from helpers.tools import answering, build, live_parts, live_serve, student
from helpers.tools.live_parts import CONF, LiveError

LIVE = ROOT / "live"
ASSETS = Path(__file__).parent / "live_assets"
MARK = "course-live.json"  # tells our folder from a stranger's
NAME = CONF["lite"]["jupyter-config-data"]["appName"]
KERNEL = {"display_name": "Python (in this browser)", "language": "python", "name": "python"}
LEFT_OUT = ("teachers_guide.md", "for_schools.md", "rise.css")
MEGA = 1e6
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
        versions = _write_source(source, pyodide, for_students)
        _jupyterlite(source, target)
    _dress(target, versions)
    made = {"lessons": len(list((target / "files" / "notebooks").glob("*.ipynb"))), "megabytes": _weight(target), **versions}
    (target / MARK).write_text(json.dumps(made, indent=1), encoding="utf-8")
    return made


def _write_source(source: Path, pyodide: Path | None, for_students: bool) -> dict[str, str]:
    """Write what JupyterLite's builder reads: contents, Python, settings; return the versions of the parts."""
    python = source / "static" / "pyodide"
    python.mkdir(parents=True)
    version = environment.project()["version"]
    files, lock = live_parts.packages(version, live_parts.course(for_students), live_parts.pyodide(pyodide))
    for name, content in files.items():
        (python / name).write_bytes(content)
    (python / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    for path, content in contents(for_students).items():
        place = source / "course" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    shutil.copy(ROOT / "helpers" / "lab" / "overrides.json", source / "overrides.json")
    (source / "jupyter-lite.json").write_text(json.dumps(CONF["lite"]), encoding="utf-8")
    parts = {name: lock["packages"][name]["version"] for name in ("pandas", "numpy", "plotly")}
    return {
        "course": version,
        "pyodide": lock["info"]["version"],
        "python": lock["info"]["python"],
        **parts,
        "jupyterlite": metadata.version("jupyterlite-core"),
        "kernel": metadata.version("jupyterlite-pyodide-kernel"),
    }


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


def _jupyterlite(source: Path, target: Path) -> None:
    """Let JupyterLite's own builder make the folder; LiveError with its last words when it cannot."""
    extensions = [str(live_parts.labextension(name)) for name in CONF["extensions"]]
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


def _dress(target: Path, versions: dict[str, str]) -> None:
    """Add what the course says itself: the first check, the bar, the reading layout, the door, the recipe for servers."""
    for name in ("first.js", "first.css"):
        shutil.copy(ASSETS / name, target / name)
    shutil.copy(ROOT / "helpers" / "lab" / "custom.css", target / "reading.css")
    _first_words(target)
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


def _first_words(target: Path) -> None:
    """Let JupyterLab's page ask first whether it can work, and say how far it is."""
    python = sorted((target / "static" / "pyodide").iterdir())
    files = {path.relative_to(target).as_posix(): (path.stat().st_size, live_parts.digest(path.read_bytes())) for path in python}
    head = "".join(f'<link rel="{kind}" href="{file}">' for kind, file in HEAD)
    scripts = f'<script>window.courseFiles = {json.dumps(files)};</script><script src="../first.js" data-root=".."></script>'
    page = (target / "lab" / "index.html").read_text(encoding="utf-8")
    for old, new in (
        ('<meta charset="utf-8" />', f'<meta charset="utf-8" />{head}{scripts}'),
        ("await import(", "if (!(await window.courseReady)) return;\n        await import("),
        ("<title>JupyterLite</title>", f"<title>{html.escape(NAME)}</title>"),
    ):
        if page.count(old) != 1:
            raise LiveError("This version of JupyterLite begins its page in another way: use the version that pyproject.toml names.")
        page = page.replace(old, new)
    (target / "lab" / "index.html").write_text(page, encoding="utf-8")


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
    print(
        f"{made['lessons']} lessons, {made['megabytes']} MB, {time.monotonic() - began:.0f} s.\nSee it with python3 -m helpers live --serve"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
