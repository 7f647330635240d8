"""Chart forms for counts that no line may join: dated marks, single years beside spans of years."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import KEY_MARKS, drawn, key_line, note, numbers, on_top, shade, upright

# Where the words of a mark stand: anchors and shifts in pixels.
BESIDE = {
    "right": ("left", "middle", 12, 0),
    "left": ("right", "middle", -12, 0),
    "above": ("center", "bottom", 0, 9),
    "below": ("center", "top", 0, -9),
    "above right": ("left", "bottom", -6, 9),
    "above left": ("right", "bottom", 6, 9),
}


def dated(
    table: pd.DataFrame,
    looks: dict,
    y_range: Sequence[float],
    x_range: Sequence[int],
    height: float = 400,
    marks: Sequence[tuple] = (),
    bands: Sequence[tuple] = (),
    every: int = 1,
    right: float = 40,
) -> Figure:
    """Draw dated values as separate marks, each with its own words: for counts that no line may join.

    Parameters
    ----------
    table : DataFrame
        Columns when (decimal year; the middle of 1955 is 1955.5), value, kind, text, side ("right", "left", "above",
        "below", "above right" or "above left").
    looks : dict
        {kind: (colour, plotly marker symbol)}; an "-open" symbol is for figures that are not confirmed. A third part, a
        word, puts the kind into a line of marks and words above the drawing.
    y_range, x_range
        Ends of the axes; the first and last year are drawn in full.
    height : float
        Pixels of the drawing.
    marks : sequence of (float, str)
        Moments: thin vertical lines with a word at the top.
    bands : sequence of (first, last, str)
        Whole years without a sourced value, left empty and named.
    every, right
        Years between two labels of the axis; room in pixels for the words of the last marks.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a kind or side that is not known, or text where numbers belong.
    """
    need(table, "kind", "text", "side", numbers=["when", "value"])
    need_looks(table, "kind", looks)
    need_looks(table, "side", BESIDE)
    shown = {kind: table[table["kind"] == kind] for kind in looks}
    key = "   ".join(
        f'<span style="color:{look[0]}">{KEY_MARKS[look[1]]} {look[2]}</span>'
        for kind, look in looks.items()
        if len(look) > 2 and len(shown[kind])
    )
    notes = [_named((first + last + 1) / 2, y_range[0], text) for first, last, text in bands]
    notes += [_mark_words(row, looks[kind][0]) for kind, rows in shown.items() for row in rows.itertuples()]
    notes += [on_top(moment, text) for moment, text in marks]
    notes += [key_line(key, 22 if marks else 4)] if key else []
    years = list(range(x_range[0], x_range[1] + 1, every))
    return drawn(
        [_kind(rows, kind, looks[kind]) for kind, rows in shown.items()],
        height,
        right=right,
        top=(22 if marks else 0) + (26 if key else 0),
        shapes=[shade(first, last + 1) for first, last, _ in bands] + [upright(moment) for moment, _ in marks],
        notes=notes,
        xaxis={
            "range": [x_range[0], x_range[1] + 1],
            "tickvals": [year + 0.5 for year in years],
            "ticktext": [str(year) for year in years],
            "showgrid": False,
            "showline": True,
        },
        yaxis={"range": list(y_range)},
    )


def _kind(rows, kind, look):
    """Return the marks of one kind."""
    colour, symbol, *_ = look
    return {
        "type": "scatter",
        "x": numbers(rows["when"]),
        "y": numbers(rows["value"]),
        "mode": "markers",
        "name": kind,
        "marker": {"color": colour, "symbol": symbol, "size": 11, "line": {"color": colour, "width": 2}},
        "text": [html.escape(str(text)) for text in rows["text"]],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _named(x, floor, text):
    """Return the name of an empty span of years, at the foot of the drawing."""
    return note(text, x, floor, theme.MUTED, theme.SMALL_SIZE, yanchor="bottom", yshift=6)


def _mark_words(row, colour):
    """Return the words of a mark, on the side that the table asks for."""
    xanchor, yanchor, xshift, yshift = BESIDE[row.side]
    place = {"xanchor": xanchor, "yanchor": yanchor, "xshift": xshift, "yshift": yshift}
    return note(html.escape(str(row.text)), float(row.when), float(row.value), colour, theme.SMALL_SIZE, **place)


def periods(
    table: pd.DataFrame,
    colour: str,
    y_range: Sequence[float],
    x_range: Sequence[float],
    height: float = 360,
    decimals: int = 1,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw single years as dots and figures for several years as level bars from the first to the last; nothing joins them.

    Parameters
    ----------
    table : DataFrame
        Columns first, last (years; the same for a single year), value and text, written above the mark.
    colour : str
        Of the marks.
    y_range, x_range : (float, float)
        Ends of the axes; the horizontal one in years.
    height, decimals
        Pixels of the drawing; decimals told on hovering.
    marks : sequence of (year, str)
        Thin vertical lines with a word at the top.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, "text", numbers=["first", "last", "value"])
    rows = list(table.itertuples())
    return drawn(
        [_period(row, colour, decimals) for row in rows],
        height,
        top=22 if marks else 0,
        shapes=[upright(year) for year, _ in marks],
        notes=[_period_words(row, colour) for row in rows] + [on_top(year, text) for year, text in marks],
        xaxis={"range": list(x_range), "dtick": 1, "showgrid": False, "showline": True, "tickformat": "d"},
        yaxis={"range": list(y_range)},
    )


def _period(row, colour, decimals):
    """Return a dot for one year, a level bar for several."""
    single = row.first == row.last
    return {
        "type": "scatter",
        "x": [row.first] if single else [row.first - 0.4, row.last + 0.4],
        "y": [float(row.value)] * (1 if single else 2),
        "mode": "markers" if single else "lines",
        "line": {"color": colour, "width": 5},
        "marker": {"color": colour, "size": 12},
        "hovertemplate": f"{row.first}{'' if single else f'-{row.last}'}: {row.value:.{decimals}f}<extra></extra>",
    }


def _period_words(row, colour):
    """Return the words above a dot or at the end of a bar."""
    single = row.first == row.last
    x, anchor = (row.first, "center") if single else (row.last + 0.4, "right")
    return note(html.escape(str(row.text)), x, row.value, colour, xanchor=anchor, yanchor="bottom", yshift=9)
