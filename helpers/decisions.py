"""Advise Pyongyang: eight dated decisions, each with only the papers of the day on the desk.

Everything is data: `decisions` (what was known, what then happened, what no paper says), `decision_options` (what
historians and documents discuss, and what each path would have had to assume), `pyongyang_access` (which papers that
were not public North Korean leaders could know, and why). Nothing is scored and nobody wins.
"""
import calendar
import html

from IPython.display import Markdown, display

from helpers import answers, data

WINDOW_MONTHS = 36  # how far back the desk reaches
MOST_PAPERS = 6  # how many papers lie on it, the newest
DESK_LESSONS = {"01", "05", "06", "07"}  # papers of these lessons concern the two patrons


def decision(decision_id):
    """Show a decision: the situation, the papers on the desk and the options."""
    display(Markdown(brief(decision_id)))


def choose(decision_id, option):
    """Keep the reader's choice and show what then happened and what the option would have had to assume.

    `...` means not chosen yet. An unknown decision or letter gets a sentence, never an error.
    """
    display(Markdown(reply(decision_id, option)))


def path_so_far():
    """Show all choices kept so far, beside what was done."""
    kept, message = answers.read()
    display(Markdown(path(kept.get("decisions", {})) + (f"\n\n{message}" if message else "")))


def brief(decision_id):
    """Return the Markdown of a decision: situation, papers, question, options."""
    row = _decision(decision_id)
    if row is None:
        return _unknown(decision_id)
    papers = desk(row.decision_id)
    listed = [f"| {paper.doc_id} | {_plain(paper.title)} | {_plain(paper.how)} |" for paper in papers.itertuples()]
    talks = [] if papers["how"].eq("public").all() else ["Talks lie here because Koreans took part in them; the notes about them lay in other capitals.", ""]
    lines = [f"**{_plain(row.title)}**", "", _plain(row.situation), "", "| paper | on your desk | how you know it |", "|---|---|---|", *listed, "", *talks, f"**{_plain(row.question)}**", ""]
    lines += [f"- **{option.option}** {_plain(option.advice)} *Discussed in {_ids(option.source_ids)}.*" for option in options(row.decision_id).itertuples()]
    return "\n".join(lines)


def reply(decision_id, option):
    """Return the Markdown after a choice, and keep the choice (kind "decisions")."""
    row = _decision(decision_id)
    if row is None:
        return _unknown(decision_id)
    if option is ...:
        return f"*No advice yet.* Put a letter in quotes in place of the three dots, for example `\"a\"`."
    chosen = options(row.decision_id)
    letter = str(option).strip().lower()
    picked = next((one for one in chosen.itertuples() if one.option == letter), None)
    if picked is None:
        return f"'{_plain(option)}' is not one of the options of {row.decision_id}: choose {', '.join(chosen['option'])}."
    note = answers.keep("decisions", row.decision_id, letter)
    near = "What was done came near to your advice." if picked.done else "What was done was something else."
    lines = [f"**You advised: {_plain(picked.advice)}** {note}".strip(), "", f"**It would have had to assume:** {_plain(picked.assumes)}", "",
             f"**What happened.** {_plain(row.happened)} {near}", "", f"**What no paper says.** {_plain(row.silent)}", "",
             f"*Sources: {_ids(row.source_ids)}; on your option {_ids(picked.source_ids)}. That it came near or not is our judgement.*"]
    return "\n".join(lines)


def path(kept):
    """Return the Markdown table of choices, {decision id: letter}, beside what was done; see `rows`."""
    lines = ["| decision | your advice | came near to what was done |", "|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(map(_plain, row)) + " |" for row in rows(kept)])


def rows(kept):
    """Return (title, advice, yes or no) for every decision from {decision id: letter}; decisions not taken say so."""
    result = []
    for row in data.load("decisions").itertuples():
        picked = next((one for one in options(row.decision_id).itertuples() if one.option == kept.get(row.decision_id)), None)
        result.append((row.title, "not given yet", "") if picked is None else (row.title, picked.advice, "yes" if picked.done else "no"))
    return result


def options(decision_id):
    """Return the options of a decision, rows of `decision_options`."""
    return data.load("decision_options", decision_id=decision_id)


def desk(decision_id):
    """Return the papers of a decision as a DataFrame (doc_id, title, how, since), the newest first.

    A paper lies there when it was public, or known to Pyongyang (`pyongyang_access`), on the decision's date and not
    more than `WINDOW_MONTHS` before it. A date known only to the month or year counts from its last day.
    """
    day = data.load("decisions", decision_id=decision_id)["date"].iloc[0]
    papers = data.load("documents")
    papers = papers[papers["lessons"].map(lambda cell: bool(DESK_LESSONS & set(data.split_list(cell))))]
    access = data.load("pyongyang_access").set_index("doc_id")
    private = papers["doc_id"].isin(access.index)
    papers = papers.assign(since=papers["became_public"].map(last_day), how="public")
    papers.loc[private, "since"] = papers.loc[private, "doc_id"].map(access["from_date"])
    papers.loc[private, "how"] = papers.loc[private, "doc_id"].map(access["how"])
    there = papers[(papers["since"] != "") & (papers["since"] <= day) & (papers["since"] >= months_before(day, WINDOW_MONTHS))]
    return there.sort_values(["since", "doc_id"], ascending=False).head(MOST_PAPERS)[["doc_id", "title", "how", "since"]].reset_index(drop=True)


def last_day(date):
    """Return the last day that a date may mean: "1960" is 1960-12-31, "1960-11" is 1960-11-30; "" stays empty."""
    parts = str(date).split("-")
    if len(parts) == 1:
        return f"{date}-12-31" if date else ""
    return str(date) if len(parts) == 3 else f"{date}-{calendar.monthrange(int(parts[0]), int(parts[1]))[1]:02d}"


def months_before(day, months):
    """Return the day (YYYY-MM-DD as text) that lies some months before another; the day of the month is kept as text."""
    year, month, rest = day.split("-")
    count = int(year) * 12 + int(month) - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}-{rest}"


def faults(decisions, choices, papers):
    """Return what is wrong with the tables of the game, a sentence each.

    decisions  rows of `decisions`; choices: rows of `decision_options`; papers: {decision id: result of `desk`}
    """
    found = [f"decision_options: {row.decision_id} {row.option} names no decision." for row in choices.itertuples()
             if row.decision_id not in set(decisions["decision_id"])]
    for row in decisions.itertuples():
        own = choices[choices["decision_id"] == row.decision_id]
        found += [f"decisions: {row.decision_id} has {len(own)} options; give it two or more."] * (len(own) < 2)
        found += [f"decisions: {row.decision_id}: no option comes near to what was done."] * (not own["done"].any())
        found += [f"decision_options: {row.decision_id} {one.option} says nothing of what it assumes." for one in own.itertuples() if not one.assumes.strip()]
        found += [f"decisions: {row.decision_id} does not say what happened."] * (not row.happened.strip())
        desk_of = papers[row.decision_id]
        found += [f"decisions: {row.decision_id} has no paper on the desk."] * desk_of.empty
        found += [f"decisions: {row.decision_id}: {late.doc_id} was known only from {late.since}." for late in desk_of.itertuples() if late.since > row.date]
    return found


def _decision(decision_id):
    rows = data.load("decisions")
    return next(rows[rows["decision_id"] == str(decision_id)].itertuples(), None)


def _unknown(decision_id):
    return f"There is no decision '{_plain(decision_id)}'; {data.nearest(decision_id, data.load('decisions')['decision_id'])}."


def _ids(cell):
    return ", ".join(data.split_list(cell))


def _plain(text):
    """Return text from the data or the reader so that it stays text in Markdown."""
    return html.escape(str(text), quote=False).replace("|", "&#124;").replace("\n", " ")
