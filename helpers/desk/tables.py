"""Tables with headings that stand over their columns, in words a reader knows."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas.api import types

from helpers import data
from helpers.common import escape
from helpers.desk.screen import show_html
from helpers.sentences import fixed, heading

SIDE = "text-align:{}"
YEARS = range(1000, 2200)  # whole numbers of a column called a year have no comma


def show_table(frame: pd.DataFrame, caption: str = "", *, columns: dict[str, str] | None = None, decimals: int = 1) -> None:
    """Show a table: words to the left, numbers to the right, each heading over its column.

    Parameters
    ----------
    frame : DataFrame
        Rows in the order in which they are shown. An index with a name becomes the first column. Everything in it is
        shown as text.
    caption : str
        One line above the table: what, unit, place, years.
    columns : dict, optional
        {column of the frame: heading}, in the order wanted; what is not named is left out. Without it all columns are shown.
    decimals : int
        Decimals of numbers that are not whole.

    Raises
    ------
    DataError
        When the frame has no such column, with the nearest names.
    """
    show_html(frame_html(frame, caption, columns=columns, decimals=decimals))


def frame_html(frame: pd.DataFrame, caption: str = "", *, columns: dict[str, str] | None = None, decimals: int = 1) -> str:
    """Return what `show_table` shows, as HTML."""
    if any(name is not None for name in frame.index.names) or not types.is_integer_dtype(frame.index.dtype):
        frame = frame.reset_index()
    frame = frame.set_axis([_heading(column) for column in frame.columns], axis=1)
    if missing := [column for column in columns or () if column not in frame]:
        raise data.DataError(fixed("the_table_has_no_column", missing=missing[0], nearest=data.nearest(missing[0], frame.columns)))
    headings = columns or {column: heading(column.replace("_", " ")) for column in frame.columns}
    cells = [[_text(value, column, decimals) for value in frame[column]] for column in headings]
    sides = ["right" if _is_number(frame[column]) else "left" for column in headings]
    return table_html([escape(words) for words in headings.values()], zip(*cells), sides, escape(caption))


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]], sides: Sequence[str] = (), caption: str = "") -> str:
    """Return a table as HTML, the first cell of each row its heading; every text is already HTML.

    Parameters
    ----------
    head : sequence of str
        The headings.
    rows : iterable of sequences of str
        The cells.
    sides : sequence of str
        "left" or "right" for each column; all are left without it.
    caption : str
        One line above.
    """
    sides = list(sides) or ["left"] * len(head)
    top = "".join(f'<th scope="col" style="{SIDE.format(side)}">{words}</th>' for words, side in zip(head, sides))
    lines = []
    for row in rows:
        first, *others = row
        lines.append(
            f'<tr><th scope="row" style="{SIDE.format(sides[0])}">{first}</th>'
            + "".join(f'<td style="{SIDE.format(side)}">{words}</td>' for words, side in zip(others, sides[1:]))
            + "</tr>"
        )
    above = f'<caption style="caption-side:top;text-align:left;font-weight:bold;padding-bottom:4px">{caption}</caption>' if caption else ""
    return (
        f'<table class="course-table" style="margin:6px 0;table-layout:auto">{above}'
        f"<thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


def _heading(column):
    """Return a column's name as text; the levels of a wide table are joined."""
    return ", ".join(str(level) for level in column if str(level)) if isinstance(column, tuple) else str(column)


def _is_number(column):
    return types.is_numeric_dtype(column) and not types.is_bool_dtype(column)


def _text(value, column, decimals):
    """Return a cell as escaped text: a gap is a dash, a number has commas and a true minus, a year has none."""
    if not isinstance(value, str) and pd.isna(value):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not types.is_number(value):
        return escape(value)
    if "year" in column and float(value).is_integer() and int(value) in YEARS:
        return f"{value:.0f}"
    return f"{value:,.{0 if types.is_integer(value) else decimals}f}".replace("-", "−")
