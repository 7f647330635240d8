"""The page rewritten, and the portfolio: one file with all that a reader guessed, judged, answered and wrote.

The file stands beside the answers and holds everything itself: no link, no script, and the answers once more as data, which
the view of a class reads (`tools/class_view`). Text from the reader and from the tables stays text. A portfolio of the same
day is replaced, any other file of that name is left alone.
"""

import base64
import html
import json
import os
from datetime import date
from pathlib import Path

from helpers import data
from helpers.common import cell, day_in_words, escape, markdown_table
from helpers.desk import answers, calibration, cited, exercises, reading
from helpers.desk.cited import ids_in
from helpers.desk.screen import show, show_html
from helpers.desk.tasks import IDS, PAGE, WORDS, task
from helpers.desk.verdicts import in_words
from helpers.models import decisions
from helpers.sentences import fixed, heading, say

MARK = "Portfolio: The Sino-Soviet Split, Claim by Claim"
WORK = "work"  # the name of the element that holds the answers as data
STYLE = (
    "body{font:16px/1.45 system-ui,'DejaVu Sans',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1F2328;background:#fff}"
    "h1{font-size:1.4em;margin:0}h2{font-size:1.1em;margin:.9em 0 .2em}p{margin:.3em 0}"
    "table{border-collapse:collapse;width:100%;font-size:.85em}tr{break-inside:avoid}h2{break-after:avoid}"
    "th,td{border:1px solid #8D949E;padding:.15rem .4rem;text-align:left;vertical-align:top;overflow-wrap:break-word}"
    "td:first-child,td.short{white-space:nowrap}"
    "blockquote{border-left:4px solid #6B7480;margin:.4rem 0;padding:0 .8rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".beside{display:grid;grid-template-columns:1fr 17rem;gap:1.5rem}aside{border-left:1px solid #8D949E;padding-left:1rem;font-size:.8em}"
    "aside p{margin:.1em 0 .1em 1.3em;text-indent:-1.3em}aside h3{font-size:1em;margin:.7em 0 .1em}.task{font-style:italic}"
    "@media(max-width:40rem){.beside{display:block}aside{border:0;padding:0}}"
    "@page{margin:12mm}@media print{body{font-size:10pt;line-height:1.3;margin:0;max-width:none;padding:0}"
    ".beside{grid-template-columns:1fr 55mm}}"
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


def export(name: str = "", kind: str = "html") -> None:
    """Write the portfolio beside the answers, say where, and show a link that downloads it.

    Parameters
    ----------
    name : str
        The reader's name; without one, the name that the answers carry.
    kind : str
        "html" (one file for any browser, which the view of a class reads) or "md" (Markdown).

    Never raises: when it cannot be written, a sentence says why.
    """
    if kind not in ("html", "md"):
        return show(fixed("portfolio_kind"))
    kept, message = answers.changes()
    if not kept:
        return show(f"{fixed('portfolio_empty')} {message}".strip())
    message = (answers.sign(str(name)) if name and not message else "") or message
    name = str(name) or answers.about()["who"]
    text = as_html(sections(kept), name, answers.handed_in(name)) if kind == "html" else as_markdown(sections(kept), name)
    try:
        file = _place(kind, name)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
        try:
            fresh.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            os.replace(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as problem:
        return show(fixed("portfolio_failed", why=problem.strerror or problem))
    return show_html(_ready(file.name, text, message))


def _ready(name: str, text: str, message: str) -> str:
    """Return the sentence on a portfolio that was written, with a link that holds it: the same in JupyterLab and in a browser tab."""
    kind = "text/html" if name.endswith(".html") else "text/markdown"
    held = base64.b64encode(text.encode("utf-8", errors="replace")).decode("ascii")
    return (
        f"<p>{fixed('portfolio_ready', name=escape(name))} "
        f'<a download="{html.escape(name)}" href="data:{kind};charset=utf-8;base64,{held}">{fixed("portfolio_download")}</a> '
        f"{fixed('portfolio_hand_in')} {escape(message)}</p>"
    )


# ---- what stands in it


def sections(kept: dict) -> list[tuple[str, list[tuple]]]:
    """Return the portfolio as [(heading, blocks)]; what was not done is left out.

    A block is ("text", words), ("task", words), ("quote", words), ("table", head, rows) or ("rubric", criteria). `kept` is
    what `answers.changes` or `answers.entries` returns.
    """
    texts = _texts(kept)
    verdicts = _verdicts(kept)
    scored = calibration.of_entries(kept.get("verdicts", {}))
    judged = [] if scored.empty else [("text", calibration.in_words(scored))]
    advice = [row for row in decisions.rows(_last(kept.get("decisions", {}))) if row[1] != fixed("not_given_yet")]
    parts = [
        (fixed("portfolio_written"), [block for key, asked, text in texts for block in _written(key, asked, text)]),
        (fixed("portfolio_rubric"), [("rubric", list(data.load("rubric").itertuples()))] if texts else []),
        (
            fixed("portfolio_verdicts"),
            [*_table(["claim", "in short words", "before the lessons", "verdict", "ours"], verdicts), *judged],
        ),
        (fixed("portfolio_guesses"), _guesses(kept.get("guesses", {}))),
        (fixed("portfolio_exercises"), _exercises(kept.get("answers", {}))),
        (fixed("portfolio_advice"), _table(["decision", "your advice", "near to what was done"], advice)),
        (fixed("portfolio_sources"), _table(["id", "source"], _sources(" ".join(text for _, _, text in texts)))),
    ]
    return [part for part in parts if part[1]]


def lessons_of(kept: dict) -> list[str]:
    """Return the lessons, by number, in which something was answered, guessed or written; verdicts count for none, since claims recur."""
    known = set(data.load("lessons")["lesson"])
    keys = [key for kind in ("answers", "guesses", "texts") for key in kept.get(kind, {})]
    return sorted({key[:2] for key in keys} & known | ({"09"} if kept.get("decisions") else set()))


def _texts(kept: dict) -> list[tuple[str, str, str]]:
    """Return (key, task, text) of all that was written, the rewritten page first, answers to open questions last."""
    texts = _last(kept.get("texts", {}))
    rows = [(key, task(key).says, texts[key]) for key in sorted(texts, key=lambda key: (key != PAGE, key))]
    for key, entry in sorted(kept.get("answers", {}).items()):
        row = exercises.find(key)
        if row is not None and row.kind == "text":
            rows.append((key, row.prompt, str(entry["last"])))
    return rows


def _written(key: str, asked: str, text: str) -> list[tuple]:
    wanted, known = task(key).words, ids_in(text)[0]
    named = fixed("portfolio_ids", ids=", ".join(known)) if known else fixed("portfolio_ids_none")
    length = fixed("portfolio_length_asked" if wanted else "portfolio_length", words=cited.words(text), asked=wanted, named=named)
    return [("task", f"{key}. {asked}".strip()), ("quote", text), ("text", length)]


def _verdicts(kept: dict) -> list[tuple]:
    rows = []
    for claim in data.load("claims").itertuples():
        before, later = (kept.get(kind, {}).get(claim.claim_id) for kind in ("priors", "verdicts"))
        if before or later:
            prior = _judged(before["last"]) if before else ""
            rows.append((claim.claim_id, claim.claim, prior, _changed(later, _judged), claim.verdict if later else ""))
    return rows


def _guesses(given: dict) -> list[tuple]:
    told = [f"{key}: {_changed(entry, _guessed)}" for key, entry in sorted(given.items())]
    return [("text", "; ".join(told) + ".")] if told else []


def _changed(entry: dict | None, told) -> str:
    """Return the first value of an entry in words, and the last one if it is another."""
    if not entry:
        return ""
    first, last = told(entry["first"]), told(entry["last"])
    return first if last == first else f"{first} → {last}"


def _judged(judged: dict) -> str:
    return fixed("portfolio_judged", verdict=judged["verdict"], sure=judged["sure"])


def _guessed(guessed: dict) -> str:
    return f"{in_words(guessed['value'])} {guessed['unit']}".strip()


def _last(entries: dict) -> dict:
    return {key: entry["last"] for key, entry in entries.items()}


def _exercises(given: dict) -> list[tuple]:
    """Return what was right at once in a line, and the rest in a table: what was asked, how the answer changed, what is right."""
    at_once, rows = [], []
    for key, entry in sorted(given.items(), key=lambda one: [int(part) if part.isdecimal() else 0 for part in one[0].split("-")]):
        row = exercises.find(key)
        if row is None or row.kind == "text":
            continue
        result = _result(row, entry)
        if result == fixed("portfolio_right") and entry["tries"] == 1:
            at_once.append(f"{key} ({_given(row, entry['last'])})")
        else:
            rows.append((key, row.prompt, _changed(entry, lambda value, row=row: spelt(row, value)), entry["tries"], result))
    told = [("text", fixed("portfolio_at_once", keys=", ".join(at_once)))] if at_once else []
    return [*told, *_table(["", "asked", "answered", "tries", "result"], rows)]


def _given(row, value: object) -> str:
    return value if isinstance(value, str) else f"{value:.10g}{f' {row.unit}' if row.unit else ''}"


def _result(row, entry: dict) -> str:
    """Return "right", or the right answer beside a miss; "" for an answer that cannot be read."""
    read = exercises.read_answer(row, entry["last"])
    if read.value is None:
        return ""
    given = exercises.best(row, read.value) if row.kind == "number" else read.value
    if exercises.is_right(row, given):
        return fixed("portfolio_right")
    wanted = [spelt(row, answer) for answer in row.answer.split(exercises.EITHER)]
    right = f" {fixed('word_or')} ".join(wanted) + (f" {row.unit}" if row.unit else "")
    return fixed("portfolio_not_yet", right=right)


def spelt(row, given: object) -> str:
    """Return an answer as it is printed: a letter with the words of its option."""
    if not isinstance(given, str):
        return f"{given:.10g}"
    words = exercises.options(row) if row.kind in ("choice", "set") and row.options else {}
    return "; ".join(f"{letter}) {words[letter]}" if letter in words else letter for letter in given.split(", ")) if words else given


def _sources(text: str) -> list[tuple[str, str]]:
    citations = data.load("sources").set_index("source_id")["citation"]
    by_document = data.load("documents").set_index("doc_id")
    return [
        (name, citations.get(name) or f"{by_document.loc[name, 'title']} ({by_document.loc[name, 'date']})") for name in ids_in(text)[0]
    ]


def _table(head: list[str], rows: list[tuple]) -> list[tuple]:
    """Return a table as a block, without the columns that are empty in every row; without rows, nothing."""
    filled = [place for place in range(len(head)) if any(row[place] not in ("", None) for row in rows)]
    return [("table", [heading(head[place]) for place in filled], [[row[place] for place in filled] for row in rows])] if rows else []


# ---- as one file


def as_html(parts: list[tuple[str, list[tuple]]], name: str = "", whole: dict | None = None) -> str:
    """Return the sections as one HTML page, everything escaped, with the answers as data where `whole` is given."""
    made = {head: f"<h2>{escape(head)}</h2>{''.join(_block(*block) for block in blocks)}" for head, blocks in parts}
    written, rubric = made.pop(fixed("portfolio_written"), ""), made.pop(fixed("portfolio_rubric"), "")
    beside = f'<div class="beside"><div>{written}</div><aside>{rubric}</aside></div>' if written else ""
    held = json.dumps(whole, ensure_ascii=False, default=str) if whole else ""
    work = f'<pre id="{WORK}" hidden>{escape(held)}</pre>' if held else ""
    return (
        f'<!doctype html>\n<html lang="{fixed("language")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{MARK}</title><style>{STYLE}</style></head><body><h1>{MARK}</h1><p>{escape(_head(name, whole))}</p>"
        f"{beside}{''.join(made.values())}<p>{fixed('portfolio_data', version=escape(data.version()))}</p>{work}</body></html>\n"
    )


def _head(name: str, whole: dict | None) -> str:
    lessons = lessons_of(answers.entries(whole or {}))
    done = fixed("portfolio_lessons" if len(lessons) > 1 else "portfolio_lesson", lessons=", ".join(lessons)) if lessons else ""
    return " · ".join(filter(None, (name, day_in_words(date.today().isoformat()), done)))


def _block(kind: str, *content) -> str:
    """Return a block of a section as HTML."""
    if kind == "table":
        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in content[0])
        rows = "".join("<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in content[1])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if kind == "rubric":
        return "".join(
            f"<h3>{escape(name)}</h3>" + "".join(f"<p>{escape(line)}</p>" for line in lines) for name, lines in _levels(content[0])
        )
    opening, closing = {"quote": ("<blockquote>", "</blockquote>"), "task": ('<p class="task">', "</p>"), "text": ("<p>", "</p>")}[kind]
    return f"{opening}{escape(content[0])}{closing}"


def _levels(criteria: list) -> list[tuple[str, list[str]]]:
    """Return [(criterion, its four levels, each with a box)], and a place for the sum."""
    rows = [
        (
            fixed("portfolio_weight", criterion=row.criterion, weight=row.weight),
            [
                f"☐ {level} {says}"
                for level, says in zip((4, 3, 2, 1), (row.exemplary, row.secure, row.developing, row.beginning), strict=True)
            ],
        )
        for row in criteria
    ]
    return [*rows, (fixed("portfolio_sum"), [fixed("portfolio_sum_of", most=4 * sum(row.weight for row in criteria))])]


def as_markdown(parts: list[tuple[str, list[tuple]]], name: str = "") -> str:
    """Return the sections as Markdown; the reader's words cannot turn into tags or cells."""
    lines = [f"# {MARK}", ""] + ([cell(name), ""] if name else [])
    for head, blocks in parts:
        lines += [f"## {head}", ""]
        for kind, *content in blocks:
            if kind == "table":
                lines += [markdown_table(content[0], [[cell(one) for one in row] for row in content[1]]), ""]
            elif kind == "rubric":
                lines += [
                    line for name, levels in _levels(content[0]) for line in (f"### {name}", "", *(f"- {cell(one)}" for one in levels), "")
                ]
            else:
                mark = "> " if kind == "quote" else ""
                lines += [mark + escape(line) for line in content[0].splitlines()] + [""]
    return "\n".join([*lines, fixed("portfolio_data", version=cell(data.version())), ""])


def _place(kind: str, name: str) -> Path:
    """Return the portfolio's file, beside the answers: another name if a file of that name is not a portfolio. Raises OSError."""
    stem = "-".join(filter(None, ("portfolio", answers.slug(name), date.today().isoformat())))
    for number in range(1, 100):
        file = answers.path().with_name(f"{stem}{'' if number == 1 else f'-{number}'}.{kind}")
        if not file.exists():
            return file
        try:
            with open(file, encoding="utf-8", errors="replace") as text:
                if MARK in text.read(2000):
                    return file
        except OSError:  # a closed file or a folder of that name is not ours to replace
            continue
    raise OSError(fixed("portfolio_hundred"))
