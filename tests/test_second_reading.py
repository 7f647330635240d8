"""The rows that were drawn by lot and read a second time are those of the draw, and are as they were read."""

from collections import Counter

import checks
import pytest
import second_reading

from helpers import data

GROWN = 2  # rows: when a table has grown or shrunk by more than that, draw anew


@pytest.fixture(scope="module")
def rows():
    return {name: second_reading.keyed(name) for name in second_reading.tables_of_figures()}


def test_every_row_that_was_read_stands_as_it_was_read(rows):
    assert checks.readings_are_current(data.load("second_reading"), rows) == []


def test_same_is_said_only_of_the_same_number(rows):
    assert checks.same_means_same(data.load("second_reading"), rows) == []


def test_the_sample_is_the_one_that_the_seed_draws():
    """Fails when a new row has one of the lowest lots: read it a second time and put it in the place of the row that fell out."""
    read = data.load("second_reading")
    assert list(zip(read["table"], read["row"])) == second_reading.sample(Counter(read["table"]))
    assert len(read) == second_reading.SIZE


def test_another_seed_draws_other_rows():
    keys = second_reading.keyed("grain")
    drawn = second_reading.drawn("grain", keys, 8)
    assert drawn == second_reading.drawn("grain", reversed(keys), 8) != second_reading.drawn("grain", keys, 8, seed=1)


def test_every_table_of_figures_is_in_the_sample_by_its_size():
    assert second_reading.shares({"large": 989, "small": 1, "middle": 10}, 100) == {"large": 98, "small": 1, "middle": 1}
    number = Counter(data.load("second_reading")["table"])
    due = second_reading.shares({name: len(second_reading.keyed(name)) for name in second_reading.tables_of_figures()})
    assert number.keys() == due.keys() and all(abs(number[name] - due[name]) <= GROWN for name in due)


def changed(rows, table, key, **cells):
    return {**rows, table: {**rows[table], key: {**rows[table][key], **cells}}}


def test_a_value_changed_without_a_new_reading_is_caught(rows):
    read = data.load("second_reading")
    for row in read.itertuples():
        planted = changed(rows, row.table, row.row, value="9.99", low="", high="")
        (sentence,) = checks.readings_are_current(read, planted)
        assert f"{row.row}: {row.value} was read a second time, the table has “9.99”" in sentence


def test_a_row_that_vanished_is_caught(rows):
    read = data.load("second_reading")
    gone = read.iloc[0]
    without = {**rows, gone["table"]: {key: row for key, row in rows[gone["table"]].items() if key != gone["row"]}}
    (sentence,) = checks.readings_are_current(read, without)
    assert f"the row '{gone['row']}' is gone from {gone['table']}" in sentence


def test_a_value_and_its_reading_changed_together_are_caught(rows):
    """The number that was seen still tells."""
    read = data.load("second_reading")
    row = read[(read["result"] == "same") & (read["seen"] != "“0”")].iloc[0]
    read.loc[row.name, "value"] = "“41.7”"
    planted = changed(rows, row["table"], row["row"], value="41.7", original_value="")
    assert checks.readings_are_current(read, planted) == []
    assert "which is not “41.7”" in checks.same_means_same(read, planted)[0]


@pytest.mark.parametrize(
    "result, seen, where", [("same", "", "a page"), ("differs", "“5”", ""), ("dossier only", "“5”", ""), ("not reachable", "", "a page")]
)
def test_a_reading_that_does_not_say_what_it_saw_is_caught(result, seen, where):
    planted = data.load("second_reading").head(1).assign(result=result, seen=seen, where=where)
    assert "does not go with what was seen" in checks.readings_are_told(planted)[0]


@pytest.mark.parametrize(
    "ours, seen, same",
    [
        ("69.02", "69.0211", True),
        ("62.05", "62", True),
        ("0.345722", "345,722 persons", True),
        ("1.03", "103.1 (10,000 tonnes)", True),
        ("-1.7907", "-1.790716", True),
        ("0", "0", True),
        ("69.02", "69.2", False),
        ("60", "1", False),
        ("13", "14", False),
        ("13", "none", False),
    ],
)
def test_two_printed_numbers_are_compared_as_they_are_rounded(ours, seen, same):
    assert checks.same_number(ours, seen) is same
