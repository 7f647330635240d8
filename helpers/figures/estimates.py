"""Published estimates one below the other, and the table behind them."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import data, theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, note

METHOD_LOOKS = {
    "reconstruction": (theme.METHODS[0], "circle"),
    "register-based": (theme.METHODS[1], "square"),
    "local gazetteers": (theme.METHODS[2], "diamond"),
    "party archives": (theme.METHODS[3], "triangle-up"),
    "econometric": (theme.GREYS[0], "star"),
    "survey or refugee interviews": (theme.METHODS[2], "hexagon"),
    "official": (theme.METHODS[1], "cross"),
    "summary": (theme.GREYS[1], "circle"),
    "not stated": (theme.GREYS[1], "x"),
}
AT_LEAST = ("at least", "more than")
SHORT = {"Ashton, Hill, Piazza and Zeitz": "Ashton and others", "Houser, Sands and Xiao": "Houser and others"}


def estimate_label(row) -> str:
    """Return how an estimate is named in a figure: author, shortened, and year. `row` is a row of `famine_deaths`."""
    name = row.author.split(",")[0] if "," in row.author and " and " not in row.author else row.author
    name = SHORT.get(row.author, name)
    return name if pd.isna(row.year_published) else f"{name} {int(row.year_published)}"


def estimate_table(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the table behind a forest plot: author, period, low, central, high, bound, method, whose estimate it leans on."""
    names = {row.estimate_id: estimate_label(row) for row in data.load("famine_deaths").itertuples()}
    rows = [
        (
            estimate_label(row),
            _period(row),
            row.low,
            row.central,
            row.high,
            row.bound or "",
            row.method_kind,
            "" if row.independent else _leans_on(row, names),
        )
        for row in sorted(estimates.itertuples(), key=_centre, reverse=True)
    ]
    return pd.DataFrame(rows, columns=["estimate", "years", "low", "central", "high", "bound", "method", "leans on"])


def _leans_on(row, names):
    """Return the estimates that one leans on, by name."""
    return ", ".join(names[one] for one in data.split_list(row.depends_on)) or "another, not named"


def _period(row):
    if pd.isna(row.year) and pd.isna(row.year_end):
        return "not stated"
    first, last = ("?" if pd.isna(value) else str(int(value)) for value in (row.year, row.year_end))
    return f"{first}-{last[-2:]}"


def forest(table: pd.DataFrame, x_range: Sequence[float], label_width: float = 200) -> Figure:
    """Draw published estimates one below the other: a mark for the central value, a bar from low to high.

    Parameters
    ----------
    table : DataFrame
        Rows of `famine_deaths`, in millions. Sorted by size; "at least" gets an arrow, an estimate that leans on
        another a hollow mark; colour and shape tell the method (`METHOD_LOOKS`).
    x_range : (float, float)
        Low and high end of the axis, millions of people.
    label_width : float
        Pixels for the names.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a method without a look, or text where numbers belong.
    """
    need(table, "author", "method_kind", "independent", "bound", numbers=["low", "central", "high", "year_published"])
    need_looks(table, "method_kind", METHOD_LOOKS)
    rows = sorted(table.itertuples(), key=_centre)
    labels = [estimate_label(row) for row in rows]
    data, notes = [], []
    for method, (colour, symbol) in METHOD_LOOKS.items():
        picked = [(row, label) for row, label in zip(rows, labels) if row.method_kind == method]
        data += [_range(row, label, colour) for row, label in picked if pd.notna(row.low) and pd.notna(row.high)]
        if picked:
            data.append(_marks(picked, method, colour, symbol))
    for row, label in zip(rows, labels):
        notes += _words(row, label)
    return drawn(
        data,
        27 * len(rows) + 20,
        left=label_width,
        below=66,
        notes=notes,
        xaxis={"range": list(x_range), "showline": True, "title": {"text": "million people"}},
        yaxis={"categoryorder": "array", "categoryarray": labels, "showgrid": False, "range": [-0.7, len(rows) - 0.3]},
    )


def _range(row, label, colour):
    """Return the bar from the low to the high end of an estimate."""
    return {
        "type": "scatter",
        "x": [row.low, row.high],
        "y": [label, label],
        "mode": "lines",
        "line": {"color": colour, "width": 4},
        "hoverinfo": "skip",
    }


def _marks(picked, method, colour, symbol):
    """Return the marks of all estimates of one method."""
    return {
        "type": "scatter",
        "x": [_centre(row) for row, _ in picked],
        "y": [label for _, label in picked],
        "mode": "markers",
        "marker": {
            "color": [colour if row.independent else theme.PAPER for row, _ in picked],
            "symbol": symbol,
            "size": 12,
            "line": {"color": colour, "width": 2},
        },
        "hovertemplate": "%{y}: %{x} million, " + method + "<extra></extra>",
    }


def _words(row, label):
    """Return what is written beside an estimate: its numbers and method, and an arrow when it has no upper end."""
    right, colour = row.high if pd.notna(row.high) else _centre(row), METHOD_LOOKS[row.method_kind][0]
    open_end = row.bound in AT_LEAST
    arrow = {
        "x": right,
        "y": label,
        "ax": 38,
        "ay": 0,
        "text": "",
        "showarrow": True,
        "arrowside": "start",
        "startarrowhead": 2,
        "arrowhead": 0,
        "arrowwidth": 2,
        "arrowcolor": colour,
        "standoff": 9,
    }
    words = f"<b>{_range_text(row)}</b>  {row.method_kind}"
    return [arrow] * open_end + [note(words, right, label, colour, xanchor="left", xshift=44 if open_end else 12)]


def _centre(row):
    """Return where an estimate's mark stands: its central value, else the end that is given (never a mean of our own)."""
    return float(next(value for value in (row.central, row.low, row.high) if pd.notna(value)))


def _range_text(row):
    numbers = [f"{value:g}" for value in (row.low, row.central, row.high) if pd.notna(value)]
    if row.bound in AT_LEAST:
        return f"{row.bound} {numbers[0]}"
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else numbers[0]
