"""The guard that ties numbers in the text to the data catches what it should, and lets years and ids pass."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.tools import prose

RATE = "<!-- = vital_rates(China, crude_death_rate, register, 1960) -->"


@pytest.mark.parametrize(
    "text",
    [
        "In 1960 and 1959-61, claims C10 and S4, document D022, lesson 04, exercise 04-1 on 18 July 1960.",
        "## 1. Did the register see it?",
        "Use `range(1959, 1962)` and see [the page](04_famine.ipynb#s2).",
        "Three patrons, two treaties, the 1950s.",
        f"The rate was 25.43{RATE} per thousand.",
        f"The rate was 25{RATE}.",
        f"It was 25.4{RATE} per 1000 people",
    ],
)
def test_bound_and_free_numbers_pass(text):
    assert prose.unbound(text) == [] and prose.wrong(text) == []


@pytest.mark.parametrize(
    "text, number",
    [
        ("About 30 million died.", "30"),
        ("The rate was 25.43 per cent.", "25.43"),
        ("Twenty-three envoys came.", "Twenty-three"),
        ("Four million left.", "Four"),
        ("Output doubled.", "doubled"),
        ("It fell by half.", "half"),
        ("1,390 experts left.", "1,390"),
        ("-4.57 per 1000", "-4.57"),
    ],
)
def test_planted_number_without_note_is_caught(text, number):
    assert number in prose.unbound(text)


def test_planted_counts_that_look_like_something_else_are_caught():
    planted = {
        "1950 people died, 2040 fled": ["1950", "2040"],  # years
        "15-45 million died": ["15", "45"],  # an exercise
        "they lost `77 million`": ["77"],  # code
        "77. million died": ["77"],  # a list
        "Nine died, seven fled; a dozen, hundreds of thousands": ["Nine", "seven", "dozen", "hundreds of thousands"],
        "two fifths of them": ["two fifths"],
        "on 33 March": ["33"],
    }
    assert {text: prose.unbound(text) for text in planted} == planted
    assert prose.unreasoned("99<!-- = 99 --> died, 12<!-- = 6 * 2 -->; 30<!-- = 30 # minutes of homework --> minutes") == ["99", "12"]


def test_a_phrase_frees_its_own_numbers_only():
    text = "Of nine credits nine<!-- = 9 --> were kept\nin nine years."
    assert prose.unbound(text, ["Of nine credits"]) == ["nine"]
    assert prose.unbound(text, ["Of nine credits", "kept in nine"]) == [] and prose.unreasoned(text, ["credits nine were"]) == []


def test_words_for_many_have_a_size():
    assert prose.agrees("hundreds of thousands", 350_000) and not prose.agrees("hundreds of thousands", 35_000)
    assert prose.agrees("two fifths", 0.41) and not prose.agrees("two fifths", 0.5) and prose.agrees("a dozen"[2:], 12)


@pytest.mark.parametrize(
    "text",
    [
        f"The rate was 25.44{RATE}.",
        f"The rate was 26{RATE}.",
        f"Deaths doubled{RATE}.",
        "<b>4</b><!-- = famine_deaths(cao).central -->",
        "12<!-- = famine_deaths(nobody) -->",
        "12<!-- = famine_deaths(China).central -->",
        "12<!-- = __import__('os').getpid() -->",
        "12<!-- = [1][0] -->",
        "99<!-- = said(D022, 99) -->",
        "12<!-- = 'x' * 3 -->",
        "12<!-- = open(x) -->",
    ],
)
def test_planted_wrong_number_is_caught(text):
    assert prose.wrong(text) != []


def test_each_number_has_its_own_note():
    assert prose.unbound(f"From 10.80 to 25.43{RATE}.") == ["10.80"]


def test_notes_count_and_compute():
    assert prose.evaluate("rows(famine_deaths, China)") == 32
    assert prose.evaluate("highest(vital_rates(China, crude_death_rate, banister))") == 44.6
    assert prose.evaluate(
        "vital_rates(China, crude_birth_rate, register, 1961) / vital_rates(China, crude_birth_rate, register, 1957)"
    ) == pytest.approx(0.53, abs=0.001)
    assert prose.evaluate("minutes(usual)", {"usual": 45}) == 45
    assert prose.evaluate("different(claims().verdict)") == 6 and prose.evaluate("listed(lessons('00').claims)") == 8
    assert prose.evaluate("days('1960-07-19', '1960-10-05')") == 78 and prose.evaluate("calendar_months('1956-02-25', '1956-09')") == 7
    assert prose.evaluate("written(weather_studies(meng_qian).place, 8)") == 8 and prose.evaluate("rows(party_alignments, 1961, -1)") == 5
    assert prose.evaluate("written(documents(D057).what_it_says, 2)") == 2  # in words


def test_planted_date_is_caught():
    assert prose.unknown_dates("The note of 18 July 1960 and the note of 19 July 1930.") == ["19 July 1930"]


def test_a_division_by_nought_is_a_sentence():
    assert "divides by nought" in prose.wrong("It rose 5<!-- = 10 / 0 --> times.")[0]


SLIPS = {
    "highest(5)": "highest takes one table|not allowed",
    "highest()": "highest takes one table",
    "highest(vital_rates(China).note)": "names no number",
    "lowest(vital_rates(nowhere))": "names no number",
    "total(vital_rates(China).nothing)": "names no number",
    "minutes()": "the lesson has no minutes",
    "excess(banister)": "names no number",
    "excess(nobody, 1957, 1959, 1961, register)": "nobody",
    "excess(register, 1957, 1959, 2061, register)": "There is no value for",
    "excess_counts()": "names no number",
    "normal(register, 1890, 1960)": "1890",
    "rows()": "names no number",
    "rows(no_table)": "no_table",
    "no_table(China)": "no_table",
    "said(D999, 3)": "D999",
    "written(weather_studies(meng_qian).place, 9)": "does not say 9",
    "written(weather_studies(meng_qian).place)": "a cell and a number",
    "written(weather_studies(China).place, 8)": "rows fit instead of one",
    "written(8, 8)": "not allowed",
    "days('1960-07-19', '1960-10-32')": "in no table",
    "days(1960, 1961)": "in no table",
    "different(claims().nothing)": "names no number",
    "listed(claims().year)": "names no number",
    "said(D022)": "names no number",
    "1e999": "names no number",
    "1e308 * 10": "names no number",
    "True": "not allowed",
    "3j": "not allowed",
    "x=1": "not an expression",
    "\0": "not an expression|names no number",
    "(" * 3000: "not an expression",
    "-" * 5000 + "1": "not an expression",
    "vital_rates(China, year=1960)": "not allowed",
    "": "not an expression",
}


def test_every_slip_in_a_note_is_refused_with_the_notes_own_error():
    """Whatever is wrong becomes a sentence of the note's own error, which the test of a lesson puts behind the cell's id."""
    for note, words in SLIPS.items():
        with pytest.raises(prose.NoteError, match=words):
            prose.evaluate(note)
        if note and "\0" not in note:
            assert len(prose.wrong(f"12<!-- = {note} -->")) == 1, note


WORDS_OF_NOTES = st.sampled_from(
    "rows highest lowest total different listed written days calendar_months minutes excess normal excess_counts said "
    "vital_rates famine_deaths documents China register 1960 0 -1 "
    "2.5 'x' ( ) ( ) , , .low .value .note + - * / = : [ ] None lambda".split()
)


@given(st.lists(WORDS_OF_NOTES, max_size=9).map(" ".join))
def test_no_other_error_leaves_a_note(note):
    with contextlib.suppress(prose.NoteError):
        assert isinstance(prose.evaluate(note, {"usual": 45}), float)
