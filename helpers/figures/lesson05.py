"""The pictures of lesson 05: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import figures, theme
from helpers.common import SHORT_MONTHS, when
from helpers.figures.layout import label_gap, note, shade
from helpers.sentences import fixed, heading

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang"))
TREATY_SIGNED = 1950.12  # 14 February 1950

# The events between which a strand broke.
BREAKS = {
    "1958-07-21-quarrel-over-joint-submarine-fleet": "Leaders' talks",
    "1959-10-02-angry-talk-khrushchev-mao-beijing": "Leaders' talks",
    "1960-07-16-recall-of-experts": "People",
    "1960-04-red-flag-prints-long-live-leninism": "Words in print",
    "1963-07-14-soviet-party-publishes-open-letter": "Words in print",
    "1969-03-02-first-clash-ussuri": "Guns",
    "1979-04-03-china-gives-notice-alliance": "Treaty",
    "1980-04-11-treaty-1950-runs-out": "Treaty",
}
TOLD = [  # events that the text tells beside these
    "1959-09-09-tass-calls-india-china-settle",
    "1961-02-soviet-offer-grain-sugar",
    "1969-03-15-second-clash-ussuri",
    "1969-03-17-third-fight-ussuri",
]
STRANDS = {  # in the order in which they tore
    "Leaders' talks": fixed("1958_59_fleet_bomb_india"),
    "Goods": fixed("somewhere_in_1960_62_purchases"),
    "Words in print": fixed("1960_63_by_implication_then_by_name"),
    "People": fixed("july_1960_the_experts_are_called_home"),
    "Guns": fixed("1964_69_force_shown_used_then_many"),
    "Treaty": fixed("1979_80_beijing_lets_it_end"),
}
EMPTY = fixed("none_met")  # the row of a congress that never was
BY_SOVIETS, BY_OTHERS, NOT_CONFIRMED = fixed("by_soviet_leaders"), fixed("by_hosts_or_guests"), fixed("by_any_speaker_chinese_sources_only")
UNCLEAR, NOT_ATTACKED = fixed("unclear"), fixed("not_attacked")  # unclear: reports differ, or speak of several congresses at once
MEETINGS = {
    "cpsu_20": fixed("moscow_20th_soviet_congress"),
    "cpsu_21": fixed("moscow_21st_soviet_congress"),
    "bucharest_meeting_1960": fixed("bucharest_behind_closed_doors"),
    "cpsu_22": fixed("moscow_22nd_soviet_congress"),
    "sofia_1962": fixed("sofia_bulgarian_congress"),
    "budapest_1962": fixed("budapest_hungarian_congress"),
    "rome_1962": fixed("rome_italian_congress"),
    "prague_1962": fixed("prague_czechoslovak_congress"),
    "supreme_soviet_1962": fixed("moscow_the_soviet_parliament"),
    "berlin_1963": fixed("east_berlin_east_german_congress"),
    "cpsu_ccp_talks_1963": fixed("moscow_talks_soviet_open_letter"),
    "cpsu_23": fixed("moscow_23rd_soviet_congress"),
}
SIDES = {
    **dict.fromkeys(["CPSU", "Khrushchev", "Soviet government"], "Moscow"),
    **dict.fromkeys(["CCP", "Chinese press", "Chinese government", "People's Daily", "Red Flag"], "Beijing"),
    "People's Daily and Red Flag": "Beijing",
}
# The texts whose names are written out, where the words stand, and how much further off than usual.
CALLED = {
    "p1962_11_cuba": (fixed("mocks_retreat"), "center", 0),
    "p1962_12_12": (fixed("praises_china_to_sting"), "center", 0),
    "p1962_12_15": (fixed("answers_its_attackers"), "left", 0),
    "p1963_02_21": (fixed("offers_then_accepts_talks"), "left", 0),
    "p1963_03_09": (fixed("accepts"), "beside", 0),
    "p1963_06_14": (fixed("its_full_case"), "center", 0),
    "p1963_07_14": (fixed("open_letter"), "center", 0),
    "p1964_04_03": (fixed("prints_papers_on_the_quarrel"), "center", 0),
    "p1964_05_publication": (fixed("prints_secret_letters"), "center", 0),
    "comment_2": ("1, 2, 3", "center", 0),
    **{f"comment_{number}": (str(number), "center", 0) for number in range(4, 10)},
}
COMMENTS_ON_A_TELEPHONE = {  # there the first six stand too close for a number each
    "comment_2": ("", "center", 0),
    "comment_4": ("1–6", "center", 0),
    "comment_5": ("", "center", 0),
    "comment_6": ("", "center", 0),
}
QUARTERS = {
    1963.0: fixed("jan_1963"),
    1963.25: fixed("april"),
    1963.5: fixed("july"),
    1963.75: fixed("october"),
    1964.0: fixed("jan_1964"),
    1964.25: fixed("april"),
    1964.5: fixed("july"),
}
COLUMNS = {
    -2: (fixed("with_beijing"), BEIJING),
    -1: (fixed("leans_to_beijing"), BEIJING),
    0: (fixed("between"), theme.GREYS[1]),
    1: (fixed("leans_to_moscow"), MOSCOW),
    2: (fixed("with_moscow"), MOSCOW),
}
MOVERS = {
    "Albania": (theme.GREYS[0], -0.1),
    "North Korea": (PYONGYANG, 0.28),
    "North Vietnam": (theme.METHODS[3], 0.42),
    "Romania": (theme.METHODS[2], -0.3),
}
NAMED = {"North Korea": (1960, "left"), "North Vietnam": (1963, "left"), "Romania": (1963, "above")}


def early_strands(treaty: pd.DataFrame) -> pd.DataFrame:
    """Return the six strands as they were before this lesson's years: each from the treaty of 1950 to the end of 1955."""
    start = when(treaty["start"].iloc[0])
    return pd.DataFrame({"strand": [heading(strand) for strand in STRANDS], "start": start, "end": 1956.0})


def opening(table: pd.DataFrame) -> Figure:
    """Draw six strands that stop where the lesson begins."""
    bars = table.rename(columns={"strand": "row"}).assign(kind="held", text="?")
    return figures.spans(bars, x_range=(1950, 1981), looks={"held": (theme.INK, "solid")}, label_width=180, row_height=36)


def attacks(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return who was attacked at each meeting, with an empty row for the Soviet congress of 1962 that the page speaks of.

    Parameters
    ----------
    meetings : DataFrame
        Rows of `congresses`.
    """
    second_hand = meetings["china_named"].str.contains("claimed")
    named = meetings["china_named"].str.startswith("yes").map({True: "attacked", False: NOT_ATTACKED})
    named = named.mask(second_hand, NOT_CONFIRMED).mask(meetings["china_named"] == "not seen", "")
    quarrel = meetings["attacked_by_name"].str.contains("admitted", na=False)  # the attack itself stands in Chinese texts alone
    named = named.mask(quarrel | meetings["china_named"].str.contains("witness"), NOT_CONFIRMED)
    named = named.mask(meetings["china_named"].str.contains("unclear"), UNCLEAR)
    sheet = pd.DataFrame(
        {
            "start": meetings["start"],
            "meeting": [_dated(row.start, MEETINGS[row.congress_id]) for row in meetings.itertuples()],
            "Albania, by name": _attacked("Albania", meetings["attacked_by_name"]),
            "China, by implication": _attacked("China", meetings["attacked_by_implication"]),
            "China, by name": named,
        }
    )
    soviet = meetings["party"].str.contains("CPSU|Soviet") | meetings["china_named"].str.contains("closed")
    for column in ("Albania, by name", "China, by implication", "China, by name"):
        spoke = soviet if column == "China, by name" else soviet | meetings["soviet_part"].str.contains("Brezhnev named")
        sheet[column] = sheet[column].mask((sheet[column] == "attacked") & spoke, BY_SOVIETS)
        sheet[column] = sheet[column].replace("attacked", BY_OTHERS)
    told = meetings["attacked_by_implication"].str.startswith("China", na=False)
    hinted = (named == UNCLEAR) & ~told | meetings["attacked_by_implication"].str.contains("unclear", na=False)
    sheet["China, by implication"] = sheet["China, by implication"].mask(hinted, UNCLEAR)
    sheet.loc[-1] = ["1962", fixed("1962_moscow_a_soviet_congress"), EMPTY, EMPTY, EMPTY]
    sheet = sheet.sort_values("start", ignore_index=True)
    return sheet.assign(year=sheet["start"].str[:4].astype(int)).drop(columns="start")


def _dated(start, place):
    """Return the month and year of a meeting and where it was."""
    year, month = start.split("-")[:2]
    return f"{SHORT_MONTHS[int(month) - 1]} {year}: {place}"


def _attacked(whom, cells):
    """Return "attacked" where a cell speaks of an attack on somebody, `NOT_CONFIRMED` where only one side says so, else ""."""
    found = cells.str.contains(rf"(?:^|; ){whom}")
    return found.map({True: "attacked", False: ""}).mask(found & cells.str.contains("account|according"), NOT_CONFIRMED)


def meetings(sheet: pd.DataFrame) -> Figure:
    """Draw who was attacked at which meeting; the row of a congress that never met is tinted and says so.

    Parameters
    ----------
    sheet : DataFrame
        What `attacks` returned.
    """
    looks = {
        BY_SOVIETS: (MOSCOW, "circle", f"● {BY_SOVIETS}"),
        BY_OTHERS: (theme.INK, "circle", f"● {BY_OTHERS}"),
        NOT_CONFIRMED: (theme.INK, "circle-open", f"○ {NOT_CONFIRMED}"),
        NOT_ATTACKED: (theme.MUTED, "line-ew-open", fixed("not_attacked_in_what_we_read")),
    }
    return figures.matrix(sheet, looks=looks, label_width=330, row_height=25, band=EMPTY)


def volley(shots: pd.DataFrame) -> Figure:
    """Draw letters and printed texts as strokes on a line of time: Moscow's upwards, Beijing's downwards.

    Parameters
    ----------
    shots : DataFrame
        Rows of `polemics` with two columns more: side ("Moscow" or "Beijing") and letter (True for a letter to the other
        party, False for a text that everybody was to read).
    """
    words = CALLED | (COMMENTS_ON_A_TELEPHONE if theme.page().narrow else {})
    called = [words.get(name, ("", "center", 0)) for name in shots["polemic_id"]]
    table = pd.DataFrame(called, columns=["text", "align", "lift"], index=shots.index)
    table["tip"] = shots["date"] + ": " + shots["sender"] + ", " + shots["title"]
    table = table.assign(when=shots["date"].map(when), side=shots["side"], far=~shots["letter"], known=True)
    return figures.volley(table, sides={"Moscow": MOSCOW, "Beijing": BEIJING}, x_range=(1962.76, 1964.64), ticks=QUARTERS)


def listed(shots: pd.DataFrame) -> pd.DataFrame:
    """Return the letters and texts of the picture as a table.

    Parameters
    ----------
    shots : DataFrame
        What `volley` draws.
    """
    table = shots.assign(form=shots["letter"].map({True: fixed("letter"), False: fixed("for_everybody")}))
    return table[["date", "side", "form", "title", "number"]].sort_values("date", ignore_index=True)


def strands(broke: pd.DataFrame) -> pd.DataFrame:
    """Return when each strand broke as a table: the first and the last moment between which it tore, and what happened.

    Parameters
    ----------
    broke : DataFrame
        Index yardstick; first and last, decimal years.
    """
    table = broke.rename_axis("strand").reset_index()
    table = table.rename(columns={"first": "start", "last": "end"})
    return table.assign(strand=table["strand"].map(heading), what=table["strand"].map(STRANDS))


def breaks(table: pd.DataFrame) -> Figure:
    """Draw six strands from the treaty of 1950 to their break; the hollow end is the years in which it tore.

    Parameters
    ----------
    table : DataFrame
        What `strands` returned.
    """
    held = table.assign(row=table["strand"], kind="held", text="", end=table["start"], start=TREATY_SIGNED)
    torn = table.assign(row=table["strand"], kind="torn", text=table["what"], end=table["end"].clip(lower=table["start"] + 0.3))
    bars = pd.concat([held, torn])[["row", "start", "end", "kind", "text"]]
    looks = {"held": (theme.INK, "solid"), "torn": (theme.INK, "open")}
    chart = figures.spans(bars, x_range=(1950, 1981), looks=looks, label_width=180, row_height=40).add_shape(shade(1962, 1963))
    chart.layout.margin.t += label_gap()  # a pale band, not a line: the words behind the bars stand on it
    return chart.add_annotation(note(fixed("1962_the_pages_year"), 1962.5, 1, theme.MUTED, yref="paper", yanchor="bottom", yshift=2))


def parties(sides: pd.DataFrame) -> Figure:
    """Draw where parties stood between Beijing and Moscow, time running down; a path joins the dated positions of a party.

    A party stands under its country's name, with a star where it did not govern.

    Parameters
    ----------
    sides : DataFrame
        The table `party_alignments`: party, year, score (-2 with Beijing, 2 with Moscow).
    """
    sides = sides.assign(actor=sides["party"].str.replace(" CP", "*"))
    named = {"North Vietnam": (1961, "below right")} if theme.page().narrow else NAMED
    return figures.paths(sides, columns=COLUMNS, movers=MOVERS, named=named)


TURNOVER, CLAIMED, IMPORTS = fixed("turnover"), fixed("claimed"), fixed("only_imports")
OUR_SUM = "sum_of_two_sources"  # the turnover of 1962
TRADE_SERIES = ["turnover", "imports", "trade_level_against_three_years_earlier"]  # what the lesson uses
# Where a trade figure's number stands, and the name of the sentence that says more of it.
TRADE_WORDS = {
    (1950, "commerce_ministry"): ("right", ""),
    (1955, "cow4_sum"): ("left", ""),
    (1956, "cow4_sum"): ("right", ""),
    (1957, "cow4_sum"): ("above right", ""),
    (1957, "commerce_ministry"): ("below", "second_source"),
    (1959, "chinese_history"): ("left", "claimed_trade"),
    (1959, "cheng_1964"): ("left", "imports_only"),
    (1962, "cheng_1964"): ("above", "imports_only"),
    (1962, OUR_SUM): ("above", "our_sum"),
    (1965, "vice_minister"): ("above right", ""),
    (1966, "soviet_returns_in_press"): ("above right", ""),
}


IN_THE_TITLE = (1959, 1962, 1965)  # the years of the numbers that stand out
CLOSE = (1967, 1968, 1969)  # too close to 1970 for numbers on a telephone
NARROW_KEY = {TURNOVER: fixed("both_ways"), CLAIMED: fixed("weak_claim_or_our_sum"), IMPORTS: IMPORTS}


def trade_dots(turnover: pd.DataFrame, imports: pd.DataFrame) -> pd.DataFrame:
    """Return the trade of China and the Soviet Union as marks with their numbers written beside them.

    Parameters
    ----------
    turnover, imports : DataFrame
        Rows of `trade_sino_soviet`: both directions; Chinese imports alone.
    """
    kind = turnover["status"].map({"claimed": CLAIMED}).fillna(TURNOVER).mask(turnover["variant"] == OUR_SUM, CLAIMED)
    rows = pd.concat([turnover.assign(kind=kind), imports.assign(kind=IMPORTS)])
    words = [TRADE_WORDS.get((row.year, row.variant), ("above", "")) for row in rows.itertuples()]
    written = [f"{value:,.0f}" for value in rows["value"]]
    text = [fixed(told, number=number) if told else number for number, (_, told) in zip(written, words, strict=True)]
    table = rows.assign(when=rows["year"] + 0.5, text=text, side=[side for side, _ in words])
    return table[["year", "when", "value", "kind", "text", "side"]].reset_index(drop=True)


def trade(dots: pd.DataFrame) -> Figure:
    """Draw two blocks of trade figures and the empty years between them.

    Parameters
    ----------
    dots : DataFrame
        What `trade_dots` returned.
    """
    looks: dict[str, tuple[str, ...]] = {
        TURNOVER: (theme.INK, "circle"),
        CLAIMED: (theme.INK, "circle-open"),
        IMPORTS: (theme.METHODS[1], "diamond"),
    }
    void = [(1960, 1961, fixed("no_total")), (1963, 1964, fixed("no_total"))]
    if theme.page().narrow:  # numbers alone, and the last of those that stand too close for all
        dots = dots.assign(text=dots["value"].map("{:,.0f}".format).mask(dots["year"].isin(CLOSE), ""))
        looks = {kind: (*look, NARROW_KEY[kind]) for kind, look in looks.items()}
    chart = figures.dated(dots, looks=looks, y_range=(0, 2300), x_range=(1950, 1970), bands=void, every=2)
    told = set(dots.loc[dots["year"].isin(IN_THE_TITLE) & dots["kind"].ne(IMPORTS), "text"])
    return chart.for_each_annotation(lambda words: words.update(text=f"<b>{words.text}</b>") if words.text in told else None)


def warmth(line: pd.DataFrame, moments: pd.Series) -> Figure:
    """Draw the running total of our scores, wide and pale, and the reader's on top of it.

    Parameters
    ----------
    line : DataFrame
        Columns ours and yours, a row per event.
    moments : Series
        When the events happened, decimal years.
    """
    looks = {"ours": (fixed("our_scores"), theme.GREYS[2]), "yours": (fixed("your_scores"), theme.METHODS[0])}
    turns = [
        (1957.8, fixed("secret_arms_accord")),
        (1960.54, fixed("experts_called_home")),
        (1963.53, fixed("open_letter_test_treaty")),
        (1969.2, fixed("border_fights")),
    ]
    chart = figures.steps(
        line.assign(when=moments)[["when", *looks]],
        looks=looks,
        y_range=(float(line.min().min()) - 4, 14),
        x_range=(1953, 1970),
        height=330,
        marks=turns,
    )
    chart.data[0].line.width, chart.data[1].line.width = 9, 2
    return chart
