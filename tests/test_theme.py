"""The palette keeps its contrast, and its colours stay apart for every kind of colour vision."""

import json
import os
import subprocess
import sys
from itertools import combinations

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from helpers import data, figures, theme
from helpers.common import CHART
from helpers.tools.build import lessons

LEAST_CONTRAST = 3.0
LEAST_DISTANCE = 10.0  # CIE76 units in Lab; about four times a just noticeable difference

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIMULATIONS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour):
    """Return linear RGB of '#RRGGBB'."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def test_contrast_is_that_of_the_standard():
    assert theme.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def lab(rgb):
    """Return CIE Lab (D65) of clipped linear RGB."""
    red, green, blue = (min(max(channel, 0), 1) for channel in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, simulation):
    """Return how far apart two colours look under a simulated colour-vision deficiency."""
    seen = []
    for colour in (one, other):
        rgb = linear(colour)
        seen.append(lab([sum(m * c for m, c in zip(row, rgb)) for row in SIMULATIONS[simulation]]))
    return sum((a - b) ** 2 for a, b in zip(*seen)) ** 0.5


def too_close(colours):
    """Return the pairs of colours that look alike under some simulation."""
    return [(a, b, kind) for a, b in combinations(colours, 2) for kind in SIMULATIONS if distance(a, b, kind) < LEAST_DISTANCE]


def too_pale(colours):
    """Return the colours without enough contrast to the paper."""
    return [colour for colour in colours if theme.contrast(colour, theme.PAPER) < LEAST_CONTRAST]


@pytest.mark.parametrize("palette", [list(theme.ACTORS.values()), theme.METHODS], ids=["actors", "methods"])
def test_palette(palette):
    assert too_close(palette) == []
    assert too_pale(palette) == []


def test_text_and_method_colours_are_dark_enough():
    assert too_pale([theme.INK, theme.MUTED, *theme.GREYS, *(colour for colour, _ in figures.METHOD_LOOKS.values())]) == []
    assert theme.contrast(theme.MUTED, theme.PAPER) >= 4.5


def test_lesson_colours_carry_white_numbers():
    assert [colour for colour in theme.LESSONS.values() if theme.contrast(colour, theme.PAPER) < 4.5] == []
    assert theme.contrast("#B87700", theme.PAPER) < 4.5  # an actor's colour would not do


def test_tile_shades_get_darker_and_their_words_stay_legible():
    shades = [theme.luminance(colour) for colour in theme.SCALE]
    assert shades == sorted(shades, reverse=True)
    for place, shade in enumerate(theme.SCALE):
        ink = theme.PAPER if place >= figures.DARK_FROM else theme.INK
        assert theme.contrast(ink, shade) >= 4.5, (shade, ink)


# Pairs that may come closer in one chart, because something else than colour tells them apart.
TOLD_APART = {
    ("05", "s2-parties"): "each path has its name; North Vietnam's is dotted, North Korea's is not",
    ("09", "s1-figure"): "each verdict has its sign in the square",
    ("09", "s3-figure"): "each verdict has its sign in the square",
}
QUIET = {colour.upper() for colour in (theme.PAPER, theme.INK, theme.MUTED, theme.BAND, *theme.SCALE)}  # no signs of their own


def colours_of(node):
    """Return the colours with which a chart's data are drawn; words' colours do not count."""
    found = set()
    for key, value in node.items() if isinstance(node, dict) else ():
        if key in ("color", "fillcolor"):
            found |= {one.upper() for one in (value if isinstance(value, list) else [value]) if theme.HEX.fullmatch(str(one))}
        elif "font" not in key and key not in ("hoverlabel", "textfont"):
            found |= colours_of(value)
    return found.union(*map(colours_of, node)) - QUIET if isinstance(node, list) else found - QUIET


def test_colours_that_meet_in_a_chart_keep_their_distance():
    close = set()
    for path in lessons():
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            charts = [output["data"][CHART] for output in cell.get("outputs", []) if CHART in output.get("data", {})]
            close |= {(path.name[:2], cell["id"]) for chart in charts if too_close(sorted(colours_of(chart["data"])))}
    assert close == TOLD_APART.keys()


def test_colours_planted_in_a_chart_are_found():
    assert too_close(sorted(colours_of([{"line": {"color": "#A61C28"}}, {"marker": {"color": ["#4B7F1F", theme.INK]}}])))
    assert colours_of([{"textfont": {"color": "#4B7F1F"}, "marker": {"color": theme.PAPER}}]) == set()


def test_planted_colours_are_caught():
    assert too_close(["#A61C28", "#4B7F1F"])  # red and green: apart for most eyes, alike without red or green cones
    assert too_pale(["#F2D100"])


def test_tool_bar_cannot_upload():
    assert theme.TOOL_BAR["showSendToCloud"] is False and theme.TOOL_BAR["plotlyServerURL"] == ""


# What a notebook says about plotly after theme.use(), in a kernel of its own: plotly remembers its settings for a whole process.
ASK = """
import sys
{before}
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.display_pub = CapturingDisplayPublisher()
import json
import pandas as pd
import plotly.express as px
import plotly.io as pio
{between}
from helpers import data, figures, theme
from helpers.common import CHART
from IPython.display import display
theme.use()
{after}
table = pd.DataFrame({{"year": [1957, 1958], "b": [1.0, 2.0]}})
chart = px.line(table, x="year", y="b", title="My own")
other = table.plot(x="year", y="b", backend="plotly")
display(chart)
chart.show()
shown = [output["data"] for output in shell.display_pub.outputs]
print(json.dumps([pio.renderers.default, shown, [one.layout.template.to_plotly_json() for one in (chart, other)]]))
"""


def ask(before="", between="", after="", **environment):
    """Return (renderer, what was shown, templates of a figure of px's and one of pandas')."""
    said = subprocess.run(
        [sys.executable, "-c", ASK.format(before=before, between=between, after=after)],
        capture_output=True,
        text=True,
        cwd=theme.__file__.rsplit("helpers", 1)[0],
        env={**{name: value for name, value in os.environ.items() if name != "PLOTLY_RENDERER"}, **environment},
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout.splitlines()[-1])


def test_a_readers_own_figures_look_like_ours_and_cannot_upload():
    renderer, shown, templates = ask()
    assert renderer == "plotly_mimetype+course_words"
    for bundle in shown:
        assert set(bundle) == {CHART, "text/plain"} and bundle["text/plain"] == "My own."
        assert bundle[CHART]["config"] == theme.TOOL_BAR
        assert bundle[CHART]["layout"].get("dragmode") is None  # it can be zoomed
    assert len(shown) == 2
    assert templates[0] == templates[1] == go.layout.Template(theme.TEMPLATE).to_plotly_json()


@pytest.mark.doors
def test_a_renderer_that_was_chosen_stays():
    assert ask(PLOTLY_RENDERER="notebook_connected")[0] == "notebook_connected"
    assert ask(PLOTLY_RENDERER="plotly_mimetype")[0] == "plotly_mimetype"
    assert ask(COLAB_NOTEBOOK_ID="1")[0] == "colab"
    assert ask(between="pio.renderers.default = 'json'")[0] == "json"
    assert ask(after="pio.renderers.default = 'json'\ntheme.use()")[0] == "json"


def test_a_look_that_the_reader_chooses_later_stays():
    assert ask(after="pio.templates.default = 'plotly_white'")[2][0] == pio.templates["plotly_white"].to_plotly_json()


def test_figures_are_shown_where_nbformat_is_missing():
    renderer, shown, _ = ask(before="sys.modules['nbformat'] = None")
    assert renderer == "course_shown" and len(shown) == 2
    assert all(bundle["text/plain"] == "My own." and bundle[CHART]["config"] == theme.TOOL_BAR for bundle in shown)


def test_frame_refuses_empty_texts():
    figure = figures.bars(pd.DataFrame({"year": [1957], "v": [1.0]}), colour=theme.INK, y_range=(0, 2))
    with pytest.raises(data.DataError, match="needs a title"):
        figures.frame(figure, " ", "subtitle", "sources")


def test_words_have_a_tone_that_can_be_read():
    for colour in [*theme.ACTORS.values(), *theme.METHODS, *theme.GREYS, theme.MUTED, "#F2D100"]:
        assert theme.contrast(theme.ink(colour), theme.PAPER) >= 4.5 and theme.contrast(theme.ink(colour), theme.BAND) >= 4.5, colour
        assert theme.contrast(theme.on(colour), colour) >= 4.5, colour
    assert theme.ink(theme.INK) == theme.INK and theme.ink("red") == "red"
    assert theme.contrast("#B87700", theme.PAPER) < 4.5  # the planted case: an actor's colour as it is would not do


def test_a_page_for_a_telephone_lasts_as_long_as_it_is_asked_for():
    wide = theme.page()
    with theme.narrow():
        assert theme.page().narrow and theme.page().width <= 360 and theme.page().small >= 13
    assert theme.page() is wide
