"""The pictures of lesson 06: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import figures, theme
from helpers.common import day_in_words, when
from helpers.figures.clocks import clocks
from helpers.figures.layout import note
from helpers.figures.letters import number, wrap
from helpers.figures.listeners import listeners
from helpers.figures.pairs import pairs
from helpers.sentences import fixed

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang"))
DONORS = {"USSR": "Moscow", "China": "Beijing"}
FILES, PUBLIC = "in the files", "in public"
# What is written beside the four moments of the two clocks.
MOMENTS = {
    (FILES, "Moscow"): fixed("grants_kims_request"),
    (FILES, "Beijing"): fixed("agrees_to_lend"),
    (PUBLIC, "Beijing"): fixed("announces_its_loan"),
    (PUBLIC, "Moscow"): fixed("announces_relief_of_debt"),
}
ISSUE = (
    "1960-11",
    fixed("by_13_nov"),
    "1960-10-31",
    "1960-11-13",
)  # "last week", says the issue of 14 November, written perhaps a week before


def moments(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the four moments of the two clocks: when each patron promised, and when the world could read of it.

    Parameters
    ----------
    steps : DataFrame
        Rows of `orders_1960` that have a rank on one clock or the other.
    """
    table = steps.assign(clock=steps["track"].map({"archive": FILES, "announced": PUBLIC}), when=steps["date"].map(when))
    table = table.drop_duplicates(["clock", "side"])  # one announcement in November, of two debts
    day = [ISSUE[1] if date == ISSUE[0] else day_in_words(date).removesuffix(" 1960") for date in table["date"]]
    table["first"] = [when(f"{date}-01") if len(date) == 7 else when(date) for date in table["date"]]
    table["last"] = table["first"].where(table["date"].str.len() == 10, table["when"] * 2 - table["first"])
    table.loc[table["date"] == ISSUE[0], ["first", "last"]] = when(ISSUE[2]), when(ISSUE[3])
    table["when"] = (table["first"] + table["last"]) / 2
    told = [
        fixed("moment_of_clock", date=date, side=side, words=MOMENTS[clock, side])
        for date, clock, side in zip(day, table["clock"], table["side"])
    ]
    table = table.assign(moment=told, month=table["date"].str[5:7].astype(int))
    return table[["moment", "clock", "side", "date", "month", "when", "first", "last"]].reset_index(drop=True)


def two_clocks(table: pd.DataFrame, apart: float) -> Figure:
    """Draw files and newspapers as two clocks; a line joins a promise and its announcement.

    Parameters
    ----------
    table : DataFrame
        What `moments` returned.
    apart : float
        Days between the two promises in the files.
    """
    earliest = table.sort_values("when").groupby("clock")["side"].first()
    first = {clock: fixed("first_on_clock", who=earliest[clock]) for clock in (FILES, PUBLIC)}
    return clocks(table, colours=theme.ACTORS, heads=first, between=fixed("days_apart", days=apart), guessed=["Moscow"])


def opening(table: pd.DataFrame) -> Figure:
    """Draw what newspapers told in 1960; the clock of the files is left empty, from what `moments` returned."""
    public = table[table["clock"] == PUBLIC]
    return clocks(public, colours=theme.ACTORS, heads={FILES: "", PUBLIC: ""}, closed=FILES)


KINDS = {"free": "gift", "repayable": "loan", "cancelled": "debt_let_off", "deferred": "debt_put_off"}
OF_WAR = "war_goods"
CALLED_SO = {  # in the picture
    "gift": fixed("gift"),
    "loan": fixed("loan"),
    "debt_let_off": fixed("debt_let_off"),
    "debt_put_off": fixed("debt_put_off"),
    OF_WAR: fixed("war_goods"),
}
WORDS = {
    "SU1953R": fixed("sum_not_known_one_weak_source"),
    "CN1958L": fixed("sum_not_known_for_29_factories"),
    "CN1953R": fixed("gift_or_debt_let_off"),
    "CN1953G": fixed("low_and_high_rate"),
    "CN1960L": fixed("from_a_newspaper_of_2013"),
    "CN1960D": fixed("sum_not_known_one_weak_source"),
    "SU1960R": fixed("as_announced"),
    "SU1960F": fixed("as_announced"),
}
WAR_GOODS = "CN1953R"  # made a gift by the communique of 1953, called a debt let off by a later account
REPORTED_BY = ("DAILYNK_CN", "PANZERBEAR", "D046", "communique_1953")  # newspapers and web pages that pass on what others say


def pledge_rows(pledges: pd.DataFrame) -> pd.DataFrame:
    """Return pledges as rows of a chart, the oldest first.

    Whether the Chinese war goods are a gift or a debt let off is for the reader to say: they have a row of their own.

    Parameters
    ----------
    pledges : DataFrame
        Rows of `aid_dprk`, each item once.
    """
    table = pledges.assign(place=pledges["donor"].map(list(DONORS).index), kind=pledges["terms"].map(list(KINDS).index))
    table = table.sort_values(["year", "place", "kind"])
    patron = table["donor"].map(DONORS)
    kind = table["terms"].map(KINDS).mask(table["item"] == WAR_GOODS, OF_WAR).map(CALLED_SO)
    span = "-" + table["year_end"].astype(str).str[2:4]
    years = table["year"].astype(str) + span.where(table["date_precision"] == "span", "")
    open_ = (table["status"] == "announced") | table["source_id"].isin(REPORTED_BY)
    return pd.DataFrame(
        {
            "row": years + "  " + patron + ": " + kind,
            "value": table["usd_million"].mask(table["usd_low"].notna()),
            "low": table["usd_low"],
            "high": table["usd_high"],
            "text": table["item"].map(WORDS).fillna(""),
            "look": patron.mask(open_, patron + " open"),
            "year": table["year"],
        }
    ).reset_index(drop=True)


def pledges(rows: pd.DataFrame) -> Figure:
    """Draw pledges by year, one bar each; thin lines part the years, from what `pledge_rows` returned."""
    actors = {"Moscow": MOSCOW, "Beijing": BEIJING}
    looks = {who: (colour, "solid") for who, colour in actors.items()}
    looks |= {f"{who} open": (colour, "open") for who, colour in actors.items()}
    chart = figures.amounts(rows, looks=looks, x_range=(0, 560), x_title=fixed("million_dollars"), row_height=34, decimals=None)
    low, high = chart.layout.yaxis.range
    step = (high - low) / len(rows)
    if not theme.page().narrow:
        for place in range(1, len(rows)):
            if rows["year"][place] != rows["year"][place - 1]:
                y = high - place * step
                line = {"color": theme.MUTED, "width": 1, "dash": "dot"}
                chart.add_shape(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line=line, layer="below")
    return chart


PROJECTS = {
    "all equipment under the agreement of 19 September 1953": fixed("all_machines_of_1953"),
    "Suphung power station, first phase": fixed("power_station_suphung"),
    "Madong cement works": fixed("cement_works_madong"),
    "Hungnam fertiliser works": fixed("fertiliser_works_hungnam"),
    "Kim Chaek steel works": fixed("steel_works_kim_chaek"),
}


def arrived(deliveries: pd.DataFrame) -> pd.DataFrame:
    """Return what was owed and what had come, million roubles, and the share in percent, for all machines and four plants.

    Parameters
    ----------
    deliveries : DataFrame
        Rows of `deliveries_dprk`: equipment owed, equipment delivered.
    """
    due = deliveries[deliveries["series"] == "equipment_owed"].set_index("project")["due"]
    table = deliveries.pivot(index="project", columns="series", values="value").loc[list(PROJECTS)]
    table = table.rename(columns={"equipment_owed": "promised", "equipment_delivered": "delivered"})[["promised", "delivered"]]
    share = 100 * table["delivered"] / table["promised"]
    return table.assign(share=share, due=due).rename(index=PROJECTS).rename_axis("project").reset_index()


def delivered(table: pd.DataFrame) -> Figure:
    """Draw how much of every hundred roubles promised had come: a full bar in a hollow one, from what `arrived` returned."""
    sums = [
        fixed("delivered_of_promised", delivered=number(row.delivered, 1), promised=number(row.promised, 1)) for row in table.itertuples()
    ]
    text = [
        fixed("delivered_due", sum=sum_, due=due) if due else fixed("delivered_no_date", sum=sum_)
        for sum_, due in zip(sums, table["due"].fillna(""))
    ]
    rows = pd.DataFrame({"row": table["project"], "value": 100, "text": text, "low": None, "high": None, "look": "promised"})
    chart = figures.amounts(rows, looks={"promised": (MOSCOW, "open")}, x_range=(0, 100), row_height=40)
    hollow, shares = chart.data[0], table["share"].round().tolist()
    hollow.hovertext = [fixed("roubles_of_hundred", name=name, share=share) for name, share in zip(table["project"], shares)]
    full = {"x": table["share"], "marker": {"color": MOSCOW, "line": {"color": MOSCOW, "width": 2}}}
    chart.add_trace({**hollow.to_plotly_json(), **full})
    numbers = iter(shares)
    for words in chart.layout.annotations:
        if "<b>100</b>" in words.text:
            words.text = words.text.replace("<b>100</b>", f"<b>{next(numbers):.0f}</b>")
    return chart


TREATIES = {"ussr_dprk_1961": fixed("moscow_6_july"), "china_dprk_1961": fixed("beijing_11_july")}
ARTICLES = [  # the point, the subject in the table, what the Soviet and what the Chinese treaty says
    (fixed("to_prevent_an_attack"), "mutual defence", fixed("nothing_said_of_it"), fixed("all_measures_together")),
    (fixed("if_one_is_attacked"), "mutual defence", fixed("military_and_other_help_at_once"), fixed("military_and_other_help_at_once")),
    (fixed("aid"), "economic cooperation", fixed("all_possible_help_no_sum_named"), fixed("all_possible_help_no_sum_named")),
    (fixed("how_long"), "duration", fixed("ten_years_then_five_more_each_time"), fixed("until_both_agree_to_change_or_end")),
]


def side_by_side(articles: pd.DataFrame) -> pd.DataFrame:
    """Return what the two treaties say on four points, in short; a star marks what was seen as a short form only.

    Parameters
    ----------
    articles : DataFrame
        Rows of `treaty_articles`.
    """
    seen = articles.set_index(["subject", "treaty_id"])["seen_as"]
    table = {}
    for point, subject, *told in ARTICLES:
        stars = ["" if seen[subject, treaty] == "text" else " *" for treaty in TREATIES]
        table[point] = dict(zip(TREATIES.values(), (words + star for words, star in zip(told, stars))))
    short = pd.DataFrame(table).T.rename_axis("point").reset_index()
    return short.assign(year=articles["treaty_id"].str[-4:].astype(int).iloc[0])


def treaties(table: pd.DataFrame) -> Figure:
    """Draw the two treaties side by side, from what `side_by_side` returned."""
    return pairs(table, colours=dict(zip(TREATIES.values(), (MOSCOW, BEIJING))))


OTHERS = fixed("others")  # neither Soviet nor Chinese
# Who heard Kim, on whose side the listener stood, and the name of the sentence that says what he heard; {quote} in it is the card's.
TALKS = {
    "D100": ("Beijing", fixed("the_chinese_ambassador"), "kim_hears_leap"),
    "D048": (
        "Moscow",
        fixed("khrushchev_two_diplomats_passed_it_on"),
        "kim_agrees_moscow",
    ),
    "D044": (
        "Moscow",
        fixed("puzanov_the_soviet_ambassador"),
        "kim_calls_a_lie",
    ),
    "D045": (OTHERS, fixed("his_own_officials_one_of_his_ministers"), "kim_mao_wrong"),
    "D053": ("Moscow", fixed("moskovsky_a_new_soviet_ambassador"), "kim_of_party"),
    "D060": (OTHERS, fixed("the_romanian_ambassador_who_told_the_soviet"), "kim_attacks_china"),
    "D087": ("Beijing", fixed("liu_shaoqi_chinas_head_of_state"), "kim_if_breaks"),
}
LISTENERS = {
    "Beijing": (BEIJING, fixed("left_a_chinese_listens")),
    OTHERS: (theme.GREYS[0], fixed("middle_others")),
    "Moscow": (MOSCOW, fixed("right_a_soviet")),
}
HEARSAY = ("D045", "D048", "D060")  # the writer had it from somebody else
SAID_IN = {"D048": "1960-06"}  # a paper of March 1961 on a talk of June 1960


def talks(documents: pd.DataFrame) -> pd.DataFrame:
    """Return who heard Kim say what, in order of time.

    Parameters
    ----------
    documents : DataFrame
        Rows of `documents`: the seven papers of `TALKS`.
    """
    rows, said = [], documents["doc_id"].map(SAID_IN).fillna(documents["date"])
    for paper in documents.assign(date=said).sort_values("date").itertuples():
        side, who, told = TALKS[paper.doc_id]
        quote = paper.quote.replace("“", "‘").replace("”", "’").rstrip(".")
        rows.append((day_in_words(paper.date[:7]), side, who, fixed(told, quote=quote), paper.doc_id, int(paper.date[:4])))
    return pd.DataFrame(rows, columns=["month", "side", "who heard it", "what Kim said, by that paper", "paper", "year"])


def kims_path(table: pd.DataFrame) -> Figure:
    """Draw Kim's path from listener to listener, with what each of them heard, from what `talks` returned."""
    rows = table.assign(day=table["month"], who=table.iloc[:, 2], what=table.iloc[:, 3], first_hand=~table["paper"].isin(HEARSAY))
    return listeners(rows, looks=LISTENERS, colour=PYONGYANG, hollow=fixed("at_second_hand"))


LANES = {
    ("USSR", "out"): fixed("koreans_to_ussr"),
    ("USSR", "in"): fixed("soviets_to_korea"),
    ("China", "out"): fixed("koreans_to_china"),
    ("China", "in"): fixed("chinese_to_korea"),
}
HELD = {"yes": fixed("held"), "not seen": fixed("planned_no_day_seen"), "no": fixed("put_off")}
SIGNS = dict(zip(HELD.values(), ("circle", "circle-open", "x"), strict=True))
NONE_SEEN = [(1962, 1963, 2, fixed("1962_none_found")), (1966.6, 1969, 0, fixed("1966_68_none_found"))]
NONE_ON_A_TELEPHONE = {2: 0.12, 0: 0.43}  # how far above the middle of its lower lane the word stands, beside the names of journeys
CALLED = {
    "VIS24": fixed("kim_signs"),
    "VIS25": fixed("kim_signs"),
    "VIS30": fixed("liu_shaoqi"),
    "VIS38": fixed("kosygin"),
    "VIS53": fixed("zhou_enlai"),
}


def visits(table: pd.DataFrame) -> Figure:
    """Draw visits in four lanes; what is only planned is hollow, what was put off is crossed, and years without any are shaded.

    Parameters
    ----------
    table : DataFrame
        Rows of `visits` between North Korea and its two patrons.
    """
    capital = table["partner"].map({"USSR": "Moscow", "China": "Beijing"})
    dots = pd.DataFrame(
        {
            "when": table["start"].map(when),
            "lane": [LANES[pair] for pair in zip(table["partner"], table["direction"])],
            "title": table["visitor"] + ", " + table["start"].map(day_in_words) + ": " + table["purpose"],
            "group": capital + ", " + table["held"].map(HELD),
        }
    )
    groups = {f"{who}, {how}": colour for who, colour in (("Moscow", MOSCOW), ("Beijing", BEIJING)) for how in HELD.values()}
    groups = {name: colour for name, colour in groups.items() if name in set(dots["group"])}
    said = [(title, CALLED[name], 0, -26) for title, name in zip(dots["title"], table["visit_id"]) if name in CALLED]
    chart = figures.timeline(dots, lanes=list(LANES.values()), x_range=(1952.8, 1971.8), colours=groups, row_height=84, labels=said)
    for trace in chart.data:
        trace.marker.symbol = SIGNS[trace.name.split(", ", 1)[1]]
        trace.marker.line = {"color": groups[trace.name], "width": 2}
    for first, last, foot, words in NONE_SEEN:
        box = {"type": "rect", "x0": first, "x1": last, "y0": foot - 0.48, "y1": foot + 1.48, "layer": "below"}
        chart.add_shape(**box, fillcolor=theme.BAND, line_width=0)
        narrow = theme.page().narrow
        told, lift = (fixed("none_found_short"), NONE_ON_A_TELEPHONE[foot]) if narrow else (wrap(words, 78), 0.43)
        chart.add_annotation(note(told, (first + last) / 2, foot + lift, theme.MUTED))
    return chart


def lines_of(totals: dict) -> pd.DataFrame:
    """Return running totals as one table, a row per moment; a total holds until the next act.

    Parameters
    ----------
    totals : dict
        {capital: running total, index decimal years}
    """
    last = {who: total.groupby(level=0).last() for who, total in totals.items()}
    return pd.DataFrame(last).sort_index().ffill().fillna(0).astype(int).rename_axis("when").reset_index()


def by_half_year(totals: pd.DataFrame) -> pd.DataFrame:
    """Return where the running totals stood at the end of each half-year with a scored act, from what `lines_of` returned."""
    last = totals.groupby((totals["when"] * 2).astype(int))[["Moscow", "Beijing"]].last()
    last.index = [fixed("january_june" if half % 2 == 0 else "july_december", year=half // 2) for half in last.index]
    return last.rename_axis("half-year").reset_index()


TURNS = [(1961.83, fixed("soviet_congress_1961")), (1964.79, fixed("khrushchev_loses_power_1964"))]


def curves(totals: pd.DataFrame) -> Figure:
    """Draw the running totals of our scores of Pyongyang's conduct toward either capital, with its two turns in words.

    Parameters
    ----------
    totals : DataFrame
        First column decimal years; Moscow, Beijing.
    """
    return figures.steps(
        totals, looks={who: (who, theme.ACTORS[who]) for who in ("Moscow", "Beijing")}, y_range=(-5, 27), x_range=(1953, 1972), marks=TURNS
    )


# What the text tells of the quarrel and of 1956 beside the documents.
TOLD = (
    "1956-02-14-khrushchevs-open-report",
    "1956-08-30-critics-kim-fail-august-plenum",
    "1956-09-19-soviet-chinese-mission-makes-kim-step",
    "1960-04-red-flag-prints-long-live-leninism",
)
