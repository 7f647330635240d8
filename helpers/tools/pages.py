"""Turn an executed lesson into its reading copy: charts as HTML, forms that answer, notes taken out.

Nothing is run again: the copy shows the outputs that are stored in the notebook.
"""

import copy
import html
import json
import re

from markdown_it import MarkdownIt
from nbformat import v4

from helpers import common, data
from helpers.common import CHART
from helpers.tools import answering
from helpers.tools.prose import NOTE

TERM = re.compile(r"\[([^\]]+)\]\(glossary\.md#([\w-]+)\)")
CHECK = re.compile(r'^\s*check\("([^"]+)"', re.M)
KEYS = re.compile(r"\n\n[^\n]*\*\*Shift\+Enter\*\*.*", re.S)  # how to run a cell: of no use on a page
MARKED = "Here is the page, with your verdicts at their claims."
HAND_IN = "**Save my work**, at the foot of this page, makes one file of all that you guessed, judged, answered and wrote."
NOT_HERE = re.compile(
    r"(?:place of|for) the (?:first )?dots|Where you see `\.\.\.`|Shift\W*Enter"
    r"|\brun (?:the|a|this|that|it)\b[^.]*\b(?:cell|box|check|again|once)\b"
    r"|between quotes, in place|\bThen open ours\b|When-an-error-shows|\bClick into the grey box\b|\bHold \W*Shift|\binto the cell above\b"
    r"|^`\w+\(\)` brings|^The last box draws",
    re.I,
)
# what a notebook says of itself, as it is true of a page
OF_A_PAGE = (
    ("run and change a notebook; ", ""),
    (" in quotes.", "."),
    ("Here is the page as you have marked it (a faint line: not judged yet). Ours is folded below; look at your own first.", MARKED),
    ("The next box writes one file with all that you guessed, judged, answered and wrote. Any browser opens it.", HAND_IN),
    ("The portfolio keeps your first verdict", "This browser keeps your first verdict"),
)
NO_VERDICTS = "You: no verdicts kept yet."
NOT_A_PAGE = ("notebook", "ready")  # parts of lesson 00 that are about notebooks and this computer
SENTENCES = re.compile(r"(?<=[.?!])\s+|(?<=[.?!]\))\s+")
TABLE = re.compile(r"<table.*?</table>", re.S)
CHART_START = '<figure class="chart"'
STYLE = re.compile(r"<style.*?</style>", re.S)
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")

SCRIPTS = "".join(f'<script defer src="_static/{name}.js"></script>' for name in ("answers-data", "reading", "answers"))

# The code that hides plumbing is folded; a short step that prints a table or a number stays in sight.
IN_SIGHT = {"execute_result", "stream"}


BOX = "parameters"  # tag of a cell in which the reader changes a number or a word
OWN_CHART = "own chart"  # tag of a cell in which the reader makes a chart with plotly itself
PLOTLYS_HEIGHT = 450


class SiteError(RuntimeError):
    """The pages could not be made; the message is one sentence with the remedy."""


def reading_copy(notebook, paper="", for_students=False):
    """Return a copy of an executed notebook that Sphinx can show, with forms where the notebook asks.

    notebook      as nbformat reads it, with its outputs
    paper         links to what can be printed or shown on a wall, as HTML
    for_students  whether solutions, model answers and our verdicts are left out: the forms open them after an attempt
    Raises SiteError when a chart has no words after it or an exercise is not in the table of questions.
    """
    shown = copy.deepcopy(notebook)
    shown.cells = [cell for cell in shown.cells if cell.metadata.get("part") not in NOT_A_PAGE]
    if for_students:
        shown.cells = [cell for cell in shown.cells if "teacher" not in cell.metadata.get("tags", [])]
        for cell in shown.cells:
            if cell.cell_type == "code":
                cell.outputs = answering.without_ours(cell)
    for cell in shown.cells:
        if cell.cell_type == "markdown":
            text = NOTE.sub("", cell.source)
            cell.source = linked(here(KEYS.sub("", text) if cell.metadata.get("part") == "header" else text))
            continue
        _answering(cell, for_students)
    shown.cells.insert(1, v4.new_markdown_cell(_about(paper), id="about-this-page"))
    shown.cells.append(v4.new_markdown_cell("", id="scripts"))
    shown.cells[-1].source = SCRIPTS
    return shown


def _answering(cell, for_students):
    """Turn a cell of code into what a page shows: charts as HTML, forms where it asks, the code folded or away."""
    kinds = {output.output_type for output in cell.outputs}
    if answering.only_asks(cell.source):
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "remove-input"]
    elif not kinds <= IN_SIGHT or not kinds:
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    after = dict(zip(map(id, cell.outputs), [*cell.outputs, None][1:], strict=True))
    number = {id(output): place for place, output in enumerate(cell.outputs, 1)}
    cell.outputs = [
        _html_output(part) if what == "form" else _as_page(part, after[id(part)], cell, number[id(part)])
        for what, part in answering.shown(cell, for_students)
    ]
    if {BOX, OWN_CHART} & {*cell.metadata.get("tags", [])} and not answering.asked(cell.source):
        cell.outputs.insert(0, _elsewhere("box_elsewhere"))
    if "path_so_far()" in cell.source:
        cell.outputs.insert(0, _elsewhere("path_elsewhere"))
    if not for_students:
        cell.outputs += [_html_output(folded_answer(key)) for key in CHECK.findall(cell.source)]


def here(text):
    """Return Markdown without what is true of a notebook only. Tables and exercises keep all other sentences."""
    for said, here_said in OF_A_PAGE:
        text = text.replace(said, here_said)
    lines = []
    for line in text.split("\n"):
        whole = line.startswith(("|", "#", "```")) or not NOT_HERE.search(line)
        lines.append(line if whole else " ".join(part for part in SENTENCES.split(line) if part and not NOT_HERE.search(part)))
    return "\n".join(lines)


def linked(text):
    """Return Markdown with each link to the glossary as HTML that the pop-up definitions find."""
    return TERM.sub(r'<a class="term" href="glossary.html#\2">\1</a>', text)


def chart_html(name, chart, says):
    """Return a chart as HTML: a labelled figure, its drawing as JSON that `site.js` hands to plotly, a line for readers without scripts.

    name   becomes the id of the figure
    chart  plotly's data, layout and config
    says   one sentence: what kind of chart it is and what it shows
    """
    title = plain(chart["layout"]["title"]["text"])
    # "<" inside a script would end it; written as an escape it is the same text to JSON.
    content = json.dumps(chart, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    label = html.escape(f"Chart: {title}. {says}")
    return (
        f'{CHART_START} id="{html.escape(name)}" role="group" aria-label="{label}">'
        f'<div class="drawing" style="height:{int(chart["layout"].get("height", PLOTLYS_HEIGHT))}px"></div>'
        f'<script type="application/json">{content}</script>'
        "<noscript>The chart needs JavaScript. Its words and numbers follow.</noscript></figure>"
    )


def chart_name(cell_id, number):
    """Return the id of a chart on its page."""
    return f"chart-{cell_id}-{number}"


def plain(title):
    """Return plotly's title text without its markup and its last full stop."""
    return common.plain(title).rstrip(".")


def scrolling(text):
    """Return HTML with every table in a box of its own that scrolls when the window is narrow; style sheets are left out."""
    return TABLE.sub(lambda table: f'<div class="pst-scrollable-table-container">{table.group()}</div>', STYLE.sub("", text))


def folded_answer(key):
    """Return the answer of an exercise as a folded block.

    Raises SiteError for a question that is not in the table.
    """
    row = question(key)
    return f'<details class="answer"><summary>Answer to {key}</summary><p>{in_line(row.solution)}</p></details>'


def question(key):
    """Return the row of an exercise in `data/questions.csv`. Raises SiteError when there is none."""
    rows = data.load("questions")
    found = rows[rows["question_id"] == key]
    if found.empty:
        raise SiteError(f"A lesson checks question '{key}', but data/questions.csv has no such row: add the row or correct the lesson.")
    return next(found.itertuples())


def in_line(text):
    """Return a line of Markdown from the data as HTML; tags in it stay text."""
    return MARKDOWN.renderInline(str(text))


def _as_page(output, following, cell, number):
    """Return an output as the page shows it: a chart as HTML, tables in scrolling boxes, everything else as it is."""
    shown = output.get("data", {})
    if str(shown.get("text/plain", output.get("text", ""))).startswith(NO_VERDICTS):
        return _elsewhere("readers_elsewhere")
    if CHART in shown:
        says = "A chart for the reader to change." if OWN_CHART in cell.metadata.get("tags", []) else _words_after(following, cell.id)
        return _html_output(chart_html(chart_name(cell.id, number), shown[CHART], says))
    if "text/html" in shown:
        return _html_output(scrolling(shown["text/html"]))
    return output


def _words_after(following, cell_id):
    says = following.get("data", {}).get("text/plain", "") if following else ""
    if "<details>" not in (following or {}).get("data", {}).get("text/html", "") or not says:
        raise SiteError(f"The chart of cell '{cell_id}' has no words after it: run the lesson again with python3 -m helpers build.")
    return says


def _html_output(text):
    return v4.new_output("display_data", data={"text/html": text})


def _elsewhere(name):
    return _html_output(f'<p class="elsewhere">{answering.WORDS[name]}</p>')


def _about(paper):
    return (
        '<p class="about-page">This page answers: type, press the button, and read what it says. What you type stays in this browser. '
        f"To change the numbers themselves, open the lesson in JupyterLab. {paper}</p>"
    )
