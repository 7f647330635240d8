"""Read what a reader typed: numbers, letters, ranges, verdicts and how sure, as a class writes them.

Pure: no file, no screen, no table. Every reader here takes whatever was typed and returns a `Read`: the value, or None
and the id of the sentence (`data/sentences.csv`) that says what was not understood. The web pages follow the same rules in JavaScript:
`tests/answers_typed.csv` holds what was typed and what must be read, for both.

The rules, in their order
1. `plain`: digits of any script, full-width letters, every kind of minus, space, apostrophe and quotation mark become
   the usual ones; quotation marks around the whole are taken off. Nothing, or dots alone, is no answer yet.
2. A number: one number in figures, whatever words stand around it. Spaces and apostrophes between thousands are passed
   over; a comma or a point is read by its place. "1,820" and "1.820" can be read in two ways: both are returned, the
   usual English one first, and the answer is right when one of them is. Words of size (percent, per 1000, million) are
   reckoned against the unit that the question asks for. A unit of the same family (years for months) is refused.
3. Letters: one or several, with any marks or the words in FILLERS between; an option pasted whole stands for its letter.
4. A guess: a number or a range where a number is asked, else words.
5. A verdict: one of six words. How sure: a number from 0 to 100.
"""

import math
import re
import unicodedata
from numbers import Real
from typing import Any, NamedTuple

from helpers.common import VERDICTS

LONGEST = 20_000  # letters of a written text that are kept

MARKS = str.maketrans(
    {
        **dict.fromkeys("−–—‒‐‑﹣⁻", "-"),
        **dict.fromkeys("‘’‚‛ʼ´`′", "'"),
        **dict.fromkeys("“”„‟«»‹›″", '"'),
        "\u2044": "/",  # the bar of a fraction
        "٫": ".",
        "٬": ",",
        "×": "*",
    }
)
RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")  # 10⁶ must not become 106
BROKEN = re.compile(r"[¼½¾⅐-⅞]")  # 44½ must not become 441/2

TOKEN = re.compile(
    r"(?:(?<![\w.,])[-+] ?)?(?:\d{1,3}(?:[ '_]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,_]\d+)*|(?<![\w])[.,]\d+)(?:e[-+]?\d+(?![\w]))?", re.I
)
PART_OF_UNIT = re.compile(r"(?:\b(?:per|pro|pour|sur|von|of|in|je)|/) ?$")  # "44.6 per 1000", "72 of 100"
SUM = re.compile(r"\d\s*(?:\*\*?|\^|/(?!\s*1000?\b)|x(?=\s*\d))\s*[\d(]|\d\s*\+\s*\d")
CODE = re.compile(r"[<>{}\[\]\\;]")  # no part of an answer
FRACTION = re.compile(r"(-?\d+(?:\.\d+)?) ?/ ?(\d+(?:\.\d+)?)")
RANGE = re.compile(r"(?:-|to|bis|till|until|and|und|et|or|à|\.\.+)")

# What a word of size makes of a number, tried in this order.
SCALES = [
    (re.compile(r"%|\bper ?cent|\bpct\b|\bprozent|\bpour ?cent|\bpor ?cien|\b(?:per|pro|of|von|sur) 100\b|/ ?100\b"), 0.01),
    (
        re.compile(r"‰|\bper ?mill?e?\b|\bpro ?mille\b|\b(?:per|pro|pour|of|von|sur) (?:1[ ,.']?000|thousand|tausend|mille)\b|/ ?1000\b"),
        0.001,
    ),
    (re.compile(r"\bthousands?\b|\btausend\b|\btsd\b|\bmille\b"), 1e3),
    (re.compile(r"\bmillions?\b|\bmillionen\b|\bmio\b|\bmln\b|\bmn\b"), 1e6),
    (re.compile(r"\bbillions?\b|\bbn\b|\bmilliarden?\b|\bmrd\b"), 1e9),
]
# Families of units: one word of a family where the question asks for another is a slip of its own.
FAMILIES = [("year", "month", "week", "day", "hour"), ("dollar", "rouble", "ruble", "yuan"), ("tonne", "kilogram", "kg")]

FILLERS = set(
    "and und et y og och en then dann puis or oder ou both plus the first next last option options answer answers letter letters".split()
)
AROUND = set(
    "about approximately approx roughly around circa ca c maybe perhaps nearly almost some at least most more less than over under up to "
    "between from and it was is i think guess say ungefähr etwa rund environ minus a an".split()
)


class Read(NamedTuple):
    """What was read.

    value : object
        None when it cannot be read. Numbers: a tuple of the ways to read it, the likeliest first. Letters: "b, a, c".
    says : str
        Id of a sentence: why not, or how it was read; "" when there is nothing to say.
    """

    value: Any
    says: str = ""


def plain(typed: object) -> str:
    """Return typed text in plain signs: see rule 1."""
    text = RAISED.sub(lambda found: "^" + found.group(), str(typed)[:LONGEST])
    text = unicodedata.normalize("NFKC", BROKEN.sub(lambda found: " " + found.group(), text)).translate(MARKS)
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign for sign in text)
    return " ".join(text.split()).strip("\"' ")


def blank(typed: object) -> bool:
    """Return True for no answer yet: three dots, nothing, or dots in quotes."""
    return typed is ... or typed is None or (isinstance(typed, str) and not plain(typed).strip(". "))


def number(typed: object, unit: str = "") -> Read:
    """Read a number; `unit` is what the question asks for. The value is a tuple of the ways to read it."""
    if isinstance(typed, tuple) and len(typed) == 2 and all(isinstance(part, int) for part in typed):
        typed = ",".join(map(str, typed))  # 44,6 without quotes
    if isinstance(typed, bool) or not isinstance(typed, (str, Real)):
        return Read(None, "typed_true" if isinstance(typed, bool) else _odd(typed))
    if isinstance(typed, str):
        return _number_in(plain(typed).lower(), unit.lower())
    try:
        value = float(typed)
    except OverflowError:
        value = math.inf
    return Read((value,)) if math.isfinite(value) else Read(None, "number_large" if value == value else "number_nan")


def _number_in(text: str, unit: str) -> Read:
    found = FRACTION.fullmatch(text)
    if found and float(found[2]) not in (0, 100, 1000):
        return Read((float(found[1]) / float(found[2]),), "read_as")
    tokens, words = _tokens(text)
    if not tokens or CODE.search(text):
        return Read(None, "number_word")
    if len(tokens) > 1:
        return Read(None, "number_sum" if SUM.search(text) else "number_several")
    values = _values(tokens[0])
    if values is None or not all(map(math.isfinite, values)):
        return Read(None, "number_marks" if values is None else "number_large")
    if _other_unit(words, unit):
        return Read(None, "number_unit")
    ratio = _ratio(text, unit)
    sign = -1 if re.search(r"\bminus ?$", text[: text.find(tokens[0])]) else 1
    values = tuple(sign * value * ratio for value in values)
    usual = re.fullmatch(r"-?\d+(?:\.\d+)?", tokens[0]) and len(values) == 1 and ratio == 1
    return Read(values, "" if usual else "read_as")


def _tokens(text: str) -> tuple[list[str], str]:
    """Return the numbers of a text that are not part of its unit ("per 1000"), and the text without numbers."""
    found: list[str] = []
    ends = 0
    for match in TOKEN.finditer(text):
        before = text[ends : match.start()]
        if not (found and PART_OF_UNIT.search(before)):
            found.append(match.group())
        ends = match.end()
    return found, TOKEN.sub(" ", text)


def _values(token: str) -> tuple[float, ...] | None:
    """Return the ways to read one number, the likeliest first; None when its points and commas make no number."""
    sign = -1.0 if token[0] == "-" else 1.0
    body, _, exponent = token.lstrip("-+ ").partition("e")
    body = re.sub(r"(?<=\d)[ '_](?=\d)", "", body)
    readings = _by_marks(body, re.sub(r"\d", "", body))
    return None if readings is None else tuple(sign * float(f"{reading}e{exponent or 0}") for reading in readings)


def _by_marks(body: str, marks: str) -> tuple[str, ...] | None:
    if not marks:
        return (body,)
    last, rest = marks[-1], marks[:-1]
    other = "," if last == "." else "."
    whole, _, behind = body.rpartition(last)
    grouped = re.fullmatch(rf"\d{{1,3}}(?:[{last}]\d{{3}})+", body)
    if rest and set(rest) == {other}:  # 1,820.5 and 1.820,5
        return (whole.replace(other, "") + "." + behind,) if re.fullmatch(rf"\d{{1,3}}(?:[{other}]\d{{3}})+", whole) else None
    if rest:
        return (body.replace(last, ""),) if grouped else None
    decimal = f"{whole or '0'}.{behind}"
    if grouped and not whole.startswith("0"):  # 1,820 and 1.820
        thousands = body.replace(last, "")
        return (thousands, decimal) if last == "," else (decimal, thousands)
    return (decimal,)


def _ratio(text: str, unit: str) -> float:
    """Return by how much a word of size in the text differs from the unit asked for; 1 without such a word."""
    typed, asked = (next((size for pattern, size in SCALES if pattern.search(where)), None) for where in (text, unit))
    return 1.0 if typed is None or typed == asked else typed / (asked or 1.0)


def _other_unit(words: str, unit: str) -> bool:
    """Return True when the words name a unit of the family of the one asked for, but not that one."""
    for family in FAMILIES:
        named = {stem for stem in family if re.search(rf"\b{stem}s?\b", words)}
        asked = {stem for stem in family if re.search(rf"\b{stem}s?\b", unit)}
        if named and asked and not named & asked and {*named, *asked} != {"rouble", "ruble"}:
            return True
    return False


def letters(typed: object, kind: str, options: dict[str, str]) -> Read:
    """Read letters.

    Parameters
    ----------
    kind : {"choice", "order", "set"}
        One letter; all letters in an order; any letters.
    options : dict of str to str
        The letters that can be given, each with its words.
    """
    if isinstance(typed, (list, tuple, set, frozenset)) and all(isinstance(part, str) for part in typed):
        typed = ", ".join(sorted(typed) if isinstance(typed, (set, frozenset)) else typed)
    if not isinstance(typed, str):
        return Read(None, "letters_number" if isinstance(typed, Real) and not isinstance(typed, bool) else _odd(typed))
    found = _letters_in(plain(typed).lower(), kind, options)
    if not found:
        return Read(None, "letters_words")
    if any(letter not in options for letter in found):
        return Read(None, "letters_which")
    if len(set(found)) < len(found):
        return Read(None, "letters_twice")
    if kind == "choice" and len(found) > 1:
        return Read(None, "letters_one")
    if kind == "order" and len(found) < len(options):
        return Read(None, "letters_all")
    return Read(", ".join(found if kind == "order" else sorted(found)))


def _letters_in(text: str, kind: str, options: dict[str, str]) -> list[str]:
    pieces = [_pasted(piece, options) for piece in re.split(r"[;|]", text)]
    if all(pieces):
        return pieces
    words = [word for word in re.findall(r"[^\W_]+", text) if word not in FILLERS]
    if words and all(len(word) == 1 and word.isalpha() for word in words):
        return words
    joined = words[0] if len(words) == 1 else ""
    return list(joined) if kind != "choice" and 1 < len(joined) <= len(options) and set(joined) <= set(options) else []


def _pasted(piece: str, options: dict[str, str]) -> str:
    """Return the letter of an option given in its own words, or of a letter with a bracket and words after it; else ""."""
    labelled = re.fullmatch(r"\(?([a-z])(?:[).:\]]+\s*|\s+-\s+)(\S.*)", piece.strip())
    given = _words(labelled[2] if labelled else piece)
    if not any(len(word) > 1 and word not in FILLERS for word in given.split()):
        return ""
    own = next((letter for letter, words in options.items() if _words(words) == given), "")
    return own or (labelled[1] if labelled and labelled[1] in options else "")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text).lower()))


def guess(typed: object, unit: str = "", asks: str = "") -> Read:
    """Read a guess: a float, a range [low, high], or words.

    Parameters
    ----------
    unit : str
        What stands after the guess, for example "million deaths".
    asks : str
        "number" refuses words, "words" takes all as words, "" takes what comes.
    """
    if isinstance(typed, (tuple, list)) and len(typed) == 2 and all(isinstance(part, str) for part in typed):
        typed = " to ".join(typed)
    if not isinstance(typed, str):
        read = number(typed, unit)
        return read if read.value is None else Read(_sized(read.value[0], unit), read.says)
    text = plain(typed).lower()
    if asks == "words":
        return Read(plain(typed))
    if between := _range_in(text, unit.lower()):
        return between
    read = _number_in(text, unit.lower())
    others = [word for word in re.findall(r"[^\W\d_]+", TOKEN.sub(" ", text)) if word not in AROUND and not _of_unit(word, unit.lower())]
    if read.value is not None and (asks == "number" or not others):
        value = _sized(read.value[0], unit)
        return Read(value, "read_as" if read.says or value != read.value[0] else "")
    return read if asks == "number" else Read(plain(typed))


def _range_in(text: str, unit: str) -> Read | None:
    """Return the range of a text with two numbers and a word or a stroke between them, else None."""
    tokens, _ = _tokens(text)
    if len(tokens) != 2:
        return None
    first, second = (text.find(tokens[0]), text.rfind(tokens[1].lstrip("-+ ")))
    middle = text[first + len(tokens[0]) : second]
    middle = " ".join(word for word in middle.split() if not _of_unit(word, unit))
    if not RANGE.fullmatch(middle):
        return None
    first_end, last_end = _values(tokens[0]), _values(tokens[1].lstrip("-+ "))
    if not first_end or not last_end:
        return None
    ratio = _ratio(text, unit)
    low, high = first_end[0] * ratio, last_end[0] * ratio
    return Read([low, high], "read_range") if low <= high else None


def _of_unit(word: str, unit: str) -> bool:
    return word in unit.split() or word.rstrip("s") in unit or any(pattern.search(word) for pattern, _ in SCALES) or word in ("per", "cent")


def _sized(value: float, unit: str) -> float:
    """Return a guess in its unit: 30,000,000 where millions are asked can only be meant in ones."""
    size = next((size for pattern, size in SCALES if pattern.search(unit.lower())), 1.0)
    return value / size if size > 1 and abs(value) >= size else value


def verdict(typed: object) -> Read:
    """Read one of the six verdicts, whatever marks and capitals it has."""
    if not isinstance(typed, str):
        return Read(None, "verdict_word")
    word = _words(typed)
    return Read(word) if word in VERDICTS else Read(None, "verdict_word")


def sureness(typed: object) -> Read:
    """Read how sure a reader is: a number from 0 to 100, per cent."""
    read = number(typed, "percent")
    if read.value is None:
        return Read(None, "sure_number")
    sure = read.value[0]
    if 0 < sure < 1:
        return Read(None, "sure_share")
    if not 0 <= sure <= 100:
        return Read(None, "sure_range")
    return Read(int(sure) if sure == int(sure) else round(sure, 1))


def text(typed: object) -> Read:
    """Read a written text: trimmed, without control signs, at most LONGEST letters."""
    if not isinstance(typed, str):
        return Read(None, "text_quotes")
    kept = "".join(sign for sign in typed if sign == "\n" or sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return Read(kept.strip()[:LONGEST], "text_long" if len(kept.strip()) > LONGEST else "")


def _odd(typed: object) -> str:
    """Return the sentence for something that is neither a number nor text."""
    if typed is None or typed is ...:
        return "typed_nothing"
    if isinstance(typed, bool):
        return "typed_true"
    if callable(typed):
        return "typed_tool"
    return "typed_table" if hasattr(typed, "__len__") or hasattr(typed, "__iter__") else "typed_other"
