"""The start page: the check says what is wrong in one sentence, first verdicts are kept apart, and the timeline is legible."""

import importlib.util
import json
import math
import sys
import tomllib
from importlib import metadata
from itertools import combinations
from pathlib import Path

import pytest

from helpers import data, theme
from helpers.desk import answers, claims, looks, marked, mine, people, screen, start, verdicts
from helpers.figures import lesson00
from helpers.figures.events import NUMBERED_DOT

ROOT = Path(__file__).resolve().parents[1]
STORED = json.loads((ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8"))
NARROW = 730  # pixels across the drawing of the timeline in a window 1280 wide, with the list of files open


@pytest.fixture
def said(monkeypatch):
    """Return the list of Markdown texts that helpers show."""
    texts = []
    monkeypatch.setattr(screen, "display", lambda shown: texts.append(shown.data))
    return texts


def stored_output(name):
    cell = next(cell for cell in STORED["cells"] if cell["id"] == name)
    return "".join(cell["outputs"][0]["data"]["text/markdown"])


def test_the_greeting_leads_on(said):
    for name in (..., "Mina", "", 7, "<b>"):
        start.hello(name)
    assert said[0].startswith("**It works.**") and "Welcome, Mina." in said[1]
    assert "word in quotes" in said[2] and "word in quotes" in said[3]
    assert "&lt;b&gt;" in said[4]


def test_when_all_is_well_the_check_says_the_same_everywhere():
    shown = stored_output("ready-check")
    assert shown == start.report(dict.fromkeys(start.CHECKS, ""))
    assert shown.count(start.IN_ORDER) == len(start.CHECKS) + 1 and not any(sign.isdigit() or sign in "/\\" for sign in shown)


def test_a_fault_changes_the_words_and_stays_text():
    shown = start.report({"Python": "", "tables": "row 3 | <script>"})
    assert shown.startswith("**Nearly ready.**") and "&#124; &lt;script&gt;" in shown and "| Python | in order |" in shown


def test_old_python_and_other_packages_are_named():
    assert start.python_fault((3, 11)) == "" and start.python_fault((4, 0)) == ""
    assert "Python 3.9, the course needs 3.11 or newer" in start.python_fault((3, 9))
    assert start.package_fault("pandas") == ""
    assert "pandas is version 1.0, the course needs 2.2.1 or newer" in start.package_fault("pandas", lambda name: "1.0")
    assert start.package_fault("pandas", lambda name: "2.10.0rc1") == "" == start.package_fault("plotly", lambda name: "5.24.0")

    def absent(name):
        raise metadata.PackageNotFoundError(name)

    assert start.package_fault("plotly", absent) == f"plotly is missing: {start.AGAIN}."


def test_the_oldest_versions_are_those_that_pip_would_take():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {f"{name}>={version}" for name, version in start.OLDEST.items()} <= set(declared["dependencies"])
    assert declared["requires-python"] == ">={}.{}".format(*start.OLDEST_PYTHON)


def test_what_to_do_is_said_for_the_environment_at_hand(monkeypatch):
    """In the course's own environment its command makes it again; in any other, pip mends it."""
    assert ("helpers lab" in start.AGAIN) == (Path(sys.prefix) == ROOT / ".venv")
    monkeypatch.setattr(sys, "prefix", str(ROOT / ".venv"))
    own = importlib.util.module_from_spec(importlib.util.find_spec("helpers.desk.start"))
    own.__spec__.loader.exec_module(own)
    assert "python3 -m helpers lab" in own.AGAIN
    monkeypatch.setattr(sys, "prefix", "/elsewhere")
    own.__spec__.loader.exec_module(own)
    assert "pip install -r requirements.txt" in own.AGAIN


def test_in_another_page_than_jupyterlab_all_is_well(monkeypatch):
    """The browser edition and Colab have no JupyterLab of ours and no files beside the tables."""
    monkeypatch.setattr(start, "OWN_PAGE", True)
    monkeypatch.setattr(start, "package_fault", lambda name: f"{name} is missing" if name == "jupyterlab" else "")
    monkeypatch.setattr(start, "tables_fault", lambda: "")
    assert start.CHECKS["JupyterLab, which shows this notebook"]() == "" and start.drawing_fault() == ""


def test_a_check_that_cannot_import_says_what_is_missing():
    def question():
        raise ModuleNotFoundError("No module named 'pandas'", name="pandas")

    assert start._asked(question).startswith("pandas is missing")


def test_a_lab_without_the_chart_part_is_named(tmp_path):
    assert "figures would stay empty" in start.drawing_fault([str(tmp_path)])
    (tmp_path / "jupyterlab-plotly").mkdir()
    (tmp_path / "jupyterlab-plotly" / "package.json").write_text("{}", encoding="utf-8")
    assert start.drawing_fault([str(tmp_path)]) == ""


def test_a_damaged_table_is_named(monkeypatch):
    assert start.tables_fault() == ""

    def broken(name):
        raise data.DataError(f"data/{name}.csv, row 2: broken.")

    monkeypatch.setattr(data, "load", broken)
    assert "row 2: broken" in start.tables_fault()


def test_a_chart_that_would_call_out_is_caught(monkeypatch):
    assert start.network_fault() == ""
    monkeypatch.setitem(theme.TOOL_BAR, "plotlyServerURL", "https://chart-studio.example")
    assert "call another computer" in start.network_fault()


def test_the_answers_check_tries_without_touching(answers_file, monkeypatch):
    assert answers.can_keep() == "" and list(answers_file.parent.iterdir()) == []
    answers.keep("guesses", "a", 1)
    before = answers_file.read_bytes()
    assert answers.can_keep() == "" and answers_file.read_bytes() == before
    monkeypatch.setenv("COURSE_ANSWERS", str(answers_file.parent / "nowhere" / "my_answers.json"))
    assert "cannot be kept" in answers.can_keep()
    monkeypatch.setenv("COURSE_ANSWERS", str(answers_file))
    monkeypatch.setattr(answers.Path, "home", lambda: answers_file.parent)
    assert "kept in your home folder" in answers.can_keep()


def test_first_verdicts_are_kept_apart(answers_file, said):
    verdicts.prior("C03", "Partly ", 60)
    verdicts.verdict("C03", "imprecise", 80)
    kept = answers.read()[0]
    assert kept["priors"] == {"C03": {"verdict": "partly", "sure": 60}} and kept["verdicts"] == {
        "C03": {"verdict": "imprecise", "sure": 80}
    }
    assert "Kept: **partly**, 60 per cent" in said[0]


@pytest.mark.parametrize("judge", [verdicts.prior, verdicts.verdict])
@pytest.mark.parametrize(
    "given, sentence",
    [
        (("C99", "partly", 60), "There is no claim"),
        (("C03", "part", 60), "not one of the six verdicts"),
        (("C03", "partly", 101), "from 0 to 100"),
        (("C03", "partly", True), "from 0 to 100"),
        (("C03", ..., 60), "No verdict yet"),
        (("C03", "partly", ...), "No verdict yet"),
        (("<b>", ..., ...), "&lt;b&gt;"),
    ],
)
def test_an_unfinished_or_impossible_verdict_is_not_kept(answers_file, said, judge, given, sentence):
    judge(*given)
    assert sentence in said[0] and answers.read()[0] == {}


def test_the_page_and_its_claims(said):
    marked.page()
    claims.claims_of("S4")
    claims.claims_of("S44")
    assert said[0].count("<sup") == 30 and "C30" in said[0]
    assert all(word in said[1] for word in ("C09", "C10", "C11", "judgement", "fact-date", "cause"))
    assert said[2].startswith("There is no statement 'S44'") and "S4" in said[2]


def test_the_eight_first_verdicts_are_those_of_the_lesson():
    asked = [cell for cell in STORED["cells"] if cell["id"] == "priors-give"][0]["source"]
    wanted = data.load("lessons", lesson="00")["claims"].iloc[0].split(";")
    assert [line.split('"')[1] for line in asked] == wanted


def drawn():
    """Return the timeline's events and its dots as (x, y) in pixels of a narrow drawing, with their hover texts."""
    events = data.load("events", timeline=True)
    chart = lesson00.clock(events)
    dots = [((x - 1952) / 42 * NARROW, y * 125, tip) for trace in chart.data for x, y, tip in zip(trace.x, trace.y, trace.hovertext)]
    return events, dots


def test_every_event_has_a_dot_that_can_be_pointed_at():
    events, dots = drawn()
    assert len(events) == len(dots) >= 45
    signs = [sign for trace in lesson00.clock(events).data for sign in trace.text]
    assert set(signs) <= set("12345678") and len(signs) == len(events)
    covered = [(tip, other) for (x, y, tip), (a, b, other) in combinations(dots, 2) if math.dist((x, y), (a, b)) < NUMBERED_DOT]
    assert covered == []


def test_dots_stay_in_their_lane():
    _, dots = drawn()
    assert all(abs(y / 125 - round(y / 125)) < 0.5 - NUMBERED_DOT / 2 / 125 for _, y, _ in dots)


def test_events_written_out_are_on_the_timeline_and_at_its_times():
    events = data.load("events", timeline=True)
    written = [event for event, *_ in lesson00.WRITTEN_OUT]
    assert set(written) <= set(events["event_id"]) and len(written) == len(set(written))
    assert events["date"].min() >= "1953" and events["date"].max() < "1993"


def test_the_map_says_how_far_the_capitals_lie_apart():
    far = lesson00.kilometres(data.load("places"), "Pyongyang", ["Beijing", "Moscow"])
    assert far.to_dict() == {"Beijing": 800, "Moscow": 6400}  # 809 and 6,413 by the law of cosines


def test_on_the_start_page_nothing_is_folded_that_comes_back_folded(said):
    people.who_is_who()
    people.who_is_who(unfolded=True)
    looks.verdict_words(unfolded=True)
    assert said[0].startswith("<details><summary>") and all(text.startswith("<details open>") for text in said[1:])


def test_three_dots_hand_the_computer_to_nobody(answers_file, said):
    answers.keep("guesses", "a", 1)
    before = answers_file.read_bytes()
    mine.next_pupil(...)
    assert (
        said[0].startswith("Nothing is changed.") and answers_file.read_bytes() == before and len(list(answers_file.parent.iterdir())) == 1
    )
