"""What stands in the drawings can be read: on a laptop and on a telephone nothing is cut, small, pale or on something else."""

import json
from contextlib import nullcontext

import pytest

from helpers import figures, theme
from helpers.common import CHART
from helpers.tools.build import lessons

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
import gallery  # noqa: E402
from drawings import CHROMIUM, FLAGS, contradicted, desk, faults, stored, strayed, too_pale, too_small  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]
TALLEST = 560  # pixels of a whole figure on a laptop
SMALLEST = {"wide": 14, "narrow": 13}


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def tables(browser):
    """Give {page: a page of the browser as wide as charts are drawn for it}."""
    with desk(browser, theme.WIDE.width) as wide, desk(browser, theme.NARROW.width) as narrow:
        yield {"wide": wide, "narrow": narrow}


def wrong(table, chart, least):
    """Return everything that is wrong with the letters of a drawn chart."""
    drawing = table.draw(json.loads(json.dumps(chart)))
    return faults(drawing) + too_small(drawing, least) + too_pale(drawing) + strayed(chart) + contradicted(chart)


@pytest.mark.parametrize("page", SMALLEST)
def test_every_form_can_be_read(tables, page):
    found = {}
    for form in gallery.FORMS:
        with theme.narrow() if page == "narrow" else nullcontext():
            chart = gallery.framed(form)
        problems = wrong(tables[page], chart, SMALLEST[page])
        if page == "wide" and chart["layout"]["height"] > TALLEST:
            problems.append(f"it is {chart['layout']['height']} pixels high")
        if problems:
            found[form.__name__] = problems
    assert found == {}


def test_the_gallery_has_every_form():
    drawn = {form.__name__.removesuffix("_pointing") for form in gallery.FORMS}
    forms = {name for name in figures.__all__ if name.islower() and callable(getattr(figures, name))}
    assert forms - drawn == {"as_html", "estimate_label", "estimate_table", "exhibit", "extremes", "frame", "spread"}


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.name)
def test_the_charts_of_a_lesson_can_be_read(tables, path):
    charts = {name: chart for name, chart in stored(path, CHART).items() if "height" in chart["layout"]}  # ours, not a reader's
    assert {name: problems for name, chart in charts.items() if (problems := wrong(tables["wide"], chart, SMALLEST["wide"]))} == {}


def spoiled(defect):
    """Return a sound chart with one defect."""
    chart = json.loads(json.dumps(gallery.framed(gallery.trend)))
    notes, layout = chart["layout"]["annotations"], chart["layout"]
    if defect == "cut":
        notes[0]["text"] = "A label that is much longer than the room beside the drawing"
    elif defect == "small":
        notes[0]["font"]["size"] = 11
    elif defect == "pale":
        notes[0]["font"]["color"] = theme.ACTORS["Beijing"]
    elif defect == "pale tick":
        layout["xaxis"]["tickfont"] = {"size": 14, "color": "#AAAAAA"}
    elif defect == "pale on a bar":
        chart = json.loads(json.dumps(gallery.framed(gallery.grouped_bars)))
        chart["data"][0] |= {"text": ["1,964", "", "", ""], "textposition": "inside", "textfont": {"color": "#8A1A22", "size": 14}}
    elif defect == "on another":
        notes.append({**notes[0], "xshift": notes[0]["xshift"] + 6})
    elif defect == "far from its mark":
        chart["data"][0]["name"] = "Records of importers"
        notes.append({"text": "Records of importers", "x": 1, "xref": "paper", "y": 1259, "showarrow": False})
    elif defect == "a title against the slider":
        chart = json.loads(json.dumps(gallery.framed(gallery.split_bars)))
        chart["layout"]["title"]["text"] = "If each office adds 13.5 percent, Beijing hears of 377"
    return chart


PLANTED = {
    "cut": "is clipped",
    "small": "has letters of 11.0 pixels",
    "pale": "has a contrast of 3.7 on #FFFFFF",
    "pale tick": "has a contrast of",
    "pale on a bar": "'1,964' has a contrast of",
    "on another": "lies on",
    "far from its mark": "'Records of importers' stands at 1970.3, its series ends in 1958",
    "a title against the slider": "the title names '13.5 percent'",
}


@pytest.mark.parametrize("defect", PLANTED)
def test_planted_defects_are_caught(tables, defect):
    assert any(PLANTED[defect] in problem for problem in wrong(tables["wide"], spoiled(defect), SMALLEST["wide"]))


def test_the_sound_chart_of_the_planted_defects_is_sound(tables):
    assert wrong(tables["wide"], gallery.framed(gallery.trend), SMALLEST["wide"]) == []
