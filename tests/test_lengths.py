"""The same hour in 45, 60 and 90 minutes, and three hours that stand alone: what goes, what comes, what bad input says."""

import copy
import re

import free_numbers
import pytest
from test_teach import PLANNED, hour_of, text_of

from helpers.tools import deck, hour, lengths, plan, prose, sheet, teach


@pytest.fixture(scope="module")
def hours():
    found = {lesson: hour_of(lesson) for lesson in PLANNED}
    return found | {name: lengths.alone(found[lengths.lesson_of(name)], name) for name in lengths.ALONE}


def test_every_length_fits_to_the_minute_and_keeps_guess_ledger_and_exit(hours):
    for lesson in PLANNED:
        one = hours[lesson]
        assert lengths.faults(one) == [] and set(lengths.of(one)) >= ({45, 60} if lesson == "00" else {45, 60, 90}), lesson
        for minutes in lengths.of(one):
            cut = lengths.cut(one, minutes)
            names = [part.name for part in cut.parts]
            assert sum(part.minutes[1] for part in cut.parts) == minutes and names[-1] == "know" and len(set(names)) == len(names)
            assert {part.name for part in one.parts if part.name in lengths.STAYS} <= set(names), (lesson, minutes)
            assert not (cut.out and cut.added) and (minutes > lengths.USUAL or not cut.added)
            usual = {part.name: part.minutes for part in one.parts + one.more}
            assert all(usual[part.name][1] <= part.minutes[1] <= usual[part.name][2] for part in cut.parts)


def test_the_parts_of_the_lesson_are_left_as_they_are(hours):
    before = copy.deepcopy(hours["04"].parts)
    lengths.cut(hours["04"], 90)
    assert hours["04"].parts == before


def test_the_famine_in_45_minutes_goes_without_its_map(hours):
    one = hours["04"]
    cut = lengths.cut(one, 45)
    page = text_of(plan.page(one, deck.Deck(one).numbers(), cut))
    assert "Without 3. Where was the famine? (slides 16-17)." in page and "04-4 goes home." not in page  # it is on no sheet
    assert "04-4: " not in page
    assert "45 minutes" in page and page.count("on the first plan") == 1 and hours["04"].plan.objections[0][1][:40] not in page


def test_ninety_minutes_end_with_writing_and_name_what_they_show(hours):
    one = hours["04"]
    cut = lengths.cut(one, 90)
    page = text_of(plan.page(one, {}, cut))
    assert [part.name for part in cut.parts][-2:] == ["discuss", "know"] and cut.added[0].name == "A"
    assert "Added after the ledger: parts A, " in page and "it is no homework then" in page and "04-6" in page


@pytest.mark.parametrize(
    ("what", "words", "said"),
    [
        ("leave out", "s9", "leave out: 's9'.+s"),
        ("add", "Z", "add: 'Z'"),
        ("not judged", "C99", "'C99'.+C1"),
        ("leav out", "s3", "'leav out'"),
    ],
)
def test_a_slip_under_lengths_is_a_sentence(hours, what, words, said):
    one = copy.deepcopy(hours["04"])
    one.plan.lengths = {what: words}
    assert len(lengths.faults(one)) == 1 and re.search(said, lengths.faults(one)[0])
    assert sum(part.minutes[1] for part in lengths.cut(one, 90).parts) <= 90


def test_three_hours_stand_alone(hours):
    for name in lengths.ALONE:
        one = hours[name]
        slides, paper = deck.Deck(one), sheet.Sheet(one)
        made = {"plan": plan.page(one, slides.numbers()), "sheet": paper.html(), "deck": slides.html()}
        assert one.plan.complaints + slides.complaints + paper.complaints + lengths.faults(one) == [], name
        assert sheet.told(made["sheet"], one) == [] and lengths.of(one) == []
        told = teach.plans(one, slides.numbers(), made)["plan"]
        assert plan.minutes_to_read(told, hour.words_in(made["deck"]) + hour.words_in(made["sheet"])) == 15  # so says the first page
        assert hour.clock(one.parts)[-1][1] <= lengths.USUAL and [part.name for part in one.parts].index("before") < 4
        words = {kind: text_of(page) for kind, page in made.items()}
        assert all(one.title in text and one.question in text for text in words.values())
        assert "A textbook page says" in words["deck"] and all(claim in words["plan"] for claim in one.named("claims"))
        for page in made.values():  # no other lesson is needed, and its pages are its own
            assert not re.findall(r"[Ll]esson 0\d", text_of(page).replace("(lesson 03)", "")), name  # a pointer does no harm
            assert set(re.findall(r'href="(\w+)-(?:plan|sheet|deck)', page)) <= {name}


def test_a_quiet_sheet_has_another_topic_the_same_shape_and_its_answers_on_the_plan(hours):
    assert lengths.quiet(hours) == {"04": "04-quiet"} and lengths.quiet(["04"]) == {}  # without the lesson that it is made of
    one = lengths.alone(hours["02"], "04-quiet", "04")
    paper = sheet.Sheet(one)
    page = paper.html()
    words = text_of(page)
    assert one.plan.complaints + paper.complaints + sheet.told(page, one) == [] and one.name == "04-quiet"
    assert not re.search(r"famine|starv|hunger|died|death", words) and "04-deck" not in page and 'href="04-plan.html"' in page
    assert re.findall(r'id="q-([^"]+)"', page) == ["02-6", "02-15", "05-11", "02-2"] and page.count("My guess:") == 2
    assert words.index("civil war") < words.index("02-6") < words.index("Judge") < words.index("D096") and "Right but for" in words
    with_it, without = (plan.page(hours["famine"], {}, quiet=quiet) for quiet in (one, None))
    assert "The quiet sheet, Experts from Moscow. 02-6: b, d; 02-15: b" in text_of(with_it) and "04-quiet-sheet.html" in with_it
    assert "quiet-sheet" not in without and "Experts from Moscow" not in text_of(without)


def test_what_is_asked_too_speaks_of_claims_that_the_hour_judges(hours):
    for name, one in hours.items():
        asked = " ".join(" ".join(pair) for pair in one.plan.asked)
        assert set(re.findall(r"\bC\d\d\b", asked)) <= set(one.named("claims")), name
        assert len(one.plan.asked) in (4, 5, 6) and all(answer for _, answer in one.plan.asked), name
    assert hours["famine"].plan.asked == hours["04"].plan.asked and hours["insult"].plan.asked != hours["07"].plan.asked


def test_a_guess_of_its_own_is_on_slip_and_slide(hours):
    one = hours["congress"]
    asked = one.of("guess")[0].guess_text
    assert "in print and by name" in asked and hours["05"].of("guess")[0].guess_text != asked
    assert sheet.Sheet(one).html().count("My guess:") == 2 and "by name?" in text_of(deck.Deck(one).html())


def test_their_numbers_are_bound():
    for name in [*lengths.ALONE, "04-quiet"]:
        text = (hour.PLANS / f"{name}.md").read_text(encoding="utf-8")
        assert (prose.unbound(text, free_numbers.phrases("plans")), prose.wrong(text), prose.unknown_dates(text)) == ([], [], []), name


def test_a_part_that_the_lesson_lacks_is_a_sentence(hours, monkeypatch):
    about = lengths.about("congress")
    monkeypatch.setattr(lengths, "about", lambda _: {**about, "parts": "header, s1, s7, know"})
    one = lengths.alone(hours["05"], "congress")
    assert one.plan.complaints == ["plans/congress.md wants the part 's7'; the nearest names are s4, s3, s2."]
    assert [part.name for part in one.parts] == ["header", "s1", "know"]
