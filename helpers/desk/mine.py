"""The reader's own file, from a lesson: hand the computer to the next pupil, take answers back from another file."""

from helpers.desk import answers
from helpers.desk.screen import show
from helpers.sentences import say


def next_pupil(who: object = "") -> None:
    """Start clean on a shared computer, or go on with the answers of a pupil who was here before: `next_pupil("Mina")`.

    The answers that were here are kept under another name; the sentence says which, and how to get them back. Three dots
    change nothing.
    """
    show(say("pupil_blank") if who is ... else answers.next_pupil(str(who)))


def take_back(file: str) -> None:
    """Add the answers of another file beside one's own that are missing or newer there: `take_back("my_answers (1).json")`."""
    show(answers.take_back(file))
