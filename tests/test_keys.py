"""Every right answer is worked out again, from the tables or from the question's own numbers, or says why it is judged by hand."""

from collections import Counter
from functools import cache

import pytest

from helpers import data
from helpers.desk import exercises
from helpers.tools import keys, prose

SIX = ["01-6", "02-5", "03-2", "04-2", "06-14", "08-8"]
QUESTIONS = data.load("questions")
NUMBERS = [row for row in QUESTIONS.itertuples() if row.kind == "number"]
COMPUTED = {row.question_id: row for row in data.load("question_keys").itertuples() if row.kind != "hand"}


@pytest.fixture(autouse=True, scope="module")
def worked_out_once():
    """The tables stay as they are in these tests, so each note is worked out once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keys, "worked_out", cache(keys.worked_out))
        yield


@pytest.fixture
def asked(monkeypatch):
    """Return a function that changes one cell of the table of questions for this test."""
    frame = QUESTIONS.copy()
    load = data.load
    monkeypatch.setattr(data, "load", lambda name, **where: frame if name == "questions" and not where else load(name, **where))

    def change(question_id, column, value):
        frame.loc[frame["question_id"] == question_id, column] = value

    return change


def test_every_key_is_what_its_note_gives():
    assert keys.faults() == []


@pytest.mark.parametrize("question_id", SIX)
def test_a_key_that_is_30_percent_wrong_is_caught(asked, question_id):
    right = float(QUESTIONS.set_index("question_id")["answer"][question_id])
    asked(question_id, "answer", f"{right * 1.3:.1f}")
    assert any(question_id in fault and "the note gives" in fault for fault in keys.faults())


def test_every_number_that_is_wrong_by_more_than_its_tolerance_is_caught(asked):
    for row in NUMBERS:
        right = float(row.answer.split(exercises.EITHER)[0])
        asked(row.question_id, "answer", str(right + max(row.tolerance, 0.02 * abs(right), 1)))
    caught = {fault.split(":")[0] for fault in keys.faults()}
    assert {row.question_id for row in NUMBERS} <= caught


def test_every_computed_letter_that_is_wrong_is_caught(asked):
    closed = [row for row in QUESTIONS.itertuples() if row.kind in ("choice", "set", "order") and row.question_id in COMPUTED]
    for row in closed:
        letters = list(exercises.options(row))
        wrong = ", ".join(sorted(letters)) if row.kind == "order" else next(one for one in letters if one != row.answer)
        asked(row.question_id, "answer", wrong)
    assert {row.question_id for row in closed} <= {fault.split(":")[0] for fault in keys.faults()}


@pytest.mark.parametrize(
    "question_id, column, value, fault",
    [
        ("04-13", "solution", "(190 - 143.85) / 143.85 = 0.421: about 32 per cent too high.", "does not come out"),
        ("04-13", "solution", "Too high by a half.", "does not name the key"),
        ("04-12", "solution", "b. They had no access.", "other letters"),
    ],
)
def test_planted_solutions_are_caught(asked, question_id, column, value, fault):
    asked(question_id, column, value)
    assert any(question_id in one and fault in one for one in keys.faults())


def test_a_note_from_the_prompt_may_use_only_what_the_prompt_prints(asked):
    asked("07-12", "prompt", "By what factor did Kim want to raise the number of battalions (from 2)?")
    assert any("07-12" in fault and "14" in fault for fault in keys.faults())


@pytest.mark.parametrize(
    "note",
    [
        "order(1, 2)",
        "nonsense(3)",
        "when(events)",
        "when(events(nobody).date)",
        "1 +",
        "__import__('os')",
        "holds(3, 4)",
        "largest()",
        "'x' * 3",
        "when()",
        "root(1)",
        "root(-2, 2)",
        "months(5)",
        "says(D999, gold)",
        "points(a, b, c)",
        "line_end(nothing, 1)",
        "order(a=)",
    ],
)
def test_a_note_that_cannot_be_read_is_refused_with_its_own_error(note):
    with pytest.raises(prose.NoteError):
        keys.worked_out(note)


def test_keys_judged_by_hand_say_why(monkeypatch):
    rows = data.load("question_keys")
    by_hand = rows[rows["kind"] == "hand"]
    assert all(len(why.split()) >= 12 for why in by_hand["why"])
    assert not set(by_hand["question_id"]) & {row.question_id for row in NUMBERS}, "a number is always computed"
    frame = rows.copy()
    frame.loc[frame["question_id"] == by_hand["question_id"].iloc[0], "why"] = ""
    load = data.load
    monkeypatch.setattr(data, "load", lambda name, **where: frame if name == "question_keys" else load(name, **where))
    assert any("needs its reason" in fault for fault in keys.faults())


def test_a_question_without_a_row_is_named(monkeypatch):
    load, frame = data.load, data.load("question_keys").iloc[1:]
    monkeypatch.setattr(data, "load", lambda name, **where: frame if name == "question_keys" else load(name, **where))
    assert any("no row in question_keys" in fault for fault in keys.faults())


def test_most_keys_are_computed():
    counts = Counter(data.load("question_keys")["kind"])
    assert counts["data"] + counts["prompt"] > counts["hand"]


def test_what_is_rounded_is_accepted_as_the_question_asks():
    """Where no decimals are asked, a whole number (or one decimal below ten) is right; where they are, the key has them."""
    wrong = []
    for row in NUMBERS:
        right = float(row.answer.split(exercises.EITHER)[0])
        says = "decimal" in row.prompt or "Whole number" in row.prompt
        rounded = right if says or right == round(right) else round(right, 0 if abs(right) >= 10 else 1)
        if not exercises.is_right(row, rounded) and right not in (3.34, 46.97):  # sums of the numbers in the question, without rounding
            wrong.append((row.question_id, rounded))
    assert wrong == []
