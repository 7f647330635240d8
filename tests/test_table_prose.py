"""Numbers in claims and source cards: each stands in a row of a source that the claim or the card names."""

import re
from collections import defaultdict
from functools import cache

import pandas as pd
import pytest

from helpers import data
from helpers.tools import prose

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SCALES = (1, 1e3, 1e-3, 1e6, 1e-6)  # thousands, millions
WRITTEN = {"claims", "questions", "question_keys", "captions", "glossary", "source_cards", "sources", "sentences", "lessons"}
NO_WITNESS = {"second_reading"}  # it repeats the values of other tables
NAMING = ("source_id", "source_id_2", "doc_id", "event_id", "study_id", "estimate_id")
BESIDE = {"Index", "source_ids", "document_ids", "lesson", "lessons"}  # columns that are no prose
REASONS = {  # what no row of a named source holds: (claim or card, number): why
    ("C06", "870"): "the CIA's 1,300 million dollars less its 430 for the economy",
    ("C11", "15.4"): "the sum of the first two years from July to June of wiki_sandbox_glf",
    ("C11", "29.5"): "the sum of its four years",
    **{("split-scores", number): "the scale of our scores" for number in "234"},
}


@cache
def rows_by_source():
    """Return {source: (values, numbers in its rows' words)} over all tables of rows; years and dates are no values."""
    found = defaultdict(lambda: (set(), set()))
    for name in data.table_names():
        frame = data.load(name) if name not in WRITTEN | NO_WITNESS else pd.DataFrame()
        naming = [column for column in NAMING if column in frame.columns]
        numeric = [c for c in frame.select_dtypes("number").columns if not c.startswith("year")]
        words = [c for c in frame.select_dtypes(exclude="number").columns if c not in naming and not re.search("date|public|url|^loc", c)]
        for row in frame.to_dict("records") if naming else []:
            for source in {row[column] for column in naming}:
                found[source][0].update(abs(float(row[column])) for column in numeric if not pd.isna(row[column]))
                texts = " ".join(str(row[column]) for column in words)
                found[source][1].update(number.rstrip(",").replace(",", "") for number in NUMBER.findall(texts))
    return found


def printed(text):
    """Return the numbers in figures that a text prints, dates and years left out."""
    return [number.lstrip("-−").replace(",", "") for number, _ in prose.quantities(text) if re.match(r"[-−]?\d", number)]


def stands(number, values, texts):
    """Return True when a printed number is one of some values, rounded as printed and in any scale, or stands in a text."""
    decimals = len(number.partition(".")[2])
    return number in texts or any(abs(round(value * scale, decimals) - float(number)) < 1e-9 for value in values for scale in SCALES)


def without_a_row(text, source_ids):
    """Return the numbers of a text that stand in no row of the sources named beside it or in it."""
    named = set(data.split_list(source_ids)) | set(re.findall(r"\w+", text))
    found = [rows for source, rows in rows_by_source().items() if source in named]
    values, texts = (set().union(*(rows[part] for rows in found)) for part in (0, 1))
    return [number for number in printed(text) if not stands(number, values, texts)]


def text_of(row):
    return " ".join(str(value) for name, value in row._asdict().items() if name not in BESIDE)


@pytest.mark.parametrize("table, key", [("claims", "claim_id"), ("source_cards", "card_id")])
def test_numbers_stand_in_rows_of_the_sources_named(table, key):
    rows = {getattr(row, key): row for row in data.load(table).itertuples()}
    found = {(name, number) for name, row in rows.items() for number in without_a_row(text_of(row), row.source_ids)}
    assert found == {(name, number) for name, number in REASONS if name in rows}


def test_planted_numbers_are_caught():
    row = data.load("claims", claim_id="C10").iloc[0]
    assert without_a_row("Some 61.7 million died, 1,234 missions, 2040 fled in 1960.", row.source_ids) == ["61.7", "1234", "2040"]
    caught = changed = 0
    for row in data.load("claims").itertuples():
        moved = [f"{float(number) * 1.1 + 1:.{len(number.partition('.')[2])}f}" for number in printed(text_of(row))]
        caught, changed = caught + len(without_a_row(" ; ".join(moved), row.source_ids)), changed + len(moved)
    assert caught > 0.7 * changed  # a tenth more and one: the rest are numbers of other rows of the same sources
