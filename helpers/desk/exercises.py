"""Questions that answer back: `check`, `hint` and `solution` for the exercises of a lesson.

The questions stand in `data/questions.csv`. Right, wrong and unanswered each get a sentence that teaches; a wrong
answer gets the sentence for its mistake. A wrong type gets a sentence too, never an error.
"""

import html
import math
import re
from numbers import Real

from helpers import data
from helpers.common import escape
from helpers.desk import answers
from helpers.desk.screen import show

UNANSWERED = '*Not answered yet.* Replace the three dots in the cell above and run it again; `hint("{key}")` helps.'
NO_SOLUTION = "This edition has no solutions: ask your teacher."
ASKS = {
    "number": "a number, for example 12.5",
    "choice": 'one letter in quotes, for example "b"',
    "order": 'letters in order, for example "b, a, c"',
    "set": 'letters, for example "a, c"',
    "text": "one or more sentences in quotes",
}

THOUSANDS = re.compile(r",(?=\d{3}\b)")  # "1,820" is a thousand and more; "72,3" is 72.3 as many schools write it


def check(key, answer):
    """Show a sentence on an answer to question `key`, for example `check("04-3", "d")`, and keep the answer.

    A number may be given as a number or as text; a choice, an order or a set as letters.
    """
    show(reply(key, answer))


def reply(key, answer):
    """Return the sentence that `check` shows; the answer is kept if it could be read."""
    row = _question(key)
    if row is None:
        return _unknown(key)
    if answer is ...:
        return row.feedback_unanswered or UNANSWERED.format(key=key)
    given = as_kind(answer, row.kind)
    if given is None:
        return f"This question asks for {ASKS[row.kind]}. You gave {_shown(answer)}."
    note = answers.keep("answers", key, given)
    right, sentence = judge(row, given)
    word = {True: "**Right.** ", False: "**Not yet.** ", None: ""}[right]
    return f"{word}{sentence} {note}".strip()


def judge(row, given):
    """Return (True, False or None for an open question, the sentence) for an answer already read by its kind."""
    if row.kind == "text":
        if len(given.split()) < 8:
            return False, "Write a full sentence: what, when, and how you know."
        return (
            None,
            f"Compare yours with this one: {escape(row.solution)}" if row.solution else f"Compare yours with a neighbour's. {NO_SOLUTION}",
        )
    wanted = as_kind(row.answer, row.kind)
    if row.kind == "number":
        right = abs(given - wanted) <= row.tolerance + 1e-9
    else:
        right = given == wanted
    if right:
        return True, escape(row.feedback_right)
    for condition, sentence in mistakes(row):
        if _applies(condition, given, row.kind):
            return False, escape(sentence)
    return False, escape(row.feedback_wrong)


def hint(key, number=1):
    """Show the first or second hint to a question."""
    row = _question(key)
    text = row and (row.hint_2 if number == 2 and row.hint_2 else row.hint_1)
    show(
        _unknown(key)
        if row is None
        else f"*Hint.* {escape(text)}"
        if text
        else "There is no hint to this one: look at the figure above once more."
    )


def solution(key):
    """Show the answer with its reason; in the student edition the teacher has it."""
    row = _question(key)
    show(_unknown(key) if row is None else f"*Solution.* {escape(row.solution) or NO_SOLUTION}")


def mistakes(row):
    """Return the known mistakes of a question as [(condition, sentence)]."""
    pairs = (part.split("=>", 1) for part in row.mistakes.split("||") if "=>" in part)
    return [(condition.strip(), sentence.strip()) for condition, sentence in pairs]


def _question(key):
    rows = data.load("questions")
    return next(rows[rows["question_id"] == str(key)].itertuples(), None)


def _unknown(key):
    return f"There is no question '{escape(key)}'; {data.nearest(key, data.load('questions')['question_id'])}."


def as_kind(answer, kind):
    """Return an answer in the form its kind is judged in, or None if it is of another type."""
    if kind == "number":
        if isinstance(answer, str):
            try:
                answer = float(THOUSANDS.sub("", answer).replace(",", "."))
            except ValueError:
                return None
        usable = isinstance(answer, Real) and not isinstance(answer, bool) and math.isfinite(answer)
        return float(answer) if usable else None
    if isinstance(answer, (list, tuple, set, frozenset)):
        parts = sorted(map(str, answer)) if isinstance(answer, (set, frozenset)) else [str(part) for part in answer]
        answer = ", ".join(parts)
    if not isinstance(answer, str) or not answer.strip():
        return None
    if kind == "text":
        return answer.strip()
    letters = re.findall(r"[a-z]", answer.lower())
    if not letters or len(set(letters)) < len(letters) or (kind == "choice" and len(letters) > 1):
        return None
    return ", ".join(letters if kind == "order" else sorted(letters))


def _applies(condition, given, kind):
    """Return True when a mistake's condition fits: an answer, or for numbers "> x", "< x" or "a to b"."""
    if kind != "number":
        return as_kind(condition, kind) == given
    words = condition.replace(",", "").split()
    try:
        if words[0] in ("<", ">"):
            return given < float(words[1]) if words[0] == "<" else given > float(words[1])
        if len(words) == 3 and words[1] == "to":
            return float(words[0]) <= given <= float(words[2])
        return math.isclose(given, float(words[0]), rel_tol=0.005)
    except (ValueError, IndexError):
        return False


def _shown(answer):
    return html.escape(f"{type(answer).__name__} {str(answer)[:40]!r}", quote=False)
