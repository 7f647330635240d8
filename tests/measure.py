"""Measure the goals: Run All of the slowest lesson, the first start from a fresh folder, and the size of the rooms.

    .venv/bin/python tests/measure.py              lessons (median of three turns) and rooms
    .venv/bin/python tests/measure.py --start      the first start with pip too: needs the network and minutes
    .venv/bin/python tests/measure.py --live       the live edition in Chromium instead: lesson 04 beside a bare JupyterLite, five turns,
                                                   first and second visits; --live 03 08 --turns 1 other lessons, fewer turns

It is no part of the tests: a busy computer is slow, not wrong. Measure on two quiet cores, before a release.
"""

import ast
import copy
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from helpers.tools import kit  # noqa: E402
from helpers.tools.build import lessons  # noqa: E402

GOAL = 3.0  # seconds for all cells of the slowest lesson
TURNS, LIVE_TURNS = 3, 5
# what a bare JupyterLite does: the packages of a lesson, and one chart
BARE = (
    "import pandas, plotly.graph_objects as go",
    "display({'application/vnd.plotly.v1+json': go.Figure(go.Bar(x=['a'], y=[1])).to_plotly_json()}, raw=True)",
)
MEASURED = ("notebook", "kernel", "1 chart", "whole", "processor", "MB")  # seconds since the address was given, but for the last


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
        cells = [nbformat.v4.new_code_cell(source) for source in BARE]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": live.KERNEL}), notebooks / "bare.ipynb")
        settings = copy.deepcopy(live_parts.CONF["lite"])
        plugins = settings["jupyter-config-data"]["litePluginSettings"]
        plugins["@jupyterlite/pyodide-kernel-extension:kernel"]["loadPyodideOptions"]["packages"].remove(live_parts.COURSE)
        (source / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
        live._jupyterlite(source, target, ("jupyterlab-plotly",))


def processor():
    """Return the seconds of a processor that the browser has taken so far."""
    return sum(sum(one.cpu_times()[:2]) for one in psutil.Process().children(recursive=True))


def visit(context, server, name, slower=1):
    """Open a notebook and run all its cells; return ({what is measured: its number}, the lesson).

    slower  how many times slower the page is made; Chromium has no such brake for the worker in which Python runs
    """
    from live_lesson import Lesson

    page, before = context.new_page(), processor()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    lesson = Lesson(context, server, name, page)
    started = time.monotonic() - lesson.began
    shown = lesson.run()
    if shown["faults"] or not shown["ran"]:
        raise RuntimeError(f"{name} did not run whole: {shown['faults']}")
    seconds = (lesson.shown, lesson.ready, started + shown["first"], started + shown["whole"], processor() - before)
    megabytes = (server.sent - lesson.sent) / 1e6
    page.close()
    return dict(zip(MEASURED, (*seconds, megabytes), strict=True)), lesson


def row(name, kind, numbers):
    """Print a row of numbers under the heads of `MEASURED`."""
    print(f"{name:28}{kind:8}" + "".join(f"{one:10.2f}" for one in numbers), flush=True)


def live_seconds(names, turns):
    """Print what visits to the live edition take beside visits to a bare JupyterLite, turn by turn with the computer's load; medians.

    names  lessons, such as "03"
    """
    from live_lesson import served, visitor
    from playwright.sync_api import sync_playwright

    from helpers.tools import live

    taken = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        whole, bare = Path(folder, "live"), Path(folder, "bare")
        live.make(whole)
        bare_lite(bare)
        print(" " * 36 + "".join(f"{one:>10}" for one in (*MEASURED, "load")))
        with served(whole) as ours, served(bare, "/") as theirs:
            places = [(theirs, "bare.ipynb"), *((ours, path.name) for path in lessons() if path.name[:2] in names)]
            for turn in range(turns):
                for place, (server, name) in enumerate(places[:: -1 if turn % 2 else 1]):
                    with visitor(engine, Path(folder, f"{turn}-{place}")) as context:
                        for kind in ("first", "second"):
                            numbers, lesson = visit(context, server, name)
                            taken.setdefault((name, kind), []).append(tuple(numbers.values()))
                            row(name, kind, (*numbers.values(), os.getloadavg()[0]))
            with visitor(engine, Path(folder, "slow")) as context:
                numbers, lesson = visit(context, ours, places[1][1], slower=4)
            row(places[1][1], "4x slow", (*numbers.values(), os.getloadavg()[0]))
    print(f"\nMedians of {turns}, and how many times those of a bare JupyterLite")
    medians = {key: [statistics.median(column) for column in zip(*rows, strict=True)] for key, rows in taken.items()}
    for (name, kind), numbers in medians.items():
        row(name, kind, numbers)
        if name != "bare.ipynb":
            row("", "times", [one / max(other, 0.01) for one, other in zip(numbers[:-1], medians["bare.ipynb", kind][:-1], strict=True)])
    print(f"\nAsked by {places[1][1]} on a first visit:", *lesson.asked, sep="\n")


def main(arguments):
    if "--live" in arguments:
        turns = int(arguments[arguments.index("--turns") + 1]) if "--turns" in arguments else LIVE_TURNS
        return live_seconds([word for word in arguments if re.fullmatch(r"\d\d", word)] or ["04"], turns)
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
