"""Measure the goals: Run All of the slowest lesson, the first start from a fresh folder, and the size of the rooms.

    .venv/bin/python tests/measure.py              lessons (median of three turns) and rooms
    .venv/bin/python tests/measure.py --start      the first start with pip too: needs the network and minutes

It is no part of the tests: a busy computer is slow, not wrong. Measure on two quiet cores, before a release.
"""

import ast
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


def main(arguments):
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
