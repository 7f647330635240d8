"""Find contested numbers that stand alone: a row with rivals is printed with one of them, or with the words of whose count it is.

Rivals are rows for the same place, series and year with another variant and a value more than a tenth away; estimates of one
famine's deaths are rivals of each other, and so are excess deaths by several rates and baselines.
"""

import ast
import re

import pandas as pd

from helpers import data
from helpers.tools import prose

SAME = ("place", "partner", "series", "year", "year_end", "unit", "level")
APART = 0.1  # a share of the value
TOLLS = ("excess", "famine_deaths")
WHOSE = re.compile(
    r"\b(?:(?i:register\w*|official\w*|claim\w*|announce\w*|says?|said|reckon\w*|estimate\w*|according|plan\w*|target\w*|own books"
    r"|counts?|counted|model|report\w*|her|his|their)|by the [A-Z]|by [A-Z]\w+|[A-Z]\w+'s)\b"
)


def rivals(name: str, row: pd.Series) -> pd.DataFrame:
    """Return the rows of a table that rival one of its rows."""
    frame = data.load(name)
    if name == "famine_deaths":
        return frame[(frame["place"] == row["place"]) & (frame["estimate_id"] != row["estimate_id"])]
    if not {"variant", "value"} <= set(frame.columns) or pd.isna(row["value"]) or not row["value"]:
        return frame.head(0)
    for column in set(SAME) & set(frame.columns):
        frame = frame[frame[column].isna()] if pd.isna(row[column]) else frame[frame[column].eq(row[column]).fillna(False)]
    return frame[(frame["value"] / row["value"] - 1).abs() > APART]


def alone(cells: list[str]) -> list[str]:
    """Return the notes of a section's Markdown cells whose contested number stands alone and without the words of whose it is."""
    notes = [(text, match) for text in cells for match in prose.NOTE.finditer(text)]
    found, used = [], set()
    for text, match in notes:
        for call in _calls(match[1]):
            name = call.func.id
            row = _row(call)
            used.add((name, row.name) if row is not None else ast.unparse(call))
            if name == "excess" or (row is not None and len(rivals(name, row))):
                found.append((name, row, ast.unparse(call), _near(text, match)))
    tolls = len({one for one in used if str(one[0] if isinstance(one, tuple) else one).startswith(TOLLS)})
    lone = []
    for name, row, words, near in found:
        beside = tolls > 1 if name in TOLLS else any((name, place) in used for place in rivals(name, row).index)
        if not beside and not WHOSE.search(near):
            lone.append(words)
    return list(dict.fromkeys(lone))


def _calls(note):
    try:
        tree = ast.parse(note.strip(), mode="eval")
    except SyntaxError:
        return []  # `prose.wrong` says so
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]


def _row(call):
    """Return the one row that a note's call names, or None."""
    if call.func.id not in data.table_names():
        return None
    try:
        rows = prose._rows(call.func.id, [prose._cell(argument) for argument in call.args])
    except prose.NoteError:
        return None
    return rows.iloc[0] if len(rows) == 1 else None


def _near(text, match):
    """Return the words around a note: its paragraph's 160 letters before and 80 after."""
    before = prose.COMMENT.sub("", text[: match.start()]).rpartition("\n\n")[2][-160:]
    return before + prose.COMMENT.sub("", text[match.end() :]).partition("\n\n")[0][:80]
