"""Measure the goals: Run All of the slowest lesson, the first start from a fresh folder, and the size of the rooms.

    .venv/bin/python tests/measure.py              lessons (median of three turns) and rooms
    .venv/bin/python tests/measure.py --start      the first start with pip too: needs the network and minutes
    .venv/bin/python tests/measure.py --live       the live edition in Chromium instead, beside a bare JupyterLite: needs minutes;
                                                   --live 03 08 measures these lessons alone

It is no part of the tests: a busy computer is slow, not wrong. Measure on two quiet cores, before a release.
"""

import ast
import copy
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from helpers.tools import kit  # noqa: E402
from helpers.tools.build import lessons  # noqa: E402

GOAL = 3.0  # seconds for all cells of the slowest lesson
TURNS = 3
IMPORTS = "import pandas, plotly.graph_objects"


def run_all(path):
    """Return (seconds, seconds of a processor) that a lesson takes from the start of its kernel to its last cell."""
    notebook = nbformat.read(path, as_version=4)
    began, before = time.perf_counter(), os.times()
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    return time.perf_counter() - began, sum(os.times()[:4]) - sum(before[:4])


def lesson_seconds():
    """Return {lesson: (median seconds, median seconds of a processor)}; lessons take turns, so that a busy moment hits all alike."""
    taken = {path: [] for path in lessons()}
    for _ in range(TURNS):
        for path, seconds in taken.items():
            seconds.append(run_all(path))
    return {path.stem: tuple(map(statistics.median, zip(*seconds, strict=True))) for path, seconds in taken.items()}


def first_start():
    """Return the seconds that the first start takes with pip, from a fresh copy of the course."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in kit.contents().items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_bytes(content)
        code = "from helpers import environment; environment.shutil.which = lambda name: None; environment.ensure()"
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began


def rooms():
    """Return {room: (modules, lines, functions)}."""
    modules, lines, functions = Counter(), Counter(), Counter()
    for path in sorted((ROOT / "helpers").rglob("*.py")):
        parts = path.relative_to(ROOT / "helpers").parts
        room = parts[0] if len(parts) > 1 else "ground floor"
        source = path.read_text(encoding="utf-8")
        modules[room] += 1
        lines[room] += source.count("\n")
        functions[room] += sum(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(source)))
    return {room: (modules[room], lines[room], functions[room]) for room in modules}


def bare_lite(target):
    """Build JupyterLite with the same Python, pandas and plotly, without anything of the course, in a folder that does not exist yet."""
    from helpers.tools import live, live_parts

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        python, notebooks = source / "static" / "pyodide", source / "course" / "notebooks"
        python.mkdir(parents=True)
        notebooks.mkdir(parents=True)
        files, lock = live_parts.packages("0", {}, live_parts.pyodide())
        for name, content in files.items():
            (python / name).write_bytes(content)
        (python / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IMPORTS)], metadata={"kernelspec": live.KERNEL})
        nbformat.write(notebook, notebooks / "bare.ipynb")
        settings = copy.deepcopy(live_parts.CONF["lite"])
        plugins = settings["jupyter-config-data"]["litePluginSettings"]
        plugins["@jupyterlite/pyodide-kernel-extension:kernel"]["loadPyodideOptions"]["packages"].remove(live_parts.COURSE)
        (source / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
        live._jupyterlite(source, target, ("jupyterlab-plotly",))


def visit(context, server, name, slower=1):
    """Open a notebook and run all its cells; return (seconds since its address was given, the lesson).

    slower  how many times slower the page is made; Chromium has no such brake for the worker in which Python runs
    """
    from live_lesson import Lesson

    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    lesson = Lesson(context, server, name, page)
    lesson.ask(IMPORTS)
    imported = time.monotonic() - lesson.began
    shown = lesson.run()
    ended = time.monotonic() - lesson.began
    page.close()
    return (lesson.shown, lesson.ready, imported, ended - shown["whole"] + (shown["first"] or shown["whole"]), ended), lesson


def live_seconds(only=()):
    """Print the live edition's seconds beside those of a bare JupyterLite, first and later visits, with the computer's load.

    only  lessons, such as "03": these alone, without the turns beside a bare JupyterLite
    """
    from live_lesson import served, visitor
    from playwright.sync_api import sync_playwright

    from helpers.tools import live

    def told(context, server, name, kind, slower=1):
        seconds, lesson = visit(context, server, name, slower)
        numbers = "".join(f"{one:9.1f}" for one in seconds)
        print(f"{name:26} {kind:8}{numbers}{lesson.megabytes:8.1f}{os.getloadavg()[0]:7.1f}", flush=True)
        return [*lesson.asked]

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        whole, bare = Path(folder, "live"), Path(folder, "bare")
        live.make(whole)
        bare_lite(bare)
        print(f"{'':35}{'notebook':>9}{'kernel':>9}{'pandas':>9}{'1 chart':>9}{'all':>9}{'MB':>8}{'load':>7}")
        with served(whole) as ours, served(bare, "/") as theirs:
            for turn in range(0 if only else TURNS):
                for server, name in ((theirs, "bare.ipynb"), (ours, "04_famine.ipynb")):
                    with visitor(engine, Path(folder, f"{name}{turn}")) as context:
                        told(context, server, name, "cold")
                        told(context, server, name, "warm")
            with visitor(engine, Path(folder, "slow")) as context:
                asked = told(context, ours, "04_famine.ipynb", "4x slow", slower=4)
            for path in [path for path in lessons() if not only or path.name[:2] in only]:
                with visitor(engine, Path(folder, path.stem)) as context:
                    for kind in ("cold", "warm"):
                        told(context, ours, path.name, kind)
        print("\nAsked by lesson 04 on a first visit:", *asked, sep="\n")


def main(arguments):
    if "--live" in arguments:
        return live_seconds([word for word in arguments if word.isdigit()])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_ANSWERS"] = str(Path(folder, "my_answers.json"))
        seconds = lesson_seconds()
    for name, (taken, processor) in seconds.items():
        print(f"{name:28} {taken:5.1f} s, {processor:4.1f} s of a processor")
    slowest = max(seconds, key=seconds.get)
    print(f"slowest: {slowest}, {seconds[slowest][0]:.1f} s (goal: {GOAL:.0f} s)\n")
    for room, (modules, lines, functions) in rooms().items():
        print(f"{room:14} {modules:3} modules {lines:6} lines {functions:4} functions")
    if "--start" in arguments:
        print(f"\nfirst start with pip: {first_start():.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
