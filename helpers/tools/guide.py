"""Make the pages for teachers from their texts, `teachers_guide.md` and `for_schools.md` in this folder, with Jinja2.

Nothing that stands in a lesson or a table is written down twice: times come from the cells' own metadata, counts of verdicts
and the rubric from the tables, the course's address from pyproject.toml. In a text one may write

    {{ hour("01: guess s1; 02") }}      fast / usual / slow minutes of these parts for one class hour; "02" is the whole lesson
    {{ lessons() }} {{ parts("04") }} {{ rubric() }} {{ count("supported") }} {{ count() }}
    {{ address }}                       the course's public address, "" while it has none
"""

import json
import re
from pathlib import Path

import jinja2

from helpers import data, environment
from helpers.common import markdown_table

TEMPLATE = Path(__file__).with_name("teachers_guide.md")
SCHOOLS = Path(__file__).with_name("for_schools.md")
HOUR = 50  # minutes
OPENING = "Opening"


class GuideError(ValueError):
    """A text cannot be filled; the message is one sentence with the remedy."""


def page(template=None, notebooks=environment.NOTEBOOKS):
    """Return the guide as Markdown.

    template   its text, by default the course's
    notebooks  folder of the lessons whose times are taken
    Raises GuideError for a slip of grammar and for an unknown name, lesson or part.
    """
    return fill(TEMPLATE.read_text(encoding="utf-8") if template is None else template, read_lessons(notebooks))


def schools():
    """Return the page for schools as Markdown."""
    return fill(SCHOOLS.read_text(encoding="utf-8"), read_lessons())


def fill(text, lessons, **names):
    """Return a text with every expression filled; `names` are taken before those of `Words`."""
    known = Words(lessons).names() | {"address": environment.address()} | names
    try:
        template = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True).from_string(text)
        return template.render(known)
    except jinja2.UndefinedError as problem:
        unknown = str(problem).split("'")[1]
        raise GuideError(f"The guide has an unknown name '{unknown}'; {data.nearest(unknown, known)}.") from None
    except jinja2.TemplateSyntaxError as problem:
        raise GuideError(f"The guide's line {problem.lineno} cannot be read: {problem.message}.") from None


def hours(text, lessons):
    """Return [fast, usual, slow] of every class hour in a text."""
    found = []
    fill(text, lessons, hour=lambda asked: found.append(times(asked, lessons)))
    return found


def read_lessons(notebooks=environment.NOTEBOOKS):
    """Return {number: notebook} of the lessons in `data/lessons.csv`, as their files stand."""
    return {row.lesson: json.loads((notebooks / row.file).read_text(encoding="utf-8")) for row in data.load("lessons").itertuples()}


def part_times(notebook):
    """Return {part: (title, [fast, usual, slow])} of a lesson, in order; see `part_name`"""
    parts = {}
    for cell in notebook["cells"]:
        about = cell["metadata"]
        if "minutes" not in about:
            continue
        name = part_name(about)
        title, minutes = parts.get(name, (_title(cell, name), [0, 0, 0]))
        parts[name] = (title, [sum(pair) for pair in zip(minutes, about["minutes"], strict=True)])
    return parts


def part_name(about):
    """Return how a part is named: s1 for the first section, A for the first one of Going further, else its own name."""
    if about["part"] == "section":
        return f"s{about['section']}"
    return about["section"] if about["part"] == "more" else about["part"]


def _title(cell, name):
    if name == "header":
        return OPENING
    return re.search(r"^#+ (.+)$", "".join(cell["source"]), re.M).group(1)


def times(asked, lessons):
    """Return [fast, usual, slow] minutes of what a text asks for, such as "04: guess s1; 05: s2" or "04"."""
    total = [0, 0, 0]
    for one in asked.split(";"):
        number, _, names = (word.strip() for word in one.partition(":"))
        if number not in lessons:
            raise GuideError(f"The guide asks for lesson '{number}'; {data.nearest(number, lessons)}.")
        parts = part_times(lessons[number])
        for name in names.split() or parts:
            if name not in parts:
                raise GuideError(f"The guide asks for part '{name}' of lesson {number}; {data.nearest(name, parts)}.")
            total = [sum(pair) for pair in zip(total, parts[name][1], strict=True)]
    return total


class Words:
    """What a text may call; each method returns Markdown. Its lessons are {number: notebook}."""

    def __init__(self, lessons):
        self.of = lessons

    def names(self):
        """Return {name: method} of everything that a text may call."""
        return {name: getattr(self, name) for name in vars(Words) if not name.startswith("_") and name != "names"}

    def hour(self, asked):
        return " / ".join(map(str, times(asked, self.of)))

    def lessons(self):
        rows = [
            (f"[{row.lesson} {row.title}]({row.file})", row.question, *map(str, times(row.lesson, self.of)))
            for row in data.load("lessons").itertuples()
        ]
        total = [sum(column) for column in zip(*(times(number, self.of) for number in self.of), strict=True)]
        return markdown_table(["lesson", "question", "fast", "usual", "slow"], [*rows, ("**all**", "", *map("**{}**".format, total))])

    def parts(self, asked):
        told = [f"{title.rstrip('.')} **{minutes[1]}**" for title, minutes in part_times(self.of[asked]).values()]
        return f"{' · '.join(told)}; all: {self.hour(asked)}"

    def rubric(self):
        rows = [
            (f"**{row.criterion}** ({row.weight})", row.exemplary, row.secure, row.developing, row.beginning)
            for row in data.load("rubric").itertuples()
        ]
        return markdown_table(["criterion (weight)", "4 exemplary", "3 secure", "2 developing", "1 beginning"], rows)

    def count(self, verdict=""):
        verdicts = data.load("claims")["verdict"]
        if verdict and verdict not in set(verdicts):
            raise GuideError(f"The guide counts the verdict '{verdict}', which no claim has; {data.nearest(verdict, verdicts)}.")
        return str((verdicts == verdict).sum() if verdict else len(verdicts))
