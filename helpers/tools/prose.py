"""Tie every number in the text to a row of the data.

An invisible note beside a number says where it comes from:

    the register shows 25.43<!-- = vital_rates(crude_death_rate, register, 1960) --> deaths per 1000

`unbound(text)` lists the numbers without a note, `wrong(text)` those whose note gives another value when it is
rounded as printed. Years, claim and document ids, lesson numbers and full dates follow rules of their own;
dates must stand in the tables of events or documents. Notes are read by a small grammar, never evaluated as code.

The words of a note: a table's name with any cells that single out one row, `.low` or another column after it,
`rows(table, cell, ...)` to count; `highest(...)`, `lowest(...)`, `total(...)`, `different(...)` (how many values) and `listed(...)`
(how many parts of a cell with semicolons) over rows; `minutes(pace)` or `minutes(pace, part)`; `days(first, last)` and
`calendar_months(first, last)` from one date of the tables to another; `written(row.column, number)` when a cell has the number, in
figures or in words; `excess(variant, baseline, first, last, population)`, `normal(variant, baseline, year)`, `excess_counts(variant)`,
`said(document, number)` when the document's own text has the number, and + - * / with numbers. A mere number is
a note only with its reason, `30 # minutes of homework`. One, two and three may stand without a note, and so may the phrases of
`tests/free_numbers.csv`, each with its reason.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product

import pandas as pd

from helpers import data
from helpers.common import MONTHS, ReaderError
from helpers.models import famine

NOTE = re.compile(r"<!--\s*=\s*(.+?)\s*-->", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
_MONTH = "(?:" + "|".join(MONTHS) + ")"

# What is counted: a number before one of these is no year, unless a word such as "in" or "since" stands before it.
_COUNTED = (
    r"(?:people|persons|men|women|children|soldiers|prisoners|refugees|experts|engineers|students|families|households|villages"
    r"|deaths|dead|died|fled|left|fell|killed|wounded|tons|tonnes|dollars|roubles|yuan|million|thousand|projects|plants|works"
    r"|factories|guns|tanks|words|pages|papers|days|kilometres|states|votes|percent|per cent|of them)\b"
)
_NO_COUNT = rf"(?! {_COUNTED})"

# What may stand without a note, in this order: code, links, ids, dates (checked elsewhere), years and spans of years, units.
FREE = [
    re.compile(r"```.*?```", re.S),
    re.compile(r"`(?!\s*[\d.,]+ [a-z])[^`]*`"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"https?://\S+"),
    re.compile(r"\b(?:[CSDH]\d{1,3}[a-z]?)\b"),
    re.compile(r"\b0\d-\d{1,2}\b"),
    re.compile(r"\b[Ll]essons? \d\d(?:(?:,| and|-) ?\d\d)*"),
    re.compile(rf"\b(?:[12]?\d|3[01])(?:[-–]\d{{1,2}})? {_MONTH}(?: \d{{4}})?\b"),
    re.compile(r"\b(?:1[89]\d\d|20[0-2]\d)(?:[-–/](?:1[89]\d\d|20[0-2]\d|\d\d)s?\b|s\b)"),
    re.compile(rf"\b(?:1[89]\d\d|20[0-2]\d)\b{_NO_COUNT}"),
    re.compile(
        rf"\b(?:in|of|by|to|since|from|until|and|before|after|for|between|{_MONTH}|spring|summer|autumn|winter|early|late|mid) \d{{4}}\b",
        re.I,
    ),
    re.compile(r"^#{1,4} \d+\. ", re.M),
    re.compile(r"^# \d\d ", re.M),
    re.compile(r"\[\d\d (?=[A-Z])"),
    re.compile(r"\bper 1,?000\b|\bof 100\b"),
    re.compile(r"^\s*1?\d\. (?=[A-Z*_`\[(\"])", re.M),
]
DATE = re.compile(rf"\b(\d{{1,2}})(?:[-–]\d{{1,2}})? ({_MONTH}) (\d{{4}})\b")

TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ONES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
WORDS = {
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    **TENS,
    **{f"{t}-{o}": TENS[t] + ONES[o] for t in TENS for o in list(ONES)[:9]},
}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
# Words that stand for a ratio; they hold within a tenth of it.
RATIOS = {
    **{f"{many} {part}s": ONES[many] / _PARTS[part] for many, part in product(list(ONES)[1:9], _PARTS)},
    **{f"a {part}": 1 / size for part, size in _PARTS.items()},
    "half": 0.5,
    "double": 2,
    "doubled": 2,
    "doubles": 2,
    "twice": 2,
    "tripled": 3,
    "tenfold": 10,
}
# Words that stand for an order of magnitude; the value is at least this and less than ten times as much.
MAGNITUDES = {
    "dozen": 10,
    "dozens": 20,
    **{
        f"{before}{word}": times * size
        for word, size in (("hundreds", 100), ("thousands", 1000), ("millions", 1_000_000), ("billions", 1_000_000_000))
        for before, times in (("", 1), ("tens of ", 10), ("hundreds of ", 100))
    },
}
QUANTITY = re.compile(
    r"(?P<digits>(?<![\w.])[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])[-−]?\d+(?:\.\d+)?)"
    r"|\b(?P<word>" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b"
    r"|\b(?P<ratio>" + "|".join(sorted(RATIOS, key=len, reverse=True)) + r")\b"
    r"|\b(?P<size>" + "|".join(sorted(MAGNITUDES, key=len, reverse=True)) + r")\b"
    r"|\b(?P<small>" + "|".join(list(ONES)[3:]) + r")\b"
    r"|\b(?P<scaled>" + "|".join(list(ONES)[:3]) + r")(?= (?:hundred|thousand|million|billion|per cent|percent)\b)",
    re.I,
)


class NoteError(ValueError):
    """A note cannot be read or names no single value; the message says why."""


def quantities(text: str, free: Iterable[str] = ()) -> list[tuple[str, str | None]]:
    """Return the numbers of a Markdown text as (printed, note or None), in order; those within a phrase of `free` are left out.

    A note belongs to the number before it; between them may stand a unit of at most three words.
    """
    blanked = text
    for pattern in FREE:
        blanked = pattern.sub(lambda match: " " * len(match.group()), blanked)
    hidden = COMMENT.sub(lambda match: " " * len(match.group()), blanked)
    notes = [(match.start(), match.group(1)) for match in NOTE.finditer(text)]
    found = [(match.start(), match.end(), match.group()) for match in QUANTITY.finditer(hidden)]
    let = within(text, free)
    result = []
    for order, (start, end, printed) in enumerate(found):
        following = found[order + 1][0] if order + 1 < len(found) else len(text)
        near = [note for place, note in notes if end <= place < following and len(text[end:place].split()) <= 3]
        if start not in let:
            result.append((printed, near[0] if near else None))
    return result


def within(text: str, phrases: Iterable[str]) -> set[int]:
    """Return the places of a text's letters that stand within one of some phrases; notes and line ends do not count."""
    places = sorted(set(range(len(text))) - {place for match in COMMENT.finditer(text) for place in range(*match.span())})
    seen = "".join(" " if text[place].isspace() else text[place] for place in places)
    spans = [match.span() for phrase in phrases for match in re.finditer(re.escape(phrase), seen)]
    return {place for start, end in spans for place in places[start:end]}


def unbound(text: str, free: Iterable[str] = ()) -> list[str]:
    """Return the printed numbers of a text that have no note, save those within a phrase of `free`."""
    return [printed for printed, note in quantities(text, free) if note is None]


def unreasoned(text: str, free: Iterable[str] = ()) -> list[str]:
    """Return the printed numbers whose note is a mere number, without a reason: `<!-- = 40 # minutes of homework -->`."""
    return [printed for printed, note in quantities(text, free) if note and "#" not in note and _is_constant(note)]


def _is_constant(note: str) -> bool:
    try:
        return not any(isinstance(node, ast.Call) for node in ast.walk(ast.parse(note.strip(), mode="eval")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # `wrong` says that it cannot be read


def wrong(text: str, minutes: dict | None = None) -> list[str]:
    """Return a sentence for every number whose note gives another value than the one printed.

    `minutes` maps fast, usual, slow to a lesson's minutes and (pace, part) to those of a part, for the note `minutes(usual, s1)`.
    """
    problems = []
    for printed, note in quantities(text):
        if note is None:
            continue
        try:
            value = evaluate(note, minutes)
        except NoteError as problem:
            problems.append(f"'{printed}': the note '{note}' cannot be read ({problem})")
            continue
        if not agrees(printed, value):
            problems.append(f"'{printed}' is printed, but {note} gives {value:.6g}")
    return problems


def agrees(printed: str, value: float) -> bool:
    """Return True when a printed number is the value rounded as printed (a ratio word: within a tenth)."""
    text = printed.strip().lower().replace("−", "-").replace(",", "")
    if text in RATIOS:
        return abs(value / RATIOS[text] - 1) <= 0.1
    if text in MAGNITUDES:
        return MAGNITUDES[text] <= value < 10 * MAGNITUDES[text]
    if text in WORDS or text in ONES:
        return round(value) == {**WORDS, **ONES}[text]
    decimals = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5 * 10**-decimals + 1e-9


def evaluate(note: str, minutes: dict | None = None) -> float:
    """Return the value of a note. Raises NoteError when it cannot be read or is not a single value."""
    with refusals():
        value = float(_value(ast.parse(note.strip(), mode="eval").body, minutes or {}))
    if not math.isfinite(value):
        raise NoteError("it names no number")
    return value


@contextmanager
def refusals() -> Iterator[None]:
    """Turn whatever goes wrong while a note is read into a NoteError."""
    try:
        yield
    except NoteError:
        raise
    except (SyntaxError, RecursionError, MemoryError):
        raise NoteError("not an expression of the note grammar") from None
    except ZeroDivisionError:
        raise NoteError("it divides by nought") from None
    except ReaderError as problem:
        raise NoteError(str(problem)) from None
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as problem:
        raise NoteError(f"it names no number: {problem}") from None


def _value(node: ast.expr, minutes: dict) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, minutes)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.left, minutes), _value(node.right, minutes))
    name, arguments, column = _named(node)
    if name in OVER_ROWS:
        if len(arguments) != 1:
            raise NoteError(f"{name} takes one table with its cells: {name}(vital_rates(China, 1960))")
        table, named, column = _named(arguments[0])
        found = _rows(table, [_cell(cell) for cell in named])[column].dropna()
        return OVER_ROWS[name](found)
    if name == "written":
        return _written(arguments)
    cells = [_cell(argument) for argument in arguments]
    if name == "minutes":
        return _minutes(cells[0] if len(cells) == 1 else tuple(cells), minutes)
    if name in RECKONED:
        return RECKONED[name](*cells)
    if name == "rows":
        return len(_rows(cells[0], cells[1:]))
    rows = _rows(name, cells)
    if len(rows) != 1:
        raise NoteError(f"{len(rows)} rows fit instead of one")
    if column not in rows.columns or pd.isna(rows[column].iloc[0]):
        raise NoteError(f"the row has no {column}")
    return rows[column].iloc[0]


def _named(node: ast.expr) -> tuple[str, list[ast.expr], str]:
    """Return the name, the arguments and the column of `name(arguments).column`; without a column it is `value`."""
    column, call = (node.attr, node.value) if isinstance(node, ast.Attribute) else ("value", node)
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)) or call.keywords:
        raise NoteError(f"'{ast.unparse(node)}' is not allowed in a note")
    return call.func.id, call.args, column


NO_NAMES = {"note", "value", "low", "high", "original_value", "factor"}  # columns that single out no row
OVER_ROWS: dict[str, Callable] = {
    "highest": max,
    "lowest": min,
    "total": sum,
    "different": lambda cells: cells.nunique(),
    "listed": lambda cells: sum(len(data.split_list(cell)) for cell in cells),
}
OPERATORS: dict[type, Callable] = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def _cell(node: ast.expr):
    """Return a cell that a note names: a bare word, a quoted text or a number."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, {})
    raise NoteError(f"'{ast.unparse(node)}' is not a cell")


def _rows(table: str, cells: list) -> pd.DataFrame:
    """Return the rows of a table in which every given cell stands in some column; an id names its own row only."""
    frame = data.load(table)
    key = data.describe(table)["schema"]["primaryKey"]
    columns = {name: frame[name].tolist() for name in frame.columns if name not in NO_NAMES}
    places = set(range(len(frame)))
    for cell in cells:
        named = [place for place in places if len(key) == 1 and columns[key[0]][place] == cell]
        places = set(named) or {
            place for column in columns.values() for place in places if column[place] is not pd.NA and column[place] == cell
        }
    return frame.take(sorted(places))


def _excess(variant, baseline, first: int, last: int, population: str) -> float:
    """Return excess deaths in millions for a note; see `famine.excess_of`."""
    return famine.excess_of(variant, baseline, range(first, last + 1), population).sum()


def _normal(variant, baseline, year: int) -> float:
    """Return what a baseline calls normal for a year, deaths per 1000; see `famine.normal_of`."""
    return famine.normal_of(variant, baseline, [year]).loc[year]


def _minutes(asked: object, minutes: dict) -> float:
    if asked not in minutes:
        raise NoteError(f"the lesson has no minutes for {asked}")
    return minutes[asked]


def _said(doc_id: str, number: float) -> float:
    """Return the number when the document's summary contains it, printed with or without a thousands comma."""
    row = data.load("documents", doc_id=doc_id).iloc[0]
    if not {f"{number:,}", str(number)} & set(re.findall(r"\d[\d,.]*\d|\d", row.what_it_says)):
        raise NoteError(f"{doc_id} does not say {number}")
    return number


def _written(arguments: list[ast.expr]) -> float:
    """Return the number when the cell that a row names has it, in figures or in words: `written(weather_studies(kueh).finding, 21)`."""
    if len(arguments) != 2:
        raise NoteError("written takes a cell and a number: written(weather_studies(kueh).finding, 21)")
    (table, named, column), number = _named(arguments[0]), _cell(arguments[1])
    rows = _rows(table, [_cell(cell) for cell in named])
    if len(rows) != 1 or column not in rows.columns:
        raise NoteError(f"{len(rows)} rows fit instead of one, or they have no {column}")
    text = str(rows[column].iloc[0])
    said = {printed for printed, _ in quantities(text)} | set(re.findall(rf"\b(?:{'|'.join(ONES)})\b", text, re.I))
    if not any(agrees(printed, number) for printed in said if printed.lower() not in {*RATIOS, *MAGNITUDES}):
        raise NoteError(f"the cell does not say {number}")
    return float(number)


def _days(first: str, last: str) -> int:
    """Return the days between two dates of the tables."""
    return (date.fromisoformat(_dated(last)) - date.fromisoformat(_dated(first))).days


def _months(first: str, last: str) -> int:
    """Return how many months after one date of the tables the month of another lies."""
    (year, month), (later, then) = (map(int, _dated(day).split("-")[:2]) for day in (first, last))
    return 12 * (later - year) + then - month


def _dated(day: str) -> str:
    if day not in _known_dates() | set(data.load("orders_1960")["date"]):
        raise NoteError(f"the date {day} is in no table")
    return day


# the words that are worked out with cells
RECKONED: dict[str, Callable] = {
    "normal": _normal,
    "excess": _excess,
    "excess_counts": famine.excess_counts,
    "said": _said,
    "days": _days,
    "calendar_months": _months,
}


def unknown_dates(text: str) -> list[str]:
    """Return the full dates of a text that stand in no row of the tables of events and documents."""
    written = DATE.findall(COMMENT.sub("", text))
    known = _known_dates() if written else set()
    missing = []
    for day, month, year in written:
        if f"{year}-{MONTHS.index(month) + 1:02d}-{int(day):02d}" not in known:
            missing.append(f"{day} {month} {year}")
    return missing


def _known_dates() -> set[str]:
    known = set()
    for name, columns in (("events", ("date", "date_end")), ("documents", ("date", "became_public"))):
        frame = data.load(name)
        for column in columns:
            known.update(frame[column].tolist())
    return known
