"""The harvest model of lesson 03: cases worked by hand, the figures of 1958, and properties that must hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import data
from helpers.models import reporting

harvests = st.floats(0.001, 1000)
pressures = st.floats(0, 1)
levels = st.integers(0, reporting.MOST_LEVELS)
shares = st.floats(0, 1)


def grain(series, variant, year):
    """Return one figure for China's grain from the data (Mt)."""
    return float(data.load("grain", place="China", series=series, variant=variant, year=year)["value"].iloc[0])


def test_reports_by_hand():
    assert reporting.reports(100, 0.5, 2) == (100, 150, 225)
    assert reporting.reports(100, 1, 3) == (100, 200, 400, 800)
    assert reporting.reports(100, 0.5, 0) == (100,)


def test_run_by_hand():
    outcome = reporting.run(100, 0.5, 2, 0.2)
    assert (outcome.claimed, outcome.ratio) == (225, 2.25)
    assert outcome[1:] == (45, 45, 0, 55)  # a fifth of 225 is asked for and taken; 55 of the 100 stay
    assert outcome.share_taken == 0.45


def test_a_demand_above_the_harvest_takes_all_and_leaves_an_unmet_rest():
    outcome = reporting.run(100, 1, 3, 0.25)
    assert (outcome.demanded, outcome.procured, outcome.unmet, outcome.left) == (200, 100, 100, 0)
    assert outcome.share_taken == 1


def test_pressure_by_hand():
    assert reporting.pressure_for(4, 2) == pytest.approx(1)
    assert reporting.pressure_for(1, 5) == 0
    assert reporting.pressure_for(1.875, 5) == pytest.approx(0.134, abs=0.0005)


def test_the_baseline_gives_the_ratio_of_1958_within_the_stated_tolerance():
    ratio = reporting.run(200).ratio
    claimed = grain("grain_output_claimed", "central_committee", 1958)
    for later in ("older_official", "series_now_in_use"):
        assert reporting.agrees(ratio, claimed / grain("grain_output", later, 1958))
    # the other figure, made by departments of the provinces' reports, is another matter and must not pass for a fit
    assert not reporting.agrees(ratio, grain("grain_output_claimed", "departments_1958", 1958) / 200)


def test_the_second_half_of_the_model_does_not_fit_1958():
    """The lesson says so; if the data change and this fails, the lesson must be rewritten."""
    taken = 100 * reporting.run(grain("grain_output", "older_official", 1958)).share_taken
    seen = grain("procurement_share_of_output", "lin_and_yang", 1958)
    assert taken - seen > 10


def test_names_of_offices():
    assert reporting.office_names(5) == list(reporting.OFFICES)
    assert reporting.office_names(2) == ["office 1", "office 2"]
    assert reporting.office_names(0) == []


def test_every_bar_of_the_chart_has_one_entry_and_the_grain_stands_in_the_first():
    outcome = reporting.run(200, 0.135, 5, 0.20)
    columns = reporting.bars_of(outcome)
    assert {len(column) for column in columns.values()} == {6}
    assert columns["taken"][0] + columns["left"][0] == pytest.approx(200)
    assert columns["on paper"] == [None, *outcome.reports[1:]]


@given(harvests, levels, shares)
def test_no_inflation_without_pressure(harvest, number, share):
    outcome = reporting.run(harvest, 0, number, share)
    assert set(outcome.reports) == {harvest} and outcome.ratio == 1
    assert outcome.procured == harvest * share and outcome.unmet == 0


@given(harvests, pressures, levels)
def test_no_office_lowers_a_figure(harvest, pressure, number):
    figures = reporting.reports(harvest, pressure, number)
    assert len(figures) == number + 1 and figures[0] == harvest
    assert list(figures) == sorted(figures)


@given(harvests, pressures, pressures, levels, shares)
def test_more_pressure_never_lowers_the_claim_or_what_is_taken(harvest, one, other, number, share):
    less, more = (reporting.run(harvest, pressure, number, share) for pressure in sorted((one, other)))
    assert less.claimed <= more.claimed and less.procured <= more.procured
    assert less.unmet <= more.unmet and less.left >= more.left


@given(harvests, pressures, levels, levels, shares)
def test_more_offices_never_lower_the_claim_or_what_is_taken(harvest, pressure, one, other, share):
    less, more = (reporting.run(harvest, pressure, number, share) for number in sorted((one, other)))
    assert less.claimed <= more.claimed and less.procured <= more.procured and less.left >= more.left


@given(harvests, st.floats(0.01, 1), st.integers(0, reporting.MOST_LEVELS - 1))
def test_under_pressure_every_further_office_adds(harvest, pressure, number):
    assert reporting.reports(harvest, pressure, number)[-1] < reporting.reports(harvest, pressure, number + 1)[-1]


@given(harvests, pressures, levels, shares)
def test_grain_is_conserved(harvest, pressure, number, share):
    outcome = reporting.run(harvest, pressure, number, share)
    assert outcome.procured + outcome.left == pytest.approx(harvest, rel=1e-12)
    assert outcome.procured + outcome.unmet == pytest.approx(outcome.demanded, rel=1e-12)
    assert 0 <= outcome.procured <= harvest and outcome.left >= 0 and outcome.unmet >= 0
    assert outcome.unmet == 0 or outcome.left == 0  # an order stays unmet only when nothing is left


@given(harvests, pressures, levels, st.floats(0.01, 100))
def test_the_ratio_does_not_depend_on_the_size_of_the_harvest(harvest, pressure, number, factor):
    assert reporting.run(harvest * factor, pressure, number).ratio == pytest.approx(
        reporting.run(harvest, pressure, number).ratio, rel=1e-9
    )


@given(pressures, st.integers(1, reporting.MOST_LEVELS))
def test_pressure_for_undoes_the_reports(pressure, number):
    assert reporting.pressure_for(reporting.reports(1.0, pressure, number)[-1], number) == pytest.approx(pressure, abs=1e-9)


@pytest.mark.parametrize(
    "parameters, words",
    [
        ((0, 0.1, 5, 0.2), "A harvest is a number of million tonnes above 0"),
        ((-1, 0.1, 5, 0.2), "A harvest"),
        (("200", 0.1, 5, 0.2), "this is '200'"),
        ((float("nan"), 0.1, 5, 0.2), "A harvest"),
        ((200, -0.1, 5, 0.2), "Pressure is a share from 0 to 1"),
        ((200, 13.5, 5, 0.2), "this is 13.5"),
        ((200, 0.1, 2.5, 0.2), "Levels are a whole number"),
        ((200, 0.1, -1, 0.2), "Levels"),
        ((200, 0.1, 13, 0.2), "from 0 to 12"),
        ((200, 0.1, True, 0.2), "Levels"),
        ((200, 0.1, 5, 1.2), "The share is from 0 to 1"),
        ((200, 0.1, 5, None), "The share"),
    ],
)
def test_parameters_out_of_range_are_named(parameters, words):
    with pytest.raises(ValueError, match=words):
        reporting.run(*parameters)


def test_pressure_for_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="The ratio is 1 or more"):
        reporting.pressure_for(0.9, 5)
    with pytest.raises(ValueError, match="Without an office"):
        reporting.pressure_for(2, 0)
