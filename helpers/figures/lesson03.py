"""The pictures of lesson 03: labels, colours and places, so that the lesson's cells hold only the history."""

import re
from collections.abc import Mapping

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import MONTHS, when
from helpers.figures.bars import bars, split_bars
from helpers.figures.dots import BESIDE, dated
from helpers.figures.layout import drawn, note, numbers, on_top, shade, upright
from helpers.figures.plans import plans_and_outcomes
from helpers.figures.rows import amounts

AMBER, DARK = theme.ACTORS["Beijing"], "#8A5900"  # dark enough for white numbers on it
BLUE, RUST, GREEN, _ = theme.METHODS
TAG = re.compile(r"<[^>]+>")
BIG = 28  # pixels of the one number that a picture turns on

OPENING_PLANS = {"first_account": 1958, "sixth_plenum": 1959, "shanghai_politburo": 1960, "beidaihe": 1962}

# Statements about the harvest of 1958: where they stand on the axis, and their words.
STATEMENTS = {
    "beidaihe_expectation": (1958.63, "expected,<br>August 1958"),
    "provincial_reports": (1958.88, "added up from<br>the provinces"),
    "central_committee": (1959.0, "announced, December 1958"),
    "internal_check_1959": (1959.4, "inside the party, 1959"),
    "plenum_admission": (1959.63, "admitted,<br>August 1959"),
    "older_official": (1960.75, "tables of<br>the 1980s"),
    "series_now_in_use": (1961.35, "series<br>now in use"),
}
ASIDE = {"provincial_reports": "left", "beidaihe_expectation": "left", "internal_check_1959": "below"}

# Plans for a year's steel in the order in which they were made: (year, series, variant, words under the mark).
STEEL = [
    (1958, "steel_target", "double_of_1957", ""),
    (1958, "steel_output", "peoples_daily_claim", "on<br>paper"),
    (1958, "steel_output", "cow_nmc4", "<b>made</b>"),
    (1959, "steel_target", "beidaihe", ""),
    (1959, "steel_target", "wuchang_november", ""),
    (1959, "steel_target", "peoples_daily", ""),
    (1959, "steel_target", "shanghai", ""),
    (1959, "steel_target", "politburo_may", ""),
    (1959, "steel_target", "eighth_plenum", ""),
    (1959, "steel_output", "cow_nmc4", "<b>made</b>"),
    (1960, "steel_target", "shanghai_politburo", ""),
    (1960, "steel_output", "cow_nmc4", "<b>made</b>"),
    (1961, "steel_target", "first_version", "first<br>plan"),
    (1961, "steel_target", "work_conference", ""),
    (1961, "steel_output", "cow_nmc4", "<b>made</b>"),
]

PAGE, OFFICIAL = (1958, 1962), (1958, 1961)  # first moment, last moment: "1958-61" and "1958-60"
# Rival dates: the event, who dates so ("" when only we do), words beside the mark.
DATES = {
    "1957-09-20-third-plenum-eighth-central-committee": ("begins autumn 1957", "Luo Pinghan", "historian: after a plenum"),
    "1958-02-02-peoples-daily-calls-leap": ("begins February 1958", "", "the press calls for a leap"),
    "1958-05-05-second-session-eighth-congress": ("begins May 1958", "", "a party congress adopts it"),
    "1958-08-17-beidaihe-meeting-sets-steel-target": ("begins August 1958", "", "communes, steel doubled"),
    "1961-01-14-ninth-plenum-adopts-readjustment": ("ends January 1961", "Franz Schurmann", "scholar: extreme measures stop"),
    "1961-05-21-beijing-conference-makes-canteens-optional": ("ends mid-1961", "a study of Sichuan", "canteens made optional"),
    "1962-01-11-conference-seven-thousand-cadres": ("ends January 1962", "", "leaders admit faults"),
}

TOLD = (  # events of the text, for the list of sources
    "1958-09-17-press-counts-furnaces-henan 1958-10-canteens-serve-without-limit 1958-10-ripe-grain-left-in-fields "
    "1959-02-22-mao-passes-on-report-hidden-grain 1959-07-14-peng-dehuai-writes-mao "
    "1959-08-02-eighth-plenum-condemns-peng-dehuai 1959-08-gansu-officials-condemned-hunger-report "
    "1960-01-07-shanghai-meeting-sets-new-high-targets 1960-11-03-twelve-articles-rural-policy "
    "1962-campaign-after-lushan-counted"
).split()
SERIES = (  # of `grain`, for the list of sources
    "grain_output grain_output_claimed grain_procurement_gross procurement_share_of_output grain_net_exports "
    "grain_stock_days_of_sales sown_area_change"
).split()

# Shares of the harvest that the state took: who counted, and the colour of the dots.
SHARES = {
    "yearbook": ("Yearbook", theme.GREYS[0]),
    "lin_and_yang": ("Lin and Yang", BLUE),
    "wider_count": ("another count", RUST),
    "trade_grain": ("Shandong", GREEN),
}

WHERE = {  # words of two dots that lie close together
    ("yearbook", 1957): "above",
    ("trade_grain", 1957): "below",
    ("lin_and_yang", 1958): "above",
    ("trade_grain", 1958): "below",
    ("lin_and_yang", 1959): "left",
}

VOICES = {
    "shanghai_politburo": "Planned, January 1960",
    "fang_fang": "Fang Fang, an official, 1960",
    "cia_estimate": "CIA, January 1961, about",
    "older_official": "Older official table",
    "series_now_in_use": "Official series now in use",
}


def harvests_and_plans(grain: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the harvests of 1952-57 (rows of `grain`, one series, Mt) beside the plans for later years (rows of `targets`)."""
    told = targets.drop_duplicates(["variant", "year"]).set_index(["variant", "year"])["value"]
    plans = {year: told[variant, year] for variant, year in OPENING_PLANS.items()}
    table = pd.DataFrame({"year": range(1952, 1963)})
    known = grain[grain["year"] < 1958].set_index("year")["value"]
    return table.assign(harvested=table["year"].map(known), planned=table["year"].map(plans))


def opening(table: pd.DataFrame) -> Figure:
    """Draw harvests full and plans hollow, from `harvests_and_plans`; a year without either is an empty band."""
    data = []
    for column, fill in (("harvested", AMBER), ("planned", theme.PAPER)):
        written = ["" if pd.isna(value) else f"{value:.0f}" for value in table[column]]
        data.append(
            {
                "type": "bar",
                "x": [int(year) for year in table["year"]],
                "y": numbers(table[column]),
                "name": column,
                "width": 0.7,
                "marker": {"color": fill, "line": {"color": AMBER, "width": 2}},
                "text": written,
                "textposition": "outside",
                "cliponaxis": False,
                "hovertemplate": f"{column}, %{{x}}: %{{y:.0f}} million tonnes<extra></extra>",
            }
        )
    notes = [on_top(1954.5, "harvested"), on_top(1959, "planned"), on_top(1961, "no plan seen")]
    axis = {"dtick": 1, "range": [1951.4, 1962.6], "showgrid": False, "showline": True}
    return drawn(data, 260, top=22, notes=notes, shapes=[shade(1960.55, 1961.45)], barmode="overlay", xaxis=axis, yaxis={"range": [0, 820]})


def statements(grain: pd.DataFrame) -> pd.DataFrame:
    """Return the statements about the harvest of 1958 in the order in which they were made, with their words.

    Parameters
    ----------
    grain : DataFrame
        Rows of `grain` for China and 1958: variant, value, low, high (Mt), status.
    """
    rows = grain.set_index("variant").loc[list(STATEMENTS), ["value", "low", "high", "status"]].reset_index()
    said = pd.DataFrame([STATEMENTS[variant] for variant in rows["variant"]], columns=["place", "statement"])
    said["statement"] = said["statement"].str.replace("<br>", " ")
    return rows.join(said)[["statement", "value", "low", "high", "status", "place", "variant"]]


def harvest(told: pd.DataFrame) -> Figure:
    """Draw the statements of `statements` at their dates: claims hollow, official figures full."""
    data, notes = [], []
    for row in told.itertuples():
        full = row.status == "official"
        low, high = (row.value, row.value) if pd.isna(row.low) else (row.low, row.high)
        if low < high:
            data.append({"type": "scatter", "x": [row.place] * 2, "y": [low, high], "mode": "lines", "line": {"color": AMBER, "width": 5}})
        else:
            mark = {"color": AMBER if full else theme.PAPER, "size": 15, "line": {"color": AMBER, "width": 3}}
            data.append({"type": "scatter", "x": [row.place], "y": [low], "mode": "markers", "marker": mark})
        data[-1]["hovertemplate"] = f"{row.statement}: %{{y:.0f}} million tonnes<extra></extra>"
        notes.append(_statement(row, low, high))
    axis = {
        "range": [1957.95, 1961.75],
        "tickvals": [1958.5, 1959, 1959.5, 1961.05],
        "ticktext": ["mid-1958", "end of 1958", "mid-1959", "decades later"],
        "showgrid": False,
        "showline": True,
    }
    return drawn(data, 330, right=20, notes=notes, shapes=[shade(1960.35, 1961.75)], xaxis=axis, yaxis={"range": [0, 490]})


def _statement(row, low, high):
    """Return the words beside a statement: its number large, what it is below it."""
    number = f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
    size = BIG if row.variant == "central_committee" else 17
    words = f'<b><span style="font-size:{size}px">{number}</span></b><br>{STATEMENTS[row.variant][1]}'
    side = ASIDE.get(row.variant, "right" if row.place < 1960 else "above")
    xanchor, yanchor, xshift, yshift = BESIDE[side]
    place = {"xanchor": xanchor, "yanchor": yanchor, "xshift": 1.2 * xshift, "yshift": 1.3 * yshift, "align": xanchor}
    return note(words, row.place, (low + high) / 2, theme.INK, theme.SMALL_SIZE, **place)


def chain(frames: Mapping, pressure: float, claimed: float) -> Figure:
    """Draw the model's harvest and the figure that each office passes on; a slider changes what each office adds.

    Parameters
    ----------
    frames : mapping
        {pressure: DataFrame of `reporting.bars_of`}, millions of tonnes.
    pressure : float
        The share, 0 to 1, that is shown first.
    claimed : float
        What was announced, a level line (Mt).
    """
    looks = {"taken": ("taken", DARK, "solid"), "left": ("left", AMBER, "pale"), "on paper": ("", theme.GREYS[1], "open")}
    named = {f"{100 * each:.3g} percent": frame for each, frame in frames.items()}
    chart = split_bars(named, looks, f"{100 * pressure:.3g} percent", "Each office adds: ", height=290, decimals=1)
    line = {"color": AMBER, "width": 2, "dash": "dash"}
    chart.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=claimed, y1=claimed, line=line)
    return chart.add_annotation(
        note(f"announced in December 1958: {claimed:.0f}", 0, claimed, DARK, xref="paper", xanchor="left", yanchor="bottom")
    )


def split(table: pd.DataFrame, fall: float) -> Figure:
    """Draw each harvest split into what the state took and what was left, with the fall of the rest in percent.

    Parameters
    ----------
    table : DataFrame
        Columns year, taken, left (Mt).
    fall : float
        Percent by which the rest fell from the first to the second year.
    """
    looks = {"taken": ("taken", DARK, "solid"), "left": ("left", AMBER, "pale")}
    chart = split_bars({"": table}, looks, "", height=300, decimals=1)
    top = float(table.iloc[1][["taken", "left"]].sum())
    return chart.add_annotation(note(f"<b>left: −{fall:.0f} %</b>", 1, top, DARK, xref="x", yanchor="bottom", yshift=4))


def datings(events: pd.DataFrame) -> pd.DataFrame:
    """Return the rival dates of the Leap as rows: words, moment, who dates so, begin or end.

    Parameters
    ----------
    events : DataFrame
        Rows of `events`: event_id, date.
    """
    dates = events.set_index("event_id")["date"].map(when)
    rows = [(row, dates[event], author or "nobody seen", words) for event, (row, author, words) in DATES.items()]
    return pd.DataFrame(rows, columns=["row", "when", "dated so by", "because"])


def in_rows(table: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return what `leap` draws as one table: the dates of `datings`, then the death rates year by year."""
    deaths = rates.reset_index(drop=True).assign(row=[f"deaths per 1000 people, {year}" for year in rates.index])
    return pd.concat([table[["row", "dated so by", "because"]], deaths], ignore_index=True)


def leap(table: pd.DataFrame, rates: pd.DataFrame) -> Figure:
    """Draw the rival dates of `datings` below the page's span and the official one, and the death rate under them.

    Parameters
    ----------
    table : DataFrame
        From `datings`.
    rates : DataFrame
        Index year, columns register and banister (deaths per 1000).
    """
    names = ["the page: 1958-61", "official count: 1958-60", *table["row"]][::-1]
    spans = [_span(names[-1], PAGE, theme.PAPER), _span(names[-2], OFFICIAL, AMBER)]
    seen = table["dated so by"] != "nobody seen"
    marks = {
        "type": "scatter",
        "x": numbers(table["when"]),
        "y": table["row"].tolist(),
        "mode": "markers",
        "marker": {"color": [AMBER if full else theme.PAPER for full in seen], "size": 13, "line": {"color": AMBER, "width": 2.5}},
        "hovertemplate": "%{y}<extra></extra>",
    }
    years = {"range": [1957, 1963], "tickvals": [y + 0.5 for y in range(1957, 1963)], "ticktext": [str(y) for y in range(1957, 1963)]}
    return drawn(
        [*spans, marks, *_deaths(rates)],
        400,
        left=190,
        right=20,
        notes=[_because(row, full) for row, full in zip(table.itertuples(), seen, strict=True)] + _death_words(rates),
        barmode="overlay",
        xaxis={**years, "anchor": "y2", "showgrid": False, "showline": True},
        yaxis={"domain": [0.36, 1], "categoryorder": "array", "categoryarray": names, "range": [-0.6, len(names) - 0.4]},
        yaxis2={"domain": [0, 0.27], "range": [0, 50], "nticks": 3, "anchor": "x"},
    )


def _span(name, ends, colour):
    """Return one dating of the whole Leap as a bar."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": [name],
        "x": [ends[1] - ends[0]],
        "base": [ends[0]],
        "width": 0.5,
        "marker": {"color": colour, "line": {"color": AMBER, "width": 2}},
        "hovertemplate": f"{name}<extra></extra>",
    }


def _because(row, full):
    """Return the words beside a date: who dates so, if anybody, and why; ends have them on their left."""
    words = f"<b>{row[3]}</b>, {row.because}" if full else row.because
    left = row.row.startswith("ends")
    return note(words, row.when, row.row, theme.INK, theme.SMALL_SIZE, xanchor="right" if left else "left", xshift=-12 if left else 12)


def _deaths(rates):
    """Return the register's rates as bars, 1960 in the darkest red, and Banister's as hollow dots."""
    years = [int(year) + 0.5 for year in rates.index]
    colours = [theme.SCALE[5] if year == 1960 else theme.SCALE[1] for year in rates.index]
    inks = [theme.PAPER if year == 1960 else theme.INK for year in rates.index]
    register = {
        "type": "bar",
        "x": years,
        "y": numbers(rates["register"]),
        "width": 0.7,
        "marker": {"color": colours},
        "text": [f"{rate:.1f}" for rate in rates["register"]],
        "textposition": "inside",
        "textangle": 0,
        "textfont": {"size": theme.SMALL_SIZE, "color": inks},
    }
    dots = {"color": theme.PAPER, "size": 9, "line": {"color": theme.SCALE[5], "width": 2}}
    banister = {"type": "scatter", "x": years, "y": numbers(rates["banister"]), "mode": "markers", "marker": dots}
    return [{**trace, "yaxis": "y2", "hovertemplate": "%{y:.1f} deaths per 1000<extra></extra>"} for trace in (register, banister)]


def _death_words(rates):
    """Return the name of the higher count of deaths, at the year 1960, and what the axis counts."""
    peak = rates.loc[1960, "banister"]
    label = note("deaths per<br>1000 people", 0, 0.135, xref="paper", yref="paper", xanchor="right", xshift=-44, align="right")
    return [note(f"Banister {peak:.1f}", 1960.5, peak, theme.SCALE[5], theme.SMALL_SIZE, yref="y2", xanchor="left", xshift=8), label]


def steel(plans: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return plans and outcomes of steel in the order in which they came, a row each.

    Parameters
    ----------
    plans, made : DataFrame
        Rows of `targets` and `industry`: series, variant, year, stated, value, low, high (Mt).
    """
    rows = pd.concat([plans, made]).drop_duplicates(["series", "variant", "year"]).set_index(["year", "series", "variant"])
    table = rows.loc[[step[:3] for step in STEEL], ["stated", "value", "low", "high"]].reset_index()
    said = [words for *_, words in STEEL]
    under = [words or _short(stated) for words, stated in zip(said, table["stated"], strict=True)]
    plain = [TAG.sub("", words.replace("<br>", " ").replace("’", "19")) for words in under]
    table.insert(0, "step", [f"for {year}: {words}" for year, words in zip(table["year"], plain, strict=True)])
    return table.assign(under=under)[["step", "value", "low", "high", "year", "series", "variant", "under"]]


def _short(date):
    """Return a month and year in two short lines."""
    return f"{MONTHS[int(date[5:7]) - 1][:3]}<br>’{date[2:4]}"


def falling_steps(table: pd.DataFrame) -> Figure:
    """Draw the plans and outcomes of `steel`, a block a year."""
    looks = table["series"].map({"steel_target": "plan", "steel_output": "made"})
    looks = looks.mask(table["variant"] == "peoples_daily_claim", "claimed")
    return plans_and_outcomes(table.assign(look=looks), AMBER, (0, 34))


def shares(table: pd.DataFrame) -> Figure:
    """Draw the share of the harvest that the state took as dots; each has its number, and a name where it is the first.

    Parameters
    ----------
    table : DataFrame
        Columns place, variant, year, value (percent).
    """
    rows, named = [], set()
    for row in table.sort_values("year").itertuples():
        name = SHARES[row.variant][0]
        words = f"{row.value:.1f}" if name in named else f"{name} {row.value:.1f}"
        named.add(name)
        rows.append((row.year + 0.5, row.value, row.variant, words, WHERE.get((row.variant, row.year), "right")))
    marks = pd.DataFrame(rows, columns=["when", "value", "kind", "text", "side"])
    looks = {kind: (colour, "circle") for kind, (_, colour) in SHARES.items()}
    return dated(marks, looks, (0, 48), (1957, 1962), height=280, right=30)


def by_count(table: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of `shares` as rows named by who counted and when (percent)."""
    rows = table.sort_values(["variant", "year"])
    names = [f"{SHARES[row.variant][0]}, {row.year}" for row in rows.itertuples()]
    return pd.DataFrame({"who counted": names, "percent": rows["value"].tolist()})


def trade(table: pd.DataFrame) -> Figure:
    """Draw net exports of grain by year, in words above and below zero; the table has year and value (Mt)."""
    chart = bars(table, AMBER, (-6, 6), height=230, decimals=1)
    chart.add_hline(y=0, line={"color": theme.MUTED, "width": 1})
    chart.add_shape(shade(1959, 1961))
    for words, y in (("exports", 5.2), ("imports", -5.2)):
        chart.add_annotation(note(words, 1958, y, theme.MUTED, xanchor="left"))
    return chart.add_annotation(note("the worst famine years", 1960, -5.2, theme.MUTED))


def voices(table: pd.DataFrame) -> Figure:
    """Draw five figures for the harvest of 1960 with the later official series as a line through all rows.

    Parameters
    ----------
    table : DataFrame
        Columns row, value, low, high (Mt), look (a status), text.
    """
    inks = {"official": (AMBER, "solid"), "estimate": (theme.GREYS[1], "solid")}
    looks = {status: inks.get(status, (AMBER, "open")) for status in table["look"]}
    chart = amounts(table, looks, (0, 340), "million tonnes")
    return chart.add_shape(upright(float(table["value"].iloc[-1])))
