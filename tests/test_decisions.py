"""The advice game: only papers of the day, every branch reachable, nothing without its assumption, and planted defects."""

import json
import re

import pytest

from helpers import common, data
from helpers.desk import advice, screen
from helpers.figures import lesson09
from helpers.models import decisions
from helpers.tools import prose

DECISIONS = data.load("decisions")
OPTIONS = data.load("decision_options")
ACCESS = data.load("pyongyang_access")
DESKS = {key: decisions.desk(key) for key in DECISIONS["decision_id"]}
BRANCHES = [(row.decision_id, row.option) for row in OPTIONS.itertuples()]


def test_the_tables_hold():
    assert len(DECISIONS) == 8
    assert decisions.faults(DECISIONS, OPTIONS, DESKS) == []


def without_ids(words):
    """Return words without the ids of papers and the brackets around them, as a reader sees them."""
    return re.sub(r" \([A-Z]\w+(?:[;,] \w+)*\)", "", words)


@pytest.mark.parametrize("key, letter", BRANCHES)
def test_every_branch_is_reached_kept_and_answered(answers_file, key, letter):
    text = advice.reply(key, letter)
    row = OPTIONS[(OPTIONS["decision_id"] == key) & (OPTIONS["option"] == letter)].iloc[0]
    happened = DECISIONS.set_index("decision_id").loc[key, "happened"]
    told = without_ids(screen.words(re.sub("<sup>.*?</sup>", "", text)))  # the numbers of the sources
    assert without_ids(row["assumes"]) in told and without_ids(happened) in told
    assert json.loads(answers_file.read_text(encoding="utf-8"))["decisions"][key]["last"] == letter


@pytest.mark.parametrize("key", DESKS)
def test_a_brief_shows_the_desk_and_every_option_but_not_what_happened(key):
    text, row = screen.words(advice.brief(key)), DECISIONS.set_index("decision_id").loc[key]
    assert all(doc_id in text for doc_id in DESKS[key]["doc_id"]) and advice.brief(key).count('class="paper"') == len(DESKS[key])
    assert all(f"{row.option}) {row.advice}" in text for row in OPTIONS[OPTIONS["decision_id"] == key].itertuples())
    assert row["happened"] not in text and row["silent"] not in text


@pytest.mark.parametrize("key", DESKS)
def test_a_brief_names_no_paper_that_is_not_on_the_desk(key):
    assert set(re.findall(r"\bD\d{3}\b", screen.words(advice.brief(key)))) == set(DESKS[key]["doc_id"])


@pytest.mark.parametrize("key", DESKS)
def test_a_public_paper_was_public_on_the_day(key):
    documents = data.load("documents").set_index("doc_id")
    day = DECISIONS.set_index("decision_id").loc[key, "date"]
    for paper in DESKS[key][~DESKS[key]["doc_id"].isin(ACCESS["doc_id"])].itertuples():
        assert "" < decisions.last_day(documents.loc[paper.doc_id, "became_public"]) <= day


@pytest.mark.parametrize("column, words", [("situation", 70), ("happened", 60)])
def test_texts_are_short(column, words):
    assert all(len(text.split()) <= words for text in DECISIONS[column])


def test_options_are_short_and_discussed():
    assert all(len(text.split()) <= 25 for text in OPTIONS["advice"]) and all(len(text.split()) <= 45 for text in OPTIONS["assumes"])
    assert OPTIONS["source_ids"].ne("").all()


def test_a_private_paper_lies_there_only_with_a_reason():
    documents = data.load("documents").set_index("doc_id")
    for desk in DESKS.values():
        private = desk[documents.loc[desk["doc_id"], "became_public"].eq("").to_numpy()]
        assert set(private["doc_id"]) <= set(ACCESS["doc_id"])
    assert not {"D059", "D062", "D066", "D068"} & {doc_id for desk in DESKS.values() for doc_id in desk["doc_id"]}


def test_nothing_is_known_before_it_was_written_or_said():
    assert decisions.known_too_early(ACCESS, data.load("documents")) == []


def words_of(cell):
    """Return all that the rows of documents and events say whose source is among those of a cell."""
    named = set(data.split_list(cell))
    documents, events = data.load("documents"), data.load("events")
    sources = events["source_id"] + ";" + events["more_source_ids"]
    own = events[sources.map(lambda one: bool(named & set(data.split_list(one))))]
    cards = documents[documents["source_id"].isin(named)]
    return " ".join([*cards["title"], *cards["what_it_says"], *own["title"], *own["description"], *own["date"], *own["date_end"]])


TEXTS = [(row.source_ids, text) for row in DECISIONS.itertuples() for text in (row.situation, row.happened, row.silent)]
TEXTS += [(row.source_ids, text) for row in OPTIONS.itertuples() for text in (row.advice, row.assumes)]


def test_dates_and_ids_in_the_texts_exist():
    cards = data.load("documents").set_index("doc_id")["source_id"]
    for source_ids, text in TEXTS:
        assert prose.unknown_dates(text) == []
        for doc_id in re.findall(r"\bD\d+\b", text):
            assert doc_id in cards and cards[doc_id] in data.split_list(source_ids), f"{doc_id} is not among {source_ids}"


def unsaid(source_ids, text):
    """Return the numbers of a text that no row of its sources says."""
    bare = re.sub(rf"\b\d{{1,2}} (?:{'|'.join(common.MONTHS)})\b|\b(?:D|H)\d+\b|\b19\d\d\b", "", text)
    said = words_of(source_ids).lower()
    return [number for number in re.findall(r"\d[\d,.]*\d|\d|\b(?:eight|ten|fifty)\b", bare) if number not in said]


def test_numbers_in_the_texts_stand_in_a_cited_row():
    assert len(TEXTS) > 50 and {text: found for source_ids, text in TEXTS if (found := unsaid(source_ids, text))} == {}
    assert unsaid(TEXTS[0][0], "They asked for 98,765 tonnes.") == ["98,765"]  # planted


def test_unanswered_and_odd_answers_get_a_sentence(answers_file):
    assert "No advice yet" in advice.reply("1960-06", ...)
    assert "choose a, b, c" in advice.reply("1960-06", "z") and "choose a, b, c" in advice.reply("1960-06", 3.5)
    assert "nearest name" in advice.reply("1960-07", "a") and "nearest name" in advice.brief("1960-07")
    assert not answers_file.exists()


def test_what_the_reader_types_stays_text(answers_file):
    assert "<script>" not in advice.reply("1960-06", "<script>") and "<script>" not in advice.brief("<script>")


def test_the_path_shows_choices_and_gaps(answers_file):
    steps = decisions.steps({"1960-06": "b"})
    assert steps["chosen"].sum() == 1 and len(steps) == len(OPTIONS) and advice.path_so_far()["chosen"].sum() == 0
    rows = lesson09.path_table(steps).set_index("decision")
    assert (rows["your advice"] == "not given yet").sum() == 7 and rows["near to what was done"]["June 1960: the file in Moscow"] == "no"
    table = lesson09.path_table(decisions.steps({"1970-04": "b"}))
    assert table["near to what was done"].iloc[-1] == "not known"


def test_what_was_done_stays_hidden_until_the_reader_has_chosen():
    steps = decisions.steps({"1960-06": "b", "1970-04": "z"})
    assert set(steps.loc[steps["decision_id"] != "1960-06", "done"]) == {""}
    assert set(steps.loc[steps["decision_id"] == "1960-06", "done"]) == {"yes", "no"}


def test_every_fork_of_the_path_has_its_short_words():
    assert list(lesson09.FORKS) == list(DECISIONS["decision_id"]) and all(len(fork) == 3 for fork in lesson09.FORKS.values())


def test_what_no_paper_settles_is_not_called_undone(answers_file):
    assert "settles whether" in advice.reply("1965-02", "c") and "something else" in advice.reply("1965-02", "b")


def test_dates_in_words():
    assert [common.day_in_words(date) for date in ("1962-11-04", "1962-11", "1962", "")] == ["4 November 1962", "November 1962", "1962", ""]


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


def test_planted_option_without_a_historian_is_caught():
    anonymous = OPTIONS.assign(source_ids=OPTIONS["source_ids"].where(OPTIONS.index != 0, "D004"))
    assert decisions.faults(DECISIONS, anonymous, DESKS) == ["decision_options: 1956-08 a names no historian."]


def test_planted_knowledge_before_the_talk_is_caught():
    hasty = ACCESS.assign(from_date=ACCESS["from_date"].where(ACCESS["doc_id"] != "D063", "1964-05-31"))
    assert decisions.known_too_early(hasty, data.load("documents")) == [
        "pyongyang_access: D063 cannot be known on 1964-05-31, before 1964-06."
    ]


def test_planted_branch_that_nothing_leads_to_is_caught():
    astray = OPTIONS.copy()
    astray.loc[0, "decision_id"] = "1957-08"
    assert "decision_options: 1957-08 a names no decision." in decisions.faults(DECISIONS, astray, DESKS)
    assert any("has no option that comes near" in fault for fault in decisions.faults(DECISIONS, OPTIONS.assign(done=False), DESKS))
