"""The whole ledger: every claim has its sources or a stated gap, a verdict, an objection, and a lesson that tests it."""

import pytest

from helpers import data
from helpers.desk import marked, verdicts
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
        marked.places("It ended in disaster: three years of crisis and famine, 1960-62.", planted)
