"""Scores of events: the line by hand, the cap on texts, seeded re-scorings, errors that say what to do, and speed."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import common, data
from helpers.models import scores

LIMIT_SECONDS = 0.3


def events(rows):
    """Return a small table of scored events from (date, title, score)."""
    table = pd.DataFrame(rows, columns=["date", "title", "score"])
    table["event_id"] = table["date"] + "-x"
    table["when"] = table["date"].map(common.when)
    return table.assign(year=table["when"].astype(int))


@pytest.fixture(scope="module")
def warmth():
    return scores.scored("warmth", range(1953, 1970))


@pytest.mark.parametrize(
    "date, expected",
    [
        ("1961", 1961.5),
        ("1961-01-01", 1961 + 0.5 / 365),
        ("1960-12-31", 1961 - 0.5 / 366),
        ("1960-02-29", 1960 + 59.5 / 366),
        ("1961-01", 1961 + 15.5 / 365),
        ("1961-12", 1961 + 349.5 / 365),
    ],
)
def test_when_is_the_middle_of_what_is_known(date, expected):
    assert common.when(date) == pytest.approx(expected)


@pytest.mark.parametrize("date", ["spring 1962", "1962-13", "1962-02-30", "1962-01-01-01"])
def test_when_refuses_what_is_no_date(date):
    with pytest.raises(ValueError, match="is not a date"):
        common.when(date)


def test_days_come_in_the_order_of_the_calendar():
    days = [f"{day:%Y-%m-%d}" for day in pd.date_range("1959-12-25", "1961-01-05")]
    assert (np.diff([common.when(day) for day in days]) > 0).all()


def test_periods_follow_the_calendar():
    table = events([("1960-06-30", "a", 1), ("1960-07-01", "b", 1), ("1960-12-31", "c", 1), ("1961-01-01", "d", 1), ("1961", "e", 1)])
    assert np.diff(scores.periods(table, 6)).tolist() == [1, 0, 1, 1]
    assert np.diff(scores.periods(table, 12)).tolist() == [0, 0, 1, 0]
    assert np.diff(scores.periods(table, 1)).tolist() == [1, 5, 1, 6]


def test_line_worked_by_hand():
    table = events(
        [
            ("1960-01-05", "a", -1),
            ("1960-02-01", "b", -1),
            ("1960-03-01", "c", 2),
            ("1960-06-30", "d", -3),
            ("1960-07-01", "e", -1),
            ("1961-01-01", "f", 0),
            ("1961-02-01", "g", 1),
            ("1961-03-01", "h", 1),
        ]
    )
    halves = scores.periods(table, 6)
    assert scores.counted(table["score"], halves).tolist() == [0, 0, 2, -3, -1, 0, 1, 0]
    assert scores.running(table["score"], halves).tolist() == [0, 0, 2, -1, -2, -2, -1, -1]
    assert scores.running(table["score"]).tolist() == [-1, -2, 0, -3, -4, -4, -3, -2]
    assert scores.by_year(table["score"], table["year"], halves).loc[0].to_dict() == {1960: -2, 1961: 1}
    assert scores.by_year(table["score"], table["year"]).loc[0].to_dict() == {1960: -4, 1961: 2}


def test_a_year_without_events_adds_nothing():
    table = events([("1953-05", "a", 3), ("1956-02-25", "b", -1)])
    assert scores.by_year(table["score"], table["year"]).loc[0].to_dict() == {1953: 3, 1954: 0, 1955: 0, 1956: -1}


def test_ten_pamphlets_count_like_one():
    one = events([("1963-09-06", "a", -1)])
    ten = events([(f"1963-09-{day:02d}", f"t{day}", -1) for day in range(6, 16)])
    assert scores.running(one["score"], scores.periods(one))[-1] == scores.running(ten["score"], scores.periods(ten))[-1] == -1
    assert scores.running(ten["score"])[-1] == -10


@pytest.mark.parametrize("months", [0, 5, 7, 24, 6.0, True, "6"])
def test_periods_divide_a_year(months):
    with pytest.raises(ValueError, match="A period has"):
        scores.periods(events([("1960", "a", 1)]), months)


def test_counted_refuses_periods_that_do_not_fit():
    with pytest.raises(ValueError, match="one period per event"):
        scores.counted([1, 2], [1])
    with pytest.raises(ValueError, match="not in time order"):
        scores.counted([1, 2], [2, 1])


LISTS = st.lists(st.tuples(st.integers(-4, 4), st.integers(0, 9)), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(LISTS, st.randoms())
def test_a_period_adds_its_coldest_and_its_warmest_event(rows, random):
    rows = sorted(rows, key=lambda row: row[1])
    values, periods = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    adds = scores.counted(values, periods)
    for period in set(periods.tolist()):
        inside = values[periods == period]
        assert adds[periods == period].sum() == min(inside.min(), 0) + max(inside.max(), 0)
        assert np.count_nonzero(adds[periods == period]) <= 2
    shuffled = values.copy()
    for period in set(periods.tolist()):  # the order within a period does not matter for the total
        inside = shuffled[periods == period].tolist()
        random.shuffle(inside)
        shuffled[periods == period] = inside
    assert scores.running(shuffled, periods)[-1] == scores.running(values, periods)[-1]


@given(LISTS)
def test_a_copied_event_moves_only_the_line_that_counts_every_event(rows):
    rows = sorted(rows, key=lambda row: row[1])
    twice = [row for row in rows for _ in range(2)]
    for listed, factor in ((rows, 1), (twice, 2)):
        values, periods = np.array([row[0] for row in listed]), np.array([row[1] for row in listed])
        assert (
            scores.running(values, periods)[-1]
            == scores.running(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))[-1]
        )
        assert scores.running(values)[-1] == factor * sum(row[0] for row in rows)


def test_many_scorings_at_once_equal_one_by_one(warmth):
    tries, halves = scores.shaken(warmth["score"], draws=20), scores.periods(warmth)
    assert (scores.running(tries, halves) == np.array([scores.running(one, halves) for one in tries])).all()
    together = scores.by_year(tries, warmth["year"], halves)
    assert (together.loc[7].to_numpy() == scores.by_year(tries[7], warmth["year"], halves).loc[0].to_numpy()).all()
    assert (together.sum(axis=1).to_numpy() == scores.running(tries, halves)[:, -1]).all()


def test_shaken_is_seeded_even_and_on_the_scale(warmth):
    tries = scores.shaken(warmth["score"])
    assert tries.shape == (1000, len(warmth)) and (tries == scores.shaken(warmth["score"])).all()
    assert not (tries == scores.shaken(warmth["score"], seed=1)).all()
    assert tries.min() >= scores.WARMTH[0] and tries.max() <= scores.WARMTH[1]
    moves = tries - warmth["score"].to_numpy()
    assert set(np.unique(moves)) == {-1, 0, 1}
    inner = moves[:, warmth["score"].abs().to_numpy() < 4]
    assert abs(inner.mean()) < 0.02 and abs((inner == 1).mean() - 1 / 3) < 0.02
    assert moves[:, (warmth["score"] == -4).to_numpy()].min() == 0  # the end of the scale moves only inwards


def test_leaning_and_thinned():
    assert scores.leaning([-4, 0, 2], -1).tolist() == [-4, -1, 1]
    assert scores.leaning([-2, 2], 1, scores.CONDUCT).tolist() == [-1, 2]
    assert scores.thinned([1, 2, 3], 0, draws=5).tolist() == [[1, 2, 3]] * 5
    assert not scores.thinned([1, 2, 3], 1, draws=5).any()
    assert scores.thinned([1, 2, 3], 0.5).shape == scores.shaken([1, 2, 3]).shape == (1000, 3)
    assert abs((scores.thinned(np.ones(50, int), 1 / 3) == 0).mean() - 1 / 3) < 0.02
    with pytest.raises(ValueError, match="A share lies from 0 to 1"):
        scores.thinned([1], 1.5)


def test_rescored_changes_a_copy(warmth):
    title = "Soviet party publishes an open letter"
    mine = scores.rescored(warmth, {title: -4})
    assert mine.set_index("title").loc[title, "score"] == -4 and warmth.set_index("title").loc[title, "score"] == -1
    by_id = scores.rescored(warmth, {warmth["event_id"][0]: 0})
    assert by_id["score"][0] == 0 and scores.rescored(warmth, {}).equals(warmth)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"Soviet party publishes an open leter": -1}, "nearest .*open letter"),
        ({"Recall of Soviet experts notified": -5}, "whole number from -4 to 4"),
        ({"Recall of Soviet experts notified": 1.5}, "whole number"),
        ({"Recall of Soviet experts notified": True}, "whole number"),
        ({"Recall of Soviet experts notified": ...}, "whole number"),
    ],
)
def test_rescored_says_what_to_do(warmth, changes, words):
    with pytest.raises(ValueError, match=words):
        scores.rescored(warmth, changes)


def test_scored_events_of_the_course(warmth):
    assert list(warmth.columns) == scores.COLUMNS and warmth["when"].is_monotonic_increasing and not warmth["title"].duplicated().any()
    assert warmth["year"].between(1953, 1969).all() and warmth["score"].between(*scores.WARMTH).all()
    flight = warmth.set_index("title").loc["Mass flight from northern Xinjiang"]
    assert 1962.2 < flight["when"] < 1962.4  # spring, not the middle of the year
    for column in ("moscow", "beijing"):
        assert scores.scored(column, range(1949, 1976))["score"].between(*scores.CONDUCT).all()
    with pytest.raises(data.DataError, match="not a column of scores"):
        scores.scored("warm", range(1953, 1970))


def test_texts_never_score_below_minus_one_unless_they_break_something():
    """The scale's promise: printed words alone are -1 at worst, so a year of pamphlets cannot look like a year of deaths."""
    rows = data.load("events", theme="polemics")
    assert (rows["warmth"].dropna() >= -1).all()


def test_the_quarrels_of_1956_weigh_in_the_line(warmth):
    """Lesson 01 rests on them: the autumn of 1956 must fall, not rise."""
    listed = warmth.set_index("event_id")["score"]
    words = [
        day for day in ("1956-05-02", "1956-10-20", "1956-11-15") for name in listed.index if name.startswith(day) and listed[name] == -1
    ]
    assert len(words) == 3
    line = pd.Series(scores.running(warmth["score"], scores.periods(warmth)), warmth["date"])
    assert line["1956-12-29"] < line["1956-09-19"]


def test_the_message_of_lesson_05_holds(warmth):
    """Chance moves the peak sometimes, to 1954; Zhou's journey called friendly makes it nine of ten; a lean moves it always."""
    year, halves = warmth["year"], scores.periods(warmth)
    by_year = scores.by_year(warmth["score"], year, halves).cumsum(axis=1).loc[0]
    assert by_year.idxmax() == 1957 and by_year[1957] - by_year[1954] == 2 and by_year[1962] < 0

    def peaks(tried):
        line = scores.by_year(tried, year, halves).cumsum(axis=1)
        return line.idxmax(axis=1), line[1962] < 0

    for seed in (1969, 1, 2, 3):
        peak, gone = peaks(scores.shaken(warmth["score"], seed=seed))
        moved = peak[~peak.isin([1957, 1958])]
        assert 0.1 < len(moved) / len(peak) < 0.3 and (moved == 1954).mean() > 0.95 and gone.mean() > 0.95
        friendly = scores.rescored(warmth, {"Zhou tours Moscow, Warsaw and Budapest": 1})["score"]
        assert 0.88 < peaks(scores.shaken(friendly, seed=seed))[0].isin([1957, 1958]).mean() < 0.95
    for step, turn in ((-1, 1954), (1, 1965)):
        assert peaks(scores.leaning(warmth["score"], step))[0].tolist() == [turn]


def test_a_thousand_rescorings_take_no_time(warmth):
    began = time.perf_counter()
    tries = scores.shaken(warmth["score"])
    for how in (scores.periods(warmth), None):
        scores.by_year(tries, warmth["year"], how).cumsum(axis=1)
    assert time.perf_counter() - began < LIMIT_SECONDS
