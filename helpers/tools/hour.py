"""One class hour, read from a lesson and from the teacher's few words on it: what plan, sheet and deck are made of.

A lesson of the second edition has a core of parts with minutes; its figures, exercises, documents and claims are those
that its cells name. What only a teacher can say stands in `plans/NN.md`, in a fixed form:

    ## Materials             - one thing a line
    ## Say                   - s1: what to say in this part (a part is named as in the guide: guess, s1, ledger ...)
    ## Board                 a Markdown table: the board as it looks at the end
    ## Exit slip             one or two sentences
    ## Homework              one or two sentences
    ## What pupils will say  - "..." => the sentence that answers it
    ## Asked too             more of them, for the back of the plan (may be left out)
    ## Sheet                 which figures and numbers go on paper, what must not; see `sheet` (may be left out)
    ## Deck                  - leave out: captions, documents or cards that get no slide (may be left out)
                             - table: the part whose table gets a slide, before its questions
                             - worked s2: title | step => number | ...: a sum step by step, before the charts of this part
                             - exit: ledger: the exit sentence is written before our verdicts are shown, so it stands on their slide
    ## Lengths               which parts go first and come first in 45, 60 and 90 minutes; see `lengths` (may be left out)

Numbers in these texts carry notes as in a lesson (`prose`); names of captions stand between backticks.
"""

import ast
import html
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from helpers import data
from helpers.common import CHART, escape
from helpers.tools import drawings, guide, pages
from helpers.tools.prose import NOTE

PLANS = Path(__file__).parent / "plans"
CORE = ("header", "care", "who", "page", "timeline", "marks", "words", "guess", "source", "section", "document", "ledger", "know")
HEADINGS = ("Materials", "Say", "Board", "Exit slip", "Homework", "What pupils will say")
MORE = ("more", "discuss")  # Going further: parts that a longer hour may add
BEYOND = "Going further"  # an objective that the hour does not reach says so
OPTIONAL = ("Asked too", "Sheet", "Deck", "Lengths")
ANSWERED = " => "  # between what a pupil says and the sentence that answers it
SENTENCE = re.compile(r"(?<=[.?!]) ")
TYPED = re.compile(r'`"?([^`"]*)"?`')
GIVES_A_TABLE = re.compile(r"<table.*?</table>", re.S)
# What only a notebook has: words that mean nothing on paper or on a wall.
OF_THE_NOTEBOOK = re.compile(
    r"\b(?:three dots|(?:the|first|second) dots|in quotes|between quotes|grey box|the box|[Rr]un (?:the|it|this|a)\b|run it again|"
    r"(?:the|this|next|code) cells?|open (?:ours|it after)|click|buttons?|slider|hover|notebook|JupyterLab|Python|Shift\+Enter|"
    r"hint\(|\w+\(\)|scroll)",
)


@dataclass
class Figure:
    """A figure of a lesson: the id of its caption, its stored chart and the table of its words."""

    caption: str
    chart: dict
    table: str


@dataclass
class Part:
    """A part of the core and what its cells name, in their order: `priors` are verdicts before the evidence, `cut` the statements
    that are taken apart, `guess_text` the words above a guess, `shows_page` whether the page of the textbook is shown.
    """

    name: str
    title: str
    minutes: list
    text: str = ""
    figures: list = field(default_factory=list)
    exercises: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    cards: list = field(default_factory=list)
    claims: list = field(default_factory=list)
    guesses: list = field(default_factory=list)
    guess_text: str = ""
    priors: list = field(default_factory=list)
    shows_page: bool = False
    cut: list = field(default_factory=list)

    def paragraphs(self):
        """Return the paragraphs of its Markdown, without headings and without what only a notebook has."""
        return _paragraphs(self.text)

    def guess_paragraphs(self):
        """Return the paragraphs that ask for a guess, without sentences that only a notebook has; an example loses its quotes."""
        blocks = re.split(r"\n\s*\n", TYPED.sub(r"\1", self.guess_text))
        kept = (" ".join(one for one in SENTENCE.split(block) if not OF_THE_NOTEBOOK.search(one)) for block in blocks)
        return _paragraphs("\n\n".join(kept))


@dataclass
class Plan:
    """What the teacher's file says: {heading: text}, the words for each part, the sentences for pupils' objections."""

    texts: dict = field(default_factory=dict)
    say: dict = field(default_factory=dict)
    objections: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    sheet: dict = field(default_factory=dict)
    deck: dict = field(default_factory=dict)
    lengths: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)


@dataclass
class Hour:
    """A lesson's row in `data/lessons.csv`, its objective, its written task, its core, the teacher's words, what lies beyond the core.

    An hour that needs no other lesson has a name of its own, `alone` (see `lengths`); a quiet sheet is one, too, and says
    beside which lesson it is done.
    """

    lesson: str
    title: str
    question: str
    page: str
    objective: str
    task: str
    parts: list
    plan: Plan
    more: list = field(default_factory=list)
    alone: str = ""
    beside: str = ""

    @property
    def name(self):
        """How its pages are named: `04-plan.html`, `famine-plan.html`."""
        return self.alone or self.lesson

    @property
    def heading(self):
        """Its title, with the lesson's number unless it stands alone."""
        return self.title if self.alone else f"{self.lesson} {self.title}"

    @property
    def asks(self):
        """Its title and its question in one line."""
        return f"{self.heading}{'' if self.title.endswith('?') else ':'} {self.question}"

    def of(self, name):
        """Return the parts of one kind: "section" gives s1, s2 ..."""
        return [part for part in self.parts if part.name == name or (name == "section" and re.fullmatch(r"s\d+", part.name))]

    def named(self, what):
        """Return all that the core names of one kind ("exercises", "claims" ...), in order, none twice."""
        return list(dict.fromkeys(one for part in self.parts for one in getattr(part, what)))

    def figures(self):
        """Return {caption: figure} of the core."""
        return {figure.caption: figure for part in self.parts for figure in part.figures}


def _paragraphs(text):
    blocks = re.split(r"\n\s*\n", text)
    return [block.strip() for block in blocks if block.strip() and not block.startswith("#") and not OF_THE_NOTEBOOK.search(block)]


def is_second_edition(notebook, lesson=""):
    """Return whether a lesson has a core of one hour: it has a part *Going further*, or a plan of its own."""
    further = any(cell["metadata"].get("part") == "further" for cell in notebook["cells"])
    return further or (PLANS / f"{lesson}.md").exists()


def read(notebook, lesson):
    """Return the hour of a lesson.

    notebook  executed, as nbformat reads it
    lesson    its two-digit number
    What the teacher's file lacks is a sentence in `plan.complaints`; the rest is there.
    """
    row = next(data.load("lessons", lesson=lesson).itertuples())
    core, more = (_parts(notebook, kinds) for kinds in (CORE, MORE))
    objective = re.search(r"\*\*You will be able to\*\* (.+?)\n", NOTE.sub("", core[0].text + "\n"))
    plan = read_plan(lesson, [part.name for part in core])
    page = row.file.removesuffix(".ipynb")
    able = "; ".join(one for one in objective[1].split("; ") if not OF_THE_NOTEBOOK.search(one) and BEYOND not in one) if objective else ""
    return Hour(lesson, row.title, row.question, page, able, _task(notebook, plan), core, plan, more)


def _parts(notebook, kinds):
    """Return the parts of a lesson that are of these kinds, in order."""
    cells = [cell for cell in notebook.cells if cell.metadata.get("part") in kinds and "teacher" not in cell.metadata.get("tags", [])]
    times, parts, said = guide.part_times({"cells": cells}), {}, ""
    for cell in cells:
        name = guide.part_name(cell.metadata)
        part = parts.setdefault(name, Part(name, *times.get(name, (name, [0, 0, 0]))))
        if cell.cell_type == "markdown":
            said = NOTE.sub("", cell.source)
            part.text += "\n\n" + said
        else:
            _named(cell, part, said)
    return list(parts.values())


def _task(notebook, plan):
    """Return the written task: the teacher's wording for paper, or the lesson's own."""
    if "task" in plan.sheet:
        return plan.sheet["task"]
    text = "\n\n".join(NOTE.sub("", cell.source) for cell in notebook.cells if cell.metadata.get("part") == "discuss")
    found = re.search(r"^\*\*Written task\*\*(?: \([^)]*\))?\.? *(.+?)(?:\n\n|\Z)", text, re.M | re.S)
    return found[1].strip() if found else ""


def _named(cell, part, said):
    """Add what a code cell names to its part; `said` is the text above it."""
    figures = []
    for call in (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        kept = {"check": part.exercises, "document_card": part.documents, "source_card": part.cards, "verdict": part.claims}
        kept |= {"prior": part.priors, "claims_of": part.cut}
        if name in kept and words:
            kept[name].append(words[0])
        elif name == "guess" and words:
            part.guesses.append((words[0], " ".join(words[1:])))
            part.guess_text = said
        elif name == "page" and not call.keywords:
            part.shows_page = True
        elif name == "exhibit" and words:
            figures.append(words[0])
    drawn = [place for place, output in enumerate(cell.outputs) if CHART in output.get("data", {})]
    for caption, place in zip(figures, drawn, strict=False):
        words = cell.outputs[place + 1].get("data", {}).get("text/html", "") if place + 1 < len(cell.outputs) else ""
        table = GIVES_A_TABLE.search(words)
        part.figures.append(Figure(caption, cell.outputs[place].data[CHART], table.group() if table else ""))


def clock(parts, pace=1):
    """Return [(first minute, last minute)] of parts taught one after the other.

    pace  0 fast, 1 usual, 2 slow
    """
    ends = [sum(part.minutes[pace] for part in parts[: number + 1]) for number in range(len(parts))]
    return list(zip([0, *ends], ends, strict=False))


def read_plan(lesson, parts, folder=None):
    """Return what the teacher's file says of a lesson; what is missing or unknown is a sentence in `complaints`.

    parts   names of the parts that the lesson has
    folder  of the teacher's files, by default the course's
    """
    path, plan = (folder or PLANS) / f"{lesson}.md", Plan()
    if not path.exists():
        plan.complaints.append(f"helpers/tools/plans/{lesson}.md is not there: the plan of lesson {lesson} has its times and no words.")
        return plan
    plan.texts = texts_of(path)
    known = (*HEADINGS, *OPTIONAL)
    plan.complaints += [f"plans/{lesson}.md has no '## {heading}'." for heading in HEADINGS if not plan.texts.get(heading)]
    plan.complaints += [
        f"plans/{lesson}.md has a heading '{heading}'; {data.nearest(heading, known)}." for heading in plan.texts if heading not in known
    ]
    plan.say, plan.sheet, plan.deck, plan.lengths = (
        named_lines(plan.texts.get(heading, "")) for heading in ("Say", "Sheet", "Deck", "Lengths")
    )
    plan.complaints += [
        f"plans/{lesson}.md says something in part '{name}'; {data.nearest(name, parts)}." for name in plan.say if name not in parts
    ]
    plan.objections, plan.asked = objections_of(plan.texts), objections_of(plan.texts, "Asked too")
    plan.complaints += [
        f"plans/{lesson}.md has no answer to {said}: write it after {ANSWERED.strip()}." for said, answer in plan.objections if not answer
    ]
    return plan


def texts_of(path):
    """Return {heading: text} of a teacher's file, without the notes of its numbers."""
    blocks = re.split(r"^## ", NOTE.sub("", path.read_text(encoding="utf-8")), flags=re.M)[1:]
    return {heading.strip(): text.strip() for heading, _, text in (block.partition("\n") for block in blocks)}


def objections_of(texts, heading="What pupils will say"):
    """Return [(what a pupil says, the sentence that answers it)]; no answer is ""."""
    found = (line.partition(ANSWERED) for line in lines(texts.get(heading, "")))
    return [(said.strip(), answer.strip()) for said, _, answer in found]


def asked(key):
    """Return (row, prompt, options) of an exercise; options that stand in the prompt, "...: a) one; b) two", are taken out of it."""
    row = pages.question(key)
    if row.options:
        return row, row.prompt, row.options.split(" | ")
    prompt, colon, rest = row.prompt.partition(": a) ")
    return row, prompt + colon[:1], [f"a) {part}" if not number else part for number, part in enumerate(rest.split("; "))] if rest else []


def table_of(part):
    """Return the Markdown table of a part as HTML, without what points to other parts of the lesson; "" without one."""
    found = re.search(r"^\|.*(?:\n\|.*)+", part.text, re.M)
    return in_html([ELSEWHERE.sub("", found.group())]) if found else ""


def numbers_of(one, key):
    """Return (table, complaint): the numbers that the teacher's file puts beside an exercise, as HTML; "" without any.

    They come from the table behind a figure of the core: `table 04-4: 04-provinces; Anhui, Gansu; 1957, 1958`, rows and columns.
    """
    wanted = one.plan.sheet.get(f"table {key}")
    if not wanted:
        return "", ""
    name, rows, columns = ([word.strip() for word in part.split(",")] for part in (wanted + ";;").split(";")[:3])
    figure = one.figures().get(name[0])
    if figure is None:
        return "", f"the table of {key} wants the figure '{name[0]}'; {data.nearest(name[0], one.figures())}"
    head, *body = cells_of(figure.table)
    known = {line[0]: dict(zip(head, line, strict=True)) for line in body}
    missing = [word for word in rows if word not in known] + [word for word in columns if word not in head]
    if missing:
        return "", f"the table of {key} wants '{missing[0]}'; {data.nearest(missing[0], [*known, *head])}"
    unit = data.load("captions", caption_id=name[0])["unit"].iloc[0]
    top = "".join(f'<th scope="col">{word}</th>' for word in rows)
    told = "".join(
        f'<tr><th scope="row">{column}</th>{"".join(f"<td>{known[row][column]}</td>" for row in rows)}</tr>' for column in columns
    )
    caption = escape(unit.capitalize())
    return (
        f'<table class="numbers"><caption>{caption}</caption><thead><tr><td></td>{top}</tr></thead><tbody>{told}</tbody></table>',
        "",
    )


def note_of(one, name):
    """Return what the teacher's file says beside an exercise or under a figure (`note 04-5: ...`), as HTML; "" without anything."""
    words = one.plan.sheet.get(f"note {name}", "")
    return f'<p class="note">{line_in_html(words)}</p>' if words else ""


def cells_of(table):
    """Return the cells of an HTML table as lists of plain words, row by row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in rows]


def words_in(page):
    """Return how many words a page shows, drawings included: what somebody reads who reads all of it.

    page  HTML; head, bar and scripts are not read, charts are
    """
    charts = [json.loads(text) for text in re.findall(r'<script type="application/json">(.*?)</script>', page, re.S)]
    body = re.sub(r"<(nav|script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    told = [html.unescape(re.sub(r"<[^>]+>", " ", body)), *(text for chart in charts for text in drawings.texts(chart))]
    return sum(1 for text in told for word in text.split() if re.search(r"\w", word))


def lines(text):
    """Return the items of a Markdown list; a line that goes on belongs to the item above it."""
    return [" ".join(item.split()) for item in re.split(r"^- ", text, flags=re.M)[1:]]


def named_lines(text):
    """Return {name: words} of a list whose items are `name: words`."""
    return {name.strip(): words.strip() for name, _, words in (line.replace("`", "").partition(":") for line in lines(text))}


def in_html(blocks):
    """Return blocks of Markdown as HTML: links become their words, tags stay text."""
    return pages.MARKDOWN.render(LINK.sub(r"\1", "\n\n".join(blocks)))


def line_in_html(text):
    """Return one line of Markdown as HTML: links become their words, tags stay text."""
    return pages.in_line(LINK.sub(r"\1", text))


ELSEWHERE = re.compile(r" *\((?:see|part) [A-F]\)|,? (?:see|part) [A-F](?=\))")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
