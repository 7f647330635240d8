"""What the helpers say to a reader, in one table: `data/sentences.csv`, so that it can be read, mended and translated in one place.

Only the standard library is used here: the reader's own file must be kept even where pandas is missing.
"""

import csv
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "data" / "sentences.csv"
SHOWN, LONGEST = 60, 400  # letters of what was typed that a sentence repeats, and of what we say ourselves
MISSING = "A sentence is missing in data/sentences.csv: copy that file again from the original course."
OURS = ("file", "ids", "nearest", "unit", "why")
SPECIAL = re.compile(r"([\\`*_\[\]|$~#])")  # what Markdown would read as a sign


def say(sentence_id: str, /, **parts: object) -> str:
    """Return a sentence of the table as Markdown, with its braces filled.

    Parameters
    ----------
    sentence_id : str
        The row's `sentence_id`.
    parts : object
        What stands in the braces. It stays text: see `shown`.

    Raises
    ------
    KeyError
        When a brace is left empty: a fault of ours, not of the reader.
    """
    most = {name: LONGEST if name in OURS else SHOWN for name in parts}
    marked = {name: shown(part, most[name]) for name, part in parts.items()}
    as_code = {name: _line(part, most[name]).replace("`", "'") for name, part in parts.items()}
    pieces = _table(TABLE)[sentence_id].split("`")  # every second piece is code, where Markdown knows no signs
    return "`".join(piece.format_map(as_code if place % 2 else marked) for place, piece in enumerate(pieces))


def fixed(sentence_id: str, /, **parts: object) -> str:
    """Return a sentence or a label of the table as it stands, with its braces filled: for HTML that its caller has escaped."""
    return _table(TABLE)[sentence_id].format_map(parts)


def named(kind: str, name: object, otherwise: str) -> str:
    """Return the words for a name of the code, those of the row `kind: name`; without such a row what is given."""
    return _table(TABLE).get(f"{kind}: {name}", otherwise)


def heading(column: object) -> str:
    """Return the words over a column: those of the row `heading: column`, or else the column's name."""
    return named("heading", column, str(column))


def shown(typed: object, most: int = SHOWN) -> str:
    """Return what was typed as one short line that stays text in Markdown and in HTML."""
    return SPECIAL.sub(r"\\\1", _line(typed, most)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _line(typed: object, most: int = SHOWN) -> str:
    try:
        text = str(typed)
    except Exception:  # whatever a reader's own class does, the sentence is still said
        text = type(typed).__name__
    text = " ".join(text[: 4 * most].split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@lru_cache(maxsize=1)
def _table(path: Path) -> dict[str, str]:
    """Return {sentence_id: text}. A table that was lost or spoilt costs the words, never the reader's answer."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return defaultdict(lambda: MISSING, {row["sentence_id"]: row["text"] for row in csv.DictReader(file)})
    except (OSError, ValueError, KeyError):
        return defaultdict(lambda: MISSING)
