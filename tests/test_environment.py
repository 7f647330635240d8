"""The two commands work from the standard library alone, and every way to fail is one clear sentence."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import __main__ as command
from helpers import environment, remedies

ROOT = Path(__file__).resolve().parents[1]


def test_before_the_environment_only_the_standard_library_is_imported():
    code = (
        "import sys, runpy\nsys.argv = ['helpers']\n"
        "try: runpy.run_module('helpers', run_name='__main__')\nexcept SystemExit: pass\n"
        "import helpers.environment\n"
        "print(sorted(m for m in sys.modules if '.' not in m and m not in sys.stdlib_module_names and not m.startswith('_')))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['helpers']"


def test_old_python_gets_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(command.sys, "version_info", (3, 9, 1))
    assert command.main(["lab"]) == 2
    assert "This is Python 3.9; the course needs Python 3.11 or newer" in capsys.readouterr().out


def test_the_entry_point_is_readable_by_old_pythons():
    source = (ROOT / "helpers" / "__main__.py").read_text(encoding="utf-8")
    assert not re.search(r"\bmatch |:=|\bf\"", source)


def test_no_command_prints_the_commands(capsys):
    assert command.main([]) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("lab", "test", "build", "student", "--no-browser"))
    assert command.main(["labb"]) == 2


@pytest.mark.parametrize(
    "output, sentence",
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        (
            "NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
            "connect to the internet",
        ),
        ("error: Failed to fetch: dns error", "connect to the internet"),
        ("The virtual environment was not created successfully because ensurepip is not available", "python3-venv"),
        ("OSError: [Errno 13] Permission denied: '/x'", "cannot be written to"),
        ("something odd happened", "the last line says: something odd happened"),
    ],
)
def test_failures_become_sentences(output, sentence):
    with pytest.raises(environment.SetupError, match=sentence):
        environment.run_step([sys.executable, "-c", f"import sys; print({output!r}); sys.exit(1)"])


def test_missing_ensurepip(monkeypatch):
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(environment.SetupError, match="sudo apt install python3-venv"):
        environment._create()


@pytest.mark.parametrize("uv", [None, "uv"])
def test_the_environments_own_python_may_ask_for_a_new_one(monkeypatch, uv):
    """After an update the environment is made again, and the Python inside it, which may have been asked, is gone by then."""
    steps = []
    monkeypatch.setattr(environment.shutil, "which", lambda name: uv)
    monkeypatch.setattr(environment, "run_step", steps.append)
    environment._create()
    inside = Path(sys.prefix)
    assert steps and not any(inside in Path(word).parents for word in steps[0][:-1])


def test_unwritable_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / "env")
    monkeypatch.setattr(environment, "STAMP", tmp_path / "env" / "stamp.json")

    def closed():
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(environment, "_create", closed)
    with pytest.raises(environment.SetupError, match="copy the course to a folder of your own"):
        environment.ensure()


def test_the_environments_python_stands_where_each_system_has_it(monkeypatch, tmp_path):
    places = {}
    for system in ("posix", "nt"):
        monkeypatch.setattr(environment.os, "name", system)
        places[system] = environment.environment_python(tmp_path).relative_to(tmp_path).as_posix()
    monkeypatch.undo()
    assert places == {"posix": "bin/python", "nt": "Scripts/python.exe"}


def test_a_half_made_environment_is_not_ready(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "course-stamp.json")
    python = environment.environment_python(tmp_path)
    monkeypatch.setattr(environment, "environment_python", lambda: python)
    python.parent.mkdir(parents=True)
    python.touch()
    assert not environment.is_ready()  # packages may be there, the stamp is not
    environment.STAMP.write_text("{", encoding="utf-8")
    assert not environment.is_ready()
    environment.STAMP.write_text(json.dumps(environment.expected_stamp()), encoding="utf-8")
    assert environment.is_ready()
    environment.STAMP.write_text(json.dumps({**environment.expected_stamp(), "requirements": "other"}), encoding="utf-8")
    assert not environment.is_ready()


def test_a_taken_port_is_named_and_the_next_one_is_used():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(environment.SetupError, match=f"Port {port} is taken"):
            environment.free_port(str(port))
    with pytest.raises(environment.SetupError, match="'http' is not a port"):
        environment.free_port("http")
    assert environment.FIRST_PORT <= environment.free_port() < environment.FIRST_PORT + environment.PORTS_TRIED


@pytest.mark.parametrize(
    "arguments, wanted, left", [(["--port", "8890"], "8890", []), (["--port=8890", "-k", "x"], "8890", ["-k", "x"]), (["-k"], None, ["-k"])]
)
def test_options(arguments, wanted, left):
    assert environment.take(arguments, "--port", True) == wanted and arguments == left


def test_lab_refuses_what_it_does_not_know():
    with pytest.raises(environment.SetupError, match="does not know --prot"):
        environment.lab(["--prot", "8890"])


@pytest.fixture
def ready(monkeypatch, tmp_path):
    """Let the environment be ready, elsewhere than in the course's folder."""
    monkeypatch.setattr(environment, "ensure", lambda: Path("python"))
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")


@pytest.mark.usefixtures("ready")
def test_lab_starts_on_loopback_with_its_token(monkeypatch):
    started = []
    monkeypatch.setattr(environment, "_hand_over", started.append)
    environment.lab(["--no-browser"])
    words = " ".join(started[0])
    assert "--ServerApp.ip=127.0.0.1" in words and "/lab/tree/notebooks/" in words and "--no-browser" in words
    assert "token" not in words and "password" not in words


@pytest.mark.usefixtures("ready")
def test_lab_renews_its_reading_layout_and_opens_in_a_closed_folder_too(monkeypatch):
    """A newer edition's settings reach an environment that was made before; that they are seen is tried in test_reading."""
    started = []
    monkeypatch.setattr(environment, "_hand_over", started.append)
    settings = environment.ENVIRONMENT / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{}", encoding="utf-8")
    environment.lab(["--no-browser"])
    assert (
        json.loads(settings.read_text(encoding="utf-8")).keys() > json.loads((environment.LAB / "overrides.json").read_text("utf-8")).keys()
    )
    written = settings.stat().st_mtime_ns
    environment.lab(["--no-browser"])
    assert settings.stat().st_mtime_ns == written
    monkeypatch.setattr(environment, "ENVIRONMENT", settings / "no folder")  # planted: nothing can be written there
    environment.lab(["--no-browser"])
    assert len(started) == 3


def test_the_environments_path_line_finds_the_helpers_from_any_directory(tmp_path):
    """What `.venv` holds for a lesson that was copied away; that its kernel does so is tried in test_doors."""
    code = (
        f"import sys; sys.prefix = {str(environment.ENVIRONMENT)!r}\nexec({environment.PATH_LINE!r})\n"
        "from helpers import common; print((common.ROOT / 'data' / 'claims.csv').exists())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
    assert done.stdout.strip() == "True", done.stderr


def test_every_requirement_is_pinned_and_jsonschema_is_old():
    lines = [line for file in (environment.REQUIREMENTS, environment.TEST_REQUIREMENTS) for line in file.read_text("utf-8").splitlines()]
    assert all(re.match(r"^[a-z0-9._-]+==[0-9][^ ;]*( ; .+)?$", line) for line in lines)
    version = next(line for line in lines if line.startswith("jsonschema==")).split("==")[1]
    assert tuple(map(int, version.split(".")[:2])) < (4, 25)
    assert not any("://" in line for line in lines)


@pytest.mark.parametrize("extra", ["browser", "site", "live", "slides", "dev"])
def test_every_extra_is_pinned(extra):
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9.]*", package) for package in environment.extra_requirement(extra))


@pytest.mark.doors
def test_what_is_in_place_is_added_without_a_network(monkeypatch):
    """The real installer, guarded: with the pins of the tests in place it asks nobody."""
    monkeypatch.setattr(environment, "environment_python", lambda: sys.executable)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setattr(
        environment, "_child_environment", lambda: {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    )
    here = f"pytest=={pytest.__version__}"
    environment.install([here])
    with pytest.raises(environment.SetupError):
        environment.install([here, "no-such-package-of-the-course==1.0"])


@pytest.mark.parametrize(
    "options, tier, added",
    [
        (["-k", "x"], "quick", []),
        (["--browser"], "browser", ["browser", "site", "live", "slides", "dev"]),
        (["--everything"], "everything", ["browser", "site", "live", "slides", "dev"]),
    ],
)
def test_each_tier_brings_its_own_tools(monkeypatch, options, tier, added):
    installed, extras, started = [], [], []
    monkeypatch.setattr(environment, "ensure", lambda: Path("python"))
    monkeypatch.setattr(environment, "install", lambda what, not_in_kit: installed.append((what[-1], not_in_kit)))
    monkeypatch.setattr(environment, "add", lambda *names: extras.extend(names))
    monkeypatch.setattr(environment, "_hand_over", started.append)
    environment.test(options)
    assert installed == [(str(environment.TEST_REQUIREMENTS), remedies.NO_TESTS_IN_KIT)] and extras == added
    assert started[0][started[0].index("--tier") + 1] == tier and "--browser" not in started[0] and "--everything" not in started[0]


@pytest.mark.usefixtures("ready")
def test_lab_installs_nothing_for_tests(monkeypatch):
    installed = []
    monkeypatch.setattr(environment, "install", lambda *what: installed.append(what))
    monkeypatch.setattr(environment, "_hand_over", lambda command: None)
    environment.lab(["--no-browser"])
    assert installed == []


def names(file):
    return {re.match(r"[a-z0-9._-]+", line).group() for line in file.read_text(encoding="utf-8").splitlines()}


def test_the_lessons_pins_hold_no_test_tool_and_the_tests_pins_are_the_same_and_more():
    lessons, tests = (file.read_text(encoding="utf-8").splitlines() for file in (environment.REQUIREMENTS, environment.TEST_REQUIREMENTS))
    assert set(lessons) < set(tests)
    wanted = {re.match(r"[a-z0-9-]+", name).group() for name in environment.extra_requirement("test")}
    assert wanted <= names(environment.TEST_REQUIREMENTS) and not wanted & names(environment.REQUIREMENTS)
    needed = {re.match(r"[a-z0-9-]+", name).group() for name in environment.project()["dependencies"]}
    assert needed <= names(environment.REQUIREMENTS)


def test_what_the_lessons_import_is_among_their_pins():
    """tabulate is imported by pandas alone, so it is named here."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("0*.ipynb"))
    assert "to_markdown(" not in text or "tabulate" in names(environment.REQUIREMENTS)


def test_a_ready_environment_belongs_to_its_python_and_holds_the_settings_of_privacy(monkeypatch, tmp_path):
    """The news pop-up, which would ask a server, is off; after an update of Python all is made again."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for name, value in {"ENVIRONMENT": tmp_path, "STAMP": tmp_path / "course-stamp.json"}.items():
        monkeypatch.setattr(environment, name, value)
    asked = subprocess.CompletedProcess([], 0, stdout=f"{packages}\n")
    monkeypatch.setattr(environment.subprocess, "run", lambda *_, **__: asked)
    environment._finish()
    settings = json.loads((tmp_path / "share/jupyter/lab/settings/overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"] == {"markdown": "Markdown Preview"}
    assert settings["jupyterlab-rise:plugin"]["theme"] in {"white", "black"}, "other themes ask a server for fonts"
    assert (packages / "course.pth").read_text(encoding="ascii") == environment.PATH_LINE
    monkeypatch.setattr(environment, "environment_python", lambda: packages)
    assert environment.is_ready()
    monkeypatch.setattr(environment.sys, "version_info", (3, 99, 0))
    assert not environment.is_ready()


def test_another_projects_packages_do_not_leak_in(monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.setenv(name, "/elsewhere")
    assert "/elsewhere" not in environment._child_environment().values()


def test_the_live_editions_part_of_jupyterlab_is_kept_where_the_ordinary_one_does_not_look(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    extensions = tmp_path / "share" / "jupyter" / "labextensions"
    for version in ("1", "2"):  # the second time an update
        for name in ("@jupyterlite/kernel", "jupyterlab-rise"):
            (extensions / name).mkdir(parents=True, exist_ok=True)
            (extensions / name / "package.json").write_text(version, encoding="utf-8")
        environment._set_live_apart()
        assert [path.name for path in extensions.iterdir()] == ["jupyterlab-rise"]
        assert (tmp_path / "share" / "jupyter" / "live" / "@jupyterlite" / "kernel" / "package.json").read_text() == version
