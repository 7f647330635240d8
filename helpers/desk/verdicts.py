"""What the reader thinks: guesses, verdicts with how sure, written texts. All are kept in the reader's own file.

A guess or a verdict given as `...` is not an answer and is not kept.
"""

from helpers import data
from helpers.common import cell
from helpers.desk import answers
from helpers.desk.screen import show

VERDICTS = ("supported", "partly", "imprecise", "contradicted", "contested", "unverifiable")


def guess(key, value, unit=""):
    """Keep a guess made before the evidence, for example `guess("04 deaths", 5, "million")`; say what was kept."""
    if value is ...:
        return show("*No guess yet.* Replace the three dots and run this cell again. There is no penalty for being wrong.")
    if not isinstance(value, (int, float, str)) or isinstance(value, bool):
        return show('A guess is a number or a word: for example `20`, or `"partly"`.')
    message = answers.keep("guesses", key, {"value": value, "unit": unit})
    return show(f"Kept: **{cell(value)} {cell(unit)}**. You will see it again at the end. {message}".strip())


def recall(key):
    """Show the guess kept under a key, or say that there is none."""
    kept, message = answers.read()
    found = kept.get("guesses", {}).get(key)
    if not found:
        return show(f"You made no guess at the start. {message}".strip())
    return show(
        f"At the start you guessed **{cell(found['value'])} {cell(found['unit'])}**. What made you say so, and what would you say now?"
    )


def verdict(claim_id, judged, sure):
    """Keep the student's verdict on a claim and how sure they are (50 to 100 per cent); say what was kept.

    judged  one of supported, partly, imprecise, contradicted, contested, unverifiable
    """
    empty = f"*No verdict yet.* Choose one of: {', '.join(VERDICTS)}; and say how sure you are, from 50 (a coin) to 100."
    _judge("verdicts", claim_id, judged, sure, empty)


def prior(claim_id, judged, sure):
    """Keep a verdict given before the evidence, apart from the verdicts of the lessons, so that both can be compared at the end.

    The parameters are those of `verdict`. The claim's words are shown, since no lesson stands around them yet.
    """
    rows = data.load("claims").set_index("claim_id")
    words = f"(from {rows['statement_id'][claim_id]}) {cell(rows['claim'][claim_id])}" if claim_id in rows.index else ""
    _judge("priors", claim_id, judged, sure, f"{words} *No verdict yet.*")


def _judge(kind, claim_id, judged, sure, empty):
    """Keep a verdict and a confidence under a kind of answer; `empty` is said while three dots stand for one of them."""
    known = data.load("claims")["claim_id"].tolist()
    if claim_id not in known:
        return show(f"There is no claim '{cell(claim_id)}'; {cell(data.nearest(claim_id, known))}.")
    if judged is ... or sure is ...:
        return show(f"**{claim_id}** {empty}")
    word = str(judged).strip().lower()
    if word not in VERDICTS:
        return show(f"**{claim_id}** '{cell(judged)}' is not one of the six verdicts; {data.nearest(word, VERDICTS)}.")
    if not isinstance(sure, (int, float)) or isinstance(sure, bool) or not 50 <= sure <= 100:
        return show(f"**{claim_id}** How sure you are is a number from 50 (a coin) to 100 (certain).")
    message = answers.keep(kind, claim_id, {"verdict": word, "sure": sure})
    return show(f"**{claim_id}** Kept: **{word}**, {sure:g} per cent sure. {message}".strip())


def write(key, text, words=None):
    """Keep a written task, for example `write("04 label", "...")`, and say how long it is; the portfolio prints it.

    key    lesson number and a short name
    words  how many words the task asks for, if it does
    A text that is not one in quotes gets a sentence, never an error.
    """
    if text is ...:
        return show(
            "*Nothing written yet.* Replace the three dots by your text in quotes (three quotes for several lines) and run the cell again."
        )
    if not isinstance(text, str) or not text.strip():
        return show('A written task is a text in quotes: `"..."`, or three quotes on each side for several lines.')
    message = answers.keep("texts", str(key), text.strip())
    asked = f" The task asks for about {words}." if words else ""
    return show(f"Kept: **{len(text.split())} words** as *{cell(key)}*.{asked} {message}".strip())
