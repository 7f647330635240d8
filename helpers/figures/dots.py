"""Chart forms for counts that no line may join: dated marks, single years beside spans of years."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.axes import reach, room_for_values, value_axis, year_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, KEY_MARKS, drawn, key, label_gap, lettered, note, numbers, shade, tops, upright
from helpers.figures.letters import lines, number, width, wrap
from helpers.figures.place import BESIDE, Field, around, box_beside, settle, shifted

MARGIN = 12  # pixels that words may reach beyond the drawing


def dated(
    table: pd.DataFrame,
    *,
    looks: dict,
    y_range: tuple[float, float],
    x_range: tuple[int, int],
    height: float = 340,
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
    page, shown = theme.page(), {kind: table[table["kind"] == kind] for kind in looks}
    low, high = reach(y_range, table["value"], 1.15)
    left, right = room_for_values(low, high), EDGE if page.narrow else right
    rows = list(table.sort_values("when", kind="stable").itertuples())
    inks = [looks[row.kind][0] for row in rows]
    x_ends, plot = (x_range[0], x_range[1] + 1), page.width - left - right
    above, top = tops(marks, x_ends, plot)
    named = [(KEY_MARKS[look[1]], look[2], look[0]) for kind, look in looks.items() if len(look) > 2 and len(shown[kind])]
    field = Field(x_ends, (low, high), plot, min(height, page.tallest - top - label_gap() * bool(named)))
    names = [_named(band, high, plot / (x_ends[1] - x_ends[0])) for band in bands]
    notes, free = _beside_marks(rows, inks, names, field)
    words, added = key(named, left, top + 4)
    if page.narrow and not free:  # no room for words: letters, and a list of what they mean
        signs, words, added = lettered([row.text for row in rows], inks, left, top + 4)
        notes, _ = _beside_marks(rows, inks, names, field, [f"<b>{sign}</b>" for sign in signs])
    return drawn(
        [_kind(rows, kind, looks[kind]) for kind, rows in shown.items()],
        field.height,
        left=left,
        right=right,
        top=top + added,
        shapes=[shade(first, last + 1) for first, last, _ in bands] + [upright(moment) for moment, _ in marks],
        notes=names + notes + words + above,
        xaxis=year_axis(*x_ends, plot, range(*x_range, every) if every > 1 else range(*x_ends), 0.5),
        yaxis=value_axis(low, high),
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


def _named(band, top, per_year):
    """Return the name of an empty span of years, in its middle."""
    first, last, text = band
    return note(wrap(text, per_year * (last + 1 - first) - 6), (first + last + 1) / 2, top / 2, theme.MUTED)


def _beside_marks(rows, inks, names, field: Field, texts=()):
    """Return the words of all marks, each on the side that the table asks for unless something stands there; and whether all are free."""

    texts = texts or [html.escape(str(row.text)) for row in rows]
    sides, options = [], []
    for row, text in zip(rows, texts):
        x, y = field.at(row.when, row.value)
        sides.append([row.side, *(side for side in BESIDE if side != row.side)])
        options.append([box_beside(x, y, text, side) for side in sides[-1]])
    taken = [around(*field.at(row.when, row.value), 13, 13) for row in rows]
    taken += [around(*field.at(name["x"], name["y"]), width(name["text"]), label_gap() * lines(name["text"])) for name in names]
    chosen, free = settle(options, taken, field.room(MARGIN)._replace(bottom=field.height))
    places = [(float(row.when), float(row.value), shifted(known[number])) for row, known, number in zip(rows, sides, chosen)]
    return [note(text, x, y, colour, **place) for text, (x, y, place), colour in zip(texts, places, inks)], free


def periods(
    table: pd.DataFrame,
    *,
    colour: str,
    y_range: tuple[float, float],
    x_range: tuple[float, float],
    height: float = 330,
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
    page, rows = theme.page(), list(table.itertuples())
    low, high = reach(y_range, table["value"], 1.2)
    left = room_for_values(low, high)
    above, top = tops(marks, x_range, page.width - left - EDGE)
    signs, words, added = lettered([row.text for row in rows], [colour] * len(rows), left, top + 4) if page.narrow else ([], [], 0)
    said = signs or [html.escape(str(row.text)) for row in rows]
    return drawn(
        [_period(row, colour, decimals) for row in rows],
        min(height, page.tallest),
        left=left,
        top=top + added,
        shapes=[upright(year) for year, _ in marks],
        notes=words + [_period_words(row, text, colour) for row, text in zip(rows, said)] + above,
        xaxis=year_axis(*x_range, page.width - left - EDGE),
        yaxis=value_axis(low, high),
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
        "hovertemplate": f"{row.first}{'' if single else f'–{row.last}'}: {number(row.value, decimals)}<extra></extra>",
    }


def _period_words(row, text, colour):
    """Return the words above a dot or at the end of a bar."""
    single = row.first == row.last
    x, anchor = (row.first, "center") if single else (row.last + 0.4, "right")
    return note(text, x, row.value, colour, xanchor=anchor, yanchor="bottom", yshift=9)
