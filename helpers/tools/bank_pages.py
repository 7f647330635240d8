"""The bank on paper: questions by lesson and skill, exit tickets, tests in two forms, pairs; answers on pages of their own."""

import re
from itertools import groupby

from helpers import data
from helpers.common import day_in_words, escape
from helpers.desk import exercises
from helpers.tools import hour, pages, pool

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="papers.css"></head>
<body>
<nav aria-label="This page"><a href="index.html">All papers</a> <button type="button" class="print">Print</button></nav>
<main>
<h1 class="{heading}">{title}</h1>
{body}
</main>
<script src="papers.js"></script>
</body></html>
"""
LINES = {"choice": 0, "set": 0, "order": 1, "number": 2, "text": 5}  # to write on, on a test
FEW_LINES = {"choice": 0, "set": 0, "order": 1, "number": 1, "text": 2}  # on a ticket
LETTERS = {"set": "More than one letter may be right.", "order": "Letters, in order."}
LETTERS_FIRST = re.compile(r"^[a-e](?:(?:, | and )[a-e])*(?:[.:] *|$)")
ONE_LETTER = re.compile(r"[a-e]\b")  # an option is meant, not a word
LITTLE = 40  # letters of a solution that only names the answer
WIDE = '<div class="wide" role="group" aria-label="Table" tabindex="0">'  # scrolls where the window is narrow
OF_TESTS = (
    'The same kinds of questions in the same order, from other cases. <a href="marking.html">Answers and points</a>. '
    "Some questions belong to <i>Going further</i>: leave out what your class has not had, at the same place in both forms."
)


def page(title: str, body: str, heading: str = "") -> str:
    """Return one paper as an HTML page; `body` is HTML, `heading` a class of its heading: "screen" is not printed."""
    return PAGE.format(title=escape(title), body=body, heading=heading)


def lesson_title(lesson: str) -> str:
    """Return "04 Famine" for "04"."""
    return f"{lesson} {data.load('lessons', lesson=lesson)['title'].iloc[0]}"


def bank(own: pool.Pool) -> str:
    """Return the page of all questions that stand in no lesson, by lesson and skill, each with what must lie beside it."""
    parts = [
        '<p class="small">No lesson asks these questions. <a href="bank-answers.html">The answers</a> have a page of their own; '
        "documents stand at the end of each lesson.</p>"
    ]
    for lesson, rows in groupby(own.bank(), key=lambda row: row.lesson):
        ranked = sorted(rows, key=lambda row: row.skill)
        asked = "".join(
            f"<h3>{escape(skill.capitalize())}</h3>{''.join(question(row.question_id, own) for row in same)}"
            for skill, same in groupby(ranked, key=lambda row: row.skill)
        )
        shown = dict.fromkeys(one for row in ranked for one in own.shows(row.question_id))
        cards = "".join(card(one) for one in sorted(shown))
        documents = f"<h3>Documents</h3>{cards}" if cards else ""
        parts.append(f'<section class="lesson"><h2>{escape(lesson_title(lesson))}</h2>{asked}{documents}</section>')
    return page("Bank of questions", "".join(parts))


def question(key: str, own: pool.Pool, before: str = "", lines: int = 0, worth: str = "") -> str:
    """Return a question as HTML: what it needs and is worth, its options, lines to write on; `before` takes the place of its id."""
    row = own.rows[key]
    prompt, options = pool.asked(row)
    needs = own.needs(key)
    shown = [one for one in own.shows(key) if one not in row.prompt]
    see = [f"Have open: {needs}."] * bool(needs) + [f"With {' and '.join(shown)}."] * bool(shown) + [worth] * bool(worth)
    unit = f" <i>In {escape(row.unit)}.</i>" if row.kind == "number" and row.unit and row.unit not in prompt else ""
    how = f" <i>{LETTERS[row.kind]}</i>" if row.kind in LETTERS and " two " not in prompt else ""
    listed = "".join(f"<li>{letter}) {pages.in_line(words)}</li>" for letter, words in options.items())
    return (
        f'<div class="task"><p><b>{escape(before or key)}</b> {pages.in_line(prompt)}{unit}{how} '
        f'<span class="see">{escape(" ".join(see))}</span></p>'
        + (f'<ul class="options">{listed}</ul>' if listed else "")
        + (f'<div class="rules">{"<p></p>" * lines}</div>' if lines else "")
        + "</div>"
    )


def card(key: str) -> str:
    """Return a document's card, or a statement of the page, as HTML."""
    if key.startswith("S"):
        row = data.load("statements", statement_id=key).iloc[0]
        return f'<div class="document"><p><b>{key}, a sentence of the textbook page, in our words.</b> {escape(row.statement)}</p></div>'
    row = data.load("documents", doc_id=key).iloc[0]
    whom = f" to {escape(row.recipient)}" if row.recipient else ""
    quote = f"<p>“{escape(row.quote)}” {escape(row.quote_by)}</p>" if row.quote else ""
    return (
        f'<div class="document"><p><b>{key}. {escape(row.title)}</b></p><p>{escape(row.author)}{whom}, {escape(day_in_words(row.date))}. '
        f"What it says, in our words: {escape(row.what_it_says)}</p>{quote}</div>"
    )


def bank_answers(own: pool.Pool) -> str:
    """Return the page of the bank's answers: the key, the reason, what wrong answers have in mind."""
    parts = []
    for lesson, rows in groupby(own.bank(), key=lambda row: row.lesson):
        told = "".join(answer(row.question_id, own, mistakes=True) for row in rows)
        parts.append(f'<section class="lesson dense"><h2>{escape(lesson_title(lesson))}</h2>{told}</section>')
    return page("Bank of questions: the answers", "".join(parts))


def answer(key: str, own: pool.Pool, before: str = "", mistakes: bool = False) -> str:
    """Return the answer to a question with its reason as HTML; with `mistakes` also what a wrong answer has in mind."""
    row = own.rows[key]
    options = pool.asked(row)[1]
    named = f") {options[row.answer].rstrip('.')}" if row.kind == "choice" else ""
    right = "An open question. Ours:" if row.kind == "text" else f"<b>{escape(pool.right(row) + named)}.</b>"
    wrong = "".join(f"<li>{escape(condition)}: {escape(says)}</li>" for condition, says in exercises.mistakes(row)) if mistakes else ""
    return (
        f'<div class="task"><p><b>{escape(before or key)}</b> <span class="small">{escape(pool.asked(row)[0])}</span></p>'
        f"<p>{right} {escape(reason(row))}</p>" + (f'<ul class="small">{wrong}</ul>' if wrong else "") + "</div>"
    )


def reason(row) -> str:
    """Return why an answer is right: the solution without the letters at its beginning; where that says little, what pupils are told."""
    told = LETTERS_FIRST.sub("", row.solution)
    told = told if ONE_LETTER.match(told) else told[:1].upper() + told[1:]
    return told if len(told) >= LITTLE else f"{told} {row.feedback_right}".strip()


def tickets(own: pool.Pool) -> str:
    """Return the exit tickets: a page a lesson, on it the same ticket twice, to be cut."""
    sheets = []
    for lesson, keys in own.choice["tickets"].items():
        asked = "".join(question(key, own, str(number), FEW_LINES[own.rows[key].kind]) for number, key in enumerate(keys, 1))
        line = slip_line(own.slips.get(lesson, ""))
        if line:
            asked += f'<div class="task"><p><b>{len(keys) + 1}</b> {line}</p><div class="rules"><p></p><p></p></div></div>'
        heading = f'<h2>Exit ticket: {escape(lesson_title(lesson))}</h2><p class="name">Name <span></span> Date <span></span></p>'
        cut = '<p class="cut">Cut here: the same ticket once more.</p>'
        sheets.append(
            f'<section class="sheet large">{heading}{asked}<div class="again" aria-hidden="true">{cut}{heading}{asked}</div></section>'
        )
    return page("Exit tickets", "".join(sheets), "screen")


def slip_line(text: str) -> str:
    """Return the words of a plan's exit slip that pupils see, as HTML: without the place and without what to accept."""
    words = " ".join(text.split()).removeprefix("On the back of the guess slip: ").partition(" Accept ")[0]
    return hour.line_in_html(words[:1].upper() + words[1:])


def tests(own: pool.Pool) -> str:
    """Return the tests, both forms of each, with the documents that their questions name."""
    sheets = []
    for number, test in enumerate(own.choice["tests"], 1):
        for form in pool.FORMS:
            keys = test[form]
            asked = "".join(
                question(key, own, str(place), LINES[own.rows[key].kind], _worth(key, own)) for place, key in enumerate(keys, 1)
            )
            shown = dict.fromkeys(one for key in keys for one in own.shows(key))
            cards = "".join(map(card, sorted(shown)))
            sheets.append(
                f'<section class="sheet large"><h2>Test {number}, form {form}: lessons {" and ".join(test["lessons"])}</h2>'
                '<p class="name">Name <span></span> Date <span></span></p>'
                f'<p class="small">{pool.points(keys, own)} points in all. Circle letters. A pocket calculator is allowed.</p>'
                f"{cards}{asked}</section>"
            )
    return page("Tests in two forms", f'<p class="small screen">{OF_TESTS}</p>' + "".join(sheets), "screen")


def _worth(key: str, own: pool.Pool) -> str:
    points = pool.POINTS[own.rows[key].kind]
    return f"{points} point{'s' * (points > 1)}"


def marking(own: pool.Pool) -> str:
    """Return the answers and points of tickets and tests."""
    parts = [
        '<p class="small">Open questions have four points: one each for a date or a source named, for what the source can show, '
        "for what it cannot, and for exact words. Another answer as well argued is as good as ours.</p>"
    ]
    for number, test in enumerate(own.choice["tests"], 1):
        for form in pool.FORMS:
            told = "".join(answer(key, own, f"{place}. {key}, {_worth(key, own)}") for place, key in enumerate(test[form], 1))
            heading = f"Test {number}, form {form}: {pool.points(test[form], own)} points"
            parts.append(f'<section class="sheet dense"><h2>{heading}</h2>{told}</section>')
    told = "".join(
        f"<h3>{escape(lesson_title(lesson))}</h3>" + "".join(answer(key, own, f"{place}, {key}") for place, key in enumerate(keys, 1))
        for lesson, keys in own.choice["tickets"].items()
    )
    parts.append(f'<section class="sheet dense"><h2>Exit tickets</h2>{told}</section>')
    return page("Answers and points of tests and tickets", "".join(parts))


def pairs(own: pool.Pool) -> str:
    """Return the table of pairs: for each exercise of a core an easier and a harder question of the bank, our choice."""
    rows = []
    for lesson, keys in groupby(own.core, key=lambda key: key.partition("-")[0]):
        rows.append(f'<tr><th colspan="3" scope="colgroup"><b>{escape(lesson_title(lesson))}</b></th></tr>')
        for key in keys:
            cells = "".join(f"<td>{_short(one, own)}</td>" for one in own.choice["pairs"][key])
            rows.append(f'<tr><th scope="row">{_short(key, own)}</th>{cells}</tr>')
    body = (
        "<p>Which is easier and which harder is our judgement. Words and answers stand in the bank under the same number. "
        "“None” means that the bank has none that fits; lesson 00 has no row for the same reason.</p>"
        f'{WIDE}<table class="dense thirds"><thead><tr><th scope="col">exercise of the lesson</th><th scope="col">easier</th>'
        f'<th scope="col">harder</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )
    return page("An easier and a harder question", body)


def _short(key: str, own: pool.Pool) -> str:
    if not key:
        return "none"
    prompt, options = pool.asked(own.rows[key])
    listed = "; ".join(options.values()) if own.rows[key].kind == "order" else ""
    return f"<b>{key}</b> {pages.in_line(f'{prompt} {listed}'.strip())}"
