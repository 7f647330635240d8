"""Switching the historian: every rule is computed, and a changed number changes the verdict."""
import pandas as pd
import pytest

from helpers import data, historians


def test_every_choice_gives_one_of_the_six_verdicts():
    table = historians.survey()
    assert set(table["verdict"]) <= set(data.load("claims")["verdict"]) | {"contested"}
    assert len(table) == sum(len(choices) for _, choices in historians.RULES.values())


def test_what_survives_and_what_does_not():
    survives = historians.survey().groupby("claim_id")["survives"].all()
    assert list(survives[survives].index) == ["C09", "C10", "C11", "C26"]


@pytest.mark.parametrize("claim_id, choice, verdict", [
    ("C06", "official sum", "supported"), ("C06", "grain", "contradicted"), ("C10", "register", "imprecise"), ("C11", "sichuan", "supported"),
    ("C15", "relief counts, announced order", "supported"), ("C15", "relief counts, archive order", "partly"), ("C15", "new money only, archive order", "unverifiable"),
    ("C20", "Soviets", "contradicted"), ("C23", "and later retellings", "unverifiable"), ("C23", "and the page itself", "supported"),
    ("C27", "missions exchanged", "contradicted"), ("C27", "visits to and from China", "supported")])
def test_hand_worked_verdicts(claim_id, choice, verdict):
    assert historians.switch(claim_id, choice) == verdict


def planted(monkeypatch, table, change):
    real = data.load

    def load(name, **where):
        frame = real(name, **where)
        return change(frame.copy()) if name == table else frame
    monkeypatch.setattr(data, "load", load)


def test_a_slower_sum_would_make_growth_imprecise(monkeypatch):
    planted(monkeypatch, "industry", lambda frame: frame.assign(value=40.0))
    assert historians.switch("C06", "official sum") == "imprecise"


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


def test_unknown_names_get_the_nearest_ones():
    with pytest.raises(data.DataError, match="no rule for 'C16'"):
        historians.switch("C16", "register")
    with pytest.raises(data.DataError, match="choose register"):
        historians.switch("C10", "registers")


def test_every_claim_is_either_computed_or_hangs_on_papers():
    assert set(historians.RULES) | set(historians.hangs_on()["claim_id"]) == set(data.load("claims")["claim_id"])
    assert all(historians.question(claim_id).endswith(("?", ".")) for claim_id in historians.RULES)
