"""The whole ledger: every claim has its sources or a stated gap, a verdict, an objection, and a lesson that tests it."""

import pytest

from helpers import data
from helpers.desk import answers, claims, marked, verdicts
from helpers.tools.build import lessons

CLAIMS = list(data.load("claims").itertuples())
TEXTS = {path.name[:2]: path.read_text(encoding="utf-8") for path in lessons()}


def faults(row, texts):
    """Return what a claim's row lacks, a sentence each; `texts` holds the lessons' files by number."""
    found = []
    if len(data.split_list(row.source_ids)) < 2 and not row.gap:
        found.append(f"{row.claim_id} names fewer than two sources and no gap.")
    if row.verdict not in verdicts.VERDICTS or row.confidence not in ("low", "medium", "high"):
        found.append(f"{row.claim_id} has no verdict or no confidence.")
    found += [
        f"{row.claim_id} has no {name.replace('_', ' ')}."
        for name in ("evidence_for", "best_objection", "what_would_change", "better_wording")
        if not getattr(row, name)
    ]
    if f'verdict(\\"{row.claim_id}\\"' not in texts.get(row.lesson, ""):
        found.append(f"{row.claim_id}: lesson {row.lesson} does not ask for a verdict on it.")
    return found


def test_there_are_thirty():
    assert [row.claim_id for row in CLAIMS] == [f"C{number:02d}" for number in range(1, 31)]


def test_every_claim_is_complete():
    assert {row.claim_id: found for row in CLAIMS if (found := faults(row, TEXTS))} == {}


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"source_ids": "D001", "gap": ""}, "fewer than two sources"),
        ({"verdict": "true"}, "no verdict"),
        ({"best_objection": ""}, "no best objection"),
        ({"lesson": "99"}, "does not ask"),
    ],
)
def test_planted_gap_is_caught(change, expected):
    assert expected in " ".join(faults(CLAIMS[0]._replace(**change), TEXTS))


def test_each_phrase_stands_in_its_statement():
    statements = data.load("statements").set_index("statement_id")["statement"]
    found = {row.claim_id: marked.places(statements[row.statement_id], row.phrase) for row in CLAIMS}
    assert len(found) == 30 and all(start < end for parts in found.values() for start, end in parts)


@pytest.mark.parametrize("planted", ["it ended in", "famine ... disaster", "", "disaster ... "])
def test_a_phrase_that_is_not_in_its_statement_is_caught(planted):
    with pytest.raises(ValueError, match="do not stand in the statement"):
        marked.places("It ended in disaster, and three years of economic crisis and famine followed, 1960-62.", planted)


def test_the_overview_shows_ours_only_after_the_readers_own(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_ANSWERS", str(tmp_path / "my_answers.json"))
    shown = []
    monkeypatch.setattr(claims, "show_html", shown.append)
    ours = data.load("claims", lesson="07")["confidence"].map("({})".format)
    claims.overview(lesson="07")
    assert shown[0].count("after yours") == len(ours) and not any(one in shown[0] for one in ours)
    answers.keep("priors", "C23", {"verdict": "partly", "sure": 50})  # a first verdict opens nothing
    claims.overview(lesson="07")
    assert shown[1].count("after yours") == len(ours)
    answers.keep("verdicts", "C23", {"verdict": "partly", "sure": 50})
    claims.overview(lesson="07")
    assert shown[2].count("after yours") == len(ours) - 1 and sum(shown[2].count(one) for one in set(ours)) == 1
