"""Make and use the course's own environment, `.venv`, with nothing but the standard library.

The environment is ready when its stamp matches: a hash of requirements.txt, the Python version and the folder.
The stamp is written last, so an environment that was interrupted half-way is made again.
"""

import errno
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from helpers.common import ROOT

ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "course-stamp.json"
REQUIREMENTS = ROOT / "requirements.txt"
# In an offline kit (`python3 -m helpers kit`) the packages lie in the course's own folder.
WHEELS = ROOT / "wheels"
NOTEBOOKS = ROOT / "notebooks"
FIRST_PORT = 8888
PORTS_TRIED = 50

# Lets notebooks say `from helpers import ...` from any directory. The line is plain ASCII and relative to the
# environment, so it survives folder names that a path file could not hold, and a folder that was moved.
PATH_LINE = "import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n"

# The news pop-up would ask a server outside this computer.
LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}
# For `lab --slides`: the theme named here is one that asks no server for fonts.
SLIDES_SETTINGS = {
    "jupyterlab-rise:plugin": {"theme": "white", "transition": "none", "center": False, "slideNumber": "c/t"},
}

# Prints which of the given pins (name==version) the environment does not have.
FIND_MISSING = """
import sys
from importlib.metadata import PackageNotFoundError, version
for pin in sys.argv[1:]:
    name, wanted = pin.split("==")
    try:
        found = version(name)
    except PackageNotFoundError:
        found = None
    if found != wanted:
        print(pin)
"""

REMEDIES = [
    (("No space left", "not enough space", "ENOSPC"), "The disk is full: free about 500 MB, then give the command again."),
    (
        ("ensurepip",),
        "This Python cannot make environments: on Debian or Ubuntu type 'sudo apt install python3-venv', then give the command again.",
    ),
    (
        ("Permission denied", "Read-only file system", "Access is denied"),
        "This folder cannot be written to: copy the course to a folder of your own and start it there.",
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "invalid peer certificate", "not yet valid"),
        "The server of the packages could not be trusted: set this computer's date and time right (a school's filter may be the cause too: "
        "ask for its certificate, or take the offline kit), then give the command again.",
    ),
    (
        (
            "Temporary failure in name resolution",
            "getaddrinfo failed",
            "nodename nor servname",
            "NewConnectionError",
            "Failed to establish a new connection",
            "ConnectTimeout",
            "dns error",
            "Failed to fetch",
            "error sending request",
            "Network is unreachable",
            "No matching distribution",
            "No solution found",
        ),
        "The packages could not be fetched: connect to the internet for this first start (later starts need no network), "
        "then give the command again.",
    ),
]

KIT_REMEDIES = REMEDIES[:3] + [
    (
        ("No matching distribution", "No solution found", "not a supported wheel"),
        "The folder 'wheels' holds no packages for this computer and Python %d.%d: take the kit made for them, or delete 'wheels' and "
        "connect to the internet for this first start." % sys.version_info[:2],
    ),
]


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
    print("Setting up the course in .venv (once, a few minutes) ...", flush=True)
    try:
        if ENVIRONMENT.exists():
            shutil.rmtree(ENVIRONMENT)
        _create()
        install(["-r", str(REQUIREMENTS)])
        _finish()
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise SetupError(REMEDIES[0][1]) from None
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise SetupError(
                "The folder %s cannot be written to: copy the course to a folder of your own, or close the JupyterLab "
                "that is using it." % ROOT
            ) from None
        raise SetupError("The environment could not be made: %s." % problem) from None
    print("Ready.", flush=True)
    return environment_python()


def _create():
    uv = shutil.which("uv")
    python = getattr(sys, "_base_executable", "") or sys.executable  # the environment's own Python was removed just now
    if uv:
        run_step([uv, "venv", "--quiet", "--python", python, str(ENVIRONMENT)])
    else:
        try:
            import ensurepip  # noqa: F401  (Debian ships venv without it)
        except ImportError:
            raise SetupError(REMEDIES[1][1]) from None
        run_step([python, "-m", "venv", str(ENVIRONMENT)])


def install(what):
    """Install packages into the environment: from the folder `wheels` when there is one, and then from no server."""
    uv = shutil.which("uv")
    python = str(environment_python())
    where = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", python]
    else:
        command = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    run_step(command + where + what, KIT_REMEDIES if where else REMEDIES)


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
    _write_lab_settings(LAB_SETTINGS)
    STAMP.write_text(json.dumps(expected_stamp(), indent=1), encoding="utf-8")


def _write_lab_settings(settings):
    folder = ENVIRONMENT / "share" / "jupyter" / "lab" / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "overrides.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def run_step(command, remedies=REMEDIES):
    """Run one set-up step; turn a failure into a sentence. The full output is kept beside the sentence.

    remedies  [(words of an error message, sentence with the remedy)]; raises SetupError with the first that fits
    """
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", env=_child_environment()
    )
    if done.returncode == 0:
        return
    for signs, remedy in remedies:
        if any(sign in done.stdout for sign in signs):
            raise SetupError(remedy)
    log = Path(tempfile.gettempdir(), "course-setup.log")
    log.write_text(done.stdout, encoding="utf-8")
    raise SetupError(
        "A set-up step failed; the last line says: %s (all of it: %s)" % ((done.stdout.strip().splitlines() or ["nothing"])[-1], log)
    )


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
    if slides:
        add_slides()
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
    ]
    if no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container there is often no other user
    return _hand_over(command)


def test(arguments):
    """Run all tests and notebooks with pytest; other arguments go to pytest. Option: --browser."""
    arguments = list(arguments)
    browser = take(arguments, "--browser", False)
    python = ensure()
    if browser:
        add("browser", "site")
        add_slides()
    return _hand_over([str(python), "-m", "pytest"] + arguments)


def site(arguments):
    """Build the course as web pages, after adding what builds them."""
    ensure()
    add("site")
    return run_module("helpers.tools.site", arguments)


def add_slides():
    """Add what shows a lesson as slides, and its settings."""
    add("slides")
    _write_lab_settings({**LAB_SETTINGS, **SLIDES_SETTINGS})


def add(*extras):
    """Install those pinned packages of pyproject.toml's extras that the environment lacks; with all in place no network is asked."""
    wanted = [package for extra in extras for package in extra_requirement(extra)]
    asked = subprocess.run(
        [str(environment_python()), "-c", FIND_MISSING] + wanted,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=_child_environment(),
    )
    missing = asked.stdout.split()
    if missing:
        print("Adding %s to .venv ..." % ", ".join(missing), flush=True)
        install(missing)


def extra_requirement(extra):
    """Return the pinned packages of one of pyproject.toml's extras."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["optional-dependencies"][extra]


def run_module(module, arguments):
    """Run a module of the course inside its environment."""
    return _hand_over([str(ensure()), "-m", module] + list(arguments))
