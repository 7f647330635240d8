"""Nothing a student did is ever lost: guesses, verdicts and answers survive damage, full disks and two kernels at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.desk import answers, screen, verdicts

ROOT = Path(__file__).resolve().parents[1]


def test_kept_values_come_back(answers_file):
    assert answers.keep("guesses", "04 deaths", {"value": 5, "unit": "million"}) == ""
    assert answers.keep("verdicts", "C10", {"verdict": "partly", "sure": 70}) == ""
    kept, message = answers.read()
    assert kept["guesses"]["04 deaths"]["value"] == 5 and kept["verdicts"]["C10"]["sure"] == 70 and message == ""


def test_no_file_is_no_news(answers_file):
    assert answers.read() == ({}, "")
    assert not answers_file.exists()


@pytest.mark.parametrize("damage", ['{"guesses": {', "[1, 2]", "", '{"guesses": 3}', "\x00\x00"])
def test_damaged_file_is_set_aside_and_never_overwritten(answers_file, damage):
    answers_file.write_text(damage, encoding="utf-8")
    message = answers.keep("guesses", "a", 1)
    assert "was kept as my_answers.damaged-1.json" in message
    assert (answers_file.parent / "my_answers.damaged-1.json").read_text(encoding="utf-8") == damage
    answers_file.write_text("again", encoding="utf-8")
    answers.keep("guesses", "b", 2)
    assert (answers_file.parent / "my_answers.damaged-1.json").read_text(encoding="utf-8") == damage
    assert (answers_file.parent / "my_answers.damaged-2.json").read_text(encoding="utf-8") == "again"
    assert answers.read()[0] == {"guesses": {"b": 2}}


def test_not_utf8_is_damage_too(answers_file):
    answers_file.write_bytes(b'{"guesses": {"a": "\xff"}}')
    assert "damaged" in answers.keep("guesses", "b", 2)


def test_full_disk_leaves_the_old_file_untouched(answers_file, monkeypatch):
    answers.keep("guesses", "a", 1)
    before = answers_file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(answers.os, "fsync", full)
    message = answers.keep("guesses", "b", 2)
    assert "not kept" in message and "No space left" in message and "untouched" in message
    assert answers_file.read_bytes() == before
    assert sorted(path.name for path in answers_file.parent.iterdir()) == [answers_file.name]


def test_closed_folder_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_ANSWERS", str(tmp_path / "nowhere" / "my_answers.json"))
    assert "not kept" in answers.keep("guesses", "a", 1)


def test_two_kernels_at_once_lose_nothing(answers_file):
    code = (
        "import sys; from helpers.desk import answers\n"
        "for number in range(25): assert answers.keep('guesses', f'{sys.argv[1]}-{number}', number) == ''"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT) for name in ("one", "two")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(json.loads(answers_file.read_text(encoding="utf-8"))["guesses"]) == 50


def test_read_only_checkout_falls_back_to_home(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_ANSWERS")
    monkeypatch.setattr(answers.os, "access", lambda *_: False)
    monkeypatch.setattr(answers.Path, "home", lambda: tmp_path)
    assert "kept in your home folder" in answers.keep("guesses", "a", 1)
    assert answers.read()[0] == {"guesses": {"a": 1}}


def test_the_file_is_ignored_by_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "my_answers*" in ignored


def test_a_written_task_is_kept_with_its_length(answers_file, monkeypatch):
    shown = []
    monkeypatch.setattr(screen, "display", lambda markdown: shown.append(markdown.data))
    for text in (..., 3, "  ", "Three <b>short</b> words."):
        verdicts.write("04 <i>label", text, words=100)
    assert "Nothing written yet" in shown[0] and "in quotes" in shown[1] and "in quotes" in shown[2]
    assert "**3 words**" in shown[3] and "about 100" in shown[3] and "<i>" not in shown[3]
    assert answers.read()[0] == {"texts": {"04 <i>label": "Three <b>short</b> words."}}


def test_users_of_one_checkout_keep_their_answers_apart(tmp_path, monkeypatch):
    """On a hub all users may write to one checkout, even as one system user: each home has a file of its own."""
    monkeypatch.delenv("COURSE_ANSWERS")
    course = tmp_path / "course"
    course.mkdir()
    monkeypatch.setattr(answers, "ROOT", course)
    assert answers.path() == course / answers.NAME
    for user in ("ann", "bo"):
        home = tmp_path / user
        home.mkdir()
        monkeypatch.setenv("JUPYTERHUB_USER", user)
        monkeypatch.setattr(answers.Path, "home", lambda home=home: home)
        assert "kept in your home folder" in answers.keep("guesses", "who", user)
        assert answers.read()[0] == {"guesses": {"who": user}}
    assert list(course.iterdir()) == []


def test_on_a_hub_a_clone_in_the_home_folder_is_ones_own(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_ANSWERS")
    monkeypatch.setenv("JUPYTERHUB_USER", "ann")
    monkeypatch.setattr(answers.Path, "home", lambda: tmp_path)
    monkeypatch.setattr(answers, "ROOT", tmp_path / "course")
    answers.ROOT.mkdir()
    assert answers.path() == answers.ROOT / answers.NAME


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders have no owner here")
def test_somebody_elses_folder_is_not_used_even_when_it_can_be_written_to(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_ANSWERS")
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setattr(answers, "ROOT", tmp_path)
    monkeypatch.setattr(answers.os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert answers.path().parent == Path.home()
