"""Nothing a reader did is ever lost, nor how it changed: not by damage, full disks, editors, sync programs or two kernels at once."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from helpers import workfile
from helpers.desk import answers, calibration, mine, portfolio, screen, verdicts

ROOT = Path(__file__).resolve().parents[1]
FIRST_EDITION = {
    "guesses": {"04 deaths": {"unit": "million deaths", "value": 20}, "04 timing": {"unit": "", "value": "before"}},
    "priors": {"C16": {"sure": 60, "verdict": "supported"}},
    "verdicts": {"C16": {"sure": 90, "verdict": "contradicted"}},
    "answers": {"04-1": 44.6, "04-3": "a"},
    "texts": {"04 label": "Many died."},
    "decisions": {"1960-06": "b"},
}


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch):
    """No answer that could not be written, and no copy already named, comes from another test."""
    monkeypatch.setattr(answers, "_waiting", [])
    monkeypatch.setattr(answers, "_named", set())


@pytest.fixture
def impatient(monkeypatch):
    """A file that stays damaged is looked at twice, not for as long as an editor may take to save it."""
    monkeypatch.setattr(answers, "PATIENCE", (0.01,))


def stored(file):
    return json.loads(file.read_text(encoding="utf-8"))


def test_kept_values_come_back(answers_file):
    assert answers.keep("guesses", "04 deaths", {"value": 5, "unit": "million"}) == ""
    assert answers.keep("verdicts", "C10", {"verdict": "partly", "sure": 70}) == ""
    kept, message = answers.read()
    assert kept["guesses"]["04 deaths"]["value"] == 5 and kept["verdicts"]["C10"]["sure"] == 70 and message == ""


def test_no_file_is_no_news(answers_file):
    assert answers.read() == ({}, "") and answers.changes() == ({}, "")
    assert not answers_file.exists()


def test_how_a_mind_changes(answers_file):
    for value in (36.4, 36.4, 40.0, 44.6, 44.6):
        answers.keep("answers", "04-1", value)
    today = date.today().isoformat()
    entry = answers.changes()[0]["answers"]["04-1"]
    assert entry == {"first": 36.4, "first_day": today, "last": 44.6, "last_day": today, "tries": 3, "edition": 2}
    for judged, sure in (("supported", 90), ("partly", 60)):
        answers.keep("verdicts", "C10", {"verdict": judged, "sure": sure})
    entry = answers.changes()[0]["verdicts"]["C10"]
    assert (
        entry["first"] == {"verdict": "supported", "sure": 90}
        and entry["last"] == {"verdict": "partly", "sure": 60}
        and entry["tries"] == 2
    )


def test_the_same_answer_again_does_not_touch_the_file(answers_file):
    answers.keep("answers", "04-1", 44.6)
    os.utime(answers_file, (0, 0))
    answers.keep("answers", "04-1", 44.6)
    assert answers_file.stat().st_mtime == 0


def test_the_file_says_what_it_is(answers_file):
    answers.keep("answers", "04-1", 44.6)
    answers.sign("Mina")
    whole = stored(answers_file)
    assert (whole["course"], whole["edition"], whole["who"]) == (answers.COURSE, 2, "Mina") and whole["data"]
    assert answers.about() == {"course": answers.COURSE, "edition": 2, "data": whole["data"], "who": "Mina"}


def test_a_file_of_the_first_edition_is_read_said_to_be_one_and_rewritten_with_the_next_answer(answers_file):
    answers_file.write_text(json.dumps(FIRST_EDITION), encoding="utf-8")
    assert answers.read() == (FIRST_EDITION, "") and answers.about()["edition"] == 1
    assert stored(answers_file) == FIRST_EDITION, "reading changes nothing"
    entry = answers.changes()[0]["verdicts"]["C16"]
    assert entry["edition"] == 1 and entry["first"] == entry["last"] and entry["first_day"] == ""
    assert "first edition" in calibration.in_words(calibration.own())
    assert "first edition" in str(portfolio.sections(answers.changes()[0]))
    answers.keep("verdicts", "C16", {"verdict": "partly", "sure": 30})
    whole = stored(answers_file)
    assert whole["edition"] == 2 and whole["answers"]["04-1"] == {"first": 44.6, "last": 44.6, "tries": 1, "edition": 1}
    assert whole["verdicts"]["C16"]["first"] == {"verdict": "contradicted", "sure": 90} and whole["verdicts"]["C16"]["tries"] == 2
    assert "first edition" not in calibration.in_words(calibration.own()), "the verdict in force has the new scale"


def test_the_file_stays_small_and_readable(answers_file):
    for number in range(116):
        for tried in (1.5, 2.5):
            answers.keep("answers", f"04-{number}", tried)
    assert answers_file.stat().st_size < 25_000 and answers_file.read_text(encoding="utf-8").count("\n") > 500


@pytest.mark.parametrize("damage", ['{"guesses": {', "[1, 2]", "", "\x00\x00", "not JSON"])
def test_a_damaged_file_is_kept_under_another_name_and_never_overwritten(answers_file, impatient, damage):
    answers_file.write_text(damage, encoding="utf-8")
    assert "Nothing was changed" in answers.read()[1] and answers_file.read_text(encoding="utf-8") == damage
    message = answers.keep("guesses", "a", {"value": 1, "unit": ""})
    assert "my\\_answers.damaged-1.json" in message and "take_back" in message
    assert (answers_file.parent / "my_answers.damaged-1.json").read_text(encoding="utf-8") == damage
    answers_file.write_text("again", encoding="utf-8")
    answers.keep("guesses", "b", {"value": 2, "unit": ""})
    assert (answers_file.parent / "my_answers.damaged-1.json").read_text(encoding="utf-8") == damage
    assert (answers_file.parent / "my_answers.damaged-2.json").read_text(encoding="utf-8") == "again"
    assert answers.read()[0] == {"guesses": {"b": {"value": 2, "unit": ""}}}


def test_what_can_be_saved_out_of_a_cut_file_is_taken_along(answers_file, impatient):
    for number in range(20):
        answers.keep("answers", f"04-{number}", float(number))
    answers_file.write_bytes(answers_file.read_bytes()[:-150])
    message = answers.keep("answers", "05-1", "b, c")
    kept = answers.read()[0]["answers"]
    assert len(kept) > 15 and kept["05-1"] == "b, c" and "saved out of it: 1" in message


@pytest.mark.parametrize(
    "harmless",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("Many died.", "Née à Xinyang").encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("}", ",}").encode(),
    ],
    ids=["byte mark", "utf-16", "cp1252", "CRLF", "comma before the end"],
)
def test_an_editor_does_no_harm(answers_file, harmless):
    answers_file.write_bytes(harmless(json.dumps(FIRST_EDITION, ensure_ascii=False, indent=1)))
    assert answers.read()[0]["answers"] == FIRST_EDITION["answers"] and answers.read()[1] == ""
    assert answers.keep("guesses", "b", {"value": 2, "unit": ""}) == ""
    assert len(list(answers_file.parent.iterdir())) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"guesses": 3},
        {"guesses": [1]},
        {"guesses": {"a": None, "b": {"value": [1]}, "c": {"value": True}, "d": {"last": {}}}},
        {"verdicts": {"C10": "yes", "C11": {"verdict": "true", "sure": 3}, "C12": {"verdict": "partly", "sure": "80"}, "C13": {"last": 3}}},
        {"verdicts": {"C10": {"verdict": ["partly"], "sure": 3}}},
        {"answers": {"04-1": [1], "04-2": {"first": 3, "last": 4, "tries": "x", "first_day": 5}, "04-3": {"last": None}}},
        {"texts": {"x": 5}, "decisions": {"1960-06": 9}},
        {"course": 5, "edition": "two", "who": ["x"], "mood": "good"},
        {"edition": 99, "answers": {"04-1": {"last": 3.0}}},
        {"answers": {"04-1": float("nan")}},
    ],
)
def test_odd_shapes_never_raise_and_nothing_good_is_set_aside(answers_file, odd):
    whole = {**FIRST_EDITION, **odd}
    answers_file.write_text(json.dumps(whole), encoding="utf-8")
    for look in (
        answers.read,
        answers.changes,
        answers.about,
        calibration.own,
        answers.can_keep,
        lambda: portfolio.sections(answers.changes()[0]),
    ):
        look()
    assert answers.keep("answers", "05-1", "b, c") == ""
    kept = answers.read()[0]
    good = next(kind for kind in FIRST_EDITION if kind not in odd)
    assert kept[good] == FIRST_EDITION[good] and kept["answers"]["05-1"] == "b, c"
    assert [path.name for path in answers_file.parent.iterdir()] == [answers_file.name]
    assert stored(answers_file).get("mood") == odd.get("mood")


def test_a_file_of_another_course_is_not_written_to(answers_file):
    answers_file.write_text(json.dumps({"course": "Cooking", "answers": {"1": "salt"}}), encoding="utf-8")
    assert answers.read()[0] == {} and "another course" in answers.read()[1]
    assert "another course" in answers.keep("answers", "04-1", 3.0)
    assert stored(answers_file.with_name("my_answers.other-1.json"))["answers"] == {"1": "salt"}


def test_full_disk_leaves_the_old_file_untouched_and_the_answer_waits(answers_file, monkeypatch):
    answers.keep("answers", "a", 1.0)
    before = answers_file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(workfile.os, "fsync", full)
        message = answers.keep("answers", "b", 2.0)
    assert "not kept yet" in message and "No space left" in message and "untouched" in message
    assert answers_file.read_bytes() == before
    assert sorted(path.name for path in answers_file.parent.iterdir()) == [answers_file.name]
    assert answers.keep("answers", "c", 3.0) == "" and answers.read()[0]["answers"] == {"a": 1.0, "b": 2.0, "c": 3.0}


def test_a_program_that_holds_the_file_for_a_moment_does_no_harm(answers_file, monkeypatch):
    calls, real = [], os.replace

    def held(*names):
        calls.append(names)
        if len(calls) < 3:
            raise PermissionError(13, "Permission denied")
        return real(*names)

    monkeypatch.setattr(workfile.os, "replace", held)
    assert answers.keep("answers", "a", 1.0) == "" and len(calls) == 3


def test_a_half_written_file_is_looked_at_again(answers_file):
    """A sync program writes the file in two goes; the answers of both are there in the end."""
    text = json.dumps(FIRST_EDITION)
    answers_file.write_text(text[:100], encoding="utf-8")
    finish = threading.Timer(0.15, lambda: answers_file.write_text(text, encoding="utf-8"))
    finish.start()
    assert answers.keep("answers", "05-1", "b, c") == ""
    finish.join()
    assert len(answers.read()[0]["answers"]) == 3 and len(list(answers_file.parent.iterdir())) == 1


def test_closed_folder_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_ANSWERS", str(tmp_path / "nowhere" / "my_answers.json"))
    assert "not kept" in answers.keep("guesses", "a", 1)
    assert all(isinstance(text, str) for text in (answers.sign("x"), answers.next_pupil("x"), answers.take_back("x"), answers.can_keep()))


def test_two_kernels_at_once_lose_nothing(answers_file):
    code = (
        "import sys; from helpers.desk import answers\n"
        "for number in range(25): assert answers.keep('guesses', f'{sys.argv[1]}-{number}', number) == ''"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT) for name in ("one", "two")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(stored(answers_file)["guesses"]) == 50


def test_a_dead_lock_is_taken_away_and_a_living_one_is_not(answers_file, monkeypatch):
    monkeypatch.setattr(workfile, "LOCK_SECONDS", 0.5)  # a busy computer holds a thread up
    lock = answers_file.with_name("my_answers.json.lock")
    lock.write_text("of a program that has ended", encoding="utf-8")
    assert answers.keep("answers", "a", 1.0) == "" and not lock.exists()
    alive = workfile.Lock(answers_file)
    stop = time.monotonic() + 2.5
    with alive:

        def renew():
            while time.monotonic() < stop:
                alive.token += "x"
                lock.write_text(alive.token, encoding="utf-8")
                time.sleep(0.05)

        thread = threading.Thread(target=renew)
        thread.start()
        started = time.monotonic()
        with pytest.raises(OSError, match="all the time"):
            workfile.Lock(answers_file).__enter__()
        assert time.monotonic() - started > 1.9
        thread.join()
        assert lock.read_text(encoding="utf-8") == alive.token, "nobody removed a lock that was in use"
    assert not lock.exists()


def test_who_lost_the_lock_does_not_write(answers_file):
    lock = workfile.Lock(answers_file)
    with lock:
        lock.file.write_text("somebody else's", encoding="utf-8")
        with pytest.raises(OSError, match="turn"):
            lock.check()
    assert lock.file.read_text(encoding="utf-8") == "somebody else's"


def test_read_only_checkout_falls_back_to_home(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_ANSWERS")
    monkeypatch.setattr(answers.os, "access", lambda *_: False)
    monkeypatch.setattr(answers.Path, "home", lambda: tmp_path)
    assert "kept in your home folder" in answers.keep("guesses", "a", {"value": 1, "unit": ""})
    assert answers.read()[0] == {"guesses": {"a": {"value": 1, "unit": ""}}}


@pytest.mark.skipif((ROOT / "wheels").exists(), reason="a kit is no place of git")
def test_the_file_is_ignored_by_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "my_answers*" in ignored


@pytest.fixture
def shown(monkeypatch):
    texts = []
    monkeypatch.setattr(screen, "display", lambda markdown: texts.append(markdown.data))
    return texts


def test_a_written_task_is_kept_with_its_length_and_its_sources(answers_file, shown):
    for text in (..., r"\n...\n".replace("\\n", "\n"), 3, "  ", 'Three <b>short</b> words: "so", by D022 and D999.'):
        verdicts.write("04 <i>label", text, words=100)
    assert "Nothing written yet" in shown[0] and "Nothing written yet" in shown[1] and "three quotes" in shown[2]
    assert "**8 words**" in shown[-1] and "about 100" in shown[-1] and "<i>" not in shown[-1]
    assert "**Source ids: 1** (D022)" in shown[-1] and "D999" in shown[-1]
    assert answers.read()[0]["texts"]["04 <i>label"].startswith("Three <b>short</b>")


def test_the_next_pupil_starts_clean_and_the_first_goes_on(answers_file, shown):
    answers.keep("answers", "04-1", 1.0)
    mine.next_pupil("Mina")
    assert "clean start" in shown[-1] and "my\\_answers.earlier-1.json" in shown[-1] and answers.read()[0] == {}
    answers.keep("answers", "04-1", 2.0)
    mine.next_pupil("Bo")
    assert "Mina" in shown[-1] and answers.read()[0] == {}
    answers.keep("answers", "04-1", 3.0)
    mine.next_pupil("Mina")
    assert "Welcome back" in shown[-1] and answers.read()[0]["answers"] == {"04-1": 2.0}
    mine.next_pupil("mina ".strip().title())
    assert "already" in shown[-1]
    mine.next_pupil()
    assert answers.read()[0] == {} and answers.about()["who"] == ""
    assert sorted(path.name for path in answers_file.parent.iterdir()) == [
        "my_answers.earlier-1.json",
        "my_answers.of-Bo.json",
        "my_answers.of-Mina.json",
    ]


def test_two_pupils_are_never_mixed(answers_file):
    answers.next_pupil("Mina")
    answers.keep("answers", "04-1", 2.0)
    answers.next_pupil("Bo")
    assert "Mina" in answers.take_back("my_answers.of-Mina.json") and answers.read()[0] == {}


@pytest.mark.parametrize(
    "name",
    [
        "my_answers (1).json",
        "my_answers-PC2.json",
        "my_answers (Anna's conflicted copy 2026-11-29).json",
        "my_answers.sync-conflict-20261129-101010-ABCDEFG.json",
        "Copy of my_answers.json",
    ],
)
def test_a_copy_by_a_sync_program_is_found_named_and_taken_back(answers_file, name):
    answers.keep("answers", "04-1", 1.0)
    copy = answers_file.with_name(name)
    copy.write_text(json.dumps({"answers": {"04-1": 1.0, "04-2": {"first": 9.0, "last": 14.6, "tries": 2}}}), encoding="utf-8")
    message = answers.keep("answers", "04-3", "d")
    assert "yours lacks: 1" in message and f'take_back("{name}")' in message and "take_back" in message
    assert answers.keep("answers", "04-3", "c") == "", "a copy is named once"
    assert answers.take_back(name).endswith("1. That file stays as it is.")
    assert answers.read()[0]["answers"] == {"04-1": 1.0, "04-2": 14.6, "04-3": "c"}
    assert answers.changes()[0]["answers"]["04-2"]["first"] == 9.0 and copy.exists()


def test_a_copy_that_holds_nothing_new_is_not_worth_a_word(answers_file):
    answers.keep("answers", "04-1", 1.0)
    answers_file.with_name("my_answers (1).json").write_bytes(answers_file.read_bytes())
    assert answers.keep("answers", "04-2", 2.0) == "" and answers.can_keep() == ""


def test_taking_back_keeps_the_first_answer_and_the_newest(answers_file):
    entry = {"first": 1.0, "first_day": "2026-01-02", "last": 2.0, "last_day": "2026-01-03", "tries": 2}
    older = {"first": 0.5, "first_day": "2026-01-01", "last": 9.0, "last_day": "2026-01-09", "tries": 5}
    answers_file.write_text(json.dumps({"answers": {"a": entry}}), encoding="utf-8")
    answers_file.with_name("my_answers-2.json").write_text(json.dumps({"answers": {"a": older}}), encoding="utf-8")
    answers.take_back("my_answers-2.json")
    assert stored(answers_file)["answers"]["a"] == older
    assert "no other file" in answers.take_back("../etc/passwd") and "no other file" in answers.take_back(answers_file.name)


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
        assert "kept in your home folder" in answers.keep("answers", "who", user)
        assert answers.read()[0] == {"answers": {"who": user}}
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
