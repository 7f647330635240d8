"""The first start at a school: each network that refuses it, each computer that cannot, is told apart, with the way out."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import networks
import pytest

from helpers import environment, remedies

WAY_OUT = re.compile(r"offline kit|web pages|64-bit Python|short place|close JupyterLab|python3-venv|folder of your own|free about 500 MB")
REACHES_OUT = {"PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0", "NO_PROXY": "", "no_proxy": ""}


@pytest.fixture
def asking(monkeypatch):
    """Return a function that asks for a package with the real installer in a network; it returns what the course says."""
    for name in list(os.environ):
        if name.startswith("PIP_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(environment, "WHEELS", Path("no kit"))
    monkeypatch.setattr(environment, "environment_python", lambda: sys.executable)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)

    def ask(**settings):
        for name, value in {**REACHES_OUT, **settings}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(environment.SetupError) as refused:
            environment.install(["no-such-package-of-the-course==1.0"])
        return str(refused.value)

    return ask


@pytest.mark.doors
@pytest.mark.parametrize(
    ("status", "reason", "proxy"),
    [
        (407, "wants a name and a password", True),
        (403, "A filter of this network", True),
        (403, "A filter of this network", False),
        (502, "out of order just now", False),
    ],
)
def test_a_proxy_and_a_server_that_refuse_are_told_apart(asking, status, reason, proxy):
    with networks.serving(status) as address:
        if proxy:
            said = asking(HTTPS_PROXY=f"http://{address}", PIP_INDEX_URL="https://packages.example/simple")
        else:
            said = asking(PIP_INDEX_URL=f"http://{address}/simple")
    assert reason in said and remedies.KIT in said


@pytest.mark.doors
def test_a_log_in_page_is_not_taken_for_a_missing_network(asking):
    with networks.serving(200) as address:
        said = asking(PIP_INDEX_URL=f"http://{address}/simple")
    assert "perhaps its log-in page: open any page in a browser" in said and remedies.KIT in said


@pytest.mark.doors
@pytest.mark.skipif(not shutil.which("openssl"), reason="a certificate is made with openssl")
def test_a_filter_with_a_certificate_of_its_own_is_named(asking, tmp_path):
    with networks.serving(200, networks.own_certificate(tmp_path)) as address:
        said = asking(PIP_INDEX_URL=f"https://{address}/simple")
    assert "a certificate of its own" in said and "PIP_CERT" in said and remedies.KIT in said


@pytest.mark.doors
def test_a_proxy_that_is_not_there_is_named(asking):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # a port where nobody listens
        said = asking(HTTPS_PROXY=f"http://127.0.0.1:{nobody.getsockname()[1]}", PIP_INDEX_URL="https://packages.example/simple")
    assert "does not answer" in said and remedies.KIT in said


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        # uv
        ("cause: tunnel error: proxy authorization required", "wants a name and a password"),
        ("cause: tunnel error: unsuccessful", "proxy refuses"),
        ("cause: tunnel error: failed to create underlying connection\n  cause: Connection refused (os error 111)", "does not answer"),
        ("cause: HTTP status server error (502 Bad Gateway) for url (https://x/)", "out of order"),
        ("hint: An index (https://x/simple) returned a 403 Forbidden error.", "A filter of this network"),
        ("Because there is no version of anyio==4.16.0 and you require anyio==4.16.0", "log-in page"),
        ("cause: invalid peer certificate: UnknownIssuer", "a certificate of its own"),
        ("cause: dns error", "connect to the internet"),
        # Windows
        (
            "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: 'C:\\\\x'\nHINT: This error might "
            "have occurred since this system does not have Windows Long Path support enabled.",
            "too deep in the folders",
        ),
        ("OSError: [WinError 206] The filename or extension is too long", "too deep in the folders"),
        ("OSError: [WinError 1260] This program is blocked by group policy.", "forbid programs in this folder"),
        ("PermissionError: [WinError 32] The process cannot access the file because it is being used by another process", "in use"),
        # a Python for which a package is not made
        (
            "ERROR: Could not find a version of numpy==2.5.5 (from versions: none)\nNo matching distribution",
            "is not made for",
        ),
    ],
)
def test_what_cannot_be_tried_here_is_known_by_its_words(output, reason):
    said = remedies.find(output, remedies.online("anyio==4.16.0"))
    assert reason in said


def test_every_remedy_is_one_sentence_with_a_way_out():
    for _, said in remedies.online("anyio==4.16.0"):
        assert said.endswith(".") and ". " not in said and WAY_OUT.search(said), said


def test_a_32_bit_python_is_told_before_anything_is_fetched(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment.sys, "maxsize", 2**31 - 1)
    monkeypatch.setattr(environment, "_make", lambda: pytest.fail("it began all the same"))
    with pytest.raises(environment.SetupError, match="install the 64-bit Python"):
        environment.ensure()


def test_a_log_of_another_user_is_not_in_the_way(monkeypatch, tmp_path):
    """Where a file with the old fixed name belongs to somebody else, each failure has a log of its own."""
    monkeypatch.setattr(environment.tempfile, "tempdir", str(tmp_path))
    (tmp_path / "course-setup.log").mkdir()  # nobody can write a file of this name
    logs = set()
    for _ in range(2):
        with pytest.raises(environment.SetupError, match="something odd") as refused:
            environment.run_step([sys.executable, "-c", "print('something odd'); raise SystemExit(1)"])
        logs.add(re.search(r"all of it: (.+)\)", str(refused.value)).group(1))
    assert len(logs) == 2 and all(Path(log).read_text(encoding="utf-8") == "something odd\n" for log in logs)
    monkeypatch.setattr(environment.tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(environment.SetupError, match="something odd$"):
        environment.run_step([sys.executable, "-c", "print('something odd'); raise SystemExit(1)"])


SECOND = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from helpers import environment
environment.LOCK = Path({lock!r})
with environment._alone():
    print("mine")
"""


def test_two_first_starts_at_once_take_turns(monkeypatch, tmp_path):
    """A real second process waits, says so, and goes on when the first has ended."""
    monkeypatch.setattr(environment, "LOCK", tmp_path / "lock")
    code = SECOND.format(root=str(environment.ROOT), lock=str(tmp_path / "lock"))
    with environment._alone():
        other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert "Another window is setting up the course" in other.stdout.readline()
        assert other.poll() is None
    assert other.communicate(timeout=20)[0] == "mine\n"


def test_the_second_start_makes_nothing_again(monkeypatch, tmp_path):
    """Both find no environment; one makes it, the other uses it."""
    monkeypatch.setattr(environment, "LOCK", tmp_path / "lock")
    made = []
    monkeypatch.setattr(environment, "is_ready", lambda: bool(made))

    def make():
        time.sleep(0.3)
        made.append(1)

    monkeypatch.setattr(environment, "_make", make)
    starts = [threading.Thread(target=environment.ensure) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert made == [1]
