"""A chart form for a quarrel on paper: two sides shoot at each other across one line of time."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, note

NEAR, FAR = 0.55, 0.9  # length of the strokes; the drawing reaches to 1.5
BEYOND = {"center": {}, "left": {"xanchor": "left"}, "right": {"xanchor": "right"}}


def volley(shots: pd.DataFrame, sides: dict, x_range: Sequence[float], *, ticks: dict, height: float = 300) -> Figure:
    """Draw every shot of two sides as a stroke: upwards for the first side, downwards for the second.

    Parameters
    ----------
    shots : DataFrame
        Columns when (decimal year), side, far (True: a long stroke with a square head, False: a short one with a round
        head), known (False: dotted, with a hollow head), tip (told on hovering), text (written beyond the head or ""),
        align ("center", "left", "right": where the words stand over the head; "beside": at its right), lift (pixels
        that the words stand further off).
    sides : dict
        {side: colour}, two of them, the upper one first.
    x_range : (float, float)
        First and last moment, decimal years.
    ticks : dict
        {decimal year: words below the drawing}
    height : float
        Pixels of the drawing.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or a side without a colour.
    """
    need(shots, "side", "far", "known", "tip", "text", "align", numbers=["when", "lift"])
    need_looks(shots, "side", sides)
    data, notes = [], []
    for (side, colour), up in zip(sides.items(), (1, -1), strict=True):
        notes.append(note(f"<b>{side}</b>", 0, 1.42 * up, colour, xref="paper", xanchor="left"))
        mine = shots[shots["side"] == side]
        for known, rows in mine.groupby("known"):
            ends = [up * (FAR if far else NEAR) for far in rows["far"]]
            data += [_strokes(rows["when"], ends, colour, known), _heads(rows, ends, colour, known)]
            notes += [_words(shot, end, colour, up) for shot, end in zip(rows.itertuples(), ends, strict=True) if shot.text]
    return drawn(
        data,
        height,
        left=14,
        right=14,
        notes=notes,
        xaxis={"range": list(x_range), "tickvals": list(ticks), "ticktext": list(ticks.values()), "showgrid": False},
        yaxis={"range": [-1.5, 1.5], "visible": False},
        shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": {"color": theme.INK, "width": 2}}],
    )


def _strokes(moments, ends, colour, known):
    """Return strokes from the line of time to their ends, as one trace."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [place for moment in moments for place in (moment, moment, None)],
        "y": [place for end in ends for place in (0, end, None)],
        "line": {"color": colour, "width": 2, "dash": "solid" if known else "dot"},
        "hoverinfo": "skip",
    }


def _heads(shots, ends, colour, known):
    """Return the heads of the strokes."""
    symbols = [("square" if far else "circle") + ("" if known else "-open") for far in shots["far"]]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": shots["when"].tolist(),
        "y": ends,
        "marker": {"color": colour, "symbol": symbols, "size": 10, "line": {"color": colour, "width": 2}},
        "text": shots["tip"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
    }


def _words(shot, end, colour, up):
    """Return the words of a shot."""
    if shot.align == "beside":
        return note(shot.text, shot.when, end, colour, xanchor="left", xshift=9)
    beyond = {"yanchor": "bottom" if up > 0 else "top", "yshift": up * (8 + shot.lift)}
    return note(shot.text, shot.when, end, colour, **beyond, **BEYOND[shot.align])
