"""The arithmetic of lesson 04: hand-worked cases, the totals of the literature, and properties that must hold."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import data
from helpers.common import ReaderError
from helpers.models import famine

RATES = pd.Series({1957: 10.0, 1958: 12.0, 1959: 15.0, 1960: 25.0, 1961: 14.0, 1962: 10.0})
PEOPLE = pd.Series({1957: 600.0, 1958: 610.0, 1959: 620.0, 1960: 610.0, 1961: 600.0, 1962: 610.0})
YEARS = [1959, 1960, 1961]

rates = st.lists(st.floats(0, 90), min_size=6, max_size=6).map(lambda values: pd.Series(values, index=RATES.index))
people = st.lists(st.floats(0, 2000), min_size=6, max_size=6).map(lambda values: pd.Series(values, index=RATES.index))


def test_deaths_by_hand():
    assert famine.deaths(25.0, 600.0) == 15.0  # 25 of 1000, of 600 million


def test_excess_by_hand():
    baseline = famine.baseline_mean(RATES, [1957], YEARS)
    excess = famine.excess_deaths(RATES, baseline, PEOPLE)
    assert excess.round(3).to_dict() == {1959: 3.1, 1960: 9.15, 1961: 2.4}  # 5 x 620, 15 x 610, 4 x 600 per 1000


def test_baselines_by_hand():
    assert famine.baseline_mean(RATES, [1957, 1958], [1960])[1960] == 11.0
    trend = famine.baseline_trend(RATES, [1957, 1958], [1959, 1960])
    assert trend.round(6).to_dict() == {1959: 14.0, 1960: 16.0}  # two more per year


def test_years_below_the_baseline_stay_negative():
    baseline = pd.Series(12.0, index=[1957])
    assert famine.excess_deaths(RATES, baseline, PEOPLE)[1957] == pytest.approx(-1.2)


def test_registration_by_hand():
    assert famine.corrected_rate(25.43, 43.0) == pytest.approx(44.6, abs=0.05)
    assert famine.missed_share(25.43, 44.6) == pytest.approx(43.0, abs=0.05)


def test_births_not_born_by_hand():
    births = pd.Series({1960: 20.0})
    assert famine.births_not_born(births, pd.Series({1960: 35.0}), PEOPLE)[1960] == pytest.approx(9.15)


def test_mid_year_is_the_mean_of_two_year_ends():
    assert famine.year_means(pd.Series({1959: 600.0, 1960: 610.0})).to_dict() == {1960: 605.0}


@pytest.mark.parametrize(
    "variant, baseline, first, last, population, million",
    [
        ("un2022", "around", 1959, 1961, "un2022", 16.40),
        ("un2024", "around", 1959, 1961, "un2024", 16.27),
        ("banister", 15.96, 1959, 1961, "register", 27.84),
        ("banister", 15.96, 1959, 1961, "un2022", 27.34),
        ("register", 1957, 1959, 1961, "register", 14.55),
        ("register", 1957, 1958, 1961, "register", 15.33),
    ],
)
def test_totals_of_the_literature(variant, baseline, first, last, population, million):
    assert famine.excess_of(variant, baseline, range(first, last + 1), population).sum() == pytest.approx(million, abs=0.01)


@pytest.mark.parametrize("variant, million", [("un2022", 16.74), ("un2024", 16.71)])
def test_totals_by_counted_deaths(variant, million):
    assert famine.excess_counts(variant) == pytest.approx(million, abs=0.01)


def test_yangs_baseline_is_the_one_in_the_table():
    assert famine.series("yang", "baseline_death_rate").tolist() == [15.96]
    above = famine.series("banister").loc[1959:1961] - 15.96
    assert above.sum() == pytest.approx(41.83, abs=0.1)


@given(people)
def test_no_excess_when_the_rate_is_the_baseline(population):
    baseline = RATES.loc[YEARS]
    assert (famine.excess_deaths(RATES, baseline, population) == 0).all()


@given(rates, people)
def test_years_add_up(rate, population):
    def total(years):
        return famine.excess_deaths(rate, famine.baseline_mean(rate, [1957], years), population).sum()

    assert total(YEARS) == pytest.approx(sum(total([year]) for year in YEARS), abs=1e-9)


@given(rates, people, st.floats(0, 10))
def test_excess_scales_with_population(rate, population, factor):
    baseline = famine.baseline_mean(rate, [1957, 1962], YEARS)
    once = famine.excess_deaths(rate, baseline, population).sum()
    assert famine.excess_deaths(rate, baseline, population * factor).sum() == pytest.approx(once * factor, abs=1e-6)


@given(rates, st.floats(0, 99))
def test_correction_and_missed_share_undo_each_other(rate, missed):
    corrected = famine.corrected_rate(rate, missed)
    assert (corrected >= rate - 1e-9).all()
    known = rate[rate > 0.01]
    assert famine.missed_share(known, famine.corrected_rate(known, missed)).round(6).eq(round(missed, 6)).all() or known.empty


@settings(max_examples=30)
@given(st.floats(max_value=-1e-6, allow_nan=False, allow_infinity=False))
def test_no_negative_population_or_rate(negative):
    with pytest.raises(ValueError, match="population cannot be negative"):
        famine.deaths(10.0, negative)
    with pytest.raises(ValueError, match="rate cannot be negative"):
        famine.deaths(negative, 10.0)


def test_missing_years_are_named():
    with pytest.raises(ValueError, match="no value for 1970: this series has 1957 to 1962"):
        famine.baseline_mean(RATES, [1970], YEARS)
    with pytest.raises(ValueError, match="two or more baseline years"):
        famine.baseline_trend(RATES, [1957], YEARS)
    with pytest.raises(ValueError, match="from 0 to below 100"):
        famine.corrected_rate(10.0, 100)


def test_a_baseline_that_falls_below_zero_says_so_itself():
    """The reader gave no rate: the line of 1954-57, run on far enough, is below zero in 1965 or before."""
    with pytest.raises(ReaderError, match="baseline falls below zero in 19"):
        famine.excess_of("coale", "trend", range(1955, 1980), "un2024")


def test_a_baseline_without_a_name_and_a_population_without_a_count_are_refused():
    with pytest.raises(ReaderError, match="'trned' is no baseline"):
        famine.excess_of("register", "trned", range(1959, 1962), "register")
    with pytest.raises(data.DataError, match="maddison2020"):
        famine.population_of("maddison")
    assert famine.population_of("maddison2020").loc[1960] > 600
