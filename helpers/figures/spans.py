"""A chart form with rows of bars from a start to an end."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.axes import year_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, note, tops, upright
from helpers.figures.letters import width
from helpers.figures.stack import beside, stack
from helpers.sentences import fixed

SHORTEST = 0.12  # years of a bar at least, so that it can be seen
ARROW = 26  # pixels of the arrow of a bar without an end


def spans(
    table: pd.DataFrame,
    *,
    x_range: tuple[float, float],
    looks: dict,
    label_width: float = 220,
    row_height: float = 34,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw rows of bars from a start to an end: treaties, disputes, recognitions, debts.

    Parameters
    ----------
    table : DataFrame
        Columns row, start, end (decimal years; a missing end runs to the edge, with an arrow), kind, text (short, written
        behind the bar); rows are drawn from the top down, several spans may share a row.
    x_range : (float, float)
        First and last year of the axis.
    looks : dict
        {kind: (colour, "solid" or "open")}
    label_width, row_height : float
        Pixels for the names and of a row.
    marks : sequence of (float, str)
        Moments: vertical lines with a word at the top.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a kind without a look, or text where numbers belong.
    """
    need(table, "row", "kind", "text", numbers=["start", "end"])
    need_looks(table, "kind", looks)
    page, names = theme.page(), list(dict.fromkeys(table["row"]))
    bars = list(table.assign(last=table["end"].astype(float).fillna(x_range[1])).itertuples())
    rows = stack([_name(name, bars) for name in names], row_height, label_width)
    place, room = dict(zip(names, rows.places)), page.width - rows.left - EDGE
    written = [] if page.narrow else [bar for bar in bars if bar.text]
    plot = beside([_room_behind(bar, x_range) for bar in written], room)
    above, top = tops(marks, x_range, plot)
    words = [_behind(bar, place[bar.row]) for bar in written]
    arrows = [_arrow(bar, place[bar.row], looks[bar.kind][0]) for bar in bars if pd.isna(bar.end)]
    return drawn(
        [_bars([bar for bar in bars if bar.kind == kind], place, look, 0.5 * rows.thick) for kind, look in looks.items()],
        rows.height,
        left=rows.left,
        right=EDGE + room - plot,
        top=top,
        shapes=[upright(moment) for moment, _ in marks],
        notes=rows.notes + words + arrows + above,
        barmode="overlay",
        xaxis=year_axis(*x_range, plot, showgrid=True),
        yaxis=rows.axis,
    )


def _name(name, bars):
    """Return the name of a row, on a telephone with the words of its bars."""
    words = [escape(bar.text) for bar in bars if bar.row == name and bar.text]
    return escape(name) + (f" <i>{'; '.join(words)}</i>" if theme.page().narrow and words else "")


def _room_behind(bar, x_range):
    """Return where a bar ends, as a share of the axis, and the pixels of the words behind it."""
    arrow = ARROW / 2 if pd.isna(bar.end) else 0
    return (bar.last - x_range[0]) / (x_range[1] - x_range[0]), width(str(bar.text)) + arrow


def _behind(bar, place):
    """Return the words behind a bar, or behind its arrow."""
    return note(html.escape(str(bar.text)), bar.last, place, xanchor="left", xshift=GAP + (ARROW / 2 if pd.isna(bar.end) else 0))


def _bars(picked, place, look, thick):
    """Return all bars of one kind."""
    colour, fill = look
    return {
        "type": "bar",
        "y": [place[bar.row] for bar in picked],
        "x": [max(bar.last - float(bar.start), SHORTEST) for bar in picked],
        "base": [float(bar.start) for bar in picked],
        "orientation": "h",
        "width": thick,
        "marker": {"color": colour if fill == "solid" else theme.PAPER, "line": {"color": colour, "width": 2}},
        "hovertext": [_tip(bar) for bar in picked],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _tip(bar):
    """Return what hovering over a bar tells."""
    first, last = int(bar.start), int(bar.last)
    years = fixed("from_year", year=first) if pd.isna(bar.end) else f"{first}" if first == last else f"{first}–{last}"
    return f"{html.escape(str(bar.row))}, {years}" + (f"<br>{html.escape(str(bar.text))}" if bar.text else "")


def _arrow(bar, place, colour):
    """Return the arrow of a bar that goes on beyond the drawing."""
    return {
        "x": bar.last,
        "y": place,
        "ax": -ARROW,
        "ay": 0,
        "xshift": ARROW / 2,
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 2,
        "arrowcolor": colour,
    }
