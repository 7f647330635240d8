"""Calibration: hand-worked points, a blind guess, three invented readers, odd files."""

import math
from fractions import Fraction

import pandas as pd
import pytest

from helpers import data
from helpers.common import VERDICTS
from helpers.desk import calibration


def kept(*entries):
    return {claim_id: {"verdict": verdict, "sure": sure} for claim_id, verdict, sure in entries}


@pytest.fixture
def ours(monkeypatch):
    """Set our verdicts, so that the tests do not hang on them."""
    words = dict(C02="supported", C08="imprecise", C16="contradicted", C23="unverifiable", C04="partly")
    frame = pd.DataFrame({"claim_id": list(words), "verdict": list(words.values())})
    monkeypatch.setattr(calibration.data, "load", lambda name: frame)
    return words


def test_right_means_the_same_word(ours):
    table = calibration.compared(kept(("C02", "supported", 90), ("C08", "partly", 70), ("C16", "supported", 100), ("C04", "imprecise", 60)))
    assert table["right"].tolist() == [True, False, False, False]
    assert table["close"].tolist() == [False, True, True, False]


def test_points_by_hand():
    """70 percent sure: six shares 0.7 and five times 0.06; the squared distances, against 30 of 36 for a blind guess."""
    blind = Fraction(30, 36)
    right = (1 - Fraction(7, 10)) ** 2 + 5 * Fraction(6, 100) ** 2
    wrong = Fraction(7, 10) ** 2 + (1 - Fraction(6, 100)) ** 2 + 4 * Fraction(6, 100) ** 2
    assert calibration.points(70, True) == pytest.approx(float(100 * (1 - right / blind)))
    assert calibration.points(70, False) == pytest.approx(float(100 * (1 - wrong / blind)))
    assert calibration.points(100, True) == 100 and calibration.points(100, False) == pytest.approx(-140)


def test_a_blind_guess_hits_17_of_100_and_gets_no_points(ours):
    assert round(calibration.BLIND) == 17
    for claim, ours_word in ours.items():
        tables = [calibration.compared(kept((claim, word, calibration.BLIND))) for word in VERDICTS]
        assert sum(table["right"].iloc[0] for table in tables) == 1, ours_word
        assert sum(map(calibration.mean_points, tables)) == pytest.approx(0, abs=1e-9)


def test_nobody_does_better_than_to_say_how_sure_they_are():
    for chance in (0.05, 0.17, 0.4, 0.7, 0.95):
        expected = {sure: chance * calibration.points(sure, True) + (1 - chance) * calibration.points(sure, False) for sure in range(101)}
        assert max(expected, key=expected.get) == round(100 * chance)


def test_groups_of_sureness_begin_at_nought(ours):
    table = calibration.by_sureness(
        calibration.compared(
            kept(("C02", "supported", 100), ("C04", "contradicted", 90), ("C16", "contradicted", 55), ("C23", "partly", 0))
        )
    )
    assert table["group"].tolist() == ["0-19", "40-59", "80-100"] and table["verdicts"].tolist() == [1, 1, 2]
    assert table["right"].tolist() == [0.0, 100.0, 50.0]


@pytest.mark.parametrize(
    "odd",
    [
        {"C02": None},
        {"C02": {"verdict": "true", "sure": 90}},
        {"C02": {"verdict": "supported", "sure": -1}},
        {"C02": {"verdict": "supported", "sure": 101}},
        {"C99": {"verdict": "supported", "sure": 90}},
        {"C02": {"verdict": "supported"}},
    ],
)
def test_odd_entries_are_left_out(odd):
    assert calibration.compared(odd).empty and math.isnan(calibration.mean_points(calibration.compared(odd)))
    assert "no verdicts kept yet" in calibration.in_words(calibration.compared(odd))


def test_words_name_the_gap_and_what_was_close(ours):
    sure_and_wrong = calibration.compared(kept(("C16", "supported", 95), ("C08", "partly", 95)))
    words = calibration.in_words(sure_and_wrong)
    assert "more often sure than right" in words and "say little" in words and "the same word: 1 (" in words


def test_three_invented_readers_show_what_the_points_are_for():
    """Careful knows much and knows it; overconfident says 94 and hits a third; always partly is honest about knowing little."""
    rows = data.load("invented_answers")
    readers = {name: calibration.compared(part.set_index("claim_id").to_dict("index")) for name, part in rows.groupby("reader")}
    assert set(readers) == {"careful", "overconfident", "always partly"} and all(len(table) == 30 for table in readers.values())
    points = {name: calibration.mean_points(table) for name, table in readers.items()}
    assert points["careful"] > points["always partly"] + 20 and points["always partly"] > 0 > points["overconfident"]
    groups = calibration.by_sureness(readers["careful"])
    gap = (groups["sure"] - groups["right"]).abs().max()
    assert gap < 15, "our verdicts have moved: change words of the careful reader until each group is about as often right as sure"
    partly = (data.load("claims")["verdict"] == "partly").mean() * 100
    assert readers["always partly"]["right"].mean() * 100 == pytest.approx(partly)
    assert "about as often right as sure" in calibration.in_words(readers["careful"])


def test_nothing_is_called_a_coin():
    told = " ".join(data.load("sentences")["text"])
    assert "coin" not in told and "50 (" not in told


def test_the_table_of_points_is_what_is_scored():
    table = calibration.point_table()
    assert table["how sure"].tolist()[0] == 17 and table.iloc[0, 1:].abs().max() == 0
    assert table["same word"].is_monotonic_increasing and table["another word"].is_monotonic_decreasing
