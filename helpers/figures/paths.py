"""A chart form for who stood where: columns from one side to the other, time running down, a path for whoever moved."""

import html

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, label_gap, lettered, note, shade
from helpers.figures.letters import lines, width, wrap

ROOM, EMPTY = 9, 12  # pixels around the names of a year, and of a year without a position
ASIDE = -0.43  # where marks without a path stand in their column: their names run to its right
HALF = 0.46  # of a column
SIDES = {  # where the name of a path stands beside a position
    "left": {"xanchor": "right", "xshift": -GAP, "yshift": 5, "align": "right"},
    "right": {"xanchor": "left", "xshift": GAP},
    "below right": {"xanchor": "left", "xshift": GAP, "yshift": -7},
    "above": {"yanchor": "bottom", "yshift": 5},
}


def paths(positions: pd.DataFrame, *, columns: dict, movers: dict, named: dict | None = None) -> Figure:
    """Draw dated positions between two sides; a path joins those of one actor, dotted across years without a source.

    Parameters
    ----------
    positions : DataFrame
        Columns actor, year, score.
    columns : dict
        {score: (its name, colour)}, from the left to the right.
    movers : dict
        {actor: (colour, how far its path stands beside the middle of a column)}; all others are marks with names.
    named : dict, optional
        {actor: (year, side)}: beside which of its positions the name of a path stands, "left", "right", "below right" or
        "above"; else to the right of the first, on a telephone above it.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a score without a column, or text where numbers belong.
    """
    need(positions, "actor", numbers=["year", "score"])
    need_looks(positions, "score", columns)
    page, left = theme.page(), EDGE + width("0000") + GAP
    column = (page.width - left - EDGE) / len(columns)
    others = positions[~positions["actor"].isin(movers)].groupby(["year", "score"])["actor"].agg(", ".join).reset_index()
    passing = positions[positions["actor"].isin(movers)]
    passing = passing.assign(aside=[movers[actor][1] for actor in passing["actor"]]).groupby(["year", "score"])["aside"].min()
    ends = [passing.get((cell.year, cell.score), HALF + 0.02) for cell in others.itertuples()]  # where the room for names ends
    others["text"] = [wrap(escape(text), (end - ASIDE) * column - 2 * GAP) for text, end in zip(others["actor"], ends, strict=True)]
    places = _places(positions, others, page.narrow)
    data, notes = [], []
    for actor, (colour, aside) in movers.items():
        rows = positions[positions["actor"] == actor].sort_values("year")
        x, years = [score + aside for score in rows["score"]], rows["year"].tolist()
        y = [places[year] for year in years]
        data += _path(actor, x, y, years, colour)
        year, side = (named or {}).get(actor, (years[0], "above" if page.narrow else "right"))
        room = (aside + 0.5) * column if side == "left" else page.width
        name, at = f"<b>{wrap(escape(actor), room, bold=True)}</b>", years.index(year)
        notes.append(note(name, x[at], y[at], colour, **SIDES[side]))
    data += [_mark(cell, cell.score + ASIDE, places[cell.year]) for cell in others.itertuples()]
    words, top = _heads(columns, column)
    if page.narrow:
        signs, told, added = lettered(others["actor"], [theme.GREYS[0]] * len(others), left, top)
        words, top = words + told, added
        others["text"] = [f"<b>{sign}</b>" for sign in signs]
    notes += [_names(cell, cell.score + ASIDE, places[cell.year]) for cell in others.itertuples()]
    foot = min(places.values()) - ROOM - label_gap() / 2
    return drawn(
        data,
        -foot,
        left=left,
        top=top,
        below=GAP,
        notes=notes + words,
        shapes=[_ground(score, colour) for score, (_, colour) in columns.items()],
        xaxis={"range": [min(columns) - 0.5, max(columns) + 0.5], "visible": False},
        yaxis={"range": [foot, 0], "tickvals": list(places.values()), "ticktext": [str(year) for year in places], "showgrid": False},
    )


def _places(positions, others, narrow):
    """Return the place of every year from the top down, in pixels: as much room as the names of that year need."""
    # on a telephone the names of paths stand above their first position
    place, found, dated = -label_gap() if narrow else 0.0, {}, set(positions["year"])
    for year in range(int(positions["year"].min()), int(positions["year"].max()) + 1):
        most = 1 if narrow else max(map(lines, others.loc[others["year"] == year, "text"]), default=1)
        room = label_gap() * most + ROOM if year in dated else EMPTY
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
    parts = [
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
    return [*parts, dots]


def _mark(cell, x, y):
    """Return the mark of actors with one dated position."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "marker": {"color": theme.GREYS[1], "size": 9},
        "text": [f"{html.escape(cell.actor)}: {cell.year}"],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _names(cell, x, y):
    """Return the names of actors with one dated position, beside their mark."""
    return note(cell.text, x, y, theme.GREYS[0], xanchor="left", xshift=GAP, align="left")


def _heads(columns, room):
    """Return the names of the columns, on two levels where they are too wide for one, and the pixels that they take."""
    slim = max(width(words, bold=True) for words, _ in columns.values()) > room
    outer = (min(columns), max(columns))  # beyond them the drawing ends
    rooms = {score: room * (1.7 if slim and score not in outer else 1) for score in columns}
    heads = {score: f"<b>{wrap(words, rooms[score], bold=True)}</b>" for score, (words, _) in columns.items()}
    steps = 2 if slim else 1
    high = label_gap() * max(map(lines, heads.values())) + 4
    words = [
        note(heads[score], score, 1, colour, yref="paper", yanchor="bottom", yshift=4 + high * (place % steps))
        for place, (score, (_, colour)) in enumerate(columns.items())
    ]
    return words, 4 + high * steps


def _ground(score, colour):
    """Return the pale ground of a column."""
    return {**shade(score - HALF, score + HALF), "fillcolor": colour, "opacity": 0.05 + 0.04 * abs(score)}
