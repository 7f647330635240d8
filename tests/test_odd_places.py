"""The course in odd places: strange folders, closed folders, other users, old Pythons, full disks, a clock in 1961.

Missing ensurepip, taken ports and the sentences for failed set-ups are in test_environment; damaged answers, a closed
answers folder and two kernels at once in test_answers; a missing network in test_offline.

Also done by hand on Debian 12, 24 November 2026:
- an offline kit unpacked in "A class 🧑‍🏫 분쟁" without a network (`unshare -n`): installed, tests and lesson 04 ran;
- `python -m helpers lab` with Python 2.7, 3.6, 3.8, 3.9 and 3.10: each printed the sentence on its version.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from helpers import environment
from helpers.desk import answers
from helpers.tools import kit

ROOT = Path(__file__).resolve().parents[1]
STRANGE = "A class 🧑‍🏫 분쟁"
PARTS = ("helpers", "data", "notebooks", "requirements.txt", "pyproject.toml")
LAST = """
import datetime, helpers, socket
print(helpers.__file__, datetime.date.today().year)
try:
    socket.getaddrinfo("example.org", 80)
except OSError as refused:
    print(refused)
"""
as_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"), reason="mounts need root on Linux"
)


@pytest.fixture
def course(tmp_path):
    """Return a copy of the course in a folder with spaces, an emoji and Korean letters."""
    folder = tmp_path / STRANGE
    folder.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*", "0[0-3]*", "0[5-9]*"))
        else:
            shutil.copy(ROOT / part, folder)
    return folder


def surroundings(course, home):
    """Return environment variables for a user at home elsewhere, with this copy of the helpers and no named answers file."""
    home.mkdir(exist_ok=True)
    child = {name: value for name, value in os.environ.items() if name not in ("COURSE_ANSWERS", "JUPYTERHUB_USER")}
    return {**child, "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": os.pathsep.join([str(course), child["PYTHONPATH"]])}


def lesson(course, home, before=()):
    """Run lesson 04 of a copy to its first exercise, in a kernel started by way of other commands; return what was shown."""
    notebook = nbformat.read(course / "notebooks" / "04_famine.ipynb", as_version=4)
    del notebook.cells[next(place for place, cell in enumerate(notebook.cells) if cell.id == "s1-check") + 1 :]
    for cell in notebook.cells:
        cell.source = cell.source.replace('guess("04 deaths", ...', 'guess("04 deaths", 7')
    notebook.cells.append(nbformat.v4.new_code_cell(LAST))
    kernel = AsyncKernelManager(kernel_name="python3")
    kernel.kernel_spec.argv = [*before, sys.executable, *kernel.kernel_spec.argv[1:]]
    place = {"metadata": {"path": str(course / "notebooks")}}
    NotebookClient(notebook, km=kernel, shutdown_kernel="immediate", resources=place).execute(env=surroundings(course, home))
    kept = [str(output) for cell in notebook.cells for output in cell.get("outputs", []) if "Kept" in str(output)]
    return "\n".join([*kept, *(output.text for output in notebook.cells[-1].outputs)])


def mounted(*steps):
    """Return the start of a command that first takes some mounting steps, seen by this command alone; skips where it cannot."""
    script = " && ".join([*steps, 'exec "$@"'])
    if subprocess.run(["unshare", "-m", "sh", "-c", " && ".join(steps)], capture_output=True).returncode:
        pytest.skip("this computer lets nobody mount")
    return ["unshare", "-m", "sh", "-c", script, "sh"]


@pytest.mark.doors
def test_a_lesson_runs_in_a_folder_with_spaces_emoji_and_korean_letters_by_a_clock_in_1961(course, tmp_path):
    """The clock is set back where the program faketime is installed; the lesson's kernel is kept off the network too."""
    clock = ["faketime", "-f", "@1961-10-17 09:00:00"] if shutil.which("faketime") else []
    shown = lesson(course, tmp_path / "home", clock)
    assert STRANGE in shown and "Kept: **7 million deaths**" in shown and "the tests use no network" in shown
    assert not clock or " 1961" in shown
    assert json.loads((course / answers.NAME).read_text(encoding="utf-8"))["guesses"]["04 deaths"]["last"]["value"] == 7


@as_root
@pytest.mark.doors
def test_a_read_only_course_keeps_answers_at_home_and_says_so(course, tmp_path):
    before = sorted(course.rglob("*"))
    read_only = mounted(f"mount --bind '{course}' '{course}'", f"mount -o remount,ro,bind '{course}'")
    shown = lesson(course, tmp_path / "home", read_only)
    assert "read-only, so your answers are kept in your home folder" in shown
    assert (
        json.loads((tmp_path / "home" / f"sino-soviet-split-{answers.NAME}").read_text(encoding="utf-8"))["guesses"]["04 deaths"]["last"][
            "value"
        ]
        == 7
    )
    assert sorted(course.rglob("*")) == before  # no __pycache__, no checkpoints, no lock


@as_root
def test_a_full_disk_loses_no_answer(tmp_path):
    """A real disk of 64 KB: it is filled, the next answer is refused with a sentence, the old ones stay."""
    code = (
        "from helpers.desk import answers\n"
        "assert answers.keep('answers', 'first', 1) == ''\n"
        "before = answers.path().read_bytes()\n"
        "try:\n"
        "    with open(answers.path().parent / 'filler', 'wb', buffering=0) as out:\n"
        "        while True: out.write(b'x' * 1024)\n"
        "except OSError: pass\n"
        "print(answers.keep('texts', 'long', 'word ' * 2000))\n"
        "assert answers.path().read_bytes() == before\n"
        "print(answers.read()[0], sorted(path.name for path in answers.path().parent.iterdir()))"
    )
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        [*mounted(f"mount -t tmpfs -o size=64k tmpfs '{place}'"), sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COURSE_ANSWERS": str(place / "my_answers.json")},
    )
    assert done.returncode == 0, done.stderr
    assert "not kept yet (No space left on device)" in done.stdout and "untouched" in done.stdout
    assert "{'answers': {'first': 1}} ['filler', 'my_answers.json']" in done.stdout


# The answers' module by itself: the room it stands in needs pandas, which another user's Python may lack.
ALONE = (
    "import importlib.util; spec = importlib.util.spec_from_file_location('answers', 'helpers/desk/answers.py'); "
    "answers = importlib.util.module_from_spec(spec); spec.loader.exec_module(answers); "
)


@as_root
def test_a_second_user_of_one_checkout_has_answers_of_their_own(tmp_path):
    """A real second user (nobody) in a folder that everybody may write to; `answers` needs the standard library only."""
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if not python:
        pytest.skip("no Python that another user may start")
    try:
        subprocess.run(["true"], user="nobody")
    except OSError:
        pytest.skip("this computer lets nobody become another user")
    shared, home = Path("/tmp", f"course-{os.getpid()}"), Path("/tmp", f"home-{os.getpid()}")
    try:
        shutil.copytree(ROOT / "helpers", shared / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
        (shared / "data").mkdir()
        shutil.copy(ROOT / "data" / "sentences.csv", shared / "data")
        home.mkdir()
        shared.chmod(0o777)
        home.chmod(0o777)
        subprocess.run(
            [python, "-c", ALONE + "answers.keep('answers', 'who', 'owner')"],
            cwd=shared,
            check=True,
            env={"PATH": "/usr/bin", "HOME": str(home)},
        )
        done = subprocess.run(
            [python, "-c", ALONE + "print(answers.keep('answers', 'who', 'guest'), answers.read()[0])"],
            cwd=shared,
            user="nobody",
            env={"PATH": "/usr/bin", "HOME": str(home)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert "kept in your home folder" in done.stdout and "'who': 'guest'" in done.stdout
        assert json.loads((shared / answers.NAME).read_text(encoding="utf-8"))["answers"]["who"]["last"] == "owner"
    finally:
        shutil.rmtree(shared, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def test_the_commands_start_from_any_folder_by_their_path(tmp_path):
    done = subprocess.run([sys.executable, str(ROOT / "helpers")], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "-m helpers lab" in done.stdout
    done = subprocess.run([sys.executable, str(ROOT / "helpers"), "lab", "--prot"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "does not know --prot" in done.stdout


@pytest.mark.parametrize("name", ["__main__.py", "__init__.py"])
def test_old_pythons_can_read_what_runs_before_the_check(name):
    source = (ROOT / "helpers" / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    with pytest.raises(SyntaxError):
        ast.parse("match 1:\n case 1: pass\n", feature_version=(3, 6))
    assert not any(isinstance(node, (ast.JoinedStr, ast.NamedExpr)) for node in ast.walk(ast.parse(source)))


def old_pythons():
    """Return the paths of the old Pythons on this computer; behind a version manager's stand-ins (pyenv), the real ones."""
    found = []
    for version in ("2.7", "3.6", "3.8", "3.9", "3.10"):
        python = Path(shutil.which(f"python{version}") or "")
        if python.parent.name == "shims":
            found += python.parents[1].glob(f"versions/{version}*/bin/python{version}")
        elif python.name:
            found.append(python)
    return found


OLD = old_pythons()


@pytest.mark.skipif(not OLD, reason="no old Python on this computer")
def test_old_pythons_get_the_sentence():
    for python in OLD:
        done = subprocess.run(
            [python, "-B", "-m", "helpers", "lab"], cwd=ROOT, capture_output=True, text=True, env={"PATH": os.environ["PATH"]}
        )
        assert done.returncode == 2 and "the course needs Python 3.11 or newer" in done.stdout, done


def test_an_interrupted_install_is_made_again(monkeypatch, tmp_path):
    """The first start is interrupted half-way, the second makes everything again, the third does nothing."""
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "course-stamp.json")
    python = environment.environment_python(tmp_path / ".venv")
    monkeypatch.setattr(environment, "environment_python", lambda: python)
    steps = []

    def create():
        steps.append("create")
        assert not python.exists()  # what the interrupted start left is gone
        python.parent.mkdir(parents=True)
        python.touch()

    def interrupted(what):
        (tmp_path / ".venv" / "half").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "_create", create)
    monkeypatch.setattr(environment, "install", interrupted)
    monkeypatch.setattr(
        environment, "_finish", lambda: environment.STAMP.write_text(json.dumps(environment.expected_stamp()), encoding="utf-8")
    )
    with pytest.raises(KeyboardInterrupt):
        environment.ensure()
    assert not environment.is_ready()
    monkeypatch.setattr(environment, "install", lambda what: steps.append("install"))
    assert environment.ensure() == python and not (tmp_path / ".venv" / "half").exists()
    assert environment.ensure() == python
    assert steps == ["create", "create", "install"]


BEFORE_1970 = -260_000_000  # October 1961, in seconds from 1970


def test_answers_are_kept_by_a_clock_in_1961(answers_file, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: BEFORE_1970)
    assert answers.keep("answers", "a", 1) == ""
    os.utime(answers_file, (BEFORE_1970, BEFORE_1970))
    assert answers.keep("answers", "b", 2) == "" and answers.read()[0]["answers"] == {"a": 1, "b": 2}


def test_a_kit_is_packed_by_a_clock_in_1961(tmp_path):
    """Zip archives know no day before 1980."""
    (tmp_path / "data").mkdir()
    old = tmp_path / "data" / "old.csv"
    old.write_text("a\n", encoding="utf-8")
    os.utime(old, (BEFORE_1970, BEFORE_1970))
    kit.pack(tmp_path / "kit.zip", tmp_path / "nowhere", kit.contents(tmp_path))
    assert (tmp_path / "kit.zip").stat().st_size > 0


def test_a_clock_in_1961_is_named_when_no_server_can_be_trusted():
    with pytest.raises(environment.SetupError, match="set this computer's date and time right"):
        environment.run_step(
            [sys.executable, "-c", "import sys; sys.exit('SSLError: CERTIFICATE_VERIFY_FAILED: certificate is not yet valid')"]
        )
