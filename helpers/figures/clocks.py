"""A chart form with two clocks: what was done behind doors, what was told in public, and lines that join the two."""

from collections.abc import Collection, Mapping

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import when
from helpers.figures.axes import SHORT_MONTHS
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, label_gap, note
from helpers.figures.letters import wrap
from helpers.sentences import fixed, heading

ROOM, NARROW_ROOM = 206, 92  # pixels beside a clock for its words
BESIDE = 0.06  # how far the drawing reaches beyond a clock, as a share of the way between the two
NEAR = 0.075  # years: two moments of one clock whose words would touch
MONTH_AT = 0.23  # where the names of the months stand between the clocks: off the lines
NARROW_MONTH_AT = {9: 0.64, 10: 0.22}  # on a telephone, where no place suits all of them: these two, the others in the middle


def clocks(
    table: pd.DataFrame, *, colours: Mapping, heads: Mapping, closed: str = "", between: str = "", guessed: Collection = ()
) -> Figure:
    """Draw two upright clocks of one half-year side by side; a line joins the two moments of the same side.

    Parameters
    ----------
    table : DataFrame
        Columns moment ("19 July: what happened"), clock, side, when (decimal year); first and last, where they are given, are the
        ends of a bar for a moment whose day is not known.
    colours : dict
        {side: colour}
    heads : dict
        {clock: words below its name}, the left clock first; marks of the left one are full, those of the right one hollow.
    closed : str
        The clock that could not be read at the time: an empty band.
    between : str
        Words between the two moments of the left clock.
    guessed : collection of str
        The sides whose two moments are joined by a guess only: a dotted line.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or a side or a clock that is not named.
    """
    need(table, "moment", "clock", "side", numbers=["when"])
    need_looks(table, "side", colours)
    need_looks(table, "clock", heads)
    page, at = theme.page(), dict(zip(heads, (0.0, 1.0)))
    room, year = NARROW_ROOM if page.narrow else ROOM, int(table["when"].min())
    foot, top = when(f"{year}-12-02"), when(f"{year}-06-24")
    pairs = [rows.sort_values("clock") for _, rows in table.groupby("side")]
    months = range(7, 13)
    notes = [_moment(row, at, room, colours, _apart(row, table)) for row in table.itertuples()]
    notes += [_head(name, words, at[name]) for name, words in heads.items()] + [_month(year, month) for month in months]
    shapes = [_rule(when(f"{year}-{month:02d}-01")) for month in months]
    shapes += [_bar(row, at, colours) for row in table.itertuples() if {"first", "last"} <= set(table) and row.first < row.last]
    if closed:
        shapes.append(_closed(foot, top, room))
        notes.append(note(fixed("closed_at_the_time"), 0, (foot + top) / 2, theme.MUTED, xshift=-room / 2))
    if between:
        notes.append(_left(between, table.loc[table["clock"] == next(iter(heads)), "when"].mean(), theme.INK))
    return drawn(
        [_joined(rows, at, colours, guessed) for rows in pairs if len(rows) == 2] + [_marks(table, at, clock, colours) for clock in heads],
        460 if page.narrow else page.tallest,
        left=room + EDGE,
        right=room + EDGE,
        top=(3 if any(heads.values()) else 2) * label_gap(),
        below=GAP,
        notes=notes,
        shapes=shapes,
        xaxis={"range": [-BESIDE, 1 + BESIDE], "visible": False},
        yaxis={"range": [foot, top], "visible": False},
    )


def _joined(rows, at, colours, guessed):
    """Return the line from one clock to the other, dotted where it is a guess."""
    side = rows["side"].iloc[0]
    line = {"color": colours[side], "width": 3, "dash": "dot" if side in guessed else "solid"}
    x = [at[clock] for clock in rows["clock"]]
    return {"type": "scatter", "mode": "lines", "x": x, "y": rows["when"].tolist(), "line": line, "hoverinfo": "skip"}


def _marks(table, at, clock, colours):
    """Return the marks of one clock: full on the left one, hollow on the right one."""
    rows = table[table["clock"] == clock]
    inks = [colours[side] for side in rows["side"]]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [at[clock]] * len(rows),
        "y": rows["when"].tolist(),
        "marker": {"color": theme.PAPER if at[clock] else inks, "size": 17, "line": {"color": inks, "width": 3}},
        "text": rows["moment"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
    }


def _bar(row, at, colours):
    """Return the bar of days in which a moment lies."""
    ends = {"x0": at[row.clock], "x1": at[row.clock], "y0": row.first, "y1": row.last}
    return {"type": "line", **ends, "line": {"color": colours[row.side], "width": 9}, "layer": "below"}


def _apart(row, table):
    """Return where the words of a moment hang: above its middle or below it, if another moment of its clock is near."""
    other = table.loc[(table["clock"] == row.clock) & (table["side"] != row.side), "when"]
    near = other[(other - row.when).abs() < NEAR]
    return "middle" if near.empty else "bottom" if near.iloc[0] > row.when else "top"


def _moment(row, at, room, colours, anchor):
    """Return the words of a moment, outside its clock."""
    page, (day, words) = theme.page(), row.moment.split(": ")
    text = f"<b>{day}</b><br>{wrap(words, room - 12, page.text if not page.narrow else page.small)}"
    side, shift = ("left", 14) if at[row.clock] else ("right", -14)
    size = page.small if page.narrow else page.text
    lift = {"middle": 0, "bottom": -10, "top": 10}[anchor]  # pixels: the words begin beside the mark
    return note(text, at[row.clock], row.when, colours[row.side], size, xanchor=side, xshift=shift, yanchor=anchor, yshift=lift, align=side)


def _left(text, y, colour):
    """Return words beside the left clock."""
    return note(text, 0, y, colour, xanchor="right", xshift=-14, align="right")


def _head(name, words, x):
    """Return the name of a clock above it, and what is first on it."""
    text = f"<b>{heading(name).upper()}</b>" + (f"<br>{words}" if words else "")
    return note(text, x, 1, theme.INK, yref="paper", yanchor="bottom", yshift=2)


def _month(year, month):
    """Return the name of a month on its line."""
    y = when(f"{year}-{month:02d}-01")
    x = NARROW_MONTH_AT.get(month, 0.5) if theme.page().narrow else MONTH_AT
    return note(f"1 {SHORT_MONTHS[month - 1]}", x, y, theme.MUTED, yanchor="bottom", yshift=-1)


def _rule(y):
    """Return a thin level line between the clocks."""
    return {"type": "line", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": {"color": theme.RULE, "width": 1}, "layer": "below"}


def _closed(foot, top, room):
    """Return the empty band of a clock that could not be read at the time: as wide as the room for its words."""
    across = {"xref": "paper", "xsizemode": "pixel", "xanchor": BESIDE / (1 + 2 * BESIDE), "x0": -room, "x1": 0}
    return {"type": "rect", "fillcolor": theme.BAND, "line": {"width": 0}, "y0": foot, "y1": top, "layer": "below", **across}
