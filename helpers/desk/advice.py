"""Advise Pyongyang on the screen: a desk with papers, the reader's choice, the path so far. The rules are in `models/decisions`."""

import pandas as pd

from helpers import data
from helpers.common import escape
from helpers.desk import answers, reading
from helpers.desk.cards import ACTOR_OF, ELSEWHERE, SERIF, TINT
from helpers.desk.screen import MEASURE, definitions, folded, show_html
from helpers.desk.sources import Links, link
from helpers.models import decisions
from helpers.sentences import fixed
from helpers.theme import ACTORS

PAPERS = "display:flex;flex-wrap:wrap;gap:10px;margin:6px 0"
PAPER = "width:172px;padding:6px 12px"


def decision(decision_id: str) -> None:
    """Show a decision: the situation, the papers on the desk and the options."""
    show_html(brief(decision_id))


def choose(decision_id: str, option: object) -> None:
    """Keep the reader's choice and show what then happened and what the option would have had to assume.

    An unknown decision or letter gets a sentence, never an error.

    Parameters
    ----------
    decision_id : str
        A decision of `data/decisions.csv`.
    option : str
        The letter of an option; `...` is not chosen yet.
    """
    show_html(reply(decision_id, option))


def told(decision_id: str) -> None:
    """Show a decision told to its end, folded: what happened, which advice came near, what no paper tells; it keeps nothing."""
    show_html(to_the_end(decision_id))


def path_so_far() -> pd.DataFrame:
    """Return every option of every decision with what the reader has chosen so far; see `decisions.steps`."""
    return decisions.steps(answers.read()[0].get("decisions", {}))


def brief(decision_id: str) -> str:
    """Return a decision as HTML: situation, papers on the desk, question, options."""
    row = decisions.find(decision_id)
    if row is None:
        return _unknown(decision_id)
    papers = "".join(map(_paper, decisions.desk(row.decision_id).itertuples()))
    listed = "".join(
        f'<li style="margin:4px 0"><b>{option.option})</b> {escape(option.advice)}</li>'
        for option in decisions.options(row.decision_id).itertuples()
    )
    return (
        f'<div class="desk" style="border-top:3px solid {ACTORS["Pyongyang"]};padding-top:8px;margin-top:14px;max-width:{MEASURE}">'
        f'<div style="font-size:1.15em"><b>{escape(row.title)}</b></div>'
        f'<div style="margin:6px 0">{escape(row.situation)}</div><div><b>{fixed("on_your_desk")}</b></div>'
        f'<div style="{PAPERS}">{papers}</div>'
        f'<div style="margin-top:8px"><b>{escape(row.question)}</b></div>'
        f'<ul style="list-style:none;margin:4px 0;padding-left:0">{listed}</ul></div>'
    )


def reply(decision_id: str, option: object) -> str:
    """Return what stands below a choice as HTML, and keep the choice (kind "decisions")."""
    row = decisions.find(decision_id)
    if row is None:
        return _unknown(decision_id)
    if reading.blank(option):
        return f"<p>{fixed('advice_unanswered')}</p>"
    offered = decisions.options(row.decision_id)
    letter = reading.letters(option, "choice", dict(zip(offered["option"], offered["advice"], strict=True))).value
    picked = next((one for one in offered.itertuples() if one.option == letter), None)
    if picked is None:
        choices = ", ".join(offered["option"])
        return f"<p>{fixed('advice_unknown', option=escape(option), decision=row.decision_id, choices=choices)}</p>"
    return after(row, picked, answers.keep("decisions", row.decision_id, letter))


def after(row, picked, note=""):
    """Return the HTML after a choice: what it assumed, what happened, what no paper tells.

    row, picked  rows of `decisions.csv` and `decision_options.csv`
    note         a sentence on keeping the choice
    """
    links = Links()
    parts = [
        (_bold("you_advised"), f"{escape(picked.advice)} {escape(note)}".strip()),
        (_bold("had_to_assume"), links.text(picked.assumes)),
        (_bold("what_happened"), f"{links.text(row.happened)} <b>{escape(decisions.NEAR[picked.done][1])}</b>"),
        (_bold("no_paper_tells_of"), links.text(row.silent)),
    ]
    named = links.others(f"{row.source_ids};{picked.source_ids}")
    return definitions([*parts, (_bold("ledger_sources"), f"{named}<br>{fixed('near_is_our_judgement')}")])


def to_the_end(decision_id: str) -> str:
    """Return what happened at a decision as HTML, under one folded line."""
    row = decisions.find(decision_id)
    if row is None:
        return _unknown(decision_id)
    links, offered = Links(), decisions.options(row.decision_id)
    near = f" {fixed('and_between')} ".join(offered.loc[offered["done"].eq(True), "option"])
    parts = [
        (_bold("what_happened"), f"{links.text(row.happened)} {fixed('options_near', near=near)}"),
        (_bold("no_paper_tells_of"), links.text(row.silent)),
    ]
    summary = fixed("told_to_the_end", title=escape(row.title.replace(": ", ", ")))
    return folded(summary, definitions([*parts, (_bold("ledger_sources"), links.others(""))]))


def _paper(paper):
    """Return a paper on the desk as HTML, in the colour of the place that it came from."""
    country = data.load("documents", doc_id=paper.doc_id)["origin_country"].iloc[0]
    actor = ACTOR_OF.get(country)
    colour = ACTORS[actor] if actor else ELSEWHERE
    return (
        f'<div class="paper" style="{PAPER};background:{TINT};border-left:6px solid {colour}">'
        f'<b style="font-family:{SERIF}">{escape(paper.title)}</b>'
        f'<div style="font-size:0.92em">{escape(paper.how)} {fixed("paper_source", link=link(paper.doc_id))}</div></div>'
    )


def _bold(sentence_id):
    """Return a name of the table in bold, as HTML."""
    return f"<b>{fixed(sentence_id)}</b>"


def _unknown(decision_id):
    nearest = data.nearest(decision_id, data.load("decisions")["decision_id"])
    return f"<p>{fixed('decision_unknown', decision=escape(decision_id), nearest=escape(nearest))}</p>"
