"""Advise Pyongyang: eight dated decisions, each with only the papers of the day on the desk.

Everything is data: `decisions` (what was known, what then happened, what no paper tells), `decision_options` (what
each path would have had to assume, and the historians and papers that bear on it), `pyongyang_access` (what North
Korean leaders could know of matters whose papers lay elsewhere, and why). Nothing is scored and nobody wins.
"""

import calendar
from collections.abc import Mapping

import pandas as pd

from helpers import data
from helpers.common import day_in_words
from helpers.sentences import fixed

WINDOW_MONTHS = 48  # how far back the desk reaches
MOST_PAPERS = 4  # how many papers lie on it, the newest
DESK_LESSONS = {"01", "05", "06", "07"}  # papers of these lessons concern the two patrons
NEAR = {
    True: ("yes", fixed("what_was_done_came_near_to_your")),
    False: ("no", fixed("what_was_done_was_something_else")),
    None: ("not known", fixed("no_paper_we_saw_settles_whether_what")),
}


def rows(kept: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (title, advice, yes, no or not known) for every decision from {decision id: letter}; decisions not taken say so."""
    result = []
    for row in data.load("decisions").itertuples():
        picked = next((one for one in options(row.decision_id).itertuples() if one.option == kept.get(row.decision_id)), None)
        result.append((row.title, fixed("not_given_yet"), "") if picked is None else (row.title, picked.advice, NEAR[picked.done][0]))
    return result


def steps(kept: Mapping[str, str]) -> pd.DataFrame:
    """Return every option of every decision from {decision id: letter}: decision_id, title, option, advice, chosen, done.

    done is "yes", "no" or "not known" once the decision is taken, and "" before: what was done stays hidden until then.
    """
    rows = []
    for row in data.load("decisions").itertuples():
        own = options(row.decision_id)
        taken = kept.get(row.decision_id) if kept.get(row.decision_id) in set(own["option"]) else None
        for one in own.itertuples():
            done = NEAR[one.done][0] if taken else ""
            rows.append((row.decision_id, row.title, one.option, one.advice, one.option == taken, done))
    return pd.DataFrame(rows, columns=["decision_id", "title", "option", "advice", "chosen", "done"])


def options(decision_id: str) -> pd.DataFrame:
    """Return the options of a decision, rows of `decision_options`."""
    return data.load("decision_options", decision_id=decision_id)


def desk(decision_id: str) -> pd.DataFrame:
    """Return the papers of a decision as a DataFrame (doc_id, title, how, since), the newest first.

    A paper lies there when it was public, or its matter was known to Pyongyang (`pyongyang_access`), on the decision's
    date and not more than `WINDOW_MONTHS` before it. A date known only to the month or year counts from its last day.
    """
    day = data.load("decisions", decision_id=decision_id)["date"].iloc[0]
    oldest = months_before(day, WINDOW_MONTHS)
    documents, access = data.load("documents"), data.load("pyongyang_access")
    private = dict(zip(access["doc_id"], zip(access["known_as"], access["reason"], access["from_date"])))
    there = []
    for doc_id, title, lessons, public in zip(*(documents[column] for column in ("doc_id", "title", "lessons", "became_public"))):
        if DESK_LESSONS & set(data.split_list(lessons)):
            title, how, since = private.get(doc_id) or (title, fixed("public_since", day=day_in_words(public)), last_day(public))
            if oldest <= since <= day:
                there.append((doc_id, title, how, since))
    newest = sorted(there, key=lambda paper: (paper[3], paper[0]), reverse=True)[:MOST_PAPERS]
    return pd.DataFrame(newest, columns=["doc_id", "title", "how", "since"])


def last_day(date: str) -> str:
    """Return the last day that a date may mean: "1960" is 1960-12-31, "1960-11" is 1960-11-30; "" stays empty."""
    parts = str(date).split("-")
    if len(parts) == 1:
        return f"{date}-12-31" if date else ""
    return str(date) if len(parts) == 3 else f"{date}-{calendar.monthrange(int(parts[0]), int(parts[1]))[1]:02d}"


def months_before(day: str, months: int) -> str:
    """Return the day (YYYY-MM-DD as text) that lies some months before another; the day of the month is kept as text."""
    year, month, rest = day.split("-")
    count = int(year) * 12 + int(month) - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}-{rest}"


def historians(cell: str) -> list[str]:
    """Return the scholarly works among the sources of a cell: author, year and id of each."""
    works = _works()
    return [works[one] for one in data.split_list(cell) if one in works]


def faults(decisions: pd.DataFrame, choices: pd.DataFrame, papers: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return what is wrong with the tables of the game, a sentence each.

    Parameters
    ----------
    decisions, choices : DataFrames
        Rows of `decisions` and of `decision_options`.
    papers : dict
        {decision id: what `desk` returns for it}
    """
    known = set(decisions["decision_id"])
    found = [
        f"decision_options: {one.decision_id} {one.option} names no decision."
        for one in choices.itertuples()
        if one.decision_id not in known
    ]
    for row in decisions.itertuples():
        own, desk_of = choices[choices["decision_id"] == row.decision_id], papers[row.decision_id]
        ill = [
            (len(own) < 2, f"has {len(own)} options; give it two or more."),
            (not own["done"].eq(True).any(), "has no option that comes near to what was done."),
            (not row.happened.strip(), "does not say what happened."),
            (desk_of.empty, "has no paper on the desk."),
        ]
        found += [f"decisions: {row.decision_id} {fault}" for wrong, fault in ill if wrong]
        found += [
            f"decisions: {row.decision_id}: {late.doc_id} was known only from {late.since}."
            for late in desk_of.itertuples()
            if late.since > row.date
        ]
        for one in own.itertuples():
            ill = [(not one.assumes.strip(), "says nothing of what it assumes."), (not historians(one.source_ids), "names no historian.")]
            found += [f"decision_options: {row.decision_id} {one.option} {fault}" for wrong, fault in ill if wrong]
    return found


def known_too_early(access: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    """Return a sentence for every row of `pyongyang_access` that begins before its document and the talk it describes."""
    known = access.merge(documents[["doc_id", "date", "event_date"]], on="doc_id")
    return [
        f"pyongyang_access: {row.doc_id} cannot be known on {row.from_date}, before {first}."
        for row in known.itertuples()
        if row.from_date < (first := min(filter(None, (row.date, row.event_date))))
    ]


def _works():
    """Return {source id: author, year and id} of the works of historians."""
    works = data.load("historiography")
    return {one: f"{author}, {year} ({one})" for one, author, year in zip(works["source_id"], works["author"], works["year"])}


def find(decision_id: object):
    """Return the row of a decision, or None when there is no such decision."""
    rows = data.load("decisions")
    return next(rows[rows["decision_id"] == str(decision_id)].itertuples(), None)
