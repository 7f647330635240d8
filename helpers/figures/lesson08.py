"""The pictures of lesson 08: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import figures, theme
from helpers.common import SHORT_MONTHS, when
from helpers.figures.axes import value_axis
from helpers.figures.layout import EDGE, drawn, key, label_gap, note, panes, shade
from helpers.figures.letters import number
from helpers.sentences import fixed, heading

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang"))
DARK, GREY, _ = theme.GREYS
QUARREL = (1966, 1970, fixed("quarrel_with_beijing"))
MEASURES = {
    "states_with_relations": (fixed("states_with_relations"), (0, 200)),
    "missions_exchanged": (fixed("partners_with_a_mission_on_either_side"), (0, 100)),
    "igo_memberships": (fixed("memberships_of_international_organisations"), (0, 95)),
}
SHORT_NAMES = {"states_with_relations": "states", "missions_exchanged": "missions", "igo_memberships": "memberships"}
COUNTERS = ["seoul_shinmun", "ncnk", "rok_foreign_ministry", "rok_unification_ministry", "cow", "cow_any_type"]


def every_fifth(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts of relations with memberships every fifth year only, as missions are (they were counted yearly from 1965 on)."""
    return counts[(counts["series"] != "igo_memberships") | (counts["year"] % 5 == 0)]


PLACES = {
    "Beijing": ("Beijing", "left"),
    "Pyongyang": ("Pyongyang", "left"),
    "Seoul": ("Seoul", "right"),
    "Dandong": (fixed("dandong_on_the_yalu"), "left"),
    "Yanji": (fixed("yanji_near_the_tumen"), "left"),
    "Vladivostok": ("Vladivostok", "right"),
    "Panmunjom": (fixed("panmunjom_on_the_truce_line_of_1953"), "right"),
}
AREAS = {"China": (116.5, 43), "Soviet Union": (134.2, 44.4), "North Korea": (126.8, 40.3), "South Korea": (128.2, 36.3)}


def between(places: pd.DataFrame) -> pd.DataFrame:
    """Return the places around North Korea, from the table `places`, with their words."""
    rows = places.set_index("name").loc[list(PLACES)].reset_index()
    words = pd.DataFrame(list(PLACES.values()), columns=["text", "side"])
    return pd.concat([rows, words], axis=1).assign(actor=rows["name"])


def opening(spots: pd.DataFrame, land: pd.DataFrame) -> Figure:
    """Draw where North Korea lies; `spots` is what `between` returned, `land` the table of that name."""
    centre = (126 if theme.page().narrow else 125.2, 40.6)  # the name of Vladivostok needs the room
    return figures.locator_map(spots, land, centre=centre, across=2300, actors=list(theme.ACTORS), areas=AREAS)


def measures(counts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Return three counts of company over the same years, South Korea in grey, and their table, from rows of `relations`."""
    parts, tables = [], []
    for series, (title, ends) in MEASURES.items():
        rows = counts[counts["series"] == series]
        table = rows.pivot(index="year", columns="place", values="value")
        last = {place: table[place].dropna() for place in table}
        inks = {"South Korea": GREY, "North Korea": PYONGYANG}
        look = "dots" if series == "states_with_relations" else "line"  # single counts by several counters
        ends_in = {one: {"place": one, "year": last[one].index[-1], "count": last[one].iloc[-1]} for one in inks if one in table}
        looks = {one: (fixed("place_year_count", **end), inks[one], look) for one, end in ends_in.items()}
        parts.append((title, table.reset_index(), looks, ends))
        tables.append(table.rename(columns=lambda place, what=title.lower(): fixed("measure_of_place", measure=what, place=place)))
    band = (*QUARREL[:2], "" if theme.page().narrow else QUARREL[2])
    chart = figures.panels(parts, x_range=(1959, 2025), band=band, panel_height=112).update_yaxes(nticks=4)
    missions, seoul = tables[1].filter(like="North Korea").iloc[:, 0], parts[0][2]["South Korea"][0]
    for year in (1980, 2000):  # the two that exercise 08-1 compares
        chart.add_annotation(note(f"{missions[year]:.0f}", year, missions[year], PYONGYANG, yref="y2", xshift=6, yshift=-13))
    for words in chart.layout.annotations if not theme.page().narrow else ():
        if words.text.startswith("<b>"):  # beside the lowest number of the panel above, not on it
            words.xshift = 0
        elif words.text == seoul and words.yref == "y":  # above its dot, not on North Korea's
            words.update(xanchor="center", xshift=0, yanchor="bottom", yshift=5)
        elif words.text == QUARREL[2]:  # beside the band that it names
            words.update(text=f"◂ {QUARREL[2]}", x=QUARREL[1], xref="x", y=MEASURES["states_with_relations"][1][1], yref="y")
            words.update(xanchor="left", xshift=2, yanchor="top", yshift=0)
    return chart, tables[0].join(tables[1:], how="outer").sort_index().reset_index()  # older pandas leaves them unsorted


# How a share of trade was come by: what an agency counted is full, one person's word or a sum of ours is hollow.
SHARES = {
    "both": (fixed("ussr_and_china_together"), DARK, "dots"),
    "USSR": ("USSR", MOSCOW, "hollow"),
    "China, weaker counts": ("China", BEIJING, "hollow"),
    "China, KOTRA": (fixed("china_by_kotra"), BEIJING, "line"),
}
SHOWN = (1966, 1973, 1990, 1991, 1992, 1993, 1996, 1998, 1999, 2000, 2001, 2002)  # before KOTRA's row; of 1989 one agency alone has a share
OF_MOSCOW = ["embassy_report", "zakharova_xxi", "kotra"]
# Sources of a sentence alone: the exchange with China, KOTRA's estimate of oil, Russia's trade, the panel, the treaty, the prices of 1991.
SAID = ["R20", "piie_oil", "ria_2024", "pravda_2024", "tass_1868051", "worldlib_ru"]
OF_OIL = ["soviet_yearbook", "rok_tally", "closing_sum", "resolution_2397", "satellite_count"]


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return shares of North Korea's trade by year, in percent: a column for each partner and way of counting, gaps as gaps."""
    single = rows[rows["year_end"].isna() & (rows["year"].isin(SHOWN) | (rows["year"] >= 2003))].dropna(subset="value")
    china = single[single["partner"] == "China"]
    printed = (china["basis"] == "kotra") & (china["status"] == "estimate")
    ours = (china["status"] == "derived") | (china["basis"] == "embassy_report")
    moscow = single[(single["partner"] == "USSR") & (single["basis"].isin(OF_MOSCOW) | single["source_id"].isin(OF_MOSCOW))]
    both = single[single["partner"] == "USSR and China"]
    columns = {"both": both, "USSR": moscow, "China, weaker counts": china[ours], "China, KOTRA": china[printed]}
    table = pd.DataFrame({name: frame.set_index("year")["value"] for name, frame in columns.items()})
    return table.reindex(range(1965, 2025)).rename_axis("year").reset_index()


def traded(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `trade_dprk` that the lesson rests on: shares, KOTRA's totals of four years, the roubles of 1990-91."""
    single, kotra = rows["year_end"].isna(), rows["basis"] == "kotra"
    ours = rows["basis"].isin(["cia", "embassy_report", "customs_over_kotra", "government_over_kotra", "kotra_with_inter_korean"]) | kotra
    giants = rows["partner"].isin(["USSR", "China", "USSR and China"]) & (rows["year"].isin(SHOWN) | (rows["year"] >= 2003))
    shares_of = (rows["series"] == "trade_share") & giants & single & (ours | (rows["source_id"] == "zakharova_xxi"))
    totals = (
        (rows["series"] == "trade_total") & kotra & rows["partner"].isin(["World", "China"]) & rows["year"].isin([2003, 2013, 2020, 2024])
    )
    roubles = (rows["series"] == "trade_total_roubles") & rows["year"].isin([1990, 1991])
    return rows[shares_of | totals | roubles]


def share(table: pd.DataFrame) -> Figure:
    """Draw how much of North Korea's trade went to Moscow and to Beijing; `table` is what `shares` returned."""
    chart = figures.trend(table, looks=SHARES, y_range=(0, 108), height=300, band=(2014.5, 2017.5, fixed("not_seen")))
    for trace in chart.data:  # only a gap inside a line is a gap; years without a dot need not be stored
        known = [place for place, value in enumerate(trace.y) if pd.notna(value)]
        kept = range(known[0], known[-1] + 1) if "lines" in trace.mode else known
        trace.update(x=[trace.x[place] for place in kept], y=[trace.y[place] for place in kept])
    narrow = theme.page().narrow  # there is no room for the third; the title says it
    for year in (2003, 2020, 2024)[: 2 if narrow else 3]:
        value = float(table.set_index("year")["China, KOTRA"][year])
        aside = narrow and year == 2020  # below the line, where it is free
        x, y, anchor = (2024.3, 46.0, "right") if aside else (year, value, "center")
        words = fixed("border_closed_2020", value=value) if year == 2020 else f"{value:.1f}"
        told = note(words, x, y, BEIJING, xanchor=anchor, yanchor="top", yshift=-6)
        if aside:  # a thin line leads from the words to their dot
            chart.add_shape(type="line", x0=year, x1=year, y0=y, y1=value - 2, line_color=BEIJING, line_width=1)
        if year == 2003:  # to the left of its dot, away from the hollow ones below
            told.update(xanchor="right", xshift=-8, yanchor="middle", yshift=0)
        elif year == 2020 and not aside:  # not over the band of the years that were not seen
            told.update(x=2017.8, xanchor="left", align="left")
        chart.add_annotation(told)
    first = table.set_index("year").loc[1973]
    for column in ("USSR", "China, weaker counts") if not narrow else ():
        words, ink, _ = SHARES[column]
        chart.add_annotation(note(words, 1973, float(first[column]), ink, xanchor="left", xshift=9))
    return chart


MAP, WORD_STRIP, WORD_STATE = map(fixed, ("argues_from_the_map", "buffer_for_a_strip_on_the_yalu", "buffer_for_north_korea"))
USES = {
    "BW15": ("USSR", fixed("stalin_to_mao_chinas_border"), MAP),
    "BW01": ("China", fixed("mao_to_moscows_ambassador"), MAP),
    "BW06": ("outsiders", fixed("newspapers_in_new_zealand"), WORD_STRIP),
    "BW17": ("USSR", fixed("kosygin_on_american_ships"), MAP),
    "BW13": ("outsiders", fixed("a_seoul_official_on_chinese_views"), WORD_STATE),
    "BW16": ("outsiders", fixed("an_american_institute"), WORD_STATE),
    "BW14": ("China", fixed("a_beijing_columnist"), WORD_STATE),
}
NONE_SEEN, NOT_IN_IT = fixed("no_such_paper_was_seen"), fixed("not_in_what_we_read")
SIDES = {"China": fixed("beijings_side"), "USSR": fixed("moscows_side"), "outsiders": fixed("outsiders")}
BY_OTHERS = {side: fixed("reported_by_others", side=name) for side, name in SIDES.items()}


def uses(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who argued from the map and who said "buffer", from `buffer_word`, with an empty row for Soviet papers."""
    columns, sheet = (MAP, WORD_STRIP, WORD_STATE), []
    for use, (side, who, column) in USES.items():
        row = rows.set_index("use_id").loc[use]
        kind = (BY_OTHERS if row["as_reported_by"] else SIDES)[side]
        cells = [kind if column == name else NOT_IN_IT for name in columns]
        sheet.append((_dated(row["date"], who), *cells, int(row["date"][:4])))
    sheet.append((fixed("moscow_of_its_own_border"), *[NONE_SEEN] * 3, 1991))
    return pd.DataFrame(sheet, columns=["who", *columns, "year"])


def with_means(sheet: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the `sheet` of `uses` with what each meant by the land between and against whom, in words from the `rows` of that table."""
    told = rows.set_index("use_id")
    means = {_dated(told.at[use, "date"], who): told.loc[use, ["means", "against_whom"]] for use, (_, who, _) in USES.items()}
    about = pd.DataFrame(means).T.rename(columns={"means": "what lies between", "against_whom": "against whom"})
    return sheet.join(about.fillna(""), on="who").fillna("")


def _dated(date, who):
    """Return a date in words before a name."""
    year, *month = date.split("-")[:2]
    return f"{SHORT_MONTHS[int(month[0]) - 1] + ' ' if month else ''}{year}: {who}"


def buffer(sheet: pd.DataFrame) -> Figure:
    """Draw who argued from the map and who used the word; `sheet` is what `uses` returned."""
    looks = {
        SIDES["USSR"]: (MOSCOW, "square", fixed("key_moscows_side")),
        SIDES["China"]: (BEIJING, "circle", fixed("key_beijings_side")),
        BY_OTHERS["USSR"]: (MOSCOW, "square-open", fixed("key_moscows_side_reported")),
        BY_OTHERS["China"]: (BEIJING, "circle-open", fixed("key_beijings_side_reported")),
        SIDES["outsiders"]: (DARK, "diamond", fixed("key_outsiders")),
        BY_OTHERS["outsiders"]: (DARK, "diamond-open", fixed("key_outsiders_reported")),
        NOT_IN_IT: (theme.MUTED, "line-ew-open", fixed("key_not_in_what_we_read")),
    }
    return figures.matrix(sheet, looks=looks, label_width=318, row_height=27, band=NONE_SEEN)


ALLIANCE, FRIENDSHIP, RELATIONS = fixed("alliance"), fixed("friendship"), fixed("relations")
TIES = {
    "ussr_dprk_1961": (fixed("moscow_and_pyongyang"), ALLIANCE),
    "russia_dprk_2000": (fixed("moscow_and_pyongyang"), FRIENDSHIP),
    "russia_dprk_2024": (fixed("moscow_and_pyongyang"), ALLIANCE),
    "ussr_rok_recognition": (fixed("moscow_and_seoul"), RELATIONS),
    "china_dprk_1961": (fixed("beijing_and_pyongyang"), ALLIANCE),
    "china_rok_recognition": (fixed("beijing_and_seoul"), RELATIONS),
}
GIANTS = {row: "Beijing" if name.startswith("china") else "Moscow" for name, (row, _) in TIES.items()}


def ties(treaties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties of the two giants with the two Koreas as bars, with their years as words; rows of `treaties`."""
    rows = treaties.set_index("treaty_id").loc[list(TIES)]
    table = pd.DataFrame(list(TIES.values()), columns=["row", "tie"], index=rows.index)
    table["start"], table["end"] = rows["start"].map(when), rows["end"].map(when)
    return table.assign(years=rows["start"].str[:4] + "-" + rows["end"].fillna("").str[:4]).reset_index(drop=True)


def tied(table: pd.DataFrame) -> Figure:
    """Draw two rows a giant: its tie with Pyongyang and its tie with Seoul; `table` is what `ties` returned."""
    page, inks = theme.page(), {"Moscow": MOSCOW, "Beijing": BEIJING}
    begun = table["years"].str[:4].mask(table["tie"] == FRIENDSHIP, "").mask(table["years"].str.startswith("1961-1"), table["years"])
    words = (table["tie"] + " " + begun.str.replace("-", "–")).str.strip()
    bars = table.assign(giant=table["row"].map(GIANTS), text=words if page.narrow else "")
    bars["kind"] = bars["giant"] + ", " + bars["tie"]
    looks = {row.kind: (inks[row.giant], "solid") for row in bars.itertuples()}
    chart = figures.spans(bars, x_range=(1959, 2026), looks=looks, label_width=190, row_height=50)
    for trace, kind in zip(chart.data, looks, strict=True):
        trace.marker.opacity = 1 if kind.endswith(ALLIANCE) else 0.35
        if page.narrow:
            continue
        trace.width *= 0.5  # room for the words above each bar
        for bar, place in zip(bars[bars["kind"] == kind].itertuples(), trace.y, strict=True):
            x, anchor = (bar.start, "left") if bar.start < 2020 else (2026, "right")
            y = float(place) + float(trace.width) / 2
            chart.add_annotation(note(words[bar.Index], x, y, inks[bar.giant], xanchor=anchor, yanchor="bottom", yshift=-1))
    return chart


ORIGINS = {"USSR": "USSR, Russia", "Russia": "USSR, Russia", "China": "China", "Iran": "Iran", "Libya": "Libya"}
SUPPLIERS = {"USSR, Russia": MOSCOW, "China": BEIJING, "Iran": DARK}
TO_CLOSE = "Iran, if the total is right"


def crude_by_supplier(rows: pd.DataFrame) -> pd.DataFrame:
    """Return crude oil by supplier and year in thousand tonnes; a column for what closes the printed sum of 1991."""
    rows = rows[rows["partner"] != "all origins"].assign(supplier=rows["partner"].map(ORIGINS), value=rows["value"] / 1000)
    kind = rows["variant"].map({"closing_sum": TO_CLOSE.removeprefix("Iran")}).fillna("")
    table = rows.assign(supplier=rows["supplier"] + kind).pivot(index="year", columns="supplier", values="value")
    return table[[*SUPPLIERS, TO_CLOSE, "Libya"]].reset_index()


def crude(table: pd.DataFrame) -> Figure:
    """Draw crude oil as one small chart a supplier; the ten months of 1992 are pale, years not seen an empty band."""
    left, head = EDGE, label_gap() + 8
    places, height = panes(len(SUPPLIERS), 130 if theme.page().narrow else 230, left, head, gap=28 if theme.page().narrow else 16)
    data, notes, shapes, axes = [], [], [], {}
    years = [int(year) for year in table["year"]]
    for pane, (supplier, ink) in zip(places, SUPPLIERS.items(), strict=True):
        axes |= pane.axes(_few_years(years), value_axis(0, 1250, visible=False))
        if supplier == "Iran":
            data.append(_hollow(years, table[TO_CLOSE], ink, pane))
        data.append(_columns(years, table[supplier], ink, pane, pale=[1992], written=True))
        notes.append(pane.heading(f"<b>{heading(supplier)}</b>", ink))
        if table[supplier].isna()[:2].all():
            shapes.append({**shade(years[0] - 0.45, years[1] + 0.45, pane.y), "xref": pane.x, "yref": f"{pane.y} domain"})
            notes.append(note(fixed("not_seen_narrow"), years[0] + 0.5, 0.5, theme.MUTED, xref=pane.x, yref=f"{pane.y} domain"))
    fuller = table.set_index("year")[TO_CLOSE][1991]
    beside = {"xref": places[-1].x, "yref": places[-1].y, "xanchor": "left", "yanchor": "bottom"}
    notes.append(note(fixed("or_so_much", number=number(fuller)), 1990.62, fuller, DARK, **beside))
    return drawn(data, height, left=left, top=head, notes=notes, shapes=shapes, barmode="overlay", **axes)


def _few_years(years):
    """Return an axis for a handful of bars, each with its year in two figures."""
    return {
        "range": [years[0] - 0.6, years[-1] + 0.6],
        "tickvals": years,
        "ticktext": [f"’{year % 100:02d}" for year in years],
        "showgrid": False,
        "showline": True,
        "ticks": "",
    }


def _columns(years, values, ink, pane, pale=(), written=False):
    """Return a bar for each year with a value in one small chart; some may be pale, and numbers may stand on top."""
    known = [(year, float(value)) for year, value in zip(years, values) if pd.notna(value)]
    return {
        "type": "bar",
        "xaxis": pane.x,
        "yaxis": pane.y,
        "x": [year for year, _ in known],
        "y": [value for _, value in known],
        "width": 0.78,
        "marker": {"color": ink, "opacity": [0.45 if year in pale else 1 for year, _ in known] if pale else 1},
        "text": [number(value) for _, value in known] if written else None,
        "textposition": "outside",
        "textfont": {"size": theme.page().small, "color": theme.INK},
        "constraintext": "none",
        "cliponaxis": False,
        "hovertemplate": fixed("thousand_tonnes") + "<extra></extra>",
    }


def _hollow(years, values, ink, pane):
    """Return hollow bars behind the full ones: what a sum of ours would need."""
    return {**_columns(years, values, ink, pane), "marker": {"color": theme.PAPER, "line": {"color": ink, "width": 2}}}


SHORT = {
    "Flood Damage.*": fixed("north_korean_officials"),
    "Hwang Jang-yop": fixed("hwang_an_official_who_fled"),
    "Good Friends.*": fixed("good_friends_aid_group"),
    "Korea Inst.*": fixed("korea_institute_in_seoul"),
    "Public Security.*": fixed("security_ministry_via_seoul"),
}
WORK = {
    "reconstruction": fixed("demographers_work"),
    "survey or refugee interviews": fixed("asking_refugees"),
    "official": fixed("what_officials_said"),
    "register-based": fixed("a_ministrys_lists"),
}


def in_words(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the figure's table with the kinds of work as the lesson calls them; `shown` are estimates that stand alone."""
    return figures.estimate_table(shown).replace({"method": WORK}).drop(columns=["bound", "leans on"])


def estimates(shown: pd.DataFrame) -> Figure:
    """Draw the famine's estimates one below the other, each with its years; `shown` are estimates that stand alone."""
    years = shown["year"].astype(str) + "–" + (shown["year_end"] % 100).astype(int).map("{:02d}".format)
    authors = shown["author"].replace(SHORT, regex=True)
    rows = shown.assign(author=authors + " " + years, year_published=float("nan"))
    chart = figures.forest(rows, x_range=(0, 3.6), label_width=300, methods=WORK)
    if not theme.page().narrow:  # the kinds of work stand in one line above instead of at each mark
        for words in chart.layout.annotations:
            words.text = words.text.split("</b>  ")[0] + ("</b>" if "</b>  " in words.text else "")
        looks = [(figures.METHOD_LOOKS[kind][1], words, figures.METHOD_LOOKS[kind][0]) for kind, words in WORK.items()]
        line, above = key(looks, chart.layout.margin.l)
        chart.update_layout(margin={"r": 90, "t": above}, annotations=[*chart.layout.annotations, *line])
    return chart
