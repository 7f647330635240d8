"""The pictures of lesson 08: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import figures, theme
from helpers.common import MONTHS, when
from helpers.figures.axes import room_for_values, value_axis, year_axis
from helpers.figures.layout import drawn, label_gap, note, numbers, panes, shade
from helpers.figures.letters import number

MOSCOW, BEIJING, PYONGYANG, SEOUL = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang", "Seoul"))
DARK, GREY, PALE = theme.GREYS
QUARREL = (1966, 1970, "quarrel with Beijing")
MEASURES = {
    "states_with_relations": ("States with relations", (0, 200)),
    "missions_exchanged": ("Partners with a mission on either side", (0, 100)),
    "igo_memberships": ("Memberships of international organisations", (0, 95)),
}
SHORT_NAMES = {"states_with_relations": "states", "missions_exchanged": "missions", "igo_memberships": "memberships"}
# One counter where several have the same year.
COUNTERS = ["seoul_shinmun", "ncnk", "rok_foreign_ministry", "rok_unification_ministry", "cow", "cow_any_type"]


def every_fifth(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts of relations without the years between two five-yearly codings of memberships."""
    return counts[(counts["series"] != "igo_memberships") | (counts["year"] % 5 == 0)]


def opening(counts: pd.DataFrame) -> Figure:
    """Draw partners and memberships up to 1965; the years of the quarrel and after are left empty.

    Parameters
    ----------
    counts : DataFrame
        Columns year, partners with a mission, memberships; the last rows without numbers.
    """
    looks = {
        "partners with a mission": ("partners with a mission", PYONGYANG, "line"),
        "memberships": ("memberships", DARK, "line"),
    }
    return figures.trend(counts, looks, (0, 24), height=250, band=(1966, 1970, "the quarrel"))


def before_the_quarrel(counts: pd.DataFrame) -> pd.DataFrame:
    """Return partners with a mission and memberships every fifth year to 1965, and empty rows to 1980."""
    words = {"missions_exchanged": "partners with a mission", "igo_memberships": "memberships"}
    known = counts[counts["year"] <= 1965].assign(count=counts["series"].map(words))
    table = known.pivot(index="year", columns="count", values="value")[list(words.values())]
    return table.reindex(range(1950, 1981, 5)).reset_index()


def measures(counts: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Return three counts of company over the same years, South Korea in grey, and their table.

    Parameters
    ----------
    counts : DataFrame
        Rows of `relations`: place, series, year, value.
    """
    parts, tables = [], []
    for series, (title, ends) in MEASURES.items():
        rows = counts[counts["series"] == series]
        table = rows.pivot(index="year", columns="place", values="value")
        last = {place: table[place].dropna().iloc[-1] for place in table}
        inks = {"South Korea": GREY, "North Korea": PYONGYANG}
        looks = {place: (f"{place}: {last[place]:.0f}", inks[place], "line") for place in inks if place in table}
        parts.append((title, table.reset_index(), looks, ends))
        tables.append(table.add_suffix(f", {title.lower()}"))
    chart = figures.panels(parts, (1959, 2025), band=QUARREL, panel_height=104)
    return chart, tables[0].join(tables[1:], how="outer").reset_index()


# How a share of trade was come by: what is read in print is full, a diplomat's word or a sum of ours is hollow.
SHARES = {
    "both": ("USSR and China together", DARK, "dots"),
    "USSR": ("USSR", MOSCOW, "hollow"),
    "China, said or our sums": ("China", BEIJING, "hollow"),
    "China, KOTRA": ("China, by KOTRA", BEIJING, "line"),
}
OF_MOSCOW = ["embassy_report", "zakharova_xxi", "kotra"]


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return shares of North Korea's trade by year: a column for each partner and way of counting, gaps as gaps.

    Parameters
    ----------
    rows : DataFrame
        Rows of `trade_dprk`, series trade_share, in percent.
    """
    single = rows[rows["year_end"].isna()].dropna(subset="value")
    china = single[single["partner"] == "China"]
    printed = (china["basis"] == "kotra") & (china["status"] == "estimate")
    ours = (china["status"] == "derived") | (china["basis"] == "embassy_report")
    moscow = single[(single["partner"] == "USSR") & (single["basis"].isin(OF_MOSCOW) | single["source_id"].isin(OF_MOSCOW))]
    columns = {
        "both": single[single["partner"] == "USSR and China"],
        "USSR": moscow,
        "China, said or our sums": china[ours],
        "China, KOTRA": china[printed],
    }
    table = pd.DataFrame({name: frame.set_index("year")["value"] for name, frame in columns.items()})
    return table.reindex(range(1965, 2025)).rename_axis("year").reset_index()


def share(table: pd.DataFrame) -> Figure:
    """Draw how much of North Korea's trade went to Moscow and to Beijing; `table` is what `shares` returned."""
    chart = figures.trend(table, SHARES, (0, 108), height=300, band=(2014.5, 2017.5, "not seen"))
    for year in (2003, 2020, 2024):
        value = float(table.set_index("year")["China, KOTRA"][year])
        chart.add_annotation(note(f"{value:.1f}", year, value, BEIJING, yanchor="top", yshift=-6))
    return chart


MAP, WORD_STRIP, WORD_STATE = "Argues from the map, without the word", "“Buffer” for a strip on the Yalu", "“Buffer” for North Korea"
USES = {
    "BW01": ("China", "Mao, to Moscow's ambassador", MAP),
    "BW06": ("outsiders", "newspapers, from London and Washington", WORD_STRIP),
    "BW08": ("outsiders", "MacArthur, American general", WORD_STRIP),
    "BW09": ("USSR", "treaty with North Korea", ""),
    "BW10": ("China", "treaty with North Korea", ""),
    "BW11": ("China", "a Chinese diplomat in Pyongyang", MAP),
    "BW12": ("China", "Premier Zhou on the closest neighbour", ""),
    "BW13": ("outsiders", "a South Korean minister, on Chinese experts", WORD_STATE),
    "BW14": ("China", "a Beijing columnist, rejecting it", WORD_STATE),
}
NONE_SEEN = "no such paper was seen"
SIDES = {"China": "Beijing's side", "USSR": "Moscow's side", "outsiders": "outsiders"}


def uses(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who argued from the map and who said "buffer", with an empty row for Moscow's planners.

    Parameters
    ----------
    rows : DataFrame
        The table `buffer_word`.
    """
    columns, sheet = (MAP, WORD_STRIP, WORD_STATE), []
    for use, (side, who, column) in USES.items():
        row = rows.set_index("use_id").loc[use]
        kind = SIDES[side] + (", reported by others" if row["as_reported_by"] else "")
        cells = [kind if column == name else "" if column else "not met" for name in columns]
        sheet.append((_dated(row["date"], who), *cells))
        if use == "BW09":
            sheet.append(("1950-91: Moscow's planners", *[NONE_SEEN] * 3))
    return pd.DataFrame(sheet, columns=["who", *columns])


def with_means(sheet: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sheet of `uses` with what each meant by the land between and against whom, in words."""
    told = rows.set_index("use_id")
    means = {_dated(told.at[use, "date"], who): told.loc[use, ["means", "against_whom"]] for use, (_, who, _) in USES.items()}
    about = pd.DataFrame(means).T.rename(columns={"means": "what lies between", "against_whom": "against whom"})
    return sheet.join(about.fillna(""), on="who").fillna("")


def _dated(date, who):
    """Return a date in words before a name."""
    year, *month = date.split("-")[:2]
    return f"{MONTHS[int(month[0]) - 1][:3] + ' ' if month else ''}{year}: {who}"


def buffer(sheet: pd.DataFrame) -> Figure:
    """Draw who argued from the map and who used the word; `sheet` is what `uses` returned."""
    looks = {
        "Beijing's side": (BEIJING, "circle", "● Beijing's side"),
        "Beijing's side, reported by others": (BEIJING, "circle-open", "○ reported by others"),
        "outsiders": (DARK, "diamond", "◆ outsiders"),
        "outsiders, reported by others": (DARK, "diamond-open", "◇ reported by others"),
        "not met": (theme.MUTED, "line-ew-open", "– not met in it"),
    }
    return figures.matrix(sheet, looks, label_width=318, row_height=27, band=NONE_SEEN)


TIES = {
    "ussr_dprk_1961": ("Moscow and Pyongyang", "alliance"),
    "russia_dprk_2000": ("Moscow and Pyongyang", "friendship"),
    "russia_dprk_2024": ("Moscow and Pyongyang", "alliance"),
    "ussr_rok_recognition": ("Moscow and Seoul", "relations"),
    "china_dprk_1961": ("Beijing and Pyongyang", "alliance"),
    "china_rok_recognition": ("Beijing and Seoul", "relations"),
}


def ties(treaties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties of the two giants with the two Koreas as bars, with the first and the last year as words.

    Parameters
    ----------
    treaties : DataFrame
        Rows of `treaties`, variant "main".
    """
    rows = treaties.set_index("treaty_id").loc[list(TIES)]
    table = pd.DataFrame(list(TIES.values()), columns=["row", "tie"], index=rows.index)
    table["start"], table["end"] = rows["start"].map(when), rows["end"].map(when)
    return table.assign(years=rows["start"].str[:4] + "-" + rows["end"].fillna("").str[:4]).reset_index(drop=True)


def tied(table: pd.DataFrame) -> Figure:
    """Draw two rows a giant: its tie with Pyongyang and its tie with Seoul; `table` is what `ties` returned."""
    page, inks = theme.page(), {"Moscow": MOSCOW, "Beijing": BEIJING}
    words = [f"{row.tie}, {row.years if pd.notna(row.end) else 'since ' + row.years[:4]}" for row in table.itertuples()]
    bars = table.assign(giant=table["row"].str.split(" ").str[0], text=words if page.narrow else "")
    bars["kind"] = bars["giant"] + ", " + bars["tie"]
    looks = {row.kind: (inks[row.giant], "solid" if row.tie == "alliance" else "open") for row in bars.itertuples()}
    chart = figures.spans(bars, (1959, 2030), looks, label_width=190, row_height=54)
    if page.narrow:
        return chart
    for trace, kind in zip(chart.data, looks, strict=True):
        trace.width *= 0.55  # room above each bar for its words
        for word, bar, place in zip(bars[bars["kind"] == kind].index, bars[bars["kind"] == kind].itertuples(), trace.y):
            side = {"x": bar.start, "xanchor": "left"} if bar.start < 2020 else {"x": 2030, "xanchor": "right"}
            chart.add_annotation(note(words[word], y=place, colour=inks[bar.giant], yanchor="bottom", yshift=8, **side))
    return chart


ORIGINS = {"USSR": "USSR, Russia", "Russia": "USSR, Russia", "China": "China", "Iran": "Iran", "Libya": "Libya"}
OIL_INKS = {"USSR, Russia": MOSCOW, "China": BEIJING, "Iran": DARK, "Libya": DARK}


def crude_by_supplier(rows: pd.DataFrame) -> pd.DataFrame:
    """Return crude oil by supplier and year in thousand tonnes; a column for what closes the printed sum of 1991.

    Parameters
    ----------
    rows : DataFrame
        Rows of `oil`, series crude_imports, variants soviet_yearbook, rok_tally and closing_sum.
    """
    rows = rows[rows["partner"] != "all origins"].assign(supplier=rows["partner"].map(ORIGINS), value=rows["value"] / 1000)
    kind = rows["variant"].map({"closing_sum": " to close the sum"}).fillna("")
    table = rows.assign(supplier=rows["supplier"] + kind).pivot(index="year", columns="supplier", values="value")
    return table[[*OIL_INKS, "Iran to close the sum"]].reset_index()


def crude(table: pd.DataFrame) -> Figure:
    """Draw crude oil as one small chart a supplier; the ten months of 1992 are pale, years not seen an empty band."""
    left, head = room_for_values(0, 1), label_gap() + 8
    places, height = panes(len(OIL_INKS), 130 if theme.page().narrow else 230, left, head, gap=28)
    data, notes, shapes, axes = [], [], [], {}
    years = [int(year) for year in table["year"]]
    for pane, (supplier, ink) in zip(places, OIL_INKS.items(), strict=True):
        known = table[supplier].notna().tolist()
        axes |= pane.axes(_few_years(years), value_axis(0, 1250, visible=False))
        fuller = table["Iran to close the sum"] if supplier == "Iran" else pd.Series([None] * len(years))
        data += [*_reaching(years, fuller, ink, pane), _columns(years, table[supplier], [ink, ink, ink, ink, theme.GREYS[2]], pane, 0.5)]
        notes.append(pane.heading(f"<b>{supplier}</b>", ink))
        if not any(known[:2]):
            shapes.append({**shade(years[0] - 0.45, years[1] + 0.45, pane.y), "xref": pane.x, "yref": f"{pane.y} domain"})
            notes.append(note("not<br>seen", years[0] + 0.5, 0.5, theme.MUTED, xref=pane.x, yref=f"{pane.y} domain"))
    iran = places[2]
    notes.append(note("or 750?", 1991.2, 750, DARK, xref=iran.x, yref=iran.y, yanchor="bottom", yshift=2))
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


def _columns(years, values, inks, pane, written=None):
    """Return a bar a year in one small chart, with its number on top where `written` is not None."""
    texts = ["" if pd.isna(value) else number(value) for value in values]
    return {
        "type": "bar",
        "xaxis": pane.x,
        "yaxis": pane.y,
        "x": years,
        "y": numbers(values),
        "width": 0.78,
        "marker": {"color": inks},
        "text": texts if written is not None else None,
        "textposition": "outside",
        "textfont": {"size": theme.page().small},
        "constraintext": "none",
        "cliponaxis": False,
        "hovertext": [f"{year}: {text}" for year, text in zip(years, texts)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _reaching(years, values, ink, pane):
    """Return hollow bars behind the full ones: what a sum of ours would need."""
    if not pd.notna(values).any():
        return []
    hollow = _columns(years, values, theme.PAPER, pane)
    return [{**hollow, "marker": {"color": theme.PAPER, "line": {"color": ink, "width": 2}}}]


SHORT = {
    "Flood Damage.*": "North Korean officials",
    "Good Friends.*": "Good Friends",
    "Korea Inst.*": "Korea Institute (Seoul)",
    "Public Security.*": "Security ministry, via Seoul",
    "Hwang Jang-yop$": "Hwang Jang-yop, defector",
    "US Congressional.*": "US Congress staff",
    "as quoted elsewhere": "quoted",
    "long period": "to 2008",
}


def named(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the famine estimates that stand alone or lean on a named one, with the years in each name."""
    shown = estimates[estimates["independent"] | (estimates["depends_on"] != "")].copy()
    years = shown["year"].astype(str) + "-" + (shown["year_end"] % 100).astype(int).map("{:02d}".format)
    shown["author"] = shown["author"].replace(SHORT, regex=True) + ", " + years
    shown["author"] = shown["author"].str.replace(" (to 2008)", "").str.replace(",", ";", n=0)
    return shown


def estimates(shown: pd.DataFrame) -> Figure:
    """Draw the famine's estimates one below the other; `shown` is what `named` returned."""
    return figures.forest(shown, x_range=(0, 4), label_width=300)


DONORS = {"South Korea": SEOUL, "United States": DARK, "China": BEIJING, "other donors": GREY}


def food(table: pd.DataFrame) -> Figure:
    """Draw food aid as one small chart a donor, all on one scale.

    Parameters
    ----------
    table : DataFrame
        Column year and one for each donor, thousand tonnes.
    """
    left, head = room_for_values(0, 600), label_gap() + 8
    places, height = panes(len(DONORS), 110 if theme.page().narrow else 210, left, head, gap=26)
    data, notes, axes = [], [], {}
    years = [int(year) for year in table["year"]]
    for pane, (donor, ink) in zip(places, DONORS.items(), strict=True):
        axes |= pane.axes(year_axis(years[0] - 1, years[-1] + 1, pane.room), value_axis(0, 620, showticklabels=pane.across[0] == 0))
        data.append(_columns(years, table[donor], ink, pane))
        notes.append(pane.heading(f"<b>{donor}</b>", ink))
    return drawn(data, height, left=left, top=head, notes=notes, **axes)


def seen(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the trade that customs reported, all partners and China alone, million dollars by year.

    Parameters
    ----------
    rows : DataFrame
        Rows of `trade_dprk`, series trade_total, basis kotra.
    """
    table = rows.pivot_table(index="year", columns="partner", values="value", aggfunc="first")[["World", "China"]]
    return table.rename(columns={"World": "all partners"}).reindex(range(2003, 2025)).rename_axis("year").reset_index()


def reported(table: pd.DataFrame) -> Figure:
    """Draw the reported trade of all partners and of China in dollars; from 2022 on Russia is not in it."""
    looks = {"all partners": ("all partners", DARK, "dots"), "China": ("China", BEIJING, "hollow")}
    return figures.trend(table, looks, (0, 8200), height=300, decimals=0, band=(2021.6, 2024.4, "without Russia"))


def arrivals(table: pd.DataFrame) -> Figure:
    """Draw arrivals in South Korea by year, with the closing of the border marked."""
    last = table["persons"].iloc[-1]
    looks = {"persons": (f"{last:.0f} in {int(table['year'].iloc[-1])}", SEOUL, "line")}
    return figures.trend(table, looks, (0, 3200), height=280, decimals=0, marks=[(2020, "border closed")])
