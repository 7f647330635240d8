"""Every exercise answers back: right, wrong by the mistake made, unanswered, and whatever a class types."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import data
from helpers.desk import answers, claims, exercises, reading, screen, verdicts
from helpers.models import historians

QUESTIONS = list(data.load("questions").itertuples())
CLOSED = [row for row in QUESTIONS if row.kind != "text"]
NUMBERS = [row for row in QUESTIONS if row.kind == "number"]
TYPED = Path(__file__).with_name("answers_typed.csv")
NUMBER, SMALL, CHOICE, ORDER, SET = "04-13", "07-12", "04-12", "04-21", "08-21"  # of the bank: 32.1, 7, a, "c, b, a, d", "a, b, d, e"
LESSONS_OWN = next(row.question_id for row in QUESTIONS if not row.bank_id and row.kind != "text")
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
ODD = [None, True, 3.5, float("nan"), float("inf"), [], {}, {"a": 1}, object, "", "twenty", b"x", range(3), complex(1, 2), 10**400, 1e-300]
ODD += [
    (),
    (1, 2, 3),
    {1, 2},
    pd.DataFrame({"a": [1]}),
    pd.Series([1.0]),
    pytest.raises,
    lambda: 1,
    "x" * 5000,
    "9" * 5000,
    "<script>alert(1)</script>",
]


@pytest.fixture
def said(monkeypatch):
    """Return the list of what is shown from now on."""
    texts = []
    monkeypatch.setattr(screen, "display", lambda shown: texts.append(shown.data))
    return texts


def answer_of(row):
    """Return a question's right answer as it is judged; of two, the first."""
    return exercises.canonical(row.answer.split(exercises.EITHER)[0], row)


def least_words(row):
    """Return how long a teaching sentence is at least: the lessons' own questions explain more than the bank's."""
    return 3 if row.bank_id else 6


def wrong_tries(row):
    """Yield wrong answers to a question: every known mistake, and others that nobody foresaw."""
    for condition, _ in exercises.mistakes(row):
        word = condition.replace(">", "").replace("<", "").split(" to ")[0].strip()
        given = float(word.replace(",", "")) if row.kind == "number" else exercises.canonical(word, row)
        yield given * (1.001 if condition[0] == ">" else 0.999 if condition[0] == "<" else 1) if row.kind == "number" else given
    if row.kind == "number":
        right = answer_of(row)
        tried = (-right, right * 10, right / 100, right * 1e6, right * 1.3 + 5, -987654.0, 0.0)
        yield from (given for given in tried if not exercises.is_right(row, given))
    else:
        letters = list(exercises.options(row))
        tried = letters if row.kind == "choice" else [", ".join(letters), ", ".join(reversed(letters)), *letters]
        yield from (given for given in tried if not exercises.is_right(row, given))


def gives_away(row, feedback, given=""):
    """Return True when a sentence on a wrong answer holds the right one: the number, in figures or words, the letter or its words."""
    if row.kind == "number":
        right = answer_of(row)
        numbers = [float(found.replace(",", "")) for found in re.findall(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?", feedback)]
        in_words = right in range(len(WORDS)) and re.search(rf"\b{WORDS[int(right)]}\b", feedback.lower())
        return any(abs(number - right) <= max(row.tolerance, abs(right) * 1e-6) for number in numbers) or bool(in_words)
    right, options = answer_of(row), exercises.options(row)
    plain = " ".join(re.findall(r"\w+", feedback.lower()))
    if row.kind != "choice":  # of a set, also the words of a letter that was not given
        missing = [options[letter].lower() for letter in right.split(", ") if row.kind == "set" and letter not in str(given)]
        return f" {right}" in f" {feedback}" or any(re.search(rf"\b{re.escape(words)}\b", plain) for words in missing)
    words = " ".join(re.findall(r"\w+", options[right].lower()))
    letter = re.search(rf"\b(?:[Tt]ry|[Aa]nswer|[Ll]etter|[Oo]ption|[Ii]t is) {right}\b|\b{right}\)|[\"'“]{right}[\"'”]", feedback)
    return bool(letter) or (len(words) > 12 and words in plain)


def test_the_right_answer_is_right_and_teaches():
    for row in CLOSED:
        right, sentence = exercises.judge(row, answer_of(row))
        assert right is True and len(sentence.split()) >= least_words(row), row.question_id


def test_every_known_mistake_has_its_own_sentence():
    for row in CLOSED:
        for condition, sentence in exercises.mistakes(row):
            word = condition.replace(">", "").replace("<", "").split(" to ")[0].strip()
            given = float(word.replace(",", "")) if row.kind == "number" else exercises.canonical(word, row)
            assert given is not None, f"{row.question_id}: '{condition}' can never be given"
            assert condition[0] in "<>" or not exercises.is_right(row, given), f"{row.question_id}: '{condition}' is a right answer"
            assert len(sentence.split()) >= least_words(row), f"{row.question_id}: {sentence}"
            if condition[0] not in "<>":
                assert exercises.judge(row, given) == (False, exercises.escape(sentence)), f"{row.question_id}: {condition}"


@pytest.fixture
def seen(monkeypatch, answers_file):
    """Return a function that gives the HTML, or the Markdown, which `check` shows for an answer."""

    def see(*typed):
        shown = []
        monkeypatch.setattr(screen, "display", shown.append)
        exercises.check(*typed)
        (one,) = shown
        return one._repr_mimebundle_()

    return see


def test_right_and_not_yet_can_be_told_apart_from_across_the_room(seen):
    """By a sign, a word and a colour; the words are those of `reply`; what was not judged is no feedback."""
    right, not_yet, open_ = (
        seen(NUMBER, "32,1"),
        seen(NUMBER, 20),
        seen("01-12", "The editors held that each side had its own good reasons."),
    )
    assert ("✓ Right" in right["text/html"]) and screen.RIGHT in right["text/html"] and "<em>(Read as 32.1.)</em>" in right["text/html"]
    assert ("○ Not yet" in not_yet["text/html"]) and screen.NOT_YET in not_yet["text/html"]
    assert ("✎ Compare" in open_["text/html"]) and screen.OPEN in open_["text/html"]
    assert right["text/plain"].startswith("✓ Right\n(Read as 32.1.)")
    for unjudged in (seen(NUMBER), seen(NUMBER, "twenty"), seen("04-77", 1)):
        assert "text/markdown" in unjudged and "text/html" not in unjudged


@pytest.mark.parametrize(
    ("markdown", "as_html"),
    [
        ('**b** *c \\* d* `check("x", *)`', '<strong>b</strong> <em>c * d</em> <code>check("x", *)</code>'),
        ("[w](00_start_here.ipynb#x)", '<a href="00_start_here.ipynb#x">w</a>'),
        ("[w](https://example.org/a?b=1&amp;c=2)", '<a href="https://example.org/a?b=1&amp;c=2">w</a>'),
        ("3 * 4 * 5 &lt;b&gt; `a<b`", "3 * 4 * 5 &lt;b&gt; <code>a&lt;b</code>"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("\\[x\\](javascript:alert(1))", "[x](javascript:alert(1))"),
    ],
)
def test_our_markdown_becomes_html_and_nothing_else_does(markdown, as_html):
    assert screen.in_line(markdown) == as_html


def test_the_first_feedback_gives_no_answer_away():
    told = [
        (row.question_id, given) for row in CLOSED for given in wrong_tries(row) if gives_away(row, exercises.judge(row, given)[1], given)
    ]
    told += [(row.question_id, "wrong") for row in CLOSED if gives_away(row, row.feedback_wrong)]
    told += [(row.question_id, "unanswered") for row in CLOSED if gives_away(row, exercises.reply(row.question_id, ...))]
    assert told == []


@pytest.mark.parametrize(
    "key, sentence",
    [
        (CHOICE, "Try a."),
        (NUMBER, "It is 32.1, not less."),
        (SMALL, "Seven times as many."),
        (ORDER, "Rather c, b, a, d."),
        (SET, "It says: different places."),
    ],
)
def test_planted_giveaway_is_seen(key, sentence):
    assert gives_away(exercises.find(key), sentence)


def test_a_right_number_with_another_sign_or_point_has_a_sentence_of_its_own():
    """For every number question: a named mistake or the general sentence, never the one for any other wrong answer."""
    for row in NUMBERS:
        right = answer_of(row)
        tried = (-right, *(right * 10.0**power for power in (-9, -6, -3, -2, -1, 1, 2, 3, 6, 9)))
        for given in (given for given in tried if not exercises.is_right(row, given)):
            judged, sentence = exercises.judge(row, given)
            named = [text for condition, text in exercises.mistakes(row) if condition[0] not in "<>"]
            assert judged is False, (row.question_id, given)
            assert sentence in named or "The digits are right" in sentence or "The size is right" in sentence, (
                row.question_id,
                given,
                sentence,
            )


def test_tolerances_have_an_edge():
    for row in NUMBERS:
        right, edge = answer_of(row), row.tolerance
        assert edge >= 0 and edge <= 0.05 * abs(right), f"{row.question_id}: {edge} is wide for {right}"
        for sign in (1, -1):
            assert exercises.is_right(row, right + sign * edge), f"{row.question_id}: just inside"
            assert not exercises.is_right(row, right + sign * (edge * 1.02 + 1e-6)), f"{row.question_id}: just outside"


def test_a_decimal_that_is_asked_for_is_accepted_when_rounded():
    for row in NUMBERS:
        if "One decimal" in row.prompt or "one decimal" in row.prompt:
            assert row.tolerance >= 0.05, row.question_id


def test_other_wrong_answers_get_help():
    for row in CLOSED:
        for given in wrong_tries(row):
            right, sentence = exercises.judge(row, given)
            assert right is False and len(sentence.split()) >= least_words(row), (row.question_id, given)


def test_a_question_may_have_two_right_answers(monkeypatch):
    row = exercises.find(CHOICE)._replace(answer="b or d")
    assert [exercises.judge(row, letter)[0] for letter in "abcd"] == [False, True, False, True]


def read(typed, kind, asked):
    """Return what is read from typed text, as the table of cases writes it, and the sentence's id."""
    letters = dict.fromkeys(asked, "") | {letter: f"words of {letter}" for letter in asked}
    if kind == "number":
        value, says = reading.number(typed, asked)
        return "|".join(f"{number:.12g}" for number in value or ()), says
    if kind in ("choice", "order", "set"):
        value, says = reading.letters(typed, kind, letters)
    elif kind.startswith("guess"):
        value, says = reading.guess(typed, asked, kind.removeprefix("guess").strip())
        value = verdicts.in_words(value) if value is not None else None
    elif kind == "sureness":
        value, says = reading.sureness(typed)
    elif kind == "blank":
        return ("yes" if reading.blank(typed) else "no"), ""
    else:
        value, says = {"verdict": reading.verdict, "text": reading.text}[kind](typed)
    return "" if value is None else str(value), says


def test_what_a_class_types_is_read_as_the_table_says():
    """The same table is the test of the web pages' own reader."""
    with open(TYPED, encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    wrong = [
        (case["typed"], case["kind"], found)
        for case in cases
        if (found := read(case["typed"], case["kind"], case["asked"])) != (case["read_as"], case["says"])
    ]
    assert wrong == [] and len(cases) > 150


@pytest.mark.parametrize("kind", ["number", "choice", "order", "set", "text"])
def test_nothing_that_is_typed_ever_raises(answers_file, said, kind):
    row = next(row for row in QUESTIONS if row.kind == kind)
    for odd in ODD:
        for text in (exercises.reply(row.question_id, odd), exercises.reply(row.question_id, odd, odd), exercises.reply(odd, 1)):
            assert isinstance(text, str) and "<script" not in text and "str" not in re.findall(r"\w+", text) and "NoneType" not in text
            assert len(text) < 1500
    for odd in ODD:
        verdicts.guess("04 deaths", odd, "million deaths")
        verdicts.guess(odd, 3)
        verdicts.verdict("C10", odd, 50)
        verdicts.verdict("C10", "partly", odd)
        verdicts.verdict(odd, "partly", 50)
        verdicts.write("x", odd, 100)
        verdicts.recall(odd)
        exercises.hint(odd)
        exercises.solution(odd)
    assert said and not any("<script" in text or "NoneType" in text for text in said)


def test_unanswered_is_not_wrong_and_not_kept(answers_file):
    for dots in (..., "...", "…", "", None):
        assert "Not answered yet" in exercises.reply(LESSONS_OWN, dots)
    assert "Not answered yet" in exercises.reply(LESSONS_OWN) and "Name the question" in exercises.reply()
    assert not answers_file.exists()


def test_the_mistake_decides_the_sentence(answers_file):
    assert exercises.reply(NUMBER, 32.1).startswith("**Right.**")
    assert "divided by 190" in exercises.reply(NUMBER, 24.2)
    assert "divided by 190" in exercises.reply(NUMBER, "24,2")
    assert "Bucharest was in June" in exercises.reply(ORDER, ["c", "a", "b", "d"])
    assert exercises.reply(SET, {"e", "d", "b", "a"}).startswith("**Right.**")
    assert exercises.reply(CHOICE, "A)").startswith("**Right.**")
    assert "asks for letters, a to d" in exercises.reply(CHOICE, "baseline")


def test_a_number_that_can_be_read_in_two_ways_is_right_when_one_of_them_is(answers_file):
    row = exercises.find(NUMBER)._replace(answer="1820", tolerance=8)
    for typed in ("1,820", "1.820", "1 820", "1'820"):
        assert exercises.best(row, exercises.read_answer(row, typed).value) == 1820
    assert exercises.reply(NUMBER, "32,100").startswith("**Right.** *(Read as 32.1.)*")
    assert answers.read()[0]["answers"] == {NUMBER: 32.1}


def test_what_cannot_be_read_is_no_try(answers_file):
    exercises.reply(NUMBER, "twenty")
    assert not answers_file.exists()
    exercises.reply(NUMBER, 20)
    assert "helps" not in exercises.reply(NUMBER, 20), "the same answer again is no second try"
    assert f'hint("{NUMBER}")' in exercises.reply(NUMBER, 21)


def test_the_table_of_errors_is_one_click_away(answers_file, said):
    verdicts.guess("04 deaths", "a lot")
    assert all("00_start_here.ipynb#" in text for text in (exercises.reply(NUMBER, "twenty"), exercises.reply(CHOICE, "x"), *said))


def test_unknown_question_gets_the_nearest_ids_and_a_slip_in_the_number_is_read(answers_file):
    assert "nearest name" in exercises.reply("04-77", 1)
    assert all(exercises.find(key).question_id == "04-1" for key in ("04-1", "4-1", "04 - 1", "04–1", "04_1", "04.1", "“04-1”"))


def test_each_hint_is_its_own(said):
    row = next(row for row in CLOSED if row.hint_2 and row.hint_1 != row.hint_2)
    alone = next(row for row in CLOSED if row.hint_1 and not row.hint_2)
    exercises.hint(row.question_id)
    exercises.hint(row.question_id, 2)
    exercises.hint(alone.question_id, 2)
    exercises.hint("99-99")
    assert exercises.escape(row.hint_1) in said[0] and exercises.escape(row.hint_2) in said[1]
    assert exercises.escape(alone.hint_1) in said[2] and "no question" in said[3]


def test_text_stays_text(answers_file):
    assert "<script>" not in exercises.reply("<script>alert(1)</script>", 1)
    assert "<script>" not in exercises.reply(NUMBER, "<script>")
    assert "[x](" not in exercises.reply(NUMBER, "[x](javascript:alert(1))").replace("\\[x\\](", "")


def test_an_open_question_counts_words_and_sources(answers_file):
    sentence = "In 1956 Beijing praised the self-criticism and defended Stalin on balance (D002, D999)."
    assert "Source ids: 1" in exercises.reply("01-12", sentence) and "D999" in exercises.reply("01-12", sentence)
    assert "full sentence" in exercises.reply("01-12", "Yes.")


def test_guess_and_verdict_are_kept_and_recalled(answers_file, said):
    verdicts.guess("04 deaths", ...)
    verdicts.recall("04 deaths")
    verdicts.guess("04 deaths", 5, "million")
    verdicts.recall("04 deaths")
    verdicts.verdict("C10", "imprecise", 80)
    verdicts.verdict("C10", "imprecize", 80)
    verdicts.verdict("C10", "partly", 101)
    verdicts.guess("x", [1])
    claims.ledger("C10")
    assert "No guess yet" in said[0] and "no guess" in said[1] and "5 million" in said[2] and "5 million" in said[3]
    assert "imprecise" in said[4] and "nearest" in said[5] and "from 0 to 100" in said[6] and "list" in said[7]
    assert "imprecise</b> 80 per cent sure" in said[8] and "<details>" in said[8]


def test_guesses_are_read_as_a_class_writes_them(answers_file, said):
    for typed in (30, "30", "30 million", 30_000_000, "about 30", "30,0"):
        verdicts.guess("04 deaths", typed, "million deaths")
        assert said[-1].startswith("Kept: **30 million deaths**"), typed
    verdicts.guess("04 deaths", 3, 5, "million deaths")
    assert said[-1].startswith("Kept: **3.5 million deaths**")
    verdicts.guess("04 deaths", "10-20", "million deaths")
    assert said[-1].startswith("Kept: **10 to 20 million deaths**")
    assert answers.read()[0]["guesses"]["04 deaths"] == {"value": [10.0, 20.0], "unit": "million deaths"}
    verdicts.guess("04 deaths", 700)
    assert "cannot be" in said[-1] and "660" in said[-1]
    verdicts.guess("04 timing", "Before", "the recall of July 1960")
    verdicts.recall("04 timing")
    verdicts.recall("04 deaths")
    assert "Before the recall" in said[-2] and "First you guessed **30 million deaths**, later **10 to 20" in said[-1]


def test_every_guess_of_the_lessons_is_in_the_table_and_fits_its_cell():
    rows = {row.guess_id: row for row in data.load("guesses").itertuples()}
    asked = {}
    for path in sorted((data.ROOT / "notebooks").glob("0*.ipynb")):
        text = path.read_text(encoding="utf-8").replace('\\"', '"')
        asked |= dict(re.findall(r'guess\("([^"]+)", \.\.\., "([^"]*)"\)', text))
    assert {key: rows[key].unit for key in asked} == asked
    assert set(rows) == set(asked)
    for row in rows.values():
        assert (row.asks == "number") == (row.low == row.low) and (row.choices == "" or row.asks == "words")


def test_a_verdict_is_read_as_a_class_writes_it(answers_file, said):
    for typed, sure in ((" Partly.", "80"), ("“partly”", "80 %"), ("PARTLY", 80.0), ("partly", "８０")):
        verdicts.verdict("c10", typed, sure)
        assert said[-1] == "**C10** Kept: **partly**, 80 per cent sure."
    verdicts.verdict("C10", "partly")
    verdicts.verdict("C10", "partly", 0.8)
    verdicts.verdict("C10", "partly", 72, 5)
    assert "from 0 to 100" in said[-3] and "less than 1 of 100" in said[-2] and "72.5 per cent" in said[-1]


def test_a_hostile_claim_stays_text(answers_file, monkeypatch, said):
    frame = data.load("claims")
    frame.loc[frame["claim_id"] == "C10", "claim"] = "<script>alert(1)</script>"
    load = data.load
    monkeypatch.setattr(data, "load", lambda name, **where: frame if name == "claims" else load(name, **where))
    claims.ledger("C10")
    assert "<script>" not in said[0] and "&lt;script&gt;" in said[0]


def test_no_sentence_of_ours_is_unused_or_missing():
    """All sentences of the table are said, and all that is said stands in it; behind a colon stands a name of the code or the data."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (data.ROOT / "helpers").rglob("*.py"))
    known = set(data.load("sentences")["sentence_id"])
    written = {name: name.partition(": ")[2] or name for name in known}
    unused = {name for name, word in written.items() if f'"{word}"' not in code and f"'{word}'" not in code}
    columns = {column.replace("_", " ") for table in data.table_names() for column in data.load(table).columns}
    of_data = {f"heading: {word}" for word in columns | set(data.load("famine_deaths")["method_kind"])}
    of_rules = {f"choice: {choice}" for _, choices in historians.RULES.values() for choice in choices}
    assert [name for name in unused - of_data - of_rules if not name.startswith("unanswered_")] == []
    assert set(re.findall(r'\b(?:say|fixed)\(\s*"(\w+)"', code)) <= known
