"""Make and use the course's own environment, `.venv`, with nothing but the standard library.

The environment is ready when its stamp matches: a hash of requirements.txt, the Python version and the folder.
The stamp is written last, so an environment that was interrupted half-way is made again.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from helpers import remedies
from helpers.common import ROOT

ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "course-stamp.json"
LOCK = ROOT / ".venv.lock"  # held while the environment is made
REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "tests" / "requirements.txt"
# In an offline kit (`python3 -m helpers kit`) the packages lie in the course's own folder.
WHEELS = ROOT / "wheels"
NOTEBOOKS = ROOT / "notebooks"
FIRST_PORT = 8888
PORTS_TRIED = 50

# Lets a lesson that was copied to another folder say `from helpers import ...`. The line is plain ASCII and relative to
# the environment, so it survives folder names that a path file could not hold, and a folder that was moved.
PATH_LINE = "import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n"

# The reading layout of `lab`: overrides.json (no news from a server, cells that wrap, Markdown rendered) and custom.css.
LAB = ROOT / "helpers" / "lab"
# For `lab --slides`: the theme named here is one that asks no server for fonts. Without that extension nobody reads it.
RISE = {"theme": "white", "transition": "none", "center": False, "slideNumber": "c/t", "start_slideshow_at": "beginning"}
SLIDES_SETTINGS = {"jupyterlab-rise:plugin": RISE}


class SetupError(RuntimeError):
    """The environment could not be made or used; the message is one sentence for a teacher."""


def environment_python(environment=ENVIRONMENT):
    """Return the path of the environment's Python (it need not exist yet)."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def expected_stamp():
    """Return what a ready environment's stamp says."""
    return {
        "requirements": hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest(),
        "python": "%d.%d.%d" % sys.version_info[:3],
        "folder": str(ROOT),
    }


def is_ready():
    """Return True when the environment is complete and belongs to this Python, folder and requirements.txt."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp == expected_stamp() and environment_python().exists()


def ensure():
    """Make the environment if it is not ready; return its Python's path.

    Raises SetupError with one sentence when it cannot be made.
    """
    if is_ready():
        return environment_python()
    if sys.maxsize < 2**32:
        raise SetupError(remedies.BITS_32)
    with _alone():
        if not is_ready():  # another window may have made it meanwhile
            _make()
    return environment_python()


def _make():
    print("Setting up the course in .venv (once, a few minutes) ...", flush=True)
    try:
        if ENVIRONMENT.exists():
            shutil.rmtree(ENVIRONMENT)
        _create()
        install(["-r", str(REQUIREMENTS)])
        _finish()
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise SetupError(remedies.DISK_FULL) from None
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise SetupError(
                "The folder %s cannot be written to: copy the course to a folder of your own, or close the JupyterLab "
                "that is using it." % ROOT
            ) from None
        raise SetupError("The environment could not be made: %s." % problem) from None
    print("Ready.", flush=True)


@contextlib.contextmanager
def _alone():
    """Let one window at a time install; the lock goes with the process that holds it, however that ends."""
    try:
        file = open(LOCK, "a")
    except OSError:
        yield  # a closed folder: what is done next says so
        return
    with file:
        if not _locked(file):
            print("Another window is setting up the course; waiting for it ...", flush=True)
            while not _locked(file):
                time.sleep(0.5)
        yield


def _locked(file):
    """Return True when the lock is ours, or when this disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return problem.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True


def _create():
    uv = shutil.which("uv")
    python = getattr(sys, "_base_executable", "") or sys.executable  # the environment's own Python was removed just now
    if uv:
        run_step([uv, "venv", "--quiet", "--python", python, str(ENVIRONMENT)])
    else:
        try:
            import ensurepip  # noqa: F401  (Debian ships venv without it)
        except ImportError:
            raise SetupError(remedies.NO_VENV) from None
        run_step([python, "-m", "venv", str(ENVIRONMENT)])


def install(what, not_in_kit=None):
    """Install packages into the environment: from the folder `wheels` when there is one, and then from no server.

    what        arguments of `pip install`: pins, or -r and a file of pins
    not_in_kit  what to say when `wheels` lacks one of them
    """
    uv = shutil.which("uv")
    python = str(environment_python())
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", python, "--only-binary", ":all:"]
        loudly = None
    else:
        command = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--only-binary", ":all:"]
        loudly = [*command, "-vv", "--retries=0", "--dry-run", *what]
        command.append("--quiet")
    if WHEELS.is_dir():
        run_step([*command, "--no-index", "--find-links", str(WHEELS), *what], remedies.kit(not_in_kit or remedies.NOT_IN_KIT))
    else:
        run_step([*command, *what], remedies.online(_first_pin(what)), loudly)


def _first_pin(what):
    """Return the first pin of pip's arguments; a list of pins begins with a package for every computer."""
    if what[0] == "-r":
        what = Path(what[1]).read_text(encoding="utf-8").splitlines()
    return next((word for word in what if "==" in word), what[-1]).partition(" ;")[0]


def _finish():
    python = str(environment_python())
    asked = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=_child_environment(),
    )
    Path(asked.stdout.strip(), "course.pth").write_text(PATH_LINE, encoding="ascii")
    _write_lab_settings()
    STAMP.write_text(json.dumps(expected_stamp(), indent=1), encoding="utf-8")


def _write_lab_settings():
    """Give the environment's JupyterLab the course's settings; an environment that is ready has them already, or older ones."""
    settings = {**json.loads((LAB / "overrides.json").read_text(encoding="utf-8")), **SLIDES_SETTINGS}
    file = ENVIRONMENT / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    text = json.dumps(settings, indent=1)
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _set_live_apart():
    """Move the live edition's part of JupyterLab to where the ordinary JupyterLab does not look: disabled, it is loaded and fails."""
    part, apart = (ENVIRONMENT / "share" / "jupyter" / folder / "@jupyterlite" for folder in ("labextensions", "live"))
    if part.is_dir():
        shutil.rmtree(apart, ignore_errors=True)
        apart.parent.mkdir(exist_ok=True)
        part.rename(apart)


def run_step(command, known=remedies.ALL, loudly=None):
    """Run one set-up step; turn a failure into a sentence. The full output is kept beside the sentence.

    known   [(words of an error message, sentence with the remedy)]; raises SetupError with the first that fits
    loudly  the command that says why a page of the packages' server could not be had, which pip keeps to itself
    """
    status, output = _run(command)
    if status == 0:
        return
    sentence = remedies.find(output, known)
    if sentence == remedies.LOG_IN and loudly:
        sentence = remedies.find(_run(loudly)[1], known)
    if sentence:
        raise SetupError(sentence)
    last = (output.strip().splitlines() or ["nothing"])[-1]
    raise SetupError("A set-up step failed; the last line says: %s%s" % (last, _kept(output)))


def _run(command):
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", env=_child_environment()
    )
    return done.returncode, done.stdout


def _kept(output):
    """Keep a step's output in a file of its own, since a name that others know may be another user's; say where it is."""
    try:
        with tempfile.NamedTemporaryFile("w", prefix="course-setup-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(output)
    except OSError:
        return ""
    return " (all of it: %s)" % log.name


def _child_environment():
    """Return environment variables for child processes: UTF-8, and not another project's virtual environment."""
    child = dict(os.environ, PYTHONUTF8="1")
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "CONDA_PREFIX"):
        child.pop(name, None)
    return child


def _hand_over(command):
    """Become the command (on Windows: wait for it), from the course's folder."""
    os.chdir(ROOT)
    if os.name == "nt":
        return subprocess.call(command, env=_child_environment())
    sys.stdout.flush()
    os.execve(command[0], command, _child_environment())


def take(arguments, option, takes_value):
    """Remove an option from a list of arguments and return its value (True or None for a bare one)."""
    for position, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name != option:
            continue
        if not takes_value:
            del arguments[position]
            return True
        if not equals:
            if position + 1 == len(arguments):
                raise SetupError("%s needs a value, for example %s 8890." % (option, option))
            value = arguments.pop(position + 1)
        del arguments[position]
        return value
    return None


def free_port(wanted=None):
    """Return a free loopback port: the wanted one, or the first free one from 8888 on.

    Raises SetupError when the wanted port is taken or not a port.
    """
    if wanted is not None and not (str(wanted).isdigit() and 0 < int(wanted) < 65536):
        raise SetupError("'%s' is not a port: give a number from 1024 to 65535, for example --port 8890." % wanted)
    candidates = [int(wanted)] if wanted is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for port in candidates:
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    if wanted is not None:
        raise SetupError(
            "Port %s is taken by another program (perhaps a JupyterLab that is still open): "
            "leave --port out, or try --port %d." % (wanted, min(int(wanted) + 1, 65535))
        )
    raise SetupError("No free port from %d to %d: close another JupyterLab first." % (candidates[0], candidates[-1]))


def lab(arguments):
    """Open JupyterLab at the first notebook, on loopback, with its token. Options: --port N, --no-browser, --slides."""
    arguments = list(arguments)
    wanted = take(arguments, "--port", True)
    no_browser = take(arguments, "--no-browser", False)
    slides = take(arguments, "--slides", False)
    if arguments:
        raise SetupError("'lab' does not know %s: it takes --port N, --no-browser and --slides." % " ".join(arguments))
    port = free_port(wanted)
    python = ensure()
    with contextlib.suppress(OSError):  # a closed folder: JupyterLab opens all the same
        _write_lab_settings()
        _set_live_apart()
    if slides:
        add("slides")
    start = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))[0].name
    command = [
        str(python),
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=%d" % port,
        "--ServerApp.port_retries=0",
        "--ServerApp.root_dir=%s" % ROOT,
        "--LabApp.default_url=/lab/tree/notebooks/%s" % start,
        # where JupyterLab looks for a style sheet of one's own; the server's trait for it cannot be set
        "--LabApp.custom_css=True",
        "--ServerApp.tornado_settings=static_custom_path=%s" % LAB,
    ]
    if no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container there is often no other user
    return _hand_over(command)


def test(arguments):
    """Run the tests and the notebooks with pytest; other arguments go to pytest. Options: --browser, --everything."""
    arguments = list(arguments)
    browser, everything = take(arguments, "--browser", False), take(arguments, "--everything", False)
    python = ensure()
    with _alone():
        install(["-r", str(TEST_REQUIREMENTS)], remedies.NO_TESTS_IN_KIT)
    if browser or everything:
        add("browser", "site", "live", "slides", "dev")
    tier = "everything" if everything else "browser" if browser else "quick"
    spread = ["-n", str(max(2, min(os.cpu_count() or 2, 4))), "--dist", "loadfile", "--no-loadscope-reorder"]
    return _hand_over([str(python), "-m", "pytest", *spread, "--tier", tier, *arguments])


def making(tool, *extras):
    """Return the command that runs a tool after adding the packages of some extras."""

    def command(arguments):
        ensure()
        add(*extras)
        return run_module("helpers.tools." + tool, arguments)

    return command


def add(*extras):
    """Install the pinned packages of pyproject.toml's extras; with all in place pip asks no network."""
    with _alone():
        install(
            ["-c", str(REQUIREMENTS), *(package for extra in extras for package in extra_requirement(extra))],
            remedies.NO_EXTRA_IN_KIT % ", ".join(extras),
        )
        _set_live_apart()


def extra_requirement(extra):
    """Return the packages of one of pyproject.toml's extras."""
    return project()["optional-dependencies"][extra]


def project():
    """Return the table [project] of pyproject.toml."""
    import tomllib

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def address():
    """Return the course's public address, "" while pyproject.toml names none."""
    return project().get("urls", {}).get("Repository", "")


def run_module(module, arguments):
    """Run a module of the course inside its environment."""
    return _hand_over([str(ensure()), "-m", module] + list(arguments))
