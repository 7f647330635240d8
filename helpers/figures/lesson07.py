"""The pictures of lesson 07: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import figures, theme
from helpers.common import MONTHS, when
from helpers.figures.downward import days, waiting
from helpers.figures.layout import drawn, label_gap, note, shade
from helpers.figures.stack import stack
from helpers.models import evidence

MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[capital] for capital in ("Moscow", "Beijing", "Pyongyang"))
WORDS = ("cut off", "revisionist", "fat", "Mao's wife")
PLACES = ("papers of the time", "later texts")
NOT_YET = "?"
NONE = "none found"

# Autumn 1962: how each step is written, before the words of its paper. A step that is a silence is hollow.
AUTUMN = {
    "ST02": "prints China's statement on Cuba in full",
    "ST03": "Moscow: the missiles will leave Cuba",
    "ST14": "not a word on the trip of the Soviet envoy, in Cuba since 2 November",
    "ST06": "a Korean diplomat in Prague: the Soviet course",
}
QUOTED = {"ST06"}
TURN, SILENCE = "ST03", "ST14"

# The request and what came before its answer: the words beside the line of time.
REQUEST = {
    "ST01": "Moscow has sent aircraft, as a gift",
    "ST04": "Kim asks for arms worth about 100 million roubles, free",
    "ST10": "Pimenov, a Soviet diplomat: aid can no longer simply be delivered as asked (of arms he says nothing)",
    "ST11": "Korea's vice-premier Ri Ju-yon complains of falling trade and blames the quarrel; the Soviet ambassador denies that reason",
    "ST13": "by now Moscow has promised arms worth 150 million roubles, free; Korea gives thanks",
}
SINCE, UNTIL = "ST04", "ST13"
TOLD = ("ST01", "ST11")  # of these acts we know only the day on which somebody told of them

VERB_NAMES = {
    "VB07": "Soviet diplomat Pimenov, 1963",
    "VB09": "vice-premier Ri Ju-yon, 1964",
    "VB10": "ambassador Moskovsky, 1964",
    "VB15": "a scholarly article, 1967",
    "VB25": "Time, American weekly, 1965, no source",
    "VB17": "Library of Congress book, 1993",
    "VB18": "US military handbook, undated",
    "VB19": "the historian Lankov, undated",
    "VB21": "Chinese web text, no source",
    "VB23": "South Korean web text, no source",
}
FOR, AGAINST = "speak for it", "speak against it"

TIME, LATER, SOUGHT = "Written at the time", "Written later", "Looked for, not found"
INSULT_NAMES = {
    "IN03": "Shanghai newsletter, 10 September 1967",
    "IN04": "slogans on a train, by hearsay, October 1967",
    "IN05": "Beijing paper, 27 October 1967: East German copy",
    "IN06": "Beijing paper, 27 October 1967: Hungarian copy",
    "IN07": "pamphlets, November 1967: a report's summary",
    "IN20": "Korean web text, undated, names no source",
    "IN09": "the historian Shen Zhihua, 2016",
    "IN10": "a teaching text, undated, names no source",
    "IN11": "the page itself, undated, names no source",
    "IN12": "a word of Mao's wife on Kim, or a report of one",
    "IN13": "the word 'fat' in a text of the time",
    "IN14": "a photo or copy of a wall poster",
    "IN15": "the Chinese originals of both papers",
}
FAT = 1  # the column of the word in question

RETURN = [
    ("Ri Ju-yon complains of falling trade", "Ri Ju-yon complains", -36, 46),
    ("Liu Shaoqi in Pyongyang", "Liu in Pyongyang", -8, -34),
    ("Kosygin in Pyongyang", "Kosygin in Pyongyang", -84, -40),
    ("Free Soviet weapons for North Korea", "free Soviet weapons", 64, -44),
    ("Li Xiannian offers war materials, free", "China offers war materials", -24, 44),
    ("Pyongyang criticises China in public", "Pyongyang criticises China", 40, 44),
    ("Signs of thaw with China", "signs of thaw", 20, -40),
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
        notes.append(note(f"<b>{column}</b>", across, 1, yref="paper", yanchor="bottom", yshift=4))
        for place, word, cell in zip(rows.places, table["word"], table[column], strict=True):
            shapes.append(_box(across, place, cell, 0.4 * min(rows.thick, 52)))
            full = cell not in (0, NOT_YET)
            said = NONE if cell == 0 else cell
            colour = theme.PAPER if full else theme.MUTED
            notes.append(note(f"<b>{said}</b>" if full else str(said), across, place, size=page.title if full else page.text))
            notes[-1]["font"]["color"] = colour
            marks.append((across, place, f"{word}, {column}: {'not looked up yet' if cell == NOT_YET else said}"))
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
    table = steps[steps["step_id"].isin(AUTUMN)].sort_values("date_end").reset_index(drop=True)
    words = [
        f"{AUTUMN[row.step_id]} “{quotes[row.document_id]}”" if row.step_id in QUOTED else AUTUMN[row.step_id] for row in table.itertuples()
    ]
    told = [f"{'until ' if row.step_id == SILENCE else ''}{_day(row.date_end, short=True)}" for row in table.itertuples()]
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
    return days(table, columns={"in public": "in public", "in private": "behind doors"})


def _day(date, *, short=False):
    """Return a date as it stands in a drawing: 1962-11-14 is 14 Nov 1962, in short 14 Nov."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1][:3]}" + ("" if year == "1962" and short else f" {year}")


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
        "supports": (theme.METHODS[2], "circle", "● speaks for it"),
        "contradicts": (theme.METHODS[1], "x", "✕ speaks against it"),
    }
    cells = sheet.drop(columns="words").replace("silent", "")
    if theme.page().narrow:
        cells = cells.rename(columns={"suspended": "sus- pended"})
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
    table["day"] = ["by " * (step in TOLD) + day for step, day in zip(table["step_id"], table["day"], strict=True)]
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
    return waiting(table, since=since, until=until, said=f"{months} months: no answer in the papers that we saw", span=(1962.55, 1965.5))


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
    sheet["words"] = rows["what_it_says"].str.replace("of O2 and O3", "of both papers").to_list()
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
        "yes": (theme.INK, "circle", "● has it, or is said to"),
        "no": (theme.GREYS[1], "circle-open", "○ not in the part read or told"),
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
    table["lane"] = table["score"].gt(0).map({True: "warmer", False: "colder"})
    return table[["title", "date", "group", "lane", "score"]].sort_values("date", ignore_index=True)


def mirrored(table: pd.DataFrame) -> Figure:
    """Draw acts and talks on one line of time, warm ones above, cold ones below, a colour for each patron.

    Parameters
    ----------
    table : DataFrame
        What `moves` returned.
    """
    marks = [(when("1964-10-14"), "Khrushchev falls"), (when("1966-05-16"), "Cultural Revolution")]
    table = table.assign(hover=table["date"] + ": " + table["title"], when=table["date"].map(when))
    return figures.timeline(
        table, lanes=["warmer", "colder"], x_range=(1962.4, 1971), colours=theme.ACTORS, row_height=165, labels=RETURN, marks=marks
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
    words = {"dot": "{:.1f}", "mean": "{:.1f} on average", "about": "about {:.0f}"}
    kinds = table["bound"].where(table["bound"] == "about", table["marker"])
    table["text"] = [words[kind].format(value) for kind, value in zip(kinds, table["value"], strict=True)]
    return table[["first", "last", "value", "text"]]


def burden(table: pd.DataFrame) -> Figure:
    """Draw the share of defence in the budget, and when the party resolved to arm.

    Parameters
    ----------
    table : DataFrame
        What `defence` returned.
    """
    marks = [(when("1962-12-10"), "the party resolves to arm")]
    return figures.periods(table, colour=PYONGYANG, y_range=(0, 36), x_range=(1959.4, 1971.6), marks=marks)
