"""The page as running text, each claim's words marked: with its number, the reader's verdict, or ours."""

from collections import Counter

from helpers import data
from helpers.common import escape
from helpers.desk import answers
from helpers.desk.looks import BLANK, VERDICTS, chip
from helpers.desk.screen import MEASURE, badge, folded, show_html
from helpers.sentences import fixed

SERIF = "Georgia, 'DejaVu Serif', serif"
GIVE = fixed("page_give")

OURS = fixed("page_ours")
POINTS = {"A4": 11.5, "A3": 17}  # letters in points that fill one sheet

POSTER = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>@page {{ size: {paper} landscape; margin: 12mm; }}
body {{ margin: 0; color: #1F2328; background: #FFFFFF; font: {size}pt system-ui, 'DejaVu Sans', sans-serif; }}
h1 {{ font-size: 1.9em; margin: 0 0 .4em; }} p {{ font-size: .85em; margin: .6em 0 0; }}</style></head>
<body><h1>{title}</h1>{page}<p>{means}.</p></body>
</html>
"""


def page(*, mine: bool = False, ours: bool = False) -> None:
    """Show the textbook page as running text, with the words that each of the thirty claims is about.

    Parameters
    ----------
    mine : bool
        Mark each claim with the reader's verdict, as far as there is one; folded under one line, to be at hand in any lesson.
    ours : bool
        The reader's verdicts in full and ours below, folded until the reader has judged all thirty claims.
    """
    if not (mine or ours):
        return show_html(block({}, note=fixed("page_blank")))
    kept, message = answers.read()
    own = of_reader(kept)
    said = fixed("page_judged", count=len(own))
    note = " ".join(part for part in ("" if len(own) == 30 else GIVE, escape(message)) if part)
    if not ours:
        return show_html(folded(fixed("page_yours", said=said), block(own, note=note)))
    theirs = folded(fixed("page_ours_after"), block(of_course(), beside=own), len(own) == 30)
    return show_html(f'{block(own, note=f"{said} {note}")}<div style="margin-top:12px">{theirs}</div>')


def poster(paper: str = "A4") -> str:
    """Return the page with our verdicts as a web page of its own that prints on one sheet.

    Parameters
    ----------
    paper : str
        "A4" or "A3".

    Raises
    ------
    ValueError
        For another size.
    """
    if paper not in POINTS:
        raise ValueError(fixed("the_poster_is_made_for_not_for", names=" or ".join(POINTS), paper=paper))
    verdicts = of_course()
    given = Counter(verdicts.values())
    title = fixed("poster_title", count=len(verdicts), stand=given["supported"])
    means = "; ".join(f"{look.sign} {name}: {look.means[0].lower()}{look.means[1:-1]}" for name, look in VERDICTS.items() if given[name])
    named = {"language": fixed("language"), "name": fixed("poster_name")}
    return POSTER.format(
        **named, paper=paper, size=POINTS[paper], title=title, page=block(verdicts, note=OURS, wide=True), means=escape(means)
    )


def of_course() -> dict[str, str]:
    """Return our verdict on every claim, {claim id: word}."""
    claims = data.load("claims")
    return {claim: word for claim, word in zip(claims["claim_id"], claims["verdict"]) if word in VERDICTS}


def of_reader(kept: dict) -> dict[str, str]:
    """Return the reader's verdicts, {claim id: word}, from what is kept; words that are no verdicts are passed over."""
    given = kept.get("verdicts", {})
    words = {claim: str(entry.get("verdict")) for claim, entry in given.items() if isinstance(entry, dict)}
    return {claim: words[claim] for claim in data.load("claims")["claim_id"] if words.get(claim) in VERDICTS}


def block(verdicts: dict[str, str], beside: dict[str, str] | None = None, note: str = "", wide: bool = False) -> str:
    """Return the marked page as HTML that needs no style sheet, no script and no network.

    Parameters
    ----------
    verdicts : dict
        {claim id: verdict}; claims without one are marked faintly.
    beside : dict or None
        A second reader's verdicts, named at each claim where the two differ.
    note : str
        A line above the page, already HTML.
    wide : bool
        Fill the width there is, for paper.
    """
    claims = data.load("claims")
    sentences = []
    for row in data.load("statements").itertuples():
        own = claims[claims["statement_id"] == row.statement_id]
        phrases = dict(zip(own["claim_id"], own["phrase"], strict=True))
        name = f"<small>{escape(row.statement_id)}</small>"
        sentences.append(f"{name}&nbsp;{sentence(row.statement, phrases, verdicts, beside or {})}")
    above = f'<div style="margin-bottom:8px">{note}</div>' if note else ""
    width = "100%" if wide else MEASURE
    return (
        f'<div class="marked-page" style="max-width:{width}">{above}{key(verdicts)}'
        f'<div style="font-family:{SERIF};font-size:1.15em;line-height:2.1">{" ".join(sentences)}</div></div>'
    )


def key(verdicts: dict[str, str]) -> str:
    """Return how often each verdict was given, as HTML; nothing when none was."""
    count = Counter(verdicts.values())
    listed = " &nbsp; ".join(chip(name, str(count[name])) for name in VERDICTS if count[name])
    return f'<div style="margin-bottom:8px;line-height:1.9">{listed}</div>' if listed else ""


def sentence(statement: str, phrases: dict[str, str], verdicts: dict[str, str], beside: dict[str, str]) -> str:
    """Return one statement as HTML with its claims underlined; words of two claims carry two lines.

    Parameters
    ----------
    statement : str
        As in `data/statements.csv`.
    phrases, verdicts, beside : dict
        {claim id: words}, {claim id: verdict}, {claim id: another verdict}.
    """
    spans = {claim: places(statement, phrase) for claim, phrase in phrases.items()}
    levels = _levels(spans)
    edges = sorted({0, len(statement), *(edge for parts in spans.values() for part in parts for edge in part)})
    shown = []
    for start, end in zip(edges, edges[1:]):
        text = escape(statement[start:end])
        active = [claim for claim, parts in spans.items() if any(first <= start and end <= last for first, last in parts)]
        for claim in sorted(active, key=levels.get):
            text = f'<span style="{_line(verdicts.get(claim), levels[claim])}">{text}</span>'
        ending = [claim for claim in active if spans[claim][-1][1] == end]
        shown.append(text + "".join(_number(claim, verdicts.get(claim), beside.get(claim)) for claim in ending))
    return "".join(shown)


def places(statement: str, phrase: str) -> list[tuple[int, int]]:
    """Return where the parts of a claim's phrase stand in its statement, as (start, end) positions in order.

    Parameters
    ----------
    statement : str
        A statement of the page, as in `data/statements.csv`.
    phrase : str
        The claim's words in it, as in `data/claims.csv`; " ... " stands where words between them are left out.

    Raises
    ------
    DataError
        When a part does not stand in the statement, or not after the one before.
    """
    found, start = [], 0
    for part in phrase.split(" ... "):
        at = statement.find(part, start) if part else -1
        if at < 0:
            raise data.DataError(fixed("the_words_do_not_stand_in_the", part=part, statement=statement))
        found.append((at, at + len(part)))
        start = at + len(part)
    return found


def _levels(spans):
    """Return how far below the words each claim's line runs: 0, or 1 and more where it would lie on another's."""
    levels = {}
    for claim, parts in spans.items():
        taken = {levels[other] for other in levels if any(a < d and c < b for a, b in parts for c, d in spans[other])}
        levels[claim] = next(level for level in range(len(spans)) if level not in taken)
    return levels


def _line(verdict, level):
    lower = f";padding-bottom:{7 * level}px" if level else ""
    return f"{VERDICTS[verdict].line if verdict else BLANK}{lower}"


def _number(claim, verdict, other):
    """Return a claim's number behind its words, with the sign of its verdict; one that differs stands beside it."""
    if not verdict:
        return f"<sup>{escape(claim)}</sup>"
    look = VERDICTS[verdict]
    differs = fixed("page_you", sign=VERDICTS[other].sign, verdict=other) if other and other != verdict else ""
    number = badge(f"{escape(claim)} {look.sign}", look.colour)
    return f'<sup title="{verdict}" style="font:0.72em/1 sans-serif;margin-left:3px">{number}{differs}</sup>'
