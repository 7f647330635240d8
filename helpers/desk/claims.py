"""The ledger of claims: the reader's verdicts beside ours, ours folded or kept back until the reader has judged."""

from helpers import data
from helpers.common import cell, escape
from helpers.desk import answers, marked
from helpers.desk.looks import chip
from helpers.desk.screen import MEASURE, definitions, folded, show, show_html
from helpers.desk.sources import Links
from helpers.desk.tables import table_html
from helpers.models import historians
from helpers.models.choices import SUMS, in_words, question
from helpers.sentences import fixed, heading, say


def claims_of(statement_id: str) -> None:
    """Show one statement of the page with its claims marked, and each claim with its kind; an unknown one gets a sentence."""
    statements = data.load("statements").set_index("statement_id")["statement"]
    if statement_id not in statements:
        return show(fixed("statement_unknown", statement=cell(statement_id), nearest=cell(data.nearest(statement_id, statements.index))))
    rows = data.load("claims", statement_id=statement_id)
    phrases = dict(zip(rows["claim_id"], rows["phrase"], strict=True))
    words = marked.sentence(statements[statement_id], phrases, {}, {})
    lines = [(f"<b>{escape(row.claim_id)}</b>", escape(row.claim), escape(row.kind)) for row in rows.itertuples()]
    return show_html(
        f'<div style="font-size:1.15em;line-height:2;max-width:{MEASURE}"><b>{escape(statement_id)}</b> {words}</div>'
        + table_html(_heads("claim", "in short words", "kind"), lines)
    )


def ledger(*claim_ids: str) -> None:
    """Show claims with the reader's verdict, and ours folded: evidence, best objection, better wording, each under its name."""
    kept, message = answers.read()
    known = data.load("claims").set_index("claim_id")
    blocks = [f"<p>{escape(message)}</p>"] if message else []
    for claim_id in claim_ids:
        if claim_id not in known.index:
            nearest = escape(data.nearest(claim_id, known.index))
            blocks.append(f"<p>{fixed('claim_missing', claim=escape(claim_id), nearest=nearest)}</p>")
            continue
        row, yours = known.loc[claim_id], judged(kept, "verdicts", claim_id)
        blocks.append(
            f'<div class="claim" style="border-top:1px solid #8A929C;padding-top:6px;margin-top:10px;max-width:{MEASURE}">'
            f'<div style="font-size:1.1em"><b>{claim_id}</b> {escape(row.claim)}</div>'
            f'<div class="yours" data-claim="{claim_id}" style="margin:4px 0">{say("ledger_yours")} {yours or say("ledger_none")}</div>'
            f"{folded(say('ledger_open', claim_id=claim_id), grounds(row, yours))}</div>"
        )
    return show_html("".join(blocks))


def grounds(row, yours: str = "") -> str:
    """Return our verdict on a claim with its grounds as HTML, the reader's beside it; the evidence piece by piece is folded.

    Parameters
    ----------
    row : pandas.Series
        A row of `data/claims.csv`.
    yours : str
        The reader's verdict as HTML.
    """
    pair = fixed("with_confidence", verdict=chip(row.verdict), confidence=escape(row.confidence))
    pair += f" &nbsp; {fixed('ledger_and_yours', yours=yours)}" if yours else ""
    links = Links()
    first = [("better_wording", "ledger_wording"), ("best_objection", "ledger_objection"), ("what_would_change", "ledger_change")]
    shown = [(say("ledger_ours"), pair), *((say(name), links.text(row[column])) for column, name in [*first, ("gap", "ledger_gap")])]
    told = [("evidence_for", "ledger_for"), ("evidence_against", "ledger_against")]
    evidence = [(say(name), links.listed(row[column])) for column, name in told]
    evidence += [(say("ledger_choices"), choices(row)), (say("ledger_sources"), links.others(row.source_ids))]
    return definitions(shown, False) + folded(say("ledger_evidence"), definitions(evidence, False))


def choices(row) -> str:
    """Return under which choices our verdict on a claim (a row of `data/claims.csv`, named by its id) holds, as HTML."""
    if row.name not in historians.RULES:
        return say("ledger_no_rule")
    if row.name in SUMS:
        return folded(say("ledger_tried"), f"{escape(question(row.name))}{_promised(row)}")
    by = {}
    for choice in historians.RULES[row.name][1]:
        by.setdefault(historians.switch(row.name, choice), []).append(escape(in_words(choice)))
    lines = [f"{chip(word)}{say('ledger_as_we_say') if word == row.verdict else ''}: {'; '.join(names)}" for word, names in by.items()]
    return folded(say("ledger_tried"), f"{escape(question(row.name))}<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")


def _promised(row):
    """Return what each giant promised by several ways of counting, a line each with its verdict, as HTML."""
    shown, below = SUMS[row.name]
    lines = []
    for choice in shown:
        older, newer = historians.given(choice)
        word = historians.switch(row.name, choice)
        sums = [fixed("no_sum_then" if newer[who] is None else "sum_then_sum", older=older[who], newer=newer[who]) for who in older]
        lines.append((escape(in_words(choice)), *sums, chip(word) + (say("ledger_as_we_say") if word == row.verdict else "")))
    head = _heads("what counts as help", "China: 1953-56, then 1960-65", "Moscow: 1953-56, then 1960-65", "verdict")
    return f"{table_html(head, lines)}<p>{escape(below)}</p>"


def overview(**where: object) -> None:
    """Show many claims in one table: the reader's first verdict and the later one, and ours where the reader has judged.

    `where` keeps the claims whose column has a value: `overview(lesson="07")`, `overview(verdict="partly")`,
    `overview(kind="cause")`, `overview(statement_id="S6")`; without any, all thirty. A wrong name gets a sentence.
    """
    kept, message = answers.read()
    try:
        rows = data.load("claims", **where)
    except data.DataError as problem:
        return show(cell(problem))
    lines = []
    for row in rows.itertuples():
        first, later = (judged(kept, kind, row.claim_id, "%") for kind in ("priors", "verdicts"))
        ours = f"{chip(row.verdict)} ({escape(row.confidence)})" if later else fixed("after_yours")
        lines.append((f"<b>{escape(row.claim_id)}</b>", escape(row.claim), first or "–", later or "–", ours))
    head = _heads("claim", "in short words", "your first verdict", "your verdict", "ours (confidence)")
    return show_html(table_html(head, lines) + (f"<p>{escape(message)}</p>" if message else ""))


def reworded() -> None:
    """Show, folded, every statement of the page beside our better wording of its claims."""
    wording = data.load("claims").set_index("claim_id")["better_wording"]
    lines = []
    for row in data.load("statements").itertuples():
        better = "<br>".join(f"<b>{escape(claim)}</b> {escape(wording[claim])}" for claim in data.split_list(row.claims))
        lines.append((f"<b>{escape(row.statement_id)}</b>", escape(row.statement), better))
    return show_html(folded(fixed("page_beside_wording"), table_html(("", *_heads("the page says", "we would print")), lines)))


def judged(kept: dict, kind: str, claim_id: str, unit: str | None = None) -> str:
    """Return a kept verdict as HTML: its sign and word, and how sure; "" when there is none."""
    entry = kept.get(kind, {}).get(claim_id)
    if not isinstance(entry, dict) or not entry.get("verdict"):
        return ""
    sure = entry.get("sure")
    return chip(str(entry["verdict"])[:40], _sure(sure, unit) if isinstance(sure, (int, float)) else "")


def _sure(sure: float, unit: str | None) -> str:
    """Return how sure somebody is in words, or as a number with its sign."""
    return fixed("per_cent_sure", sure=sure) if unit is None else f"{sure:g}{unit}"


def _heads(*columns: str) -> list[str]:
    """Return the words over columns."""
    return [heading(column) for column in columns]
