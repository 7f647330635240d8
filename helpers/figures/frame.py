"""The frame of a figure: the finding, the unit and the sources around a drawing, with room for each line."""

import math

from plotly.graph_objects import Figure

from helpers import theme
from helpers.data import DataError
from helpers.figures.letters import LINE, lines, minus, wrap
from helpers.sentences import fixed

EDGE = 14  # pixels from the edge of the figure to its texts
AROUND = 14  # pixels above the title and below the sources
STEP = 20  # a figure's height is a multiple of this, so that a style sheet can name it (notebooks/rise.css)
SPARE = 0.09  # of a drawing's height that can be saved without letters touching
FOOTER = "sources"  # the name of the annotation with the sources


def frame(figure: Figure, title: str, subtitle: str, sources: str) -> Figure:
    """Return a copy of a figure with its finding, its unit line and its sources.

    A title that the figure has already stays, with all that was set for it.

    Parameters
    ----------
    figure : Figure
        Its height is that of the drawing; its margins l, r and b are those of the drawing.
    title : str
        The finding, one plain sentence.
    subtitle : str
        What, unit, place, years.
    sources : str
        Short source line for the footer.

    Raises
    ------
    DataError
        When one of the three texts is empty.
    """
    return Figure(in_frame(figure.to_plotly_json(), title, subtitle, sources))


def in_frame(chart: dict, title: str, subtitle: str, sources: str) -> dict:
    """Return what `frame` does, for a figure and its copy as plotly's JSON: a Figure is made once, and checked once."""
    for name, text in ((fixed("frame_title"), title), (fixed("frame_subtitle"), subtitle), (fixed("frame_sources"), sources)):
        if not text.strip():
            raise DataError(fixed("a_figure_needs_a_write_one_plain", name=name))
    page, layout = theme.page(), {**chart.get("layout", {})}
    own, room = layout.get("title", {}), page.width - 2 * EDGE
    own = {"text": own} if isinstance(own, str) else own
    below = own.get("subtitle", {}).get("text") or wrap(minus(subtitle), room, page.small)
    title = own.get("text") or titled(title)
    footer = wrap(minus(sources), room, page.small)
    margin = {side: layout.get("margin", {}).get(side) or 0 for side in "ltb"}
    height = layout.get("height") or page.tallest
    # plotly sets a subtitle of one line lower than the first of several, and a title of several lines higher
    between = 20 if lines(below) == 1 else 10
    top = margin["t"] + AROUND + LINE * (page.title * lines(title) + page.small * lines(below)) + between + 4
    bottom = margin["b"] + LINE * page.small * lines(footer) + AROUND
    wanted = round(top + bottom + height)
    whole = STEP * math.ceil(max(round(wanted - SPARE * height), min(wanted, page.whole)) / STEP)
    bottom += max(0, whole - top - bottom - height)
    looks = {
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": EDGE, "t": AROUND + (0.7 * page.title if lines(title) > 1 else 0)},
        "font": {"size": page.title},
    }
    words = {"text": title, "subtitle": {"font": {"size": page.small, "color": theme.MUTED}, **own.get("subtitle", {}), "text": below}}
    drawing = {"height": round(height + margin["t"] + margin["b"]), "t": margin["t"], "b": margin["b"]}
    layout |= {
        "annotations": [*(layout.get("annotations") or ()), _footer(footer, margin, page)],
        "meta": {**(layout.get("meta") or {}), "drawing": drawing},  # what is left when the frame is taken off
        "height": whole,
        "margin": {**layout.get("margin", {}), "t": round(top), "b": round(bottom)},
        "title": {**looks, **own, **words},
    }
    return {**chart, "layout": layout}


def titled(text: str) -> str:
    """Return a finding as it stands above a figure: bold, in lines that are about equally long."""
    page = theme.page()
    return f"<b>{wrap(minus(text), page.width - 2 * EDGE, page.title, bold=True)}</b>"


def _footer(text, margin, page):
    """Return the sources below the drawing, from the left edge of the figure."""
    return {
        "name": FOOTER,
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": EDGE - margin["l"],
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -margin["b"],
        "align": "left",
        "showarrow": False,
        "font": {"size": page.small, "color": theme.MUTED},
    }
