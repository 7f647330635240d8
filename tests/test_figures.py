"""Chart forms draw what they are given, and a figure without words is refused."""

import json
import math

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from helpers import data, figures, theme
from helpers.common import plain
from helpers.figures import maps

YEARS = pd.DataFrame({"year": [1957, 1958, 1959], "a": [1.0, None, 3.0], "b": [2.0, 2.5, 9.0]})
LOOKS = {"a": ("A", theme.INK, "dots"), "b": ("B", theme.METHODS[0], "line")}


def test_a_figure_without_words_is_refused():
    figure = figures.frame(figures.trend(YEARS, looks=LOOKS, y_range=(0, 10)), "Title", "Subtitle", "Source")
    with pytest.raises(ValueError, match="words of a figure are missing"):
        figures.Exhibit(figure, "", YEARS)
    with pytest.raises(ValueError, match="table of the chart is empty"):
        figures.Exhibit(figure, "A line chart of two things over time.", YEARS.head(0))


def test_words_hold_sentence_extremes_and_table():
    figure = figures.frame(figures.trend(YEARS, looks=LOOKS, y_range=(0, 10)), "Title", "Subtitle", "Source")
    words = figures.Exhibit(figure, "A line chart of two <things> over time.", YEARS, unit="kg").words()
    assert words.startswith("<details><summary>") and "two &lt;things&gt;" in words
    assert "b: highest 9.0 (1959), lowest 2.0 (1957)" in words and "Unit: kg" in words
    assert words.count("<tr>") == 4 and "<td>–</td>" in words


def test_a_chart_that_moves_says_how_without_a_mouse():
    figure = figures.frame(figures.trend(YEARS, looks=LOOKS, y_range=(0, 10)), "Title", "Subtitle", "Source")
    still = figures.Exhibit(figure, "A line chart of two things over time.", YEARS).words()
    for moving in ({"sliders": [{"steps": []}]}, {"updatemenus": [{"buttons": []}]}):
        words = figures.Exhibit(go.Figure(figure).update_layout(moving), "A line chart of two things over time.", YEARS).words()
        assert "Without a mouse" in words and words.startswith(still)


def test_captions_are_filled_from_numbers():
    bars = figures.bars(YEARS[["year", "b"]], colour=theme.INK, y_range=(0, 10))
    shown = figures.exhibit(bars, "04-missed", YEARS[["year", "b"]], before=40.3, peak=43.0)
    assert "missed 40 of 100" in plain(shown.figure.layout.title.text)
    with pytest.raises(ValueError, match="needs a number for 'peak'"):
        figures.exhibit(bars, "04-missed", YEARS[["year", "b"]], before=40.3)
    with pytest.raises(data.DataError, match="nearest"):
        figures.exhibit(bars, "04-mised", YEARS[["year", "b"]])


def test_gaps_stay_gaps():
    figure = figures.trend(YEARS, looks=LOOKS, y_range=(0, 10))
    assert figure.data[0].y[1] is None and figure.data[0].connectgaps is False


def test_labels_never_leave_the_drawing_at_the_bottom():
    placed = figures.spread([47.0, 50.0, 1356.0, 444.0], 100.0, floor=0.0)
    assert placed == [0.0, 100.0, 1356.0, 444.0]
    assert min(figures.spread([47.0, 50.0], 100.0)) < 0


def test_a_row_named_by_a_year_keeps_its_words():
    table = pd.DataFrame({"row": ["1954", "1960"], "value": [33.0, 3.0], "low": None, "high": None, "look": "a", "text": "word"})
    drawn = figures.amounts(table, looks={"a": ("#123456", "solid")}, x_range=(0, 60))
    behind = [note for note in drawn.layout.annotations if "word" in note.text]
    assert [note.y for note in behind] == list(drawn.data[0].y) and behind[0].y > behind[1].y


def test_spread_keeps_order_and_distance():
    placed = figures.spread([10.0, 10.2, 9.9, 30.0], 2.0)
    assert placed[2] < placed[0] < placed[1] < placed[3]
    ordered = sorted(placed)
    assert all(b - a >= 2.0 - 1e-3 for a, b in zip(ordered, ordered[1:]))


def test_forest_shows_floors_copies_and_leaves_out_what_has_no_number():
    rows = data.load("famine_deaths", place="China").dropna(subset=["low", "central", "high"], how="all")
    rows = rows[rows["independent"] | (rows["depends_on"] != "")]
    figure = figures.forest(rows, x_range=(0, 76))
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert any("at least 45" in text for text in texts)
    assert sum(annotation.showarrow for annotation in figure.layout.annotations) == (rows["bound"].isin(["at least", "more than"])).sum()
    hollow = [colour for trace in figure.data if trace.mode == "markers" for colour in trace.marker.color if colour == theme.PAPER]
    assert len(hollow) == (~rows["independent"]).sum()
    named = "".join(figures.estimate_table(rows)["estimate"])
    assert "Chen Yizi" in named and "Patnaik" not in named  # hers counts one year only


def test_an_estimate_is_named_by_its_author_and_year():
    rows = data.load("famine_deaths").iloc[0:1].assign(year_published=1990)
    names = ["Nobody, Jane", "Nobody, Jane and Somebody, John", "Office of Nobody"]
    labels = [figures.estimate_label(next(rows.assign(author=name).itertuples())) for name in names]
    assert labels == ["Nobody 1990", "Nobody, Jane and Somebody, John 1990", "Office of Nobody 1990"]


def test_words_on_a_telephone_stand_beside_their_dots_or_become_letters():
    events = pd.DataFrame({"when": [1956.1, 1956.2, 1960.5], "lane": "Moscow", "title": ["a", "b", "c"], "group": "1"})
    short, long = "what {} was", "what {} was, in words that are too long for all three to stand"

    def words(text):
        labels = [(title, text.format(title), 0, -20) for title in events["title"]]
        with theme.narrow():
            figure = figures.timeline(events, lanes=["Moscow"], x_range=(1952, 1962), colours={"1": theme.INK}, labels=labels)
        return {plain(word.text) for word in figure.layout.annotations}

    assert words(short) == {"Moscow", *(short.format(title) for title in "abc")}
    assert {"a", "b", "c"} <= words(long) and short.format("a") not in words(long)


def test_tiles_without_data_stay_white():
    tiles = data.load("tiles")
    one = pd.DataFrame({"place": ["Henan", "Henan"], "year": [1959, 1960], "value": [10.0, 30.0]})  # a step begins with its number
    figure = figures.tile_maps(one, tiles, years=[1959, 1960], large=1960, unit="per 1000", highlight=["Anhui"])
    large = dict(zip(tiles["province"], figure.layout.shapes))
    assert large["Henan"].fillcolor == theme.SCALE[4] and large["Anhui"].fillcolor == theme.PAPER and large["Anhui"].line.width > 2
    small = dict(zip(tiles["province"], figure.data[1].marker.color))
    assert small["Henan"] == theme.SCALE[1] and small["Tibet"] == theme.PAPER
    assert "Anhui: no figure found" in figure.data[0].hovertext
    with theme.narrow():
        phone = figures.tile_maps(one, tiles, years=[1959, 1960], large=1960, unit="per 1000", highlight=["Anhui"])
    assert any("AH\u00a0Anhui, " in plain(word.text) for word in phone.layout.annotations)  # what the letters mean
    with pytest.raises(data.DataError, match="No province has a value for 1961"):
        figures.tile_maps(one, tiles, years=[1961], large=1960, unit="")
    with pytest.raises(data.DataError, match="'Hunnan' has no tile.*Hunan"):
        figures.tile_maps(one.replace("Henan", "Hunnan"), tiles, years=[1959], large=1960, unit="")


def on_map(names, **more):
    table = data.load("places").set_index("name", drop=False).loc[list(names)]
    return figures.locator_map(table.assign(actor=table["name"].where(table["name"].isin(theme.ACTORS))), data.load("land"), **more)


def test_a_map_shows_places_where_they_lie_without_a_network():
    chart = on_map(["Moscow", "Beijing", "Pyongyang", "Seoul"], actors=["Moscow", "Beijing", "Pyongyang", "Seoul"])
    assert {trace.type for trace in chart.data} == {"scatter"} and {shape.type for shape in chart.layout.shapes} == {"path"}
    assert not {"geo", "map", "mapbox"} & set(chart.to_plotly_json()["layout"]) and len(chart.to_json()) < 40_000
    x, y = (dict(zip(["Moscow", "Beijing", "Pyongyang", "Seoul"], values)) for values in (chart.data[0].x, chart.data[0].y))
    assert x["Moscow"] < x["Beijing"] < x["Pyongyang"] < x["Seoul"] and y["Moscow"] > y["Pyongyang"] > y["Seoul"]
    assert chart.data[0].hovertext[0] == "Moscow, Russia" and chart.data[0].marker.color[0] == theme.ACTORS["Moscow"]
    fills = [shape.fillcolor for shape in chart.layout.shapes]
    assert len(set(fills)) == len(fills) == 5
    narrower = on_map(["Pyongyang"], centre=(127, 40), across=1500)
    assert len(narrower.to_json()) < 10_000  # what lies outside is not in the picture


def test_a_map_keeps_areas_true():
    view = maps._View((80, 51), 1, 800, 400)
    sizes = []
    for latitude in (20, 40, 60):
        corners = [
            view.at(longitude, north) for longitude, north in ((90, latitude), (91, latitude), (91, latitude + 1), (90, latitude + 1))
        ]
        area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, corners[1:] + corners[:1]))) / 2
        sizes.append(area / (math.sin(math.radians(latitude + 1)) - math.sin(math.radians(latitude))))
    assert max(sizes) / min(sizes) < 1.001


def test_words_of_a_map_stand_apart_and_a_telephone_has_letters_where_they_do_not_fit():
    names = ["Moscow", "East Berlin", "Bucharest", "Budapest", "Prague", "Sofia", "Tirana", "Pyongyang"]
    wide = on_map(names, areas={"China": (100, 33)})
    assert {plain(note.text) for note in wide.layout.annotations} == {*names, "CHINA"}
    with theme.narrow():
        narrow = on_map(names)
    words = [plain(note.text) for note in narrow.layout.annotations]
    assert "a Moscow" in words and "a" in words and narrow.layout.width == 360


def test_lines_on_a_map_join_their_places():
    links = pd.DataFrame({"one": ["Moscow"], "other": ["Beijing"], "kind": ["pact"], "text": ["allied <since> 1950"], "bend": [0.1]})
    chart = on_map(["Moscow", "Beijing"], links=links, looks={"pact": (theme.INK, 4, "dash")})
    line, marks = chart.data
    assert (line.x[0], line.x[-1], line.y[0], line.y[-1]) == (*marks.x, *marks.y) and line.line.dash == "dash"
    assert line.text == "Moscow – Beijing: allied &lt;since&gt; 1950"
    straight = on_map(["Moscow", "Beijing"], links=links.assign(bend=0), looks={"pact": (theme.INK, 4, "dash")}).data[0]
    assert straight.y[8] != line.y[8]


def test_bars_start_at_zero_and_spans_run_to_the_edge():
    figure = figures.bars(YEARS[["year", "b"]], colour=theme.INK, y_range=(0, 10))
    assert figure.layout.yaxis.range[0] == 0
    treaty = pd.DataFrame({"row": ["x"], "start": [1961.5], "end": [None], "kind": ["pact"], "text": ["in force"]})
    open_ended = figures.spans(treaty, x_range=(1950, 1990), looks={"pact": (theme.INK, "solid")})
    assert open_ended.data[0].x[0] == 28.5 and sum(note.showarrow for note in open_ended.layout.annotations) == 1


def one_chart():
    return figures.trend(YEARS, looks=LOOKS, y_range=(0, 10))


@pytest.mark.parametrize(
    "change",
    [
        lambda chart: chart.update_traces(line_color="red"),
        lambda chart: chart.add_trace(go.Bar(x=[1957], y=[2])),
        lambda chart: chart.add_scatter(x=[1957], y=[2], line_color="red"),
        lambda chart: chart.update_layout(plot_bgcolor="lightyellow", paper_bgcolor="white", margin_l=160),
        lambda chart: chart.update_xaxes(range=[1950, 1960]),
        lambda chart: chart.update_yaxes(title_text="kg", dtick=5),
        lambda chart: chart.add_hline(y=5, line_width=1).add_vrect(x0=1957, x1=1958, annotation_text="here"),
        lambda chart: chart.for_each_trace(lambda trace: trace.update(opacity=0.5)),
        lambda chart: go.Figure(chart).update_layout(template="plotly_white"),
    ],
)
def test_what_plotlys_documentation_teaches_works(change):
    chart = one_chart()
    before = chart.to_dict()
    assert isinstance(chart, go.Figure) and isinstance(change(chart), go.Figure)
    assert change(one_chart()).to_dict() != before


def test_a_chart_can_be_written_and_shown_as_plotly_teaches(tmp_path, monkeypatch):
    chart, opened = one_chart(), []
    assert json.loads(chart.to_json())["data"][0]["y"] == [1.0, None, 3.0]
    chart.write_html(tmp_path / "chart.html", include_plotlyjs=False)
    assert "1957" in (tmp_path / "chart.html").read_text(encoding="utf-8")
    monkeypatch.setattr(type(pio.renderers["browser"]), "render", lambda renderer, fig: opened.append(fig))
    chart.show(renderer="browser")
    assert opened[0]["data"][0]["name"] == "A"
    with pytest.raises(ValueError, match="Invalid named renderer"):
        chart.show(renderer="nonsense")


@pytest.mark.parametrize("change", [{"rnage": [0, 1]}, {"titel": "Year"}])
def test_planted_misspelling_is_plotlys_own_error(change):
    with pytest.raises(ValueError, match="Did you mean|Invalid property"):
        one_chart().update_xaxes(**change)


def test_a_wrong_keyword_is_pythons_own_error():
    with pytest.raises(TypeError, match="unexpected keyword argument 'hieght'"):
        figures.trend(YEARS, looks=LOOKS, y_range=(0, 10), hieght=300)


def test_every_axis_of_a_direction_is_changed():
    parts = [("A", YEARS, {"b": ("B", theme.INK, "line")}, (0, 10)), ("B", YEARS, {"b": ("B", theme.INK, "dots")}, (0, 10))]
    drawn = figures.panels(parts, x_range=(1957, 1959)).update_yaxes(dtick=5)
    assert drawn.layout.yaxis.dtick == drawn.layout.yaxis2.dtick == 5


def test_our_charts_cannot_be_dragged_but_a_readers_own_can(monkeypatch):
    chart = one_chart()
    assert chart.layout.dragmode is False and chart.layout.xaxis.fixedrange and chart.layout.yaxis.fixedrange
    template = json.dumps(theme.TEMPLATE)
    assert "fixedrange" not in template and "dragmode" not in template and "showlegend" not in template


def test_numbers_are_plain_and_have_six_decimals_at_most():
    odd = pd.DataFrame({"year": [1957, 1958], "b": [1 / 3, float("nan")]})
    chart = figures.trend(odd, looks={"b": ("B", theme.INK, "line")}, y_range=(0, 10))
    assert chart.data[0].y == (0.333333, None)
    chart.add_shape(type="line", x0=1957, x1=1957 + 1 / 3, y0=0, y1=1)
    chart.add_scatter(x=odd["year"], y=odd["b"])
    shown = figures.exhibit(chart, "04-editions", odd, old=1, new=2).figure
    assert shown.layout.shapes[0].x1 == 1957.333333 and shown.data[1].y == (0.333333, None)
    assert chart.layout.shapes[0].x1 != 1957.333333  # the reader's own figure is left alone


def framed(chart, **texts):
    return figures.exhibit(chart, "04-editions", YEARS, old=1, new=2, **texts).figure


def test_exhibit_twice_gives_the_same_picture():
    chart = one_chart()
    before = chart.to_dict()
    assert framed(chart).to_dict() == framed(chart).to_dict()
    assert chart.to_dict() == before


def test_a_title_and_a_template_that_the_reader_has_set_stay():
    own = framed(one_chart().update_layout(title={"text": "Mine", "font": {"color": "red"}}, template="plotly_white"))
    assert own.layout.title.text == "Mine" and own.layout.title.font.color == "red" and own.layout.title.x == 0
    assert own.layout.template.layout.colorway == pio.templates["plotly_white"].layout.colorway
    assert own.layout.title.subtitle.text == framed(one_chart()).layout.title.subtitle.text != ""


def test_the_finding_can_be_changed_from_the_cell():
    chart = one_chart().update_layout(title_text="Not this")
    shown = figures.exhibit(chart, "04-editions", YEARS, title="My finding", subtitle="My unit", old=1, new=2)
    assert plain(shown.figure.layout.title.text) == "My finding" and shown.figure.layout.title.subtitle.text == "My unit"
    assert "My finding" in shown.words()


def test_a_chart_says_its_title_and_sentence_where_it_cannot_be_drawn():
    assert theme.in_words(framed(one_chart()).to_dict()).startswith("One agency, two editions")
    assert len(theme.in_words(framed(one_chart()).to_dict())) > 100
    assert theme.in_words(go.Figure(layout_title_text="<b>My own?</b>").to_dict()) == "My own?"
    assert theme.in_words({"data": []}) == "A chart without a title."


PLACES = pd.DataFrame({"name": ["Moscow", "Hanoi"], "latitude": [55.8, None], "longitude": [37.6, 105.8]})
BAD = {
    "place without coordinates": (
        lambda: figures.locator_map(PLACES, data.load("land")),
        "'Hanoi' has no coordinates, so it cannot stand on the map: fill in its latitude and longitude.",
    ),
    "coordinate in words": (
        lambda: figures.locator_map(PLACES.assign(latitude=["55.8", "north"]), data.load("land")),
        "'latitude' must hold numbers, but in row 'Moscow' it holds '55.8'",
    ),
    "place outside the map": (lambda: on_map(["Moscow", "Havana"]), "'Havana' lies outside the map"),
    "a state that is not there": (
        lambda: on_map(["Moscow"], areas={"Soviet Unoin": (90, 60)}),
        "no land of the name 'Soviet Unoin'; the nearest names are Soviet Union",
    ),
    "a line to nowhere": (
        lambda: on_map(
            ["Moscow"], links=pd.DataFrame({"one": ["Moscow"], "other": ["Mosco"], "kind": "pact"}), looks={"pact": ("#000000", 1, "dot")}
        ),
        "leads to 'Mosco', which is not among the places; the nearest name is Moscow",
    ),
    "a line without a look": (
        lambda: on_map(
            ["Moscow"], links=pd.DataFrame({"one": ["Moscow"], "other": ["Moscow"], "kind": "pakt"}), looks={"pact": ("#000000", 1, "dot")}
        ),
        "'kind' holds 'pakt', which has no look",
    ),
    "unknown column": (lambda: figures.trend(YEARS, looks={"bb": LOOKS["b"]}, y_range=(0, 10)), "no column 'bb'; the nearest name is b"),
    "empty table": (lambda: figures.trend(YEARS.head(0), looks=LOOKS, y_range=(0, 10)), "table of the chart is empty"),
    "text for numbers": (
        lambda: figures.trend(YEARS.assign(b=["2", "many", "9"]), looks=LOOKS, y_range=(0, 10)),
        "'b' must hold numbers, but in row '1957' it holds '2'",
    ),
    "no table": (lambda: figures.bars([1, 2], colour=theme.INK, y_range=(0, 10)), "given a list"),
    "empty words": (lambda: figures.exhibit(one_chart(), "04-editions", YEARS.head(0), old=1, new=2), "table of the chart is empty"),
    "kind without a look": (
        lambda: figures.spans(
            pd.DataFrame({"row": ["x"], "start": [1], "end": [2], "kind": ["pakt"], "text": [""]}),
            x_range=(0, 3),
            looks={"pact": (theme.INK, "solid")},
        ),
        "'kind' holds 'pakt', which has no look; the nearest name is pact",
    ),
    "misspelled column of amounts": (
        lambda: figures.amounts(pd.DataFrame({"row": ["x"], "valu": [1]}), looks={}, x_range=(0, 3)),
        "no column 'look'",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(case):
    draw, words = BAD[case]
    with pytest.raises(data.DataError) as refused:
        draw()
    said = refused.value._render_traceback_()
    assert words in said[0] and len(said) == 1 and said[0].count(". ") == 0


def test_text_from_the_data_is_escaped():
    events = pd.DataFrame({"when": [1953.2], "lane": ["Moscow"], "title": ["<script>"], "group": ["01"]})
    assert figures.timeline(events, lanes=["Moscow"], x_range=(1953, 1954), colours={"01": theme.INK}).data[0].text[0] == "&lt;script&gt;"
    assert "<script>" not in figures.as_html(pd.DataFrame({"a": ["<script>"], "b": ["<script>"]}))


def test_bars_around_a_value_reach_from_its_low_to_its_high():
    table = pd.DataFrame({"year": [1958, 1959], "deaths": [10.0, 12.0], "deaths_low": [9.0, 11.5], "deaths_high": [13.0, 12.25]})
    chart = figures.panels([("Deaths", table, {"deaths": ("deaths", "#333333", "dots")}, (0, 20))], x_range=(1957, 1960))
    around = next(trace.error_y for trace in chart.data if trace.error_y.array is not None)
    assert list(around.array) == [3.0, 0.25] and list(around.arrayminus) == [1.0, 0.5] and around.symmetric is False
