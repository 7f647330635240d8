"""The portfolio holds everything the reader did, as text, and never costs anybody a file."""

import json
import os

import pytest

from helpers import data
from helpers.desk import answers, portfolio, screen

SCRIPT = "<script>alert(1)</script>"
KEPT = {
    "guesses": {"04 deaths": {"value": 20, "unit": "million deaths"}},
    "priors": {"C16": {"verdict": "supported", "sure": 60}},
    "verdicts": {"C16": {"verdict": "contradicted", "sure": 90}},
    "answers": {"04-13": 32.1, "04-12": "b"},
    "texts": {"04 label": f"Many died. {SCRIPT}", "09 page": "In 1960 Moscow came first (D081, D046), by D999."},
    "decisions": {"1960-06": "b"},
}


@pytest.fixture
def answered(answers_file):
    answers_file.write_text(json.dumps(KEPT), encoding="utf-8")
    return answers_file


def test_everything_is_in_it(answered, capsys):
    portfolio.export("Mina")
    text = answered.with_name("my_portfolio.html").read_text(encoding="utf-8")
    for words in (
        "Mina",
        "20 million deaths",
        "supported, 60 percent sure",
        "contradicted, 90 percent sure",
        "32.1",
        "right",
        "not yet",
        "Many died.",
        "Moscow came first",
        "ask for its version",
        "Sourcing",
        "☐",
    ):
        assert words in text, words
    assert data.load("sources", source_id="D046")["citation"].iloc[0].split(",")[0] in text


@pytest.mark.parametrize("kind", ["html", "md"])
def test_text_stays_text_and_nothing_is_fetched(answered, kind):
    portfolio.export(SCRIPT, kind)
    text = answered.with_name(f"my_portfolio.{kind}").read_text(encoding="utf-8")
    assert "<script" not in text and "src=" not in text and "href=" not in text


def test_an_empty_portfolio_is_written_too(answers_file):
    portfolio.export()
    assert "Not written yet." in answers_file.with_name("my_portfolio.html").read_text(encoding="utf-8")


def test_an_earlier_portfolio_is_replaced_and_a_stranger_left_alone(answered):
    own = answered.with_name("my_portfolio.html")
    portfolio.export()
    portfolio.export("Mina")
    assert "Mina" in own.read_text(encoding="utf-8") and not answered.with_name("my_portfolio-2.html").exists()
    own.write_text("my own work", encoding="utf-8")
    portfolio.export("Mina")
    assert own.read_text(encoding="utf-8") == "my own work" and answered.with_name("my_portfolio-2.html").exists()


def test_a_file_that_cannot_be_read_is_left_alone(answered):
    answered.with_name("my_portfolio.html").mkdir()
    portfolio.export("Mina")
    assert "Mina" in answered.with_name("my_portfolio-2.html").read_text(encoding="utf-8")


def test_a_teacher_can_grade_it():
    text = portfolio.as_html(portfolio.sections(answers.entries({"answers": {"04-12": "a"}})))
    for row in data.load("rubric").itertuples():
        assert f"☐ {row.exemplary}"[:40] in text and row.criterion in text
    assert "Sum of level times weight, of 40" in text and "b) There was no famine" in text


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
    exercise = next(block for block in parts["Exercises"] if block[0] == "table")
    assert exercise[2][0][2:] == (24.2, 32.1, 2, "right")
    verdict = next(row for row in next(block for block in parts["Verdicts"] if block[0] == "table")[2] if row[0] == "C10")
    assert verdict[2:5] == ("", "supported, 90 percent sure", "partly, 60 percent sure")


def test_the_version_of_the_data_is_printed():
    assert f"version {data.version()}." in portfolio.as_html([]) and f"version {data.version()}." in portfolio.as_markdown([])
