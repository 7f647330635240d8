"""Papers for the staff room: the key, letters home, care, vocabulary, sentence starters, model answers, assistants, feedback.

What only a teacher can say stands in `papers/`; numbers in it carry notes as in a lesson (`prose`). The rest comes from the
tables and from the lessons' own cells, so that it is written once.
"""

import re
from itertools import groupby

from helpers import data, environment
from helpers.common import escape
from helpers.tools import bank_pages, hour, pages, pool
from helpers.tools.bank_pages import WIDE, lesson_title, page
from helpers.tools.prose import NOTE

TERM = re.compile(r"\[([^\]]+)\]\([^)]*\)")
FOLD = re.compile(r"</?(?:details|summary)[^>]*>(?:[^<\n]*</summary>)?")
SCRIPTS = ((re.compile(r"[\uac00-\ud7a3]"), "ko"), (re.compile(r"[\u4e00-\u9fff]"), "zh"), (re.compile(r"[\u0400-\u04ff]"), "ru"))
HOW_KNOWN = {
    "data": "Worked out again from the tables whenever the course is tested.",
    "prompt": "Worked out again from the question's own numbers whenever the course is tested.",
}
NO_ADDRESS = "The course has no public address yet: hand the file or the paper to whoever gave you the course."
FEW = 3  # words that make no sheet
OURS = "<p>Written by us, not by pupils. Grade one lesson's three answers with the class before it writes, then read our comments.</p>"


def markdown(name: str) -> tuple[str, str]:
    """Return (title, HTML) of a paper in `papers/`."""
    text = NOTE.sub("", (pool.PAPERS / f"{name}.md").read_text(encoding="utf-8"))
    title, _, rest = text.partition("\n")
    return title.removeprefix("# "), pages.MARKDOWN.render(rest)


def cells(own: pool.Pool, wanted) -> dict[str, list[str]]:
    """Return {lesson: the Markdown cells that `wanted(cell)` chooses}, without notes and links."""
    found: dict[str, list[str]] = {}
    for lesson, notebook in own.lessons.items():
        texts = [TERM.sub(r"\1", NOTE.sub("", cell.source)) for cell in notebook.cells if cell.cell_type == "markdown" and wanted(cell)]
        found |= {lesson: texts} if texts else {}
    return found


def care(own: pool.Pool) -> str:
    """Return the page on care, with what each lesson says before it begins."""
    title, body = markdown("care")
    said = "".join(
        f"<h3>{escape(lesson_title(lesson))}</h3>{pages.MARKDOWN.render(re.sub(r'^#.*$', '', texts[0], flags=re.M))}"
        for lesson, texts in cells(own, lambda cell: cell.metadata.get("part") == "care").items()
    )
    return page(title, f'<section class="sheet dense">{body}</section><h2>What the lessons say before they begin</h2>{said}')


def samples(own: pool.Pool) -> str:
    """Return the lessons' model answers at three levels, each below its task, with our comments."""
    found = cells(own, lambda cell: cell.metadata.get("part") == "discuss" and "teacher" in cell.metadata.get("tags", []))
    parts = []
    for lesson, texts in found.items():
        task = hour.read(own.lessons[lesson], lesson).task
        answers = pages.MARKDOWN.render(FOLD.sub("", texts[0]))
        heading = f"<h2>{escape(lesson_title(lesson))}</h2>"
        parts.append(f'<section>{heading}<p class="task"><b>Task.</b> {hour.line_in_html(task)}</p>{answers}</section>')
    return page("Sample answers at three levels", OURS + "".join(parts) + f'<section class="sheet">{_rubric()}</section>')


def _rubric() -> str:
    head = "".join(
        f'<th scope="col">{words}</th>' for words in ("criterion (weight)", "4 exemplary", "3 secure", "2 developing", "1 beginning")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(row.criterion)} ({row.weight})</th>'
        + "".join(f"<td>{escape(words)}</td>" for words in (row.exemplary, row.secure, row.developing, row.beginning))
        + "</tr>"
        for row in data.load("rubric").itertuples()
    )
    return f'<h2>Rubric</h2>{WIDE}<table class="dense rubric"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def key(own: pool.Pool) -> str:
    """Return the key: every exercise of every lesson with its answer and its reason, then our verdicts with theirs."""
    known = data.load("question_keys").set_index("question_id")
    parts = [
        "<p>Answers to the exercises of the lessons, then our verdicts. A verdict is ours: another, argued from the papers, may be better. "
        '<a href="bank-answers.html">Answers to the questions that stand in no lesson</a> have a page of their own.</p>'
    ]
    claims = data.load("claims")
    for lesson, keys in groupby(own.places, key=lambda one: own.places[one][0]):
        told = "".join(_answer(one, own, known) for one in keys)
        verdicts = "".join(map(_verdict, claims[claims["lesson"] == lesson].itertuples()))
        judged = f"<h3>Our verdicts</h3>{verdicts}" if verdicts else ""
        parts.append(f'<section class="lesson dense" id="lesson-{lesson}"><h2>{escape(lesson_title(lesson))}</h2>{told}{judged}</section>')
    lessons = sorted({place[0] for place in own.places.values()})
    ways = " · ".join(f'<a href="#lesson-{lesson}">{escape(lesson_title(lesson))}</a>' for lesson in lessons)
    parts.insert(1, f'<p class="screen">{ways}</p>')
    return page("The key", "".join(parts))


def _answer(one: str, own: pool.Pool, known) -> str:
    how = ""
    if one in known.index:
        how = HOW_KNOWN.get(known.kind[one]) or f"Judged by hand: {known.why[one]}"
    part = own.places[one][1]
    part += "" if part.endswith("?") else "."
    return bank_pages.answer(one, own) + f'<p class="small">{escape(part)} {escape(how)}</p>'


def _verdict(row) -> str:
    return (
        f'<div class="task"><p><b>{row.claim_id} {escape(row.verdict)}</b> (our confidence: {escape(row.confidence)}). '
        f"{escape(row.claim)}</p>"
        f"<p><b>For:</b> {escape(row.evidence_for)}</p><p><b>Against:</b> {escape(row.evidence_against)}</p>"
        f"<p><b>We would print:</b> {escape(row.better_wording)} <b>It would change our mind:</b> {escape(row.what_would_change)}</p></div>"
    )


def vocabulary() -> str:
    """Return the words of each lesson with their own scripts, how to say them, and room for the pupil's words."""
    terms, sheets = data.load("glossary"), []
    for lesson in data.load("lessons")["lesson"]:
        own = terms[[lesson in lessons.split(";") for lessons in terms["lessons"]]].sort_values(
            "term", key=lambda column: column.str.lower()
        )
        if len(own) < FEW:
            continue
        rows = "".join(
            f'<tr><th scope="row"><b>{escape(row.term)}</b></th>'
            f"<td>{in_script(row.native_script)}<br><i>{escape(row.romanisation)}</i></td>"
            f"<td>{escape(row.definition)}</td><td></td></tr>"
            for row in own.itertuples()
        )
        head = "".join(f'<th scope="col">{words}</th>' for words in ("word", "in its own script", "what it means here", "in my words"))
        sheets.append(
            f'<section class="sheet dense"><h2>{escape(lesson_title(lesson))}</h2>{WIDE}<table class="vocabulary">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
        )
    lead = "<p>The words of the glossary, lesson by lesson. A script stands here only where our table has it.</p>"
    return page("Vocabulary", lead + "".join(sheets))


def in_script(text: str) -> str:
    """Return a name in its scripts as HTML, each part with its language, for screen readers and fonts."""
    parts = []
    for part in filter(None, text.split(" / ")):
        language = next((name for letters, name in SCRIPTS if letters.search(part)), "")
        parts.append(f'<span lang="{language}">{escape(part)}</span>' if language else escape(part))
    return " / ".join(parts)


def feedback() -> str:
    """Return the form on which a teacher says how it went; it names an address once the course has one."""
    address = environment.address()
    where = f"Send the file to {address}, by whatever way that page offers." if address else NO_ADDRESS
    version = environment.project()["version"]
    form = (pool.PAPERS / "feedback.html").read_text(encoding="utf-8")
    return page("How did it go?", form.replace("{where}", escape(where)).replace("{version}", escape(version)))
