"""The pictures of lesson 01: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import bounded, when
from helpers.figures.bars import grouped_bars
from helpers.figures.dots import dated
from helpers.figures.layout import level, note
from helpers.figures.maps import locator_map
from helpers.figures.panels import panels
from helpers.figures.spans import spans
from helpers.sentences import fixed

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[name] for name in ("Moscow", "Beijing", "Pyongyang"))
BLUE = theme.METHODS[0]
SPEECH = (1956.15, fixed("the_speech"))

# The map of the alliances: what stands beside a place, and on which side; which lines there are.
EAST = fixed("eastern_europe")
ALLIES = ["East Berlin", "Prague", "Budapest", "Bucharest", "Sofia", "Tirana", "Warsaw"]
BESIDE = {
    "Moscow": (fixed("moscow_nikita_khrushchev"), "above right"),
    "Beijing": (fixed("beijing_mao_zedong"), "below"),
    "Pyongyang": (fixed("pyongyang_kim_il_sung"), "above right"),
    "Sofia": (EAST, "below"),
}
BONDS = {True: (theme.INK, 3.5, "solid"), False: (theme.GREYS[1], 2, "dash")}
TREATY, WARSAW, AID, TROOPS = fixed("treaty_of_alliance"), fixed("warsaw_treaty"), fixed("soviet_aid"), fixed("chinese_troops")
SWING = {AID: 0.1, TROOPS: -0.36}  # how far a line swings out, for its words

# The year 1956 from the top down: the event, and how its row is written.
YEAR = {
    "1956-02-14-khrushchevs-open-report": fixed("khrushchevs_open_report_to_the_congress"),
    "1956-02-25-khrushchevs-secret-speech-stalin": fixed("khrushchevs_closed_speech_against_stalin"),
    "1956-04-05-peoples-daily-answers-stalin": fixed("the_newspaper_welcomes_the_criticism_defends_stalin"),
    "1956-08-30-critics-kim-fail-august-plenum": fixed("critics_of_kim_speak_and_lose"),
    "1956-09-19-soviet-chinese-mission-makes-kim-step": fixed("envoys_go_to_pyongyang_together"),
    "1956-10-23-liu-and-deng-in-moscow": fixed("mao_on_stalins_sword_to_moscows_ambassador"),
    "1956-11-15-mao-on-two-swords": fixed("mao_on_two_swords_to_his_central_committee"),
    "1956-12-29-second-chinese-article-stalin-yugoslavia": fixed("the_newspaper_praises_stalin_more_than_in"),
}
TURN = YEAR["1956-08-30-critics-kim-fail-august-plenum"]
ALL, POLITICAL = fixed("all_prisoners"), fixed("political_prisoners")
COUNTED = {
    "gulag_camp_and_colony_population": ALL,
    "political_prisoners_in_camps": POLITICAL,
}
TREATIES = ["ussr_china_1950", "china_dprk_1953_cooperation", "ussr_china_1957_accord", "china_dprk_1961", "ussr_dprk_1961"]
ELSEWHERE = ["1949-03-kim-il-sung-visits-stalin", "1950-10-19-chinese-troops-enter-korean-war"]  # events of other lessons
EVENTS_TOLD = [  # what the lesson tells, for its list of sources
    *YEAR,
    *ELSEWHERE,
    "1953-03-05-stalin-dies",
    "1953-03-27-amnesty-frees-prisoners",
    "1954-05-04-review-political-cases-ordered",
    "1955-01-18-china-takes-yijiangshan",
    "1955-05-10-soviet-disarmament-proposals",
    "1955-05-14-warsaw-treaty-signed",
    "1956-03-05-speech-read-out-at-home",
    "1956-03-31-mao-lists-stalins-mistakes-toward-china",
    "1956-05-02-mao-objects-to-peaceful-coexistence",
    "1956-03-commissions-go-into-the-camps",
    "1956-09-mao-mikoyan-agree-joint-mission",
    "1956-09-26-chinese-congress-drops-maos-thought",
    "1956-09-24-mao-calls-criticism-liberation",
    "1956-10-22-korean-envoy-moscow-refuses-go-home",
    "1956-12-19-closed-letter-orders-repression",
    "1957-01-zhou-tours-moscow-warsaw-budapest",
    "1957-10-15-secret-accord-new-defence-technology",
    "1958-03-31-ussr-suspends-nuclear-tests",
    "1958-10-31-test-ban-talks-open-geneva",
    "1959-06-20-moscow-withholds-sample-bomb",
    "1960-04-red-flag-prints-long-live-leninism",
    "1961-09-soviet-nuclear-tests-resume",
    "1961-10-party-programme-promises-participation",
    "1962-11-novel-on-a-camp-printed",
    "1963-07-31-china-denounces-test-ban-treaty",
    "1963-08-05-partial-test-ban-treaty-signed",
    "1963-08-15-beijing-reveals-nuclear-letters",
    "1964-10-16-first-chinese-atomic-test",
]
COUNTS_TOLD = [
    *COUNTED,
    "amnesty_1953_released",
    "anti_soviet_agitation_convictions",
    "defamation_convictions",
    "political_convictions",
    "special_settlers",
]
LATER_WORDS = ["pak_uiwan_19561122", "nekrich_speech"]  # papers that only the text names
MONTHS = (fixed("1_jan"), fixed("1_mar"), fixed("1_may"), fixed("1_july"), fixed("1_sept"), fixed("1_nov"))


def bonds_of_1956(treaties: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return who was bound to whom in early 1956: the bond in words, one place and the other, since which year, by a treaty or not.

    Parameters
    ----------
    treaties : DataFrame
        Main rows of `treaties`; index treaty_id.
    events : DataFrame
        The table `events`; index event_id.
    """
    visit, troops = (events.loc[name, "date"] for name in ELSEWHERE)
    warsaw = events.loc["1955-05-14-warsaw-treaty-signed", "date"]
    alliance = treaties.loc["ussr_china_1950", "signed"]
    rows = [
        (TREATY, "Moscow", "Beijing", alliance, True),
        (WARSAW, "Moscow", EAST, warsaw, True),
        (AID, "Moscow", "Pyongyang", visit, False),
        (TROOPS, "Beijing", "Pyongyang", troops, False),
    ]
    table = pd.DataFrame(rows, columns=["bond", "one", "other", "since", "treaty"])
    return table.assign(since=table["since"].str[:4].astype(int))


def bonds(table: pd.DataFrame, places: pd.DataFrame, land: pd.DataFrame) -> Figure:
    """Draw who was bound to whom in early 1956: a thick line is a treaty of alliance, a thin one is none.

    Parameters
    ----------
    table : DataFrame
        Columns one, other (names of places), since (year), bond (words) and treaty (True or False).
    places, land : DataFrames
        The tables of these names.
    """
    spots = places[places["name"].isin([*BESIDE, *ALLIES])].copy()
    spots["actor"] = spots["name"].where(spots["name"].isin(theme.ACTORS))
    spots["text"], spots["side"] = (
        spots["name"].map({name: words[number] for name, words in BESIDE.items()}).fillna("") for number in (0, 1)
    )
    links = table.assign(kind=table["treaty"], bend=table["bond"].map(SWING).fillna(0), side="above right")
    since = zip(table["bond"].replace(TREATY, fixed("alliance")), table["since"], table["treaty"], strict=True)
    links["text"] = [fixed("since" if treaty else "since_no_alliance", bond=bond, year=year) for bond, year, treaty in since]
    links.loc[table["bond"] == TROOPS, "side"] = "right"
    east = links["other"] == EAST
    spots.loc[spots["name"] == "Sofia", "text"] += "<br>" + links.loc[east, "text"].iloc[0]
    links = pd.concat([links[~east], *[links[east].assign(other=name, text="") for name in ALLIES]])
    areas = {"Soviet Union": (64, 49), "China": (100, 31)}
    return locator_map(spots, land, centre=(82, 50), across=10600, areas=areas, links=links, looks=BONDS)


def secrets(known: pd.DataFrame) -> Figure:
    """Draw how long it took until people could know the speech, one bar for each way.

    Parameters
    ----------
    known : DataFrame
        Columns way (name of the row), date (ISO) and after (words, such as "9 days").
    """
    rows = pd.DataFrame(
        {
            "row": known["way"],
            "start": SPEECH[0],
            "end": known["date"].map(when),
            "kind": "way",
            "text": [fixed("after_so_long", days=days) for days in known["after"]],
        }
    )
    chart = spans(rows, x_range=(1956, 1995), looks={"way": (MOSCOW, "solid")}, label_width=220)
    return chart.update_xaxes(tickvals=[1956, *range(1960, 1996, 10)])


def prisoners(counts: pd.DataFrame) -> Figure:
    """Draw counts of prisoners as dated marks, with the empty band between them.

    Parameters
    ----------
    counts : DataFrame
        Rows of `repression`: series, year, month, value (persons), bound.
    """
    kind, millions = counts["series"].map(COUNTED), counts["value"] / 1e6
    red, black = kind.eq(ALL), kind.eq(POLITICAL)
    table = pd.DataFrame({"when": counts["year"] + (counts["month"].fillna(7) - 0.5) / 12, "value": millions, "kind": kind})
    table["text"] = [bounded(bound, f"{value:.2g}") for bound, value in zip(counts["bound"], millions)]
    table["side"] = red.map({True: "below", False: "above"})
    table.loc[black & counts["year"].eq(1956), "side"] = "left"
    table.loc[red & counts["year"].eq(1953), "side"] = "right"
    table.loc[red & counts["year"].eq(1962), "side"] = "above"
    looks = {
        ALL: (MOSCOW, "circle", ALL),
        POLITICAL: (theme.INK, "circle", POLITICAL),
    }
    chart = dated(
        table,
        looks=looks,
        y_range=(0, 3.1),
        x_range=(1952, 1962),
        height=290,
        marks=[(1953.24, fixed("amnesty")), SPEECH],
        bands=[(1954, 1959, "")],
    )
    gap = fixed("counts_of_all_not_read") if theme.page().narrow else fixed("counts_of_all_prisoners_exist_we_have")
    unread = note(gap, 1957.9, 2.2, theme.MUTED)
    chart.update_xaxes(tickvals=[place - 0.5 for place in chart.layout.xaxis.tickvals])  # a year's number at its 1 January
    told = set(table.loc[red, "text"])  # the numbers of the title
    chart.for_each_annotation(lambda words: words.update(text=f"<b>{words.text}</b>") if words.text in told else None)
    return chart.add_annotation(unread)


def year_1956(rows: pd.DataFrame) -> Figure:
    """Draw the events of 1956 as a list along the months, one a row; the turn in Pyongyang stands out.

    Parameters
    ----------
    rows : DataFrame
        Columns when (decimal year), lane and title, in order of time.
    """
    table = pd.DataFrame(
        {"when": rows["when"], "value": range(len(rows), 0, -1), "kind": rows["lane"], "text": rows["lane"] + ": " + rows["title"]}
    )
    table["side"] = (table["when"] > 1956.6).map({True: "left", False: "right"})
    looks = {
        "Moscow": (MOSCOW, "circle"),
        "Beijing": (BEIJING, "square"),
        "Pyongyang": (PYONGYANG, "diamond"),
        "Both powers": (theme.INK, "star"),
    }
    chart = dated(table, looks=looks, y_range=(0.3, len(rows) + 0.7), x_range=(1956, 1956), height=25 * len(rows))
    firsts = [when(f"1956-{number:02d}-01") for number in range(1, 13, 2)]
    chart.update_xaxes(tickvals=firsts, ticktext=list(MONTHS), range=[1956, 1957.03])
    chart.update_yaxes(visible=False)
    return chart.for_each_annotation(lambda words: words.update(text=f"<b>{words.text}</b>") if TURN in words.text else None)


def trials(by_span: pd.DataFrame, single: pd.Series) -> pd.DataFrame:
    """Return convictions for words by periods of five years: 1957, 1958, agitation in the other years, article 190-1.

    Parameters
    ----------
    by_span : DataFrame
        Index first year of the period; convictions for agitation, then under article 190-1.
    single : Series
        Convictions for agitation in 1957 and 1958.
    """
    table = by_span.set_axis(["agitation, other years", "article 190-1"], axis=1)
    table = table.assign(period=[f"{year}-{(year + 4) % 100}" for year in table.index])
    table.loc[1956, ["1957", "1958"]] = single.loc[[1957, 1958]].to_list()
    table.loc[1956, "agitation, other years"] -= single.sum()
    return table[["period", "1957", "1958", "agitation, other years", "article 190-1"]].reset_index(drop=True)


def agitation(table: pd.DataFrame) -> Figure:
    """Draw convictions for words by periods of five years, 1957 and 1958 apart, and the level of 1957 across all.

    Parameters
    ----------
    table : DataFrame
        Columns period, 1957, 1958, agitation, other years, article 190-1 (persons).
    """
    looks = {
        "1957": (fixed("agitation_1957"), MOSCOW),
        "1958": (fixed("agitation_1958"), theme.INK),
        "agitation, other years": (fixed("agitation_not_1957_58"), theme.GREYS[2]),
        "article 190-1": (fixed("slander_article_190_1"), BLUE),
    }
    chart = grouped_bars(table, looks=looks, y_range=(0, 4900), stacked=True, height=320)
    highest, after = float(table["1957"].max()), float(table["agitation, other years"].iloc[1])
    chart.add_shape(level(highest, MOSCOW))
    chart.add_annotation(note(f"1957: {highest:,.0f}", 1, highest, MOSCOW, xref="paper", xanchor="right", yanchor="bottom"))
    return chart.add_annotation(note(f"{after:,.0f}", table["period"].iloc[1], after, yanchor="bottom", yshift=3))


LIFTED = (1952, 1955, 1964)


def nuclear_tests(table: pd.DataFrame) -> Figure:
    """Draw Soviet and American tests by year with the two years without tests and the treaty; the index is the year."""
    wide = table.reset_index()
    parts = [
        ("USSR", wide, {"USSR": ("", MOSCOW, "bars")}, (0, 118)),
        ("United States", wide, {"United States": ("", theme.GREYS[1], "bars")}, (0, 118)),
    ]
    marks = [(1963.09, fixed("treaty"))]  # a bar stands about its year
    chart = panels(parts, x_range=(1948.4, 1965.6), marks=marks, band=(1958.5, 1960.5, fixed("no_tests")), panel_height=130, right=40)
    bars = chart.data[-1]
    if theme.page().narrow:  # numbers as high as their neighbours stand a line higher, the treaty's line above its year's number
        bars.text = [f"{text}<br>\u00a0" if year in LIFTED else text for year, text in zip(bars.x, bars.text)]
        chart.layout.shapes[1].y0 = 0.6
    else:  # a number makes room for the line beside it
        bars.text = [text + "\u00a0" * 4 if year == 1963 else text for year, text in zip(bars.x, bars.text)]
    pair = float(table.loc[1961:1962, "USSR"].sum())
    bracket = {"type": "path", "path": "M 1960.6 100 V 105 H 1962.4 V 100", "line": {"color": MOSCOW, "width": 2}}
    return chart.add_shape(bracket).add_annotation(note(f"<b>{pair:.0f}</b>", 1961.5, 105, MOSCOW, yanchor="bottom"))
