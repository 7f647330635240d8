"""The student edition: nothing of the teacher's is in it, nothing of the student's is lost, and every lesson still runs."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from helpers import __main__ as command
from helpers import data
from helpers.tools import student
from helpers.tools.build import lessons

LESSONS = {path.name[:2]: path for path in lessons()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the student edition once, into a folder with a space and Korean letters."""
    place = tmp_path_factory.mktemp("student") / "우리 반"
    assert student.write(place) == []
    return place


@pytest.fixture(scope="module")
def made():
    return student.edition()


@pytest.fixture
def one_edition(made, monkeypatch):
    """Make every edition the same, whatever else happens in the course's folder meanwhile; return it."""
    monkeypatch.setattr(student, "edition", lambda: made)
    return made


def copy_of(folder, lesson):
    return nbformat.read(folder / "notebooks" / LESSONS[lesson].name, as_version=4)


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_of_the_teachers_is_left(folder, lesson):
    assert student.teachers_words(copy_of(folder, lesson)) == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_questions_and_the_students_own_cells_are_all_there(folder, lesson):
    whole = nbformat.read(LESSONS[lesson], as_version=4)
    kept = [cell.id for cell in whole.cells if "teacher" not in cell.metadata.get("tags", [])]
    assert [cell.id for cell in copy_of(folder, lesson).cells] == kept


def test_planted_leftovers_are_found():
    whole = nbformat.read(LESSONS["04"], as_version=4)
    models = next(cell for cell in whole.cells if cell.id == "discuss-models")
    clean = student.student_copy(copy.deepcopy(whole))
    without_tag = copy.deepcopy(models)
    without_tag.metadata.pop("tags")
    solution = data.load("questions", question_id="04-4")["solution"].iloc[0]
    wording = data.load("claims", claim_id="C11")["better_wording"].iloc[0]
    printed = nbformat.v4.new_code_cell("1 + 1", execution_count=1, outputs=[nbformat.v4.new_output("stream", text="2")])
    planted = {
        "a model answer": without_tag,
        "a cell tagged for the teacher": models,
        "a stored output": printed,
        "the words of questions, 04-4, solution": nbformat.v4.new_markdown_cell(f"By the way: {solution}"),
        "the words of claims, C11, better_wording": nbformat.v4.new_code_cell(f'write("04", "{wording}", 20)'),
    }
    for fault, cell in planted.items():
        leaky = copy.deepcopy(clean)
        leaky.cells.append(cell)
        assert any(fault in sentence for sentence in student.teachers_words(leaky)), fault


def test_the_tables_keep_no_solution_and_no_grounds(folder):
    package = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for name, columns in student.LEFT_OUT.items():
        resource = next(one for one in package["resources"] if one["name"] == name)
        rows = data.read_rows(folder / "data" / resource["path"], resource)
        places = [rows[0].index(column) for column in columns]
        assert len(rows) > 1 and not any(row[place] for row in rows[1:] for place in places)
    files = [path for path in folder.rglob("*") if path.suffix in (".csv", ".ipynb", ".md", ".json", ".py")]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert data.load("questions", question_id="04-4")["solution"].iloc[0] not in whole
    assert data.load("claims", claim_id="C11")["best_objection"].iloc[0] not in whole


CHECKS = """
from helpers.desk import exercises, screen
for name in data.table_names():
    data.load(name)
print(data.DATA)
print(exercises.reply("04-13", 32.1))
print(exercises.reply("04-13", 20))
screen.display = lambda shown: print(shown.data)
exercises.solution("04-13")
text = data.load("questions", kind="text")["question_id"].iloc[0]
print(exercises.reply(text, "one two three four five six seven eight nine"))
"""


def test_a_copy_runs_from_top_to_bottom_check_judges_and_solution_sends_to_the_teacher(folder, monkeypatch, answers_file):
    monkeypatch.setenv("PYTHONPATH", f"{os.environ['PYTHONPATH']}{os.pathsep}{folder}")
    lesson = copy_of(folder, "07")
    lesson.cells.append(nbformat.v4.new_code_cell(CHECKS))
    place = {"metadata": {"path": str(folder / "notebooks")}}
    NotebookClient(lesson, kernel_name="python3", shutdown_kernel="immediate", resources=place).execute()
    assert all(cell.execution_count for cell in lesson.cells if cell.cell_type == "code")
    said = "".join(output.text for output in lesson.cells[-1].outputs).splitlines()  # a busy computer sends them in parts
    assert Path(said[0]) == folder.resolve() / "data"
    assert said[1].startswith("**Right.**") and said[2].startswith("**Not yet.**")
    assert "ask your teacher" in said[3] and "32" not in said[3] and "ask your teacher" in said[4]


def test_what_a_student_changed_is_never_overwritten(tmp_path, one_edition):
    place = tmp_path / "student"
    student.write(place)
    own = place / "notebooks" / LESSONS["04"].name
    edited = own.read_text(encoding="utf-8").replace("...", '"my own words"', 1)
    own.write_text(edited, encoding="utf-8")
    (place / "my_answers.json").write_text("{}", encoding="utf-8")
    (place / "notebooks" / "notes.ipynb").write_text("mine", encoding="utf-8")
    for _ in range(2):  # a second time the new copy is there already
        said = student.write(place)
        assert said == [f"notebooks/{own.name} was changed since, so it stays as it is; the new one is beside it as {own.stem}.new.ipynb."]
    assert own.read_text(encoding="utf-8") == edited
    assert (place / "my_answers.json").read_text() == "{}" and (place / "notebooks" / "notes.ipynb").read_text() == "mine"
    assert own.with_name(f"{own.stem}.new.ipynb").read_bytes() == one_edition[f"notebooks/{own.name}"]
    assert not list(place.rglob("*.part")) and not list(place.rglob("*.new2.*"))


def test_a_second_change_and_a_lost_list_overwrite_nothing(tmp_path, one_edition):
    place = tmp_path / "student"
    student.write(place)
    own = place / "README.md"
    own.write_text("mine", encoding="utf-8")
    student.write(place)
    (place / "README.new.md").write_text("mine too", encoding="utf-8")
    (place / student.WRITTEN).unlink()
    assert "README.new2.md" in "".join(student.write(place))
    assert own.read_text() == "mine" and (place / "README.new.md").read_text() == "mine too"


def test_an_untouched_copy_is_renewed(tmp_path, monkeypatch):
    place = tmp_path / "student"
    monkeypatch.setattr(student, "edition", lambda: {"README.md": b"old"})
    student.write(place)
    monkeypatch.setattr(student, "edition", lambda: {"README.md": b"new"})
    assert student.write(place) == [] and (place / "README.md").read_bytes() == b"new"


def test_the_course_itself_is_no_place_for_it():
    for place in (student.ROOT, student.ROOT.parent, student.ROOT / "notebooks", student.ROOT / "data" / "x"):
        with pytest.raises(student.StudentError, match="name another folder"):
            student.write(place)
    with pytest.raises(student.StudentError, match="takes one folder"):
        student.main(["a", "b"])


def test_the_students_folder_knows_one_command(folder):
    done = subprocess.run([sys.executable, str(folder / "helpers"), "build"], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2 and "student edition" in done.stdout
    assert "student" in command.USAGE


def test_the_readme_leaves_the_guess_before_the_figures():
    assert "Run All" not in student.README and "Shift+Enter" in student.README and "guess" in student.README
