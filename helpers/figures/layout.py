"""The one place where a figure is made, and the parts that every chart form writes and draws."""

import base64

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from helpers import theme

LABEL_GAP = 18  # pixels between two labels written beside lines
KEY_MARKS = {"circle": "●", "circle-open": "○", "diamond": "◆", "diamond-open": "◇", "square": "■", "square-open": "□"}
DECIMALS = 6  # what a picture can show; so that every computer stores the same chart


def drawn(data, height, left=70, right=40, below=48, top=0, shapes=(), notes=(), **layout) -> go.Figure:
    """Return plotly's own figure from the parts of a chart form.

    Nothing in it can be dragged or zoomed: its labels belong to the axes as they are.

    Parameters
    ----------
    data : list of dict
        The traces.
    height : float
        Of the drawing alone, in pixels; `theme.frame` adds room for the texts.
    left, right, below, top : float
        Room beside, below and above the drawing, in pixels.
    shapes, notes : iterables of dict
        Shapes and annotations.
    **layout
        Axes and other parts of plotly's layout.

    Raises
    ------
    ValueError
        plotly's own, for a property that it does not know.
    """
    for axis in ("xaxis", "yaxis"):
        layout.setdefault(axis, {})
    for axis in [name for name in layout if name[1:].startswith("axis")]:
        outside = {"ticks": "outside"} if axis.startswith("x") else {}
        layout[axis] = {"fixedrange": True, "zeroline": False, "automargin": True, **outside, **layout[axis]}
    layout |= {
        "annotations": list(notes),
        "dragmode": False,
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": below},
        "shapes": list(shapes),
        "showlegend": False,
    }
    return go.Figure(data=rounded(data), layout=rounded(layout))


def rounded(part):
    """Return part of a figure with plain numbers of at most six decimals; what is no number at all becomes a gap."""
    if isinstance(part, dict) and "bdata" in part:  # how plotly writes a column of pandas
        return rounded(np.frombuffer(base64.b64decode(part["bdata"]), part["dtype"]).tolist())
    if isinstance(part, dict):
        return {name: rounded(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [rounded(value) for value in part]
    if isinstance(part, (np.ndarray, np.generic)):
        return rounded(part.tolist())
    if isinstance(part, float):
        return None if part != part else round(part, DECIMALS)
    return part


def numbers(values) -> list:
    """Return the values of a column as plain numbers, with None for gaps."""
    return [None if pd.isna(value) else float(value) for value in values]


def note(text, x, y, colour=None, size=None, **more) -> dict:
    """Return words in or around the drawing, without an arrow."""
    font = {name: value for name, value in (("color", colour), ("size", size)) if value}
    return {"text": text, "x": x, "y": y, "showarrow": False, **({"font": font} if font else {}), **more}


def on_top(x, text, lift=0) -> dict:
    """Return a word just above the drawing, at a place on the horizontal axis."""
    lifted = {"yshift": lift} if lift else {}
    return note(text, x, 1, theme.MUTED, theme.SMALL_SIZE, yref="paper", yanchor="bottom", **lifted)


def key_line(words, above, shift=0) -> dict:
    """Return the marks and words of a key above the drawing, from its left edge moved by `shift`; `above` is in pixels."""
    moved = {"xshift": shift} if shift else {}
    return note(words, 0, 1, xref="paper", xanchor="left", yref="paper", yanchor="bottom", yshift=above, **moved)


def at_the_end(text, y, colour, axis="y") -> dict:
    """Return the label of a line at the right end of the drawing."""
    return note(text, 1, y, colour, xref="paper", xanchor="left", xshift=10, yref=axis, yanchor="middle")


def upright(x, axis="y") -> dict:
    """Return a thin dotted line through the whole drawing."""
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": f"{axis} domain",
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
    }


def level(y, colour) -> dict:
    """Return a thin level line through the whole drawing."""
    return {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": y, "y1": y, "line": {"color": colour, "width": 1}}


def shade(first, last, axis="y") -> dict:
    """Return a pale band from one place on the horizontal axis to another."""
    return {
        "type": "rect",
        "x0": first,
        "x1": last,
        "y0": 0,
        "y1": 1,
        "yref": f"{axis} domain",
        "fillcolor": theme.BAND,
        "line": {"width": 0},
        "layer": "below",
    }


def spread(wanted, gap, floor=None) -> list:
    """Return positions as near as possible to the wanted ones, in their order, at least `gap` apart.

    Parameters
    ----------
    wanted : list of float
        Where the labels would stand.
    gap : float
        The least distance of two of them.
    floor : float, optional
        No position lies below it: plotly draws no label outside the range of its axis.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [wanted[i] for i in order]
    for _ in range(200):
        moved = False
        for i in range(len(placed) - 1):
            short = gap - (placed[i + 1] - placed[i])
            if short > 1e-6:
                placed[i] -= short / 2
                placed[i + 1] += short / 2
                moved = True
        if not moved:
            break
    if floor is not None:
        placed = [max(place, floor + i * gap) for i, place in enumerate(placed)]
    result = [0.0] * len(wanted)
    for position, i in enumerate(order):
        result[i] = placed[position]
    return result


def slider(steps, active, prefix, below) -> dict:
    """Return a slider for a layout: its steps, the number of the first one shown, the words before its value, pixels below the drawing."""
    return {
        "steps": steps,
        "active": active,
        "x": 0,
        "len": 1,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": below},
        "currentvalue": {"prefix": prefix, "font": {"size": theme.TEXT_SIZE}},
        "font": {"size": theme.SMALL_SIZE},
    }
