"""The way back from a used copy, and to a newer edition: what README says is tried, with git and without."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.tools import build, kit

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LESSON = "notebooks/04_famine.ipynb"
WORD = "our own question"
OURS = {"guesses": {"04 deaths": {"value": 7, "unit": "million deaths"}}}
IGNORED = ROOT / ".gitignore"
with_git = pytest.mark.skipif(not (shutil.which("git") and IGNORED.exists()), reason="no git on this computer, or a course from a kit")


def git(folder, *words, check=True):
    who = ["-c", "user.name=A teacher", "-c", "user.email=teacher@example.org"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=check, capture_output=True, text=True)


def write(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def use(folder):
    """Leave a copy as a class leaves it: lessons run, one changed and saved by Jupyter, answers kept."""
    path = folder / LESSON
    notebook = nbformat.read(path, 4)
    notebook.metadata["language_info"]["version"] = "3.12.1"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.metadata["execution"] = {"shell.execute_reply": "2026-11-30"}
            for output in cell.outputs:
                if "data" in output:
                    output.data["image/png"] = "iVBORw0KGgo="
    nbformat.write(notebook, path)
    (folder / "my_answers.json").write_text(json.dumps(OURS), encoding="utf-8")
    return path


def change(path):
    path.write_text(path.read_text(encoding="utf-8").replace("Famine", WORD, 1), encoding="utf-8")


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course"
    write(folder, kit.contents())
    if IGNORED.exists():
        shutil.copy(IGNORED, folder)
    return folder


@with_git
@pytest.mark.doors
def test_a_newer_edition_with_git_after_a_class_has_used_the_folder(course, tmp_path):
    git(course, "init", "-q", "-b", "main")
    git(course, "add", "-A")
    git(course, "commit", "-q", "-m", "first edition")
    ours = tmp_path / "our class"
    git(tmp_path, "clone", "-q", str(course), str(ours))
    used = use(ours)
    change(used)
    kept, answers = used.read_bytes(), (ours / "my_answers.json").read_bytes()
    newer = (course / LESSON).read_text(encoding="utf-8").replace("Famine", "The famine", 1)
    (course / LESSON).write_text(newer, encoding="utf-8")
    git(course, "commit", "-q", "-a", "-m", "second edition")

    refused = git(ours, "pull", "-q", check=False)
    assert refused.returncode and used.read_bytes() == kept  # git alone refuses and keeps all
    assert "git stash\ngit pull\n" in README
    git(ours, "stash")
    git(ours, "pull", "-q")
    assert used.read_text(encoding="utf-8") == newer and nbformat.read(used, 4)
    assert (ours / "my_answers.json").read_bytes() == answers
    assert git(ours, "show", f"stash@{{0}}:{LESSON}").stdout.encode() == kept  # what the class changed can still be read
    assert "git show stash@{0}:notebooks/04_famine.ipynb" in README


@pytest.mark.doors
def test_a_newer_edition_without_git(course, tmp_path):
    """A fresh copy with the old answers in it."""
    used = use(course)
    fresh = tmp_path / "newer"
    write(fresh, kit.contents())
    assert re.search(r"copy `my_answers.json`", README)
    shutil.copy(used.parents[1] / "my_answers.json", fresh)
    child = {name: value for name, value in os.environ.items() if name not in ("COURSE_ANSWERS", "PYTHONPATH")}
    code = "from helpers.desk import answers; print(answers.path(), answers.read()[0]['guesses']['04 deaths'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=fresh, env=child, capture_output=True, text=True, check=True)
    assert done.stdout.split(" {")[0] == str(fresh / "my_answers.json") and "'value': 7, 'unit': 'million deaths'" in done.stdout


@pytest.mark.doors
def test_one_command_makes_a_used_copy_like_new(course):
    def build():
        subprocess.run([sys.executable, "-m", "helpers.tools.build", "04_"], cwd=course, check=True, capture_output=True)

    build()
    new = (course / LESSON).read_bytes()
    assert use(course).read_bytes() != new
    build()
    assert (course / LESSON).read_bytes() == new
    assert "python3 -m helpers build" in README


FAILS = """
def test_planted():
    assert False
"""


@pytest.mark.doors
@pytest.mark.parametrize(("name", "named"), [("test_notebooks.py", True), ("test_other.py", False)])
def test_a_failing_test_of_the_lessons_names_the_command(tmp_path, name, named):
    (tmp_path / "tests" / "offline").mkdir(parents=True)
    shutil.copy(ROOT / "conftest.py", tmp_path)
    shutil.copy(ROOT / "tests" / "offline" / "sitecustomize.py", tmp_path / "tests" / "offline")
    (tmp_path / "tests" / name).write_text(FAILS, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and ("python3 -m helpers build" in done.stdout) == named


def watched(*command, home):
    """Run a command as `.ci/run` runs all tests, with a home of its own; return how it ended and what it said."""
    child = {name: value for name, value in os.environ.items() if not name.startswith(("COURSE_", "JUPYTER", "IPYTHON"))}
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "tests/leftovers.py", *command], cwd=ROOT, capture_output=True, text=True, env={**child, "HOME": str(home)}
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.doors
def test_a_run_leaves_nothing_in_the_temporary_folder_and_nothing_at_home(tmp_path):
    """Two workers, a lesson with its kernel, and a test that keeps files: all gone when the run ends."""
    home = tmp_path / "home"
    status, said = watched(
        *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile"),
        *("tests/test_calibration.py", "notebooks/00_start_here.ipynb"),
        home=home,
    )
    assert status == 0 and "passed" in said and "The run left" not in said, said
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import tempfile; tempfile.mkdtemp(prefix='planted-')", "planted-"),
        ("open('planted.txt', 'w').close()", "in the course's folder: ?? planted.txt"),
        ("", ""),
    ],
)
def test_a_planted_file_that_a_run_leaves_is_named(tmp_path, code, named):
    try:
        status, said = watched(sys.executable, "-c", code, home=tmp_path / "home")
    finally:
        (ROOT / "planted.txt").unlink(missing_ok=True)
    if "course's" in named and not (ROOT / ".git").exists():
        pytest.skip("no git beside this course")
    assert (status, named in said) == (1 if named else 0, True) and said.count("The run left") == (1 if named else 0)


@pytest.mark.parametrize("path", build.lessons(), ids=lambda path: path.name[:2])
def test_lessons_are_stored_as_jupyterlab_saves_them(path):
    """In a form of our own the first save would rewrite thousands of lines; tests/test_saving.py saves in a browser."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, 4)
    assert text == build.as_text(notebook) == nbformat.writes(notebook) + "\n", "put it back with: python3 -m helpers build"
    assert not re.search(r"^ +-?\d+\.0,?$", text, re.M)
