"""Pieces of evidence on the screen, for lesson 07. The arithmetic is in `models/evidence`."""

from helpers.common import cell
from helpers.desk.screen import show
from helpers.models import evidence


def show_pieces(rows, *columns):
    """Show pieces of evidence as a table: id, name and the given columns, by default the interest and the words."""
    columns = columns or tuple(c for c in ("date", "speaker", "speaker_interest", "chain", "what_it_says", "note") if c in rows)
    names = {
        "speaker": "who",
        "speaker_interest": "what they want",
        "chain": "how it reached us",
        "what_it_says": "what it says",
        "issuing_group": "who",
        "evidence_id": "piece",
        "note": "remark",
    }
    shown = ("evidence_id", *columns)
    lines = ["| " + " | ".join(names.get(column, column) for column in shown) + " |", "|" + "---|" * len(shown)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows[list(shown)].itertuples(index=False)]
    show("\n".join(lines) if len(rows) else "*No piece of evidence in the table.*")


def try_verb(table, verb):
    """Show which pieces contradict a verb, how many support it, and which papers are missing."""
    contrary, friendly = evidence.against(table, verb), evidence.in_favour(table, verb)
    ids = ", ".join(friendly["evidence_id"]) or "none"
    show(
        f"**Moscow {verb} its aid.** Pieces that contradict this: **{len(contrary)}**. Pieces that support it: **{len(friendly)}** ({ids})."
    )
    show_pieces(contrary, "date", "speaker", "speaker_interest", "what_it_says")
