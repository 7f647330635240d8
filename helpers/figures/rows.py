"""Chart forms with one row per sum, treaty or thing that several counted."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, note, on_top, spread, upright


def dumbbell(
    table: pd.DataFrame,
    looks: dict,
    x_range: Sequence[float],
    label_width: float = 200,
    decimals: int = 1,
    row_height: float = 40,
    x_title: str = "",
) -> Figure:
    """Draw one row per table row with a mark for each column, joined by a thin bar: who says what of the same thing.

    The labels of the columns stand once, above the marks of the first row.

    Parameters
    ----------
    table : DataFrame
        First column the row names (drawn from the top down), one column per count; gaps stay gaps.
    looks : dict
        {column: (label, colour, plotly marker symbol)}; an "-open" symbol is for figures that are not confirmed.
    x_range : (float, float)
        Low and high end of the axis.
    label_width, decimals, row_height, x_title
        Pixels of the names; decimals told on hovering; pixels of a row; title of the axis.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=looks)
    names = [str(name) for name in table.iloc[:, 0]]
    rows = names[::-1]
    return drawn(
        [_joined(name, min(known), max(known)) for name, known in _known_values(table, looks, names)]
        + [_column(table, column, names, look, decimals) for column, look in looks.items()],
        row_height * (len(rows) + 1),
        left=label_width,
        below=66 if x_title else 48,
        notes=_column_labels(table, looks, x_range, len(rows)),
        xaxis={"range": list(x_range), "showline": True, "title": {"text": x_title}},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": rows,
            "showgrid": False,
            "range": [-0.6, len(rows)],
        },
    )


def _known_values(table, looks, names):
    """Return (name, values) of the rows with two values or more, from the bottom up."""
    pairs = [(name, [float(v) for v in row if not pd.isna(v)]) for name, row in zip(names, table[list(looks)].itertuples(index=False))]
    return [(name, known) for name, known in pairs[::-1] if len(known) > 1]


def _joined(name, low, high):
    """Return the thin bar that joins the marks of a row."""
    return {
        "type": "scatter",
        "x": [low, high],
        "y": [name, name],
        "mode": "lines",
        "line": {"color": theme.RULE, "width": 5},
        "hoverinfo": "skip",
    }


def _column(table, column, names, look, decimals):
    """Return the marks of one column."""
    label, colour, symbol = look
    known = table[column].notna().tolist()
    return {
        "type": "scatter",
        "x": [float(value) for value in table[column].dropna()],
        "y": [name for name, there in zip(names, known) if there],
        "mode": "markers",
        "name": label,
        "marker": {"color": colour, "symbol": symbol, "size": 13, "line": {"color": colour, "width": 2}},
        "hovertemplate": f"{label}, %{{y}}: %{{x:.{decimals}f}}<extra></extra>",
    }


def _column_labels(table, looks, x_range, height):
    """Return the labels of the columns above the marks of the first row, side by side."""
    first = [(column, float(table[column].iloc[0])) for column in looks if not pd.isna(table[column].iloc[0])]
    per_pixel = (x_range[1] - x_range[0]) / 600
    wide = max((len(looks[column][0]) for column, _ in first), default=0) * 8.5 * per_pixel
    places = spread([value for _, value in first], wide)
    return [note(looks[column][0], free, height - 0.45, looks[column][1], yanchor="bottom") for (column, _), free in zip(first, places)]


def spans(
    table: pd.DataFrame,
    x_range: Sequence[float],
    looks: dict,
    label_width: float = 220,
    row_height: float = 34,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw rows of bars from a start to an end: treaties, disputes, recognitions, debts.

    Parameters
    ----------
    table : DataFrame
        Columns row, start, end (decimal years; a missing end runs to the edge), kind, text (short, written behind the bar);
        rows are drawn from the top down, several spans may share a row.
    x_range : (float, float)
        First and last year of the axis.
    looks : dict
        {kind: (colour, "solid" or "open")}
    label_width, row_height : float
        Pixels of the names and of a row.
    marks : sequence of (float, str)
        Moments: vertical lines with a word at the top.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a kind without a look, or text where numbers belong.
    """
    need(table, "row", "kind", "text", numbers=["start", "end"])
    need_looks(table, "kind", looks)
    rows = list(dict.fromkeys(table["row"]))[::-1]
    data, notes = [], []
    for kind, look in looks.items():
        picked = [(span, x_range[1] if pd.isna(span.end) else float(span.end)) for span in table[table["kind"] == kind].itertuples()]
        data.append(_span_bars(picked, look))
        notes += [_behind(html.escape(str(span.text)), end, span.row) for span, end in picked if span.text]
    return drawn(
        data,
        row_height * len(rows) + 10,
        left=label_width,
        right=60,
        top=22 if marks else 0,
        shapes=[upright(moment) for moment, _ in marks],
        notes=notes + [on_top(moment, text) for moment, text in marks],
        barmode="overlay",
        xaxis={"range": list(x_range), "showline": True, "tickformat": "d"},
        yaxis={"categoryorder": "array", "categoryarray": rows, "showgrid": False, "range": [-0.6, len(rows) - 0.4]},
    )


def _span_bars(picked, look):
    """Return all bars of one kind."""
    colour, fill = look
    return {
        "type": "bar",
        "y": [span.row for span, _ in picked],
        "x": [max(end - float(span.start), 0.12) for span, end in picked],
        "base": [float(span.start) for span, _ in picked],
        "orientation": "h",
        "width": 0.5,
        "marker": {"color": colour if fill == "solid" else theme.PAPER, "line": {"color": colour, "width": 2}},
        "hovertemplate": [
            f"{html.escape(str(span.row))}: {span.start:.0f}-{'' if pd.isna(span.end) else format(end, '.0f')}"
            f"<br>{html.escape(str(span.text))}<extra></extra>"
            for span, end in picked
        ],
    }


def _behind(text, end, row):
    """Return the words behind a bar."""
    return note(text, end, row, theme.INK, theme.SMALL_SIZE, xanchor="left", xshift=8)


def amounts(
    table: pd.DataFrame,
    looks: dict,
    x_range: Sequence[float],
    x_title: str = "",
    label_width: float = 230,
    row_height: float = 36,
    decimals: int = 0,
) -> Figure:
    """Draw one bar per row from zero: sums with their status; a row without a sum keeps an empty place and its reason.

    Parameters
    ----------
    table : DataFrame
        Columns row (the name, drawn from the top down), value, low, high (a bar from low to high is laid over the sum;
        without a value the bar ends at low), look (a key of `looks`), text (written behind the number; in an empty row,
        the reason).
    looks : dict
        {look: (colour, "solid" or "open")}; open is for announced or derived sums.
    x_range : (float, float)
        0 and the end of the axis.
    x_title, label_width, row_height, decimals
        Title of the axis; pixels of the names and of a row; decimals of the numbers.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a row without a look, or text where numbers belong.
    """
    need(table, "row", "look", "text", numbers=["value", "low", "high"])
    need_looks(table, "look", looks)
    rows = [str(name) for name in table["row"]][::-1]
    given = [(row, [float(end) for end in (row.value, row.low, row.high) if pd.notna(end)]) for row in table.itertuples()]
    sums = [(row, ends) for row, ends in given if ends]
    spreads = [row for row, _ in sums if pd.notna(row.low) and pd.notna(row.high)]
    return drawn(
        [_sums(sums, looks, decimals)] + [_from_low_to_high(row) for row in spreads],
        row_height * len(rows) + 10,
        left=label_width,
        below=66 if x_title else 48,
        shapes=[_empty_place(rows.index(str(row.row)), x_range[1]) for row, ends in given if not ends],
        notes=[_sum_words(row, ends, rows, decimals) for row, ends in given],
        barmode="overlay",
        xaxis={"range": list(x_range), "showline": True, "title": {"text": x_title}},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": rows,
            "showgrid": False,
            "range": [-0.6, len(rows) - 0.4],
        },
    )


def _sums(sums, looks, decimals):
    """Return the bars of all rows with a sum."""
    colours = [looks[row.look] for row, _ in sums]
    return {
        "type": "bar",
        "y": [row.row for row, _ in sums],
        "x": [ends[0] for _, ends in sums],
        "orientation": "h",
        "width": 0.6,
        "marker": {
            "color": [colour if fill == "solid" else theme.PAPER for colour, fill in colours],
            "line": {"color": [colour for colour, _ in colours], "width": 2},
        },
        "hovertemplate": f"%{{y}}: %{{x:,.{decimals}f}}<extra></extra>",
    }


def _from_low_to_high(row):
    """Return the line over a sum from its low to its high end."""
    return {
        "type": "scatter",
        "x": [float(row.low), float(row.high)],
        "y": [row.row, row.row],
        "mode": "lines+markers",
        "hoverinfo": "skip",
        "line": {"color": theme.INK, "width": 2},
        "marker": {"symbol": "line-ns", "size": 12, "line": {"color": theme.INK, "width": 2}},
    }


def _empty_place(place, end):
    """Return the empty band of a row without a sum."""
    return {
        "type": "rect",
        "x0": 0,
        "x1": end,
        "y0": place - 0.32,
        "y1": place + 0.32,
        "fillcolor": theme.BAND,
        "line": {"width": 0},
        "layer": "below",
    }


def _sum_words(row, ends, rows, decimals):
    """Return the words behind a bar: its numbers and text, or the reason why there is none."""
    words = html.escape(str(row.text))
    if ends:
        numbers = f"{ends[0]:,.{decimals}f}" if pd.notna(row.value) else "–".join(f"{end:,.{decimals}f}" for end in ends)
        words = f"<b>{numbers}</b>  {words}".rstrip()
    place = rows.index(row.row) if str(row.row).isdigit() else row.row  # plotly would take the name "1954" for a position
    return note(words, max(ends, default=0), place, theme.INK if ends else theme.MUTED, xanchor="left", xshift=12)
