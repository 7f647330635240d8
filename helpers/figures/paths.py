"""A chart form for who stood where: columns from one side to the other, time running down, a path for whoever moved."""

import html

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, label_gap, lettered, note, shade
from helpers.figures.letters import lines, width, wrap

ROOM, EMPTY = 11, 15  # pixels around the names of a year, and of a year without a position
ASIDE = 0.3  # where marks without a path stand when paths run through their column
HALF = 0.46  # of a column


def paths(positions: pd.DataFrame, *, columns: dict, movers: dict) -> Figure:
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
    page, left = theme.page(), EDGE + width("0000") + GAP
    column = (page.width - left - EDGE) / len(columns)
    others = positions[~positions["actor"].isin(movers)].groupby(["year", "score"])["actor"].agg(", ".join).reset_index()
    others["text"] = [wrap(escape(text), (HALF + 0.38) * column) for text in others["actor"]]
    places = _places(positions, others, page.narrow)
    data, notes = [], []
    for actor, (colour, aside) in movers.items():
        rows = positions[positions["actor"] == actor].sort_values("year")
        x, years = [score + aside for score in rows["score"]], rows["year"].tolist()
        y = [places[year] for year in years]
        data += _path(actor, x, y, years, colour)
        crowded = ((others["year"] == years[0]) & (others["score"] == rows["score"].iloc[0] + 1)).any()
        place = {"yanchor": "bottom", "yshift": 5} if page.narrow or crowded else {"xanchor": "left", "xshift": GAP}
        notes.append(note(f"<b>{escape(actor)}</b>", x[0], y[0], colour, **place))
    data += [_mark(cell, _beside(cell), places[cell.year]) for cell in others.itertuples()]
    words, top = _heads(columns, column)
    if page.narrow:
        signs, told, added = lettered(others["actor"], [theme.GREYS[0]] * len(others), left, top)
        words, top = words + told, added
        others["text"] = [f"<b>{sign}</b>" for sign in signs]
    notes += [_names(cell, _beside(cell), places[cell.year]) for cell in others.itertuples()]
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
    place, found, dated = 0.0, {}, set(positions["year"])
    for year in range(int(positions["year"].min()), int(positions["year"].max()) + 1):
        most = 1 if narrow else max(map(lines, others.loc[others["year"] == year, "text"]), default=1)
        room = label_gap() * most + ROOM if year in dated else EMPTY
        found[year] = place - room / 2
        place -= room
    return found


def _beside(cell):
    """Return where the mark of actors without a path stands: where the paths leave room."""
    return cell.score + (-0.13 if cell.score == -1 else ASIDE if cell.score == 0 else -0.4)


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
    side = "right" if cell.score == -1 else "left"
    return note(cell.text, x, y, theme.GREYS[0], xanchor=side, xshift=-GAP if cell.score == -1 else GAP, align=side)


def _heads(columns, room):
    """Return the names of the columns, on two levels where they are too wide for one, and the pixels that they take."""
    heads = {score: f"<b>{wrap(words, room, bold=True)}</b>" for score, (words, _) in columns.items()}
    steps = 2 if max(map(width, heads.values())) > room else 1
    high = label_gap() * max(map(lines, heads.values())) + 4
    words = [
        note(heads[score], score, 1, colour, yref="paper", yanchor="bottom", yshift=4 + high * (place % steps))
        for place, (score, (_, colour)) in enumerate(columns.items())
    ]
    return words, 4 + high * steps


def _ground(score, colour):
    """Return the pale ground of a column."""
    return {**shade(score - HALF, score + HALF), "fillcolor": colour, "opacity": 0.05 + 0.04 * abs(score)}
