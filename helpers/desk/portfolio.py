"""The page rewritten, and the portfolio: one file with all that a reader guessed, judged, answered and wrote.

The file stands beside the answers and holds everything itself: no link, no script. Text from the reader and from the
tables stays text. An earlier portfolio is replaced, any other file of that name is left alone.
"""

import html
import os
from collections.abc import Mapping

from helpers import data
from helpers.common import cell, escape, markdown_table
from helpers.desk import answers, calibration, cited, exercises, reading
from helpers.desk.cited import ids_in
from helpers.desk.screen import show
from helpers.desk.verdicts import in_words
from helpers.models import decisions
from helpers.sentences import say

PAGE = "09 page"
WORDS, IDS = 200, 5  # what the last task asks for
MARK = "Portfolio: The Sino-Soviet Split, Claim by Claim"
STYLE = (
    "body{font:17px/1.5 system-ui,'DejaVu Sans',sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1F2328;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #8D949E;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "blockquote{border-left:4px solid #B87700;margin:1rem 0;padding:0 1rem;white-space:pre-wrap}@media print{body{font-size:11pt;margin:0}}"
)


def rewrite(text: object) -> None:
    """Keep the reader's page and say how long it is and which sources it names; `...` is not written yet."""
    if reading.blank(text):
        return show(say("page_unanswered", words=WORDS, ids=IDS))
    read = reading.text(text)
    if not read.value:
        return show(f"{say('text_quotes')} {say('errors_table')}")
    message = answers.keep("texts", PAGE, read.value)
    return show(f"{review(read.value)} {message}".strip())


def review(text: str) -> str:
    """Return what can be counted in a page: words, source ids that exist, ids that do not, each in plain words."""
    missing = IDS - len(ids_in(text)[0])
    more = say("ids_more", count=missing) if missing > 0 else ""
    asked = None if 150 <= cited.words(text) <= 250 else WORDS
    return " ".join(filter(None, (cited.length(text, asked), cited.counted(text), more)))


def export(name: object = "", kind: str = "html") -> None:
    """Write the portfolio beside the answers and say where.

    Never raises: when it cannot be written, a sentence says why.

    Parameters
    ----------
    name : str
        The reader's name, if it should stand on the first page.
    kind : str
        "html" (one file for any browser) or "md" (Markdown).
    """
    if kind not in ("html", "md"):
        return show('A portfolio is written as "html" or as "md".')
    kept, message = answers.changes()
    message = (answers.sign(str(name)) if name and not message else "") or message
    text = (as_html if kind == "html" else as_markdown)(sections(kept), str(name))
    try:
        file = _place(kind)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
        try:
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as problem:
        return show(
            f"The portfolio was not written ({problem.strerror or problem}): free some space, or copy the course to a folder of your own."
        )
    return show(f"Your portfolio is ready: **{html.escape(file.name)}**, in the folder of your answers. {message}".strip())


def sections(kept: Mapping[str, dict]) -> list[tuple[str, list[tuple]]]:
    """Return the portfolio as [(heading, blocks)]; a block is ("text", words), ("quote", words) or ("table", head, rows).

    `kept` is what `answers.changes` or `answers.entries` returns.
    """
    texts = {key: entry["last"] for key, entry in sorted(kept.get("texts", {}).items())}
    page = texts.pop(PAGE, "")
    parts = [
        ("The page, rewritten", [("quote", page), ("text", _plain_review(page))] if page else [("text", "Not written yet.")]),
        ("Written tasks", [block for key, text in texts.items() for block in (("text", key), ("quote", text))] or [("text", "None yet.")]),
        (
            "Verdicts",
            [
                ("table", ["claim", "in short words", "before the lessons", "first verdict", "last verdict", "ours"], _verdicts(kept)),
                ("text", calibration.in_words(calibration.of_entries(kept.get("verdicts", {})))),
            ],
        ),
        (
            "Guesses",
            _table(
                ["guess", "first", "last"],
                [(key, *map(_guessed, (entry["first"], entry["last"]))) for key, entry in sorted(kept.get("guesses", {}).items())],
            ),
        ),
        (
            "Exercises",
            _table(["question", "asked", "first answer", "last answer", "tries", "result"], _exercises(kept.get("answers", {}))),
        ),
        (
            "Advice to Pyongyang",
            [("table", ["decision", "your advice", "near to what was done"], decisions.rows(_last(kept.get("decisions", {}))))],
        ),
    ]
    named = ids_in(" ".join([page, *texts.values()]))[0]
    citations = data.load("sources").set_index("source_id")["citation"]
    by_document = data.load("documents").set_index("doc_id")
    cited = [(name, citations.get(name) or f"{by_document.loc[name, 'title']} ({by_document.loc[name, 'date']})") for name in named]
    return [*parts, ("Sources named", _table(["id", "source"], cited)), ("For the teacher: rubric", [_rubric()])]


def _rubric() -> tuple:
    """Return the teacher's rubric as a table with boxes to tick."""
    criteria = data.load("rubric")
    rows = [
        (
            f"{row.criterion} (weight {row.weight})",
            *(f"☐ {level}" for level in (row.exemplary, row.secure, row.developing, row.beginning)),
            "",
        )
        for row in criteria.itertuples()
    ]
    rows.append((f"Sum of level times weight, of {4 * criteria['weight'].sum()}", "", "", "", "", ""))
    return ("table", ["criterion", "4 exemplary", "3 secure", "2 developing", "1 beginning", "remark"], rows)


def as_html(parts: list[tuple[str, list[tuple]]], name: str = "") -> str:
    """Return the sections as one HTML page, everything escaped."""
    body = []
    for heading, blocks in parts:
        body.append(f"<h2>{html.escape(heading)}</h2>")
        for kind, *content in blocks:
            if kind == "table":
                head = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in content[0])
                rows = "".join("<tr>" + "".join(f"<td>{html.escape(str(one))}</td>" for one in row) + "</tr>" for row in content[1])
                body.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
            else:
                tag = "blockquote" if kind == "quote" else "p"
                body.append(f"<{tag}>{html.escape(content[0])}</{tag}>")
    by = f"<p>{html.escape(name)}</p>" if name else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{MARK}</title><style>{STYLE}</style></head><body><h1>{MARK}</h1>{by}{''.join(body)}"
        f"<p>Data of the course: version {html.escape(data.version())}.</p></body></html>\n"
    )


def as_markdown(parts: list[tuple[str, list[tuple]]], name: str = "") -> str:
    """Return the sections as Markdown; the reader's words cannot turn into tags or cells."""
    lines = [f"# {MARK}", ""] + ([cell(name), ""] if name else [])
    for heading, blocks in parts:
        lines += [f"## {heading}", ""]
        for kind, *content in blocks:
            if kind == "table":
                head, rows = content
                lines += [markdown_table(head, [[cell(one) for one in row] for row in rows]), ""]
            else:
                mark = "> " if kind == "quote" else ""
                lines += [mark + escape(line) for line in content[0].splitlines()] + [""]
    return "\n".join([*lines, f"Data of the course: version {cell(data.version())}.", ""])


def _place(kind):
    """Return the portfolio's file: beside the answers, another name if a file of that name is not a portfolio."""
    beside = answers.path()
    stem = beside.stem.replace("answers", "portfolio")
    for number in range(1, 100):
        file = beside.with_name(f"{stem}{'' if number == 1 else f'-{number}'}.{kind}")
        if not file.exists():
            return file
        try:
            with open(file, encoding="utf-8", errors="replace") as text:
                if MARK in text.read(2000):
                    return file
        except OSError:  # a closed file or a folder of that name is not ours to replace
            continue
    raise OSError("there are a hundred files of that name")


def _verdicts(kept):
    rows = []
    for claim in data.load("claims").itertuples():
        before, later = (kept.get(kind, {}).get(claim.claim_id) for kind in ("priors", "verdicts"))
        own = (_judged(entry[when]) if entry else "" for entry, when in ((before, "last"), (later, "first"), (later, "last")))
        rows.append((claim.claim_id, claim.claim, *own, claim.verdict if later else ""))
    return rows


def _judged(judged):
    return f"{judged['verdict']}, {judged['sure']:g} percent sure"


def _guessed(guessed):
    return f"{in_words(guessed['value'])} {guessed['unit']}".strip()


def _last(entries):
    return {key: entry["last"] for key, entry in entries.items()}


def _exercises(given):
    result = {True: "right", False: "not yet", None: "open question"}
    rows = []
    for key, entry in sorted(given.items()):
        if (row := exercises.find(key)) is None:
            continue
        read = exercises.read_answer(row, entry["last"])
        if read.value is None:
            judged = ""
        else:
            judged = result[exercises.judge(row, exercises.best(row, read.value) if row.kind == "number" else read.value)[0]]
        asked = f"{row.prompt} {row.options.replace(' | ', '; ')}".strip()
        rows.append((key, asked, entry["first"], entry["last"], entry["tries"], judged))
    return rows


def _table(head, rows):
    return [("table", head, rows)] if rows else [("text", "None yet.")]


def _plain_review(page):
    known, _ = ids_in(page)
    return f"{len(page.split())} words; source ids: {', '.join(known) or 'none'}."
