"""The pictures of lesson 09: labels, colours and places, so that the lesson's cells hold only the history."""

import html

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.axes import EDGE, GAP
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, key, label_gap, note, value_axis
from helpers.figures.letters import lines, number, width, wrap
from helpers.figures.stack import stack
from helpers.models.choices import briefly
from helpers.sentences import fixed, heading

# Signs and colours of the verdicts, as the desk has them: for verdicts only.
LOOKS = {
    "supported": ("✓", "#1F6FB2"),
    "partly": ("◐", "#0E7F8C"),
    "imprecise": ("≈", "#9A6300"),
    "contested": ("⇄", "#8A55B8"),
    "unverifiable": ("?", "#6B7480"),
    "contradicted": ("✗", "#C23B2A"),
}
KINDS = {"fact-date": fixed("facts_and_dates"), "judgement": fixed("judgements"), "quantity": fixed("amounts"), "cause": fixed("causes")}
BLANK, GUESS = fixed("not_judged"), fixed("a_blind_guess")
SHORT = {
    "C06": fixed("industrialised_fast"),
    "C08": fixed("the_leap_ran_from_1958_to_1961"),
    "C09": fixed("the_leap_ended_in_disaster"),
    "C10": fixed("three_years_of_famine_1960_62"),
    "C11": fixed("the_famine_began_before_the_recall"),
    "C12": fixed("the_split_worked_well_for_north_korea"),
    "C13": fixed("kim_first_took_chinas_side"),
    "C15": fixed("then_even_more_help_from_moscow"),
    "C16": fixed("a_soviet_congress_attacked_1962"),
    "C20": fixed("the_soviets_cut_off_aid"),
    "C23": fixed("maos_wife_said_fat_revisionist"),
    "C24": fixed("red_guards_said_fat_revisionist"),
    "C26": fixed("aid_came_from_both"),
    "C27": fixed("the_split_increased_isolation"),
    "C29": fixed("neither_left_before_the_cold_war_ended"),
}
FORKS = {
    "1956-08": (fixed("expel_the_critics"), fixed("blame_the_cult_yourself"), fixed("ask_both_patrons_first")),
    "1960-06": (fixed("agree_with_moscow"), fixed("ask_beijing"), fixed("take_no_side_aloud")),
    "1961-07": (fixed("sign_with_moscow_alone"), fixed("sign_with_both"), fixed("sign_with_neither")),
    "1962-10": (fixed("print_beijing_in_full"), fixed("print_both_in_full"), fixed("praise_moscows_words")),
    "1962-11": (fixed("ask_moscow_for_arms"), fixed("ask_beijing_for_arms"), fixed("build_arms_at_home")),
    "1965-02": (fixed("open_the_door_again"), fixed("stay_with_beijing"), fixed("press_the_guest")),
    "1966-10": (fixed("blame_left_and_right"), fixed("name_beijing"), fixed("praise_the_cultural_revolution")),
    "1970-04": (fixed("peace_and_keep_moscow"), fixed("an_apology_first"), fixed("moscow_alone")),
}
KNOWN = {"": "circle-open", "no": "circle-open", "yes": "circle", "not known": "diamond-open"}
COLOURS = dict(zip(("careful", "overconfident", "always partly", "you"), (*theme.METHODS[:2], theme.METHODS[3], theme.INK)))
# Where a reader's name stands: which end of it is at the mark, and how many pixels above.
BESIDE = {"careful": ("left", -14), "overconfident": ("right", 18), "always partly": ("left", -18), "you": ("right", 18)}


def by_kind(claims: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims of each kind have which verdict, as a table for the words of a figure.

    Parameters
    ----------
    claims : DataFrame
        Rows of `claims`.
    """
    table = pd.crosstab(claims["kind"], claims["verdict"]).reindex(index=list(KINDS), columns=list(LOOKS), fill_value=0)
    return table.rename(index=KINDS).rename_axis("kind").rename_axis(None, axis=1).reset_index()


def opening(claims: pd.DataFrame) -> Figure:
    """Draw thirty claims as empty squares, a row for each kind."""
    return _squares(claims.assign(verdict=BLANK), {BLANK: ("", theme.PAPER)})


def verdicts(claims: pd.DataFrame) -> Figure:
    """Draw every claim as a square with its verdict, a row for each kind."""
    return _squares(claims, LOOKS)


def _squares(claims, looks):
    """Draw a square per claim, the verdicts of a row in the order of their looks."""
    need(claims, "kind", "verdict")
    need_looks(claims, "verdict", looks)
    page, counts = theme.page(), claims["kind"].value_counts()
    rows = stack([f"{counts[kind]} {words}" for kind, words in KINDS.items()], 62, 150)
    most = int(counts.max())
    size = min(0.86 * (page.width - rows.left - EDGE) / most, 40)
    found = []
    for place, kind in zip(rows.places, KINDS):
        words = sorted(claims.loc[claims["kind"] == kind, "verdict"], key=list(looks).index)
        found += [(x, place, word) for x, word in enumerate(words)]
    signs = [(sign, f"{word} {(claims['verdict'] == word).sum()}", colour) for word, (sign, colour) in looks.items() if sign]
    words, top = key(signs, rows.left, 8)
    return drawn(
        [_tiles([spot for spot in found if spot[2] == word], word, sign, colour, size) for word, (sign, colour) in looks.items()],
        rows.height,
        left=rows.left,
        top=top,
        below=4,
        notes=rows.notes + words,
        xaxis={"visible": False, "range": [-0.6, most - 0.4]},
        yaxis=rows.axis,
    )


def _tiles(spots, word, sign, colour, size):
    """Return the squares of one verdict, its sign in each."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _, _ in spots],
        "y": [y for _, y, _ in spots],
        "name": word,
        "text": [sign and f"<b>{sign}</b>"] * len(spots),
        "textfont": {"color": theme.on(colour), "size": theme.page().text},
        "marker": {"symbol": "square", "size": size, "color": colour, "line": {"color": colour if sign else theme.MUTED, "width": 1.5}},
        "hovertemplate": f"{word}<extra></extra>",
    }


def sureness(groups: pd.DataFrame, blind: float) -> Figure:
    """Draw how often readers were right against how sure they were, with the diagonal where the two are the same.

    Parameters
    ----------
    groups : DataFrame
        Columns reader, sure, right (percent), points; a row per reader and level of sureness.
    blind : float
        Percent that a blind guess hits.
    """
    need(groups, "reader", numbers=["sure", "right", "points"])
    page, left, named = theme.page(), EDGE + width("100") + 26, {GUESS: ("0", theme.GREYS[0], blind, blind, "left", 0)}
    for name, rows in _readers(groups):
        side, lift = BESIDE[name]
        named[name] = (number(rows["points"].iloc[0]), COLOURS[name], rows["sure"].median(), rows["right"].median(), side, lift)
    if page.narrow:
        signs = {GUESS: "diamond-open"}
        points = {name: fixed("reader_points", reader=heading(name), points=one[0]) for name, one in named.items()}
        notes, top = key([(signs.get(name, "circle"), points[name], one[1]) for name, one in named.items()], left, 8)
    else:
        notes, top = [_called(name, *one) for name, one in named.items()], 8
    sides = map(fixed, ("right_more_often_than_they_say", "as_often_right_as_sure", "surer_than_they_are_right"))
    where = list(zip(sides, (24, 87, 76), (96, 99, 10), strict=True))
    told, room = (where[::2], 150) if page.narrow else (where, 400)
    return drawn(
        [_diagonal(), _blind(blind), *(_reader(name, rows) for name, rows in _readers(groups))],
        page.tallest - 30 if not page.narrow else 300,
        left=left,
        right=EDGE,
        top=top,
        below=56,
        notes=notes + [note(wrap(text, room), x, y, theme.MUTED) for text, x, y in told],
        xaxis=value_axis(0, 104, fixed("how_sure_they_say_they_are_percent"), showline=True, dtick=20),
        yaxis=value_axis(0, 104, fixed("how_often_they_are_right_percent"), showline=True, dtick=20),
    )


def _readers(groups):
    return [(name, groups[groups["reader"] == name]) for name in COLOURS if (groups["reader"] == name).any()]


def _called(name, points, colour, x, y, side, lift):
    """Return the name of a reader beside the middle one of its marks."""
    shift = GAP + 4 if side == "left" else -GAP - 4
    told = fixed("reader_points", reader=heading(name), points=points)
    return note(f"<b>{told}</b>", x, y, colour, xanchor=side, xshift=shift, yshift=lift)


def _diagonal():
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 100],
        "y": [0, 100],
        "line": {"color": theme.GREYS[1], "width": 2, "dash": "dot"},
        "hovertemplate": fixed("as_often_right_as_sure") + "<extra></extra>",
    }


def _blind(percent):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [percent],
        "y": [percent],
        "marker": {"symbol": "diamond-open", "size": 14, "color": theme.GREYS[0], "line": {"width": 2, "color": theme.GREYS[0]}},
        "hovertemplate": fixed("blind_guess_among_six") + "<extra></extra>",
    }


def _reader(name, rows):
    """Return one reader: a mark for each level of sureness, joined by a line."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": rows["sure"].tolist(),
        "y": rows["right"].tolist(),
        "line": {"color": COLOURS[name], "width": 3},
        "marker": {"color": COLOURS[name], "size": 14},
        "hovertemplate": fixed("says_and_right", reader=html.escape(heading(name))) + "<extra></extra>",
    }


def choices_table(survey: pd.DataFrame) -> pd.DataFrame:
    """Return how many choices were tried and which of them leads to which verdict, a row per claim, those that no choice moves first.

    Parameters
    ----------
    survey : DataFrame
        What `historians.survey` returned.
    """
    by = survey.groupby("claim_id")
    kept = by["survives"].mean()
    order = sorted(kept.index, key=lambda claim: (-kept[claim], claim))
    rows = [(f"{claim} {SHORT[claim]}", by["ours"].first()[claim], by.size()[claim], _led(by.get_group(claim))) for claim in order]
    return pd.DataFrame(rows, columns=["claim", "ours", "choices", "which choice leads where"])


def _led(rows):
    """Return the choices of one claim in words, behind the verdict that they lead to."""
    led = [(word, rows.loc[rows["verdict"] == word, "choice"].map(briefly)) for word in LOOKS]
    return ". ".join(f"{word.capitalize()} {len(said)}: {'; '.join(said)}" for word, said in led if len(said))


def choices(survey: pd.DataFrame) -> Figure:
    """Draw one row per claim: how many choices lead to which verdict, and our own as a ring.

    Parameters
    ----------
    survey : DataFrame
        What `historians.survey` returned.
    """
    table, page = choices_table(survey), theme.page()
    rows = stack([f"<b>{name[:3]}</b>{escape(name[3:])}" for name in table["claim"]], 22, 0.52 * page.width)
    places = dict(zip(table["claim"].str[:3], rows.places))
    wide = (page.width - rows.left - EDGE) / (len(LOOKS) + 0.1)
    led = dict(tuple(survey.groupby("verdict")))
    levels = 3  # lines for the names of the columns
    signs = [("●", fixed("how_many_choices_lead_there"), theme.GREYS[0]), ("◯", fixed("our_verdict"), theme.INK)]
    more, top = key(signs, rows.left, levels * label_gap() + 8)
    return drawn(
        [_counted(led[word], places, word) for word in LOOKS if word in led] + [_rings(table, rows.places, min(rows.thick, 26))],
        rows.height,
        left=rows.left,
        top=top,
        below=4,
        shapes=[_lines([place - rows.thick / 2 for place in rows.places])] * (not page.narrow) + _columns(levels),
        notes=rows.notes + more + [_head(word, x, x % levels, wide) for x, word in enumerate(LOOKS)],
        xaxis={"visible": False, "range": [-0.55, len(LOOKS) - 0.45]},
        yaxis=rows.axis,
    )


def _head(word, x, level, wide):
    """Return the name of a column on one of several lines; none goes beyond the edge of the figure."""
    sign, colour = LOOKS[word]
    text = f"<b>{sign} {word}</b>"
    over = max(0, width(text) / 2 - 0.55 * wide)
    shift = over if x == 0 else -over if x == len(LOOKS) - 1 else 0
    return note(text, x, 1, colour, yref="paper", yanchor="bottom", xshift=shift, yshift=4 + level * label_gap())


def _columns(levels):
    """Return a thin line from the name of each column down through its marks, in the verdict's colour."""
    at, shapes = {"type": "line", "layer": "below", "yref": "paper"}, []
    for x, word in enumerate(LOOKS):
        look = {**at, "x0": x, "x1": x, "line": {"color": LOOKS[word][1], "width": 1}, "opacity": 0.45}
        shapes += [{**look, "y0": 0, "y1": 1}, {**look, "ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": 4 + x % levels * label_gap()}]
    return shapes


def _lines(heights):
    """Return thin lines across the figure as one shape."""
    path = " ".join(f"M 0,{y:g} L 1,{y:g}" for y in heights)
    return {"type": "path", "path": path, "xref": "paper", "line": {"color": theme.RULE, "width": 1}, "layer": "below"}


def _counted(rows, places, word):
    """Return the marks of one verdict, the number of choices in each; the table below the figure names them."""
    counts = rows.groupby("claim_id").size()
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [list(LOOKS).index(word)] * len(counts),
        "y": [places[claim] for claim in counts.index],
        "name": word,
        "cliponaxis": False,
        "text": [f"<b>{count}</b>" for count in counts],
        "textfont": {"color": theme.PAPER, "size": theme.page().small},
        "marker": {"symbol": "circle", "size": 17, "color": LOOKS[word][1]},
        "customdata": [fixed("so_many_lead_to", claim=claim, count=count, word=word) for claim, count in counts.items()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _rings(table, places, size):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [list(LOOKS).index(word) for word in table["ours"]],
        "y": places,
        "name": fixed("our_verdict"),
        "cliponaxis": False,
        "text": table["claim"].tolist(),
        "marker": {"symbol": "circle-open", "size": size, "color": theme.INK, "line": {"color": theme.INK, "width": 2}},
        "hovertemplate": fixed("point_at_our_verdict") + "<extra></extra>",
    }


def path_table(steps: pd.DataFrame) -> pd.DataFrame:
    """Return a row per decision for the words of the path: the options, the reader's, and whether it came near to what was done.

    Parameters
    ----------
    steps : DataFrame
        What `path_so_far` returned.
    """
    rows = []
    for count, (decision, own) in enumerate(steps.groupby("decision_id", sort=False), 1):
        taken = own[own["chosen"]]
        advice = FORKS[decision]["abc".index(taken["option"].iloc[0])] if len(taken) else fixed("not_given_yet")
        rows.append((own["title"].iloc[0], count, advice, taken["done"].iloc[0] if len(taken) else ""))
    return pd.DataFrame(rows, columns=["decision", "number", "your advice", "near to what was done"])


def path(steps: pd.DataFrame) -> Figure:
    """Draw eight forks one below the other, and the reader's path through them.

    Parameters
    ----------
    steps : DataFrame
        What `path_so_far` returned.
    """
    page, titles = theme.page(), steps.drop_duplicates("decision_id")["title"].tolist()
    room = (page.width - 2 * EDGE) / 3 if page.narrow else 150
    texts = {(d, "abc"[n]): wrap(words, room - 26) for d, fork in FORKS.items() for n, words in enumerate(fork)}
    high = [max(lines(texts[d, o]) for o in "abc") + 0.4 * page.narrow for d in FORKS]
    rows = stack([_titled(title) for title in titles], 44, 200, high)
    places = dict(zip(FORKS, rows.places))
    spots = [("abc".index(one.option), places[one.decision_id], one) for one in steps.itertuples()]
    said = [("circle-open", fixed("open_or_not_done"), theme.GREYS[1]), ("circle", fixed("near_to_what_was_done"), theme.GREYS[0])]
    said += [("diamond-open", fixed("no_paper_tells"), theme.GREYS[1]), ("line", fixed("your_advice"), theme.ACTORS["Pyongyang"])]
    words, top = key(said, rows.left, 8)
    marks = {KNOWN[one.done] for _, _, one in spots}
    return drawn(
        [*_way(spots), *(_forks(spots, symbol) for symbol in dict.fromkeys(KNOWN.values()) if symbol in marks)],
        rows.height,
        left=rows.left,
        top=top,
        below=4,
        notes=rows.notes
        + words
        + [note(texts[one.decision_id, one.option], x, y, xanchor="left", xshift=13, align="left") for x, y, one in spots],
        xaxis={"visible": False, "range": [-0.12, 3]},
        yaxis=rows.axis,
    )


def _titled(title):
    """Return the title of a decision, its month in bold and on a line of its own."""
    month, _, rest = escape(title).partition(": ")
    return f"<b>{month}</b><br>{rest}"


def _way(spots):
    """Return the path through the options that the reader chose, and rings on them; it is broken where no advice was given."""
    if not any(one.chosen for _, _, one in spots):
        return []
    x, y = [], []
    for decision in FORKS:
        taken = [(x_, y_) for x_, y_, one in spots if one.decision_id == decision and one.chosen]
        x.append(taken[0][0] if taken else None)
        y.append(taken[0][1] if taken else None)
    blue, common = theme.ACTORS["Pyongyang"], {"type": "scatter", "x": x, "y": y, "hoverinfo": "skip", "cliponaxis": False}
    band = {**common, "mode": "lines", "connectgaps": False, "opacity": 0.3, "line": {"color": blue, "width": 9}}
    rings = {**common, "mode": "markers", "marker": {"color": theme.PAPER, "size": 22, "line": {"color": blue, "width": 3}}}
    return [band, rings]


def _forks(spots, symbol):
    """Return the options with one kind of mark."""
    found = [(x, y, one) for x, y, one in spots if KNOWN[one.done] == symbol]
    colour = theme.GREYS[0] if symbol == "circle" else theme.GREYS[1]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in found],
        "y": [y for _, y, _ in found],
        "text": [f"{one.option}) {escape(one.advice)}" for _, _, one in found],
        "marker": {"symbol": symbol, "size": 12, "color": colour, "line": {"color": colour, "width": 2}},
        "cliponaxis": False,
        "hovertemplate": "%{text}<extra></extra>",
    }
