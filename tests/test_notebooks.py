"""The anatomy of every lesson: its parts in order, short cells, bound numbers, stored outputs, figures with words."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest

from helpers import data
from helpers.desk import answers
from helpers.tools import prose
from helpers.tools.build import CHART, KEPT_METADATA, lessons

ROOT = Path(__file__).resolve().parents[1]
PARTS = ["header", "care", "guess", "source", "section", "documents", "corroborate", "ledger", "discuss", "know"]
OPTIONAL = {"care"}
OWN_SHAPE = {"00", "09"}  # the start page and the last lesson have their own order of parts
LONGEST_CELL, LONGEST_LINE, LARGEST_FILE = 15, 110, 150_000
MINUTES = ("fast", "usual", "slow")
VOLATILE = re.compile(r"0x[0-9a-f]{6,}|/(?:home|root|Users|tmp|work)/|[A-Z]:\\\\|id=\"[0-9a-f-]{32,}\"")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def text_of(cell):
    return "".join(cell["source"])


def course_minutes(notebook):
    """Return fast, usual and slow minutes of a lesson, added over its parts."""
    given = [cell["metadata"]["minutes"] for cell in notebook["cells"] if "minutes" in cell["metadata"]]
    return dict(zip(MINUTES, map(sum, zip(*given))))


def anatomy(notebook):
    """Return what is wrong with a notebook, a sentence each."""
    found, cells = [], notebook["cells"]
    lesson = notebook["metadata"]["course"]["lesson"]
    parts = list(dict.fromkeys(cell["metadata"].get("part") for cell in cells))
    if lesson not in OWN_SHAPE and [part for part in PARTS if part in parts or part not in OPTIONAL] != parts:
        found.append(f"the parts are {parts}")
    if sorted(parts, key=lambda part: parts.index(part)) != list(dict.fromkeys(parts)) or None in parts:
        found.append("a cell belongs to no part")
    order = [cell["metadata"].get("part") for cell in cells]
    if any(order[i] != order[i - 1] and order[i] in order[:i] for i in range(1, len(order))):
        found.append("a part is split in two")
    headings = [
        (len(mark), words)
        for cell in cells
        if cell["cell_type"] == "markdown"
        for mark, words in re.findall(r"^(#{1,6}) (.+)$", re.sub(r"```.*?```", "", text_of(cell), flags=re.S), flags=re.M)
    ]
    if [level for level, _ in headings].count(1) != 1 or headings[0][0] != 1:
        found.append("there must be one first-level heading, at the top")
    if any(after - before > 1 for (before, _), (after, _) in zip(headings, headings[1:])):
        found.append("a heading level is skipped")
    for cell in cells:
        if cell["cell_type"] == "markdown" and re.search(r"^## ", text_of(cell), flags=re.M) and "minutes" not in cell["metadata"]:
            found.append(f"{cell['id']}: a part without minutes")
    for times in (cell["metadata"]["minutes"] for cell in cells if "minutes" in cell["metadata"]):
        if not (len(times) == 3 and times == sorted(times) and times[0] > 0):
            found.append(f"minutes {times} are not fast, usual, slow")
    return found + code_faults(cells) + output_faults(cells)


def code_faults(cells):
    found, code = [], [cell for cell in cells if cell["cell_type"] == "code"]
    for cell in code:
        lines = text_of(cell).splitlines()
        if len(lines) > LONGEST_CELL:
            found.append(f"{cell['id']}: {len(lines)} lines of code")
        if any(len(line) > LONGEST_LINE for line in lines):
            found.append(f"{cell['id']}: a line is longer than {LONGEST_LINE} characters")
        if re.search(r"import \*|sys\.path|os\.chdir|!pip|%pip", text_of(cell)):
            found.append(f"{cell['id']}: star import or path trick")
        found += [
            f"{cell['id']}: a number stands in a title, take it from the data: {string}" for string in numbers_in_titles(text_of(cell))
        ]
    if not 2 <= len(code) <= 25:
        found.append(f"{len(code)} code cells")
    return found


def numbers_in_titles(code):
    """Return literal texts with a number of their own that are passed as a title, a label or a sentence."""
    found = []
    for node in ast.walk(ast.parse(code)):
        for keyword in getattr(node, "keywords", []):
            if keyword.arg in ("title", "subtitle", "sources", "says"):
                literals = [
                    part.value for part in ast.walk(keyword.value) if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                found += [literal for literal in literals if prose.unbound(literal)]
    return found


def output_faults(cells):
    found = []
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        if cell["execution_count"] is None:
            found.append(f"{cell['id']}: never run")
        last = ast.parse(text_of(cell)).body[-1] if text_of(cell).strip() else None
        shows = isinstance(last, ast.Expr) and not text_of(cell).rstrip().endswith(("theme.use()", ";"))
        if shows and not cell["outputs"]:
            found.append(f"{cell['id']}: shows something but has no stored output")
        for number, output in enumerate(cell["outputs"]):
            if output["output_type"] == "error":
                found.append(f"{cell['id']}: an error is stored")
            bundle = output.get("data", {})
            if VOLATILE.search(json.dumps(output, ensure_ascii=False)):
                found.append(f"{cell['id']}: an output holds a path, an address or a random id")
            if "plotly" in "".join(bundle.get("text/html", "")).lower():
                found.append(f"{cell['id']}: a chart is stored as HTML")
            if CHART in bundle:
                following = cell["outputs"][number + 1]["data"].get("text/html", "") if number + 1 < len(cell["outputs"]) else ""
                found += figure_faults(cell["id"], bundle[CHART], "".join(following))
        if cell["metadata"].keys() - KEPT_METADATA:
            found.append(f"{cell['id']}: unknown metadata {sorted(cell['metadata'].keys() - KEPT_METADATA)}")
    return found


def figure_faults(name, chart, words):
    """Return what a stored figure lacks: a title, a source line, or its words and table right after it."""
    found, layout = [], chart["layout"]
    if not layout.get("title", {}).get("text") or not layout["title"].get("subtitle", {}).get("text"):
        found.append(f"{name}: the figure has no title or no subtitle")
    if chart.get("config", {}).get("showSendToCloud") is not False:
        found.append(f"{name}: the tool bar could upload the chart")
    if refused := plotlys_refusal(json.dumps({"data": chart["data"], "layout": layout})):
        found.append(f"{name}: plotly refuses the chart ({refused})")
    if "<details>" not in words or "<table>" not in words or words.count("<tr>") < 2 or "highest" not in words:
        found.append(f"{name}: the figure is not followed by its words and its data")
    if long := re.search(r"\d\.\d{7,}|\de-\d", json.dumps(chart["data"])):
        found.append(f"{name}: a plotted number is not rounded ({long.group()})")
    small = [size for size in font_sizes(chart) if size < 13]
    if small:
        found.append(f"{name}: text smaller than 13 pixels ({min(small)})")
    return found


@cache
def plotlys_refusal(chart):
    """Return why plotly refuses a chart (JSON), or ""; every chart is judged once."""
    try:
        go.Figure(json.loads(chart))
    except ValueError as problem:
        return str(problem).strip().splitlines()[0]
    return ""


def font_sizes(node):
    """Yield every font size in a figure."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("font", "textfont", "tickfont") and isinstance(value, dict) and isinstance(value.get("size"), (int, float)):
                yield value["size"]
            yield from font_sizes(value)
    elif isinstance(node, list):
        for part in node:
            yield from font_sizes(part)


LESSONS = {path.name[:2]: path for path in lessons()}
ALL = pytest.mark.parametrize("lesson", LESSONS)


@ALL
def test_anatomy(lesson):
    assert anatomy(read(LESSONS[lesson])) == []


@ALL
def test_numbers_in_prose_are_bound_and_right(lesson):
    notebook = read(LESSONS[lesson])
    minutes = course_minutes(notebook)
    found = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = text_of(cell)
            found += [f"{cell['id']}: '{number}' has no note" for number in prose.unbound(text)]
            found += [f"{cell['id']}: {sentence}" for sentence in prose.wrong(text, minutes)]
            found += [f"{cell['id']}: the date {date} is in no table" for date in prose.unknown_dates(text)]
    assert found == []


@ALL
def test_ids_in_prose_exist(lesson):
    text = "\n".join(text_of(cell) for cell in read(LESSONS[lesson])["cells"] if cell["cell_type"] == "markdown")
    known = {
        "C": ("claims", "claim_id"),
        "D": ("documents", "doc_id"),
        "S": ("statements", "statement_id"),
        "H": ("historiography", "work_id"),
    }
    for letter, (table, column) in known.items():
        named = set(re.findall(rf"\b{letter}\d{{1,3}}\b", prose.COMMENT.sub("", text)))
        assert named <= set(data.load(table)[column]), f"unknown in {table}"


@ALL
def test_links_lead_somewhere(lesson):
    terms = set(data.load("glossary")["term_id"])
    text = "\n".join(text_of(cell) for cell in read(LESSONS[lesson])["cells"] if cell["cell_type"] == "markdown")
    for target in re.findall(r"\]\(([^)#]*(?:#[^)]*)?)\)", text):
        page, _, anchor = target.partition("#")
        if page == "glossary.md":
            assert anchor in terms, f"the glossary has no {anchor}"
        elif page.endswith(".ipynb"):
            assert re.fullmatch(r"\d\d_\w+\.ipynb", page) and page in set(data.load("lessons")["file"]), page


@ALL
def test_exercises_exist(lesson):
    known = set(data.load("questions")["question_id"])
    for cell in read(LESSONS[lesson])["cells"]:
        if cell["cell_type"] == "code":
            assert set(re.findall(r"(?:check|hint|solution)\(\"([^\"]+)\"", text_of(cell))) <= known


@ALL
def test_the_file_is_small(lesson):
    assert LESSONS[lesson].stat().st_size <= LARGEST_FILE


@ALL
def test_prose_budget(lesson):
    texts = [prose.COMMENT.sub("", text_of(cell)) for cell in read(LESSONS[lesson])["cells"] if cell["cell_type"] == "markdown"]
    outside_tables = [line for text in texts for line in text.splitlines() if not line.startswith("|")]
    assert (400 if lesson in OWN_SHAPE else 1100) <= sum(len(text.split()) for text in texts) <= 2600
    assert sum(len(line.split()) for line in outside_tables) <= 2200


def test_tests_keep_away_from_the_students_answers():
    assert answers.path().parent != ROOT


@pytest.fixture
def famine_lesson():
    return read(LESSONS["04"])


def cell_named(notebook, name):
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def figure_cell(notebook):
    return next(cell for cell in notebook["cells"] for output in cell.get("outputs", []) if CHART in output.get("data", {}))


def plant(notebook, defect):
    """Change a sound notebook in one way; the anatomy must complain."""
    cells = notebook["cells"]
    figure = figure_cell(notebook)
    place, chart = next((n, o["data"][CHART]) for n, o in enumerate(figure["outputs"]) if CHART in o.get("data", {}))
    if defect == "parts out of order":
        cells.append(cells.pop(next(i for i, cell in enumerate(cells) if cell["metadata"]["part"] == "guess")))
    elif defect == "second title":
        cells[2]["source"] = ["# Another title"]
    elif defect == "skipped heading":
        cells[-1]["source"] = ["#### Deep"]
    elif defect == "long cell":
        cell_named(notebook, "setup")["source"] = ["x = 1\n"] * 20
    elif defect == "long line":
        cell_named(notebook, "setup")["source"] = ["x = '" + "a" * 150 + "'"]
    elif defect == "never run":
        figure["execution_count"] = None
    elif defect == "stripped":
        figure["outputs"] = []
    elif defect == "figure without words":
        del figure["outputs"][place + 1]
    elif defect == "figure as HTML":
        figure["outputs"][place]["data"] = {"text/html": "<div class='plotly-graph-div'></div>"}
    elif defect == "upload button":
        chart["config"]["showSendToCloud"] = True
    elif defect == "property that plotly does not know":
        chart["layout"]["xaxis"]["titel"] = "Year"
    elif defect == "a number that is not rounded":
        chart["data"][0]["y"] = [10.1234567891]
    elif defect == "tiny text":
        chart["layout"]["annotations"][0]["font"] = {"size": 9}
    elif defect == "no source line":
        chart["layout"]["title"]["subtitle"] = {}
    elif defect == "path in an output":
        figure["outputs"][place + 1]["data"]["text/html"] = "/home/anna/course"
    elif defect == "number in a title":
        figure["source"] = ["f(title='Thirty-six million died')\n"]
    elif defect == "part without minutes":
        del cell_named(notebook, "s1")["metadata"]["minutes"]
    return notebook


@pytest.mark.parametrize(
    "defect",
    [
        "parts out of order",
        "second title",
        "skipped heading",
        "long cell",
        "long line",
        "never run",
        "stripped",
        "figure without words",
        "figure as HTML",
        "upload button",
        "property that plotly does not know",
        "a number that is not rounded",
        "tiny text",
        "no source line",
        "path in an output",
        "number in a title",
        "part without minutes",
    ],
)
def test_planted_defect_is_caught(famine_lesson, defect):
    assert anatomy(plant(famine_lesson, defect)) != []


def test_captions_take_their_numbers_from_the_data():
    for row in data.load("captions").itertuples():
        for text in (row.title, row.says):
            assert prose.unbound(text) == [], f"{row.caption_id}: put the number in braces and pass it to exhibit"
