"""Read a table's file and check it against its schema, cell by cell: every refusal is one sentence with the remedy.

The words of the schema are those of Frictionless Table Schema (type, required, enum, minimum, maximum, pattern, example,
primaryKey); `series` gives each series of an observation table its unit, years and range. A spreadsheet that rewrote a
cell (1960-07-18 became 7/18/1960, 04 became 4) is named as what happened.
"""

import csv
import difflib
import io
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from helpers.common import ReaderError, when
from helpers.sentences import fixed

Resource = dict[str, Any]
TRUE_FALSE = {"true": True, "false": False, "wahr": True, "falsch": False}  # German spreadsheets translate them
KINDS = {"integer": "a whole number", "number": "a number (use a point, no thousands mark, no unit)", "boolean": "true or false"}
DATE = re.compile(r"\d{4}-\d\d-\d\d")
WHOLE = re.compile(r"-?[0-9]+")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
COMMA = re.compile(r"-?[0-9]{1,3}(\.?[0-9]{3})*,[0-9]+")
_MONTH = r"(?:Jan|Feb|Mar|Mär|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)[a-z]*"
REWRITTEN = re.compile(  # what spreadsheets make of dates, ids, long numbers and signs at the start of a cell
    rf"\d{{1,4}}[/.]\d{{1,2}}[/.]\d{{2,4}}|(?:\d{{1,2}}[-.] ?)?{_MONTH}[- ]\d{{2}}|\d{{1,2}}(?:-|\. ?){_MONTH}"
    r"|#[A-Z/0]+[?!]|#N/A|#{3,}|-?\d(?:[.,]\d+)?[eE][+-]?\d+",
)
LONGEST_REWRITTEN = 24  # letters; no spreadsheet writes a longer one
BY_SPREADSHEET = "a spreadsheet has rewritten it; set the column to Text before you save, or edit the file in JupyterLab"


class DataError(ReaderError):
    """A table does not fit its schema, or a name is unknown; the message is one sentence with the remedy."""


def nearest(name: object, names: Iterable[object]) -> str:
    """Return a half-sentence with the names most like `name`: "the nearest names are ..."."""
    known = sorted({str(n) for n in names})
    close = difflib.get_close_matches(str(name), known, n=3, cutoff=0.4) or known[:8]
    return fixed("nearest_names" if len(close) > 1 else "nearest_name", names=", ".join(close))


def names_sources(column: str) -> bool:
    """Return True for a column that holds source ids: source_id, source_id_2, more_source_ids ..."""
    return "source_id" in column


def split_list(cell: object) -> list[str]:
    """Return the parts of a cell that holds several values, separated by semicolons."""
    return [part.strip() for part in str(cell).split(";") if part.strip()]


def rows_and_numbers(raw: bytes, resource: Resource) -> tuple[list[list[str]], list[int]]:
    """Return a CSV file as rows of text, the header first, and the number of each row in the file.

    Rows and columns of nothing are passed over; the numbers stay those of the file, as a spreadsheet shows them.

    Parameters
    ----------
    raw : bytes
        The file's content.
    resource : dict
        The table's entry in the data package.

    Raises
    ------
    DataError
        When the file is empty, not UTF-8, not separated by commas, lacks a column, has one too many, or a row has the
        wrong number of cells.
    """
    shown = f"data/{resource['path']}"
    lines = enumerate(csv.reader(io.StringIO(_text(raw, shown), newline="")), start=1)
    kept = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    expected = [field["name"] for field in resource["schema"]["fields"]]
    rows, numbers = [row for _, row in kept], [number for number, _ in kept]
    _check_separator(rows[0], expected, shown)
    rows = _without_empty_columns(rows, len(expected))
    _check_header(rows[0], expected, shown)
    for number, row in zip(numbers, rows):
        if len(row) != len(expected):
            raise DataError(
                f"{shown}, row {number}: {len(row)} cells instead of {len(expected)}; put text that contains a comma in double quotes."
            )
    return rows, numbers


def _text(raw: bytes, shown: str) -> str:
    if not raw.strip():
        raise DataError(f"{shown} is empty: restore it from the original course (git checkout {shown}).")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DataError(f"{shown} is saved as UTF-16 ('Unicode text'); save the file again as 'CSV UTF-8'.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise DataError(f"{shown}, row {line}: a character is not UTF-8; save the file again as 'CSV UTF-8'.") from None
    if not text.strip(", \r\n\t;"):
        raise DataError(f"{shown} is empty: restore it from the original course (git checkout {shown}).")
    return text


def _check_separator(header: list[str], expected: list[str], shown: str) -> None:
    """Refuse a file whose cells are not separated by commas, and say by what they are."""
    if header[0].strip().lower().startswith("sep="):
        raise DataError(f"{shown}, row 1: a spreadsheet has added the line '{header[0]}'; remove it and separate the cells by commas.")
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) < len(expected) and mark in "".join(header):
            raise DataError(f"{shown}: the cells are separated by {name}; save the file again as CSV with a comma as separator.")
    if len(header) < len(expected) and header[0].count(",") == len(expected) - 1:
        raise DataError(
            f"{shown}: every row stands in one cell; open the original in the spreadsheet again with a comma as separator, "
            "or edit the file in JupyterLab."
        )


def _without_empty_columns(rows: list[list[str]], width: int) -> list[list[str]]:
    """Return the rows without the columns that have neither a name nor a cell."""
    if not any(len(row) > width or not all(rows[0]) for row in (rows[0], max(rows, key=len))):
        return rows
    filled = {place for row in rows for place, cell in enumerate(row) if cell.strip()}
    places = [place for place in range(max(map(len, rows))) if place in filled]
    return [[row[place] for place in places if place < len(row)] for row in rows]


def _check_header(header: list[str], expected: list[str], shown: str) -> None:
    should = f"the header should read {','.join(expected)}"
    for column in expected:
        if column not in header:
            raise DataError(f"{shown}: the column '{column}' is missing; {should}.")
    for column in header:
        if column not in expected:
            raise DataError(f"{shown}: the column '{column}' is not in the schema; {should}.")
    if header != expected:
        raise DataError(f"{shown}: the columns are in another order; {should}.")


def frame_from(
    rows: Sequence[Sequence[str]],
    resource: Resource,
    known_sources: Collection[str] | None = None,
    numbers: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Return a typed DataFrame from a header and rows of text, checked cell by cell.

    Parameters
    ----------
    rows : sequence of sequences of str
        The header, then the rows.
    resource : dict
        The table's entry in the data package.
    known_sources : collection of str, optional
        The ids that a source column may name; without it they are not checked.
    numbers : sequence of int, optional
        The number of each row in the file, the header's first; 1, 2, 3 ... without it.

    Raises
    ------
    DataError
        At the first cell that breaks the schema.
    """
    shown = f"data/{resource['path']}"
    numbers = list(numbers or range(1, len(rows) + 1))[1:]
    columns = {}
    for position, field in enumerate(resource["schema"]["fields"]):
        cells = [row[position] for row in rows[1:]]
        columns[field["name"]] = _typed(cells, field, shown, numbers)
        if known_sources is not None and names_sources(field["name"]):
            _check_sources(cells, field["name"], known_sources, shown, numbers)
    frame = pd.DataFrame(columns)
    _check_key(rows, resource, shown, numbers)
    if "series" in resource:
        _check_series(frame, resource, shown, numbers)
    if {"value", "original_value", "factor"} <= set(columns):
        _check_conversions(frame, shown, numbers)
    return frame


def _typed(cells: list[str], field: Resource, shown: str, numbers: list[int]) -> Any:
    """Return one column's cells as a pandas array, or raise DataError at the first that does not fit."""
    known: dict[str, Any] = {}
    judge = _judge(field)
    for number, cell in zip(numbers, cells):
        if cell not in known:
            try:
                known[cell] = judge(cell)
            except ValueError as problem:
                raise DataError(f"{shown}, row {number}, column '{field['name']}': {problem}.") from None
    gaps = None in known.values()
    kinds: dict[str, Any] = {"integer": "Int64" if gaps else "int64", "number": "float64", "boolean": object if gaps else bool}
    return pd.array([known[cell] for cell in cells], dtype=kinds.get(field["type"], "str"))


def _judge(field: Resource):
    """Return a function from a cell of this field to its value (None for a gap); it raises ValueError with half a sentence."""
    kind, rules = field["type"], field.get("constraints", {})
    required, allowed, low, high = (rules.get(rule) for rule in ("required", "enum", "minimum", "maximum"))
    pattern, example = re.compile(rules["pattern"]) if "pattern" in rules else None, field.get("example", "")

    def judge(cell: str):
        if cell == "":
            if required:
                raise ValueError("empty, but a value is required; fill it in or remove the row")
            return "" if kind == "string" else None
        if pattern and not pattern.fullmatch(cell):
            raise ValueError(_off_pattern(cell, example))
        if pattern and DATE.fullmatch(example):
            when(cell)  # refuses 30 February
        value = _convert(cell, kind)
        if allowed and value not in allowed:
            raise ValueError(f"'{cell}' is not one of the allowed words; {nearest(cell, allowed)}")
        if (low is not None and value < low) or (high is not None and value > high):
            raise ValueError(f"{cell} is outside {low} to {high}; check the unit, the sign and the year{_lost_point(value, low, high)}")
        return value

    return judge


def _lost_point(value: float, low: float | None, high: float | None) -> str:
    """Return the likely reason when a number would fit with three decimals: German spreadsheets make 389 of 0.389."""
    small = value / 1000
    fits = value == int(value) and low is not None and high is not None and low <= small <= high
    return f" (has a spreadsheet taken the point of {small:.3f} for a thousands mark?)" if fits else ""


def _off_pattern(cell: str, example: str) -> str:
    """Return why a cell does not have the form of its column, with the remedy."""
    kind = "a date like" if DATE.fullmatch(example) else "written like"
    rewritten = REWRITTEN.fullmatch(cell) or re.fullmatch(r"[\d.,:/ -]+", cell)
    return f"'{cell}' is not {kind} {example}" + (f": {BY_SPREADSHEET}" if rewritten else "; correct the cell")


def _convert(cell: str, kind: str):
    """Return a cell as the schema's type, or raise ValueError with half a sentence."""
    if len(cell) <= LONGEST_REWRITTEN and REWRITTEN.fullmatch(cell):
        raise ValueError(f"'{cell}' is not {KINDS.get(kind, 'what stood here')}: {BY_SPREADSHEET}")
    if kind == "string":
        if "\x00" in cell or "\ufffd" in cell:
            raise ValueError(f"'{cell}' is not text; correct the cell")
        if "??" in cell:
            raise ValueError(f"'{cell}' has question marks in place of letters: the file was saved without them; save it as 'CSV UTF-8'")
        return cell
    if kind == "boolean" and cell.casefold() in TRUE_FALSE:
        return TRUE_FALSE[cell.casefold()]
    if kind == "integer" and WHOLE.fullmatch(cell):
        return int(cell)
    if kind == "number" and NUMBER.fullmatch(cell):
        return float(cell)
    if kind in ("integer", "number") and COMMA.fullmatch(cell):
        raise ValueError(f"'{cell}' has a comma in the number; write a decimal point and no thousands mark")
    raise ValueError(f"'{cell}' is not {KINDS[kind]}; correct the cell")


def _check_sources(cells: list[str], name: str, known: Collection[str], shown: str, numbers: list[int]) -> None:
    for number, cell in zip(numbers, cells):
        for source in split_list(cell):
            if source not in known:
                raise DataError(
                    f"{shown}, row {number}, column '{name}': the source '{source}' is not in data/sources.csv; "
                    f"add it there first, or {nearest(source, known)}."
                )


def _check_key(rows: Sequence[Sequence[str]], resource: Resource, shown: str, numbers: list[int]) -> None:
    key = resource["schema"].get("primaryKey", [])
    places = [rows[0].index(column) for column in key]
    seen: dict[tuple[str, ...], int] = {}
    for number, row in zip(numbers, rows[1:]):
        value = tuple(row[place] for place in places)
        if key and value in seen:
            raise DataError(
                f"{shown}, row {number}: the same {', '.join(key)} as row {seen[value]} "
                f"({', '.join(v for v in value if v)}); remove one of them."
            )
        seen[value] = number


def _check_series(frame: pd.DataFrame, resource: Resource, shown: str, numbers: list[int]) -> None:
    """Check unit, years, range and order of every row of an observation table."""
    known = resource["series"]
    measured = [column for column in ("value", "low", "high") if column in frame.columns]
    columns = [frame[column].tolist() for column in ("series", "unit", "year", *measured)]
    for number, series, unit, year, *values in zip(numbers, *columns):
        where = f"{shown}, row {number}"
        if series not in known:
            raise DataError(f"{where}, column 'series': '{series}' is unknown; {nearest(series, known)}.")
        rule = known[series]
        if unit != rule["unit"]:
            raise DataError(
                f"{where}, column 'unit': '{unit}' instead of '{rule['unit']}' for {series}; convert the value or correct the unit."
            )
        if "years" in rule and year is not pd.NA and not rule["years"][0] <= year <= rule["years"][1]:
            raise DataError(
                f"{where}, column 'year': {year} is outside {rule['years'][0]} to {rule['years'][1]} for {series}; check the year."
            )
        _check_range(dict(zip(measured, values)), series, rule, where)


def _check_range(values: dict[str, float], series: str, rule: Resource, where: str) -> None:
    """Check that a row's value, low and high lie in the range of their series and in order; NaN is a gap."""
    for column, value in values.items():
        if value == value and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
            raise DataError(
                f"{where}, column '{column}': {value:g} is outside {rule['minimum']} to {rule['maximum']} "
                f"for {series}; check the decimal point, the sign and the unit"
                f"{_lost_point(value, rule.get('minimum'), rule.get('maximum'))}."
            )
    low, centre, high = (values.get(column, float("nan")) for column in ("low", "value", "high"))
    if low > high or low > centre or centre > high:
        raise DataError(f"{where}: low, value and high are not in order ({low:g}, {centre:g}, {high:g}); correct them.")


def _check_conversions(frame: pd.DataFrame, shown: str, numbers: list[int]) -> None:
    """Check that a converted value is its original value times its factor, within a part in a thousand."""
    columns = (frame[column].tolist() for column in ("value", "original_value", "factor"))
    for number, value, original, factor in zip(numbers, *columns):
        if abs(original * factor - value) > 0.001 * abs(value) + 1e-6:  # never for a gap, which is NaN
            raise DataError(
                f"{shown}, row {number}: original_value {original:g} times factor {factor:g} is not the value {value:g}; "
                "check the three, and the decimal point."
            )
