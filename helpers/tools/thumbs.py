"""A lesson's opening chart as a small picture (SVG) for the first page of the web pages: its shapes and marks, without its words."""

import html
import re

from helpers import common
from helpers.common import CHART

WIDTH = 760  # pixels of a stored chart that does not name its own
BROAD = 1.8  # a small picture is at least so many times as wide as it is high
DASHES = {"dot": "2 4", "dash": "9 6", "longdash": "14 8", "dashdot": "9 5 2 5"}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SIGN = 26  # pixels: a sign in a small picture is larger than in the chart


def opening(notebook) -> dict | None:
    """Return the first chart that a lesson stores, as plotly's JSON; None for a lesson without one."""
    stored = (output.data for cell in notebook.cells for output in cell.get("outputs", []) if CHART in output.get("data", {}))
    return next((shown[CHART] for shown in stored), None)


def thumbnail(chart: dict) -> str:
    """Return a chart of lines, marks, bars and shapes as SVG: what is inside its axes, without title, labels and sources.

    Raises
    ------
    ValueError
        For another kind of chart.
    """
    layout = chart["layout"]
    margin = layout["margin"]
    high = layout["height"] - margin["t"] - margin["b"]
    wide = max(layout.get("width", WIDTH) - margin["l"] - margin["r"], BROAD * high)
    across, down = _scale(layout["xaxis"]["range"], 0, wide), _scale(layout["yaxis"]["range"], high, 0)
    parts = [_shape(shape, across, down, wide, high) for shape in layout.get("shapes", [])]
    for trace in chart["data"]:
        if trace["type"] not in DRAW:
            raise ValueError(f"A small picture is drawn of {' and '.join(DRAW)} charts, not of '{trace['type']}': add it to thumbs.py.")
        parts += DRAW[trace["type"]](trace, across, down)
    if layout["xaxis"].get("showline"):
        parts.append(f'<path d="M0,{high:.0f}H{wide:.0f}" stroke="#5B6470" stroke-width="2"/>')
    parts += [_sign(note, across, down) for note in layout.get("annotations", []) if len(common.plain(note["text"])) == 1]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 {wide + 16:.0f} {high + 16:.0f}">{"".join(parts)}</svg>\n'


def _scale(ends, begin, end):
    """Return the function from a value on an axis to pixels."""
    return lambda value: begin + (value - ends[0]) / (ends[1] - ends[0]) * (end - begin)


def _pen(line, standard="none"):
    """Return how a line is drawn, as attributes."""
    wide, dash = line.get("width", 2), DASHES.get(line.get("dash", "solid"))
    if not wide:
        return ' stroke="none"'
    return f' stroke="{html.escape(str(line.get("color", standard)))}" stroke-width="{wide}"' + (f' stroke-dasharray="{dash}"' * bool(dash))


def _fill(colour):
    return f' fill="{html.escape(colour)}"' if colour and not colour.startswith("rgba(0,0,0,0") else ' fill="none"'


def _shape(shape, across, down, wide, high):
    look = f"{_fill(shape.get('fillcolor', ''))}{_pen(shape.get('line', {}))}"
    if shape["type"] == "path":
        values = iter(NUMBER.findall(shape["path"]))
        place = re.sub(NUMBER, "{}", shape["path"])
        spots = [f"{(down if number % 2 else across)(float(value)):.0f}" for number, value in enumerate(values)]
        return f'<path d="{place.format(*spots)}"{look}/>'
    x = across if shape.get("xref", "x") == "x" else lambda part: part * wide
    y = down if shape.get("yref", "y") == "y" else lambda part: (1 - part) * high
    one, other = (x(shape["x0"]), y(shape["y0"])), (x(shape["x1"]), y(shape["y1"]))
    if shape["type"] == "line":
        return f'<path d="M{one[0]:.0f},{one[1]:.0f}L{other[0]:.0f},{other[1]:.0f}"{look}/>'
    return _box(one, other, look)


def _box(one, other, look):
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return f'<rect x="{left:.0f}" y="{top:.0f}" width="{right - left:.0f}" height="{bottom - top:.0f}"{look}/>'


def _each(value, place, standard):
    """Return the value of one mark, where a trace names one for all, one for each or none."""
    value = standard if value is None else value
    return value[place] if isinstance(value, list) else value


def _bars(trace, across, down):
    """Draw bars that stand or, with orientation "h", lie."""
    lies, marker, found = trace.get("orientation") == "h", trace.get("marker", {}), []
    for place, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        length, middle = (x, y) if lies else (y, x)
        if length is None:
            continue
        base, half = _each(trace.get("base"), place, 0), _each(trace.get("width"), place, 0.8) / 2
        ends = [(base, middle - half), (base + length, middle + half)]
        corners = [(across(one), down(other)) if lies else (across(other), down(one)) for one, other in ends]
        line = marker.get("line", {})
        pen = _pen({"color": _each(line.get("color"), place, "none"), "width": _each(line.get("width"), place, 0)})
        found.append(_box(*corners, f"{_fill(_each(marker.get('color'), place, ''))}{pen}"))
    return found


def _marks(trace, across, down):
    """Draw lines and marks; a mark's text only when it is one sign."""
    spots = [(across(x), down(y)) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None and y is not None]
    mode, marker, found = trace.get("mode", "lines"), trace.get("marker", {}), []
    if "lines" in mode and len(spots) > 1:
        path = "L".join(f"{x:.0f},{y:.0f}" for x, y in spots)
        found.append(f'<path d="M{path}" fill="none"{_pen(trace.get("line", {}))}/>')
    if "markers" not in mode or marker.get("opacity") == 0:
        return found
    for place, (x, y) in enumerate(spots):
        line = marker.get("line", {})
        pen = _pen({"color": _each(line.get("color"), place, "none"), "width": _each(line.get("width"), place, 0)})
        look, half = f"{_fill(_each(marker.get('color'), place, ''))}{pen}", marker.get("size", 6) / 2
        square = marker.get("symbol") == "square"
        found.append(
            _box((x - half, y - half), (x + half, y + half), look)
            if square
            else f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{half + 2:.0f}"{look}/>'
        )
        text = common.plain(str(_each(trace.get("text"), place, ""))) if "text" in mode else ""
        found += [_letter(text, x, y)] if len(text) == 1 else []
    return found


def _sign(note, across, down):
    if note.get("xref", "x") != "x" or note.get("yref", "y") != "y":
        return ""
    return _letter(common.plain(note["text"]), across(note["x"]) + note.get("xshift", 0), down(note["y"]) - note.get("yshift", 0))


def _letter(text, x, y):
    look = f'font-family="sans-serif" font-weight="700" font-size="{SIGN}" text-anchor="middle" fill="#1F2328"'
    return f'<text x="{x:.0f}" y="{y + SIGN * 0.35:.0f}" {look}>{html.escape(text)}</text>'


DRAW = {"scatter": _marks, "bar": _bars}
