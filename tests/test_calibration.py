"""Calibration: hand-worked scores, families of verdicts, odd files."""

import math

import pytest

from helpers.desk import calibration


def kept(*entries):
    return {claim_id: {"verdict": verdict, "sure": sure} for claim_id, verdict, sure in entries}


def test_right_means_the_same_family():
    table = calibration.compared(kept(("C02", "supported", 90), ("C08", "partly", 70), ("C16", "supported", 100), ("C23", "contested", 60)))
    assert table["right"].tolist() == [True, True, False, True]
    assert table["same_word"].tolist() == [True, False, False, False]


def test_brier_by_hand():
    table = calibration.compared(kept(("C02", "supported", 90), ("C16", "supported", 100)))
    assert calibration.brier(table) == pytest.approx((0.1**2 + 1**2) / 2)
    assert math.isnan(calibration.brier(calibration.compared({})))


def test_a_coin_scores_a_quarter():
    table = calibration.compared(kept(("C02", "supported", 50), ("C16", "supported", 50)))
    assert calibration.brier(table) == pytest.approx(calibration.COIN)


def test_groups_of_sureness():
    table = calibration.by_sureness(
        calibration.compared(kept(("C02", "supported", 100), ("C04", "contradicted", 90), ("C16", "contradicted", 55)))
    )
    assert (
        table["group"].tolist() == ["50-59", "90-100"] and table["verdicts"].tolist() == [1, 2] and table["right"].tolist() == [100.0, 50.0]
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"C02": None},
        {"C02": {"verdict": "true", "sure": 90}},
        {"C02": {"verdict": "supported", "sure": 12}},
        {"C99": {"verdict": "supported", "sure": 90}},
        {"C02": {"verdict": "supported"}},
    ],
)
def test_odd_entries_are_left_out(odd):
    assert calibration.compared(odd).empty
    assert "no verdicts kept yet" in calibration.in_words(calibration.compared(odd))


def test_words_name_the_gap():
    sure_and_wrong = calibration.compared(kept(("C16", "supported", 95), ("C23", "supported", 95)))
    assert "more often sure than right" in calibration.in_words(sure_and_wrong) and "say little" in calibration.in_words(sure_and_wrong)
