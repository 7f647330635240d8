"""The numbers that need no note in lessons and captions: phrases, each with its reason (`free_numbers.csv`).

`where` is a lesson, a caption or nothing (all lessons). `counted` ties a caption's number to the table under its chart: rows, columns.
"""

import csv
import re
from pathlib import Path

from helpers.tools import prose

with open(Path(__file__).with_suffix(".csv"), encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
COUNT = re.compile(r"(rows|columns)(?: - (\d+))?")


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
    """Return a sentence for every counted phrase whose number is not what its chart shows."""
    found = []
    for row in (row for row in rows if row["counted"]):
        what, less = COUNT.fullmatch(row["counted"]).groups()
        counted = shown[row["where"]][what == "columns"] - int(less or 0)
        printed = prose.quantities(row["phrase"])[0][0]
        if not prose.agrees(printed, counted):
            found.append(f"{row['where']}: '{row['phrase']}', but {row['counted']} is {counted}")
    return found
