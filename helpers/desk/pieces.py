"""Pieces of evidence on the screen, for lesson 07. The arithmetic is in `models/evidence`."""

import pandas as pd

from helpers.desk.screen import folded, show, show_html
from helpers.desk.tables import frame_html, show_table
from helpers.models import evidence
from helpers.sentences import fixed, heading

HEADINGS = {
    "evidence_id": "piece",
    "date": "date",
    "speaker": "who",
    "speaker_interest": "what they want",
    "chain": "how it reached us",
    "what_it_says": "what it says",
    "issuing_group": "who",
    "note": "remark",
}
OF_TRADE_TOO = ("cut", "squeezed")  # the verbs that a text on trade alone can show
SPOKEN = {
    "evidence_id": "number",
    "speaker": "who",
    "date": "when",
    "speaker_interest": "who they are or what they want",
    "what_it_says": "what it says",
}


def show_pieces(rows: pd.DataFrame, *columns: str) -> None:
    """Show pieces of evidence as a table: id, name and the given columns, by default the interest and the words."""
    columns = columns or tuple(c for c in ("date", "speaker", "speaker_interest", "chain", "what_it_says", "note") if c in rows)
    if rows.empty:
        return show(f"*{fixed('no_piece')}*")
    headings = {column: heading(HEADINGS.get(column, column.replace("_", " "))) for column in ("evidence_id", *columns)}
    return show_table(rows, columns=headings)


def try_verb(table: pd.DataFrame, verb: str) -> None:
    """Show, folded, which pieces contradict a verb and which support it, each with what its speaker wants and its words.

    Parameters
    ----------
    table : DataFrame
        Rows of `verbs_evidence`.
    verb : str
        One of the five verbs, as one reads it: "cut off".
    """
    contrary, friendly = evidence.against(table, verb), evidence.in_favour(table, verb)
    what = fixed("aid_or_trade") if evidence.in_words(verb) in OF_TRADE_TOO else fixed("aid")
    word = evidence.in_words(verb)
    show(fixed("verb_tried", verb=word, what=what, contrary=len(contrary), friendly=len(friendly)))
    columns = {column: heading(words) for column, words in SPOKEN.items()}
    for said, rows in (("pieces_against", contrary), ("pieces_for", friendly)):
        show_html(
            folded(
                fixed(said, verb=word, count=len(rows)), frame_html(rows, columns=columns) if len(rows) else f"<p>{fixed('no_piece')}</p>"
            )
        )
