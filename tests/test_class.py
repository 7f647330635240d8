"""What a class handed in, on one page: which files are taken in, that nothing is overwritten, and that nothing leaves the page."""

import base64
import json
import random
import re

import invented_class
import pytest

from helpers import __main__, data, environment
from helpers.common import ROOT
from helpers.tools import answering, class_view


@pytest.fixture(scope="module")
def empty_page():
    """Return the page on which files are dropped."""
    return class_view.page([])


@pytest.fixture
def small(monkeypatch):
    """Let a page be its name and its files: what stands in it is another test's."""
    monkeypatch.setattr(class_view, "page", lambda files: f"<title>{class_view.MARK}</title>{json.dumps(files)}")


def held(name, content):
    return {"name": name, "held": base64.b64encode(content).decode("ascii")}


def test_nothing_leaves_the_page_and_its_rules_forbid_it(empty_page):
    assert not re.search(r"""(?:src|href)=["'](?!#)""", empty_page)
    assert "default-src 'none'" in empty_page and "form-action 'none'" in empty_page and "connect-src" not in empty_page
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\s*\(", empty_page)


def test_every_script_ends_where_it_should(monkeypatch):
    """A script in a table or in a pupil's file cannot end ours."""
    rows = data.load("questions")
    rows.loc[rows.index[0], ["prompt", "feedback_right"]] = "</script><script>alert(1)</script>\u2028"
    load = data.load
    monkeypatch.setattr(data, "load", lambda name, **where: rows if name == "questions" and not where else load(name, **where))
    whole = class_view.page([held("</script>.json", b"</script><script>alert(1)</script>")])
    assert whole.count("</script>") == len(class_view.SCRIPTS) + 1 and "<script>alert" not in whole and "\u2028" not in whole
    assert [path.name for path in class_view.SCRIPTS if "</script" in path.read_text(encoding="utf-8")] == []


def test_the_key_lies_encoded_and_whole(empty_page):
    claims, questions = data.load("claims"), data.load("questions")
    assert [row.question_id for row in questions.itertuples() if len(row.solution) > 30 and row.solution in empty_page] == []
    assert all(f'"{name}":' in empty_page for name in (f"{claim} ours" for claim in claims["claim_id"]))
    assert all(answering.encoded(name, answering.question(row)) in empty_page for name, row in first_rows(questions))


def first_rows(questions):
    return [(row.question_id, row) for row in questions.head(5).itertuples()]


def test_the_page_knows_every_lesson_claim_and_task(empty_page):
    about = json.loads(re.search(r"window\.classAbout = (.*);\n", empty_page)[1])
    assert about["lessons"].keys() == about["asked"].keys() == set(data.load("lessons")["lesson"])
    assert about["claims"].keys() == set(data.load("claims")["claim_id"]) and about["questions"].keys() == set(
        data.load("questions")["question_id"]
    )
    assert len(about["tasks"]) > 8 and about["files"] == []


def test_files_are_collected_as_they_are(tmp_path):
    (tmp_path / "Ada (7)" / "inside").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "__MACOSX").mkdir()
    for name, content in {
        "b.json": b"\xff\xfe{",
        "a.txt": b"",
        "Ada (7)/my_answers.json": b"{}",
        "Ada (7)/inside/deep.json": b"{}",
        ".DS_Store": b"x",
        ".hidden/x.json": b"x",
        "__MACOSX/x.json": b"x",
        "my_answers.json.lock": b"token",
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "large.json").write_bytes(b" " * (class_view.LARGEST + 1))
    found = {one["name"]: one for one in class_view.collect(tmp_path)}
    assert list(found) == ["Ada (7)/inside/deep.json", "Ada (7)/my_answers.json", "a.txt", "b.json", "large.json"]
    assert base64.b64decode(found["b.json"]["held"]) == b"\xff\xfe{" and "too large" in found["large.json"]["trouble"]


def test_a_file_that_cannot_be_opened_gets_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")

    def shut(path):
        raise PermissionError(path)

    monkeypatch.setattr(type(tmp_path), "read_bytes", shut)
    assert class_view.collect(tmp_path) == [{"name": "a.json", "trouble": class_view.WORDS["closed"]}]


def test_an_earlier_page_is_replaced_and_a_pupils_file_never(tmp_path, small):
    work = tmp_path / "my_answers.json"
    work.write_text("{}", encoding="utf-8")
    assert class_view.main([str(tmp_path)]) == 0
    own = tmp_path / "class.html"
    assert class_view.collect(tmp_path) == [held("my_answers.json", b"{}")]  # the page is no pupil's file
    own.write_text("<html>a pupil's own class.html</html>", encoding="utf-8")
    assert class_view.main([str(tmp_path)]) == 0
    assert own.read_text(encoding="utf-8").startswith("<html>a pupil's") and (tmp_path / "class-2.html").exists()
    assert "class.html" in (tmp_path / "class-2.html").read_text(encoding="utf-8") and work.read_text(encoding="utf-8") == "{}"


def test_what_does_not_fit_gets_one_sentence(tmp_path, capsys, monkeypatch, small):
    monkeypatch.setattr(class_view, "MOST", 3)
    full = tmp_path / "full"
    full.mkdir()
    for number in range(4):
        (full / f"{number}.json").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "a.json").touch()
    cases = {
        ("nowhere",): (1, "There is no folder"),
        ("empty",): (1, "holds no file"),
        ("full",): (1, "more than 3 files"),
        ("one", "two"): (2, "takes one folder"),
        ("--help",): (2, "takes one folder"),
    }
    for words, (status, says) in cases.items():
        given = [word if word.startswith("-") else str(tmp_path / word) for word in words]
        assert class_view.main(given) == status and says in capsys.readouterr().out, words

    def shut(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "write_text", shut)
    assert class_view.main([str(tmp_path / "shut")]) == 1 and "Permission denied" in capsys.readouterr().out


def test_the_command_is_there_and_git_keeps_the_page_and_portfolios_out():
    assert "class" in __main__.commands_of(environment) and "helpers class FOLDER" in __main__.USAGE
    if not (ROOT / "wheels").exists():  # a kit is no place of git
        ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
        assert {"class.html", "class-[0-9]*.html", "portfolio-*"} <= set(ignored)


def test_the_invented_class_is_always_the_same_and_says_that_it_is_invented():
    made = invented_class.whole_class()
    assert len(made) == 28 and made[0] == invented_class.pupil(random.Random(4), invented_class.NAMES[0])
    assert all("(invented)" in one["who"] for one in made)
