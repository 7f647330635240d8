"""Load a table of `data/` by name: typed, checked against its schema, with a source on every value.

The schema is `data/datapackage.json` (a Frictionless Data Package). A table that was edited and no longer fits it
raises `DataError`, one sentence that names the file, the row, the column, what was expected and what to do.
"""

import csv
import difflib
import io
import json
from functools import lru_cache

import pandas as pd

from helpers.common import ROOT

DATA = ROOT / "data"
TRUE_FALSE = {"true": True, "false": False}


class DataError(ValueError):
    """A table does not fit its schema, or a name is unknown; the message is one sentence with the remedy."""

    def _render_traceback_(self):
        """Show only the sentence in a notebook (IPython asks for this)."""
        return [f"DataError: {self}"]


@lru_cache(maxsize=1)
def package():
    """Return the descriptor of the data package (`datapackage.json`) as a dictionary."""
    return json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


def table_names():
    """Return the names of all tables, in the order of the data dictionary."""
    return [resource["name"] for resource in package()["resources"]]


def describe(name):
    """Return the schema entry of a table: title, description, fields, series, licence.

    Raises DataError with the nearest names when there is no such table.
    """
    for resource in package()["resources"]:
        if resource["name"] == name:
            return resource
    raise DataError(f"There is no table '{name}'; {nearest(name, table_names())}.")


def nearest(name, names):
    """Return a half-sentence with the names most like `name`: "the nearest names are ..."."""
    names = sorted({str(n) for n in names})
    close = difflib.get_close_matches(str(name), names, n=3, cutoff=0.4) or names[:8]
    return "the nearest names are " + ", ".join(close) if len(close) > 1 else "the nearest name is " + "".join(close)


def load(name, **where):
    """Return the rows of a table as a DataFrame, typed and checked.

    `where` keeps the rows whose columns have the given values: `load("vital_rates", place="China", variant="register")`;
    a list or range keeps several: `year=range(1957, 1963)`. Text columns hold "" where the table is empty, numbers NaN,
    whole numbers with gaps are pandas' Int64.

    Raises DataError for an unknown table, column or value (with the nearest names) and for a table that breaks its schema.
    """
    resource = describe(name)
    path = DATA / resource["path"]
    try:
        stamp = path.stat()
    except OSError:
        raise DataError(
            f"The file data/{resource['path']} is missing: restore it from the original course (git checkout data/{resource['path']})."
        ) from None
    asked = tuple((column, tuple(wanted) if isinstance(wanted, (list, set)) else wanted) for column, wanted in where.items())
    return _rows(name, stamp.st_mtime_ns, stamp.st_size, asked).copy(deep=False)  # pandas copies on the first change


def source_ids(*frames):
    """Return the sorted ids of all sources that the rows of some DataFrames name."""
    found = set()
    for frame in frames:
        for column in filter(names_sources, frame.columns):
            for cell in frame[column]:
                found.update(split_list(cell))
    return sorted(found)


def names_sources(column):
    """Return True for a column that holds source ids: source_id, source_id_2, more_source_ids ..."""
    return "source_id" in column


def split_list(cell):
    """Return the parts of a cell that holds several values, separated by semicolons."""
    return [part.strip() for part in str(cell).split(";") if part.strip()]


@lru_cache(maxsize=256)
def _rows(name, modified, size, asked):
    """Return the rows of a table that have the asked (column, value or values), in the file's order."""
    frame = _read_checked(name, modified, size)
    places = range(len(frame))
    for column, wanted in asked:
        if column not in frame.columns:
            raise DataError(f"The table '{name}' has no column '{column}'; {nearest(column, frame.columns)}.")
        cells = frame[column].tolist()
        values = dict.fromkeys(wanted if isinstance(wanted, (tuple, range)) else [wanted])
        kept = [place for place in places if cells[place] in values]
        found = {cells[place] for place in kept}
        missing = [] if isinstance(wanted, range) else [value for value in values if value not in found]
        if missing:
            known = {cells[place] for place in places}
            raise DataError(f"The table '{name}' has no {column} '{missing[0]}' in these rows; {nearest(missing[0], known)}.")
        places = kept
    return frame.take(places).reset_index(drop=True) if asked else frame


@lru_cache(maxsize=128)
def _read_checked(name, _modified, _size):
    resource = describe(name)
    rows = read_rows(DATA / resource["path"], resource)
    return frame_from(rows, resource, _known_sources(name))


@lru_cache(maxsize=1)
def _source_table():
    resource = describe("sources")
    return frozenset(row[0] for row in read_rows(DATA / resource["path"], resource)[1:])


def _known_sources(name):
    return None if name == "sources" else _source_table()


def read_rows(path, resource):
    """Return a CSV file as a list of lists of text, the header first.

    Raises DataError when the file is empty, not UTF-8, lacks a column, has one too many, or a row has the wrong number of cells.
    """
    shown = f"data/{resource['path']}"
    raw = path.read_bytes()
    if not raw.strip():
        raise DataError(f"{shown} is empty: restore it from the original course (git checkout {shown}).")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise DataError(f"{shown}, row {line}: a character is not UTF-8; save the file again as 'CSV UTF-8'.") from None
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    expected = [field["name"] for field in resource["schema"]["fields"]]
    for column in expected:
        if column not in rows[0]:
            raise DataError(f"{shown}: the column '{column}' is missing; the header should read {','.join(expected)}.")
    for column in rows[0]:
        if column not in expected:
            raise DataError(f"{shown}: the column '{column}' is not in the schema; the header should read {','.join(expected)}.")
    if rows[0] != expected:
        raise DataError(f"{shown}: the columns are in another order; the header should read {','.join(expected)}.")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(expected):
            raise DataError(
                f"{shown}, row {number}: {len(row)} cells instead of {len(expected)}; put text that contains a comma in double quotes."
            )
    return rows


def frame_from(rows, resource, known_sources=None):
    """Return a typed DataFrame from a header and rows of text, checked cell by cell.

    `resource` is the table's entry in the data package; `known_sources` the ids that a source column may name.
    Raises DataError at the first cell that breaks the schema.
    """
    shown = f"data/{resource['path']}"
    columns = {}
    for position, field in enumerate(resource["schema"]["fields"]):
        cells = [row[position] for row in rows[1:]]
        columns[field["name"]] = _typed(cells, field, shown)
        if known_sources is not None and names_sources(field["name"]):
            _check_sources(cells, field["name"], known_sources, shown)
    frame = pd.DataFrame(columns)
    _check_key(rows, resource, shown)
    if "series" in resource:
        _check_series(frame, resource, shown)
    return frame


def _typed(cells, field, shown):
    """Return one column's cells as a pandas array, or raise DataError at the first that does not fit."""
    kind, known = field["type"], {}
    for number, cell in enumerate(cells, start=2):
        if cell not in known:
            known[cell] = _judged(cell, field, f"{shown}, row {number}, column '{field['name']}'")
    values = [known[cell] for cell in cells]
    gaps = None in known.values()
    return pd.array(
        values, dtype={"integer": "Int64" if gaps else "int64", "number": "float64", "boolean": object if gaps else bool}.get(kind, "str")
    )


def _judged(cell, field, where):
    """Return a cell's value, None for an empty cell that is not text, or raise DataError when the schema forbids it."""
    kind, rules = field["type"], field.get("constraints", {})
    if cell == "":
        if rules.get("required"):
            raise DataError(f"{where}: empty, but a value is required; fill it in or remove the row.")
        return "" if kind == "string" else None
    value = _convert(cell, kind)
    if value is None:
        raise DataError(f"{where}: '{cell}' is not {KINDS[kind]}; correct the cell.")
    allowed, low, high = rules.get("enum"), rules.get("minimum"), rules.get("maximum")
    if allowed and value not in allowed:
        raise DataError(f"{where}: '{cell}' is not one of the allowed words; {nearest(cell, allowed)}.")
    if (low is not None and value < low) or (high is not None and value > high):
        raise DataError(f"{where}: {cell} is outside {low} to {high}; check the unit, the sign and the year.")
    return value


KINDS = {
    "integer": "a whole number",
    "number": "a number (use a point, no thousands mark, no unit)",
    "boolean": "true or false",
    "date": "a date like 1960-07-18",
    "string": "text",
}


def _convert(cell, kind):
    """Return a cell as the schema's type, or None if it is not of that type."""
    if kind == "string":
        return cell if "\x00" not in cell and "\ufffd" not in cell else None
    if kind == "boolean":
        return TRUE_FALSE.get(cell)
    try:
        if kind == "integer":
            return int(cell)
        if kind == "number":
            number = float(cell)
            return number if number == number and abs(number) != float("inf") else None
        return cell if pd.Timestamp(cell) is not pd.NaT else None
    except (ValueError, OverflowError):
        return None


def _check_sources(cells, name, known, shown):
    for number, cell in enumerate(cells, start=2):
        for source in split_list(cell):
            if source not in known:
                raise DataError(
                    f"{shown}, row {number}, column '{name}': the source '{source}' is not in data/sources.csv; "
                    f"add it there first, or {nearest(source, known)}."
                )


def _check_key(rows, resource, shown):
    key = resource["schema"].get("primaryKey", [])
    places = [rows[0].index(column) for column in key]
    seen = {}
    for number, row in enumerate(rows[1:], start=2):
        value = tuple(row[place] for place in places)
        if key and value in seen:
            raise DataError(
                f"{shown}, row {number}: the same {', '.join(key)} as row {seen[value]} "
                f"({', '.join(v for v in value if v)}); remove one of them."
            )
        seen[value] = number


def _check_series(frame, resource, shown):
    """Check unit, range and years of every series of an observation table."""
    known = resource["series"]
    numbers = [column for column in ("value", "low", "high") if column in frame.columns]
    columns = [frame[column].tolist() for column in ("series", "unit", "year")]
    for number, (series, unit, year, *values) in enumerate(zip(*columns, *(frame[c].tolist() for c in numbers)), start=2):
        if series not in known:
            raise DataError(f"{shown}, row {number}, column 'series': '{series}' is unknown; {nearest(series, known)}.")
        rule = known[series]
        if unit != rule["unit"]:
            raise DataError(
                f"{shown}, row {number}, column 'unit': '{unit}' instead of '{rule['unit']}' for {series}; "
                "convert the value or correct the unit."
            )
        if "years" in rule and year is not pd.NA and not rule["years"][0] <= year <= rule["years"][1]:
            raise DataError(
                f"{shown}, row {number}, column 'year': {year} is outside {rule['years'][0]} to {rule['years'][1]} for {series}; "
                "check the year."
            )
        for column, value in zip(numbers, values):
            if value == value and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
                raise DataError(
                    f"{shown}, row {number}, column '{column}': {value:g} is outside {rule['minimum']} to {rule['maximum']} "
                    f"for {series}; check the decimal point, the sign and the unit."
                )
        low, high = (values[numbers.index(c)] if c in numbers else float("nan") for c in ("low", "high"))
        centre = values[0]
        if low > high or low > centre or centre > high:
            raise DataError(f"{shown}, row {number}: low, value and high are not in order ({low:g}, {centre:g}, {high:g}); correct them.")
