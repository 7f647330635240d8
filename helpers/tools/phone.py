"""Charts for a telephone: each lesson is run once more for a page of 360 pixels, and its charts stand beside the wide ones.

The lessons' files are only read. A chart that cannot be paired stays wide alone, and one sentence says so.
"""

import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers.common import CHART
from helpers.tools import build, pages

AT_ONCE = 2  # lessons that are run side by side
LONGEST = 600  # seconds that one cell may take on a busy computer
DRAWING = re.compile(r'(<figure class="chart" id="chart-([^"]+)-\d+".*?<script type="application/json">(.*?)</script>)', re.S)

Charts = dict[str, dict[str, list[dict]]]
Run = Callable[[Path], nbformat.NotebookNode]


def run(path: Path) -> nbformat.NotebookNode:
    """Return a lesson as it comes out when its charts are drawn for a telephone; no answer of a reader takes part.

    Raises what nbclient raises when a cell fails or its Python does not start.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "COURSE_PAGE": "narrow", "COURSE_ANSWERS": str(Path(folder, "my_answers.json"))}
        here = {"metadata": {"path": str(build.NOTEBOOKS)}}
        NotebookClient(notebook, timeout=LONGEST, kernel_name="python3", resources=here, **build.SILENT).execute(env=env)
    return notebook


def drawn(notebooks: Path, run: Run = run) -> tuple[Charts, list[str]]:
    """Return the lessons' charts for a telephone, and a sentence for each lesson that could not be run.

    Parameters
    ----------
    notebooks : Path
        Folder with the lessons.
    run : callable
        From the path of a lesson to the notebook with its outputs.

    Returns
    -------
    dict
        {page name: {cell id: its charts in order}}, charts as plotly's data, layout and config.
    list of str
        Sentences for whoever builds the pages.
    """
    paths, charts, remarks = sorted(notebooks.glob("[0-9][0-9]_*.ipynb")), {}, []
    with ThreadPoolExecutor(AT_ONCE) as hands:
        runs = [hands.submit(run, path) for path in paths]
    for path, one in zip(paths, runs, strict=True):
        if problem := one.exception():
            why = re.sub(r"\x1b\[[\d;]*m", "", str(problem)).strip().splitlines() or [type(problem).__name__]
            remarks.append(f"{path.name} could not be run for a telephone: its charts are there in their wide form only ({why[-1]}).")
            continue
        cells = [cell for cell in one.result().cells if cell.cell_type == "code"]
        charts[path.stem] = {
            cell.id: found for cell in cells if (found := [part.data[CHART] for part in cell.outputs if CHART in part.get("data", {})])
        }
    return charts, remarks


def none(notebooks: Path) -> tuple[Charts, list[str]]:
    """Return no charts: the pages keep the wide ones alone."""
    return {}, []


def put(target: Path, charts: Charts) -> list[str]:
    """Write the charts for a telephone beside the wide ones of the pages in a folder, where they differ.

    Returns a sentence for every cell whose charts are others than on its page; these stay wide alone.
    """
    remarks = []
    for page, cells in charts.items():
        path = target / f"{page}.html"
        text, said = beside(path.read_text(encoding="utf-8"), cells)
        path.write_text(text, encoding="utf-8")
        remarks += [f"{path.name}: {sentence}" for sentence in said]
    return remarks


def beside(text: str, cells: Mapping[str, list[dict]]) -> tuple[str, list[str]]:
    """Return a page with a second drawing in each of its charts that a telephone shows otherwise, and what did not fit together.

    Parameters
    ----------
    text : str
        The page, HTML.
    cells : dict
        {cell id: its charts for a telephone, in order}.
    """
    wide, place, narrow, remarks = {}, {}, {}, []
    for _, cell, content in DRAWING.findall(text):
        wide.setdefault(cell, []).append(json.loads(content))
    for cell, charts in wide.items():
        others = cells.get(cell, [])
        if [_title(chart) for chart in charts] != [_title(chart) for chart in others]:
            remarks.append(
                f"cell {cell} draws other charts for a telephone ({len(others)} for {len(charts)}), so it keeps the wide form only."
            )
        else:
            narrow[cell] = others

    def second(found: re.Match) -> str:
        cell = found[2]
        place[cell] = number = place.get(cell, -1) + 1
        if cell not in narrow or narrow[cell][number] == wide[cell][number]:
            return found[1]
        return found[1] + pages.chart_data(narrow[cell][number])

    return DRAWING.sub(second, text), remarks


def _title(chart: dict) -> str:
    """Return the title of a chart, which is broken into other lines on a telephone."""
    return pages.plain(chart["layout"]["title"]["text"])
