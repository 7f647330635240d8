"""Questions that answer back: `check`, `hint` and `solution` for the exercises of a lesson.

The questions stand in `data/questions.csv`. Right, wrong and unanswered each get a sentence that teaches; a wrong
answer gets the sentence for its mistake, or the general one for a right number with another sign, unit or power of ten. What
cannot be read gets a sentence too, never an error, and does not count as a try. How answers are read: `reading`.
"""

import math
import re
from typing import Any

from helpers import data
from helpers.common import escape
from helpers.desk import answers, cited, reading
from helpers.desk.screen import in_line, show, show_html, told
from helpers.sentences import fixed, say

EITHER = " or "  # between two answers that are both right
LABEL = re.compile(r"(?:^|[\s(])\(?([a-h])\)\s*")
FEW_WORDS = 8  # an open question asks for a full sentence
HINT_AFTER = 2  # wrong tries
NOT_JUDGED = "not judged"  # no answer yet, or none that could be read
WORDS = {True: fixed("right_plain"), False: fixed("not_yet_plain")}  # where there is no colour


def check(key: object = ..., answer: object = ..., *more: object) -> None:
    """Show a sentence on an answer to a question, for example `check("04-3", "d")`, and keep the answer.

    Parameters
    ----------
    key : str
        The number of the question.
    answer, more : object
        A number or letters, in quotes or not; `...` is no answer yet.
    """
    judged, text = _answered(key, answer, *more)
    if isinstance(judged, str):
        show(text)
    else:
        show_html(told(judged, in_line(text)))


def reply(key: object = ..., answer: object = ..., *more: object) -> str:
    """Return what `check` shows as one line of Markdown; the answer is kept if it could be read."""
    judged, text = _answered(key, answer, *more)
    return f"{WORDS[judged]} {text}" if judged in WORDS else text


def _answered(key: object, answer: object, *more: object) -> tuple[bool | str | None, str]:
    """Return (True, False, None for an open question or NOT_JUDGED, a sentence as Markdown); an answer that was read is kept."""
    row = find(key)
    if row is None:
        return NOT_JUDGED, _unknown(key)
    typed = joined(answer, *more)
    if reading.blank(typed):
        return NOT_JUDGED, row.feedback_unanswered or say(f"unanswered_{row.kind}", key=row.question_id)
    read = read_answer(row, typed)
    if read.value is None:
        return NOT_JUDGED, f"{not_read(row, read.says, typed)} {say('errors_table')}"
    given = best(row, read.value) if row.kind == "number" else read.value
    remark = say("read_as", value=f"{given:.10g}") if read.says == "read_as" else ""
    note = answers.keep("answers", row.question_id, given)
    right, sentence = judge(row, given)
    help_ = say("try_hint", key=row.question_id) if right is False and row.hint_1 and _tries(row.question_id) >= HINT_AFTER else ""
    return right, " ".join(filter(None, (remark, sentence, help_, note)))


def judge(row, given: Any) -> tuple[bool | None, str]:
    """Return (True, False or None for an open question, the sentence) for an answer already read by its kind."""
    if row.kind == "text":
        return _open_question(row, given)
    if is_right(row, given):
        return True, escape(row.feedback_right)
    exact: list[tuple[str, str]] = []
    open_ended: list[tuple[str, str]] = []
    for condition, sentence in mistakes(row):
        (open_ended if condition[0] in "<>" else exact).append((condition, sentence))
    for condition, sentence in exact:
        if _applies(condition, given, row):
            return False, escape(sentence)
    if row.kind == "number" and (slip := _slip(row, given)):
        return False, say(slip, unit=row.unit or fixed("plain_number"))
    return False, escape(next((sentence for condition, sentence in open_ended if _applies(condition, given, row)), row.feedback_wrong))


def is_right(row, given) -> bool:
    """Return True when an answer already read by its kind is one of the right ones."""
    if row.kind == "number":
        return any(abs(given - wanted) <= row.tolerance + 1e-9 for wanted in map(float, row.answer.split(EITHER)))
    return given in [canonical(wanted, row) for wanted in row.answer.split(EITHER)]


def canonical(written: str, row) -> str | float | None:
    """Return an answer as our table writes it ("b, d" or "44.6") in the form in which answers are judged."""
    if row.kind == "number":
        return float(written)
    read = reading.letters(written, "set" if row.kind == "order" and len(written) < 3 else row.kind, options(row))
    return read.value


def best(row, values: tuple[float, ...]) -> float:
    """Return the way to read a number that is right, if there is one, else the likeliest: "1,820" may be 1820 or 1.82."""
    return next((value for value in values if is_right(row, value)), values[0])


def read_answer(row, typed: object) -> reading.Read:
    """Return what was typed as an answer to a question; see `reading`."""
    if row.kind == "number":
        return reading.number(typed, row.unit)
    return reading.text(typed) if row.kind == "text" else reading.letters(typed, row.kind, options(row))


def not_read(row, says: str, typed: object) -> str:
    """Return the sentence for an answer that could not be read."""
    letters = list(options(row))
    span = fixed("letters_from_to", first=letters[0], last=letters[-1]) if letters else ""
    return say(says, typed=typed, unit=row.unit or fixed("plain_number"), letters=span, count=len(letters))


def options(row) -> dict[str, str]:
    """Return the options of a question as {letter: words}; some questions have them in the prompt."""
    text = row.options or row.prompt
    found = list(LABEL.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {match[1]: text[match.end() : end].strip(" |;.") for match, end in zip(found, ends, strict=False)}


def hint(key: object = ..., number: int = 1) -> None:
    """Show the first or second hint to a question.

    Parameters
    ----------
    key : str
        The number of the question.
    number : int
        1 or 2; where there is no second hint, the first is shown.
    """
    row = find(key)
    text = row and (row.hint_2 if str(number) == "2" and row.hint_2 else row.hint_1)
    show(_unknown(key) if row is None else fixed("hint_text", text=escape(text)) if text else say("no_hint"))


def solution(key: object = ...) -> None:
    """Show the answer with its reason; in the student edition the teacher has it."""
    row = find(key)
    show(_unknown(key) if row is None else fixed("solution_text", text=escape(row.solution) or say("no_solution")))


def mistakes(row) -> list[tuple[str, str]]:
    """Return the known mistakes of a question as [(condition, sentence)]."""
    pairs = (part.split("=>", 1) for part in row.mistakes.split("||") if "=>" in part)
    return [(condition.strip(), sentence.strip()) for condition, sentence in pairs]


def find(key: object):
    """Return the row of a question, or None; "4-1" and "04 – 1" find "04-1"."""
    name = "-".join(part.strip() for part in re.split(r"[-_.]|(?<=\d) +(?=\d)", reading.plain(key))) if isinstance(key, str) else ""
    rows = data.load("questions")
    return next(rows[rows["question_id"].isin([name, f"0{name}"])].itertuples(), None)


def joined(answer: object, *more: object) -> object:
    """Return one answer from several: 44,6 without quotes comes as 44 and 6, "b", "d" without a bracket as two letters."""
    parts = (answer, *more)
    if not more:
        return answer
    return ",".join(map(str, parts)) if all(isinstance(part, (str, int, float)) for part in parts) else parts


def _unknown(key: object) -> str:
    if key is ... or key is None:
        return say("question_missing")
    return say("question_unknown", key=key, nearest=data.nearest(str(key)[:40], data.load("questions")["question_id"]))


def _open_question(row, given: str) -> tuple[bool | None, str]:
    if len(given.split()) < FEW_WORDS:
        return False, say("text_short")
    compare = say("text_compare") + " " + escape(row.solution) if row.solution else say("text_neighbour") + " " + say("no_solution")
    return None, f"{cited.counted(given)} {compare}"


def _tries(key: str) -> int:
    entry = answers.changes()[0].get("answers", {}).get(key)
    return entry["tries"] if entry else 0


def _slip(row, given: float) -> str:
    """Return the sentence for a right number with another sign, or with its point in another place; "" for other numbers."""
    for wanted in map(float, row.answer.split(EITHER)):
        if abs(given + wanted) <= row.tolerance:
            return "slip_sign"
        if any(abs(given * 10.0**power - wanted) <= row.tolerance + 1e-9 for power in range(-12, 13)):
            return "slip_digits"
    return ""


def _applies(condition: str, given, row) -> bool:
    """Return True when a mistake's condition fits: an answer, or for numbers "> x", "< x" or "a to b"."""
    if row.kind != "number":
        return canonical(condition, row) == given
    words = condition.replace(",", "").split()
    try:
        if words[0] in ("<", ">"):
            return given < float(words[1]) if words[0] == "<" else given > float(words[1])
        if len(words) == 3 and words[1] == "to":
            return float(words[0]) <= given <= float(words[2])
        return math.isclose(given, float(words[0]), rel_tol=0.005)
    except (ValueError, IndexError):
        return False
