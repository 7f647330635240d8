"""The pictures of lesson 04: labels, colours and places, so that the lesson's cells hold only the history."""

from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.estimates import estimate_table, forest
from helpers.figures.layout import drawn, key, label_gap, note, numbers, panes, room_for_values, shade, value_axis, year_axis
from helpers.figures.lines import trend
from helpers.figures.stack import stack
from helpers.figures.tiles import tile_maps
from helpers.models.famine import BETWEEN, RUN_ON
from helpers.sentences import fixed

BLUE, RUST, GREEN, VIOLET = theme.METHODS
NAMES = {
    "register": fixed("register"),
    "un2022": fixed("un_2022"),
    "coale": fixed("coale"),
    "banister": fixed("banister"),
    "gapminder": fixed("gapminder"),
}
LATER, EITHER = "#D0D5DC", "#8CA6C0"  # what may be before or after is hatched in both colours
BEFORE, UNCLEAR, AFTER = fixed("before_the_note"), fixed("in_1960_before_or_after_we_cannot"), fixed("after_it")
HATCHED = "▨"
INSIDE = {BEFORE: fixed("before"), UNCLEAR: fixed("in_1960_before_or_after"), AFTER: fixed("after")}  # in a bar there is less room
HATCH = {"pattern": {"shape": "/", "bgcolor": LATER, "fgcolor": EITHER, "fillmode": "overlay", "size": 9, "solidity": 0.45}}
LEFT_OUT = range(1958, 1962)
ENDS = [1949, 1957, 1962, 1970]  # the first and last years on both sides of the gap
UNDER: dict[str, Any] = {"yanchor": "top", "yshift": -6}
BESIDE_ENDS: dict[int, dict[str, Any]] = {  # where their numbers stand: off the axis and off the band
    1949: {"xanchor": "left", "xshift": 7, "yanchor": "bottom"},
    1957: {"xanchor": "right", "xshift": 7, **UNDER},
    1962: {"xanchor": "left", "xshift": -7, **UNDER},
    1970: {"xanchor": "right", "xshift": 7, **UNDER},
}
HOW = {  # what the methods of `famine_deaths` are called in the picture
    "reconstruction": fixed("rebuilt_from_several_counts"),
    "register-based": fixed("from_the_register"),
    "local gazetteers": fixed("from_local_histories"),
    "party archives": fixed("from_party_archives"),
    "econometric": fixed("from_data_of_the_provinces"),
    "official": fixed("inquiry_for_the_leadership"),
    "summary": fixed("compares_others"),
    "not stated": fixed("method_not_seen"),
}
COLUMN = 0.8  # years: the width of a column of excess deaths
STEPS = (10, 15, 20, 35, 60)  # deaths per 1000 where the shades of the province maps change
MANY = STEPS[2]  # from here on provinces are counted


def left_out(register: pd.DataFrame) -> pd.DataFrame:
    """Return the register's rates by year without the years of the lesson."""
    return register.loc[~register["year"].isin(LEFT_OUT), ["year", "value"]].rename(columns={"value": "deaths per 1000"})


def opening(register: pd.DataFrame) -> Figure:
    """Draw the register's death rate with the years of the lesson left empty.

    Parameters
    ----------
    register : DataFrame
        Rows of `vital_rates`: year, value (deaths per 1000).
    """
    table = left_out(register)
    looks = {"deaths per 1000": ("", theme.INK, "dots")}
    chart = trend(table, looks=looks, y_range=(0, 30), height=300, band=(1957.5, 1961.5, "1958-61"))
    chart.layout.annotations = [words for words in chart.layout.annotations if words.text]
    for year, rate in table.set_index("year")["deaths per 1000"].loc[ENDS].items():
        chart.add_annotation(note(f"{rate:.1f}", year, rate, **BESIDE_ENDS[year]))
    chart.update_yaxes(range=[0, 30])  # the missing years may stand higher than any that is shown
    return chart.add_annotation(note("<b>?</b>", 1959.5, 15, theme.MUTED, size=64))


def death_rates(by_source: pd.DataFrame) -> Figure:
    """Draw the death rates of four counts; each is labelled with its rate of 1960.

    Parameters
    ----------
    by_source : DataFrame
        Index year, one column per count (deaths per 1000).
    """
    colours = {"banister": BLUE, "coale": GREEN, "un2022": VIOLET, "register": theme.INK}
    told = "rate_of" if theme.page().narrow else "rate_in_1960"  # there the words stand close beside the peaks
    looks = {name: (fixed(told, name=NAMES[name], rate=by_source[name][1960]), colour, "line") for name, colour in colours.items()}
    chart = trend(
        by_source.reset_index(), looks=looks, y_range=(0, 48), label_at=(1960, 1962), height=360, band=(1957.5, 1961.5, "1958-61")
    )
    chart.update_traces(line_width=4, selector={"name": looks["register"][0]})  # the one that all others correct
    before = float(by_source["register"][1957])
    return chart.add_annotation(note(fixed("rate_in_year", rate=before, year=1957), 1957, before, xanchor="right", xshift=8, **UNDER))


def three_normals(rates: pd.Series, lines: pd.DataFrame, tolls: pd.Series) -> Figure:
    """Draw one death rate three times, each above another idea of normal; the excess is shaded and its sum written.

    Parameters
    ----------
    rates : Series
        Deaths per 1000 by year.
    lines : DataFrame
        Index year, one column per baseline (deaths per 1000).
    tolls : Series
        Excess deaths in millions, by the same names.
    """
    narrow = theme.page().narrow
    sum_size = theme.page().title
    shown, left, head = rates.loc[1954:1964], room_for_values(0, 48), label_gap() + 1.3 * sum_size + 8
    places, height = panes(len(lines.columns), 170 if narrow else 240, left, head, gap=32)
    data, notes, axes = [], [], {}
    for pane, name in zip(places, lines.columns):
        axes |= pane.axes(year_axis(1953.6, 1964.4, pane.room, (1957, 1960)), value_axis(0, 48, showticklabels=pane.across[0] == 0))
        data += _hill(shown, lines[name], pane.x, pane.y)
        end, normal = _end_of(lines[name])
        at = {"xref": pane.x, "yref": pane.y, "xanchor": "right", "yanchor": "top", "xshift": 8, "yshift": -3}
        notes.append(note(fixed("normal_in_year", rate=normal, year=end), end, round(normal, 1), theme.MUTED, **at))
        notes.append(pane.heading(str(name), lift=4 + 1.3 * sum_size))
        notes.append(pane.heading(fixed("toll_in_millions", toll=tolls[name]), theme.SCALE[4]))
        notes[-1]["font"]["size"] = sum_size
    return drawn(data, height, left=left, top=head + 4, notes=notes, **axes)


def _hill(rates, normal, x, y):
    """Return the excess as a column a year, the baseline and the rate of one panel: the columns are what is added up."""
    excess = rates.loc[normal.index] - normal
    return [
        {
            "type": "bar",
            "xaxis": x,
            "yaxis": y,
            "x": [int(year) for year in normal.index],
            "base": numbers(normal),
            "y": numbers(excess),
            "width": COLUMN,
            "marker": {"color": theme.SCALE[1]},
            "hovertemplate": fixed("above_normal") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "xaxis": x,
            "yaxis": y,
            **_whole_line(normal),
            "mode": "lines",
            "line": {"color": theme.MUTED, "width": 2.5, "dash": "6px,4px"},
            "hovertemplate": fixed("normal_rate") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "xaxis": x,
            "yaxis": y,
            "x": [int(year) for year in rates.index],
            "y": numbers(rates),
            "mode": "lines+markers",
            "line": {"color": BLUE, "width": 2.5},
            "hovertemplate": fixed("rate_per_1000") + "<extra></extra>",
        },
    ]


def _end_of(normal):
    """Return the last whole year of a baseline as drawn, and its value then."""
    line = _whole_line(normal)
    return next((year, value) for year, value in zip(line["x"][::-1], line["y"][::-1]) if year == int(year))


def _whole_line(normal):
    """Return a baseline as drawn: from the years it was taken from to the end of the last column, or to the year where it ends."""
    first, last = int(normal.index[0]), int(normal.index[-1])
    slope = (normal.iloc[-1] - normal.iloc[0]) / (last - first)
    start, end = 1954 if normal.name == RUN_ON else 1957, 1962 if normal.name == BETWEEN else last + COLUMN / 2
    years = [*range(start, last + 1), end]
    return {"x": years, "y": [float(normal.iloc[0] + slope * (year - first)) for year in years]}


def provinces(rates: pd.DataFrame, tiles: pd.DataFrame) -> Figure:
    """Draw the provinces' death rates as one small tile map a year.

    Parameters
    ----------
    rates : DataFrame
        Columns place, year, value (deaths per 1000).
    tiles : DataFrame
        The table `tiles`.
    """
    return tile_maps(
        rates, tiles, years=range(1957, 1963), large=1960, steps=STEPS, unit=fixed("deaths_per_1000"), highlight=["Anhui"], count_from=MANY
    )


def before_the_note(yearly: pd.DataFrame, split: pd.Series) -> tuple[Figure, pd.DataFrame]:
    """Draw, for three counts, of every hundred excess deaths how many came before the Soviet note, and how many after.

    Parameters
    ----------
    yearly : DataFrame
        Index year, columns register and sichuan: millions of excess deaths by calendar year.
    split : Series
        Millions by years from July to June, under the first of the two years.

    Returns
    -------
    Figure, DataFrame
        The picture, and the millions by count and year.
    """
    names = {"register": fixed("china_the_states_register"), "sichuan": fixed("sichuan_its_own_tables")}
    apart = fixed("china_ashton_and_others")
    share, half = yearly / yearly.sum() * 100, split / split.sum() * 100
    parts = [
        (BEFORE, BLUE, theme.PAPER, {apart: half.loc[:1959].sum()} | _named(share.loc[:1959].sum(), names)),
        (UNCLEAR, EITHER, theme.INK, {apart: 0} | _named(share.loc[1960], names)),
        (AFTER, LATER, theme.INK, {apart: half.loc[1960:].sum()} | _named(share.loc[1961:].sum(), names)),
    ]
    millions = {apart: split.sum()} | _named(yearly.sum(), names)
    rows, start, data, ends = (
        _with_dates([fixed("name_and_millions", name=name, total=total) for name, total in millions.items()]),
        0,
        [],
        [],
    )
    narrow = theme.page().narrow  # there the bars have no room for words
    words, above = (
        key([(HATCHED if name == UNCLEAR else "square", name, colour) for name, colour, *_ in parts], rows.left) if narrow else ([], 0)
    )
    for name, colour, ink, values in parts:
        data.append(_segment(name, "" if narrow else f" {INSIDE[name]}", colour, ink, pd.Series(values), start, rows))
        start = start + pd.Series(values)
        ends.append(start)
    cuts = [(ends[0][apart], rows.places[0], fixed("the_soviet_note_july_1960"), theme.ACTORS["Moscow"])]
    for name, place in zip(names.values(), rows.places[1:]):
        cuts += [(end[name], place, fixed("new_year", year=year), theme.MUTED) for end, year in zip(ends, (1960, 1961))]
    lines, dates = zip(*(_cut(*cut, rows.thick) for cut in cuts))
    axes = {"xaxis": value_axis(0, 100, visible=False), "yaxis": rows.axis, "barmode": "overlay"}
    chart = drawn(data, rows.height, left=rows.left, top=above, below=8, shapes=lines, notes=[*rows.notes, *dates, *words], **axes)
    table = yearly.rename(index=str, columns=names).rename_axis("millions in").reset_index()
    halves = pd.DataFrame([{"millions in": fixed("july_to_june", year=year, next=year + 1), apart: value} for year, value in split.items()])
    return chart, pd.concat([table, halves], ignore_index=True)


def _with_dates(names):
    """Return rows for bars with a line of dates above each bar; `thick` is the height of a bar."""
    rows, narrow, line = stack(names, 58, 220, row_lines=[3] * len(names)), theme.page().narrow, label_gap()
    rows.thick = 24.0 if narrow else 32.0
    rows.places = [place - line / 2 for place in rows.places]
    if not narrow:  # the names stand beside their bars
        rows.notes = [word | {"y": place} for word, place in zip(rows.notes, rows.places)]
    return rows


def _cut(end, place, text, colour, thick):
    """Return the line through a bar at a date, and the date above it."""
    line = {"color": colour, "width": 3 if colour == theme.ACTORS["Moscow"] else 1.5}
    return {"type": "line", "x0": end, "x1": end, "y0": place - thick / 2 - 3, "y1": place + thick / 2 + 3, "line": line}, note(
        text, end, place + thick / 2 + 2, colour, yanchor="bottom"
    )


def _named(shares, names):
    """Return shares by the names of their rows."""
    return {name: shares[count] for count, name in names.items()}


def _segment(name, said, colour, ink, values, start, rows):
    """Return one part of each bar, with its number and what is said beside it."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": numbers(values),
        "base": [float(left) for left in values * 0 + start],
        "y": rows.places,
        "width": rows.thick,
        "marker": {"color": colour, "line": {"color": theme.PAPER, "width": 2}, **(HATCH if name == UNCLEAR else {})},
        "text": [f"<b>{value:.0f}</b>{said}" if value else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": ink, "size": theme.page().small},
        "hovertext": [fixed("of_every_hundred", place=place, name=name, value=value) for place, value in values.items()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def told(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the estimates that stand by themselves, those that say on whom they lean, and four that give no method.

    Left out are summaries of others, what counts something else than the excess deaths of all years, and one bare figure
    that was seen in a blog only (liao_gailong).
    """
    without_a_method = estimates["estimate_id"].isin(["yu", "chang", "yao", "brown"])
    return estimates[estimates["independent"] | (estimates["depends_on"] != "") | without_a_method]


def counted(shown: pd.DataFrame, inside: pd.Series) -> dict[str, int]:
    """Return how many estimates lie inside some limits, how many are an author's own count, how many name no years.

    Parameters
    ----------
    shown : DataFrame
        What `told` returned.
    inside : Series
        True for an estimate inside the limits.
    """
    alone = shown["depends_on"].eq("")
    return {
        "inside": int(inside.sum()),
        "count": len(shown),
        "own": int((alone & shown["method_kind"].ne("not stated")).sum()),
        "undated": int(shown["year"].isna().sum()),
    }


def estimates(shown: pd.DataFrame, low: float, high: float) -> tuple[Figure, pd.DataFrame]:
    """Draw published estimates, one below the other, each with its method in plain words; return the picture and its table.

    Parameters
    ----------
    shown : DataFrame
        What `told` returned.
    low, high : float
        Ends of a pale band, millions.
    """
    above = shown["low"].fillna(shown["central"]).gt(high) | shown["high"].gt(high) | shown["bound"].eq("at least")
    below = shown["low"].fillna(shown["central"]).lt(low)
    parts = shown.assign(part=above.astype(int) - below.astype(int))
    chart = forest(parts, x_range=(0, 62), tick=15, methods=HOW, apart="part", alike=BLUE)
    chart.add_shape(shade(low, high))
    return chart, estimate_table(shown).replace({"method": HOW})


def births(by_count: pd.DataFrame) -> Figure:
    """Draw birth rates by count; the index is the year."""
    looks = {
        "banister": (NAMES["banister"], BLUE, "line"),
        "register": (NAMES["register"], theme.INK, "line"),
        "gapminder": (NAMES["gapminder"], RUST, "dash"),
    }
    chart = trend(by_count.reset_index(), looks=looks, y_range=(0, 55), height=340, band=(1957.5, 1961.5, "1958-61"))
    first, last = (float(by_count["register"][year]) for year in (1957, 1961))
    narrow, size = theme.page().narrow, theme.page().text
    left: dict[str, Any] = {"xanchor": "right", "xshift": -7, "align": "right"}
    chart.add_shape(type="line", x0=1957, x1=1961, y0=last, y1=last, line={"color": theme.INK, "width": 1, "dash": "dot"})
    drop = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": theme.INK, "axref": "x", "ayref": "y", "text": ""}
    chart.add_annotation({"x": 1957, "ax": 1957, "y": last, "ay": first - 1, **drop})
    told = fixed("strong_rate_above_year" if narrow else "strong_rate_in_year", rate=first, year=1957)
    chart.add_annotation(note(told, 1957, first, yanchor="top", yshift=-20, **left))
    chart.add_annotation(
        note(f"<b>-{100 - 100 * last / first:.0f} %</b>", 1957, last + (3.5 if narrow else 6), size=size, yanchor="middle", **left)
    )
    told = fixed("strong_rate_in_year", rate=last, year=1961)
    return chart.add_annotation(note(told, 1961, last, xanchor="right", yanchor="top", xshift=9, yshift=-7))
