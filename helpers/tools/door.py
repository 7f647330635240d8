"""The first page of the web pages: a door for pupils, a door for teachers, the map of lessons."""

import html

from helpers import data
from helpers.desk import marked
from helpers.tools import conf

FOR_TEACHERS = ("teachers_guide.md", "for_schools.md")
LEAD = (
    "A textbook page tells in eleven sentences how Moscow and Beijing fell out and what that did to North Korea.\n"
    "These lessons take the page apart into thirty claims and test each with figures and documents.\n"
    "In the end you write a better page.\n\n"
)
ALONE = "Three hours for teachers that need no other lesson, each with a plan, a sheet and slides.\n\n"
READ = (
    "## How to read the lessons\n\n"
    "**Known** is agreed; **contested** is argued among specialists; **unknown** is without evidence.\n"
    "Under every chart its words and numbers are folded: open them with a click or with the Enter key.\n"
    "Words with a dotted line are in the [glossary](glossary.md).\n\n"
)


def for_all(asked, others, paper, doors=(), alone=""):
    """Return the first page of all pages, as Markdown.

    asked   {lesson: what its cells ask}, as `answering.asked` returns it
    others  page names of the Markdown pages
    paper   {lesson: links to what can be printed or shown on a wall, as HTML}
    doors   what stands beside these pages at their address: "pupils", "live"
    alone   the hours that stand alone, as HTML
    """
    pupils = (
        '<a href="pupils/index.html">read and answer on the pages</a>' if "pupils" in doors else "read and answer, lesson by lesson, below"
    )
    live = (
        ', or <a href="live/index.html">open the lessons live</a>: JupyterLab in this browser, nothing installed' if "live" in doors else ""
    )
    guide = '<a href="teachers_guide.html">the guide</a> begins with Monday at nine; ' if "teachers_guide" in others else ""
    two = (
        '<ul class="doors">'
        f"<li><b>Pupils</b>: {pupils}{live}.</li>"
        f"<li><b>Teachers</b>: {guide}below, each lesson has a plan, a sheet for the copier and slides; "
        '<a href="bank/index.html">papers for teachers</a> are the key, exit tickets, tests and letters home.</li></ul>\n\n'
    )
    hours = f"## One hour is all you have\n\n{ALONE}{alone}\n\n" if alone else ""
    return f"# {conf.project}\n\n{LEAD}{two}{hours}{_page()}{_lessons(asked, paper)}{READ}{_tree(asked, others)}"


def for_pupils(asked, others):
    """Return the first page of the pupils' pages, as Markdown; the parameters are those of `for_all`."""
    how = "Choose a lesson. Each page answers back: type, press the button, read what it says.\n"
    how += "**Save my work**, at its foot, makes one file of all.\n\n"
    return f"# {conf.project}\n\n{LEAD}{how}{_page()}{_lessons(asked, {})}{READ}{_tree(asked, others)}"


def _page():
    """Return the page of the textbook as running text with its claims marked, no verdict on any."""
    claims = data.load("claims")
    lines = []
    for row in data.load("statements").itertuples():
        own = claims[claims["statement_id"] == row.statement_id]
        lines.append(marked.sentence(row.statement, dict(zip(own["claim_id"], own["phrase"], strict=True)), {}, {}))
    text = " ".join(lines)
    return f'## The page, in our words\n\n<div class="the-page">{text}</div>\n\n'


def _lessons(asked, paper):
    cards = []
    for row in data.load("lessons").itertuples():
        if row.lesson not in asked:
            continue
        claims = list(dict.fromkeys(str(given[0]) for name, given in asked[row.lesson] if name in ("verdict", "prior")))
        about = f"Claims {', '.join(sorted(claims))}. " if claims else "All claims. "
        cards.append(
            f'<li class="lesson-card"><a href="{row.file.removesuffix(".ipynb")}.html"><span class="number">{row.lesson}</span>'
            f'<span class="name">{html.escape(row.title)}</span> <span class="question">{html.escape(row.question)}</span></a>'
            f"<p>{html.escape(row.in_one_sentence)}</p>"
            f'<p class="small">{about}{paper.get(row.lesson, "")}</p></li>'
        )
    return f'## The lessons\n\n<ol class="lesson-map">{"".join(cards)}</ol>\n\n'


def _tree(asked, others):
    names = [
        f"{row.lesson} {row.title} <{row.file.removesuffix('.ipynb')}>" for row in data.load("lessons").itertuples() if row.lesson in asked
    ]
    tree = "\n".join([*names, *others])
    return f"```{{toctree}}\n:hidden:\n\n{tree}\n```\n"
