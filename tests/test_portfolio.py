"""The portfolio holds everything the reader did, as text, and never costs anybody a file."""

import html
import json
import os
import re
from base64 import b64decode
from datetime import date

import pytest

from helpers import data
from helpers.common import ROOT
from helpers.desk import answers, exercises, portfolio, screen, tasks

SCRIPT = "<script>alert(1)</script>"
KEPT = {
    "guesses": {"04 deaths": {"value": 20, "unit": "million deaths"}},
    "priors": {"C16": {"verdict": "supported", "sure": 60}},
    "verdicts": {"C16": {"verdict": "contradicted", "sure": 90}},
    "answers": {"04-13": 32.1, "04-12": "b"},
    "texts": {"04 label": f"Many died. {SCRIPT}", "09 page": "In 1960 Moscow came first (D081, D046), by D999."},
    "decisions": {"1960-06": "b"},
}


def today():
    return date.today().isoformat()


def named(beside, name="", end="html", number=""):
    """Return the portfolio's file beside the answers."""
    return beside.with_name(f"portfolio{name and '-' + name}-{today()}{number}.{end}")


def data_of(text):
    """Return the answers that a portfolio carries along."""
    return json.loads(html.unescape(re.search(rf'<pre id="{portfolio.WORK}" hidden>(.*?)</pre>', text, re.S)[1]))


@pytest.fixture
def answered(answers_file):
    answers_file.write_text(json.dumps(KEPT), encoding="utf-8")
    return answers_file


def test_everything_is_in_it(answered):
    portfolio.export("Mina")
    text = named(answered, "Mina").read_text(encoding="utf-8")
    for words in (
        "Mina",
        "lessons 04, 09",
        "20 million deaths",
        "supported, 60 percent sure",
        "contradicted, 90 percent sure",
        "Right at the first try: 04-13 (32.1",
        "not yet; right: a)",
        "Write the label for a museum wall",
        "asked for: about 120",
        "Many died.",
        "Moscow came first",
        "ask for its version",
        "Sourcing",
        "☐",
    ):
        assert words in text, words
    assert text.index("museum wall") < text.index("Many died.")
    assert data.load("sources", source_id="D046")["citation"].iloc[0].split(",")[0] in text


def test_what_was_not_done_is_not_in_it():
    parts = dict(portfolio.sections(answers.entries({"verdicts": KEPT["verdicts"]})))
    assert list(parts) == ["Verdicts"]
    (_, head, rows), _ = parts["Verdicts"]
    assert len(rows) == 1 and "before the lessons" not in head
    assert len(portfolio.sections(answers.entries({**KEPT, "priors": {}}))) == len(portfolio.sections(answers.entries(KEPT))) == 7
    (_, _, advice) = dict(portfolio.sections(answers.entries(KEPT)))["Advice to Pyongyang"][0]
    assert len(advice) == 1


@pytest.mark.parametrize("kind", ["html", "md"])
def test_text_stays_text_and_nothing_is_fetched(answered, kind):
    portfolio.export(SCRIPT, kind)
    text = named(answered, "script-alert-1-script", kind).read_text(encoding="utf-8")
    assert "<script" not in text and "src=" not in text and "href=" not in text


def test_the_answers_are_in_it_as_data(answered):
    portfolio.export("Mina")
    held = data_of(named(answered, "Mina").read_text(encoding="utf-8"))
    assert answers.entries(held) == answers.changes()[0] and held["who"] == "Mina" and held["edition"] == answers.EDITION
    assert held["texts"]["04 label"]["last"].endswith(SCRIPT)


def test_without_a_word_there_is_nothing_to_hand_in(answers_file, monkeypatch):
    shown = []
    monkeypatch.setattr(screen, "display", lambda what: shown.append(what.data))
    portfolio.export("Mina")
    assert "Nothing to hand in yet" in shown[0] and today() not in shown[0] and list(answers_file.parent.iterdir()) == []


def test_the_link_holds_the_file_itself(answered, monkeypatch):
    shown = []
    monkeypatch.setattr(screen, "display", lambda what: shown.append(what.data))
    portfolio.export("Mina & <b>")
    file = named(answered, "Mina-b")
    name, held = re.search(r'download="([^"]+)" href="data:text/html;charset=utf-8;base64,([^"]+)"', shown[0]).groups()
    assert name == file.name and b64decode(held) == file.read_bytes()
    assert "base64" not in screen.words(shown[0]) and "Download it" in screen.words(shown[0])


def test_the_name_is_the_one_that_the_answers_carry(answered):
    answers.sign("Mina")
    portfolio.export()
    assert named(answered, "Mina").exists()


def test_a_portfolio_of_the_same_day_is_replaced_and_a_stranger_left_alone(answered):
    own = named(answered, "Mina")
    portfolio.export("Mina")
    answers.keep("texts", "04 label", "Better words.")
    portfolio.export("Mina")
    assert "Better words." in own.read_text(encoding="utf-8") and not named(answered, "Mina", number="-2").exists()
    own.write_text("my own work", encoding="utf-8")
    portfolio.export("Mina")
    assert own.read_text(encoding="utf-8") == "my own work" and named(answered, "Mina", number="-2").exists()


def test_a_file_that_cannot_be_read_is_left_alone(answered):
    named(answered, "Mina").mkdir()
    portfolio.export("Mina")
    assert "Mina" in named(answered, "Mina", number="-2").read_text(encoding="utf-8")


def test_a_teacher_can_grade_it():
    text = portfolio.as_html(portfolio.sections(answers.entries(KEPT)))
    for row in data.load("rubric").itertuples():
        assert f"☐ 4 {row.exemplary}"[:40] in text and row.criterion in text
    assert "Sum of level times weight" in text and "of 40" in text
    assert text.index("<aside>") > text.index("Many died.")
    assert "<aside>" not in portfolio.as_html(portfolio.sections(answers.entries({"answers": {"04-12": "b"}})))


def test_every_text_that_a_lesson_asks_for_has_its_task():
    found = {}
    for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        found |= tasks.of_lesson(path)
        calls = set(re.findall(r'write\(\\"([^"\\]+)', path.read_text(encoding="utf-8")))
        assert calls - found.keys() == set(), path.name
    assert len(found) > 8 and all(len(one.says) > 40 and "<!--" not in one.says for one in found.values())
    assert tasks.task(portfolio.PAGE).words == portfolio.WORDS and tasks.task("04 label").words == 120
    assert tasks.task("99 none") == tasks.task("") == tasks.task("../x") == ("", None)


@pytest.mark.parametrize("spoilt", ["", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}'])
def test_a_lesson_that_was_spoilt_costs_the_task_and_not_the_text(tmp_path, spoilt):
    path = tmp_path / "04_famine.ipynb"
    path.write_text(spoilt, encoding="utf-8")
    assert tasks.of_lesson(path) == {}


def test_an_open_answer_stands_under_its_question():
    row = next(row for row in data.load("questions").itertuples() if row.kind == "text")
    parts = dict(portfolio.sections(answers.entries({"answers": {row.question_id: "Nobody knows how many."}})))
    kinds = {kind: words for kind, words in parts["Written"]}
    assert row.prompt in kinds["task"] and kinds["quote"] == "Nobody knows how many." and "Exercises" not in parts


def test_every_right_answer_is_spelt_and_found_right():
    for row in data.load("questions").itertuples():
        for written in row.answer.split(exercises.EITHER) if row.kind != "text" else []:
            given = exercises.canonical(written, row)
            assert portfolio._result(row, {"last": given}) == "right" and portfolio.spelt(row, given), row.question_id


def test_a_full_disk_gets_a_sentence(answered, monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    shown = []
    monkeypatch.setattr(screen, "display", lambda what: shown.append(what.data))
    portfolio.export()
    assert "was not written" in shown[0] and list(answered.parent.glob("*.new")) == []


@pytest.mark.parametrize(
    "damaged",
    [
        {"texts": {"x": 5}},
        {"verdicts": {"C16": "yes"}},
        {"guesses": {"a": 3}},
        {"answers": {"04-1": [1]}},
        {"decisions": {"1960-06": 9}},
        {"answers": {"99-9": 1}},
    ],
)
def test_odd_entries_never_raise(damaged):
    parts = portfolio.sections(answers.entries(damaged))
    assert portfolio.as_html(parts) and portfolio.as_markdown(parts)


def test_ids_are_found_and_slips_are_named():
    known, unknown = portfolio.ids_in("See D081, csy1999_wxc and H20; C16 is a claim, S7 a statement, D999 a slip, about 1960.")
    assert known == ["D081", "csy1999_wxc", "H20"] and unknown == ["D999"]
    assert "nearest name" in portfolio.review("D999 " + "word " * 200)


def test_the_page_is_counted(answers_file, monkeypatch):
    shown = []
    monkeypatch.setattr(screen, "display", lambda what: shown.append(what.data))
    portfolio.rewrite(...)
    portfolio.rewrite(12)
    assert "not written yet" in shown[0] and "three quotes" in shown[1] and not answers_file.exists()
    portfolio.rewrite("A short page (D081).")
    assert "4 words" in shown[2] and "Name 4 more" in shown[2]
    assert json.loads(answers_file.read_text(encoding="utf-8"))["texts"]["09 page"]["last"].startswith("A short page")


def test_the_page_is_asked_for_200_words_only_when_it_is_far_from_them():
    asks = {count: "about 200" in portfolio.review("word " * count) for count in (149, 150, 200, 250, 251)}
    assert asks == {149: True, 150: False, 200: False, 250: False, 251: True}


def test_how_a_mind_changed_stands_in_it(answers_file):
    for given in (24.2, 32.1):
        answers.keep("answers", "04-13", given)
    for judged, sure in (("supported", 90), ("partly", 60)):
        answers.keep("verdicts", "C10", {"verdict": judged, "sure": sure})
    parts = dict(portfolio.sections(answers.changes()[0]))
    (exercise,) = next(block for block in parts["Exercises"] if block[0] == "table")[2]
    assert exercise[2:] == ["24.2 → 32.1", 2, "right"]
    (verdict,) = next(block for block in parts["Verdicts"] if block[0] == "table")[2]
    assert verdict[0] == "C10" and verdict[2] == "supported, 90 percent sure → partly, 60 percent sure"


def test_the_version_of_the_data_is_printed():
    assert f"version {data.version()}." in portfolio.as_html([]) and f"version {data.version()}." in portfolio.as_markdown([])


def test_what_a_reader_wrote_stands_as_a_quotation():
    text = portfolio.as_markdown([("Written", [("task", "04-12"), ("quote", "Nobody knows.\nNobody counted.")])])
    assert "> Nobody knows.\n> Nobody counted." in text and "> 04-12" not in text
