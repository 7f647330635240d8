"""Every lesson: its anatomy, its prose bound to the data, its ids and links."""

import inspect
import json
import re
from pathlib import Path

import free_numbers
import pytest
from anatomy import CHART, LARGEST_FILE, OWN_SHAPE, anatomy, course_minutes, is_second_edition, missing_faults, picture_faults, text_of

from helpers import data, theme
from helpers.desk import answers
from helpers.tools import hour, pool, prose
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
    notebook, free = read(LESSONS[lesson]), free_numbers.phrases("", lesson)
    minutes = course_minutes(notebook)
    found = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = text_of(cell)
            found += [f"{cell['id']}: '{number}' has no note" for number in prose.unbound(text, free)]
            found += [f"{cell['id']}: the note of '{number}' needs its reason: = 30 # why" for number in prose.unreasoned(text, free)]
            found += [f"{cell['id']}: {sentence}" for sentence in prose.wrong(text, minutes)]
            found += [f"{cell['id']}: the date {date} is in no table" for date in prose.unknown_dates(text)]
    assert found == []


ID = re.compile(r"\b[A-Z]{1,3}\d{1,3}\b")


def strange_ids(text):
    """Return what looks like the id of a claim, document, statement, work, source or piece of evidence and is in no table."""
    keys = [("claims", "claim_id"), ("documents", "doc_id"), ("statements", "statement_id"), ("historiography", "work_id")]
    keys += [("sources", "source_id"), ("verbs_evidence", "evidence_id")]
    return set(ID.findall(prose.COMMENT.sub("", text))) - {key for table, column in keys for key in data.load(table)[column]}


@ALL
def test_ids_in_prose_exist(lesson):
    assert strange_ids("\n".join(text_of(cell) for cell in read(LESSONS[lesson])["cells"] if cell["cell_type"] == "markdown")) == set()


def test_a_planted_id_is_caught():
    assert strange_ids("See R77, D022 and C10.") == {"R77"}


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
    """On the disk, as JupyterLab saves it."""
    assert LESSONS[lesson].stat().st_size <= LARGEST_FILE


PLOTLY = "application/vnd.plotly.v1+json"


def too_high(notebook):
    """Return the heights of a notebook's charts that a laptop does not show whole, pixels."""
    bundles = [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", ())]
    heights = [bundle[PLOTLY]["layout"].get("height", 0) for bundle in bundles if PLOTLY in bundle]
    assert heights
    return [height for height in heights if height > theme.WIDE.whole]


@ALL
def test_no_chart_is_higher_than_a_laptop_shows(lesson):
    notebook = read(LESSONS[lesson])
    assert too_high(notebook) == []
    outputs = [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", ()) if PLOTLY in output.get("data", {})]
    outputs[0][PLOTLY]["layout"]["height"] = 580  # planted
    assert too_high(notebook) == [580]


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


GONE = {
    "objectives gone": "**You will be able to**",
    "rubric gone": "rubric()",
    "list of sources gone": "sources_used(",
    "source card gone": "source_card(",
    "way on gone": "**Next:**",
    "minutes of a section gone": "*8<!-- = minutes(usual, s1) --> minutes*",
    "model answers gone": "**Strong.**",
    "guess gone": "guess(",
}


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
    elif defect in GONE:
        for cell in cells:
            cell["source"] = ["".join(cell["source"]).replace(GONE[defect], "print(" if GONE[defect].endswith("(") else "")]
    elif defect == "needs gone":
        cells[0]["source"] = [re.sub(r"[Yy]ou need\b(?! not)", "", "".join(cells[0]["source"]))]
    elif defect == "slider for the mouse alone":
        chart["layout"]["sliders"] = [{"steps": []}]
    elif defect == "care gone":
        cells.remove(cell_named(notebook, "care"))
    elif defect == "picture without words":
        cell_named(notebook, "s3")["source"].append("\n![](pictures/four-lanes.png)")
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


DEFECTS = [*GONE, *re.findall(r'defect == "([^"]+)"', inspect.getsource(plant))]


@pytest.mark.parametrize("defect", DEFECTS)
def test_planted_defect_is_caught(famine_lesson, defect):
    sound = anatomy(famine_lesson)
    assert set(anatomy(plant(famine_lesson, defect))) - set(sound)


@pytest.mark.parametrize("lesson", sorted(OWN_SHAPE))
def test_nothing_vanishes_from_the_first_and_the_last_lesson_unseen(lesson):
    notebook = read(LESSONS[lesson])
    for words in ("**You will be able to**", "sources_used(") + (("rubric()",) if lesson == "09" else ("**Next:**",)):
        cells = [{**cell, "source": [text_of(cell).replace(words, "")]} for cell in notebook["cells"]]
        assert f"the lesson has no '{words}'" in missing_faults(lesson, cells)


def test_pictures_on_other_pages_have_words():
    pages = [*ROOT.glob("*.md"), *(ROOT / "notebooks").glob("*.md"), *(ROOT / "data").glob("*.md"), *(ROOT / "helpers/tools").rglob("*.md")]
    assert {page.name: faults for page in pages if (faults := picture_faults(page.read_text(encoding="utf-8")))} == {}
    assert picture_faults('![](a.png) ![Line chart of four rates](b.png) <img src="c.png">') == [
        "the picture a.png has no words",
        'the picture <img src="c.png"> has no words',
    ]


def unbound_in(row):
    """Return the numbers of a caption that are neither in braces nor within a phrase of its own in free_numbers.csv."""
    free = free_numbers.phrases(row.caption_id)
    return [number for text in (row.title, row.subtitle, row.says) for number in prose.unbound(text, free)]


def test_captions_take_their_numbers_from_the_data():
    rows = list(data.load("captions").itertuples())
    assert {row.caption_id: unbound for row in rows if (unbound := unbound_in(row))} == {}
    births = next(row for row in rows if row.caption_id == "04-births")
    assert unbound_in(births._replace(title=births.title.replace("four years", "nine years"))) == ["nine"]  # planted


def test_counts_in_captions_are_counts_of_what_is_drawn():
    shown = free_numbers.tables(map(read, LESSONS.values()))
    assert free_numbers.wrong_counts(free_numbers.ROWS, shown) == []
    planted = {**shown, "02-experts": (7, 4)}
    assert free_numbers.wrong_counts(free_numbers.ROWS, planted) == [
        "02-experts: 'Six counts', but rows is 7",
        "02-experts: 'six counts', but rows is 7",
    ]


def free_texts():
    """Return [(places, text)] of all that free phrases may stand in: the places are those whose phrases count there."""
    found = [(("", lesson), text_of(c)) for lesson, path in LESSONS.items() for c in read(path)["cells"] if c["cell_type"] == "markdown"]
    found += [((row.caption_id,), text) for row in data.load("captions").itertuples() for text in (row.title, row.subtitle, row.says)]
    for path in [*sorted(hour.PLANS.glob("*.md")), *sorted(pool.PAPERS.glob("*.md"))]:
        places = ("", "plans", path.stem) if path.stem in LESSONS else ("plans",)
        found.append((places, path.read_text(encoding="utf-8")))
    return found


VAGUE = re.compile(r"(?:a|the) (?:number|figure|count|value)s?\b.*(?:text|prose|sentence)|.{0,11}", re.I)


def test_every_free_phrase_frees_a_number_and_has_its_reason():
    rows = free_numbers.ROWS
    assert [row for row in rows if VAGUE.fullmatch(row["why"]) or not prose.quantities(row["phrase"])] == []
    assert len({(row["where"], row["phrase"]) for row in rows}) == len(rows)
    assert free_numbers.idle(rows, free_texts()) == []


def test_planted_phrases_that_free_nothing_are_found():
    wide, narrow = ({"where": "", "phrase": phrase, "why": "a unit", "counted": ""} for phrase in ("in nine years", "nine years"))
    text = [(("", "04"), "Deaths rose in nine years, births<!-- = 1 --> in seven<!-- = 7 # weeks -->.")]
    assert free_numbers.idle([wide], text) == [] and free_numbers.idle([wide, narrow], text) == [wide, narrow]
    for phrase in ("in seven", "ten years", "rose in"):
        assert free_numbers.idle([planted := {**wide, "phrase": phrase}], text) == [planted]
    assert free_numbers.idle([{**wide, "where": "05"}], text) == [{**wide, "where": "05"}]
    assert VAGUE.fullmatch("a number in the text") and VAGUE.fullmatch("our task") and not VAGUE.fullmatch("a share of a hundred")


def test_planted_counts_of_free_phrases_are_caught():
    row = {
        "where": "00",
        "phrase": "eight claims of four kinds",
        "why": "two counts",
        "counted": "listed(lessons('00').claims); rows(claims)",
    }
    assert free_numbers.wrong_counts([row], {}) == ["00: 'eight claims of four kinds', but rows(claims) is 30"]
    assert free_numbers.wrong_counts([{**row, "counted": "rows(claims)"}], {})[0].endswith("has 2 numbers and 1 notes")
