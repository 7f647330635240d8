"""Answer: what a lesson shows beside its figures, and what it keeps of the reader."""

from helpers.desk import slips
from helpers.desk.advice import choose, decision, path_so_far, told
from helpers.desk.cards import document_card, rubric, source_card
from helpers.desk.claims import claims_of, ledger, overview, reworded
from helpers.desk.exercises import check, hint, solution
from helpers.desk.looks import verdict_words
from helpers.desk.marked import page
from helpers.desk.mine import next_pupil, take_back
from helpers.desk.people import who_is_who
from helpers.desk.pieces import show_pieces, try_verb
from helpers.desk.sources import sources_used
from helpers.desk.tables import show_table
from helpers.desk.verdicts import guess, prior, recall, verdict, write
from helpers.desk.voices import follow

__all__ = [
    "check",
    "choose",
    "claims_of",
    "decision",
    "document_card",
    "follow",
    "guess",
    "hint",
    "ledger",
    "next_pupil",
    "overview",
    "page",
    "path_so_far",
    "prior",
    "recall",
    "reworded",
    "rubric",
    "show_pieces",
    "solution",
    "source_card",
    "show_table",
    "sources_used",
    "take_back",
    "told",
    "try_verb",
    "verdict",
    "verdict_words",
    "who_is_who",
    "write",
]

slips.register()
