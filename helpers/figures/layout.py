"""The one place where a figure is made, and the parts that every chart form writes and draws."""

import base64
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go
from plotly import io as pio

from helpers import theme
from helpers.common import escape
from helpers.figures.axes import EDGE as EDGE
from helpers.figures.axes import GAP as GAP
from helpers.figures.axes import reach as reach
from helpers.figures.axes import room_for_values as room_for_values
from helpers.figures.axes import value_axis as value_axis
from helpers.figures.axes import year_axis as year_axis
from helpers.figures.letters import LINE, lines, minus, width, wrap

ALPHABET = string.ascii_lowercase
DECIMALS = 6  # what a picture can show; so that every computer stores the same chart
KEY_MARKS = {
    "circle": "●",
    "circle-open": "○",
    "diamond": "◆",
    "diamond-open": "◇",
    "square": "■",
    "square-open": "□",
    "line": "━",
    "dash": "╍",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "star": "★",
    "hexagon": "⬢",
    "cross": "✚",
    "x": "✖",
    "dots": "●",
    "hollow": "○",
}


def drawn(data, height, left=EDGE, right=EDGE, below=34, top=0, shapes=(), notes=(), **layout) -> go.Figure:
    """Return plotly's own figure from the parts of a chart form.

    Nothing in it can be dragged or zoomed: its labels belong to the axes as they are.

    Parameters
    ----------
    data : list of dict
        The traces.
    height : float
        Of the drawing alone, in pixels; `frame` adds room for the texts.
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
    page = theme.page()
    for axis in ("xaxis", "yaxis"):
        layout.setdefault(axis, {})
    for axis in [name for name in layout if name[1:].startswith("axis")]:
        common = {"fixedrange": True, "zeroline": False, "automargin": True}
        layout[axis] = {**common, **({"ticks": "outside"} if axis.startswith("x") else {}), **layout[axis]}
    layout |= {
        "annotations": list(notes),
        "dragmode": False,
        "font": {"size": page.small},
        "height": round(height),
        "margin": {"l": round(left), "r": round(right), "t": round(top), "b": round(below)},
        "shapes": list(shapes),
        "showlegend": False,
        "width": page.width,
    }
    if any("<br>" in text for text in layout["xaxis"].get("ticktext", ())):
        layout["margin"]["b"] += round(label_gap())
    if page is not theme.WIDE:
        layout["hoverlabel"] = {"font": {"size": page.text}}
    if pio.templates.default == "course":
        layout["template"] = "course_drawn"
    return go.Figure(data=rounded(data), layout=rounded(layout))


@dataclass
class Pane:
    """One of several small charts in a figure.

    Attributes
    ----------
    x, y : str
        Its axes, as traces and notes name them: "x2", "y2".
    across, down : (float, float)
        Where it lies in the drawing, as shares of it.
    room : float
        Its width in pixels.
    """

    x: str
    y: str
    across: tuple
    down: tuple
    room: float

    def axes(self, xaxis: dict, yaxis: dict) -> dict:
        """Return its two axes for a layout."""
        return {
            self.x.replace("x", "xaxis"): {**xaxis, "domain": list(self.across), "anchor": self.y},
            self.y.replace("y", "yaxis"): {**yaxis, "domain": list(self.down), "anchor": self.x},
        }

    def heading(self, text: str, colour: str | None = None, lift: float = 4) -> dict:
        """Return words above its upper left corner."""
        return note(
            text,
            self.across[0],
            self.down[1],
            colour,
            xref="paper",
            xanchor="left",
            yref="paper",
            yanchor="bottom",
            align="left",
            yshift=lift,
        )


def panes(count: int, height: float, left: float, head: float, gap: float = 40) -> tuple[list[Pane], float]:
    """Return places for small charts side by side, on a telephone one below the other, and the height of the whole drawing.

    Parameters
    ----------
    count : int
        How many.
    height : float
        Pixels of each.
    left : float
        Left margin of the drawing.
    head : float
        Pixels above each for its words; above the uppermost they belong to the margin of the drawing.
    gap : float
        Pixels between two that stand side by side, or below one for the labels of its years.
    """
    room = theme.page().width - left - EDGE
    names = [("x", "y") if number == 0 else (f"x{number + 1}", f"y{number + 1}") for number in range(count)]
    if theme.page().narrow:
        whole = count * height + (count - 1) * (gap + head)
        tops = [1 - number * (height + gap + head) / whole for number in range(count)]
        return [Pane(*name, (0, 1), (max(0, top - height / whole), top), room) for name, top in zip(names, tops)], whole
    wide = (room - gap * (count - 1)) / count
    lefts = [number * (wide + gap) / room for number in range(count)]
    return [Pane(*name, (at, min(1, at + wide / room)), (0, 1), wide) for name, at in zip(names, lefts)], height


def rounded(part: Any) -> Any:
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


def numbers(values: Iterable) -> list[float | None]:
    """Return the values of a column as plain numbers, with None for gaps."""
    return [None if pd.isna(value) else float(value) for value in values]


def note(text: str, x: Any, y: Any, colour: str | None = None, size: Any = None, **more: Any) -> dict:
    """Return words in or around the drawing, without an arrow, in a tone that can be read; the drawing's own tone and size go unsaid."""
    tone = theme.ink(colour or theme.INK)
    font = ({"color": tone} if tone != theme.INK else {}) | ({"size": size} if size else {})
    said = {name: value for name, value in more.items() if value != 0 or not name.endswith("shift")}
    return {"text": minus(text), "x": x, "y": y, "showarrow": False, **({"font": font} if font else {}), **said}


def on_top(x: Any, text: str, lift: float = 0) -> dict:
    """Return a word just above the drawing, at a place on the horizontal axis."""
    return note(text, x, 1, theme.MUTED, yref="paper", yanchor="bottom", yshift=lift)


def tops(words: Sequence[tuple], x_range: tuple[float, float], room: float, above: float = 0) -> tuple[list, float]:
    """Return words above the drawing, each over its place, on as many lines as they need; and the height of these lines.

    Parameters
    ----------
    words : sequence of (x, text)
        Places on the horizontal axis and what stands there.
    x_range : (float, float)
        Ends of the axis.
    room : float
        Width of the drawing in pixels.
    above : float
        Pixels between the drawing and the lowest line.
    """
    per_pixel, gap = (x_range[1] - x_range[0]) / room, label_gap()
    notes, edges = [], []
    for x, text in sorted(words, key=lambda word: word[0]):
        half = (width(text) / 2 + 5) * per_pixel
        line = next((line for line, edge in enumerate(edges) if edge < x - half), len(edges))
        edges[line : line + 1] = [x + half]
        inside = min(max(x, x_range[0] + half - 10 * per_pixel), x_range[1] - half + 10 * per_pixel)
        notes.append(note(text, inside, 1, theme.MUTED, yref="paper", yanchor="bottom", yshift=above + gap * line))
    return notes, gap * len(edges)


def on_bands(marks: Sequence[tuple], bands: Sequence[tuple]) -> list:
    """Return (x, text) for the words above marks and in the middle above bands, for `tops`."""
    return [*marks, *(((first + last) / 2, text) for first, last, text in bands)]


def at_the_end(text: str, y: float, colour: str, axis: str = "y") -> dict:
    """Return the label of a line at the right end of the drawing."""
    return note(text, 1, y, colour, xref="paper", xanchor="left", xshift=GAP, yref=axis, yanchor="middle", align="left")


def key(words: Sequence[tuple], left: float, above: float = 4) -> tuple[list, float]:
    """Return the marks and words of a key above the drawing, from the edge of the figure, and its height in pixels.

    Parameters
    ----------
    words : sequence of (mark, text, colour)
        In order; a name of `KEY_MARKS` or a sign.
    left : float
        Left margin of the drawing.
    above : float
        Pixels between the drawing and the key.
    """
    page = theme.page()
    parts = [(f"{KEY_MARKS.get(mark, mark)} {text}".strip(), colour) for mark, text, colour in words]
    rows, room = [[]], page.width - 2 * EDGE
    for part in parts:
        if rows[-1] and width("    ".join(text for text, _ in [*rows[-1], part])) > room:
            rows.append([])
        rows[-1].append(part)
    text = "<br>".join("    ".join(_in_colour(words, colour) for words, colour in row) for row in rows)
    return ([_at_the_edge(text, theme.INK, left, above)], above + LINE * page.small * lines(text) + 2) if parts else ([], 0)


def _in_colour(words, colour):
    """Return a mark and its words; a square has the very colour of the areas it stands for, words one that can be read."""
    if words.startswith("■"):
        return f'<span style="color:{colour}">■</span><span style="color:{theme.ink(colour)}">{words[1:]}</span>'
    return f'<span style="color:{theme.ink(colour)}">{words}</span>'


def _at_the_edge(text, colour, left, above):
    """Return words above the drawing, from the edge of the figure."""
    edge = {"xref": "paper", "xanchor": "left", "xshift": EDGE - left, "align": "left"}
    return note(text, 0, 1, colour, yref="paper", yanchor="bottom", yshift=above, **edge)


def lettered(texts: Sequence[str], colours: Sequence[str], left: float, above: float = 4) -> tuple[list, list, float]:
    """Return letters for marks that have no room for words, the list of what the letters mean, and its height in pixels.

    Parameters
    ----------
    texts, colours : sequences of str
        The words of the marks, in their order, and the colour of each.
    left, above : float
        Left margin of the drawing; pixels between it and the list.
    """
    page = theme.page()
    signs = [ALPHABET[place] if place < 26 else ALPHABET[place // 26 - 1] + ALPHABET[place % 26] for place in range(len(texts))]
    told, height = [], above
    for sign, text, colour in reversed(list(zip(signs, texts, colours))):
        broken = wrap(f"{sign}  {escape(text)}", page.width - 2 * EDGE)
        broken = f"<b>{sign}</b> " + broken.removeprefix(sign).strip()
        told.append(
            note(
                broken,
                0,
                1,
                colour,
                xref="paper",
                xanchor="left",
                xshift=EDGE - left,
                yref="paper",
                yanchor="bottom",
                yshift=height,
                align="left",
            )
        )
        height += LINE * page.small * lines(broken) + 2
    return signs, told[::-1], height + 6


def label_gap() -> float:
    """Return the least distance in pixels of two labels one below the other."""
    return LINE * theme.page().small


def upright(x: Any, axis: str = "y") -> dict:
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


def level(y: Any, colour: str) -> dict:
    """Return a thin level line through the whole drawing."""
    return {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": y, "y1": y, "line": {"color": colour, "width": 1}}


def shade(first: Any, last: Any, axis: str = "y") -> dict:
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


def spread(wanted: Sequence[float], gap: float, floor: float | None = None) -> list[float]:
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


def slider(steps: Sequence[dict], active: int, prefix: str, below: float) -> dict:
    """Return a slider for a layout: its steps, the number of the first one shown, the words before its value, pixels below the drawing."""
    room = theme.page().width - 2 * EDGE
    inset = max(0.04, max(width(steps[end]["label"]) for end in (0, -1)) / 2 / room)
    return {
        "steps": steps,
        "active": active,
        "x": inset,
        "len": 1 - 2 * inset,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": below},
        "currentvalue": {"prefix": prefix},
    }
