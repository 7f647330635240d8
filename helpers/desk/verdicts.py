"""What the reader thinks: guesses, verdicts with how sure, written texts. All are kept in the reader's own file.

A guess or a verdict given as `...` is not an answer and is not kept. How typed answers are read: `reading`; how they
change from the first to the last: `answers`.
"""

from helpers import data
from helpers.common import VERDICTS, cell
from helpers.desk import answers, cited, reading
from helpers.desk.exercises import joined
from helpers.desk.screen import show
from helpers.sentences import fixed, say

__all__ = ["VERDICTS", "guess", "prior", "recall", "verdict", "write"]


def guess(key: object = ..., value: object = ..., unit: object = "", *more: object) -> None:
    """Keep a guess made before the evidence, for example `guess("04 deaths", 5, "million deaths")`; say what was kept.

    Parameters
    ----------
    key : str
        Lesson number and a short name.
    value : object
        A number, a range ("10-20") or words; `...` is no guess yet.
    unit : str
        What stands after the guess.
    *more : object
        What is left when a number was typed with a comma: 3,5.
    """
    if more or not isinstance(unit, str):  # 3,5 without quotes comes as 3 and 5
        *said, unit = (value, unit, *more) if isinstance((unit, *more)[-1], str) else (value, unit, *more, "")
        value = joined(*said)
    if key is ...:
        return show(say("guess_key"))
    row = next((row for row in data.load("guesses").itertuples() if row.guess_id == str(key)), None)
    named = str(unit) or (row.unit if row else "")
    if reading.blank(value):
        return show(say("guess_unanswered"))
    read = reading.guess(value, named, row.asks if row else "")
    if read.value is None:
        return show(f"{say(read.says, typed=value, unit=named)} {say('errors_table')}")
    if row and not _possible(read.value, row):
        return show(say("guess_outside", typed=value, low=f"{row.low:g}", high=f"{row.high:g}", unit=named))
    message = answers.keep("guesses", str(key), {"value": read.value, "unit": named})
    return show(f"{say('guess_kept', value=in_words(read.value), unit=named)} {message}".strip())


def in_words(value: object) -> str:
    """Return a kept guess as it is printed: 3.5, 10 to 20, or its words."""
    if isinstance(value, list):
        return fixed("range_in_words", low=value[0], high=value[1])
    return str(value) if isinstance(value, str) else f"{value:.10g}"


def recall(key: str) -> None:
    """Show the guess kept under a key, the first one and the last, or say that there is none."""
    kept, message = answers.changes()
    entry = kept.get("guesses", {}).get(str(key))
    if not entry:
        return show(f"{say('recall_none')} {message}".strip())
    first, last = (f"{in_words(entry[when]['value'])} {entry[when]['unit']}".strip() for when in ("first", "last"))
    return show(say("recall_changed", first=first, last=last) if first != last else say("recall", first=first))


def verdict(claim_id: str, judged: object = ..., sure: object = ..., *more: object) -> None:
    """Keep the reader's verdict on a claim and how sure they are; say what was kept.

    Parameters
    ----------
    claim_id : str
        The claim, for example "C10".
    judged : str
        One of supported, partly, imprecise, contradicted, contested, unverifiable.
    sure : number
        0 to 100: of a hundred verdicts that feel like this one, how many will turn out to be the same word as ours?
        100 is certain, 17 a blind guess among six words.
    *more : object
        What is left when a number was typed with a comma: 62,5.
    """
    _judge("verdicts", claim_id, judged, joined(sure, *more), say("verdict_unanswered"))


def prior(claim_id: str, judged: object = ..., sure: object = ..., *more: object) -> None:
    """Keep a verdict given before the evidence, apart from the verdicts of the lessons, so that both can be compared at the end.

    The claim's words are shown, since no lesson stands around them yet.

    Parameters
    ----------
    claim_id, judged, sure, more
        As in `verdict`.
    """
    rows = data.load("claims").set_index("claim_id")
    known = isinstance(claim_id, str) and claim_id in rows.index
    words = fixed("claim_from", statement=rows["statement_id"][claim_id], claim=cell(rows["claim"][claim_id])) + " " if known else ""
    _judge("priors", claim_id, judged, joined(sure, *more), words + say("prior_unanswered"))


def _judge(kind: str, claim_id: object, judged: object, sure: object, empty: str) -> None:
    """Keep a verdict and how sure under a kind of answer; `empty` is said while three dots stand for one of them."""
    known = data.load("claims")["claim_id"].tolist()
    name = reading.plain(claim_id).upper()
    if name not in known:
        return show(say("claim_unknown", claim=claim_id, nearest=data.nearest(name, known)))
    if reading.blank(judged) or reading.blank(sure):
        return show(f"**{name}** {empty}")
    word, number = reading.verdict(judged), reading.sureness(sure)
    if word.value is None:
        return show(f"**{name}** {say(word.says, typed=judged, nearest=data.nearest(reading.plain(judged).lower(), VERDICTS))}")
    if number.value is None:
        return show(f"**{name}** {say(number.says, typed=sure)}")
    message = answers.keep(kind, name, {"verdict": word.value, "sure": number.value})
    return show(f"**{name}** {say('verdict_kept', verdict=word.value, sure=f'{number.value:g}')} {message}".strip())


def write(key: object = ..., text: object = ..., words: object = None) -> None:
    '''Keep a written task, for example `write("04 label", r"""...""", 120)`; say how long it is and which sources it names.

    Parameters
    ----------
    key : str
        Lesson number and a short name.
    text : str
        The text, between three quotes: quotation marks and new lines in it do no harm.
    words : int, optional
        How many words the task asks for.
    '''
    if isinstance(text, int) and isinstance(words, str):
        text, words = words, text
    if reading.blank(text):
        return show(say("write_unanswered"))
    read = reading.text(text)
    if not read.value:
        return show(f"{say('text_quotes')} {say('errors_table')}")
    message = answers.keep("texts", str(key), read.value)
    told = [say("text_kept", key=key), cited.length(read.value, words), cited.counted(read.value)]
    return show(" ".join(filter(None, [*told, say(read.says) if read.says else "", message])))


def _possible(value: object, row) -> bool:
    """Return True when a guess lies where it can lie at all, or is words."""
    numbers = value if isinstance(value, list) else [value]
    if any(isinstance(number, str) for number in numbers):
        return True
    return not any(number < row.low or number > row.high for number in numbers)
