"""Colours, template and tool bar: how every figure of the course looks, and how plotly is told so.

Actors keep their colour in every lesson. The marks carry the status of a number: claimed is hollow and dashed,
official is solid, an estimate is a filled marker with a bar from low to high.
"""

import os
import textwrap

import plotly.io as pio
from IPython import get_ipython
from IPython.display import display
from plotly.graph_objects import Figure
from plotly.io.base_renderers import ExternalRenderer, MimetypeRenderer
from plotly.optional_imports import get_module

from helpers.common import plain

ACTORS = {"Moscow": "#A61C28", "Beijing": "#B87700", "Pyongyang": "#1B5FAA", "Seoul": "#2E9C8F"}
INK, MUTED, RULE, BAND, PAPER = "#1F2328", "#5B6470", "#E4E6EA", "#F3EEE6", "#FFFFFF"
GREYS = ["#3A414B", "#6E7681", "#8D949E"]
# Four colours for counts and methods inside one country, where no actor is meant.
METHODS = ["#1F4E79", "#B5541C", "#4B7F52", "#8A4FBF"]
# One colour per lesson, for dots with the lesson's number in white on them.
LESSONS = {"1": "#1F4E79", "2": "#0F6E6E", "3": "#3F7347", "4": "#3A414B", "5": "#7A3E9D", "6": "#A0431A", "7": "#9C2A68", "8": "#5E5A1E"}
# From few deaths to many: dark is much. Used by the tile map.
SCALE = ["#F4EBDD", "#E9C9A1", "#DB9E6B", "#AD5733", "#993F2E", "#651F22"]

FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif"
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 20, 14, 13
TITLE_WRAP, SUBTITLE_WRAP, FOOTER_WRAP = 56, 88, 96
TITLE_LINE, SUBTITLE_LINE, FOOTER_LINE = 26, 19, 17

# No upload of charts to a server, no logo: the course stays on this computer.
# JupyterLab fits charts to the window itself; plotly's responsive mode would fold a chart up when its slider is moved.
TOOL_BAR = {"displaylogo": False, "showSendToCloud": False, "plotlyServerURL": "", "responsive": False}

# Fonts and colours only: what a chart form fixes besides (no legend, no dragging) stands in `figures.layout.drawn`.
TEMPLATE = {
    "layout": {
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "title": {"font": {"size": TITLE_SIZE}},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": METHODS,
        "colorscale": {"sequential": [[step / (len(SCALE) - 1), colour] for step, colour in enumerate(SCALE)]},
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE}},
        "xaxis": {"gridcolor": RULE, "linecolor": MUTED, "tickcolor": MUTED, "zerolinecolor": RULE, "automargin": True},
        "yaxis": {"gridcolor": RULE, "linecolor": MUTED, "tickcolor": MUTED, "zerolinecolor": RULE, "automargin": True},
    }
}
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
    pio.templates["course"] = TEMPLATE
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
    title = plain(layout.get("title", {}).get("text") or "A chart without a title")
    says = (layout.get("meta") or {}).get("says", "")
    return f"{title}{'' if title.endswith(('.', '?', '!')) else '.'} {says}".strip()


def wrap(text: str, width: int) -> str:
    """Return text broken into lines of about `width` characters with plotly's line break."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False))


def frame(figure: Figure, title: str, subtitle: str, sources: str) -> Figure:
    """Return a copy of a figure with the finding, the unit line and the sources around the drawing, and room for each line.

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
    ValueError
        When one of the three texts is empty.
    """
    for name, text in (("title", title), ("subtitle", subtitle), ("source line", sources)):
        if not text.strip():
            raise ValueError(f"A figure needs a {name}: write one plain sentence.")
    framed = Figure(figure)
    own = framed.layout.title.to_plotly_json()
    below = own.get("subtitle", {}).get("text") or subtitle
    title, subtitle = f"<b>{wrap(title, TITLE_WRAP)}</b>", wrap(below, SUBTITLE_WRAP)
    title, footer = own.get("text") or title, wrap(sources, FOOTER_WRAP)
    margin = {side: framed.layout.margin[side] or 0 for side in "ltb"}
    top = margin["t"] + 40 + TITLE_LINE * (title.count("<br>") + 1) + SUBTITLE_LINE * (subtitle.count("<br>") + 1)
    bottom = margin["b"] + 16 + FOOTER_LINE * (footer.count("<br>") + 1)
    framed.add_annotation(
        text=footer,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=14 - margin["l"],
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-margin["b"],
        align="left",
        showarrow=False,
        font={"size": SMALL_SIZE, "color": MUTED},
    )
    looks = {
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": 14, "t": 18 + 16 * title.count("<br>")},
        "font": {"size": TITLE_SIZE},
    }
    words = {"text": title, "subtitle": {"font": {"size": TEXT_SIZE, "color": MUTED}, **own.get("subtitle", {}), "text": subtitle}}
    return framed.update_layout(
        height=(framed.layout.height or 400) + top + bottom, margin={"t": top, "b": bottom}, title={**looks, **own, **words}
    )
