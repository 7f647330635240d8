"""A sealed table that was changed is named when it is read, build refuses it, and sealing it again tells what changed."""

import contextlib
import hashlib
import io
import json
import random
import shutil
import subprocess

import checks
import pytest

from helpers import data
from helpers.tools import build, seal, student

SEED, TRIES = 1961, 25


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a copy of the course's tables, sealed, that the loader reads in their place."""
    return copy_of_tables(tmp_path, monkeypatch)


def copy_of_tables(folder, monkeypatch):
    shutil.copytree(data.DATA, folder / "data")
    monkeypatch.setattr(data, "DATA", folder / "data")
    package = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["version"] = "1.4.2"
    for resource in package["resources"]:
        path = folder / "data" / resource["path"]
        path.write_bytes(data.as_csv(data.read_rows(path, resource)))
        seal.stamp(resource, path.read_bytes())
    (folder / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "data" / seal.CHANGELOG).unlink(missing_ok=True)
    return folder


def rows_of(name):
    resource = data.describe(name)
    return data.read_rows(data.DATA / resource["path"], resource)


def put(name, rows):
    """Write a table of the copy."""
    (data.DATA / data.describe(name)["path"]).write_bytes(data.as_csv(rows))


def said_on_load(name):
    """Return what a reader sees when a table is loaded: the error, or what was written beside it."""
    written = io.StringIO()
    try:
        with contextlib.redirect_stderr(written):
            data.load(name)
    except data.DataError as refused:
        return str(refused)
    return written.getvalue()


def test_a_sealed_course_is_silent(course, capsys):
    for name in data.table_names():
        data.load(name)
    assert capsys.readouterr().err == "" and seal.changed() == []
    seal.refuse_changed()


def test_a_table_without_a_seal_is_silent(course, capsys):
    package = json.loads((data.DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (data.DATA / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    put("grain", rows_of("grain")[:-1])
    assert said_on_load("grain") == "" and seal.changed() == []


def test_a_changed_table_is_loaded_with_one_sentence_once(course):
    rows = rows_of("rubric")
    put("rubric", [*rows[:1], ["Our own", *rows[1][1:]], *rows[2:]])
    told = said_on_load("rubric")
    assert told.startswith("data/rubric.csv has been changed since version 1.4.2 of the data was sealed") and told.count("\n") == 1
    assert data.load("rubric")["criterion"][0] == "Our own"
    assert said_on_load("rubric") == ""


def test_the_same_cells_saved_by_another_program_are_the_same_table(course):
    path = data.DATA / "rubric.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b",,,,,\r\n")
    assert said_on_load("rubric") == "" and seal.changed() == []


def test_no_cache_outlives_its_file(course):
    """A table, the sources and the schema are read again as soon as they changed, even by letters that keep the size."""
    first = data.load("rubric")["criterion"][0]
    rows = rows_of("rubric")
    put("rubric", [rows[0], [first[::-1], *rows[1][1:]], *rows[2:]])
    assert data.load("rubric")["criterion"][0] == first[::-1]
    data.load("grain")
    sources = rows_of("sources")
    used = data.load("grain")["source_id"][0]
    put("sources", [["X" * len(used), *row[1:]] if row[0] == used else row for row in sources])
    with pytest.raises(data.DataError, match=f"the source '{used}' is not in data/sources.csv"):
        data.load("grain")
    package = (data.DATA / "datapackage.json").read_text(encoding="utf-8")
    (data.DATA / "datapackage.json").write_text(package.replace("1.4.2", "1.4.3"), encoding="utf-8")
    assert data.version() == "1.4.3"


def swapped(rng):
    """Return (table, rows) with the values of two years of one series swapped."""
    while True:
        name = rng.choice([name for name in data.table_names() if "series" in data.describe(name)])
        rows = rows_of(name)
        at = {column: rows[0].index(column) for column in ("series", "year", "value")}
        one, other = rng.sample(range(1, len(rows)), 2)
        a, b = rows[one], rows[other]
        if a[at["series"]] == b[at["series"]] and a[at["year"]] != b[at["year"]] and a[at["value"]] != b[at["value"]]:
            a[at["value"]], b[at["value"]] = b[at["value"]], a[at["value"]]
            return name, rows


def transposed(rng):
    """Return (table, rows) with two neighbouring digits of one value changed over."""
    while True:
        name = rng.choice([name for name in data.table_names() if "series" in data.describe(name)])
        rows = rows_of(name)
        value = rows[0].index("value")
        row = rng.choice(rows[1:])
        pairs = [i for i, (a, b) in enumerate(zip(row[value], row[value][1:])) if a.isdigit() and b.isdigit() and a != b]
        if pairs:
            i = rng.choice(pairs)
            row[value] = row[value][:i] + row[value][i + 1] + row[value][i] + row[value][i + 2 :]
            return name, rows


@pytest.mark.parametrize("plant", [swapped, transposed])
def test_every_swap_and_every_transposed_digit_is_noticed(course, plant):
    """Loader and checks alone notice some of them; the seal names all."""
    rng, by_checks, by_seal = random.Random(SEED), 0, 0
    for _ in range(TRIES):
        name, rows = plant(rng)
        before = rows_of(name)
        put(name, rows)
        by_seal += said_on_load(name).startswith(f"data/{name}.csv")
        by_checks += bool(_noticed_by_checks(name))
        put(name, before)
    print(f"seed {SEED}, {plant.__name__}: {by_checks} of {TRIES} noticed by the checks, {by_seal} with the seal")
    assert by_seal == TRIES > by_checks


def _noticed_by_checks(name):
    try:
        return checks.table_checks(name, data.load(name))
    except data.DataError:
        return True


def test_build_refuses_a_changed_table(course, monkeypatch):
    monkeypatch.setattr(build, "GENERATED", {})
    put("rubric", rows_of("rubric")[:-1])
    with pytest.raises(data.DataError, match=r"^rubric: changed since version 1\.4\.2 .* helpers seal --why"):
        build.main(["no lesson"])


def in_git(folder):
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "as it was"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_sealing_writes_what_changed_and_why(course):
    in_git(course)
    rows = rows_of("rubric")
    put("rubric", [rows[0], [rows[1][0], "2", *rows[1][2:]], *rows[2:]])
    assert seal.seal("the weight was misread") == "1.4.3"
    log = (data.DATA / seal.CHANGELOG).read_text(encoding="utf-8")
    assert log.startswith(seal.TITLE) and "the weight was misread" in log
    assert f"- {rows[1][0]}, weight: {rows[1][1]} -> 2\n" in log and log.count("->") == 1
    assert seal.changed() == [] and data.version() == "1.4.3" and said_on_load("rubric") == ""
    described = data.describe("rubric")
    content = (data.DATA / "rubric.csv").read_bytes()
    assert described["hash"] == "sha256:" + hashlib.sha256(content).hexdigest() and described["bytes"] == len(content)


def test_new_and_removed_rows_raise_the_second_part(course, tmp_path):
    was = tmp_path / "was"
    shutil.copytree(data.DATA, was / "data")
    rows = rows_of("rubric")
    put("rubric", [*rows[:-1], ["Kindness", *rows[-1][1:]]])
    assert seal.seal("a criterion of our own", was) == "1.5.0"
    log = (data.DATA / seal.CHANGELOG).read_text(encoding="utf-8")
    assert "- added: Kindness\n" in log and f"- removed: {rows[-1][0]}\n" in log


def test_of_a_long_cell_the_words_that_differ_are_shown():
    old = "The registered rate rose from 10.80 in 1957 to 25.43 in 1960, and fell to 10.02 in 1962, says the yearbook of 1999."
    found = seal.difference([["id", "text"], ["A", old]], [["id", "text"], ["A", old.replace("25.43", "25.34")]], ["id"])
    assert seal.entry("claims", found)[2] == "- A, text: ... 25.43 ... -> ... 25.34 ..."


def test_a_column_that_went_raises_the_first_part():
    before, now = [["id", "old"], ["A", "1"]], [["id", "new"], ["A", "2"]]
    found = seal.difference(before, now, ["id"])
    assert found["columns removed"] == ["old"] and found["columns added"] == ["new"] and found["cells"] == []
    assert seal.raised("1.4.2", [found]) == "2.0.0"


def test_the_newest_version_stands_first(course, tmp_path):
    was = tmp_path / "was"
    shutil.copytree(data.DATA, was / "data")
    for weight in ("2", "1"):
        rows = rows_of("rubric")
        put("rubric", [rows[0], [rows[1][0], weight, *rows[1][2:]], *rows[2:]])
        seal.seal(f"weight {weight}", was)
    log = (data.DATA / seal.CHANGELOG).read_text(encoding="utf-8")
    assert log.index("## 1.4.4") < log.index("## 1.4.3") and log.count(seal.TITLE) == 1


def test_without_history_the_remedy_is_named(course):
    put("rubric", rows_of("rubric")[:-1])
    with pytest.raises(data.DataError, match="--was FOLDER"):
        seal.seal("no reason")


def test_a_broken_table_is_not_sealed(course):
    rows = rows_of("rubric")
    put("rubric", [*rows, rows[1]])
    with pytest.raises(data.DataError, match="the same criterion"):
        seal.seal("twice")


@pytest.mark.parametrize("words", [["--why"], ["--why", " "], ["why"], ["--why", "a", "b"]])
def test_wrong_words_are_answered_with_the_right_ones(words):
    with pytest.raises(data.DataError, match="'seal' takes --why"):
        seal.options(words)


def test_the_command_says_what_is_changed(course, capsys):
    put("rubric", rows_of("rubric")[:-1])
    seal.main([])
    assert "Changed since version 1.4.2: rubric." in capsys.readouterr().out


def test_the_student_edition_seals_its_own_tables(course):
    package = json.loads(student.student_package())
    for resource in package["resources"]:
        content = student.student_table(resource["name"]).encode("utf-8")
        assert resource["hash"] == data.seal_of(content) and resource["bytes"] == len(content), resource["name"]
    own = {resource["name"]: resource["hash"] for resource in package["resources"]}
    assert own["questions"] != data.describe("questions")["hash"]


def test_the_tables_of_the_course_are_as_they_were_sealed():
    """Fails when a table was changed or added and not sealed: python3 -m helpers seal says which."""
    sealed = [name for name in data.table_names() if "hash" in data.describe(name)]
    assert seal.changed() == [] and sealed in ([], data.table_names())
