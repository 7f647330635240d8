"""What every room needs: the course's folder, one clock, one escape, one Markdown table.

Only the standard library is used here.
"""

import calendar
import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers.sentences import fixed

ROOT = Path(__file__).resolve().parents[1]
MONTHS, SHORT_MONTHS = fixed("months").split(), fixed("months_short").split()
VERDICTS = ("supported", "partly", "imprecise", "contradicted", "contested", "unverifiable")
BOUNDS = {  # what the tables say of a value that is a bound: names of sentences
    "about": "about",
    "at least": "at_least",
    "at most": "at_most",
    "more than": "more_than",
    "almost": "almost",
}
CHART = "application/vnd.plotly.v1+json"  # the type under which a notebook keeps a plotly chart


class ReaderError(ValueError):
    """Something that a reader typed does not fit; the message is one sentence with the remedy."""

    def _render_traceback_(self):
        """Show only the sentence in a notebook (IPython asks for this)."""
        return [f"{type(self).__name__}: {self}"]


def when(date: str) -> float:
    """Return a date known to the day, month or year as a decimal year: the middle of what is known.

    Parameters
    ----------
    date : str
        "1962-11-14" gives 1962.87; "1962-11" the middle of November; "1962" gives 1962.5; "" gives NaN.

    Raises
    ------
    ReaderError
        For anything else, 30 February included.
    """
    if not date:
        return float("nan")
    parts = str(date).split("-")
    try:
        year, month, day = (int(part) for part in parts + ["1"] * (3 - len(parts)))
        calendar.weekday(year, month, day)
    except ValueError:
        raise ReaderError(fixed("is_not_a_date_write_1960_1960", date=date)) from None
    in_year = 366 if calendar.isleap(year) else 365
    length = {1: in_year, 2: calendar.monthrange(year, month)[1], 3: 1}[len(parts)]
    before = sum(calendar.monthrange(year, earlier)[1] for earlier in range(1, month)) + day - 1
    return year + (before + length / 2) / in_year


def day_in_words(date: str) -> str:
    """Return a date in words: "1962-11-14" is 14 November 1962, "1962-11" is November 1962, "1962" and "" stay."""
    year, month, day = (str(date).split("-") + ["", ""])[:3]
    return " ".join(part for part in (day.lstrip("0"), month and MONTHS[int(month) - 1], year) if part)


def bounded(bound: object, written: str) -> str:
    """Return a number with what its table says of it: at least, about; nothing is said of an exact one."""
    return fixed(BOUNDS[bound], number=written) if isinstance(bound, str) and bound in BOUNDS else written


def brief(value: object, most: int = 60) -> str:
    """Return how Python writes a value, in one short line, for the sentence that refuses it."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # a number of more than 4,300 figures has no words
        text = fixed("very_large", kind=type(value).__name__)
    return text if len(text) <= most else text[: most - 1] + "…"


def escape(text: object) -> str:
    """Return text from the data or the reader so that it stays text in HTML; inside an attribute's quotes it takes `html.escape`."""
    return html.escape(str(text), quote=False)


def plain(title: str) -> str:
    """Return the text of a chart without plotly's markup and on one line."""
    return html.unescape(re.sub(r"</?(?:[bisu]|em|su[bp]|span)\b[^>]*>", "", title).replace("<br>", " "))


def cell(text: object) -> str:
    """Return text so that it stays text in a cell of a Markdown table: escaped, on one line, no bars."""
    return escape(text).replace("|", "&#124;").replace("\n", " ")


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table.

    Parameters
    ----------
    head : sequence of str
        The headings, already Markdown.
    rows : iterable of sequences of str
        The cells, already Markdown: pass text from the data or the reader through `cell` first.
    """
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
