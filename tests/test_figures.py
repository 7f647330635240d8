"""Chart forms draw what they are given, and a figure without words is refused."""

import pandas as pd
import pytest

from helpers import data, figures, theme

YEARS = pd.DataFrame({"year": [1957, 1958, 1959], "a": [1.0, None, 3.0], "b": [2.0, 2.5, 9.0]})
LOOKS = {"a": ("A", theme.INK, "dots"), "b": ("B", theme.METHODS[0], "line")}


def test_a_figure_without_words_is_refused():
    figure = theme.frame(figures.trend(YEARS, LOOKS, (0, 10)), "Title", "Subtitle", "Source")
    with pytest.raises(ValueError, match="words of a figure are missing"):
        figures.Exhibit(figure, "", YEARS)
    with pytest.raises(ValueError, match="table of a figure is empty"):
        figures.Exhibit(figure, "A line chart of two things over time.", YEARS.head(0))


def test_words_hold_sentence_extremes_and_table():
    figure = theme.frame(figures.trend(YEARS, LOOKS, (0, 10)), "Title", "Subtitle", "Source")
    words = figures.Exhibit(figure, "A line chart of two <things> over time.", YEARS, unit="kg").words()
    assert words.startswith("<details><summary>") and "two &lt;things&gt;" in words
    assert "b: highest 9.0 (1959), lowest 2.0 (1957)" in words and "Unit: kg" in words
    assert words.count("<tr>") == 4 and "<td>–</td>" in words


def test_captions_are_filled_from_numbers():
    bars = figures.bars(YEARS[["year", "b"]], theme.INK, (0, 10))
    shown = figures.exhibit(bars, "04-missed", YEARS[["year", "b"]], before=40.3, peak=43.0)
    assert "missed 40 of 100" in shown.figure.layout["title"]["text"].replace("<br>", " ")
    with pytest.raises(ValueError, match="needs a number for 'peak'"):
        figures.exhibit(bars, "04-missed", YEARS[["year", "b"]], before=40.3)
    with pytest.raises(data.DataError, match="nearest"):
        figures.exhibit(bars, "04-mised", YEARS[["year", "b"]])


def test_gaps_stay_gaps():
    figure = figures.trend(YEARS, LOOKS, (0, 10)).plotly()
    assert figure.data[0].y[1] is None and figure.data[0].connectgaps is False


def test_labels_never_leave_the_drawing_at_the_bottom():
    placed = figures.spread([47.0, 50.0, 1356.0, 444.0], 100.0, floor=0.0)
    assert placed == [0.0, 100.0, 1356.0, 444.0]
    assert min(figures.spread([47.0, 50.0], 100.0)) < 0


def test_a_row_named_by_a_year_keeps_its_words():
    table = pd.DataFrame({"row": ["1954", "1960"], "value": [33.0, 3.0], "low": None, "high": None, "look": "a", "text": "word"})
    drawn = figures.amounts(table, {"a": ("#123456", "solid")}, (0, 60)).plotly()
    assert [note.y for note in drawn.layout.annotations] == [1, 0]


def test_spread_keeps_order_and_distance():
    placed = figures.spread([10.0, 10.2, 9.9, 30.0], 2.0)
    assert placed[2] < placed[0] < placed[1] < placed[3]
    ordered = sorted(placed)
    assert all(b - a >= 2.0 - 1e-3 for a, b in zip(ordered, ordered[1:]))


def test_forest_shows_floors_copies_and_leaves_out_what_has_no_number():
    rows = data.load("famine_deaths", place="China").dropna(subset=["low", "central", "high"], how="all")
    figure = figures.forest(rows, (0, 76)).plotly()
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert any("at least 45" in text for text in texts)
    assert sum(annotation.showarrow for annotation in figure.layout.annotations) == (rows["bound"].isin(["at least", "more than"])).sum()
    hollow = [colour for trace in figure.data if trace.mode == "markers" for colour in trace.marker.color if colour == theme.PAPER]
    assert len(hollow) == (~rows["independent"]).sum()
    assert "Patnaik" not in "".join(figures.estimate_table(rows)["estimate"])


def test_tiles_without_data_stay_white():
    tiles = data.load("tiles")
    figure = figures.tile_map(pd.DataFrame({"place": ["Henan"], "year": [1960], "value": [44.0]}), tiles, [1960], 1960).plotly()
    shades = dict(zip(figure.data[0].hovertext, figure.data[0].marker.color))
    assert shades["Henan"] != theme.PAPER and shades["Anhui"] == theme.PAPER


def test_bars_start_at_zero_and_spans_run_to_the_edge():
    figure = figures.bars(YEARS[["year", "b"]], theme.INK, (0, 10)).plotly()
    assert figure.layout.yaxis.range[0] == 0
    treaty = pd.DataFrame({"row": ["x"], "start": [1961.5], "end": [None], "kind": ["pact"], "text": ["in force"]})
    assert figures.spans(treaty, (1950, 1990), {"pact": (theme.INK, "solid")}).plotly().data[0].x[0] == 28.5


def test_a_chart_is_changed_by_plotlys_names():
    chart = figures.bars(YEARS[["year", "b"]], theme.INK, (0, 10))
    chart.update_layout(margin_l=160).update_yaxes(title_text="kg", range=[0, 20]).add_hline(5, line_width=1)
    drawn = chart.plotly()
    assert (drawn.layout.margin.l, drawn.layout.margin.r) == (160, 40)
    assert drawn.layout.yaxis.title.text == "kg" and list(drawn.layout.yaxis.range) == [0, 20]
    assert drawn.layout.shapes[0].line.width == 1 and drawn.layout.shapes[0].xref == "x domain"
    assert drawn.layout.template.layout.font.family == theme.FONT


def test_every_axis_of_a_direction_is_changed():
    parts = [("A", YEARS, {"b": ("B", theme.INK, "line")}, (0, 10)), ("B", YEARS, {"b": ("B", theme.INK, "dots")}, (0, 10))]
    drawn = figures.panels(parts, (1957, 1959)).update_yaxes(dtick=5).plotly()
    assert drawn.layout.yaxis.dtick == drawn.layout.yaxis2.dtick == 5


def test_planted_property_that_plotly_does_not_know_is_caught():
    chart = figures.Chart().add_bar(x=[1], y=[2])
    assert len(chart.plotly().data) == 1
    with pytest.raises(ValueError, match="titel"):
        chart.update_xaxes(titel="Year").plotly()


def test_a_gap_is_none_and_other_numbers_are_plain():
    content = figures.Chart().add_scatter(x=YEARS["year"].tolist(), y=[1.0, None, YEARS["b"].max()], text=None).content()
    assert content["data"] == [{"type": "scatter", "x": [1957, 1958, 1959], "y": [1.0, None, 9.0]}]
    with pytest.raises(ValueError, match="JSON"):
        figures.Chart().add_scatter(x=[1], y=[float("nan")]).content()


def test_text_from_the_data_is_escaped():
    events = pd.DataFrame({"when": [1953.2], "lane": ["Moscow"], "title": ["<script>"], "group": ["01"]})
    assert figures.timeline(events, ["Moscow"], (1953, 1954), {"01": theme.INK}).plotly().data[0].text[0] == "&lt;script&gt;"
    assert "<script>" not in figures.as_html(pd.DataFrame({"a": ["<script>"], "b": ["<script>"]}))
