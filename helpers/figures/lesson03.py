"""The pictures of lesson 03: labels, colours and places, so that the lesson's cells hold only the history."""

from collections.abc import Mapping

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import when
from helpers.figures.axes import EDGE, SHORT_MONTHS, year_axis
from helpers.figures.bars import bars, split_bars
from helpers.figures.dots import dated
from helpers.figures.events import tracks
from helpers.figures.layout import drawn, note, numbers, shade, tops, upright
from helpers.figures.plans import plans_and_outcomes
from helpers.sentences import fixed, heading

AMBER, DARK = theme.ACTORS["Beijing"], "#8A5900"  # dark enough for white numbers on it
BLUE, RUST, GREEN, _ = theme.METHODS
SECOND_LINE = 18  # pixels that a second line under an axis needs
BIG = 24  # pixels of the one number that a picture turns on

OPENING_PLANS = {"first_account": 1958, "sixth_plenum": 1959, "shanghai_politburo": 1960, "january_1961": 1961, "beidaihe": 1962}

LATER = 1960.7  # from here on the axis of the statements is no calendar
HALF_BOX = 0.035  # years: half the width of the box from the lower to the upper end of an expectation
# Statements about the harvest of 1958: where they stand on the axis, their words, and on which side.
STATEMENTS = {
    "beidaihe_expectation": (1958.63, fixed("expected_aug_1958"), "left"),
    "departments_1958": (1958.98, fixed("made_from_provinces_reports"), "left"),
    "central_committee": (1958.98, fixed("announced_dec_1958"), "right"),
    "internal_check_1959": (1959.33, fixed("planners_check_spring_1959"), "below"),
    "plenum_admission": (1959.63, fixed("admitted_aug_1959"), "above"),
    "older_official": (1961.2, fixed("older_tables_1980s"), "above"),
    "series_now_in_use": (1961.5, fixed("tables_now_in_use"), "below"),
}

# Plans for a year's steel in the order in which they were made: (year, series, variant, words under the mark).
STEEL = [
    (1958, "steel_target", "double_of_1957", ""),
    (1958, "steel_output", "peoples_daily_claim", fixed("said")),
    (1958, "steel_output", "cow_nmc4", fixed("made")),
    (1959, "steel_target", "beidaihe", ""),
    (1959, "steel_target", "wuchang_november", ""),
    (1959, "steel_target", "peoples_daily", ""),
    (1959, "steel_target", "shanghai", ""),
    (1959, "steel_target", "politburo_may", ""),
    (1959, "steel_target", "eighth_plenum", ""),
    (1959, "steel_output", "cow_nmc4", fixed("made")),
    (1960, "steel_target", "shanghai_politburo", ""),
    (1960, "steel_output", "cow_nmc4", fixed("made")),
    (1961, "steel_target", "january_1961", ""),
    (1961, "steel_target", "work_conference", ""),
    (1961, "steel_output", "cow_nmc4", fixed("made")),
]

# Rival dates of the Leap: the event on whose last day it begins or ends, or the moment itself; who dates so; words.
DATES = [
    (1957.75, "dated", fixed("begins_october_1957_the_most_usual_write")),
    ("1957-09-20-third-plenum-eighth-central-committee", "dated", fixed("begins_autumn_1957_in_farming_luo_pinghan")),
    (1958.0, "dated", fixed("begins_1958_three_texts_and_the_textbook")),
    (1960.83, "dated", fixed("ends_october_1960_the_most_usual_write")),
    ("1960-11-03-twelve-articles-rural-policy", "ours", fixed("ends_november_1960_a_letter_eases_the")),
    (1961.0, "dated", fixed("ends_1960_the_three_texts_that_begin")),
    ("1961-01-14-ninth-plenum-adopts-readjustment", "dated", fixed("ends_january_1961_franz_schurmann_a_scholar")),
    (1961.5, "dated", fixed("ends_mid_1961_officially_a_study_of")),
    (1962.0, "page", fixed("ends_1961_the_textbook_page_and_an")),
    ("1962-01-11-conference-seven-thousand-cadres", "ours", fixed("ends_early_1962_leaders_admit_faults_to")),
]
DATED_BY = {"dated": fixed("an_author_or_text"), "ours": fixed("our_choice_of_event"), "page": fixed("the_textbook_page_and_an_archive_of")}
LEAP = [event for event, _, _ in DATES if isinstance(event, str)]
TOLD = (  # events of the text, for the list of sources
    "1958-02-02-peoples-daily-calls-leap 1958-05-05-second-session-eighth-congress "
    "1958-10-canteens-serve-without-limit 1958-10-ripe-grain-left-in-fields "
    "1959-02-06-rules-small-furnaces "
    "1959-02-22-mao-passes-on-report-hidden-grain 1959-02-27-second-zhengzhou-meeting 1959-07-14-peng-dehuai-writes-mao "
    "1959-08-02-eighth-plenum-condemns-peng-dehuai 1959-08-gansu-officials-condemned-hunger-report "
    "1961-05-21-beijing-conference-makes-canteens-optional "
    "1962-campaign-after-lushan-counted"
).split()
SERIES = (  # of `grain`, for the list of sources
    "grain_output grain_output_claimed grain_procurement_gross procurement_share_of_output grain_net_exports"
).split()

# Shares of the harvest that the state took: who counted, and the colour of the dots.
SHARES = {
    "yearbook": (fixed("yearbook"), theme.GREYS[0]),
    "lin_and_yang": (fixed("lin_and_yang"), BLUE),
    "wider_count": (fixed("another_count"), RUST),
    "trade_grain": (fixed("shandong"), GREEN),
}
BESIDE = {  # where a number stands beside its dot, off the lines; else on its right
    **dict.fromkeys([("trade_grain", year) for year in range(1957, 1961)], "below"),
    ("lin_and_yang", 1958): "above left",
    ("lin_and_yang", 1959): "left",
}
ALONE = SHARES["yearbook"][0]  # its two dots stand five years apart, so each has the name
ASIDE = {("yearbook", 1957): -0.08, ("trade_grain", 1957): 0.08}  # years: two dots that would hide each other


def harvests_and_plans(grain: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the harvests of 1952-57 beside the plans for the years after; the harvests of those years are left out.

    Parameters
    ----------
    grain : DataFrame
        Rows of `grain`: year, value (Mt), one series.
    targets : DataFrame
        Rows of `targets` for grain: variant, year, value (Mt).
    """
    told = targets.drop_duplicates(["variant", "year"]).set_index(["variant", "year"])["value"]
    plans = {year: told[variant, year] for variant, year in OPENING_PLANS.items()}
    table = pd.DataFrame({"year": range(1952, 1963)})
    known = grain[grain["year"] < 1958].set_index("year")["value"]
    return table.assign(harvested=table["year"].map(known), planned=table["year"].map(plans))


def opening(table: pd.DataFrame) -> Figure:
    """Draw harvests full and plans hollow, from `harvests_and_plans`."""
    page, data = theme.page(), []
    for column, fill in (("harvested", AMBER), ("planned", theme.PAPER)):
        data.append(
            {
                "type": "bar",
                "x": [year + 0.5 for year in table["year"]],
                "y": numbers(table[column]),
                "name": column,
                "width": 0.76,
                "marker": {"color": fill, "line": {"color": AMBER, "width": 2}},
                "text": ["" if pd.isna(value) else f"{value:.0f}" for value in table[column]],
                "textposition": "outside",
                "constraintext": "none",  # a slim bar makes no letters smaller
                "cliponaxis": False,
                "hovertemplate": fixed("million_tonnes_of", name=heading(column)) + "<extra></extra>",
            }
        )
    x_range, plot = (1952, 1963), page.width - 2 * EDGE
    words, top = tops([(1955, fixed("harvested")), (1960.5, fixed("planned"))], x_range, plot)
    axis = year_axis(*x_range, plot, range(*x_range), 0.5)
    hidden = {"range": [0, 830], "visible": False}
    return drawn(data, 250, top=top, notes=words, barmode="overlay", xaxis=axis, yaxis=hidden)


def statements(grain: pd.DataFrame) -> pd.DataFrame:
    """Return the statements about the harvest of 1958 by date; which of the two of December came first is not known.

    Parameters
    ----------
    grain : DataFrame
        Rows of `grain` for China and 1958: variant, value, low, high (Mt), status.
    """
    rows = grain.set_index("variant").loc[list(STATEMENTS), ["value", "low", "high", "status"]].reset_index()
    rows.insert(0, "statement", [words for _, words, _ in STATEMENTS.values()])
    return rows


def harvest(told: pd.DataFrame) -> Figure:
    """Draw the statements of `statements` at their dates: claims hollow, official figures full."""
    marks, boxes = [], []
    for row in told.itertuples():
        place, words, side = STATEMENTS[row.variant]
        ends = (row.value, row.value) if pd.isna(row.low) else (row.low, row.high)
        kind = "official" if row.status == "official" else "claimed"
        if ends[0] < ends[1]:
            kind, box = "expected", {"type": "rect", "x0": place - HALF_BOX, "x1": place + HALF_BOX, "y0": ends[0], "y1": ends[1]}
            boxes.append({**box, "line": {"color": AMBER, "width": 2}})
        marks.append((place, ends[1], kind, f"{'–'.join(f'{end:.0f}' for end in dict.fromkeys(ends))} {words}", side))
    table = pd.DataFrame(marks, columns=["when", "value", "kind", "text", "side"])
    looks = {"claimed": (AMBER, "circle-open"), "official": (AMBER, "circle"), "expected": (AMBER, "line-ew-open")}
    chart = dated(table, looks=looks, y_range=(0, 480), x_range=(1957, 1961), height=300)
    for words in chart.layout.annotations:
        if words.text.startswith("375"):
            words.text = words.text.replace("375", f'<b><span style="font-size:{BIG}px">375</span></b>', 1)
    halves = {
        1958: fixed("jan_1958"),
        1958.5: fixed("jul"),
        1959: fixed("jan_1959"),
        1959.5: fixed("jul"),
    }  # a tick is the first day of its month
    chart.update_xaxes(tickvals=list(halves), ticktext=list(halves.values()), ticks="outside", tickangle=0)
    chart.update_layout(height=chart.layout.height + SECOND_LINE, margin_b=chart.layout.margin.b + SECOND_LINE)
    chart.layout.shapes = (*boxes, shade(LATER, 1962))
    return chart.add_annotation(note(fixed("decades_later"), 1961.35, 480, theme.MUTED, yanchor="top"))


def chain(frames: Mapping, start: str, claimed: float) -> Figure:
    """Draw the model's harvest and the figure that each office passes on; a slider changes what each office adds.

    Parameters
    ----------
    frames : mapping
        {label on the slider: DataFrame of `reporting.bars_of`}, millions of tonnes.
    start : str
        The label that is shown first.
    claimed : float
        What was announced, a level line (Mt).
    """
    looks = {"taken": (fixed("taken"), DARK, "solid"), "left": (fixed("left"), AMBER, "pale"), "on paper": ("", theme.GREYS[1], "open")}
    chart = split_bars(dict(frames), looks=looks, start=start, prefix=fixed("each_office_adds"), height=290, decimals=1)
    line = {"color": AMBER, "width": 2, "dash": "dash"}
    chart.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=claimed, y1=claimed, line=line)
    said = fixed("announced_in_december", claimed=claimed)
    return chart.add_annotation(note(said, 0, claimed, DARK, xref="paper", xanchor="left", yanchor="bottom"))


def split(table: pd.DataFrame, fall: float) -> Figure:
    """Draw each harvest, with its total, split into what the state took and what was left, with the fall of the rest in percent.

    Parameters
    ----------
    table : DataFrame
        Columns year, taken, left (Mt).
    fall : float
        Percent by which the rest fell from the first to the second year.
    """
    looks = {"taken": (fixed("taken"), DARK, "solid"), "left": (fixed("left"), AMBER, "pale")}
    chart = split_bars({"": table}, looks=looks, start="", height=300, decimals=1)
    wholes = table[["taken", "left"]].sum(axis=1).round(1)
    for place, whole in enumerate(wholes):
        told = "harvest_and_fall_narrow" if theme.page().narrow else "harvest_and_fall"
        words = fixed(told if place == 1 else "harvest_so_much", whole=whole, fall=fall)
        chart.add_annotation(note(words, place, float(whole), DARK, xref="x", yanchor="bottom", yshift=4))
    return chart.update_yaxes(range=[0, 1.1 * float(wholes.max())])


def datings(events: pd.DataFrame) -> pd.DataFrame:
    """Return the rival dates of the Leap as rows: decimal year, words, kind ("dated", "ours" or "page").

    Parameters
    ----------
    events : DataFrame
        Rows of `events`: event_id, date, date_end.
    """
    dates = events.assign(last=events["date_end"].where(events["date_end"].ne(""), events["date"])).set_index("event_id")["last"].map(when)
    rows = [(dates[moment] if isinstance(moment, str) else moment, words, kind) for moment, kind, words in DATES]
    return pd.DataFrame(rows, columns=["when", "title", "kind"])


def leap(table: pd.DataFrame, rates: pd.DataFrame) -> Figure:
    """Draw `table`, the rival dates of `datings`, above the registered death `rates` (year, value), 1960 in the darkest red."""
    looks = {"dated": (AMBER, "circle"), "ours": (AMBER, "circle-open"), "page": (theme.INK, "diamond")}
    chart = tracks(rates, table, colour=theme.SCALE[1], looks=looks, y_range=(0, 30))
    chart.layout.shapes = [upright(year) for year in rates["year"][1:]]  # where one year ends and the next begins
    colours = [theme.SCALE[5] if year == 1960 else theme.SCALE[1] for year in rates["year"]]
    return chart.update_traces(marker_color=colours, selector={"type": "bar"})


def in_rows(table: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return what `leap` draws as one table: the dates of `table`, then the death `rates` year by year."""
    dates = pd.DataFrame({"what": table["title"], "dated so by": table["kind"].map(DATED_BY)})
    deaths = pd.DataFrame({"what": [fixed("deaths_in", year=year) for year in rates["year"]], "register": rates["value"].tolist()})
    return pd.concat([dates, deaths], ignore_index=True)


def steel(plans: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return plans and outcomes of steel in the order in which they came, a row each.

    Parameters
    ----------
    plans, made : DataFrame
        Rows of `targets` and `industry`: series, variant, year, stated, value, low, high (Mt).
    """
    rows = pd.concat([plans, made]).drop_duplicates(["series", "variant", "year"]).set_index(["year", "series", "variant"])
    table = rows.loc[[step[:3] for step in STEEL], ["stated", "value", "low", "high"]].reset_index()
    under = [words or _short(stated) for (*_, words), stated in zip(STEEL, table["stated"], strict=True)]
    plain = [words.replace("<br>", " ").replace("’", "19") for words in under]
    table.insert(0, "step", [fixed("for_year_step", year=year, words=words) for year, words in zip(table["year"], plain, strict=True)])
    looks = table["series"].map({"steel_target": "plan", "steel_output": "made"})
    looks = looks.mask(table["variant"] == "peoples_daily_claim", "claimed")
    return table.assign(look=looks, under=under)[["step", "value", "low", "high", "year", "variant", "look", "under"]]


def _short(date):
    """Return a month and year in two short lines."""
    return f"{SHORT_MONTHS[int(date[5:7]) - 1]}<br>’{date[2:4]}"


def falling_steps(table: pd.DataFrame) -> Figure:
    """Draw the plans and outcomes of `steel`, a block a year."""
    return plans_and_outcomes(table, colour=AMBER, y_range=(0, 34))


def shares(table: pd.DataFrame) -> Figure:
    """Draw the share of the harvest that the state took as dots; each has its number, and a name where it is the last.

    A thin line joins the years of one count that follow on each other. On a telephone the names stand in a key.

    Parameters
    ----------
    table : DataFrame
        Columns place, variant, year, value (percent).
    """
    narrow, rows, last = theme.page().narrow, [], table.groupby("variant")["year"].max()
    for row in table.sort_values("year").itertuples():
        name = SHARES[row.variant][0]
        named = not narrow and (row.year == last[row.variant] or name == ALONE)
        words = f"{name} {row.value:.1f}" if named else f"{row.value:.1f}"
        side = "above" if name == ALONE else BESIDE.get((row.variant, row.year), "right")
        rows.append((row.year + 0.5 + ASIDE.get((row.variant, row.year), 0), row.value, row.variant, words, side))
    marks = pd.DataFrame(rows, columns=["when", "value", "kind", "text", "side"])
    looks = {kind: (colour, "circle", name) if narrow else (colour, "circle") for kind, (name, colour) in SHARES.items()}
    chart = dated(marks, looks=looks, y_range=(0, 48), x_range=(1957, 1962), height=280)
    for kind, (_, colour) in SHARES.items():
        path = marks[marks["kind"] == kind]
        if len(path) > 1 and path["when"].diff().max() < 1.5:  # years that follow on each other
            chart.add_scatter(x=path["when"], y=path["value"], mode="lines", line={"color": colour, "width": 1.5}, hoverinfo="skip")
    return chart


def by_count(table: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of `shares` as rows named by who counted and when (percent)."""
    rows = table.sort_values(["variant", "year"])
    names = [f"{SHARES[row.variant][0]}, {row.year}" for row in rows.itertuples()]
    return pd.DataFrame({"who counted": names, "percent": rows["value"].tolist()})


def trade(table: pd.DataFrame) -> Figure:
    """Draw net exports of grain by year, in words above and below zero; the table has year and value (Mt)."""
    chart = bars(table, colour=AMBER, y_range=(-8, 6), height=240, decimals=1).add_shape(shade(1959, 1962))
    low, high = chart.layout.yaxis.range
    for words, x, y, anchor in (("exports", 1958.5, high, "top"), ("imports", 1962.5, low, "bottom"), ("famine", 1960, low, "bottom")):
        chart.add_annotation(note(words, x, y, theme.MUTED, yanchor=anchor))
    return chart
