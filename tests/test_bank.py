"""The bank and the papers for teachers: well chosen, told apart from their answers, read back as they were written."""

import copy
import html
import io
import re
from dataclasses import replace
from types import SimpleNamespace

import free_numbers
import gift
import pandas as pd
import pytest

from helpers import data, environment
from helpers.desk import exercises
from helpers.tools import bank, bank_exports, bank_pages, build, pool, prose, staff_papers

ODD = r"set {a} ~ b = c # d : 1 \ n %50% #### 毛泽东 김일성 <i>x</i> & :: -> end"
MOODLES = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}


@pytest.fixture(scope="module")
def own():
    return pool.read(build.NOTEBOOKS)


@pytest.fixture(scope="module")
def papers(own):
    return bank._papers(own, "")


def row(kind, **more):
    """Return a planted question full of what a format gives a meaning."""
    empty = {"question_id": "99-1", "options": "", "answer": "", "tolerance": float("nan"), "unit": "", "mistakes": "", "skill": f"k {ODD}"}
    told = {name: f"{name} {ODD}" for name in ("prompt", "feedback_right", "feedback_wrong", "solution")}
    return SimpleNamespace(**{**empty, **told, "kind": kind, **more})


def words(text):
    """Return the words of HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


# The choice of questions ------------------------------------------------------------------------------------------------


def test_the_choice_holds(own):
    assert pool.faults(own) == []


def test_every_question_is_in_a_lesson_or_in_the_bank(own):
    assert {row.question_id for row in own.bank()} | set(own.places) == set(own.rows) and len(own.bank()) > 100


PLANTED = [
    (lambda choice: choice["tickets"]["04"].append("04-99"), "ticket 04: the nearest names"),
    (lambda choice: choice["tickets"]["04"].append("07-25"), "07-25 needs D057"),
    (lambda choice: choice["tests"][1]["A"].append("03-19"), "03-19 needs lesson 03"),
    (lambda choice: choice["tests"][1]["A"].__setitem__(0, "04-2"), "04-2 needs lesson 04"),
    (lambda choice: choice["tests"][1]["A"].__setitem__(0, "03-18"), "the forms have other kinds"),
    (lambda choice: choice["tests"][1]["B"].__setitem__(0, "03-10"), "stands in both forms"),
    (lambda choice: choice["tests"][1]["A"].__setitem__(0, "04-10"), "04-10 was asked on a ticket"),
    (lambda choice: choice["pairs"].pop("04-3"), "no pair for 04-3"),
    (lambda choice: choice["pairs"].__setitem__("04-3", ["04-2", ""]), "04-2 stands in a lesson"),
    (lambda choice: choice["pairs"].__setitem__("04-9", ["", ""]), "a pair for 04-9"),
]


@pytest.mark.parametrize(("spoil", "says"), PLANTED)
def test_a_planted_fault_of_the_choice_is_found(own, spoil, says):
    choice = copy.deepcopy(own.choice)
    spoil(choice)
    found = pool.faults(replace(own, choice=choice))
    assert any(says in sentence for sentence in found), found


def test_a_planted_answer_beside_a_question_is_found(own):
    rows = {**own.rows, "03-16": own.rows["03-16"]._replace(prompt="It was redefined as hostility and punished. Why?")}
    choice = copy.deepcopy(own.choice)
    choice["tests"][1]["B"][4] = "03-16"
    found = pool.faults(replace(own, rows=rows, choice=choice))
    assert "test 2, form B: 03-16 tells the answer of 03-15" in found


# Paper ------------------------------------------------------------------------------------------------------------------


def test_what_is_for_pupils_tells_no_answer(own, papers):
    for name in ("bank.html", "tickets.html", "tests.html"):
        shown = words(papers[name])
        for one in own.rows.values():
            for text in (one.solution, one.feedback_right, one.hint_1):
                assert len(text) < 25 or text not in shown, (name, one.question_id)
    assert own.rows["01-12"].solution in words(papers["bank-answers.html"])  # planted: the page of answers would be caught


def test_a_question_that_names_a_document_has_its_card_on_the_same_paper(own, papers):
    named = {one for row in own.bank() for one in own.shows(row.question_id)}
    known = data.load("documents").set_index("doc_id").what_it_says
    assert len(named) > 20 and all(known[one] in words(papers["bank.html"]) for one in named if one in known.index)
    for test in own.choice["tests"]:
        for form in pool.FORMS:
            assert all(known[one] in words(papers["tests.html"]) for key in test[form] for one in own.shows(key) if one in known.index)


def test_a_question_that_needs_a_figure_names_its_lesson(own):
    assert "lesson 03, section 2" in bank_pages.question("03-20", own) and "“2. What is an excess death?”" in bank_pages.question(
        "04-2", own
    )
    on_screen = re.compile(r"\b(?:the (?:figures|chart|table)|panel|dots)\b")
    for row in own.bank():
        if on_screen.search(row.prompt.replace("timeline", "").replace("caption for a map", "")):
            assert own.needs(row.question_id), row.question_id


def test_the_forms_of_a_test_are_worth_the_same(own):
    for test in own.choice["tests"]:
        assert pool.points(test["A"], own) == pool.points(test["B"], own)


def test_the_key_has_every_exercise_and_every_verdict_with_its_reason(own, papers):
    shown = words(papers["key.html"])
    for key in own.places:
        row = own.rows[key]
        assert f"{key} {words(html.escape(pool.asked(row)[0]))}" in shown, key
        assert bank_pages.reason(row) in shown and len(bank_pages.reason(row)) >= 30, key
    for claim in data.load("claims").itertuples():
        assert f"{claim.claim_id} {claim.verdict}" in shown and " ".join(claim.evidence_against.split()) in shown, claim.claim_id
    assert shown.count("Worked out again") + shown.count("Judged by hand") == len(
        [key for key in own.places if own.rows[key].kind != "text"]
    )


def test_words_of_a_paper_are_bound_to_the_data():
    for path in sorted(pool.PAPERS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert (prose.unbound(text, free_numbers.phrases("plans")), prose.wrong(text), prose.unknown_dates(text)) == ([], [], []), path.name
    assert prose.unbound("Some 30 million people died.") == ["30"]  # planted


def test_a_script_stands_on_the_vocabulary_only_where_the_table_has_it(papers):
    terms = data.load("glossary")
    shown = set(re.findall(r"[\u0400-\u04ff\u4e00-\u9fff\uac00-\ud7a3]+", words(papers["vocabulary.html"])))
    own = set(re.findall(r"[\u0400-\u04ff\u4e00-\u9fff\uac00-\ud7a3]+", " ".join(terms["native_script"])))
    assert len(shown) > 100 and shown <= own
    assert staff_papers.in_script("김일성 / 金日成") == '<span lang="ko">김일성</span> / <span lang="zh">金日成</span>'


def test_samples_have_three_levels_below_each_task(papers):
    parts = papers["samples.html"].split("<h2>")[1:-1]
    assert [part[:2] for part in parts] == [f"0{number}" for number in range(1, 10)]
    for part in parts:
        assert all(f"<strong>{level}.</strong>" in part for level in ("Strong", "Middling", "Weak")) and "Task." in part
        assert not re.search(r"<!--|&lt;/?(?:details|summary)", part)


def test_the_feedback_form_names_no_address_until_there_is_one(papers, monkeypatch):
    assert ("http" in words(papers["feedback.html"])) == bool(environment.address())
    monkeypatch.setattr(environment, "address", lambda: "https://example.org/course")
    assert "https://example.org/course" in staff_papers.feedback() and staff_papers.NO_ADDRESS not in staff_papers.feedback()


def test_all_papers_are_on_the_first_page_and_all_links_lead_somewhere(papers):
    files = set(papers) | set(bank.OWN)
    linked = set(re.findall(r'href="([^"]+)"', papers["index.html"])) - {MARK for MARK in bank.OWN}
    assert linked == set(papers)
    for name, text in papers.items():
        if name.endswith(".html"):
            assert set(re.findall(r'(?:href|src)="([^"#]+)"', text)) <= files, name


def test_the_command_keeps_what_it_did_not_make(tmp_path, capsys, monkeypatch, own):
    monkeypatch.setattr(pool, "read", lambda notebooks: own)
    monkeypatch.setattr(bank, "_papers", lambda own, home: {"key.html": "김", "questions.csv": "毛"})
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert bank.main([str(tmp_path)]) == 1 and "was not made by this command" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    made = tmp_path / "new"
    assert bank.main([str(made)]) == 0 and {path.name for path in made.iterdir()} == {"key.html", "questions.csv", *bank.OWN}
    assert (made / "questions.csv").read_bytes() == "\ufeff毛".encode() and (made / "key.html").read_bytes() == "김".encode()
    assert capsys.readouterr().out.startswith("Open ")  # and no complaint before it
    assert bank.main([str(made)]) == 0 and bank.main(["--what"]) == 2


# Files for learning platforms -------------------------------------------------------------------------------------------


def test_gift_is_read_back_as_it_was_written(own, papers):
    read = {one["name"].split()[0]: one for one in gift.questions(papers["questions.gift.txt"])}
    assert set(read) == set(own.rows) - set(own.choice["notebook_only"])
    kinds = {"choice": "one", "set": "several", "number": "number", "order": "match", "text": "essay"}
    for key, one in read.items():
        row = own.rows[key]
        prompt, options = pool.asked(row)
        assert one["kind"] == kinds[row.kind] and row.lesson in one["category"], key
        assert words(one["text"]).startswith(prompt.replace("`", "")) and html.unescape(one["general"]) == " ".join(row.solution.split()), (
            key
        )
        if row.kind in ("choice", "set"):
            assert [html.unescape(text) for text, _, _ in one["answers"]] == [f"{letter}) {text}" for letter, text in options.items()], key
            assert [letter for letter, (_, weight, _) in zip(options, one["answers"], strict=True) if weight > 0] == row.answer.split(", ")
            assert {abs(weight) for _, weight, _ in one["answers"]} <= MOODLES, key
            assert row.kind == "choice" or abs(sum(weight for _, weight, _ in one["answers"])) < 0.001, key
        if row.kind == "number":
            assert one["answers"][0][:2] == ((float(row.answer), row.tolerance), 100.0) and one["answers"][-1][0] == "*"
        if row.kind == "order":
            letters = {text: letter for letter, text in options.items()}
            assert [letters[right[3:]] for (_, right), _, _ in one["answers"]] == row.answer.split(", "), key


def test_a_number_gets_the_sentence_of_its_mistake(own):
    row = own.rows["04-2"]
    (one,) = gift.questions(bank_exports.gift_question(row))
    told = {says for _, says in exercises.mistakes(row)}
    assert {html.unescape(says) for value, weight, says in one["answers"][1:-1] if weight == 0} == told
    first = next(says for value, _, says in one["answers"] if abs(29.7 - value[0]) <= value[1])
    assert html.unescape(first) == exercises.judge(row, 29.7)[1]


def test_planted_signs_and_scripts_come_back(own):
    options = f"a) A {ODD} | b) B {ODD} | c) C"
    for planted in (
        row("choice", options=options, answer="b", mistakes=f"a => M {ODD}"),
        row("set", options=options, answer="a, b", mistakes=f"c => M {ODD}"),
        row("number", answer="-59.6", tolerance=0.45, mistakes=f"59.6 => M {ODD} || 1 to 3 => M {ODD}"),
        row("text"),
    ):
        (one,) = gift.questions(bank_exports.gift_question(planted, [f"Shown {ODD}"]))
        assert html.unescape(one["text"]) == f"prompt {ODD}<br><small>Shown {ODD}</small>"
        assert html.unescape(one["general"]) == f"solution {ODD}"
        told = {html.unescape(feedback) for _, _, feedback in one["answers"]}
        assert planted.kind == "text" or f"M {ODD}" in told
        if planted.kind in ("choice", "set"):
            assert [html.unescape(text) for text, _, _ in one["answers"]] == [f"a) A {ODD}", f"b) B {ODD}", "c) C"]
    (one,) = gift.questions(bank_exports.gift_question(row("order", options=options.replace("->", ""), answer="c, a, b")))
    assert one["answers"][1][0] == ("2nd", " ".join(f"a) A {ODD}".replace("->", "").split()))


@pytest.mark.parametrize(("place", "sign"), [("option", "~"), ("option", "="), ("option", "#"), ("option", "}"), ("prompt", "{")])
def test_a_sign_that_is_not_escaped_is_found(place, sign):
    """The reader is no mirror of the writer: without its backslash a sign breaks or changes what is read."""
    prompt, option = (f"{sign}x", "A") if place == "prompt" else ("P", f"A{sign}x")
    planted = row("choice", prompt=prompt, options=f"a) {option} | b) B", answer="b")
    written = bank_exports.gift_question(planted)
    (whole,) = gift.questions(written)
    assert f"\\{sign}x" in written
    try:
        (spoilt,) = gift.questions(written.replace(f"\\{sign}x", f"{sign}x"))
    except gift.GiftError:
        return
    assert (spoilt["text"], spoilt["answers"]) != (whole["text"], whole["answers"])


def test_the_table_for_forms_is_read_back_by_pandas(own, papers):
    table = pd.read_csv(io.BytesIO(papers["questions.csv"].encode("utf-8-sig")), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert list(table["number"]) == [row.question_id for row in bank_exports.exported(own)]
    for one in table.itertuples(index=False):
        row = own.rows[one.number]
        assert one.question == pool.asked(row)[0] and one.solution == row.solution and one.type == bank_exports.FORM_KINDS[row.kind]
    assert not table.map(lambda cell: cell[:1] in ("=", "+", "@")).any(axis=None)  # a spreadsheet would reckon with it


def test_a_planted_row_of_the_table_comes_back(own):
    planted = row("choice", options=f'a) A, "{ODD}" | b) B', answer="a", lesson="04", prompt=f'He said: "{ODD}", and left')
    spoilt = pool.Pool({"99-1": planted}, {}, choice={**own.choice, "shows": {}, "needs": {}})
    table = pd.read_csv(io.StringIO(bank_exports.form(spoilt)), dtype=str, keep_default_na=False)
    assert table["question"][0] == planted.prompt and table["option a"][0] == f'a) A, "{ODD}"'
