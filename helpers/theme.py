"""Colours, template and tool bar: how every figure of the course looks.

Actors keep their colour in every lesson. The marks carry the status of a number: claimed is hollow and dashed,
official is solid, an estimate is a filled marker with a bar from low to high.
"""

import gc
import json
import textwrap

from IPython import get_ipython
from IPython.display import display

from helpers.common import CHART

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
TOOL_BAR = {
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": False,
    "modeBarButtons": [["toImage", "resetScale2d"]],
}

TEMPLATE = {
    "layout": {
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": METHODS,
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE}},
        "xaxis": {
            "gridcolor": RULE,
            "linecolor": MUTED,
            "ticks": "outside",
            "tickcolor": MUTED,
            "zeroline": False,
            "automargin": True,
            "title": {"font": {"size": TEXT_SIZE}},
        },
        "yaxis": {"gridcolor": RULE, "zeroline": False, "automargin": True},
    }
}


def use():
    """Give figures that a reader makes with plotly itself the course's look and tool bar: shown as data, no HTML, no network."""
    gc.freeze()  # what the imports built stays; the collector would need 40 ms to look at it again
    if shell := get_ipython():
        shell.events.register("pre_run_cell", _before_cell)


def _before_cell(info):
    """Dress plotly when a cell first speaks of it: its import would cost every lesson the time of three charts."""
    if "plotly" in info.raw_cell:
        import plotly.io as pio
        from plotly.basedatatypes import BaseFigure

        pio.templates["course"] = TEMPLATE
        pio.templates.default = "course"
        BaseFigure.show = BaseFigure._ipython_display_ = show


def show(figure, *_, **__):
    """Show a chart, or a figure of plotly's own, as data with the course's tool bar; plotly's options of `show` are passed over.

    plotly's own way loads a notebook checker first: a tenth of a second for each kernel, and 10 MB.
    """
    content = figure.content() if hasattr(figure, "content") else json.loads(figure.to_json())
    display({CHART: {**content, "config": TOOL_BAR}}, raw=True)


def wrap(text, width):
    """Return text broken into lines of about `width` characters with plotly's line break."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False))


def frame(figure, title, subtitle, sources):
    """Put the finding, the unit line and the sources around a drawing, with room for each line; return the figure.

    figure    a chart whose height is that of the drawing, with margins l and r, and margin b for its axis
    title     the finding, one plain sentence
    subtitle  what, unit, place, years
    sources   short source line for the footer
    Raises ValueError when one of the three texts is empty.
    """
    for name, text in (("title", title), ("subtitle", subtitle), ("source line", sources)):
        if not text.strip():
            raise ValueError(f"A figure needs a {name}: write one plain sentence.")
    title, subtitle, footer = wrap(title, TITLE_WRAP), wrap(subtitle, SUBTITLE_WRAP), wrap(sources, FOOTER_WRAP)
    margin = figure.layout["margin"]
    top = margin["t"] + 40 + TITLE_LINE * (title.count("<br>") + 1) + SUBTITLE_LINE * (subtitle.count("<br>") + 1)
    bottom = margin["b"] + 16 + FOOTER_LINE * (footer.count("<br>") + 1)
    figure.add_annotation(
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
    return figure.update_layout(
        height=figure.layout["height"] + top + bottom,
        margin={"t": top, "b": bottom},
        title={
            "text": f"<b>{title}</b>",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 14, "t": 18 + 16 * title.count("<br>")},
            "font": {"size": TITLE_SIZE},
            "subtitle": {"text": subtitle, "font": {"size": TEXT_SIZE, "color": MUTED}},
        },
    )
