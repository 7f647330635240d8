"""Measure the course against a floor: a notebook that imports pandas and plotly.graph_objects and shows one chart.

`python3 -m helpers bench` prints medians of five for lesson 04, the helpers' import, table loading and the server's
start; words after it name other lessons, "all" every one. Time is what nbclient needs for the whole notebook, memory
the kernel's peak.
"""
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

TIMES = 5
GOALS = {"time": 1.3, "memory": 1.25, "import": 0.15, "server": 1.3, "tables": 0.5, "size": 150}
FLOOR = ["import pandas as pd\nimport plotly.graph_objects as go\nimport plotly.io as pio\npio.renderers.default = 'plotly_mimetype'",
         "go.Figure(go.Scatter(x=[1957, 1960], y=[10.8, 25.43]))"]
PEAK = "import resource; print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def floor():
    """Return the floor notebook."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(code) for code in FLOOR]
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
    return seconds, int(re.search(r"peak (\d+)", asked.outputs[0].text).group(1)) / 1024


def median(function, times=TIMES):
    """Return the medians of what a function returns in several runs, one by one."""
    results = [function() for _ in range(times)]
    return [statistics.median(column) for column in zip(*results)]


def in_python(code):
    """Return (seconds,) that a fresh Python needs to run some code."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=environment.ROOT)
    return (time.perf_counter() - began,)


def server(command):
    """Return (seconds,) from starting a server to its first answer; the server is stopped again."""
    port = environment.free_port()
    began = time.perf_counter()
    running = subprocess.Popen([word.format(port=port) for word in command], cwd=environment.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def line(what, value, unit, goal=None):
    """Print one line of the table; a goal that is missed is marked."""
    mark = "" if goal is None else f"(goal {goal:g}{'' if value <= goal else ', MISSED'})"
    print(f"{what:44} {value:8.2f} {unit:8} {mark}", flush=True)


def main(names):
    """Print the table for the lessons whose file name contains one of the words (lesson 04 without any)."""
    chosen = lessons([] if names == ["all"] else names or ["04"])
    base_seconds, base_memory = median(lambda: measured(floor()))
    line("floor: run whole", base_seconds, "s")
    line("floor: peak memory", base_memory, "MB")
    for path in chosen:
        notebook = nbformat.read(path, as_version=4)
        seconds, memory = median(lambda: measured(notebook))
        line(f"{path.stem}: time over floor", seconds / base_seconds, "x", GOALS["time"])
        line(f"{path.stem}: memory over floor", memory / base_memory, "x", GOALS["memory"])
        line(f"{path.stem}: file", path.stat().st_size / 1000, "KB", GOALS["size"])
    base = "import pandas, plotly.graph_objects"
    ours = f"{base}; from helpers import data, theme, figures, famine, claims, exercises; theme.use()"
    line("import of the helpers", median(lambda: in_python(ours))[0] - median(lambda: in_python(base))[0], "s", GOALS["import"])
    tables = "import time; from helpers import data; began = time.perf_counter(); [data.load(n) for n in data.table_names()]; print(time.perf_counter() - began)"
    line("all tables loaded", statistics.median(float(subprocess.run([sys.executable, "-c", tables], capture_output=True, text=True, check=True,
                                                                     cwd=environment.ROOT).stdout) for _ in range(TIMES)), "s", GOALS["tables"])
    root = ["--allow-root"] if hasattr(environment.os, "geteuid") and environment.os.geteuid() == 0 else []
    bare = median(lambda: server([sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.port={port}", *root]))[0]
    own = median(lambda: server([sys.executable, "-m", "helpers", "lab", "--no-browser", "--port", "{port}"]))[0]
    line("lab to an answering server over bare", own / bare, "x", GOALS["server"])


if __name__ == "__main__":
    main(sys.argv[1:])
