"""The teacher's guide: its times are those of the lessons, its hours fit, its ids and links exist."""

import copy
import json
import re

import pytest

from helpers import data, environment
from helpers.__main__ import USAGE
from helpers.tools import build, guide, handouts

TEXT = guide.TEMPLATE.read_text(encoding="utf-8")
WORDS = 2450
ID = re.compile(r"\b([CDHR]\d{2,3})\b")


@pytest.fixture(scope="module")
def lessons():
    return guide.read_lessons()


def test_the_guide_is_short_and_begins_with_monday_at_nine():
    assert len(TEXT.split()) <= WORDS and re.findall(r"^## (.+)$", TEXT, re.M)[0] == "Monday at nine"


def test_it_speaks_in_sentences_instead_of_ids():
    assert ID.findall(TEXT) == [] and ID.findall("lay D023 beside H33") == ["D023", "H33"]  # planted


def test_every_lesson_has_its_times_and_the_mistake_to_watch_for(lessons):
    page = guide.page()
    for number in lessons:
        part = page.split(f"### Lesson {number}\n", 1)[1].split("\n### ")[0].split("\n## ")[0]
        assert guide.Words(lessons).parts(number) in part and len(part.split("**Watch for.** ")[1]) > 40, number


def test_it_names_commands_that_are_there():
    named = set(re.findall(r"-m helpers (\w+)((?: --\w+)*)", TEXT))
    assert {"class", "bank", "site", "lab", "student"} <= {name for name, _ in named}
    assert all(f"helpers {name}" in USAGE.format(py="python3") and all(option in USAGE for option in more.split()) for name, more in named)


def test_standards_are_quoted_in_twelve_words_with_where_to_find_them():
    rows = [line.strip("| ").split(" | ") for line in section("Standards").splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 5
    for row in rows:
        assert len(row) == 5 and all(row) and row[1][0] == row[1][-1] == '"' and len(row[1].split()) <= 12, row


def test_class_hours_fit_and_are_not_empty(lessons):
    plans = [part.split("\n## ")[0] for part in TEXT.split("\n### ")]
    counts = {part.split("\n")[0]: len(guide.hours(part, lessons)) for part in plans if part.startswith(("Nine", "Five"))}
    assert counts == {"Nine hours": 9, "Five hours": 5}
    assert [pace for pace in too_long(TEXT, lessons)] == []
    assert all(slow >= guide.HOUR for _, _, slow in guide.hours(TEXT, lessons))


def section(title):
    return TEXT.split(f"\n## {title}\n", 1)[1].split("\n## ")[0]


def too_long(text, lessons):
    """Return the class hours that do not fit at the usual pace."""
    return [minutes for minutes in guide.hours(text, lessons) if minutes[1] > guide.HOUR]


def test_a_planted_long_hour_is_found(lessons):
    assert too_long('{{ hour("01") }} {{ hour("02: s1") }}', lessons) == [guide.times("01", lessons)]


def test_no_time_is_written_by_hand():
    by_hand = re.compile(r"\d+ minutes|\d+ ?/ ?\d+")
    assert by_hand.findall(re.sub(r"\{\{.*?\}\}", "", TEXT)) == [f"{guide.HOUR} minutes"]
    assert by_hand.findall("| 1 | 00 | 31 / 46 / 60 |") and by_hand.findall("takes 12 minutes")  # planted


def copied(folder):
    for path in build.lessons():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_planted_change_of_minutes_changes_the_guide(tmp_path):
    before = guide.page(notebooks=copied(tmp_path))
    assert before == guide.page()
    path = tmp_path / data.load("lessons", lesson="04")["file"].iloc[0]
    notebook = json.loads(path.read_text(encoding="utf-8"))
    part = next(cell for cell in notebook["cells"] if cell["id"] == "s2")
    fast, usual, slow = part["metadata"]["minutes"]
    part["metadata"]["minutes"] = [fast, usual + 1, slow]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    after = guide.page(notebooks=tmp_path)
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert any(f"2. What is an excess death? **{usual + 1}**" in line for line in changed)
    assert len(changed) == 5  # the lesson's row, the sum of all lessons, the lesson's parts, two class hours


def test_a_renamed_part_is_named(lessons):
    renamed = copy.deepcopy(lessons)
    for cell in renamed["04"]["cells"]:
        if cell["metadata"].get("part") == "documents":
            cell["metadata"]["part"] = "papers"
    with pytest.raises(guide.GuideError, match="part 'documents' of lesson 04"):
        guide.times("04: guess documents", renamed)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ('{{ huor("04") }}', "unknown name 'huor'.+hour"),
        ('{{ hour("14") }}', "lesson '14'"),
        ('{{ count("suported") }}', "supported"),
        ('{{ hour("04: s9") }}', "part 's9'"),
        ('one\n{{ hour("04" }}', "line 2 cannot be read"),
    ],
)
def test_a_slip_in_a_mark_gets_a_sentence(mark, said):
    with pytest.raises(guide.GuideError, match=said):
        guide.page(mark)


def test_counts_and_rubric_come_from_the_tables():
    claims, rubric = data.load("claims"), data.load("rubric")
    supported = (claims["verdict"] == "supported").sum()
    page = guide.page()
    assert f"into {len(claims)} claims" in page and f"By our count {supported} stand as printed" in page
    assert all(row.exemplary in page and row.beginning in page for row in rubric.itertuples()) and len(rubric) == 5
    assert "{{" not in page and "{%" not in page


def test_the_links_of_the_guide_lead_somewhere():
    page = guide.page()
    headings = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", page, re.M)}
    for target in re.findall(r"\]\(([^)]+)\)", page):
        assert target[1:] in headings if target.startswith("#") else (build.NOTEBOOKS / target).exists(), target


SCHOOLS = guide.SCHOOLS.read_text(encoding="utf-8")


def test_the_page_for_schools_speaks_of_colab_only_when_the_course_has_an_address(monkeypatch):
    monkeypatch.setattr(environment, "address", lambda: "")
    assert "Colab" not in guide.schools() and "git clone --depth" not in guide.schools()
    monkeypatch.setattr(environment, "address", lambda: "https://example.org/course")
    page = guide.schools()
    assert "!git clone --depth 1 https://example.org/course /content/course\n%cd /content/course/notebooks\n" in page
    assert "| Colab, below |\n| one server" in page and "\n\n\n" not in page


def test_the_page_for_schools_names_what_is_there():
    page = guide.schools()
    for command in set(re.findall(r"-m helpers (\w+)((?: --\w+)*)", page)):
        assert f"helpers {command[0]}" in USAGE.format(py="python3") and all(option in USAGE for option in command[1].split()), command
    assert all(
        f"{name}>={version}" in environment.project()["dependencies"] for name, version in re.findall(r"(pandas|plotly) (\d[\d.]*\d)", page)
    )
    assert "pandas 2" in page and "plotly 5" in page


def test_a_handout_prints_the_numbers_apart_from_the_words():
    """A table with at least half of its cells numbers or gaps is one of numbers: it stands behind the figures, words among the evidence."""
    tables = {"<td>1960</td><td>–</td>": True, "<td>1960</td><td>Beijing</td>": True, "<td>1960</td><td>he</td><td>said</td>": False}
    assert {cells: handouts.mostly_numbers(cells) for cells in tables} == tables
