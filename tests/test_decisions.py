"""The advice game: only papers of the day, every branch reachable, nothing without its assumption, and planted defects."""
import json

import pytest

from helpers import data, decisions, prose

DECISIONS = data.load("decisions")
OPTIONS = data.load("decision_options")
DESKS = {key: decisions.desk(key) for key in DECISIONS["decision_id"]}
BRANCHES = [(row.decision_id, row.option) for row in OPTIONS.itertuples()]


def test_the_tables_hold():
    assert len(DECISIONS) == 8
    assert decisions.faults(DECISIONS, OPTIONS, DESKS) == []


@pytest.mark.parametrize("key, letter", BRANCHES)
def test_every_branch_is_reached_kept_and_answered(answers_file, key, letter):
    text = decisions.reply(key, letter)
    row = OPTIONS[(OPTIONS["decision_id"] == key) & (OPTIONS["option"] == letter)].iloc[0]
    assert row["assumes"] in text and DECISIONS.set_index("decision_id").loc[key, "happened"] in text
    assert json.loads(answers_file.read_text(encoding="utf-8"))["decisions"] == {key: letter}


@pytest.mark.parametrize("key", DESKS)
def test_a_brief_shows_the_desk_and_every_option_but_not_what_happened(key):
    text, row = decisions.brief(key), DECISIONS.set_index("decision_id").loc[key]
    assert all(doc_id in text for doc_id in DESKS[key]["doc_id"])
    assert all(f"- **{letter}** " in text for letter in OPTIONS[OPTIONS["decision_id"] == key]["option"])
    assert row["happened"] not in text and row["silent"] not in text


@pytest.mark.parametrize("key", DESKS)
def test_a_public_paper_was_public_on_the_day(key):
    documents = data.load("documents").set_index("doc_id")
    day = DECISIONS.set_index("decision_id").loc[key, "date"]
    for paper in DESKS[key][DESKS[key]["how"] == "public"].itertuples():
        assert "" < decisions.last_day(documents.loc[paper.doc_id, "became_public"]) <= day


@pytest.mark.parametrize("column, words", [("situation", 70), ("happened", 60)])
def test_texts_are_short(column, words):
    assert all(len(text.split()) <= words for text in DECISIONS[column])


def test_options_are_short_and_discussed():
    assert all(len(text.split()) <= 25 for text in OPTIONS["advice"]) and all(len(text.split()) <= 45 for text in OPTIONS["assumes"])
    assert OPTIONS["source_ids"].ne("").all()


def test_dates_and_ids_in_the_texts_exist():
    texts = [*DECISIONS["situation"], *DECISIONS["happened"], *OPTIONS["assumes"]]
    documents = set(data.load("documents")["doc_id"]) | set(data.load("sources")["source_id"])
    for text in texts:
        assert prose.unknown_dates(text) == []
        assert {word.strip("(),.;") for word in text.split() if word.strip("(),.;")[:1] == "D" and word.strip("(),.;")[1:].isdigit()} <= documents


def test_unanswered_and_odd_answers_get_a_sentence(answers_file):
    assert "No advice yet" in decisions.reply("1960-06", ...)
    assert "choose a, b, c" in decisions.reply("1960-06", "z") and "choose a, b, c" in decisions.reply("1960-06", 3.5)
    assert "nearest name" in decisions.reply("1960-07", "a") and "nearest name" in decisions.brief("1960-07")
    assert not answers_file.exists()


def test_what_the_reader_types_stays_text(answers_file):
    assert "<script>" not in decisions.reply("1960-06", "<script>") and "<script>" not in decisions.brief("<script>")


def test_the_path_shows_choices_and_gaps():
    table = decisions.path({"1960-06": "b"})
    assert table.count("not given yet") == 7 and "| no |" in table


def test_dates_known_to_the_month_count_from_their_last_day():
    assert [decisions.last_day(date) for date in ("1962", "1962-11", "1962-11-14", "")] == ["1962-12-31", "1962-11-30", "1962-11-14", ""]
    assert decisions.months_before("1960-06-17", 36) == "1957-06-17" and decisions.months_before("1961-01-05", 2) == "1960-11-05"


def test_planted_late_paper_is_caught():
    late = {**DESKS, "1962-10": DESKS["1962-10"].assign(since="1963-01-01")}
    assert any("was known only from 1963-01-01" in fault for fault in decisions.faults(DECISIONS, OPTIONS, late))


def test_planted_option_without_consequence_is_caught():
    silent = OPTIONS.copy()
    silent.loc[3, "assumes"] = " "
    assert decisions.faults(DECISIONS, silent, DESKS) == ["decision_options: 1960-06 a says nothing of what it assumes."]


def test_planted_branch_that_nothing_leads_to_is_caught():
    astray = OPTIONS.copy()
    astray.loc[0, "decision_id"] = "1957-08"
    assert "decision_options: 1957-08 a names no decision." in decisions.faults(DECISIONS, astray, DESKS)
    assert any("no option comes near" in fault for fault in decisions.faults(DECISIONS, OPTIONS.assign(done=False), DESKS))
