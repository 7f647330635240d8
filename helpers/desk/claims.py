"""The page and the ledger of claims: the reader's verdicts beside ours, ours folded."""

import html

from helpers import data
from helpers.common import cell
from helpers.desk import answers
from helpers.desk.screen import show, show_html


def page():
    """Show the textbook page: its statements in our words, with the claims each one holds."""
    rows = data.load("statements")
    return show(
        "| | the page says | claims |\n|---|---|---|\n"
        + "\n".join(
            f"| **{row.statement_id}** | {cell(row.statement)} | {cell(row.claims.replace(';', ', '))} |" for row in rows.itertuples()
        )
    )


def claims_of(statement_id):
    """Show one statement of the page and the claims it is made of, each with its kind; an unknown one gets a sentence."""
    statements = data.load("statements").set_index("statement_id")["statement"]
    if statement_id not in statements:
        return show(f"There is no statement '{cell(statement_id)}'; {cell(data.nearest(statement_id, statements.index))}.")
    rows = data.load("claims", statement_id=statement_id)
    return show(
        f"**{statement_id}** {cell(statements[statement_id])}\n\n| claim | in short words | kind |\n|---|---|---|\n"
        + "\n".join(f"| **{row.claim_id}** | {cell(row.claim)} | {cell(row.kind)} |" for row in rows.itertuples())
    )


def ledger(*claim_ids):
    """Show the claims with the student's verdict beside ours, ours folded: evidence, best objection, better wording."""
    kept, message = answers.read()
    rows = data.load("claims", claim_id=list(claim_ids)).set_index("claim_id")
    blocks = [f"<p>{html.escape(message)}</p>"] if message else []
    for claim_id in claim_ids:
        row = rows.loc[claim_id]
        own = kept.get("verdicts", {}).get(claim_id)
        yours = f"{own['verdict']}, {own['sure']:g} per cent sure" if own else "none yet"
        parts = [
            ("Our verdict", f"{row.verdict} (confidence: {row.confidence})"),
            ("For", row.evidence_for),
            ("Against", row.evidence_against),
            ("Best objection to us", row.best_objection),
            ("What would change our mind", row.what_would_change),
            ("Better wording", row.better_wording),
            ("Sources", row.source_ids),
        ]
        listed = "".join(f"<dt><b>{name}</b></dt><dd>{html.escape(text)}</dd>" for name, text in parts if text)
        blocks.append(
            f"<p><b>{claim_id}</b> {html.escape(row.claim)}<br>Your verdict: {html.escape(yours)}</p>"
            f"<details><summary>Our verdict on {claim_id}: open it after your own</summary><dl>{listed}</dl></details>"
        )
    show_html("".join(blocks))


def overview(**where):
    """Show many claims in one table: the student's first verdict and the later one beside ours.

    `where` keeps the claims whose column has a value: `overview(lesson="07")`, `overview(verdict="partly")`,
    `overview(kind="cause")`, `overview(statement_id="S6")`; without any, all thirty. A wrong name gets a sentence.
    """
    kept, message = answers.read()
    try:
        rows = data.load("claims", **where)
    except data.DataError as problem:
        return show(cell(problem))
    lines = [
        f"| **{cell(row.claim_id)}** | {cell(row.claim)} | "
        f"{_own(kept, 'priors', row.claim_id)} | {_own(kept, 'verdicts', row.claim_id)} | "
        f"{cell(row.verdict)} ({cell(row.confidence)}) |"
        for row in rows.itertuples()
    ]
    return show(
        "\n".join(
            [
                "| claim | in short words | your first verdict | your verdict | ours (confidence) |",
                "|---|---|---|---|---|",
                *lines,
                "",
                message,
            ]
        ).strip()
    )


def reworded():
    """Show, folded, every statement of the page beside our better wording of its claims."""
    wording = data.load("claims").set_index("claim_id")["better_wording"]
    rows = "".join(
        f'<tr><th scope="row">{html.escape(row.statement_id)}</th><td>{html.escape(row.statement)}</td><td>'
        + "<br>".join(f"<b>{html.escape(claim_id)}</b> {html.escape(wording[claim_id])}" for claim_id in data.split_list(row.claims))
        + "</td></tr>"
        for row in data.load("statements").itertuples()
    )
    return show_html(
        "<details><summary>The page beside our better wording: open it after writing your own</summary><table><thead><tr>"
        '<th scope="col"></th><th scope="col">the page says</th><th scope="col">we would print</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _own(kept, kind, claim_id):
    """Return a kept verdict as a table cell: the word and how sure, or a dash."""
    entry = kept.get(kind, {}).get(claim_id)
    return cell(f"{entry.get('verdict')}, {entry.get('sure')}") if isinstance(entry, dict) else "–"
