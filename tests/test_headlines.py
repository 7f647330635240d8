"""No title of a chart rests on a weak source alone, and no contested number stands in one alone, without the words of whose it is."""

import contextlib
import io
import re
from collections import namedtuple

import nbformat
import pandas as pd
import pytest
import rivals

from helpers import data
from helpers.figures import words
from helpers.tools.build import lessons

MEASURED = ("value", "low", "high", "central", "amount", "usd_million", "original_value")
SCALES = (1, 1000, 0.001, 1e6, 1e-6)  # thousands, millions
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
YEARS = range(1900, 2100)
NO_CONTEST = {"02-coops": "the other rows are other months, no other counts"}  # caption: why its numbers may stand alone


ONE = re.compile(r"\b[Oo]ne (?:weak )?(?:source|copy|paper|text|table)\b(?! per)|not new evidence|names no authority")
NOT_SAID = {  # charts of a single source that do not say so: add "One source." to their line of sources and take them out here
    # several sources are drawn; only one of them is loaded in the cell of the chart
    "02-output",
    "03-leap",
}
Told = namedtuple("Told", "caption title below loaded drawn")  # drawn: the tables that the chart's own cell loaded


def from_one_source(tables):
    """Return True when all values of some tables, [(name, frame)], come from one source."""
    return len({source for _, frame in tables if {"value", "source_id"} <= set(frame.columns) for source in frame["source_id"]}) == 1


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


def lone_numbers(words, tables):
    """Return the contested numbers of a title, shown with its subtitle and sources, that have no rival and no name beside them.

    words   the title, and the subtitle with the sources
    tables  [(name, frame)], what the lesson has loaded
    """
    title, below = words
    if rivals.WHOSE.search(title) or rivals.WHOSE.search(below):
        return []
    numbers, lone = numbers_of(title), []
    for number, decimals in numbers:
        for name, frame in tables:
            if not {"value", "source_id"} <= set(frame.columns):
                continue
            told = [any(round(value * scale, decimals) == number for scale in SCALES) for value in frame["value"].fillna(-1).astype(float)]
            for _, row in frame[told].iterrows():
                against = rivals.rivals(name, row)
                beside = {round(value * scale, other) for value in against.get("value", ()) for scale in SCALES for _, other in numbers}
                if len(against) and not beside & {other for other, _ in numbers}:
                    lone.append(number)
    return sorted(set(lone))


def titles_and_tables(path, monkeypatch):
    """Run a lesson's cells; return what its charts say and the tables behind them."""
    told, loaded, load, show, before = [], [], data.load, words.exhibit, 0

    def traced(name, **where):
        frame = load(name, **where)
        loaded.append((name, frame))
        return frame

    def exhibit(*given, **named):
        shown = show(*given, **named)
        texts = [shown.figure["layout"]["title"]["text"], shown.figure["layout"]["title"]["subtitle"]["text"] or ""]
        texts[1] += f" {shown.figure['layout']['annotations'][-1]['text']}"  # the line of sources
        texts[1] = texts[1].replace("<br>", " ")
        told.append(Told(given[1], *texts, list(loaded), loaded[before:]))
        return shown

    monkeypatch.setattr(data, "load", traced)
    monkeypatch.setattr("helpers.figures.exhibit", exhibit)
    monkeypatch.chdir(path.parent)
    room = {"__name__": "__main__", "display": lambda *shown, **options: None}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                before = len(loaded)
                exec(compile(cell.source, f"{path.name}, {cell.id}", "exec"), room)
    return told


@pytest.mark.doors
@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_no_headline_rests_on_grade_d(path, monkeypatch, answers_file):
    grades = data.load("sources").set_index("source_id")["grade"]
    told = titles_and_tables(path, monkeypatch)
    assert told
    frames = {one.title: [frame for _, frame in one.loaded] for one in told}
    assert {title: weak for title, loaded in frames.items() if (weak := resting_on_d(title, loaded, grades))} == {}
    contested = {one.title: lone_numbers((one.title, one.below), one.loaded) for one in told if one.caption not in NO_CONTEST}
    assert {title: lone for title, lone in contested.items() if lone} == {}
    single = {one.caption for one in told if from_one_source(one.drawn) and not ONE.search(one.below)}
    assert single == {caption for caption in NOT_SAID if caption.startswith(path.name[:2])}


def test_a_headline_on_grade_d_is_caught():
    frame = pd.DataFrame({"value": [4230.5, 17.0, 9.9], "source_id": ["blog", "blog", "yearbook"]})
    grades = {"blog": "D", "yearbook": "A"}
    assert resting_on_d("In 1958 they lent 4,230.5 million and 9.9 more", [frame], grades) == [4230.5]
    assert resting_on_d("Seventeen were 17 thousand", [frame.assign(value=frame["value"] * 1000)], grades) == [17.0]
    assert resting_on_d("17 plants", [frame, frame.assign(source_id="yearbook")], grades) == []


def test_a_contested_number_alone_in_a_headline_is_caught():
    rates = [("vital_rates", data.load("vital_rates", place="China", series="crude_death_rate", year=1960))]
    assert lone_numbers(("Deaths rose to 25.4 per 1000", "China, 1960"), rates) == [25.4]
    assert lone_numbers(("Deaths rose to between 25.4 and 44.6 per 1000", "China, 1960"), rates) == []
    assert lone_numbers(("Deaths rose to 25.4 per 1000", "China, 1960, by the register"), rates) == []


def test_a_chart_of_one_source_that_does_not_say_so_is_caught():
    one = [("industry", pd.DataFrame({"value": [1.0, 2.0], "source_id": ["a", "a"]})), ("events", pd.DataFrame({"source_id": ["b"]}))]
    assert from_one_source(one) and not from_one_source([("industry", one[0][1].assign(source_id=["a", "b"]))])
    assert ONE.search("Koval 1956. One source.") and not ONE.search("Koval 1956; Shen 2013")
