"""Every lesson: its anatomy, its prose bound to the data, its ids and links."""

import json
import re
from pathlib import Path

import pytest
from anatomy import CHART, LARGEST_FILE, OWN_SHAPE, anatomy, course_minutes, is_second_edition, text_of

from helpers import data
from helpers.desk import answers
from helpers.tools import prose
from helpers.tools.build import lessons

ROOT = Path(__file__).resolve().parents[1]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


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
    """The second edition's budgets are part of the anatomy."""
    if is_second_edition(read(LESSONS[lesson])):
        return
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
