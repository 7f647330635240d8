"""The first page of the web pages: two doors, the marked page, the map of lessons."""

import html

from helpers import data
from helpers.desk import marked
from helpers.tools import conf

FOR_TEACHERS = ("teachers_guide.md", "for_schools.md")
LEAD = (
    "A textbook page tells in eleven sentences how Moscow and Beijing fell out and what that did to North Korea. "
    "These lessons take the page apart into thirty claims and test each with figures and documents. "
    "In the end you write a better page."
)
ALONE = (
    "## One hour is all you have\n\nThree hours for teachers that need no other lesson. "
    "The front of the plan, the slides and the sheet are all you need: a quarter of an hour to read.\n\n"
)
PAGE = "The page, in our words. Each line with a number is a claim: which of the thirty will stand?"
READ = (
    "## How to read the lessons\n\n"
    "**Known** is agreed; **contested** is argued among specialists; **unknown** is without evidence.\n"
    "Under every chart its words and numbers are folded: open them with a click or with the Enter key.\n"
    "Words with a dotted line are in the [glossary](glossary.md).\n\n"
)


def for_all(asked, others, paper, pictures=(), doors=(), alone=""):
    """Return the first page of all pages, as Markdown.

    asked     {lesson: what its cells ask}, as `answering.asked` returns it
    others    page names of the Markdown pages
    paper     {lesson: links to what can be printed or shown on a wall, as HTML}
    pictures  lessons whose opening chart lies there as a small picture
    doors     what stands beside these pages at their address: "pupils", "live"
    alone     the hours that stand alone, as HTML
    """
    read = (
        ("pupils/index.html", "Read, and answer on the pages") if "pupils" in doors else ("#the-lessons", "Read, and answer on the pages")
    )
    live = [("live/index.html", "Open the lessons live")] if "live" in doors else []
    of_live = " <b>Live</b> is JupyterLab in this browser: nothing to install, nothing sent anywhere." if live else ""
    guide = [("teachers_guide.html", "Open the guide")] if "teachers_guide" in others else []
    two = _door("Pupils", [read, *live], f"A lesson takes an hour; what you type stays in this browser.{of_live}") + _door(
        "Teachers",
        [
            *([("#one-hour-is-all-you-have", "New here? An hour, ready in 15 minutes")] if alone else []),
            *guide,
            ("#the-lessons", "Plan, sheet and slides of each lesson"),
            ("papers/index.html", "Key, tests, tickets, letters"),
            ("class.html", "See what a class handed in"),
        ],
        "An hour planned to the minute, a sheet for the copier, slides for the wall. The key is also folded under each exercise.",
    )
    hours = f"{ALONE}{alone}\n\n" if alone else ""
    return f"# {conf.project}\n\n{_entrance(two)}{_lessons(asked, paper, pictures)}{hours}{READ}{_tree(asked, others)}"


def for_pupils(asked, others, pictures=()):
    """Return the first page of the pupils' pages, as Markdown; the parameters are those of `for_all`."""
    how = "Each page answers back: type, press the button, read what it says. <b>Save my work</b>, at its foot, makes one file of all."
    one = _door("Begin here", [("#the-lessons", "Choose a lesson")], how)
    return f"# {conf.project}\n\n{_entrance(one)}{_lessons(asked, {}, pictures)}{READ}{_tree(asked, others)}"


def thumb(lesson):
    """Return the file name of a lesson's small picture."""
    return f"opening-{lesson}.svg"


def _door(name, ways, words):
    links = "".join(f'<li><a href="{address}">{label}</a></li>' for address, label in ways)
    return f'<div class="door"><p class="door-name">{name}</p><ul>{links}</ul><p>{words}</p></div>'


def _entrance(doors):
    """Return what stands on top: what this is, the doors, and the page of the textbook, marked, no verdict on any claim."""
    claims = data.load("claims")
    lines = []
    for row in data.load("statements").itertuples():
        own = claims[claims["statement_id"] == row.statement_id]
        lines.append(marked.sentence(row.statement, dict(zip(own["claim_id"], own["phrase"], strict=True)), {}, {}))
    page = f'<figure class="the-page"><blockquote><p>{" ".join(lines)}</p></blockquote><figcaption>{PAGE}</figcaption></figure>'
    return f'<div class="entrance"><div class="doors"><p>{LEAD}</p>{doors}</div>{page}</div>\n\n'


def _lessons(asked, paper, pictures):
    cards = []
    for row in data.load("lessons").itertuples():
        if row.lesson not in asked:
            continue
        claims = list(dict.fromkeys(str(given[0]) for name, given in asked[row.lesson] if name in ("verdict", "prior")))
        about = f"Claims {', '.join(sorted(claims))}. " if claims else "All claims. "
        picture = f'<img src="_static/{thumb(row.lesson)}" alt="" loading="lazy">' if row.lesson in pictures else ""
        cards.append(
            f'<li class="lesson-card">{picture}<a href="{row.file.removesuffix(".ipynb")}.html"><span class="number">{row.lesson}</span>'
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
