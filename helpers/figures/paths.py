"""A chart form for who stood where: columns from one side to the other, time running down, a path for whoever moved."""

import html

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, note, shade

LINE, ROOM = 15, 20  # pixels of a line of names, and around the names of a year
ASIDE = 0.28  # where marks without a path stand when paths run through their column


def paths(positions: pd.DataFrame, columns: dict, movers: dict) -> Figure:
    """Draw dated positions between two sides; a path joins those of one actor, dotted across years without a source.

    Parameters
    ----------
    positions : DataFrame
        Columns actor, year, score.
    columns : dict
        {score: (its name, colour)}, from the left to the right.
    movers : dict
        {actor: (colour, how far its path stands beside the middle of a column)}; all others are marks with names.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a score without a column, or text where numbers belong.
    """
    need(positions, "actor", numbers=["year", "score"])
    need_looks(positions, "score", columns)
    others = positions[~positions["actor"].isin(movers)].groupby(["year", "score"])["actor"].agg(list).reset_index()
    places = _places(positions, others)
    data, notes = [], [_head(score, *about) for score, about in columns.items()]
    for actor, (colour, aside) in movers.items():
        rows = positions[positions["actor"] == actor].sort_values("year")
        x, years = [score + aside for score in rows["score"]], rows["year"].tolist()
        y = [places[year] for year in years]
        data += _path(actor, x, y, years, colour)
        notes.append(note(f"<b>{html.escape(actor, quote=False)}</b>", x[0], y[0], colour, xanchor="left", xshift=10))
    for cell in others.itertuples():
        x = cell.score + (-0.12 if cell.score < 0 else ASIDE if cell.score == 0 else 0)
        data.append(_mark(cell, x, places[cell.year]))
        notes.append(_names(cell, x, places[cell.year]))
    top, foot = max(places.values()) + ROOM, min(places.values()) - ROOM
    return drawn(
        data,
        top - foot,
        left=56,
        right=14,
        top=44,
        below=10,
        notes=notes,
        shapes=[_ground(score, colour) for score, (_, colour) in columns.items()],
        xaxis={"range": [min(columns) - 0.5, max(columns) + 1.2], "visible": False},
        yaxis={"range": [foot, top], "tickvals": list(places.values()), "ticktext": [str(year) for year in places], "showgrid": False},
    )


def _places(positions, others):
    """Return the place of every year from the top down, in pixels: as much room as the names of that year need."""
    place, found = 0.0, {}
    for year in range(int(positions["year"].min()), int(positions["year"].max()) + 1):
        room = LINE * max(map(len, others.loc[others["year"] == year, "actor"]), default=1) + ROOM
        found[year] = place - room / 2
        place -= room
    return found


def _path(actor, x, y, years, colour):
    """Return the path of an actor: dots at its positions, lines between them."""
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"color": colour, "size": 11},
        "text": [f"{html.escape(actor)}, {year}" for year in years],
        "hovertemplate": "%{text}<extra></extra>",
    }
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x[step : step + 2],
            "y": y[step : step + 2],
            "line": {"color": colour, "width": 2.5, "dash": "solid" if years[step + 1] - years[step] == 1 else "dot"},
            "hoverinfo": "skip",
        }
        for step in range(len(x) - 1)
    ]
    return [*lines, dots]


def _mark(cell, x, y):
    """Return the mark of actors with one dated position."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "marker": {"color": theme.GREYS[1], "size": 9},
        "text": [f"{html.escape(', '.join(cell.actor))}: {cell.year}"],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _names(cell, x, y):
    """Return the names of actors with one dated position, beside their mark."""
    left = cell.score < 0
    text = theme.wrap(html.escape(", ".join(cell.actor), quote=False), 11 if left else 16)
    side = "right" if left else "left"
    return note(text, x, y, theme.GREYS[0], xanchor=side, xshift=-10 if left else 10, align=side)


def _head(score, words, colour):
    """Return the name of a column."""
    return note(f"<b>{words}</b>", score, 1, colour, yref="paper", yanchor="bottom", yshift=4)


def _ground(score, colour):
    """Return the pale ground of a column."""
    return {**shade(score - 0.46, score + 0.46), "fillcolor": colour, "opacity": 0.05 + 0.04 * abs(score)}
