"""Every door, tried with real environments: pip, nbconvert, pytest, Jupyter, three Pythons, the oldest packages, Colab, the kit.

Needs the network and some minutes: python3 -m helpers test --everything. What is not on this computer (conda, VS Code, Windows,
Macs) is not tried here; VS Code starts a kernel in a lesson's folder, as nbconvert does.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pytest
import pythons

from helpers import environment
from helpers.common import CHART
from helpers.tools import guide, kit, student

pytestmark = pytest.mark.doors
PATIENCE = 3000  # seconds for one step on a busy computer: a kit is installed and tested whole in one
OLDEST = dict(re.findall(r"(pandas|plotly)>=([\d.]+)", " ".join(environment.project()["dependencies"])))
COLAB = ["pandas==2.2.2", "plotly==5.24.1", "ipykernel", "nbclient", "nbformat", "tabulate"]  # what it brings, Python 3.12
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SAYS_WHERE = "belongs in the folder notebooks of the course"  # in the first cell of every lesson, on the line that fails elsewhere


def run(*command, cwd, check=True, **more):
    """Run a command as a person's own terminal would: no settings of the tests, no other project's environment."""
    dropped = ("PYTHONPATH", "COURSE_", "VIRTUAL_ENV", "PIP_RETRIES")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**clean, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
    )
    if check and done.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("doors")


@pytest.fixture(scope="module")
def course(place):
    """Return a fresh copy of the course, as somebody has just unpacked it."""
    folder = place / "course"
    for name, content in kit.contents().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def elsewhere(place):
    folder = place / "Desktop"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def made(place):
    """Return a function that makes an environment once: (its name, Python's version, words for pip, folder) -> its bin."""
    ready = {}

    def make(name, version, words, cwd):
        if name not in ready:
            python = pythons.find(version) or pytest.skip(f"no Python {version} on this computer")
            run(python, "-m", "venv", place / name, cwd=place)
            run(place / name / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words, cwd=cwd)
            ready[name] = place / name / "bin"
        return ready[name]

    return make


@pytest.fixture(scope="module")
def plain(made, course):
    return lambda version: made(f"my own {version}", version, ["-r", "requirements.txt"], course)


@pytest.fixture(scope="module")
def own(course):
    """Return the bin of the course's own environment, made by its command with pip alone; the seconds are told."""
    began = time.monotonic()
    python = pythons.find("3.11") or sys.executable
    code = "from helpers import environment; environment.shutil.which = lambda name: None; environment.ensure()"
    run(python, "-c", code, cwd=course)
    print(f"first start with pip: {time.monotonic() - began:.0f} s")
    return course / ".venv" / "bin"


# pip and any Jupyter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_pip_and_pytest_from_any_folder(plain, course, elsewhere, version):
    """All ten lessons show what is stored, by the pinned packages, from a folder that is not the course's."""
    shown = run(plain(version) / "python", "-m", "pytest", "--nbval", course / "notebooks", cwd=elsewhere)
    assert "failed" not in shown


def test_nbconvert_from_any_folder(plain, course, elsewhere):
    lessons = sorted((course / "notebooks").glob("0*.ipynb"))
    run(
        *(plain("3.12") / "jupyter", "nbconvert", "--execute", "--to", "notebook", "--output-dir", elsewhere / "executed", *lessons),
        cwd=elsewhere,
    )
    for lesson in lessons:
        assert faults(nbformat.read(elsewhere / "executed" / lesson.name, 4), nbformat.read(lesson, 4)) == [], lesson.name


# Opens a lesson as JupyterLab's page does, and runs its first cell; prints what is shown and how it ended.
SERVER = """
import json, sys, urllib.request, uuid
import websocket
address, token, lesson = sys.argv[1:]
def ask(what, **body):
    request = urllib.request.Request(f"http://{address}/api/{what}?token={token}", json.dumps(body).encode() if body else None)
    return json.loads(urllib.request.urlopen(request).read())
cell = next(c for c in ask(f"contents/{lesson}")["content"]["cells"] if c["cell_type"] == "code")
kernel = ask("sessions", path=lesson, name=lesson, type="notebook", kernel={"name": "python3"})["kernel"]["id"]
channel = websocket.create_connection(f"ws://{address}/api/kernels/{kernel}/channels?token={token}", timeout=120)
head = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": "s", "username": "u", "version": "5.3", "date": ""}
code = cell["source"] + "\\nfrom helpers import data; print(len(data.load('claims')), 'claims')"
asked = {"header": head, "parent_header": {}, "metadata": {}, "channel": "shell", "content": {"code": code, "silent": False}}
channel.send(json.dumps(asked))
while True:
    message = json.loads(channel.recv())
    if message["parent_header"].get("msg_id") == head["msg_id"]:
        print(message["content"].get("text", ""), end="")
        if message["msg_type"] == "execute_reply":
            print(message["content"]["status"])
            break
"""


@pytest.mark.parametrize("start", [".", "notebooks"])
def test_jupyter_lab_from_the_root_and_from_the_lessons(plain, course, place, start):
    bin_, port = plain("3.11"), environment.free_port()
    own = {"JUPYTER_RUNTIME_DIR": str(place / "runtime"), "JUPYTER_CONFIG_DIR": str(place / "config")}
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    server = subprocess.Popen(
        [bin_ / "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=t"],
        cwd=course / start,
        env={**clean, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token=t"))
        lesson = "04_famine.ipynb" if start == "notebooks" else "notebooks/04_famine.ipynb"
        shown = run(bin_ / "python", "-c", SERVER, f"127.0.0.1:{port}", "t", lesson, cwd=place, **own)
    finally:
        server.terminate()
        server.wait(30)
    assert re.search(r"\d+ claims\n", shown) and shown.endswith("ok\n")


def until(asked, patience=90):
    """Wait until a server answers."""
    ends = time.monotonic() + patience
    while True:
        try:
            return asked()
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.5)


# In place, the oldest packages, Colab --------------------------------------------------------------------------------


def numbers(output):
    """Return the numbers that an output shows, formatting aside; of a chart those of its data."""
    bundle = output.get("data", {"text/plain": output.get("text", "")})
    if CHART in bundle:
        return [float(number) for number in NUMBER.findall(json.dumps(_written_out(bundle[CHART]["data"]), sort_keys=True))]
    text = next((bundle[kind] for kind in ("text/html", "text/markdown", "text/plain") if kind in bundle), "")
    return [float(number) for number in NUMBER.findall(re.sub(r"<style.*?</style>|<[^>]+>", " ", text, flags=re.S))]


def _written_out(part):
    """Return a part of a chart with its arrays as lists: plotly 6 and later pack those of a reader's own chart."""
    if isinstance(part, dict) and "bdata" in part:
        return np.frombuffer(base64.b64decode(part["bdata"]), part["dtype"]).tolist()
    if isinstance(part, dict):
        return {key: _written_out(value) for key, value in part.items()}
    return [_written_out(value) for value in part] if isinstance(part, list) else part


def faults(lesson, stored):
    """Return where a lesson that was run shows a warning, an error, or other numbers than the stored one, a sentence each."""
    found = []
    for cell, kept in zip(lesson.cells, stored.cells, strict=True):
        for output in cell.get("outputs", []):
            if output.output_type == "error" or output.get("name") == "stderr":
                found.append(f"{cell.id}: {output.get('evalue') or output.get('text', '')[:300]}")
        if [numbers(output) for output in cell.get("outputs", [])] != [numbers(output) for output in kept.get("outputs", [])]:
            found.append(f"{cell.id}: other numbers than the stored ones")
    return found


def test_planted_faults_are_found():
    def lesson(*outputs):
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", id="cell", outputs=list(outputs))])

    def shown(text):
        return nbformat.v4.new_output("display_data", {"text/html": text})

    chart = [nbformat.v4.new_output("display_data", {CHART: {"data": [{"y": [number]}]}}) for number in (1.5, 1.6)]
    warning = nbformat.v4.new_output("stream", name="stderr", text="FutureWarning: downcasting")
    assert faults(lesson(shown("<b>1.50</b>")), lesson(shown("<i>1.5</i>"))) == []
    assert faults(lesson(shown("1.6")), lesson(shown("1.5"))) == ["cell: other numbers than the stored ones"]
    assert faults(lesson(chart[0]), lesson(chart[1])) == ["cell: other numbers than the stored ones"]
    assert faults(lesson(warning), lesson())[0] == "cell: FutureWarning: downcasting"


def test_the_oldest_packages_in_place(made, course, elsewhere):
    """`pip install -e .` beside the oldest pandas and plotly that it allows: all ten lessons, the same numbers, no warning."""
    oldest = [f"{name}=={version}" for name, version in OLDEST.items()]
    bin_ = made("oldest", "3.11", ["-e", str(course), *oldest], elsewhere)
    said = run(bin_ / "python", "-c", "from helpers import data; print(len(data.load('claims')), 'claims')", cwd=elsewhere)
    assert re.search(r"\d+ claims", said)
    lessons = sorted((course / "notebooks").glob("0*.ipynb"))
    run(
        *(bin_ / "jupyter", "nbconvert", "--execute", "--allow-errors", "--to", "notebook"),
        *("--output-dir", elsewhere / "oldest", *lessons),
        cwd=elsewhere,
    )
    found = [
        f"{lesson.name}, {fault}"
        for lesson in lessons
        for fault in faults(nbformat.read(elsewhere / "oldest" / lesson.name, 4), nbformat.read(lesson, 4))
    ]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_pip_install_without_e_says_what_to_do(plain, course, elsewhere):
    said = run(plain("3.11") / "python", "-m", "pip", "install", "--no-deps", course, cwd=elsewhere, check=False)
    assert "give the command pip install -e . there" in said
    assert not (course / "build").exists() or not list((course / "build").rglob("*.py"))


COLAB_RUN = """
import sys, nbformat
from nbclient import NotebookClient
lesson, bootstrap, folder = sys.argv[1:]
notebook = nbformat.read(lesson, 4)
notebook.cells.insert(0, nbformat.v4.new_code_cell(bootstrap))
NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
del notebook.cells[0]
nbformat.write(notebook, sys.argv[1] + ".run")
"""


@pytest.mark.parametrize("lesson", ["00_start_here", "04_famine", "09_weigh_the_page"])
def test_colabs_first_cell(made, course, place, monkeypatch, lesson):
    """A lesson alone, opened from its address, with the cell that the page for schools gives; `/content` is a folder here."""
    content, origin = place / f"content {lesson}", place / "origin"
    content.mkdir()
    if not origin.exists():
        shutil.copytree(course, origin, ignore=shutil.ignore_patterns(".venv", "*.egg-info"))
        for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "course"]):
            run("git", *words, cwd=origin)
    monkeypatch.setattr(environment, "address", lambda: f"file://{origin}")
    cell = re.search(r"```\n(!git clone.+?)```", guide.schools(), re.S).group(1)
    cell = cell.replace("/content/course\n", f"'{content}/course'\n").replace("%cd /content", f"%cd {content}")
    alone = shutil.copy(course / "notebooks" / f"{lesson}.ipynb", content)
    run(made("colab", "3.12", COLAB, place) / "python", "-c", COLAB_RUN, alone, cell, content, cwd=content)
    assert faults(nbformat.read(f"{alone}.run", 4), nbformat.read(alone, 4)) == []


# The course's own environment, and a lesson that was copied away ---------------------------------------------------


def convert(bin_, lesson, cwd, check=True):
    return run(
        *(bin_ / "jupyter", "nbconvert", "--execute", "--to", "notebook", "--output", "done.ipynb", lesson.name), cwd=cwd, check=check
    )


def test_a_lesson_copied_away_runs_with_the_courses_environment_and_says_a_sentence_elsewhere(own, plain, course, elsewhere):
    alone = Path(shutil.copy(course / "notebooks" / "04_famine.ipynb", elsewhere))
    convert(own, alone, elsewhere)
    assert faults(nbformat.read(elsewhere / "done.ipynb", 4), nbformat.read(alone, 4)) == []
    said = convert(plain("3.11"), alone, elsewhere, check=False)
    assert "No module named 'helpers'" in said and SAYS_WHERE in said


def test_a_second_start_makes_nothing(own, course):
    said = run(own / "python", "-c", "from helpers import environment; environment.ensure()", cwd=course)
    assert said == ""


# The kit -------------------------------------------------------------------------------------------------------------

# A process without any network but its own loopback, which is switched on; then it becomes the command.
ALONE = (
    "import fcntl, os, socket, struct, sys; "
    "fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh14x', b'lo', 0x41)); os.execvp(sys.argv[1], sys.argv[1:])"
)


def offline(*command):
    """Return a command that runs without a network; skips where this computer knows no such thing."""
    start = ["unshare", "-rn", sys.executable, "-c", ALONE]
    if not shutil.which("unshare") or subprocess.run([*start, "true"], capture_output=True).returncode:
        pytest.skip("this computer lets nobody leave the network")
    return [*start, *command]


@pytest.fixture(scope="module")
def packed(own, course, place):
    """Return a kit with the tests' tools for this computer, made by the course's command."""
    run(own / "python", "-m", "helpers", "kit", "--python", "3.11", "--tests", "--to", place / "kits", cwd=course)
    (archive,) = (place / "kits").glob("*.zip")
    print(f"the kit with the tests' tools: {archive.stat().st_size / 1e6:.0f} MB")
    return archive


def unpacked(archive, folder):
    folder.mkdir()
    with zipfile.ZipFile(archive) as kit_:
        kit_.extractall(folder)
    return folder / kit.FOLDER


def test_a_kit_is_installed_and_tested_whole_without_a_network(packed, place):
    python = pythons.find("3.11") or pytest.skip("no Python 3.11 on this computer")
    folder = unpacked(packed, place / "A class 분쟁")
    said = run(*offline(python, "-m", "helpers", "test", "-rs"), cwd=folder, PATH="/usr/bin:/bin")
    print(said[-2000:])
    assert re.search(r"\d+ passed", said) and "failed" not in said
    assert not list(folder.glob("my_answers*")) and sorted(path.name for path in folder.glob("notebooks/*.ipynb.*")) == []


def test_a_students_kit_needs_no_test_tools(packed, place):
    """The same wheels less those of the tests: installed without a network, a lesson runs; a test tool is not missed."""
    python = pythons.find("3.11") or pytest.skip("no Python 3.11 on this computer")
    wheels = place / "wheels of the lessons"
    wheels.mkdir()
    needed = {
        pin.partition("==")[0]
        for pin in kit.pins(environment.REQUIREMENTS.read_text("utf-8"), kit.PLATFORMS[kit.this_platform()], "3.11.9")
    }
    with zipfile.ZipFile(packed) as whole:
        for name in whole.namelist():
            wheel = name.rpartition("/")[2]
            if wheel.endswith(".whl") and wheel.partition("-")[0].replace("_", "-").lower() in needed:
                (wheels / wheel).write_bytes(whole.read(name))
    kit.pack(place / "students.zip", wheels, student.edition())
    print(f"the students' kit for one Python: {(place / 'students.zip').stat().st_size / 1e6:.0f} MB")
    folder = unpacked(place / "students.zip", place / "pupils")
    run(*offline(python, "-c", "from helpers import environment; environment.ensure()"), cwd=folder, PATH="/usr/bin:/bin")
    lesson = folder / "notebooks" / "04_famine.ipynb"
    run(*offline(folder / ".venv" / "bin" / "jupyter", "nbconvert", "--execute", "--to", "notebook", "--output", "done", lesson), cwd=place)
    assert faults(nbformat.read(folder / "notebooks" / "done.ipynb", 4), nbformat.read(folder / "notebooks" / "done.ipynb", 4)) == []
