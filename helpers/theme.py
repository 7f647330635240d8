"""Colours, template and tool bar: how every figure of the course looks, and how plotly is told so.

Actors keep their colour in every lesson. The marks carry the status of a number: claimed is hollow and dashed,
official is solid, an estimate is a filled marker with a bar from low to high.
"""

import os
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import plotly.io as pio
from IPython import get_ipython
from IPython.display import display
from plotly.io.base_renderers import ExternalRenderer, MimetypeRenderer
from plotly.optional_imports import get_module

from helpers.common import plain
from helpers.sentences import fixed

ACTORS = {"Moscow": "#A61C28", "Beijing": "#B87700", "Pyongyang": "#1B5FAA", "Seoul": "#2E9C8F"}
INK, MUTED, RULE, BAND, PAPER = "#1F2328", "#5B6470", "#E4E6EA", "#F3EEE6", "#FFFFFF"
BLACK = "#000000"
GREYS = ["#3A414B", "#6E7681", "#8D949E"]
# Four colours for counts and methods inside one country, where no actor is meant.
METHODS = ["#1F4E79", "#B5541C", "#4B7F52", "#8A4FBF"]
# One colour per lesson, for dots with the lesson's number in white on them.
LESSONS = {"1": "#1F4E79", "2": "#0F6E6E", "3": "#3F7347", "4": "#3A414B", "5": "#7A3E9D", "6": "#A0431A", "7": "#9C2A68", "8": "#5E5A1E"}
# From few deaths to many: dark is much. Used by the tile map.
SCALE = ["#F4EBDD", "#E9C9A1", "#DB9E6B", "#AD5733", "#8A3327", "#561419"]

FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif"
HEX = re.compile("#[0-9A-Fa-f]{6}")
READABLE = 4.5  # contrast of words to what they stand on, at least (WCAG AA)


@dataclass(frozen=True)
class Page:
    """What a chart is drawn for: its width and the sizes of its letters, in pixels.

    Attributes
    ----------
    width : int
        The least width that the whole chart gets; it may be stretched.
    title, text, small : int
        Font sizes.
    tallest, whole : int
        Height of a drawing at most, without title, sources and axis, and of a whole figure.
    narrow : bool
        Whether names stand above their rows and keys above the drawing, as on a telephone.
    """

    width: int
    title: int
    text: int
    small: int
    tallest: int
    whole: int
    narrow: bool


WIDE = Page(width=760, title=20, text=15, small=14, tallest=352, whole=560, narrow=False)
NARROW = Page(width=360, title=17, text=14, small=13, tallest=900, whole=2000, narrow=True)
TEXT_SIZE, SMALL_SIZE = WIDE.text, WIDE.small
_drawn_for = [NARROW if os.environ.get("COURSE_PAGE") == "narrow" else WIDE]  # the last one counts

# No upload of charts to a server, no logo: the course stays on this computer.
# JupyterLab fits charts to the window itself; plotly's responsive mode would fold a chart up when its slider is moved.
TOOL_BAR = {"displaylogo": False, "showSendToCloud": False, "plotlyServerURL": "", "responsive": False}

# Fonts, colours and a title at the left: what a chart form fixes besides (no legend, no dragging) stands in `figures.layout.drawn`.
TEMPLATE = {
    "layout": {
        "font": {"family": FONT, "size": WIDE.text, "color": INK},
        "title": {"font": {"size": WIDE.title, "weight": 700}, "x": 0.02},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": METHODS,
        "colorscale": {"sequential": [[step / (len(SCALE) - 1), colour] for step, colour in enumerate(SCALE)]},
        "hoverlabel": {"font": {"family": FONT, "size": WIDE.text}},
        "margin": {"l": 56, "r": 24, "t": 84, "b": 56},  # of a reader's own chart; those of the course have their own
        "xaxis": {
            "title": {"standoff": 8},
            "gridcolor": RULE,
            "linecolor": MUTED,
            "tickcolor": MUTED,
            "zerolinecolor": RULE,
            "automargin": True,
        },
        "yaxis": {"gridcolor": RULE, "linecolor": MUTED, "tickcolor": MUTED, "zerolinecolor": RULE, "automargin": True},
    }
}
# The same for the course's own forms, which name every colour: what is stored with each of their charts is a third shorter.
DRAWN = {"layout": {name: part for name, part in TEMPLATE["layout"].items() if name != "colorscale"}}
FACTORY = ("plotly_mimetype", "plotly_mimetype+notebook")  # what plotly chooses by itself in a notebook


class Words(MimetypeRenderer):
    """Says a chart in words beside its picture: what a preview that cannot draw shows instead of a hole."""

    def to_mimebundle(self, fig_dict: dict) -> dict:
        """Return the words of a figure as plain text."""
        return {"text/plain": in_words(fig_dict)}


class Shown(ExternalRenderer):
    """Shows a chart as data and words where plotly's own way cannot: it asks for nbformat, which a browser tab lacks."""

    def render(self, fig_dict: dict) -> None:
        """Hand the chart to the notebook."""
        bundles = [pio.renderers[name].to_mimebundle(fig_dict) for name in ("course_words", "plotly_mimetype")]
        display({name: content for bundle in bundles for name, content in bundle.items()}, raw=True)


def use() -> None:
    """Give every figure of plotly's the course's look and tool bar, in plotly's own way.

    A renderer that the reader or the host has chosen (`PLOTLY_RENDERER`, Colab, `plotly.io.renderers.default`) stays.
    """
    pio.templates["course"], pio.templates["course_drawn"] = TEMPLATE, DRAWN
    pio.templates.default = "course"
    for name in pio.renderers:
        if hasattr(pio.renderers[name], "config"):
            pio.renderers[name].config = {**(pio.renderers[name].config or {}), **TOOL_BAR}
    pio.renderers["course_words"], pio.renderers["course_shown"] = Words(), Shown()
    if get_ipython() and "PLOTLY_RENDERER" not in os.environ and pio.renderers.default in FACTORY:
        pio.renderers.default = "plotly_mimetype+course_words" if get_module("nbformat") else "course_shown"


def in_words(figure: dict) -> str:
    """Return the title of a figure, given as a dictionary, and the sentence that `exhibit` gave it."""
    layout = figure.get("layout", {})
    title = plain(layout.get("title", {}).get("text") or fixed("a_chart_without_a_title"))
    says = (layout.get("meta") or {}).get("says", "")
    return f"{title}{'' if title.endswith(('.', '?', '!')) else '.'} {says}".strip()


def page() -> Page:
    """Return what charts are drawn for at the moment."""
    return _drawn_for[-1]


@contextmanager
def narrow() -> Iterator[None]:
    """Draw charts for a telephone as long as this lasts: `with theme.narrow(): chart = figures.bars(...)`.

    For a whole lesson, start Python with `COURSE_PAGE=narrow`.
    """
    _drawn_for.append(NARROW)
    try:
        yield
    finally:
        _drawn_for.pop()


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG) of "#RRGGBB"."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG) of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def ink(colour: str, ground: str = BAND) -> str:
    """Return the tone of a colour in which words can be read on a ground (the paper and its bands); names of colours stay."""
    if not HEX.fullmatch(colour):
        return colour
    channels, share = [int(colour[place : place + 2], 16) for place in (1, 3, 5)], 1.0
    while contrast(tone := "#" + "".join(f"{round(share * c):02X}" for c in channels), ground) < READABLE:
        share -= 0.02
    return tone


@cache
def on(colour: str) -> str:
    """Return the colour of letters that stand on a colour: paper or ink if that can be read, else black."""
    if not HEX.fullmatch(colour):
        return INK
    return next((tone for tone in (PAPER, INK) if contrast(tone, colour) >= READABLE), BLACK)


INKS = {actor: ink(colour) for actor, colour in ACTORS.items()}  # for words


def wrap(text: str, characters: int) -> str:
    """Return text broken into lines of about so many characters with plotly's line break."""
    return "<br>".join(textwrap.wrap(text, characters, break_long_words=False))
