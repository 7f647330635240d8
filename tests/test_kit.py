"""The offline kit holds what another computer needs, and nothing of a student's."""

import subprocess
import zipfile

import pytest

from helpers import environment
from helpers.tools import kit, student

LOCK = environment.REQUIREMENTS.read_text(encoding="utf-8")


def names(platform, python="3.12.0"):
    return {pin.partition("==")[0] for pin in kit.pins(LOCK, kit.PLATFORMS[platform], python)}


def test_conditions_are_judged_for_the_computer_that_the_kit_is_for():
    assert {"pywinpty", "colorama"} <= names("windows-amd64") and not {"pywinpty", "colorama"} & names("linux-x86_64")
    assert "appnope" in names("macos-arm64") and "appnope" not in names("windows-amd64")
    assert {"pexpect", "ptyprocess"} <= names("linux-aarch64") and "pexpect" not in names("windows-amd64")


def test_conditions_are_judged_for_its_python():
    early, late = (set(kit.pins(LOCK, kit.PLATFORMS["linux-x86_64"], python)) for python in kit.RELEASES["3.11"])
    assert {pin for pin in early - late} and all(pin.startswith("soupsieve==") for pin in early ^ late)
    assert any(pin.startswith("numpy==2.4") for pin in late)
    assert not any(pin.startswith("numpy==2.4") for pin in kit.pins(LOCK, kit.PLATFORMS["linux-x86_64"], "3.12.0"))


def test_a_pure_wheel_is_not_fetched_twice(tmp_path):
    for name in ("idna-3.20-py3-none-any.whl", "numpy-2.4.6-cp311-cp311-win_amd64.whl", "python_dateutil-4.0.0-py2.py3-none-any.whl"):
        (tmp_path / name).touch()
    assert kit.pins_for_any_computer(tmp_path) == {"idna==3.20", "python-dateutil==4.0.0"}


@pytest.fixture
def course(tmp_path):
    """Return a small course with files that must not be packed."""
    root = tmp_path / "course"
    for name in (
        "README.md",
        "data/a.csv",
        "helpers/x.py",
        "helpers/__pycache__/x.pyc",
        "notebooks/00.ipynb",
        "notebooks/my_answers.json",
        "notebooks/.ipynb_checkpoints/00.ipynb",
        "my_answers.json",
        "my_portfolio.html",
        ".venv/x",
        ".git/x",
        "wheels/old.whl",
        "kits/old.zip",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def test_a_students_files_stay_out(course):
    assert [path.relative_to(course).as_posix() for path in kit.course_files(course)] == [
        "README.md",
        "data/a.csv",
        "helpers/x.py",
        "notebooks/00.ipynb",
    ]


def test_a_kit_has_one_folder_with_the_wheels_inside_and_is_the_same_every_time(course, tmp_path):
    wheels = tmp_path / "fetched"
    wheels.mkdir()
    (wheels / "idna-3.20-py3-none-any.whl").write_bytes(b"wheel")
    for name in ("one.zip", "two.zip"):
        kit.pack(tmp_path / name, wheels, kit.contents(course))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert {name.split("/")[0] for name in packed.namelist()} == {kit.FOLDER}
        assert packed.read(f"{kit.FOLDER}/wheels/idna-3.20-py3-none-any.whl") == b"wheel"


def test_an_archive_that_could_not_be_finished_is_not_left_behind(course, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kit.zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError):
        kit.pack(tmp_path / "kit.zip", tmp_path, kit.contents(course))
    assert not list(tmp_path.glob("kit.zip*"))


def test_the_real_course_is_packed_whole():
    packed = {path.relative_to(kit.ROOT).as_posix() for path in kit.course_files()}
    assert {
        "README.md",
        "requirements.txt",
        "data/datapackage.json",
        "helpers/__main__.py",
        "helpers/figures/words.py",
        "notebooks/04_famine.ipynb",
        "conftest.py",
        "tests/conftest.py",
        "tests/requirements.txt",
    } <= packed
    assert not any(name.startswith((".", "kits/", "student/")) for name in packed)


def test_what_git_keeps_the_kit_packs():
    """A new file in the course's folder is not forgotten; what only serves the repository stays out."""
    if not (kit.ROOT / ".git").exists():
        pytest.skip("not in a repository")
    listed = subprocess.run(["git", "ls-files"], cwd=kit.ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    packed = set(kit.contents())
    assert {name for name in listed if not name.startswith(".") and (kit.ROOT / name).exists()} <= packed


def fetched(monkeypatch, tmp_path, arguments):
    """Run the command without a network; return (pins asked for, names in the archive)."""
    asked = []
    monkeypatch.setattr(
        kit, "fetch", lambda kind, pythons, wheels, lock, more: asked.extend([*kit.pins(lock.read_text(), kind, "3.12.0"), *more])
    )
    kit.main([*arguments, "--platform", "linux-x86_64", "--to", str(tmp_path)])
    (archive,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        return asked, {name.removeprefix(f"{kit.FOLDER}/") for name in packed.namelist()}


TOOLS = {"hypothesis", "frictionless", "pytest-xdist"}


def test_a_kit_has_no_test_tools_unless_they_are_asked_for(monkeypatch, tmp_path):
    asked, _ = fetched(monkeypatch, tmp_path / "plain", [])
    assert not TOOLS & {pin.partition("==")[0] for pin in asked} and any(pin.startswith("jupyterlab-rise") for pin in asked)
    asked, _ = fetched(monkeypatch, tmp_path / "tests", ["--tests"])
    assert {pin.partition("==")[0] for pin in asked} >= TOOLS


def test_the_students_kit_is_the_student_edition(monkeypatch, tmp_path):
    asked, names = fetched(monkeypatch, tmp_path, ["--student"])
    assert names == set(student.edition()) and not any(name.startswith(("tests/", "helpers/tools/")) for name in names)
    assert not any(pin.startswith(("jupyterlab-rise", "hypothesis")) for pin in asked)


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--platform", "amiga"], "'amiga' is no kind of computer"),
        (["--python", "3.9"], "'3.9' is no Python of the course"),
        (["linux"], "does not know linux"),
        (["--to"], "--to needs a value"),
        (["--student", "--tests"], "has no tests"),
    ],
)
def test_what_the_command_does_not_know_is_a_sentence(arguments, sentence):
    with pytest.raises(environment.SetupError, match=sentence):
        kit.options(arguments)


def test_the_command_packs_for_this_computer_or_all():
    assert kit.options(["--platform", "all"]).platforms == list(kit.PLATFORMS)
    wish = kit.options(["--platform=macos-arm64", "--python=3.13", "--student"])
    assert (wish.platforms, wish.pythons, wish.student, wish.tests) == (["macos-arm64"], ("3.13",), True, False)
    assert wish.archive("macos-arm64") == f"{kit.FOLDER}-student-macos-arm64-python3.13.zip"
    wish = kit.options([])
    assert wish.pythons == kit.PYTHONS and wish.folder.name == "kits" and wish.archive("x") == f"{kit.FOLDER}-x.zip"
