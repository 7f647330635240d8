"""Advise Pyongyang on the screen: a decision, the reader's choice, the path so far. The rules are in `models/decisions`."""

from helpers import data
from helpers.common import cell
from helpers.desk import answers, reading
from helpers.desk.screen import show
from helpers.models import decisions


def decision(decision_id):
    """Show a decision: the situation, the papers on the desk and the options."""
    show(brief(decision_id))


def choose(decision_id, option):
    """Keep the reader's choice and show what then happened and what the option would have had to assume.

    `...` means not chosen yet. An unknown decision or letter gets a sentence, never an error.
    """
    show(reply(decision_id, option))


def path_so_far():
    """Show all choices kept so far, beside what was done."""
    kept, message = answers.read()
    show(path(kept.get("decisions", {})) + (f"\n\n{message}" if message else ""))


def brief(decision_id):
    """Return the Markdown of a decision: situation, papers, question, options."""
    row = decisions.find(decision_id)
    if row is None:
        return _unknown(decision_id)
    listed = [f"| {cell(paper.title)} | {cell(paper.how)} | {paper.doc_id} |" for paper in decisions.desk(row.decision_id).itertuples()]
    lines = [
        f"**{cell(row.title)}**",
        "",
        cell(row.situation),
        "",
        "| on your desk | how it came there | we read of it in |",
        "|---|---|---|",
        *listed,
        "",
        f"**{cell(row.question)}**",
        "",
    ]
    lines += [
        f"- **{option.option}** {cell(option.advice)} *See {cell('; '.join(decisions.historians(option.source_ids)))}.*"
        for option in decisions.options(row.decision_id).itertuples()
    ]
    return "\n".join(lines)


def reply(decision_id, option):
    """Return the Markdown after a choice, and keep the choice (kind "decisions")."""
    row = decisions.find(decision_id)
    if row is None:
        return _unknown(decision_id)
    if reading.blank(option):
        return '*No advice yet.* Put a letter in quotes in place of the three dots, for example `"a"`.'
    chosen = decisions.options(row.decision_id)
    letter = reading.letters(option, "choice", dict(zip(chosen["option"], chosen["advice"], strict=True))).value
    picked = next((one for one in chosen.itertuples() if one.option == letter), None)
    if picked is None:
        return f"'{cell(option)}' is not one of the options of {row.decision_id}: choose {', '.join(chosen['option'])}."
    return after(row, picked, answers.keep("decisions", row.decision_id, letter))


def after(row, picked, note=""):
    """Return the Markdown after a choice: what it assumed, what happened, what no paper tells.

    row, picked  rows of `decisions.csv` and `decision_options.csv`
    note         a sentence on keeping the choice
    """
    ours, theirs = decisions.cited(row.source_ids), decisions.cited(picked.source_ids)
    sources = f"*Sources: {ours}. On your option: {theirs}. Whether it came near is our judgement.*"
    lines = [
        f"**You advised: {cell(picked.advice)}** {note}".strip(),
        "",
        f"**It would have had to assume:** {cell(picked.assumes)}",
        "",
        f"**What happened.** {cell(row.happened)} {decisions.NEAR[picked.done][1]}",
        "",
        f"**What no paper we saw tells.** {cell(row.silent)}",
        "",
        cell(sources),
    ]
    return "\n".join(lines)


def path(kept):
    """Return the Markdown table of choices, {decision id: letter}, beside what was done; see `rows`."""
    lines = ["| decision | your advice | came near to what was done |", "|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(map(cell, row)) + " |" for row in decisions.rows(kept)])


def _unknown(decision_id):
    return f"There is no decision '{cell(decision_id)}'; {data.nearest(decision_id, data.load('decisions')['decision_id'])}."
