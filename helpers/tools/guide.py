"""Make the teacher's guide from its text, `helpers/tools/teachers_guide.md`: marks in double braces become times, tables and counts.

Nothing that stands in a lesson or a table is written down twice: times come from the cells' own metadata, verdicts,
answers and the rubric from the tables.

    {{minutes 04: guess s1 s2}}   fast / usual / slow minutes of these parts; of the whole lesson without a list
    {{hour 01: guess s1; 02: s3}} the same for one class hour, which may take parts of several lessons
    {{usual 04: s3}}              the usual minutes alone (also fast, slow)
    {{lessons}} {{parts 04}} {{verdicts 04}} {{answers 04}} {{rubric}} {{count supported}} {{count}}
"""

import json
import re
from pathlib import Path

from helpers import data, environment

TEMPLATE = Path(__file__).with_name("teachers_guide.md")
MARK = re.compile(r"\{\{(\w+)(?: ([^{}]+))?\}\}")
PACES = ("fast", "usual", "slow")
HOUR = 50  # minutes
CHECK = re.compile(r'^\s*check\("([^"]+)"', re.M)
OPENING = "Opening"


class GuideError(ValueError):
    """A mark of the guide's text cannot be filled; the message is one sentence with the remedy."""


def page(template=None, notebooks=environment.NOTEBOOKS):
    """Return the guide as Markdown.

    template   its text with marks, by default the course's
    notebooks  folder of the lessons whose times are taken
    Raises GuideError for an unknown mark, lesson or part.
    """
    text = TEMPLATE.read_text(encoding="utf-8") if template is None else template
    lessons = read_lessons(notebooks)
    return MARK.sub(lambda mark: _filled(mark, lessons), text)


def read_lessons(notebooks=environment.NOTEBOOKS):
    """Return {number: notebook} of the lessons in `data/lessons.csv`, as their files stand."""
    return {row.lesson: json.loads((notebooks / row.file).read_text(encoding="utf-8")) for row in data.load("lessons").itertuples()}


def part_times(notebook):
    """Return {part: (title, [fast, usual, slow])} of a lesson, in order; sections are called s1, s2 ..."""
    parts = {}
    for cell in notebook["cells"]:
        about = cell["metadata"]
        if "minutes" not in about:
            continue
        name = f"s{about['section']}" if about["part"] == "section" else about["part"]
        title, minutes = parts.get(name, (_title(cell, name), [0, 0, 0]))
        parts[name] = (title, [sum(pair) for pair in zip(minutes, about["minutes"], strict=True)])
    return parts


def _title(cell, name):
    if name == "header":
        return OPENING
    return re.search(r"^#+ (.+)$", "".join(cell["source"]), re.M).group(1)


def times(asked, lessons):
    """Return [fast, usual, slow] minutes of what a mark asks for, such as "04: guess s1; 05: s2" or "04"."""
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


def hours(text, lessons):
    """Return [fast, usual, slow] of every class hour in a text with marks."""
    return [times(mark[2], lessons) for mark in MARK.finditer(text) if mark[1] == "hour"]


def _filled(mark, lessons):
    name, asked = mark[1], mark[2] or ""
    if name in PACES:
        return str(times(asked, lessons)[PACES.index(name)])
    if name in FILLED:
        return FILLED[name](asked, lessons)
    raise GuideError(f"The guide has an unknown mark '{name}'; {data.nearest(name, [*PACES, *FILLED])}.")


def _minutes(asked, lessons):
    return " / ".join(map(str, times(asked, lessons)))


def _lessons(_, lessons):
    rows = [
        f"| [{row.lesson} {row.title}]({row.file}) | {row.question} | " + " | ".join(map(str, times(row.lesson, lessons))) + " |"
        for row in data.load("lessons").itertuples()
    ]
    total = [sum(column) for column in zip(*(times(number, lessons) for number in lessons), strict=True)]
    return "\n".join(
        [
            "| lesson | question | fast | usual | slow |",
            "|---|---|---|---|---|",
            *rows,
            "| **all** | | " + " | ".join(f"**{value}**" for value in total) + " |",
        ]
    )


def _parts(asked, lessons):
    rows = [f"| {title} | " + " | ".join(map(str, minutes)) + " |" for title, minutes in part_times(lessons[asked]).values()]
    total = " | ".join(f"**{value}**" for value in times(asked, lessons))
    return "\n".join(["| part | fast | usual | slow |", "|---|---|---|---|", *rows, f"| **all** | {total} |"])


def _verdicts(asked, lessons):
    named = lessons[asked]["metadata"]["course"]["claims"]
    return "; ".join(f"{row.claim_id} {row.verdict}" for row in data.load("claims", claim_id=named).itertuples())


def _answers(asked, lessons):
    keys = CHECK.findall("\n".join("".join(cell["source"]) for cell in lessons[asked]["cells"] if cell["cell_type"] == "code"))
    rows = data.load("questions").set_index("question_id")
    return "; ".join(f"{key}: {rows['answer'][key] or 'open'}" for key in keys)


def _rubric(_, lessons):
    rows = [
        f"| **{row.criterion}** ({row.weight}) | {row.exemplary} | {row.secure} | {row.developing} | {row.beginning} |"
        for row in data.load("rubric").itertuples()
    ]
    return "\n".join(["| criterion (weight) | 4 exemplary | 3 secure | 2 developing | 1 beginning |", "|---|---|---|---|---|", *rows])


def _count(asked, _):
    verdicts = data.load("claims")["verdict"]
    if asked and asked not in set(verdicts):
        raise GuideError(f"The guide counts the verdict '{asked}', which no claim has; {data.nearest(asked, verdicts)}.")
    return str((verdicts == asked).sum() if asked else len(verdicts))


FILLED = {
    "minutes": _minutes,
    "hour": _minutes,
    "lessons": _lessons,
    "parts": _parts,
    "verdicts": _verdicts,
    "answers": _answers,
    "rubric": _rubric,
    "count": _count,
}
