r"""All questions for a learning platform: Moodle's GIFT with feedback, and a CSV from which a form is made.

GIFT as Moodle reads it (question/format/gift/format.php): one question without an empty line in it; backslash and ~ = # { } :
are escaped; text is HTML. What GIFT lacks is said here and in the file's head: an order becomes a matching of places and
options; feedback of a set is given option by option, so that only the mistakes of one letter are in it; a mistake that is a
limit ("more than 100") is in no range and is left out. Ticking every option of a set brings nought.
"""

import csv
import io
import re
from collections.abc import Sequence

from helpers import data
from helpers.common import day_in_words, escape
from helpers.desk import exercises
from helpers.tools import pages, pool

SPECIAL = re.compile(r"([\\~=#{}:])")
PLACES = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th")
NEAR = 0.005  # share by which a number may miss a named mistake and still be it
FORM_KINDS = {"choice": "multiple choice", "set": "checkboxes", "number": "short answer", "order": "short answer", "text": "paragraph"}
MOST_OPTIONS = 5
HEAD = """// The Sino-Soviet Split, Claim by Claim: {count} questions for Moodle (Import, GIFT format, UTF-8).
// Options keep their letters, since the sentences name them: choose "No numbering" and do not shuffle.
// Questions that put things in order are matching questions here. Limits of numbers ("more than 100") have no feedback of
// their own. Open questions are essays; our answer is their general feedback. Left out, since only a notebook shows them: {left_out}.
"""


def exported(own: pool.Pool) -> list:
    """Return the rows of all questions that make sense outside a notebook, lesson by lesson, the lesson's own first."""
    rows = [row for key, row in own.rows.items() if key not in own.choice["notebook_only"]]
    return sorted(rows, key=lambda row: (row.lesson, row.question_id not in own.places, int(row.question_id.partition("-")[2])))


def gift(own: pool.Pool) -> str:
    """Return all questions as one GIFT file, a category for each lesson."""
    rows, blocks, category = exported(own), [], ""
    titles = data.load("lessons").set_index("lesson")["title"]
    for row in rows:
        where = "asked in the lesson" if row.question_id in own.places else "bank"
        wanted = f"Sino-Soviet split/{row.lesson} {titles[row.lesson]}/{where}"
        if wanted != category:
            category = wanted
            blocks.append(f"$CATEGORY: {category}")
        blocks.append(gift_question(row, beside(row.question_id, own)))
    head = HEAD.format(count=len(rows), left_out=", ".join(own.choice["notebook_only"]))
    return head + "\n" + "\n\n".join(blocks) + "\n"


def beside(key: str, own: pool.Pool) -> list[str]:
    """Return what is printed with a question, a text each: what must lie open, documents, statements."""
    needs = own.needs(key)
    documents = data.load("documents").set_index("doc_id")
    found = [f"Have open: {needs}."] * bool(needs)
    for one in own.shows(key):
        if one in documents.index:
            row = documents.loc[one]
            found.append(f"{one}: {row.title}. {row.author}, {day_in_words(row.date)}. In our words: {row.what_it_says}")
        else:
            found.append(f"{one}, of the textbook page: {data.load('statements', statement_id=one)['statement'].iloc[0]}")
    return found


def gift_question(row, shown: Sequence[str] = ()) -> str:
    """Return one question in GIFT.

    Parameters
    ----------
    row
        A row of the table of questions.
    shown : sequence of str
        What stands below the question, a paragraph each.
    """
    prompt, options = _lettered(row)
    unit = f" (in {row.unit})" if row.kind == "number" and row.unit and row.unit not in prompt else ""
    text = pages.in_line(prompt + unit) + "".join(f"<br><small>{escape(one)}</small>" for one in shown)
    answers = {"choice": _choice, "set": _set, "number": _number, "order": _order, "text": lambda *_: []}[row.kind](row, options)
    lines = [f"::{escaped(row.question_id)} {escaped(row.skill)}::[html]{escaped(text)}{{", *answers]
    return "\n".join([*lines, f"####{_told(row.solution)}", "}"])


def escaped(text: str) -> str:
    """Return text on one line with a backslash before what GIFT gives a meaning."""
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def _lettered(row) -> tuple[str, dict[str, str]]:
    """Return (the question, {letter: "a) option"}): sentences on answers name the letters, so that they stay."""
    prompt, options = pool.asked(row)
    return prompt, {letter: f"{letter}) {words}" for letter, words in options.items()}


def _told(text: str) -> str:
    return escaped(escape(text))


def _choice(row, options) -> list[str]:
    said = dict(exercises.mistakes(row))
    return [
        f"={_told(words)}#{_told(row.feedback_right)}"
        if letter == row.answer
        else f"~{_told(words)}#{_told(said.get(letter, row.feedback_wrong))}"
        for letter, words in options.items()
    ]


def _set(row, options) -> list[str]:
    right, said = row.answer.split(", "), dict(exercises.mistakes(row))
    share = {True: 100 / len(right), False: -100 / (len(options) - len(right))}
    return [
        f"~%{share[letter in right]:.7g}%{_told(words)}" + (f"#{_told(said[letter])}" if letter in said and letter not in right else "")
        for letter, words in options.items()
    ]


def _number(row, _) -> list[str]:
    """Return the right number with its tolerance, each named mistake worth nought, and what is said to all else."""
    lines = [f"#=%100%{one}:{row.tolerance:.10g}#{_told(row.feedback_right)}" for one in row.answer.split(exercises.EITHER)]
    for condition, says in exercises.mistakes(row):
        words = condition.replace(",", "").split()
        if words[0] in ("<", ">"):
            continue
        low, high = (words[0], words[2]) if len(words) == 3 else (words[0], words[0])
        room = abs(float(low)) * NEAR if low == high else (float(high) - float(low)) / 2
        lines.append(f"=%0%{(float(low) + float(high)) / 2:.10g}:{room:.10g}#{_told(says)}")
    return [*lines, f"~#{_told(row.feedback_wrong)}"]


def _order(row, options) -> list[str]:
    return [f"={place} -> {escaped(options[letter])}" for place, letter in zip(PLACES, row.answer.split(", "), strict=False)]


def form(own: pool.Pool) -> str:
    """Return all questions as CSV, one a row, from which a form or a quiz is made by hand or by an add-on."""
    titles = data.load("lessons").set_index("lesson")["title"]
    head = ["number", "lesson", "stands in", "skill", "type", "question", "shown with it"]
    head += [f"option {letter}" for letter in "abcde"] + ["right", "tolerance", "unit", "points", "if right", "if wrong", "solution"]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    for row in exported(own):
        prompt, options = _lettered(row)
        listed = [*options.values()] + [""] * (MOST_OPTIONS - len(options))
        right = "" if row.kind == "text" else row.answer
        tolerance = f"{row.tolerance:.10g}" if row.kind == "number" else ""
        place = "the lesson" if row.question_id in own.places else "the bank"
        lesson = f"{row.lesson} {titles[row.lesson]}"
        shown = " ".join(beside(row.question_id, own))
        start = [row.question_id, lesson, place, row.skill, FORM_KINDS[row.kind], prompt, shown]
        end = [right, tolerance, row.unit, pool.POINTS[row.kind], row.feedback_right, row.feedback_wrong, row.solution]
        writer.writerow([*start, *listed, *end])
    return file.getvalue()
