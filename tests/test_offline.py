"""The course needs no network at run time: with sockets other than loopback refused, every test and lesson runs."""

import os
import socket
import subprocess
import sys

import pytest

from helpers import environment

AWAY = [
    lambda: socket.create_connection(("192.0.2.1", 80), 1),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: socket.gethostbyname("example.org"),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 53)),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", ("192.0.2.1", 53)),
]


@pytest.mark.parametrize("reach", AWAY)
def test_nothing_outside_this_computer_is_reached(reach):
    with pytest.raises(OSError, match="the tests use no network"):
        reach()


def test_this_computer_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), 5).close()
        socket.create_connection(server.getsockname(), 5).close()


def test_child_processes_are_guarded_too():
    """That kernels are guarded is seen in test_odd_places, where a lesson's kernel asks for a server."""
    code = "import socket\ntry: socket.getaddrinfo('example.org', 80)\nexcept OSError as refused: print(refused)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "the tests use no network" in done.stdout


def test_a_kit_installs_without_asking_any_server(monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(environment, "WHEELS", tmp_path)
    monkeypatch.setattr(environment, "run_step", lambda command, known, loudly=None: steps.append((command, known)))
    environment.install(["-r", "requirements.txt"])
    command, known = steps[0]
    assert command[command.index("--no-index") :][:3] == ["--no-index", "--find-links", str(tmp_path)]
    monkeypatch.setattr(environment, "WHEELS", tmp_path / "none")
    environment.install(["-r", str(environment.REQUIREMENTS)])
    assert "--no-index" not in steps[1][0]
    monkeypatch.undo()
    with pytest.raises(environment.SetupError, match="take the kit made for them"):
        environment.run_step([sys.executable, "-c", "import sys; sys.exit('ERROR: No matching distribution found for numpy')"], known)


def test_an_empty_kit_is_told_apart_from_a_missing_network(monkeypatch, tmp_path):
    """The real installer, with a folder of no packages: the sentence names the folder, not the internet alone."""
    monkeypatch.setattr(environment, "WHEELS", tmp_path)
    monkeypatch.setattr(environment, "environment_python", lambda: sys.executable)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.delitem(os.environ, "PIP_FIND_LINKS", raising=False)
    with pytest.raises(environment.SetupError, match="'wheels' holds no packages for this computer"):
        environment.install(["no-such-package-of-the-course==1.0"])
