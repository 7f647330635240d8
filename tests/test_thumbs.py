"""The small pictures on the first page: every lesson has one, they show the chart's own marks, and they weigh little."""

from xml.etree import ElementTree

import nbformat
import pytest

from helpers.tools import build, thumbs

HEAVIEST = 16_000  # bytes: a map of two continents
SVG = "{http://www.w3.org/2000/svg}"


def opening(lesson):
    path = next(path for path in build.lessons() if path.name.startswith(lesson))
    return thumbs.opening(nbformat.read(path, as_version=4))


def drawn(chart, kind):
    return ElementTree.fromstring(thumbs.thumbnail(chart)).findall(SVG + kind)


def test_every_lesson_has_a_small_picture_of_its_opening_chart():
    for path in build.lessons():
        text = thumbs.thumbnail(opening(path.name[:2]))
        inside = list(ElementTree.fromstring(text))
        assert len(inside) >= 5 and len(text.encode()) <= HEAVIEST and "NaN" not in text, path.name


def test_bars_are_as_long_as_their_numbers_and_dots_as_many():
    chart = opening("03")
    values = [y for trace in chart["data"] for y in trace["y"] if y is not None]
    bars = [one for one in drawn(chart, "rect") if one.get("fill") in ("#B87700", "#FFFFFF")]
    per_unit = [float(one.get("height")) / value for one, value in zip(bars, values, strict=True)]
    assert max(per_unit) - min(per_unit) < 0.02 * max(per_unit)
    chart = opening("04")
    known = [y for y in chart["data"][0]["y"] if y is not None]
    dots = [float(one.get("cy")) for one in drawn(chart, "circle")]
    assert len(dots) == len(known) and sorted(dots) == [dot for _, dot in sorted(zip(known, dots), key=lambda pair: (-pair[0], pair[1]))]


def test_signs_stay_and_words_stay_text():
    chart = opening("09")
    assert len(drawn(chart, "rect")) >= 30 and drawn(chart, "text") == []  # empty squares: "?" is a verdict's sign
    chart["data"][0] |= {"mode": "markers+text", "text": ["<b>?</b>"] * 30}
    assert [one.text for one in drawn(chart, "text")] == ["?"] * 30
    chart["data"][0]["text"] = ["<b>&lt;</b>"] * 30
    chart["data"][0]["marker"]["color"] = '"><script>alert(1)</script>'
    assert drawn(chart, "script") == [] and {one.text for one in drawn(chart, "text")} == {"<"}


def test_another_kind_of_chart_is_named_not_drawn_empty():
    chart = opening("04")
    chart["data"][0]["type"] = "heatmap"
    with pytest.raises(ValueError, match="'heatmap': add it to thumbs.py"):
        thumbs.thumbnail(chart)
    assert thumbs.opening(nbformat.v4.new_notebook()) is None
