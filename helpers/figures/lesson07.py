"""The pictures of lesson 07: labels, colours and places, so that the lesson's cells hold only the history."""

from collections.abc import Callable
from functools import partial

import pandas as pd
from plotly.graph_objects import Figure

from helpers import figures, theme
from helpers.common import SHORT_MONTHS, when
from helpers.figures.downward import days, waiting
from helpers.figures.layout import drawn, label_gap, note, shade
from helpers.figures.stack import stack
from helpers.models import evidence
from helpers.sentences import fixed, heading

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang"))
WORDS = (fixed("cut_off"), fixed("revisionist"), fixed("fat"), fixed("maos_wife"))
PLACES = ("papers of the time", "later texts")
NOT_YET = "?"
NONE = fixed("none_found")

# Autumn 1962: how each step is written, before the words of its paper. A step that is a silence is hollow.
AUTUMN = {
    "ST02": fixed("prints_chinas_statement_on_cuba_in_full"),
    "ST03": fixed("moscow_the_missiles_will_leave_cuba"),
    "ST14": fixed("not_a_word_on_the_trip_of"),
}
QUOTED = {"ST06": "a_korean_diplomat_in_prague"}  # names of sentences with words of the paper
TURN, SILENCE = "ST03", "ST14"

# The request and what came before its answer: the words beside the line of time.
REQUEST = {
    "ST01": fixed("moscow_has_sent_aircraft_as_a_gift"),
    "ST04": fixed("kim_asks_for_arms_worth_about_100"),
    "ST10": fixed("pimenov_a_soviet_diplomat_aid_can_no"),
    "ST11": fixed("koreas_vice_premier_ri_ju_yon_complains"),
    "ST13": fixed("by_now_moscow_has_promised_arms_worth"),
}
SINCE, UNTIL = "ST04", "ST13"
TOLD = ("ST01", "ST11")  # of these acts we know only the day on which somebody told of them

VERB_NAMES = {
    "VB07": fixed("soviet_diplomat_pimenov_1963"),
    "VB09": fixed("vice_premier_ri_ju_yon_1964"),
    "VB10": fixed("ambassador_moskovsky_1964"),
    "VB15": fixed("a_scholarly_article_1967"),
    "VB25": fixed("time_american_weekly_1965_no_source"),
    "VB17": fixed("library_of_congress_book_1993"),
    "VB26": fixed("library_of_congress_book_another_chapter"),
    "VB18": fixed("us_military_handbook_1991"),
    "VB19": fixed("the_historian_lankov_undated"),
    "VB27": fixed("the_historian_dong_jie_undated"),
    "VB21": fixed("chinese_web_text_no_source"),
    "VB23": fixed("south_korean_web_text_no_source"),
}
FOR, AGAINST = fixed("speak_for_it"), fixed("speak_against_it")

TIME, LATER, SOUGHT = fixed("written_at_the_time"), fixed("written_later"), fixed("ledger_gap")
INSULT_NAMES = {
    "IN03": fixed("shanghai_newsletter_10_september_1967"),
    "IN04": fixed("slogans_on_a_train_by_hearsay_october"),
    "IN05": fixed("beijing_paper_27_october_1967_east_german"),
    "IN06": fixed("the_same_article_hungarian_copy"),
    "IN07": fixed("pamphlets_november_1967_a_reports_summary"),
    "IN20": fixed("korean_web_text_undated_names_no_source"),
    "IN09": fixed("the_historian_shen_zhihua_2016"),
    "IN10": fixed("a_teaching_text_undated_names_no_source"),
    "IN11": fixed("the_page_itself_undated_names_no_source"),
    "IN12": fixed("a_word_of_maos_wife_on_kim"),
    "IN13": fixed("the_word_fat_in_a_text_of"),
    "IN14": fixed("a_photo_or_copy_of_a_wall"),
    "IN15": fixed("the_chinese_originals_of_both_papers"),
}
FAT = 1  # the column of the word in question

WARMER, COLDER = fixed("warmer"), fixed("colder")
RETURN = [  # by the day of the event
    ("1964-06-27", fixed("ri_ju_yon_complains"), -36, 46),
    ("1963-09-15", fixed("liu_in_pyongyang"), -8, -34),
    ("1965-02", fixed("kosygin_in_pyongyang"), -84, -40),
    ("1965-05-21", fixed("free_soviet_weapons"), 64, -44),
    ("1965-12-25", fixed("china_offers_war_materials"), -24, 44),
    ("1967-01-27", fixed("pyongyang_criticises_china"), 40, 44),
    ("1968-03-03", fixed("signs_of_thaw"), 20, -40),
]


def blank() -> pd.DataFrame:
    """Return the four words of the page with nothing looked up yet."""
    return pd.DataFrame({"word": WORDS, **{place: NOT_YET for place in PLACES}, "looked up so far": 0})


def counted(verbs: pd.DataFrame, insult: pd.DataFrame) -> pd.DataFrame:
    """Return the four words with how many separate texts bear each, of the time and later; the page itself is left out.

    Parameters
    ----------
    verbs, insult : DataFrame
        The tables `verbs_evidence` and `insult_evidence`.
    """
    stop = evidence.in_favour(verbs, "cut off")
    later = stop["date_of"].isin(["later study", "undated"])
    rows = [(int((~later).sum()), int(later.sum()))]
    after = insult[insult["row_type"].isin(["later retelling", "later scholarship"])]
    for asked in evidence.ASKED:
        rows.append((len(evidence.origins(insult, asked)), int((after[asked] == "yes").sum())))
    return pd.DataFrame([(word, *row) for word, row in zip(WORDS, rows, strict=True)], columns=["word", *PLACES])


def boxes(table: pd.DataFrame) -> Figure:
    """Draw four words of the page and, for each, how many texts bear it: a dashed box is not yet looked up, a pale band holds none.

    Parameters
    ----------
    table : DataFrame
        Columns word and one for each of `PLACES`, cells a number or "?".
    """
    page, columns = theme.page(), list(PLACES)
    rows = stack([f"<b>“{word}”</b>" for word in table["word"]], 52, 200)
    shapes, notes, marks = [], list(rows.notes), []
    for across, column in enumerate(columns):
        notes.append(note(f"<b>{heading(column)}</b>", across, 1, yref="paper", yanchor="bottom", yshift=4))
        for place, word, cell in zip(rows.places, table["word"], table[column], strict=True):
            shapes.append(_box(across, place, cell, 0.4 * min(rows.thick, 52)))
            full = cell not in (0, NOT_YET)
            said = NONE if cell == 0 else cell
            colour = theme.PAPER if full else theme.MUTED
            notes.append(note(f"<b>{said}</b>" if full else str(said), across, place, size=page.title if full else page.text))
            notes[-1]["font"]["color"] = colour
            marks.append((across, place, f"{word}, {heading(column)}: {fixed('not_looked_up_yet') if cell == NOT_YET else said}"))
    return drawn(
        [_tips(marks)],
        rows.height,
        left=rows.left,
        top=label_gap() + 8,
        below=6,
        shapes=shapes,
        notes=notes,
        xaxis={"visible": False, "range": [-0.5, len(columns) - 0.5]},
        yaxis=rows.axis,
    )


def _box(across, place, cell, half):
    """Return the box of a word: dashed, full or a pale band."""
    line = {"color": theme.MUTED, "width": 2, "dash": "dash"} if cell == NOT_YET else {"width": 0}
    fill = "rgba(0,0,0,0)" if cell == NOT_YET else theme.BAND if cell == 0 else theme.INK
    at = {"x0": across - 0.42, "x1": across + 0.42, "y0": place - half, "y1": place + half}
    return {"type": "rect", **at, "line": line, "fillcolor": fill, "layer": "below"}


def _tips(marks):
    """Return invisible marks that tell on hovering what stands there."""
    return {
        "type": "scatter",
        "x": [x for x, _, _ in marks],
        "y": [y for _, y, _ in marks],
        "mode": "markers",
        "marker": {"size": 30, "opacity": 0},
        "text": [text for _, _, text in marks],
        "hovertemplate": "%{text}<extra></extra>",
    }


def autumn(steps: pd.DataFrame, papers: pd.DataFrame) -> pd.DataFrame:
    """Return what was said in autumn 1962 as rows in order of time: day, where, whose act, and words of the paper.

    Parameters
    ----------
    steps : DataFrame
        The table `arms_request`.
    papers : DataFrame
        Rows of `documents`, with the phrase that we quote from each.
    """
    quotes = papers.set_index("doc_id")["quote"]
    table = steps[steps["step_id"].isin([*AUTUMN, *QUOTED])].sort_values("date_end").reset_index(drop=True)
    words = [
        fixed(QUOTED[row.step_id], quote=quotes[row.document_id]) if row.step_id in QUOTED else AUTUMN[row.step_id]
        for row in table.itertuples()
    ]
    told = [_until(row.step_id == SILENCE, _day(row.date_end, short=True)) for row in table.itertuples()]
    table = table.assign(day=told, words=words, silent=table["step_id"] == SILENCE, turn=table["step_id"] == TURN)
    table["year"] = table["date_end"].str[:4].astype(int)
    return table.rename(columns={"lane": "where", "actor": "who"})[["day", "year", "where", "who", "words", "silent", "turn"]]


def public_private(table: pd.DataFrame) -> Figure:
    """Draw a list down the days in two columns, said in public and said behind doors; the retreat goes through both.

    Parameters
    ----------
    table : DataFrame
        What `autumn` returned.
    """
    return days(table, columns={"in public": heading("in public"), "in private": fixed("behind_doors")})


def _until(lasts, day):
    """Return the day of a step; a silence lasts until then."""
    return fixed("until_day", day=day) if lasts else day


def _day(date, *, short=False):
    """Return a date as it stands in a drawing: 1962-11-14 is 14 Nov 1962, in short 14 Nov."""
    year, month, day = date.split("-")
    return f"{int(day)} {SHORT_MONTHS[int(month) - 1]}" + ("" if year == "1962" and short else f" {year}")


def verb_sheet(verbs: pd.DataFrame) -> pd.DataFrame:
    """Return the pieces that speak for or against a verb, with their own words, and the two sums at the foot.

    Parameters
    ----------
    verbs : DataFrame
        The table `verbs_evidence`.
    """
    columns = list(evidence.VERBS)
    said = verbs[verbs[columns].isin(["supports", "contradicts"]).any(axis=1)]
    sums = evidence.tally(verbs)
    sheet = said[columns].assign(piece=said["evidence_id"].map(VERB_NAMES), words=said["what_it_says"])
    foot = pd.DataFrame({verb: [str(sums.at[verb, "contradicts"]), str(sums.at[verb, "supports"])] for verb in columns})
    sheet = pd.concat([sheet, foot.assign(piece=[AGAINST, FOR], words="")], ignore_index=True)
    sheet["verbs against"] = (sheet[columns] == "contradicts").sum(axis=1)
    return sheet[["piece", *columns, "verbs against", "words"]].rename(columns={verb: evidence.in_words(verb) for verb in columns})


def verbs(sheet: pd.DataFrame) -> Figure:
    """Draw which piece speaks for a verb and which against it, with the sums at the foot.

    Parameters
    ----------
    sheet : DataFrame
        What `verb_sheet` returned.
    """
    looks = {
        "supports": (theme.METHODS[2], "circle", fixed("speaks_for_it")),
        "contradicts": (theme.METHODS[1], "x", fixed("speaks_against_it")),
    }
    cells = sheet.drop(columns="words").replace("silent", "")
    if theme.page().narrow:
        cells = cells.rename(columns={"suspended": fixed("suspended_broken")})
    return figures.matrix(cells, looks=looks, label_width=310, row_height=20, strong=(AGAINST, FOR))


def request(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the acts around the request of 1962, in order of time: when, day, whose act, and words.

    Parameters
    ----------
    steps : DataFrame
        The table `arms_request`.
    """
    table = steps[steps["step_id"].isin(REQUEST)].sort_values("date").reset_index(drop=True)
    table = table.assign(act=table["step_id"].map(REQUEST), day=table["date"].map(_day), when=table["date"].map(when))
    table["day"] = [fixed("by_day", day=day) if step in TOLD else day for step, day in zip(table["step_id"], table["day"], strict=True)]
    return table.rename(columns={"actor": "who", "step_id": "step"})[["act", "day", "when", "who", "step"]]


def unanswered(table: pd.DataFrame, months: int) -> Figure:
    """Draw the months between a request and a promise, time running down; the hollow says that no answer was seen.

    Parameters
    ----------
    table : DataFrame
        What `request` returned.
    months : int
        Between the request and the thanks.
    """
    since, until = (float(table.loc[table["step"] == step, "when"].iloc[0]) for step in (SINCE, UNTIL))
    return waiting(table, since=since, until=until, said=fixed("months_without_answer", months=months), span=(1962.55, 1965.5))


def insult_sheet(insult: pd.DataFrame) -> pd.DataFrame:
    """Return what each text says of Kim, in three groups: written at the time, written later, looked for and not found.

    Parameters
    ----------
    insult : DataFrame
        The table `insult_evidence`.
    """
    rows = insult[insult["evidence_id"].isin(INSULT_NAMES)].sort_values("evidence_id", key=lambda ids: ids.map(list(INSULT_NAMES).index))
    sheet = evidence.grid(rows, evidence.ASKED, counted="yes").rename(columns={"cells with 'yes'": "marks"})
    sheet["evidence"] = rows["evidence_id"].map(INSULT_NAMES).to_list()
    sheet["words"] = rows["what_it_says"].str.replace("of O2 and O3", fixed("of_both_papers")).to_list()
    later, sought = (rows["row_type"].str.startswith(kind).to_list() for kind in ("later", "looked"))
    group = [SOUGHT if gone else LATER if after else TIME for after, gone in zip(later, sought, strict=True)]
    group = [LATER if name == INSULT_NAMES["IN11"] else kind for name, kind in zip(sheet["evidence"], group, strict=True)]
    parts = []
    for kind in (TIME, LATER, SOUGHT):
        blank = {"evidence": kind, "marks": int(sheet["marks"][[name == kind for name in group]].sum())}
        head = pd.DataFrame([{column: blank.get(column, "") for column in sheet.columns}])
        parts += [head, sheet[[name == kind for name in group]]]
    return pd.concat(parts, ignore_index=True)


def insults(sheet: pd.DataFrame) -> Figure:
    """Draw which text says what of Kim; the column of the word in question is tinted, what was not found is an empty band.

    Parameters
    ----------
    sheet : DataFrame
        What `insult_sheet` returned.
    """
    looks = {
        "yes": (theme.INK, "circle", fixed("has_it_or_is_said_to")),
        "no": (theme.GREYS[1], "circle-open", fixed("not_in_the_part_read_or_told")),
    }
    cells = sheet.drop(columns="words").replace(evidence.NOT_FOUND, NONE)
    chart = figures.matrix(cells, looks=looks, label_width=400, row_height=18, band=NONE, strong=(TIME, LATER, SOUGHT))
    return chart.add_shape({**shade(FAT - 0.45, FAT + 0.45), "fillcolor": "#FBF3DC"})


def moves(events: pd.DataFrame) -> pd.DataFrame:
    """Return what passed between Pyongyang and each patron as one row for each patron concerned: warmer or colder.

    Parameters
    ----------
    events : DataFrame
        Rows of `events` with the columns moscow and beijing, our scores.
    """
    table = events.melt(["date", "title"], ["moscow", "beijing"], "group", "score")
    table = table[table["score"].fillna(0) != 0].assign(group=table["group"].str.title())
    table["lane"] = table["score"].gt(0).map({True: WARMER, False: COLDER})
    return table[["title", "date", "group", "lane", "score"]].sort_values("date", ignore_index=True)


def mirrored(table: pd.DataFrame) -> Figure:
    """Draw acts and talks on one line of time, warm ones above, cold ones below, a colour for each patron.

    Parameters
    ----------
    table : DataFrame
        What `moves` returned.
    """
    marks = [(when("1964-10-14"), fixed("khrushchev_falls")), (when("1966-05-16"), fixed("cultural_revolution"))]
    table = table.assign(hover=table["date"] + ": " + table["title"], when=table["date"].map(when))
    titles = table.drop_duplicates("date").set_index("date")["title"]
    said = [(titles[day], *words) for day, *words in RETURN]
    return figures.timeline(
        table, lanes=[WARMER, COLDER], x_range=(1962.4, 1971), colours=theme.ACTORS, row_height=165, labels=said, marks=marks
    )


def defence(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the defence shares of the American handbook as single years and periods, with the words written at each.

    Parameters
    ----------
    shares : DataFrame
        Rows of `defence_budget`, one variant.
    """
    table = shares.rename(columns={"year": "first", "year_end": "last"})
    table["last"] = table["last"].fillna(table["first"])
    words: dict[str, Callable] = {
        "dot": "{number:.1f}".format,
        "mean": partial(fixed, "on_average"),
        "about": partial(fixed, "about_whole"),
    }
    kinds = table["bound"].where(table["bound"] == "about", table["marker"])
    table["text"] = [words[kind](number=value) for kind, value in zip(kinds, table["value"], strict=True)]
    return table[["first", "last", "value", "text"]]


def burden(table: pd.DataFrame) -> Figure:
    """Draw the share of defence in the budget, and when the party resolved to arm.

    Parameters
    ----------
    table : DataFrame
        What `defence` returned.
    """
    marks = [(when("1962-12-10"), fixed("the_party_resolves_to_arm"))]
    return figures.periods(table, colour=PYONGYANG, y_range=(0, 36), x_range=(1959.4, 1971.6), marks=marks)
