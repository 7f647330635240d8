"""The numbers that need no note in lessons and captions: phrases, each with its reason (`free_numbers.csv`).

`where` is a lesson, a caption, the plans or nothing (all lessons). `counted` ties a number to the data: the rows or the columns
of the table under the caption's chart ("rows - 3", "rows of 05-breaks"), or a note as in a lesson (`prose.evaluate`); several are
parted by semicolons, one for each number of the phrase.
"""

import csv
import re
from pathlib import Path

from helpers.tools import prose

with open(Path(__file__).with_suffix(".csv"), encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
COUNT = re.compile(r"(rows|columns)(?: of (\d\d-[\w-]+))?(?: - (\d+))?")


def phrases(*where):
    """Return the free phrases of some places."""
    return [row["phrase"] for row in ROWS if row["where"] in where]


def tables(notebooks):
    """Return {caption: (rows, columns)} of the tables that stand under the charts; the column of row names does not count."""
    found = {}
    for cell in (cell for notebook in notebooks for cell in notebook["cells"] if cell["cell_type"] == "code"):
        names = re.findall(r'exhibit\([^"]*"(\d\d-[\w-]+)"', "".join(cell["source"]))
        words = ["".join(output.get("data", {}).get("text/html", "")) for output in cell["outputs"]]
        words = [text for text in words if "<table" in text and "<details" in text]
        for name, text in zip(names, words):
            found[name] = (text.count("<tr") - 1, len(re.findall(r"<th[^>]*>[^<]+", text.partition("</tr>")[0])))
    return found


def wrong_counts(rows, shown):
    """Return a sentence for every counted phrase whose numbers are not what its chart shows or its notes give."""
    found = []
    for row in (row for row in rows if row["counted"]):
        printed, notes = [number for number, _ in prose.quantities(row["phrase"])], row["counted"].split("; ")
        if len(printed) != len(notes):
            found.append(f"{row['where']}: '{row['phrase']}' has {len(printed)} numbers and {len(notes)} notes")
        for number, note in zip(printed, notes):
            counted = _counted(row["where"], note, shown)
            if not prose.agrees(number, counted):
                found.append(f"{row['where']}: '{row['phrase']}', but {note} is {counted:g}")
    return found


def _counted(where, note, shown):
    if count := COUNT.fullmatch(note):
        what, chart, less = count.groups()
        return shown[chart or where][what == "columns"] - int(less or 0)
    return prose.evaluate(note)


def idle(rows, texts):
    """Return the rows that free no number: without them everything would stand as it does.

    texts : [(places, text)], the places whose phrases count in the text
    """
    there = [([row for row in rows if row["where"] in places], text) for places, text in texts]
    return [row for row in rows if not any(_frees(row, own, text) for own, text in there if row in own)]


def _frees(row, rows, text):
    if row["phrase"] not in re.sub(r"\s", " ", prose.COMMENT.sub("", text)):
        return False
    alone, others = ([one["phrase"] for one in rows if one is not row], [one["phrase"] for one in rows])
    return prose.unbound(text, alone) != prose.unbound(text, others) or prose.unreasoned(text, alone) != prose.unreasoned(text, others)
