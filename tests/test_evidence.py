"""Words and their evidence, lesson 07: hand-made cases, the facts of the real tables, and properties that must hold."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import common, data
from helpers.desk import pieces, screen
from helpers.models import evidence

SILENT = {**dict.fromkeys(evidence.VERBS, "silent"), "speaker_interest": "", "what_it_says": "Words."}
PIECES = pd.DataFrame(
    [
        {"evidence_id": "A", "row_type": "evidence", "date": "1962-11-14", "speaker": "an envoy", **SILENT, "cut": "contradicts"},
        {
            "evidence_id": "B",
            "row_type": "evidence",
            "date": "1963",
            "speaker": "a scholar",
            **SILENT,
            "cut": "contradicts",
            "squeezed": "supports",
        },
        {"evidence_id": "C", "row_type": "gap", "date": "", "speaker": "nobody", **SILENT},
    ]
)
TEXTS = pd.DataFrame(
    [
        {
            "evidence_id": "T1",
            "row_type": "text seen",
            "date": "1967",
            "issuing_group": "a paper",
            "origin_id": "O1",
            "contains_fat": "yes",
            "what_it_says": "x.",
        },
        {
            "evidence_id": "T2",
            "row_type": "text seen",
            "date": "1967",
            "issuing_group": "its copy",
            "origin_id": "O1",
            "contains_fat": "yes",
            "what_it_says": "x.",
        },
        {
            "evidence_id": "T3",
            "row_type": "text seen",
            "date": "1967",
            "issuing_group": "perhaps a copy",
            "origin_id": "O1?",
            "contains_fat": "yes",
            "what_it_says": "x.",
        },
        {
            "evidence_id": "T4",
            "row_type": "later retelling",
            "date": "",
            "issuing_group": "a page",
            "origin_id": "L1",
            "contains_fat": "yes",
            "what_it_says": "x.",
        },
        {
            "evidence_id": "T5",
            "row_type": evidence.NOT_FOUND,
            "date": "",
            "issuing_group": "anybody",
            "origin_id": "",
            "contains_fat": "not seen",
            "what_it_says": "The original.",
        },
    ]
)
readings = st.dictionaries(
    st.sampled_from(["A", "B"]), st.dictionaries(st.sampled_from(evidence.VERBS), st.sampled_from(evidence.READINGS))
)


def test_a_verb_and_its_contradictions():
    assert evidence.against(PIECES, "cut")["evidence_id"].tolist() == ["A", "B"]
    assert evidence.in_favour(PIECES, "squeezed")["evidence_id"].tolist() == ["B"]
    assert evidence.against(PIECES, "refused").empty


def test_gaps_are_no_evidence():
    assert evidence.gaps(PIECES)["evidence_id"].tolist() == ["C"]
    assert evidence.tally(PIECES).loc["cut"].to_dict() == {"supports": 0, "contradicts": 2, "silent": 0}


def test_a_changed_reading_changes_the_tally_and_nothing_else():
    before = PIECES.copy(deep=True)
    changed = evidence.rescored(PIECES, {"A": {"cut": "silent"}})
    assert evidence.tally(changed).loc["cut", "contradicts"] == 1
    pd.testing.assert_frame_equal(PIECES, before)
    pd.testing.assert_frame_equal(changed.drop(columns="cut"), PIECES.drop(columns="cut"))


@given(readings)
def test_every_piece_is_counted_once(changes):
    tally = evidence.tally(evidence.rescored(PIECES, changes))
    assert (tally.sum(axis=1) == 2).all()


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        (lambda: evidence.against(PIECES, "slashed"), "not one of the five verbs"),
        (lambda: evidence.rescored(PIECES, {"A": {"slashed": "silent"}}), "not one of the five verbs"),
        (lambda: evidence.rescored(PIECES, {"Z9": {"cut": "silent"}}), "no piece of evidence 'Z9'"),
        (lambda: evidence.rescored(PIECES, {"A": {"cut": "maybe"}}), "choose supports, contradicts or silent"),
    ],
)
def test_a_wrong_word_gets_a_sentence(wrong, sentence):
    with pytest.raises(data.DataError, match=sentence):
        wrong()


def test_copies_count_once():
    assert evidence.origins(TEXTS, "contains_fat") == ["O1"]
    assert evidence.origins(TEXTS, "contains_fat", row_type=None) == ["L1", "O1"]


def test_grid_says_what_was_not_found():
    grid = evidence.grid(TEXTS, ["contains_fat"], "yes")
    assert grid["'fat'"].tolist() == ["yes"] * 4 + [evidence.NOT_FOUND]
    assert grid["cells with 'yes'"].tolist() == [1, 1, 1, 1, 0]
    assert grid["evidence"].tolist()[3:] == ["T4 A page, undated (L1)", "The original"]


@pytest.mark.parametrize(
    "date, year", [("1962-01-01", 1962.0014), ("1962-11-14", 1962.8699), ("1962-07", 1962.538), ("1964", 1964.5), ("1964-12-31", 1964.9986)]
)
def test_dates_as_decimal_years(date, year):
    assert common.when(date) == pytest.approx(year, abs=0.001)


@given(st.dates(min_value=pd.Timestamp("1945-01-01").date(), max_value=pd.Timestamp("2025-12-31").date()))
def test_a_day_stays_in_its_year(day):
    assert day.year < common.when(day.isoformat()) < day.year + 1


def test_no_date_is_no_number():
    assert common.when("") != common.when("")


def test_the_page_loses_its_verb():
    """'Cut off' is contradicted most often; 'cut' leads; the one denial of 'squeezed' is the Soviet ambassador's."""
    verbs = data.load("verbs_evidence")
    tally = evidence.tally(verbs)
    assert tally["contradicts"].idxmax() == "cut_off" and tally["supports"].max() == 8
    assert tally.loc["cut_off", ["supports", "contradicts"]].tolist() == [3, 2]  # C20 and a caption say so in words
    assert tally.loc["cut", ["supports", "contradicts"]].tolist() == [8, 0]
    assert tally.loc["suspended", ["supports", "contradicts"]].tolist() == [4, 0]
    assert tally.loc["squeezed", ["supports", "contradicts"]].tolist() == [2, 1]
    assert evidence.against(verbs, "squeezed")["speaker"].tolist() == ["Soviet ambassador Moskovsky"]
    assert (verbs["row_type"] == "evidence").sum() == tally.sum(axis=1).iloc[0]


def test_the_answer_in_the_exercise_is_the_tables():
    verbs = data.load("verbs_evidence")
    changed = evidence.rescored(verbs, {"VB19": {"cut_off": "silent"}})
    assert float(data.load("questions", question_id="07-8")["answer"].iloc[0]) == len(evidence.against(changed, "cut off"))


def test_the_insult():
    """Two separate texts of 1967 say revisionist; none of the time says fat, none names Mao's wife."""
    insult = data.load("insult_evidence")
    assert evidence.origins(insult, "contains_revisionist") == ["O2", "O3"]
    assert evidence.origins(insult, "contains_fat") == [] and evidence.origins(insult, "names_jiang_qing") == []
    assert set(insult.loc[insult["contains_fat"] == "yes", "date"]) == {""}


def test_who_names_no_terms_of_moscow_is_silent_on_squeezed():
    """The East German ministry (VB14) says that Koreans reduced ties, a US handbook (VB18) that aid fell; no word on terms."""
    verbs = data.load("verbs_evidence").set_index("evidence_id")
    assert (verbs.loc[["VB14", "VB18"], "squeezed"] == "silent").all()


def test_trade_does_not_answer_for_aid():
    """The table of verbs lets only aid speak for or against "cut off" and "suspended", and only a request and a no for "refused"."""
    verbs = data.load("verbs_evidence").set_index("evidence_id")
    assert (verbs.loc[["VB09", "VB10", "VB14", "VB24"], ["cut_off", "suspended"]] == "silent").all(axis=None)
    assert (verbs["refused"] == "silent").all()


def test_no_longer_as_asked_is_neither_an_end_nor_less():
    """Pimenov (VB07) says on what terms aid may be given, not whether any goes on; a text that says suspended (VB21) is not for it."""
    verbs = data.load("verbs_evidence").set_index("evidence_id")
    assert (verbs.loc["VB07", ["cut_off", "cut", "suspended"]] == "silent").all() and verbs.at["VB07", "squeezed"] == "supports"
    assert verbs.loc["VB21", ["cut_off", "suspended"]].tolist() == ["silent", "supports"]


def test_a_piece_from_another_time_speaks_for_no_verb():
    """VB01 and VB20 are too early, VB13 too late, and VB16 names no year of it; an undated piece on 1962-65 is marked so."""
    verbs = data.load("verbs_evidence").set_index("evidence_id")
    assert (verbs.loc[["VB01", "VB13", "VB16", "VB20"], list(evidence.VERBS)] == "silent").all(axis=None)


@pytest.fixture
def shown(monkeypatch):
    """Return the list of Markdown texts that the functions of the module display."""
    texts = []
    monkeypatch.setattr(screen, "display", lambda markdown: texts.append(markdown.data))
    return texts


def test_text_from_the_data_stays_text(shown):
    pieces.show_pieces(pd.DataFrame([{"evidence_id": "A", "note": "<b>a|b</b>"}]), "note")
    assert "&lt;b&gt;a|b&lt;/b&gt;" in shown[0] and "<b>" not in shown[0]


def test_every_column_of_a_piece_has_a_heading_of_its_own(shown):
    pieces.show_pieces(data.load("verbs_evidence"))
    assert screen.words(shown[0]).startswith("piece | date | who | what they want | how it reached us | what it says | remark")


def test_the_student_sees_what_contradicts_the_verb(shown):
    pieces.try_verb(PIECES, "cut")
    assert "contradict this: **2**" in shown[0] and "support it: **0**" in shown[0]
    assert shown[1].count("<tr>") == 3  # the heading, two pieces
    assert "what they want" in shown[1] and "what it says" in shown[1]
    assert "No piece of evidence" in shown[2]
    pieces.try_verb(PIECES, "squeezed")
    assert "No piece of evidence" in shown[4] and shown[5].count("<tr>") == 2
