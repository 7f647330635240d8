"""Every exercise answers back: right, wrong by the mistake made, unanswered, and any odd type."""

import pytest

from helpers import data
from helpers.desk import claims, exercises, screen, verdicts

QUESTIONS = list(data.load("questions").itertuples())
CLOSED = [row for row in QUESTIONS if row.kind != "text"]


def least_words(row):
    """Return how long a teaching sentence is at least: the lessons' own questions explain more than the bank's."""
    return 3 if row.bank_id else 6


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: row.question_id)
def test_the_right_answer_is_right_and_teaches(row):
    right, sentence = exercises.judge(row, exercises.as_kind(row.answer, row.kind))
    assert right is True and len(sentence.split()) >= least_words(row)


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: row.question_id)
def test_every_known_mistake_has_its_own_sentence(row):
    for condition, sentence in exercises.mistakes(row):
        given = exercises.as_kind(condition.replace(">", "").replace("<", "").split(" to ")[0].strip(), row.kind)
        assert given is not None, f"'{condition}' can never be given"
        assert given != exercises.as_kind(row.answer, row.kind) or condition[0] in "<>", f"'{condition}' is the right answer"
        assert len(sentence.split()) >= least_words(row)


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: row.question_id)
def test_other_wrong_answers_get_help_without_the_answer(row):
    given = {"number": -987654.0, "choice": "z", "order": "z, y", "set": "y, z"}[row.kind]
    right, sentence = exercises.judge(row, given)
    assert right is False and len(sentence.split()) >= least_words(row)


@pytest.mark.parametrize(
    "odd", [None, True, 3.5, float("nan"), [], {}, {"a": 1}, object, "", "twenty", b"x", range(3), complex(1, 2)], ids=str
)
@pytest.mark.parametrize("kind", ["number", "choice", "order", "set", "text"])
def test_no_type_ever_raises(answers_file, kind, odd):
    row = next(row for row in QUESTIONS if row.kind == kind)
    assert isinstance(exercises.reply(row.question_id, odd), str)


def test_unanswered_is_not_wrong_and_not_kept(answers_file):
    assert "Not answered yet" in exercises.reply("04-1", ...)
    assert not answers_file.exists()


def test_the_mistake_decides_the_sentence(answers_file):
    assert exercises.reply("04-1", 44.6).startswith("**Right.**")
    assert "added 43 percent" in exercises.reply("04-1", 36.4)
    assert "added 43 percent" in exercises.reply("04-1", "36.4")
    assert "Close" in exercises.reply("04-5", ["d", "b", "a", "c"])
    assert exercises.reply("04-6", {"d", "b"}).startswith("**Right.**")
    assert exercises.reply("04-3", "D)").startswith("**Right.**")
    assert "asks for one letter" in exercises.reply("04-3", "baseline")


def test_unknown_question_gets_the_nearest_ids(answers_file):
    assert "nearest name" in exercises.reply("04-77", 1)


def test_text_stays_text(answers_file, capsys):
    assert "<script>" not in exercises.reply("<script>alert(1)</script>", 1)
    assert "<script>" not in exercises.reply("04-1", "<script>")


def test_guess_and_verdict_are_kept_and_recalled(answers_file, capsys):
    shown = []
    screen.display, original = shown.append, screen.display
    try:
        verdicts.guess("04 deaths", ...)
        verdicts.recall("04 deaths")
        verdicts.guess("04 deaths", 5, "million")
        verdicts.recall("04 deaths")
        verdicts.verdict("C10", "imprecise", 80)
        verdicts.verdict("C10", "imprecize", 80)
        verdicts.verdict("C10", "partly", 20)
        verdicts.guess("x", [1])
        claims.ledger("C10")
    finally:
        screen.display = original
    texts = [item.data for item in shown]
    assert "No guess yet" in texts[0] and "no guess" in texts[1] and "5 million" in texts[2] and "5 million" in texts[3]
    assert "imprecise" in texts[4] and "nearest" in texts[5] and "50 (a coin)" in texts[6] and "number or a word" in texts[7]
    assert "imprecise</span> 80 per cent sure" in texts[8] and "<details>" in texts[8]


def test_a_hostile_claim_stays_text(answers_file, monkeypatch):
    frame = data.load("claims")
    frame.loc[frame["claim_id"] == "C10", "claim"] = "<script>alert(1)</script>"
    load = data.load
    monkeypatch.setattr(data, "load", lambda name, **where: frame if name == "claims" else load(name, **where))
    shown = []
    monkeypatch.setattr(screen, "display", shown.append)
    claims.ledger("C10")
    assert "<script>" not in shown[0].data and "&lt;script&gt;" in shown[0].data


def test_a_number_in_quotes_may_have_a_decimal_comma_or_commas_between_thousands():
    assert exercises.as_kind("72,3", "number") == 72.3
    assert exercises.as_kind("1,820", "number") == 1820
    assert exercises.as_kind("1,349,263", "number") == 1349263
    assert exercises.as_kind("7,2,3", "number") is None  # planted
