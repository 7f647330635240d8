"""A chart form for a quarrel on paper: two sides shoot at each other across one line of time."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.axes import year_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, drawn, label_gap, lettered, note
from helpers.figures.letters import LINE, width
from helpers.figures.place import Box, settle

NEAR, FAR, REACH = 0.55, 0.9, 1.5  # length of the strokes; where the drawing ends
SHORT = 48  # pixels: wider words have a letter on a telephone
BEYOND = {"center": {"xanchor": "center"}, "left": {"xanchor": "left"}, "right": {"xanchor": "right"}}


def volley(shots: pd.DataFrame, *, sides: dict, x_range: tuple[float, float], ticks: dict | None = None, height: float = 320) -> Figure:
    """Draw every shot of two sides as a stroke: upwards for the first side, downwards for the second.

    On a telephone the words form a list, with a letter at each head; words as short as a number stay where they are.

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
    ticks : dict, optional
        {decimal year: words below the drawing}; without it the years or months.
    height : float
        Pixels of the drawing.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or a side without a colour.
    """
    need(shots, "side", "far", "known", "tip", "text", "align", numbers=["when", "lift"])
    need_looks(shots, "side", sides)
    page, height = theme.page(), min(height, theme.page().tallest)
    plot, up = page.width - 2 * EDGE, dict(zip(sides, (1, -1), strict=True))
    data, words = [], []
    added: float = 0
    for side, colour in sides.items():
        for known, rows in shots[shots["side"] == side].groupby("known"):
            ends = [_end(shot, up[side]) for shot in rows.itertuples()]
            data += [_strokes(rows["when"], ends, colour, known), _heads(rows, ends, colour, known)]
    told = [shot for shot in shots.sort_values("when").itertuples() if shot.text]
    if page.narrow:
        long = [shot for shot in told if width(shot.text.replace("<br>", " ")) > SHORT]
        letters, words, added = lettered([shot.text.replace("<br>", " ") for shot in long], [sides[shot.side] for shot in long], EDGE)
        of_long = dict(zip((shot.Index for shot in long), letters, strict=True))
        signs = [f"<b>{of_long[shot.Index]}</b>" if shot.Index in of_long else shot.text for shot in told]
        notes = _letters(told, signs, up, sides, x_range, plot, height)
    else:
        notes = [_words(shot, _end(shot, up[shot.side]), sides[shot.side], up[shot.side]) for shot in told]
    notes += [note(f"<b>{side}</b>", 0, 1.42 * up[side], colour, xref="paper", xanchor="left") for side, colour in sides.items()]
    labels = {"tickvals": list(ticks), "ticktext": list(ticks.values())} if ticks and not page.narrow else {}
    return drawn(
        data,
        height,
        top=added,
        notes=notes + words,
        xaxis={**year_axis(*x_range, plot, showline=False), **labels},
        yaxis={"range": [-REACH, REACH], "visible": False},
        shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": {"color": theme.INK, "width": 2}}],
    )


def _end(shot, up):
    """Return where a stroke ends."""
    return up * (FAR if shot.far else NEAR)


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


def _letters(told, signs, up, sides, x_range, plot, height):
    """Return the letters of shots, each beyond its head, as far off as it must be to lie on no other."""
    high, options, shifts = LINE * theme.page().small, [], []
    for shot, sign in zip(told, signs, strict=True):
        wide = max(width("m", bold=True), width(sign))
        x = (shot.when - x_range[0]) / (x_range[1] - x_range[0]) * plot
        y = (REACH - _end(shot, up[shot.side])) / (2 * REACH) * height
        away = [8 + step * high * 0.9 for step in range(4)]
        shifts.append([(aside, off) for off in away for aside in (0, -wide / 2, wide / 2)])
        middles = [(x + aside, y - up[shot.side] * (off + high / 2)) for aside, off in shifts[-1]]
        options.append([Box(a - wide / 2, b - high / 2, a + wide / 2, b + high / 2) for a, b in middles])
    chosen, _ = settle(options, [], Box(-EDGE, -label_gap(), plot + EDGE, height + label_gap()))
    return [
        note(
            sign,
            shot.when,
            _end(shot, up[shot.side]),
            sides[shot.side],
            xshift=places[number][0],
            yshift=up[shot.side] * places[number][1],
            yanchor="bottom" if up[shot.side] > 0 else "top",
        )
        for shot, sign, places, number in zip(told, signs, shifts, chosen)
    ]
