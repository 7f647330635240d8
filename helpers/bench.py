"""Measure the course against a floor: a notebook that imports pandas and plotly.graph_objects and shows one chart.

`python3 -m helpers bench` measures every lesson, the helpers' import, the tables, the server's start and the whole test
command, keeps the table in `tests/bench.csv` and renews the README's paragraph on speed from it. Words after it name
lessons: then only these are measured, and nothing is kept. Floor and lesson take turns, so that a busy computer slows
both; every value is a median. Peak memory is what Linux and macOS report.
"""

import csv
import datetime
import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
from nbclient import NotebookClient

from helpers import environment
from helpers.build import NOTEBOOKS, lessons

TIMES, WORKERS = 5, 2
GOALS = {"time": 1.3, "memory": 1.25, "file": 150, "import": 0.15, "tables": 0.5, "server": 1.3, "suite": 4}
TABLE = environment.ROOT / "tests" / "bench.csv"
README = environment.ROOT / "README.md"
MARKS = ("<!-- speed: made by python3 -m helpers bench -->", "<!-- end of speed -->")
COLUMNS = ["what", "measure", "value", "unit", "goal", "day"]
FLOOR = [
    "import pandas as pd\nimport plotly.graph_objects as go\nimport plotly.io as pio\npio.renderers.default = 'plotly_mimetype'",
    "go.Figure(go.Scatter(x=[1957, 1960], y=[10.8, 25.43]))",
]
PEAK = "import resource; print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
# (what a Python does first, what is then timed in it)
HELPERS = ("import pandas, plotly.graph_objects", "from helpers import data, theme, figures, famine, claims, exercises; theme.use()")
TABLES = ("from helpers import data", "[data.load(name) for name in data.table_names()]")


def floor(more=0):
    """Return the floor notebook; `more` empty cells show what a lesson's cells cost before they do anything."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(code) for code in FLOOR + ["x = 1"] * more]
    return notebook


def measured(notebook):
    """Run a notebook once; return (seconds, peak memory of its kernel in MB)."""
    began = time.perf_counter()
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}})
    with client.setup_kernel():
        for place, cell in enumerate(notebook.cells):
            client.execute_cell(cell, place)
        seconds = time.perf_counter() - began
        asked = client.execute_cell(nbformat.v4.new_code_cell(PEAK), len(notebook.cells) - 1, store_history=False)
    unit = 2**20 if sys.platform == "darwin" else 1024
    return seconds, int(re.search(r"peak (\d+)", asked.outputs[0].text).group(1)) / unit


def in_turns(one, other, times=TIMES):
    """Run two measurements in turns; return for each of their numbers (median of one, of the other, of other / one)."""
    pairs = [(one(), other()) for _ in range(times)]
    columns = [([first[place] for first, _ in pairs], [second[place] for _, second in pairs]) for place in range(len(pairs[0][0]))]
    return [(statistics.median(a), statistics.median(b), statistics.median(y / x for x, y in zip(a, b))) for a, b in columns]


def in_python(first, timed):
    """Return the seconds that a fresh Python needs for some code after other code, median of several."""
    code = f"{first}; import time; began = time.perf_counter(); {timed}; print(time.perf_counter() - began)"
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=environment.ROOT) for _ in range(TIMES)]
    return statistics.median(float(run.stdout) for run in runs)


def suite():
    """Return (seconds,) of the whole test command without the browser tests; leaves with a sentence when a test fails."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "pytest", "--ignore-glob=*browser.py"], cwd=environment.ROOT, capture_output=True)
    if done.returncode:
        sys.exit("Some tests failed, so nothing is kept: python3 -m helpers test shows which.")
    return (time.perf_counter() - began,)


def server(command):
    """Return (seconds,) from starting a server to its first answer; the server is stopped again."""
    port = environment.free_port()
    began = time.perf_counter()
    running = subprocess.Popen(
        [word.format(port=port) for word in command], cwd=environment.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - began < 60:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=1)
                return (time.perf_counter() - began,)
            except urllib.error.HTTPError:
                return (time.perf_counter() - began,)
            except OSError:
                time.sleep(0.01)
        raise TimeoutError("the server gave no answer within a minute")
    finally:
        running.terminate()
        running.wait()


class Table:
    """The table of a run: every line is printed when it is known."""

    def __init__(self):
        """Begin an empty table of today."""
        self.rows, self.day = [], datetime.date.today().isoformat()

    def add(self, what, measure, value, unit, goal=""):
        """Keep and print one line; a goal that is missed is marked."""
        mark = "" if goal == "" else f"(goal {goal:g}{'' if value <= goal else ', MISSED'})"
        print(f"{what:28} {measure:10} {value:8.2f} {unit:6} {mark}", flush=True)
        self.rows.append(dict(zip(COLUMNS, (what, measure, f"{value:.2f}", unit, goal, self.day))))

    def write(self, path=TABLE):
        """Write the table as CSV."""
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)


def read_table(path=TABLE):
    """Return the kept table as a list of rows, values as numbers."""
    with open(path, encoding="utf-8", newline="") as kept:
        return [{**row, "value": float(row["value"])} for row in csv.DictReader(kept)]


def speed(rows):
    """Return the README's paragraph on speed, every number from the rows of the table."""

    def values(measure, what=None):
        return [row["value"] for row in rows if row["measure"] == measure and what in (None, row["what"])]

    ratios, memory, files = values("time"), values("memory"), values("file")
    floor_seconds, tables = values("seconds", "floor")[0], values("seconds", "tables")[0]
    suites = "".join(f"; `python3 -m helpers test` without the browser took {seconds:.0f} s" for seconds in values("seconds", "suite"))
    return (
        f"A lesson run whole takes {min(ratios):.1f} to {max(ratios):.1f} times as long as a bare notebook that imports "
        f"pandas and plotly and shows one chart ({floor_seconds:.1f} s here), and {min(memory):.2f} to {max(memory):.2f} times its memory. "
        f"All tables are read and checked in {tables:.1f} s; the largest lesson file has {max(files):.0f} KB{suites}. "
        f"(Medians of {rows[0]['day']}, two cores; `python3 -m helpers bench` measures your computer.)"
    )


def renewed(text, rows):
    """Return a page with the paragraph between its marks made again; a page without the marks stays as it is."""
    if not all(mark in text for mark in MARKS):
        return text
    before, rest = text.split(MARKS[0], 1)
    return f"{before}{MARKS[0]}\n{speed(rows)}\n{MARKS[1]}{rest.split(MARKS[1], 1)[1]}"


def measure_lessons(table, chosen):
    """Add the floor and some lessons to a table."""
    ratio = in_turns(lambda: measured(floor()), lambda: measured(floor(23)))[0][2]
    floors = []
    for path in chosen:
        notebook = nbformat.read(path, as_version=4)
        seconds, memory = in_turns(lambda: measured(floor()), lambda notebook=notebook: measured(notebook))
        floors.append((seconds[0], memory[0]))
        table.add(path.stem, "time", seconds[2], "x", GOALS["time"])
        table.add(path.stem, "memory", memory[2], "x", GOALS["memory"])
        table.add(path.stem, "file", path.stat().st_size / 1000, "KB", GOALS["file"])
    base_seconds, base_memory = (statistics.median(column) for column in zip(*floors))
    table.add("floor", "seconds", base_seconds, "s")
    table.add("floor", "peak", base_memory, "MB")
    table.add("floor and 23 empty cells", "empty", ratio, "x")


def measure_rest(table, count):
    """Add the helpers' import, the tables, the server's start and the test command to a table."""
    table.add("helpers", "import", in_python(*HELPERS), "s", GOALS["import"])
    table.add("tables", "seconds", in_python(*TABLES), "s", GOALS["tables"])
    root = ["--allow-root"] if hasattr(environment.os, "geteuid") and environment.os.geteuid() == 0 else []
    table.add(
        "lab over bare JupyterLab",
        "server",
        in_turns(
            lambda: server([sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.port={port}", *root]),
            lambda: server([sys.executable, "-m", "helpers", "lab", "--no-browser", "--port", "{port}"]),
        )[0][2],
        "x",
        GOALS["server"],
    )
    _, seconds, ratio = in_turns(lambda: measured(floor())[:1], suite)[0]
    table.add("suite", "seconds", seconds, "s")
    table.add("suite over floor x lessons", "suite", ratio * WORKERS / count, "x", GOALS["suite"])


def main(names):
    """Measure everything and keep it; with words, only the lessons whose file name contains one of them, and keep nothing."""
    table = Table()
    chosen = lessons(names)
    measure_lessons(table, chosen)
    if names:
        return
    measure_rest(table, len(chosen))
    table.write()
    text = README.read_text(encoding="utf-8")
    README.write_text(renewed(text, read_table()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
