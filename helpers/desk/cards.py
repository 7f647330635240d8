"""Cards between the reader and the evidence: who counted, who wrote to whom, what it cannot show; the rubric, the sources."""

from helpers import data
from helpers.common import cell
from helpers.desk.screen import show


def source_card(card_id):
    """Show the card of a set of figures: who counted, through what chain, who gained, what is missing."""
    row = data.load("source_cards", card_id=card_id).iloc[0]
    asked = [
        ("Who counted?", row.who_counted),
        ("Through what chain?", row.chain),
        ("Who gained from a high figure?", row.gains_high),
        ("Who gained from a low one?", row.gains_low),
        ("What is missing?", row.missing),
        ("Sources", row.source_ids.replace(";", ", ")),
    ]
    return show(
        f"**Source card: {cell(row.title)}**\n\n| ask | answer |\n|---|---|\n"
        + "\n".join(f"| {question} | {cell(answer)} |" for question, answer in asked)
    )


def document_card(doc_id):
    """Show the card of a document with the four sourcing questions answered, and what it cannot show."""
    row = data.load("documents", doc_id=doc_id).iloc[0]
    asked = [
        ("Who?", f"{row.author} ({row.author_role})"),
        ("To whom?", f"{row.recipient}; {row.audience}"),
        ("When?", row.date + (f"; became public {row.became_public}" if row.became_public not in ("", row.date) else "")),
        ("Why?", row.perspective),
        ("What it says", row.what_it_says),
        ("What it cannot show", row.missing),
        ("How we saw it", f"{row.seen_as}; {row.genre}, {row.archive}"),
    ]
    return show(
        f"**Document {doc_id}: {cell(row.title)}**\n\n| ask | answer |\n|---|---|\n"
        + "\n".join(f"| {question} | {cell(answer)} |" for question, answer in asked if answer)
    )


def rubric():
    """Show the rubric of all written tasks: five criteria, four levels, weights."""
    rows = data.load("rubric")
    head = "| criterion (weight) | 4 exemplary | 3 secure | 2 developing | 1 beginning |\n|---|---|---|---|---|\n"
    return show(
        head
        + "\n".join(
            f"| **{cell(r.criterion)}** ({r.weight}) | " + " | ".join(map(cell, (r.exemplary, r.secure, r.developing, r.beginning))) + " |"
            for r in rows.itertuples()
        )
    )


def sources_used(*tables):
    """Show the list of sources behind the tables that a lesson loaded, graded A (original read) to D (weak copy)."""
    rows = data.load("sources").set_index("source_id").loc[data.source_ids(*tables)]
    lines = [
        f"- `{source}` ({cell(row.grade)}) {cell(row.citation.rstrip('.'))}."
        + (f" As reported by: {cell(row.as_reported_by)}." if row.as_reported_by else "")
        for source, row in rows.iterrows()
    ]
    return show(
        f"**{len(lines)} sources.** A: the original was read; B: an excerpt or a transcription; "
        "C: a reference work or the press; D: a weak copy.\n\n" + "\n".join(lines)
    )
