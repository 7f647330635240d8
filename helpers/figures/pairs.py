"""A chart form for two texts side by side: a row for each point, and what each text says of it."""

import html
from collections.abc import Mapping

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.given import need
from helpers.figures.layout import EDGE, GAP, drawn, label_gap, note
from helpers.figures.letters import lines, width, wrap

BETWEEN = 18  # pixels between two rows


def pairs(table: pd.DataFrame, *, colours: Mapping) -> Figure:
    """Draw two texts side by side, the points from the top down.

    Parameters
    ----------
    table : DataFrame
        First column the points; then a column for each text, its name above it.
    colours : dict
        {column: colour}, two of them, the left one first.

    Raises
    ------
    DataError
        For a column that is not there, or a table without rows.
    """
    need(table, *colours)
    page = theme.page()
    points = [escape(point) for point in table.iloc[:, 0]]
    left = EDGE if page.narrow else EDGE + GAP + max(width(point, bold=True) for point in points)
    room = (page.width - left - EDGE) / len(colours)
    texts = [[wrap(escape(text), room - GAP) for text in row] for row in table[list(colours)].itertuples(index=False)]
    above = label_gap() if page.narrow else 0
    heights = [above + label_gap() * max(map(lines, row)) + BETWEEN for row in texts]
    tops = [-sum(heights[:number]) for number in range(len(heights))]
    notes = [_name(name, place, colour) for place, (name, colour) in enumerate(colours.items())]
    for point, row, top in zip(points, texts, tops):
        at = {"xref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
        notes.append(note(f"<b>{point}</b>", 0, top - BETWEEN / 2, theme.INK, xshift=EDGE - left, **at))
        for place, (text, colour) in enumerate(zip(row, colours.values())):
            notes.append(note(text, place / len(colours), top - BETWEEN / 2 - above, colour, **at))
    return drawn(
        [_hovers(table, colours, tops, heights)],
        sum(heights),
        left=left,
        top=label_gap() + 8,
        below=GAP,
        notes=notes,
        shapes=[_rule(top) for top in tops],
        xaxis={"range": [0, len(colours)], "visible": False},
        yaxis={"range": [-sum(heights), 0], "visible": False},
    )


def _name(name, place, colour):
    """Return the name of a text above its column."""
    return note(f"<b>{name}</b>", place / 2, 1, colour, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=4)


def _rule(top):
    """Return the thin line above a row."""
    place = {"xref": "paper", "x0": 0, "x1": 1, "y0": top, "y1": top, "layer": "below"}
    return {"type": "line", "line": {"color": theme.RULE, "width": 1}, **place}


def _hovers(table, colours, tops, heights):
    """Return unseen marks that tell on hovering what a text says."""
    spots = [(place + 0.5, top - height / 2) for top, height in zip(tops, heights) for place in range(len(colours))]
    cells = [(point, name, row[name]) for point, (_, row) in zip(table.iloc[:, 0], table.iterrows()) for name in colours]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in spots],
        "y": [y for _, y in spots],
        "marker": {"opacity": 0, "size": 20},
        "text": [html.escape(f"{name}, {point}: {words}") for point, name, words in cells],
        "hovertemplate": "%{text}<extra></extra>",
    }
