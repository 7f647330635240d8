"""The pages answer as the notebook does: every question in both, with its right answers, each named mistake and the slips of a class."""

import csv
import json
import os
from collections import defaultdict

import pytest
from test_browser import browser as browser  # a fixture
from test_browser import pytestmark as pytestmark

from helpers import data, sentences
from helpers.common import ROOT
from helpers.desk import answers, exercises, reading
from helpers.tools import answering

ASSETS = ROOT / "helpers" / "tools" / "site_assets"
TYPED = ROOT / "tests" / "answers_typed.csv"
OF_ALL = [
    "",
    "...",
    "…",
    "   ",
    "I do not know",
    "<script>alert(1)</script>",
    "*bold* [x](y) `z` $1",
    "10 or 20",
    "nan",
    "１２",
    "12 years",
]
OF_NUMBERS = [
    "{0}",
    "{0}%",
    '"{0}"',
    "about {0}",
    "{0} {unit}",
    "−{0}",
    "{0}0",
    "0.{0}",
    "{0} + 1",
    "1/3",
    "1 820",
    "1,820",
    "1.820",
    "1e400",
    "10**400",
]
OF_LETTERS = [
    "{0}",
    "({0})",
    "{0}.",
    "{0} and",
    '"{0}"',
    "{0}{0}",
    "z",
    "a",
    "b, a",
    "b and d",
    "b d",
    "abcd",
    "dcba",
    "{words}",
    "{0}) {words}",
    "3",
]
OF_TEXTS = ["No.", "It was the harvest of 1958 that the offices had doubled, see D022, D999 and nk_trade_x.", "a\n\nb\t" + "word " * 30]


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """Open an empty page, from disk, that has the whole key of the course."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "data.js").write_text(
        answering.script(data.load("questions")["question_id"], data.load("claims")["claim_id"]), encoding="utf-8"
    )
    scripts = "".join(
        f'<script src="{address}"></script>' for address in ("data.js", *(ASSETS / f"{one}.js" for one in ("reading", "answers")))
    )
    (folder / "index.html").write_text(f'<!DOCTYPE html><meta charset="utf-8"><main></main>{scripts}', encoding="utf-8")
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.goto((folder / "index.html").as_uri())
    yield opened
    context.close()


@pytest.fixture
def as_on_a_page(monkeypatch, answers_file):
    """Let Python say what a page says: the notebook's sentences, save for those that are said of a page."""
    told = defaultdict(str, answering.sentences())
    monkeypatch.setattr(sentences, "_table", lambda path: told)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def example(condition, row):
    """Return an answer that makes the mistake of a condition."""
    made = answering.mistake(condition, row)
    if row.kind != "number":
        return condition
    value = made["near"] if "near" in made else (made["from"] + made["to"]) / 2 if "from" in made else None
    if value is None:
        value = made["below"] - max(1, abs(made["below"])) if "below" in made else made["above"] + max(1, abs(made["above"]))
    return f"{value:.10g}"


def typed_at(row):
    """Return what is tried at a question."""
    right = row.answer.split(exercises.EITHER)
    slips = {"number": OF_NUMBERS, "text": OF_TEXTS}.get(row.kind, OF_LETTERS)
    words = next(iter(exercises.options(row).values()), "") if row.kind not in ("number", "text") else ""
    mistakes = [example(condition, row) for condition, _ in exercises.mistakes(row)]
    filled = [slip.format(right[0], unit=row.unit, words=words) for slip in slips]
    return [*mistakes, *(right if row.kind != "text" else [row.solution]), *filled, *OF_ALL]


def test_every_question_is_answered_alike_on_the_page_and_in_python(page, as_on_a_page):
    rows = list(data.load("questions").itertuples())
    asked = [(row.question_id, typed) for row in rows for typed in typed_at(row)]
    there = page.evaluate("all => all.map(([name, typed]) => courseAnswers.reply(name, typed).says)", asked)
    here = [exercises.reply(name, typed) for name, typed in asked]
    differ = [
        f"{name}: {typed!r}\n  page   {one}\n  Python {other}" for (name, typed), one, other in zip(asked, there, here) if one != other
    ]
    assert len(asked) > 25 * len(rows) and differ == []
    kept_there = page.evaluate("() => courseAnswers.stored()")
    kept_here = json.loads(answers.path().read_text(encoding="utf-8"))
    assert {name: kept_there[name] for name in ("course", "edition", "data")} == {
        name: kept_here[name] for name in ("course", "edition", "data")
    }
    assert kept_there["answers"].keys() == kept_here["answers"].keys()
    tries = [(name, one["tries"], kept_there["answers"][name]["tries"]) for name, one in kept_here["answers"].items()]
    assert [one for one in tries if one[1] != one[2]] == []


def test_every_named_mistake_and_right_answer_is_reached():
    for row in data.load("questions").itertuples():
        if row.kind == "text":
            continue
        for right in row.answer.split(exercises.EITHER):
            assert exercises.judge(row, exercises.canonical(right, row))[0] is True
        assert answering.question(row)["right"] and all("says" in one for one in answering.question(row)["mistakes"])


def test_typed_answers_are_read_alike(page):
    with open(TYPED, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in ("number", "guess", "sureness")]
    call = (
        "all => all.map(([kind, typed, asked]) => kind === 'sureness' ? courseReading.sureness(typed) : courseReading[kind](typed, asked))"
    )
    there = page.evaluate(call, [[row["kind"], row["typed"], row["asked"]] for row in rows])
    readers = {"number": reading.number, "guess": reading.guess, "sureness": lambda typed, asked: reading.sureness(typed)}
    differ = []
    for row, one in zip(rows, there):
        read = readers[row["kind"]](row["typed"], row["asked"])
        value = list(read.value) if isinstance(read.value, tuple) else read.value
        if [value, read.says] != [one["value"], one["says"]]:
            differ.append((row["typed"], value, read.says, one))
    assert len(rows) > 60 and differ == []
