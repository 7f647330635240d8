"""The paper twin of a lesson: questions, figures, cards and tables on at most four A4 pages, without code and without answers."""

import copy
import html
import json
import re
from dataclasses import dataclass, field

import nbformat

from helpers import data
from helpers.desk.verdicts import VERDICTS
from helpers.figures.frame import FOOTER
from helpers.tools import pages

CALL = re.compile(r"^\s*(guess|check|verdict)\((.*)\)", re.M)
QUOTED = re.compile(r'"([^"]*)"')
LEFT_OUT = ("header", "know")  # the header is printed anew; the last part would tell the answers
IN_FULL = ("care", "guess", "documents", "ledger", "discuss")
CARD, PAGE_TEXT, TABLE = 'class="document-card"', 'class="marked-page"', 'class="course-table"'  # what the desk shows
OURS = "ours ("  # heads a column of our own verdicts
LOOK = re.compile(r' style="[^"]*"')  # paper has a look of its own
LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.S)
BLOCK = re.compile(r"</?(?:div|details)[^>]*>|<summary>.*?</summary>", re.S)  # paper has no folds
ON_SCREEN = re.compile(r"\s*(?:The buttons|Slide)\b[^.]*\.")  # what a subtitle says of buttons and sliders
LONG, LONG_CELL = re.compile(r"<t([dh])( scope=\"row\")?>(?=[^<]{36})"), r'<t\1\2 class="long">'  # cells whose words must wrap
NUMBER = re.compile(r"[-−]?[\d,]+(?:\.\d+)?")
MOST_LABELS = 8  # along the axis of a chart in one column

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: handout</title>
<link rel="stylesheet" href="../_static/handout.css">
<script defer src="../_static/handout.js"></script></head>
<body>
<nav aria-label="This page"><a href="../index.html">All lessons</a> <a href="../{page}.html">The lesson with its answers</a>
<button type="button" class="print">Print this handout</button></nav>
<main>
<header><h1>{title}</h1><p class="question">{question}</p><p class="name">Name <span></span> Date <span></span></p></header>
<div class="two">{questions}</div>
<h2>Documents</h2>
<div class="two">{cards}</div>
{evidence}
<h2>Figures</h2>
<div class="figures">{figures}</div>
<h2>Tables and the numbers behind the figures</h2>
<div class="numbers">{numbers}</div>
</main>
</body></html>
"""


@dataclass
class Sheets:
    """What a handout prints, sheet by sheet, each a list of HTML blocks."""

    questions: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    cards: list = field(default_factory=list)
    evidence: list = field(default_factory=list)
    numbers: list = field(default_factory=list)


def write(notebooks, folder, left_out=()):
    """Write `NN.html` into a new folder for every executed lesson but those left out, two-digit numbers."""
    folder.mkdir()
    for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb")):
        if path.name[:2] in left_out:
            continue
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        (folder / f"{path.name[:2]}.html").write_text(handout(notebook, path.name[:2], path.stem), encoding="utf-8")


def handout(notebook, lesson, page):
    """Return the handout of an executed lesson as one HTML page.

    lesson  its two-digit number
    page    name of the lesson's own page, for the link back
    """
    row = next(data.load("lessons", lesson=lesson).itertuples())
    sheets = Sheets()
    for cell in notebook.cells:
        part = cell.metadata.get("part", "")
        pictured = any(pages.CHART in output.get("data", {}) for output in cell.get("outputs", []))
        if "teacher" in cell.metadata.get("tags", []) or (part in LEFT_OUT and not pictured):
            continue
        if cell.cell_type == "markdown":
            sheets.questions.append(_text(cell.source, part))
        else:
            _outputs(cell, part, sheets)
            sheets.questions += [] if part in LEFT_OUT else [_to_fill_in(cell.source)]
    sheets.numbers.sort(key=lambda table: -table.count("<tr"))  # tables of like height stand in one row
    blocks = {sheet: "\n".join(parts) for sheet, parts in vars(sheets).items()}
    return PAGE.format(title=html.escape(f"{lesson} {row.title}"), question=html.escape(row.question), page=page, **blocks)


def small(chart):
    """Return (chart, caption): a chart of a lesson without its frame, and the words of the frame.

    The title, the unit line and the sources become a caption, so that the plot can be drawn small with letters that can
    still be read. Sliders and buttons are left out: paper shows the first state.
    """
    chart = {"data": chart["data"], "layout": copy.deepcopy(chart["layout"])}
    layout = chart["layout"]
    title, drawing = layout.pop("title"), layout.pop("meta")["drawing"]
    texts = [title["text"], title["subtitle"]["text"]]
    footer = next((note for note in layout["annotations"] if note.get("name") == FOOTER), {"text": ""})
    layout["annotations"] = [note for note in layout["annotations"] if note is not footer]
    for left_out in ("sliders", "updatemenus", "width"):
        layout.pop(left_out, None)
    layout["margin"] |= {"t": drawing["t"], "b": drawing["b"]}
    layout["height"] = drawing["height"]
    for axis in (layout[name] for name in layout if name.startswith("xaxis")):
        _fewer_labels(axis)
    return chart, ON_SCREEN.sub("", " ".join(pages.plain(text) + "." for text in (*texts, footer["text"]) if text))


def mostly_numbers(table):
    """Return True when at least half of an HTML table's cells are numbers or gaps; of the others the figure itself prints the words."""
    cells = re.findall(r'<(?:td|th scope="row")>([^<]*)<', table)
    return sum(cell == "–" or bool(NUMBER.fullmatch(cell)) for cell in cells) * 2 >= len(cells)


def _fewer_labels(axis):
    """Label only some years where an axis has more labels than a column has room for."""
    if "dtick" in axis and "range" in axis:
        span = axis["range"][1] - axis["range"][0]
        axis["dtick"] = next((step for step in (1, 2, 5, 10, 20) if step >= axis["dtick"] and span / step <= MOST_LABELS), axis["dtick"])
    if len(axis.get("tickvals", [])) > MOST_LABELS:
        axis["tickvals"] = axis["tickvals"][::2]
        if "ticktext" in axis:
            axis["ticktext"] = axis["ticktext"][::2]


def _text(source, part):
    """Return the blocks of a Markdown cell that paper needs: headings, tables, the opening words; some parts in full."""
    blocks = re.split(r"\n\s*\n", pages.NOTE.sub("", source).strip())
    kept = []
    for number, block in enumerate(blocks):
        opening = block.startswith("#") or (number == 1 and blocks[0].startswith("#"))
        if not block.startswith("**Exercise") and (part in IN_FULL or opening or block.startswith("|")):
            kept.append(pages.TERM.sub(r"\1", block))
    return pages.MARKDOWN.render("\n\n".join(kept))


def _outputs(cell, part, sheets):
    """Put the stored outputs that paper needs on their sheets."""
    for number, output in enumerate(cell.outputs, 1):
        bundle = output.get("data", {})
        shown = LOOK.sub("", bundle.get("text/html", ""))
        table = pages.TABLE.search(shown)
        if pages.CHART in bundle and pages.OWN_CHART not in cell.metadata.get("tags", []):
            figure = len(sheets.figures) + 1
            sheets.figures.append(_figure(bundle[pages.CHART], pages.chart_name(cell.id, number), figure))
            sheets.questions.append(f'<p class="see">Figure {figure}</p>')
        elif CARD in shown:
            sheets.cards.append(_card(shown))
        elif PAGE_TEXT in shown and "<details" not in shown:  # our verdicts on the page stay folded
            sheets.evidence.append(bundle["text/html"])
        elif TABLE in shown and not mostly_numbers(table.group()):
            if part != "discuss" and OURS not in shown and "<details>" not in shown:
                sheets.evidence.append(LINK.sub(r"\1", shown))
        elif table and "<details>" in shown:
            if mostly_numbers(table.group()):
                sheets.numbers.append(_labelled(f"Figure {len(sheets.figures)}", table.group()))
        elif table:
            own = 1 + sum("<h3>Table" in block for block in sheets.numbers)
            sheets.numbers.append(_labelled(f"Table {own}", table.group()))
            sheets.questions.append(f'<p class="see">Table {own}</p>')


def _labelled(label, table):
    return f"<div><h3>{label}</h3>{LONG.sub(LONG_CELL, table)}</div>"


def _figure(chart, name, number):
    chart, caption = small(chart)
    content = json.dumps(chart, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'{pages.CHART_START} id="{html.escape(name)}"><figcaption><b>Figure {number}.</b> {html.escape(caption)}</figcaption>'
        f'<div class="drawing"></div><script type="application/json">{content}</script></figure>'
    )


def _card(card):
    """Return a document card as one paragraph; what can only be clicked is left out."""
    return f'<p class="card">{BLOCK.sub(" ", LINK.sub(_unlinked, card))}</p>'


def _unlinked(link):
    """Return the words of a link, without an invitation to click."""
    return "" if link[1].startswith("Open") else link[1]


def _to_fill_in(source):
    """Return the questions that a code cell asks, with room to write."""
    asked = []
    for name, arguments in CALL.findall(source):
        words = QUOTED.findall(arguments)
        if name == "guess":
            asked.append(f'<p class="fill">My guess: <span></span> {html.escape(" ".join(words[1:]))}</p>')
        elif name == "check":
            row = pages.question(words[0])
            options = row.options.replace(" | ", "; ")
            asked.append(
                f'<p class="task"><b>{html.escape(row.question_id)}</b> {pages.in_line(row.prompt)} {pages.in_line(options)}</p>'
                + '<p class="line"></p>' * (3 if row.kind == "text" else 1)
            )
        elif name == "verdict":
            claim = data.load("claims", claim_id=words[0]).iloc[0]
            asked.append(
                f'<p class="task"><b>{claim.claim_id}</b> {html.escape(claim.claim)}</p>'
                '<p class="fill">My verdict: <span></span> I am <span class="short"></span> percent sure.</p>'
            )
    if "verdict(" in source:
        asked.append(f"<p>Verdicts: {', '.join(VERDICTS)}. Sure: from 0 to 100; 100 is certain, 17 a blind guess among the six.</p>")
    return "".join(asked)
