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

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang"))
DONORS = {"USSR": "Moscow", "China": "Beijing"}
FILES, PUBLIC = "in the files", "in public"
# What is written beside the four moments of the two clocks.
MOMENTS = {
    (FILES, "Moscow"): "grants Kim's request",
    (FILES, "Beijing"): "agrees to lend",
    (PUBLIC, "Beijing"): "announces its loan",
    (PUBLIC, "Moscow"): "announces relief of debt",
}
ISSUE = ("1960-11", "by 13 Nov.", "1960-10-31", "1960-11-13")  # "last week", says the issue of 14 November, written perhaps a week before


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
    told = [f"{date}: {side} {MOMENTS[clock, side]}" for date, clock, side in zip(day, table["clock"], table["side"])]
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
    first = {clock: f"{earliest[clock]} first" for clock in (FILES, PUBLIC)}
    return clocks(table, colours=theme.ACTORS, heads=first, between=f"{apart:.0f} days<br>apart", guessed=["Moscow"])


def opening(table: pd.DataFrame) -> Figure:
    """Draw what newspapers told in 1960; the clock of the files is left empty, from what `moments` returned."""
    public = table[table["clock"] == PUBLIC]
    return clocks(public, colours=theme.ACTORS, heads={FILES: "", PUBLIC: ""}, closed=FILES)


KINDS = {"free": "gift", "repayable": "loan", "cancelled": "debt let off", "deferred": "debt put off"}
WORDS = {
    "SU1953R": "sum not known; one weak source",
    "CN1958L": "sum not known; for 29 factories",
    "CN1953R": "gift or debt let off?",
    "CN1953G": "low and high rate",
    "CN1960L": "from a newspaper of 2013",
    "CN1960D": "sum not known; one weak source",
    "SU1960R": "as announced",
    "SU1960F": "as announced",
}
WAR_GOODS = "CN1953R"  # made a gift by the communique of 1953, called a debt let off by a later account
REPORTED_BY = ("DAILYNK_CN", "PANZERBEAR", "D046")  # newspapers and a web page that pass on what others say


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
    kind = table["terms"].map(KINDS).mask(table["item"] == WAR_GOODS, "war goods")
    open_ = (table["status"] == "announced") | table["source_id"].isin(REPORTED_BY)
    return pd.DataFrame(
        {
            "row": table["year"].astype(str) + "  " + patron + ": " + kind,
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
    chart = figures.amounts(rows, looks=looks, x_range=(0, 560), x_title="million dollars", row_height=34, decimals=None)
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
    "all equipment under the agreement of 19 September 1953": "All machines of 1953",
    "Suphung power station, first phase": "Power station, Suphung",
    "Madong cement works": "Cement works, Madong",
    "Hungnam fertiliser works": "Fertiliser works, Hungnam",
    "Kim Chaek steel works": "Steel works, Kim Chaek",
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
    sums = [f"{number(row.delivered, 1)} of {number(row.promised, 1)} million" for row in table.itertuples()]
    text = [f"{sum_}; due {due}" if due else f"{sum_}; no date found" for sum_, due in zip(sums, table["due"].fillna(""))]
    rows = pd.DataFrame({"row": table["project"], "value": 100, "text": text, "low": None, "high": None, "look": "promised"})
    chart = figures.amounts(rows, looks={"promised": (MOSCOW, "open")}, x_range=(0, 100), row_height=40)
    hollow, shares = chart.data[0], table["share"].round().tolist()
    hollow.hovertext = [f"{name}: {share:.0f} of 100 roubles" for name, share in zip(table["project"], shares)]
    full = {"x": table["share"], "marker": {"color": MOSCOW, "line": {"color": MOSCOW, "width": 2}}}
    chart.add_trace({**hollow.to_plotly_json(), **full})
    numbers = iter(shares)
    for words in chart.layout.annotations:
        if "<b>100</b>" in words.text:
            words.text = words.text.replace("<b>100</b>", f"<b>{next(numbers):.0f}</b>")
    return chart


TREATIES = {"ussr_dprk_1961": "Moscow, 6 July", "china_dprk_1961": "Beijing, 11 July"}
ARTICLES = [  # the point, the subject in the table, what the Soviet and what the Chinese treaty says
    ("to prevent an attack", "mutual defence", "nothing said of it", "all measures together"),
    ("if one is attacked", "mutual defence", "military and other help at once", "military and other help at once"),
    ("aid", "economic cooperation", "all possible help; no sum named", "all possible help; no sum named"),
    ("how long", "duration", "ten years, then five more each time, unless one side ends it", "until both agree to change or end it"),
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


# Who heard Kim, on whose side the listener stood, and what he heard; {} is the phrase quoted on the paper's card.
TALKS = {
    "D100": ("Beijing", "the Chinese ambassador", "he “{}”: a meeting that backed China’s Great Leap"),
    "D048": (
        "Moscow",
        "Khrushchev (two diplomats passed it on)",
        "he agrees with Moscow; unasked he adds that he had a Chinese attack on “revisionism” printed in Korea",
    ),
    "D044": (
        "Moscow",
        "Puzanov, the Soviet ambassador",
        "he is read a Soviet report of what Mao had said of him; he calls Mao’s words a lie",
    ),
    "D045": ("others", "his own officials (one of his ministers told it)", "Mao is wrong to oppose the Soviet party"),
    "D053": ("Moscow", "Moskovsky, a new Soviet ambassador", "of the Soviet party: “{}”"),
    "D060": ("others", "the Romanian ambassador (who told the Soviet one)", "he is “{}”, and by Moscow’s attacks on China"),
    "D087": ("Beijing", "Liu Shaoqi, China’s head of state", "if China breaks with Khrushchev, his party “{}”"),
}
LISTENERS = {
    "Beijing": (BEIJING, "left: a Chinese listens"),
    "others": (theme.GREYS[0], "middle: others"),
    "Moscow": (MOSCOW, "right: a Soviet"),
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
        side, who, words = TALKS[paper.doc_id]
        quote = paper.quote.replace("“", "‘").replace("”", "’").rstrip(".")
        rows.append((day_in_words(paper.date[:7]), side, who, words.format(quote), paper.doc_id, int(paper.date[:4])))
    return pd.DataFrame(rows, columns=["month", "side", "who heard it", "what Kim said, by that paper", "paper", "year"])


def kims_path(table: pd.DataFrame) -> Figure:
    """Draw Kim's path from listener to listener, with what each of them heard, from what `talks` returned."""
    rows = table.assign(day=table["month"], who=table.iloc[:, 2], what=table.iloc[:, 3], first_hand=~table["paper"].isin(HEARSAY))
    return listeners(rows, looks=LISTENERS, colour=PYONGYANG, hollow="at second hand")


LANES = {
    ("USSR", "out"): "Koreans<br>to USSR",
    ("USSR", "in"): "Soviets<br>to Korea",
    ("China", "out"): "Koreans<br>to China",
    ("China", "in"): "Chinese<br>to Korea",
}
HELD = {"yes": "held", "not seen": "planned, no day seen", "no": "put off"}
SIGNS = {"held": "circle", "planned, no day seen": "circle-open", "put off": "x"}
NONE_SEEN = [(1962, 1963, 2, "1962: none found"), (1966, 1969, 0, "1966-68: none found")]
NONE_ON_A_TELEPHONE = {2: 0.12, 0: 0.43}  # how far above the middle of its lower lane the word stands, beside the names of journeys
CALLED = {"VIS24": "Kim signs", "VIS25": "Kim signs", "VIS30": "Liu Shaoqi", "VIS38": "Kosygin", "VIS53": "Zhou Enlai"}


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
        told, lift = ("none", NONE_ON_A_TELEPHONE[foot]) if narrow else (wrap(words, 78), 0.43)
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
    last.index = [f"{'January-June' if half % 2 == 0 else 'July-December'} {half // 2}" for half in last.index]
    return last.rename_axis("half-year").reset_index()


TURNS = [(1961.83, "Soviet congress, 1961"), (1964.79, "Khrushchev loses power, 1964")]


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
