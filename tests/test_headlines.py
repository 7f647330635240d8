"""No title of a chart rests on a weak source alone: each number in it that stands in a row has a row of grade A, B or C."""

import contextlib
import io
import re

import nbformat
import pandas as pd
import pytest

from helpers import data
from helpers.figures import words
from helpers.tools.build import lessons

MEASURED = ("value", "low", "high", "central", "amount", "usd_million", "original_value")
SCALES = (1, 1000, 0.001, 1e6, 1e-6)  # thousands, millions
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
YEARS = range(1900, 2100)


def numbers_of(title):
    """Return the numbers of a title as (value, decimals); years are left out."""
    found = [text.replace(",", "") for text in NUMBER.findall(re.sub(r"<[^>]+>", " ", title))]
    parts = [(float(text), len(text.partition(".")[2])) for text in found]
    return [(value, decimals) for value, decimals in parts if decimals or value not in YEARS]


def measured(frame):
    """Return the numbers of a table's rows as (value, source id)."""
    columns = [column for column in MEASURED if column in frame.columns and pd.api.types.is_numeric_dtype(frame[column])]
    if "source_id" not in frame.columns:
        return []
    return [(float(value), source) for column in columns for value, source in zip(frame[column], frame["source_id"]) if value == value]


def resting_on_d(title, frames, grades):
    """Return the numbers of a title that stand in the tables a lesson has loaded, but only in rows of grade D."""
    rows, weak = [row for frame in frames for row in measured(frame)], []
    for number, decimals in numbers_of(title):
        found = {grades[source] for value, source in rows if any(round(value * scale, decimals) == number for scale in SCALES)}
        if found == {"D"}:
            weak.append(number)
    return weak


def titles_and_tables(path, monkeypatch):
    """Run a lesson's cells; yield each chart's title and the tables loaded up to it."""
    told, loaded, load, show = [], [], data.load, words.exhibit

    def traced(name, **where):
        frame = load(name, **where)
        loaded.append(frame)
        return frame

    def exhibit(*given, **named):
        shown = show(*given, **named)
        told.append((shown.figure["layout"]["title"]["text"], list(loaded)))
        return shown

    monkeypatch.setattr(data, "load", traced)
    monkeypatch.setattr("helpers.figures.exhibit", exhibit)
    monkeypatch.chdir(path.parent)
    room = {"__name__": "__main__", "display": lambda *shown, **options: None}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.name}, {cell.id}", "exec"), room)
    return told


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_no_headline_rests_on_grade_d(path, monkeypatch, answers_file):
    grades = data.load("sources").set_index("source_id")["grade"]
    told = titles_and_tables(path, monkeypatch)
    assert told
    assert {title: weak for title, frames in told if (weak := resting_on_d(title, frames, grades))} == {}


def test_a_headline_on_grade_d_is_caught():
    frame = pd.DataFrame({"value": [4230.5, 17.0, 9.9], "source_id": ["blog", "blog", "yearbook"]})
    grades = {"blog": "D", "yearbook": "A"}
    assert resting_on_d("In 1958 they lent 4,230.5 million and 9.9 more", [frame], grades) == [4230.5]
    assert resting_on_d("Seventeen were 17 thousand", [frame.assign(value=frame["value"] * 1000)], grades) == [17.0]
    assert resting_on_d("17 plants", [frame, frame.assign(source_id="yearbook")], grades) == []
