"""Load a table of `data/` by name: typed, checked against its schema, with a source on every value.

The schema is `data/datapackage.json` (a Frictionless Data Package). A table that was edited and no longer fits it
raises `DataError`, one sentence that names the file, the row, the column, what was expected and what to do. A table that
fits but is not the one that was sealed is loaded, with one sentence that says so.
"""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.common import ROOT
from helpers.schema import DataError, Resource, frame_from, names_sources, nearest, rows_and_numbers, split_list
from helpers.sentences import fixed

__all__ = [
    "DATA",
    "DataError",
    "as_csv",
    "describe",
    "frame_from",
    "is_sealed",
    "load",
    "names_sources",
    "nearest",
    "package",
    "read_rows",
    "seal_of",
    "source_ids",
    "split_list",
    "table_names",
    "version",
]
DATA = ROOT / "data"
_told: set[tuple] = set()  # the changed tables of which the reader has heard, as they were then


def package() -> dict[str, Any]:
    """Return the descriptor of the data package (`datapackage.json`) as a dictionary."""
    return _package(_stamp("datapackage.json"))


def version() -> str:
    """Return the version of the data, raised whenever a table is sealed again: "1.2.0"."""
    return package()["version"]


def table_names() -> list[str]:
    """Return the names of all tables, in the order of the data dictionary."""
    return [resource["name"] for resource in package()["resources"]]


def describe(name: str) -> Resource:
    """Return the schema entry of a table: title, description, fields, series, licence.

    Raises
    ------
    DataError
        With the nearest names when there is no such table.
    """
    for resource in package()["resources"]:
        if resource["name"] == name:
            return resource
    raise DataError(fixed("there_is_no_table", name=name, nearest=nearest(name, table_names())))


def load(name: str, **where: Any) -> pd.DataFrame:
    """Return the rows of a table as a DataFrame, typed and checked.

    Text columns hold "" where the table is empty, numbers NaN, whole numbers with gaps are pandas' Int64.

    Parameters
    ----------
    name : str
        The table's name, as in `data/README.md`.
    **where
        Keeps the rows whose columns have the given values: `load("vital_rates", place="China", variant="register")`;
        a list or range keeps several: `year=range(1957, 1963)`.

    Raises
    ------
    DataError
        For an unknown table, column or value (with the nearest names) and for a table that breaks its schema.
    """
    stamps = tuple(_stamp(file) for file in ("datapackage.json", describe("sources")["path"], describe(name)["path"]))
    asked = tuple((column, tuple(wanted) if isinstance(wanted, (list, set)) else wanted) for column, wanted in where.items())
    return _rows(name, stamps, asked).copy(deep=False)  # pandas copies on the first change


def source_ids(*frames: pd.DataFrame) -> list[str]:
    """Return the sorted ids of all sources that the rows of some DataFrames name."""
    found: set[str] = set()
    for frame in frames:
        for column in filter(names_sources, frame.columns):
            for cell in frame[column]:
                found.update(split_list(cell))
    return sorted(found)


def read_rows(path: Path, resource: Resource) -> list[list[str]]:
    """Return a CSV file as a list of lists of text, the header first; rows and columns of nothing are passed over.

    Raises
    ------
    DataError
        When the file is empty, not UTF-8, not separated by commas, lacks a column, has one too many, or a row has the
        wrong number of cells.
    """
    return rows_and_numbers(path.read_bytes(), resource)[0]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows of text as the course stores a table: UTF-8, commas, quotes only where needed, one kind of line end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def seal_of(content: bytes) -> str:
    """Return the seal of a table's content, as Frictionless writes it: "sha256:" and the digest."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def is_sealed(resource: Resource, content: bytes) -> bool:
    """Return whether a table is the one that was sealed: the same bytes, or the same cells saved by another program.

    A table whose entry in the package has no `hash` was never sealed, and nothing is wrong with it.
    """
    seal = resource.get("hash", "")
    return not seal or seal_of(content) == seal or seal_of(as_csv(rows_and_numbers(content, resource)[0])) == seal


def _stamp(file: str) -> tuple[Path, int, int, int]:
    """Return what tells whether a file has changed: its path, both its times and its size."""
    path = DATA / file
    try:
        found = path.stat()
    except OSError:
        raise DataError(fixed("the_file_data_is_missing_restore_it", file=file)) from None
    return path, found.st_mtime_ns, found.st_ctime_ns, found.st_size


@lru_cache(maxsize=4)
def _package(stamp: tuple) -> dict[str, Any]:
    return json.loads(stamp[0].read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def _rows(name: str, stamps: tuple, asked: tuple) -> pd.DataFrame:
    """Return the rows of a table that have the asked (column, value or values), in the file's order."""
    frame = _read_checked(name, stamps)
    places: Collection[int] = range(len(frame))
    for column, wanted in asked:
        if column not in frame.columns:
            raise DataError(fixed("the_table_of_data_has_no_column", name=name, column=column, nearest=nearest(column, frame.columns)))
        cells = frame[column].tolist()
        values = dict.fromkeys(wanted if isinstance(wanted, (tuple, range)) else [wanted])
        kept = [place for place in places if cells[place] in values]
        found = {cells[place] for place in kept}
        missing = [] if isinstance(wanted, range) else [value for value in values if value not in found]
        if missing:
            known = {cells[place] for place in places}
            raise DataError(
                fixed("the_table_has_no_in_these_rows", name=name, column=column, missing=missing[0], nearest=nearest(missing[0], known))
            )
        places = kept
    return frame.take(list(places)).reset_index(drop=True) if asked else frame


@lru_cache(maxsize=128)
def _read_checked(name: str, stamps: tuple) -> pd.DataFrame:
    """Return a whole table; `stamps` are those of the package, the sources and the table: a changed file is read again."""
    resource, content = describe(name), stamps[2][0].read_bytes()
    rows, numbers = rows_and_numbers(content, resource)
    frame = frame_from(rows, resource, None if name == "sources" else _known_sources(stamps[:2]), numbers)
    if not is_sealed(resource, content) and stamps[2] not in _told:
        _told.add(stamps[2])
        print(
            fixed("table_changed", path=resource["path"], version=version()),
            file=sys.stderr,
        )
    return frame


@lru_cache(maxsize=2)
def _known_sources(stamps: tuple) -> frozenset[str]:
    resource = describe("sources")
    rows, _ = rows_and_numbers(stamps[1][0].read_bytes(), resource)
    return frozenset(row[rows[0].index("source_id")] for row in rows[1:])
