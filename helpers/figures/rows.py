"""Chart forms with one row per sum or thing that several counted."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.axes import reach, value_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, key, label_gap, note, spread
from helpers.figures.letters import lines, number, series, width, wrap
from helpers.figures.spans import spans as spans  # a form of rows too
from helpers.figures.stack import beside, stack

FAR = 24  # pixels from its mark at which a label no longer belongs to it


def dumbbell(
    table: pd.DataFrame,
    *,
    looks: dict,
    x_range: tuple[float, float],
    label_width: float = 200,
    decimals: int = 1,
    row_height: float = 40,
    x_title: str = "",
    show_values: bool = False,
) -> Figure:
    """Draw one row per table row with a mark for each column, joined by a thin bar: who says what of the same thing.

    The labels of the columns stand once, above the marks of the first row, or in a line above the drawing.

    Parameters
    ----------
    table : DataFrame
        First column the row names (drawn from the top down), one column per count; gaps stay gaps.
    looks : dict
        {column: (label, colour, plotly marker symbol)}; an "-open" symbol is for figures that are not confirmed.
    x_range : (float, float)
        Low and high end of the axis; nothing is drawn far beyond the highest value.
    label_width, decimals, row_height, x_title
        Pixels for the names; decimals of the numbers; pixels of a row; title of the axis.
    show_values : bool
        Write the lowest and the highest number of a row beside its marks.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=looks)
    names = [escape(name) for name in table.iloc[:, 0]]
    low, high = reach(x_range, table[list(looks)].to_numpy().ravel(), 1.04)
    rows = stack(names, row_height, label_width, above=label_gap() + GAP)
    right = max(40, EDGE + width(number(high, decimals))) if show_values else 40
    per_pixel = (high - low) / (theme.page().width - rows.left - right)
    notes, words = _column_labels(table, looks, rows.places[0], per_pixel), []
    top: float = 0
    if notes is None or theme.page().narrow:
        notes, (words, top) = [], key([(look[2], look[0], look[1]) for look in looks.values() if look[0]], rows.left)
    known = [[float(v) for v in row if not pd.isna(v)] for row in table[list(looks)].itertuples(index=False)]
    joined = [_joined(place, min(values), max(values)) for place, values in zip(rows.places, known) if len(values) > 1]
    values = [note for place, row in zip(rows.places, known) for note in _ends(place, row, decimals)] if show_values else []
    return drawn(
        joined + [_column(table, column, rows.places, look, decimals) for column, look in looks.items()],
        rows.height,
        left=rows.left,
        right=right,
        top=top,
        below=56 if x_title else 34,
        notes=[*rows.notes, *notes, *words, *values],
        xaxis=value_axis(low, high, x_title, showline=True),
        yaxis=rows.axis,
    )


def _joined(place, low, high):
    """Return the thin bar that joins the marks of a row."""
    return {
        "type": "scatter",
        "x": [low, high],
        "y": [place, place],
        "mode": "lines",
        "line": {"color": theme.RULE, "width": 5},
        "hoverinfo": "skip",
    }


def _column(table, column, places, look, decimals):
    """Return the marks of one column."""
    label, colour, symbol = look
    known = [(place, name, float(value)) for place, name, value in zip(places, table.iloc[:, 0], table[column]) if not pd.isna(value)]
    tips = [f"{name}<br>{series(label, column)}: {number(value, decimals)}" for _, name, value in known]
    return {
        "type": "scatter",
        "x": [value for _, _, value in known],
        "y": [place for place, _, _ in known],
        "mode": "markers",
        "name": label,
        "marker": {"color": colour, "symbol": symbol, "size": 13, "line": {"color": colour, "width": 2}},
        "text": tips,
        "hovertemplate": "%{text}<extra></extra>",
    }


def _ends(place, values, decimals):
    """Return the lowest and the highest number of a row beside its marks."""
    if not values:
        return []
    high = note(f"<b>{number(max(values), decimals)}</b>", max(values), place, xanchor="left", xshift=GAP)
    low = note(f"<b>{number(min(values), decimals)}</b>", min(values), place, xanchor="right", xshift=-GAP)
    return [low, high] if max(values) > min(values) else [high]


def _column_labels(table, looks, place, per_pixel):
    """Return the labels of the columns above the marks of the first row, or None when one would stand far from its mark."""
    named = [column for column, look in looks.items() if look[0]]
    first = sorted((float(table[column].iloc[0]), *looks[column][:2]) for column in named if not pd.isna(table[column].iloc[0]))
    if len(first) < len(named):
        return None
    wide = max(width(label) for _, label, _ in first) + GAP
    free = spread([value for value, _, _ in first], wide * per_pixel)
    if any(abs(value - x) > FAR * per_pixel for (value, _, _), x in zip(first, free)):
        return None
    return [note(label, x, place, colour, yanchor="bottom", yshift=GAP) for (_, label, colour), x in zip(first, free)]


def amounts(
    table: pd.DataFrame,
    *,
    looks: dict,
    x_range: tuple[float, float],
    x_title: str = "",
    label_width: float = 230,
    row_height: float = 36,
    decimals: int | None = 0,
) -> Figure:
    """Draw one bar per row from zero: sums with their status; a row without a sum keeps an empty place and its reason.

    Parameters
    ----------
    table : DataFrame
        Columns row (the name, drawn from the top down), value, low, high (a bar from low to high is laid over the sum;
        without a value the bar ends at low), look (a key of `looks`), text (written behind the number; in an empty row,
        the reason).
    looks : dict
        {look: (colour, "solid" or "open")}; open is for sums that are not confirmed.
    x_range : (float, float)
        0 and the end of the axis; nothing is drawn beyond the highest sum.
    x_title, label_width, row_height, decimals
        What the numbers are, told on hovering; pixels for the names and of a row; decimals of the numbers.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a row without a look, or text where numbers belong.
    """
    need(table, "row", "look", "text", numbers=["value", "low", "high"])
    need_looks(table, "look", looks)
    page = theme.page()
    given = [_Sum(row, decimals) for row in table.itertuples()]
    names = [f"{row.name}{f' <i>{row.text}</i>' if page.narrow and row.ends and row.text else ''}" for row in given]
    top = reach((0, x_range[1]), [row.longest for row in given], 1.02)[1]
    names_room = stack(names, row_height, label_width).left
    words = [row.words(page.narrow, 0.6 * (page.width - names_room - EDGE)) for row in given]
    rows = stack(names, row_height, label_width, [lines(text) for text in words])
    room = page.width - rows.left - EDGE
    plot = beside([(row.longest / top, width(text)) for row, text in zip(given, words)], room)
    empty = [place for row, place in zip(given, rows.places) if not row.ends]
    half = 0.32 * rows.thick
    return drawn(
        [_sums(given, rows.places, looks, 2 * half, x_title)]
        + [_from_low_to_high(row, place) for row, place in zip(given, rows.places) if row.spread],
        rows.height,
        left=rows.left,
        right=EDGE + room - plot,
        below=GAP,
        shapes=[_empty_place(place, half) for place in empty] + [_zero(rows.height)],
        notes=rows.notes
        + [
            note(text, row.longest, place, theme.INK if row.ends else theme.MUTED, xanchor="left", xshift=GAP, align="left")
            for row, text, place in zip(given, words, rows.places)
        ],
        barmode="overlay",
        xaxis=value_axis(0, top, visible=False),
        yaxis=rows.axis,
    )


class _Sum:
    """A row of `amounts`: its name, the ends of its bar, the words behind it."""

    def __init__(self, row, decimals):
        self.name, self.text = escape(row.row), escape(row.text)
        self.ends = [float(end) for end in (row.value, row.low, row.high) if pd.notna(end)]
        self.spread = [float(row.low), float(row.high)] if pd.notna(row.low) and pd.notna(row.high) else None
        self.longest, self.look = max(self.ends, default=0.0), row.look
        shown = self.ends[:1] if pd.notna(row.value) else self.ends
        self.numbers = "–".join(number(end, decimals) for end in shown)

    def words(self, narrow, room):
        """Return what stands behind the bar: its numbers and text, or the reason why there is none."""
        if not self.ends:
            return wrap(self.text, room / 0.6 - GAP)
        if narrow or not self.text:
            return f"<b>{self.numbers}</b>"
        broken = wrap(f"{self.numbers}  {self.text}", room).replace("<br>", "<br>")
        return broken.replace(self.numbers, f"<b>{self.numbers}</b> ", 1)


def _sums(given, places, looks, thick, unit):
    """Return the bars of all rows with a sum."""
    sums = [(row, place) for row, place in zip(given, places) if row.ends]
    colours = [looks[row.look] for row, _ in sums]
    return {
        "type": "bar",
        "y": [place for _, place in sums],
        "x": [row.ends[0] for row, _ in sums],
        "orientation": "h",
        "width": thick,
        "marker": {
            "color": [colour if fill == "solid" else theme.PAPER for colour, fill in colours],
            "line": {"color": [colour for colour, _ in colours], "width": 2},
        },
        "hovertext": [f"{row.name}: {row.numbers} {unit}".strip() for row, _ in sums],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _from_low_to_high(row, place):
    """Return the line over a sum from its low to its high end."""
    return {
        "type": "scatter",
        "x": row.spread,
        "y": [place, place],
        "mode": "lines+markers",
        "hoverinfo": "skip",
        "line": {"color": theme.INK, "width": 2},
        "marker": {"symbol": "line-ns", "size": 12, "line": {"color": theme.INK, "width": 2}},
    }


def _empty_place(place, half):
    """Return the empty band of a row without a sum, as wide as the drawing and its words."""
    return {
        "type": "rect",
        "x0": 0,
        "x1": 1,
        "xref": "paper",
        "y0": place - half,
        "y1": place + half,
        "fillcolor": theme.BAND,
        "line": {"width": 0},
        "layer": "below",
    }


def _zero(height):
    """Return the line from which all bars start."""
    return {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": height, "line": {"color": theme.MUTED, "width": 1}}
