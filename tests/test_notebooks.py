"""Every lesson: its anatomy, its prose bound to the data, its ids and links."""

import inspect
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
    """What a lesson holds, without the white space with which notebooks are stored."""
    held = json.dumps(read(LESSONS[lesson]), ensure_ascii=False, separators=(",", ":"))
    assert len(held.encode("utf-8")) <= LARGEST_FILE


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


def plant(notebook, defect):
    """Change a sound notebook in one way; the anatomy must complain."""
    cells = notebook["cells"]
    figure = cell_named(notebook, "s1-figure")
    place, chart = next((n, o["data"][CHART]) for n, o in enumerate(figure["outputs"]) if CHART in o.get("data", {}))
    if defect == "parts out of order":
        cells.append(cells.pop(next(i for i, cell in enumerate(cells) if cell["metadata"]["part"] == "guess")))
    elif defect == "a section after Going further":
        next(cell for cell in cells if cell["metadata"]["part"] == "more")["metadata"]["part"] = "section"
    elif defect == "second title":
        cell_named(notebook, "care")["source"] = ["# Another title"]
    elif defect == "skipped heading":
        cell_named(notebook, "sources")["source"] = ["##### Deep"]
    elif defect == "header as a table":
        cells[0]["source"].append("\n| claims | minutes |\n|---|---|\n")
    elif defect == "objectives gone":
        cells[0]["source"] = [line.replace("You will be able to", "") for line in cells[0]["source"]]
    elif defect == "imports in sight":
        del cells[1]["metadata"]["jupyter"]
    elif defect == "no opening picture":
        cells[1]["outputs"] = []
    elif defect == "core over its words":
        cell_named(notebook, "s1-notice")["source"].append(" word" * 300)
    elif defect == "further part over its words":
        cell_named(notebook, "A-notice")["source"].append(" word" * 300)
    elif defect == "one exercise too many":
        cell_named(notebook, "s1-check")["source"].append('\ncheck("04-6", ...)\ncheck("04-7", ...)')
    elif defect == "core over its hour":
        cell_named(notebook, "s1")["metadata"]["minutes"] = [20, 25, 30]
    elif defect == "long cell":
        cell_named(notebook, "s2-subtraction")["source"] = ["x = 1\n"] * 20
    elif defect == "long figure cell":
        figure["source"] = ["x = 1\n"] * 9
    elif defect == "long line":
        figure["source"] = ["x = '" + "a" * 100 + "'"]
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


DEFECTS = re.findall(r'defect == "([^"]+)"', inspect.getsource(plant))


@pytest.mark.parametrize("defect", DEFECTS)
def test_planted_defect_is_caught(famine_lesson, defect):
    sound = anatomy(famine_lesson)
    assert set(anatomy(plant(famine_lesson, defect))) - set(sound)


def test_captions_take_their_numbers_from_the_data():
    for row in data.load("captions").itertuples():
        for text in (row.title, row.says):
            assert prose.unbound(text) == [], f"{row.caption_id}: put the number in braces and pass it to exhibit"
