"""Switching the historian: every rule is computed, and a changed number changes the verdict."""

import re

import pandas as pd
import pytest

from helpers import data
from helpers.desk import screen, voices
from helpers.figures.lesson09 import SHORT
from helpers.models import historians
from helpers.models.choices import SUMS, in_words, question


def test_every_choice_gives_one_of_the_six_verdicts():
    table = historians.survey()
    assert set(table["verdict"]) <= set(data.load("claims")["verdict"]) | {"contested"}
    assert len(table) == sum(len(choices) for _, choices in historians.RULES.values())


def test_what_survives_and_what_does_not():
    survives = historians.survey().groupby("claim_id")["survives"].all()
    assert list(survives[survives].index) == ["C09", "C11"]


@pytest.mark.parametrize(
    "claim_id, choice, verdict",
    [
        ("C06", "official sum", "supported"),
        ("C06", "grain", "contradicted"),
        ("C08", "ninth plenum", "supported"),
        ("C08", "seven thousand cadres", "imprecise"),
        ("C08", "twelve articles on the villages", "imprecise"),
        ("C10", "register", "imprecise"),
        ("C10", "henan", "contradicted"),
        ("C10", "harvest", "supported"),
        ("C11", "henan", "supported"),
        ("C11", "sichuan", "supported"),
        ("C15", "relief counts, announced order", "supported"),
        ("C15", "relief counts, archive order", "partly"),
        ("C15", "new money only, archive order", "unverifiable"),
        ("C20", "Soviets", "unverifiable"),
        ("C20", "outsiders", "contested"),
        ("C23", "and later retellings", "unverifiable"),
        ("C23", "and the page itself", "supported"),
        ("C12", "alliances", "supported"),
        ("C12", "arms in the budget", "contradicted"),
        ("C13", "without Soviet papers", "imprecise"),
        ("C16", "their own, 1962, by name", "contradicted"),
        ("C16", "another party's, 1962, by a hint", "imprecise"),
        ("C16", historians.MOCKED, "imprecise"),
        ("C26", "with relief, 2 roubles a yuan", "partly"),
        ("C26", "new money only, 2 roubles a yuan", "unverifiable"),
        ("C26", "with relief and arms, 2 roubles a yuan", "partly"),
        ("C29", "recognition of Seoul", "partly"),
        ("C29", "recognition of Seoul, over in 1989", "supported"),
        ("C29", "end of the treaty", "supported"),
        ("C27", "missions exchanged", "contradicted"),
        ("C27", "memberships", "contradicted"),
        ("C27", "visits to and from China", "supported"),
        ("C27", "visits to and from Moscow", "contradicted"),
    ],
)
def test_hand_worked_verdicts(claim_id, choice, verdict):
    assert historians.switch(claim_id, choice) == verdict


def test_the_lesson_says_how_many_claims_have_a_rule():
    assert len(historians.RULES) == 15  # "fifteen" in lesson 09, its guess and its plan


@pytest.mark.parametrize("voice", list(data.load("voices")["voice_id"]))
def test_whoever_is_followed_has_a_verdict_on_each_claim(voice):
    table = historians.follow(voice)
    assert len(table) and (table["survives"] == (table["verdict"] == table["ours"])).all()
    told = screen.words(voices.followed(voice))
    row = data.load("voices", voice_id=voice).iloc[0]
    assert row["who"] in told and all(SHORT[claim] in told for claim in table["claim_id"])
    assert set(data.split_list(row["source_ids"])) <= set(data.load("sources")["source_id"])


def test_every_claim_with_a_rule_has_its_short_words():
    assert set(SHORT) == set(historians.RULES)


def test_what_falls_is_said_in_words():
    assert "Two verdicts of ours fall." in screen.words(voices.followed("bookkeeper"))
    assert "No verdict of ours falls." in screen.words(voices.followed("sun"))
    assert "One verdict of ours falls; the rest stands." in screen.words(voices.followed("henan"))


def test_nobody_of_that_name_gets_the_nearest_and_stays_text():
    assert "bookkeeper" in voices.followed("bookeeper") and "<script>" not in voices.followed("<script>")


def test_what_stands_in_the_table_of_voices_stays_text(monkeypatch):
    planted(monkeypatch, "voices", lambda frame: frame.assign(who="<script>", holds="<script>"))
    assert "<script" not in voices.followed("banister")


def test_a_voice_with_an_unknown_choice_is_refused(monkeypatch):
    planted(monkeypatch, "voices", lambda frame: frame.assign(follows="C09: nobody"))
    with pytest.raises(data.DataError, match="not a choice for C09"):
        historians.follow("banister")


def planted(monkeypatch, table, change):
    real = data.load

    def load(name, **where):
        frame = real(name, **where)
        return change(frame.copy()) if name == table else frame

    monkeypatch.setattr(data, "load", load)


def test_a_slower_sum_would_make_growth_imprecise(monkeypatch):
    planted(monkeypatch, "industry", lambda frame: frame.assign(value=40.0))
    assert historians.switch("C06", "official sum") == "imprecise"


@pytest.mark.parametrize(("date", "verdict"), [("1961-12-31", "supported"), ("1960-01-01", "imprecise"), ("1963-01-01", "contradicted")])
def test_an_end_of_the_leap_is_imprecise_for_a_year_and_no_longer(monkeypatch, date, verdict):
    planted(monkeypatch, "events", lambda frame: frame.assign(date=date))
    assert historians.switch("C08", "ninth plenum") == verdict


def test_a_small_toll_would_be_no_disaster(monkeypatch):
    planted(monkeypatch, "famine_deaths", lambda frame: frame.assign(low=0.4, central=0.5, high=0.6))
    assert historians.switch("C09", "sun") == "contradicted"


def test_late_deaths_would_support_the_page(monkeypatch):
    late = pd.Series({1958: 0.0, 1959: 0.1, 1960: 3.0, 1961: 3.0, 1962: 3.0})
    monkeypatch.setattr(historians, "_excess", lambda count: late)
    assert historians.switch("C10", "register") == "supported" and historians.switch("C11", "register") == "contradicted"


def test_a_text_by_her_would_support_the_wife(monkeypatch):
    planted(monkeypatch, "insult_evidence", lambda frame: frame.assign(names_jiang_qing="yes"))
    assert historians.switch("C23", "texts seen, of 1967") == "supported"


def test_a_soviet_congress_of_1962_would_support_the_page(monkeypatch):
    planted(
        monkeypatch,
        "congresses",
        lambda frame: frame.assign(kind="party congress", party="CPSU", start="1962-10-01", china_named="yes, by Khrushchev"),
    )
    assert historians.switch("C16", historians.AS_PRINTED) == "supported"


def test_a_budget_share_has_one_value_a_year():
    """Several ways of bookkeeping stand in one table; a rule that picked a year from all of them would depend on the pandas in use."""
    assert all(data.load(table, **where)["year"].is_unique for table, where in historians.BUDGET.values())
    assert not data.load("defence_budget", series="defence_share_of_state_expenditure")["year"].is_unique  # planted


def test_papers_that_end_the_aid_would_support_the_page(monkeypatch):
    planted(monkeypatch, "verbs_evidence", lambda frame: frame.assign(cut_off="supports"))
    assert historians.switch("C20", "all papers") == "supported"


def test_no_word_for_or_against_is_unverifiable(monkeypatch):
    planted(monkeypatch, "verbs_evidence", lambda frame: frame.assign(cut_off="silent"))
    assert historians.switch("C20", "all papers") == "unverifiable"


def test_more_from_both_than_before_would_support_the_page(monkeypatch):
    planted(
        monkeypatch,
        "aid_dprk",
        lambda frame: frame.assign(
            usd_million=frame["usd_million"] * 10, old_roubles_million=frame["old_roubles_million"].where(frame["year"] < 1960, 9e4)
        ),
    )
    assert historians.switch("C26", "with relief and arms, 2 roubles a yuan") == "supported"


def test_early_recognition_would_contradict_the_page(monkeypatch):
    planted(monkeypatch, "treaties", lambda frame: frame.assign(start="1988-01-01"))
    assert historians.switch("C29", "recognition of Seoul") == "contradicted"


def test_a_verdict_survives_on_half_of_its_documents():
    table = historians.without("USSR").set_index("claim_id")
    documents = data.load("documents").set_index("doc_id")["origin_country"]
    for claim in data.load("claims").itertuples():
        ids = data.split_list(claim.document_ids)
        if ids:
            left = sum(documents[one] != "USSR" for one in ids)
            assert (table["left"][claim.claim_id], table["survives"][claim.claim_id]) == (left, 2 * left >= len(ids))
    assert not table["survives"]["C13"] and table["survives"]["C24"]
    assert set(historians.without("Albania")["documents"] > 0) == {True}


def test_a_school_is_heard_where_it_is_cited():
    table = historians.heard("small-state agency").set_index("claim_id")
    assert table["cited"]["C17"] and not table["cited"]["C18"]
    assert "H22" in table["works"]["C17"]


def test_unknown_names_get_the_nearest_ones():
    with pytest.raises(data.DataError, match="no rule for 'C30'"):
        historians.switch("C30", "register")
    with pytest.raises(data.DataError, match="choose register"):
        historians.switch("C10", "registers")
    with pytest.raises(data.DataError, match="no origin_country 'Soviet'"):
        historians.without("Soviet")
    with pytest.raises(data.DataError, match="nearest name.* ideology"):
        historians.heard("ideologies")


def test_every_claim_is_either_computed_or_hangs_on_papers():
    assert set(historians.RULES) | set(historians.hangs_on()["claim_id"]) == set(data.load("claims")["claim_id"])
    assert all(question(claim_id).endswith(("?", ".")) for claim_id in historians.RULES)


def test_every_name_of_a_choice_is_put_in_words():
    named = {choice for _, choices in historians.RULES.values() for choice in choices}
    ids = data.load("sentences")["sentence_id"]
    told = {kind: set(ids[ids.str.startswith(f"{kind}: ")].str.removeprefix(f"{kind}: ")) for kind in ("choice", "in short", "asked")}
    assert told["choice"] == named and told["in short"] <= named and told["asked"] == set(historians.RULES)
    assert in_words("steel") == "steel"


def test_a_lower_rate_of_the_yuan_changes_no_verdict_as_the_words_below_the_sums_say():
    shown, below = SUMS["C26"]
    assert "We count a yuan as 2 roubles; a lower rate changes no verdict." in below and "make 666 million" in below
    assert {choice for choice in historians.RULES["C26"][1] if "1.53" not in choice} == set(shown)
    for choice in historians.RULES["C26"][1]:
        assert historians.switch("C26", choice) == historians.switch("C26", choice.replace("1.53", "2")), choice


def test_the_sums_of_the_help_are_those_worked_by_hand():
    sums = [(*older.values(), *newer.values()) for older, newer in map(historians.given, SUMS["C26"][0])]
    by_hand = [[1600, 1300, 432, None], [3050, 1870, 432, 900], [3050, 1870, 432, 1566]]
    assert [[value and round(value) for value in line] for line in sums] == by_hand


@pytest.mark.parametrize("choice", historians.RULES["C27"][1])
def test_the_words_of_the_choices_give_the_ties_that_the_rule_compares(choice):
    assert re.findall(r"(\d+) in", in_words(choice)) == [str(count) for count in historians.ties(choice)]


def test_a_congress_without_a_hint_contradicts_that_reading(monkeypatch):
    assert historians.switch("C16", "their own, 1961, by a hint") == "imprecise"
    planted(monkeypatch, "congresses", lambda frame: frame.assign(attacked_by_implication="not seen"))
    assert historians.switch("C16", "their own, 1961, by a hint") == "contradicted"


def test_the_works_of_a_school_stand_apart():
    schools = data.load("historiography")["school"].unique()
    several = [works for school in schools for works in historians.heard(school)["works"] if works.count("(H") > 1]
    assert several and all(works.count("; ") == works.count("(H") - 1 for works in several)
