"""Numbers in hints: each is bound to the data by a note, like those of the lessons; the notes stand in `hint_numbers.csv`.

A row has the notes of one hint, parted by semicolons, one for each number in the hint's order. The grammar is that of `keys`; a mere
number is a note only with its reason, `4 # the options a) to d)`.
"""

import csv
import re
from pathlib import Path

import pytest

from helpers import data
from helpers.tools import keys, prose

with open(Path(__file__).with_name("hint_numbers.csv"), encoding="utf-8", newline="") as file:
    NOTES = {(row["question_id"], row["hint"]): row["notes"].split("; ") for row in csv.DictReader(file)}
QUESTIONS = list(data.load("questions").itertuples())
HINTS = {(row.question_id, number): text for row in QUESTIONS for number, text in (("1", row.hint_1), ("2", row.hint_2)) if text}


def faults(hints, notes):
    """Return what is wrong with the numbers of some hints, a sentence each: one without a note, a note that gives another value."""
    found = [f"{key} has notes, but the hint is gone" for key in notes.keys() - hints.keys()]
    for key, text in hints.items():
        printed, own = prose.unbound(text), notes.get(key, [])
        if len(printed) != len(own):
            found.append(f"{key}: {len(printed)} numbers ({', '.join(printed)}) and {len(own)} notes")
        for number, note in zip(printed, own):
            found += [f"{key}, {number}: {fault}" for fault in _faults(number, note)]
    return found


def _faults(number, note):
    try:
        value = keys.worked_out(note)
    except prose.NoteError as problem:
        return [f"the note '{note}' cannot be read ({problem})"]
    if isinstance(value, str) or not prose.agrees(number, value):
        return [f"{note} gives {value}"]
    return [] if re.search(r"[a-z]\w*\(", note.partition("#")[0]) or note.partition("#")[2].strip() else ["a mere number needs its reason"]


def test_numbers_in_hints_are_bound_and_right():
    assert faults(HINTS, NOTES) == []


def test_dates_in_hints_stand_in_the_tables():
    counted = " ".join(data.load("deliveries_dprk")["note"])  # the day of the count: 1 January 1956
    unknown = {(key, day) for key, text in HINTS.items() for day in prose.unknown_dates(text) if day not in counted}
    assert unknown == set() and prose.unknown_dates("See 2 January 1956.") == ["2 January 1956"]  # planted


def test_most_notes_lead_to_the_data():
    counted = [note for notes in NOTES.values() for note in notes]
    assert sum("#" not in note for note in counted) > 0.6 * len(counted)


def test_every_planted_number_is_caught():
    """Each number in figures of each hint is changed by a tenth; words are changed to nineteen."""
    missed = []
    for key in NOTES:
        text = HINTS[key]
        for number in dict.fromkeys(prose.unbound(text)):
            decimals = len(number.partition(".")[2])
            figures = re.fullmatch(r"[-−]?[\d,.]+", number)
            other = f"{float(number.replace(',', '')) * 1.1 + 1:,.{decimals}f}" if figures else "nineteen"
            planted = re.sub(rf"(?<![\w.,]){re.escape(number)}(?![\w,]*\d)", other, text)
            missed += [] if planted != text and faults({key: planted}, {key: NOTES[key]}) else [(key, number)]
    assert missed == []


@pytest.mark.parametrize(
    ("hint", "notes", "words"),
    [
        ("Some 30 million died.", [], "1 numbers (30) and 0 notes"),
        ("44.6 less 18.2", ["vital_rates(China, crude_death_rate, banister, 1960)", "18.1 # of 1957"], "18.1 # of 1957 gives 18.1"),
        ("44.6", ["44.6"], "needs its reason"),
        ("44.6", ["vital_rates(China)"], "cannot be read"),
        ("44.6", ["largest(a=1, b=2)"], "gives b"),
        ("no number", ["4 # options"], "0 numbers () and 1 notes"),
    ],
)
def test_a_planted_defect_is_a_sentence(hint, notes, words):
    found = faults({("04-2", "1"): hint}, {("04-2", "1"): notes})
    assert len(found) == 1 and words in found[0]
    assert faults({}, {("04-2", "1"): notes}) == ["('04-2', '1') has notes, but the hint is gone"]
