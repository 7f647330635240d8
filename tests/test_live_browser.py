"""The live edition in a real browser: every lesson whole, nothing from outside, what a pupil types is there on the next visit."""

import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from drawings import CHROMIUM
from live_lesson import Lesson, served, visitor

from helpers.common import CHART, ROOT
from helpers.tools import answering, build
from helpers.tools.build import lessons

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
pytest.importorskip("jupyterlite_core", reason="these tests need JupyterLite: python3 -m helpers test --browser")
from helpers.tools import live, live_parts  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]
FETCHED, ON_DISK = 44, 90  # MB at most
KNOWN = re.compile(r"Disabling terminals plugin|api/service-worker-heartbeat")  # JupyterLite's own words: it has no terminals
HEARTBEAT = "/api/service-worker-heartbeat"  # to the same computer, outside the course's path
MADE = 'from helpers import theme; theme.use(); import plotly.express as px; px.bar(x=["a"], y=[1], title="Mine").show()'
# what is said of the right answer, of a wrong one and of none, to every question
REPLIES = """from helpers import data
from helpers.desk import exercises
answers = data.load("questions").set_index("question_id")["answer"]
tries = [(key, given) for key in keys for given in (answers[key].split(exercises.EITHER)[0], "z", "987654321", "")]
replies = [exercises.reply(key, given) for key, given in tries]"""
CELL = """async code => {
  const widget = jupyterapp.shell.currentWidget;
  await jupyterapp.commands.execute('notebook:insert-cell-below');
  widget.content.activeCell.model.sharedModel.setSource(code);
  await jupyterapp.commands.execute('notebook:run-cell');
  const outputs = widget.content.activeCell.model.outputs;
  return Array.from({length: outputs.length}, (_, place) => outputs.get(place).toJSON());
}"""

# Fills what is left of the browser's storage, with what cannot be packed, to the last bytes.
FILL = """async () => {
  const opened = indexedDB.open('filler');
  opened.onupgradeneeded = () => opened.result.createObjectStore('all');
  await new Promise(resolve => { opened.onsuccess = resolve; });
  const put = (key, size) => new Promise(resolve => {
    const writing = opened.result.transaction('all', 'readwrite');
    writing.objectStore('all').put(crypto.getRandomValues(new Uint8Array(size)), key);
    writing.oncomplete = () => resolve(true);
    writing.onabort = () => resolve(false);
  });
  for (let size = 65536, key = 0; size >= 64; key++) if (!(await put(key, size))) size /= 2;
}"""
SAVE = """async words => {
  const { context, content } = jupyterapp.shell.currentWidget;
  content.model.cells.get(0).sharedModel.setSource(words);
  await context.save().catch(() => null);
  return context.model.dirty;
}"""
STORED = "async () => JSON.stringify(await jupyterapp.serviceManager.contents.get('notebooks/04_famine.ipynb', {content: true}))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Build the edition once; where Python for the browser cannot be had, these tests cannot run."""
    target = tmp_path_factory.mktemp("live") / "live"
    # fetched by a process of its own: tests reach no network. Whether it came, `make` says
    open_ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-c", "from helpers.tools import live_parts; live_parts.pyodide()"], cwd=ROOT, env=open_, check=False)
    try:
        made = live.make(target)
    except live_parts.LiveError as problem:
        if "could not be fetched" in str(problem):
            pytest.skip(str(problem))
        raise
    assert made["lessons"] == len(lessons()) and made["megabytes"] <= ON_DISK
    return target


@pytest.fixture(scope="module")
def engine():
    with playwright.sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def server(folder):
    with served(folder) as running:
        yield running


@pytest.fixture
def context(engine, tmp_path):
    """A browser that nobody has used yet."""
    with visitor(engine, tmp_path / "profile") as opened:
        yield opened


@pytest.fixture(scope="module")
def known(engine, tmp_path_factory):
    """A browser in which lessons were opened before."""
    with visitor(engine, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def of_pupils(engine, folder, tmp_path_factory):
    """Give the pupils' edition away, to a browser of its own; `folder`: skipped where Python for the browser cannot be had."""
    target = tmp_path_factory.mktemp("pupils") / "live"
    live.make(target, for_students=True)
    with served(target) as running, visitor(engine, tmp_path_factory.mktemp("profile")) as opened:
        yield opened, running


def complaints(lesson):
    return [one for one in lesson.complaints if not KNOWN.search(one)]


def test_the_first_lesson_is_whole_and_the_second_fetches_next_to_nothing(context, server):
    first = Lesson(context, server, "04_famine.ipynb")
    shown = first.run()
    assert shown["faults"] == [] and shown["ran"] and complaints(first) == []
    assert [url for url in first.outside if HEARTBEAT not in url] == []
    assert first.megabytes <= FETCHED
    first.page.close()
    second = Lesson(context, server, "03_great_leap.ipynb")
    assert second.megabytes < 2


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_every_lesson_runs_whole_with_every_chart_drawn_anew(known, server, path):
    lesson = Lesson(known, server, path.name)
    shown = lesson.run()
    assert (shown["faults"], shown["ran"]) == ([], True)
    assert shown["charts"] == path.read_text(encoding="utf-8").count(f'"{CHART}"')
    assert lesson.drawn() == shown["charts"]
    assert complaints(lesson) == [] and [url for url in lesson.outside if HEARTBEAT not in url] == []
    lesson.page.close()


def test_every_exercise_answers_as_it_does_here(context, server, answers_file):
    sources = [cell.source for path in lessons() for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    keys = [str(given[0]) for source in sources for name, given in answering.asked(source) if name == "check"]
    said = Lesson(context, server, "04_famine.ipynb").ask(f"keys = {keys!r}\n{REPLIES}\nimport json\nprint(json.dumps(replies))")
    here = {"keys": keys}
    exec(REPLIES, here)
    assert len(keys) == sum(source.count('check("') for source in sources)
    assert {key[:2] for key in keys} == {path.name[:2] for path in lessons()}
    assert json.loads(said) == here["replies"]


@pytest.mark.parametrize("name", ["00_start_here.ipynb", "04_famine.ipynb", "09_weigh_the_page.ipynb"])
def test_the_pupils_edition_runs_whole_too(of_pupils, name):
    context, server = of_pupils
    lesson = Lesson(context, server, name)
    shown = lesson.run()
    assert (shown["faults"], shown["ran"], complaints(lesson)) == ([], True, [])
    assert shown["charts"] == (build.NOTEBOOKS / name).read_text(encoding="utf-8").count(f'"{CHART}"')
    lesson.page.close()


def test_a_figure_that_the_reader_makes_shows_and_work_is_there_on_the_next_visit(context, server):
    lesson = Lesson(context, server, "04_famine.ipynb")
    assert (
        lesson.ask("from helpers.desk import *; check('04-2', 36.4); guess('04 deaths', '10-20', 'million deaths')").count("Not yet") == 1
    )
    lesson.ask("write('04 label', 'A harvest is not a famine, says D022.')")
    outputs = lesson.page.evaluate(CELL, MADE)
    assert [CHART in one.get("data", {}) for one in outputs] == [True], outputs
    assert "Nothing more can be installed here" in lesson.ask("%pip install seaborn")
    assert [url for url in lesson.outside if HEARTBEAT not in url] == []
    lesson.page.close()
    again = Lesson(context, server, "03_great_leap.ipynb")
    kept = json.loads(again.ask("print(open('/drive/my_answers.json', encoding='utf-8').read())"))
    assert kept["answers"]["04-2"]["tries"] == 1 and kept["guesses"]["04 deaths"]["last"]["value"] == [10, 20] and kept["texts"]
    (said,) = again.page.evaluate(CELL, "from helpers.desk import portfolio; portfolio.export('Mina')")
    assert "Your portfolio is ready" in said["data"]["text/plain"]
    with again.page.expect_download() as saved:
        again.page.click('a[download^="portfolio-Mina-"]')
    handed_in = saved.value.path().read_text(encoding="utf-8")
    assert "Mina" in handed_in and "Write the label for a museum wall" in handed_in
    assert "A clean start" in again.ask("next_pupil('Jonas')") + again.ask("from helpers.desk import next_pupil; next_pupil('Ada')")


def test_two_tabs_lose_nothing(context, server):
    one, other = (Lesson(context, server, name) for name in ("03_great_leap.ipynb", "04_famine.ipynb"))
    for place in range(4):
        for number, tab in enumerate((one, other)):
            said = tab.ask(f"from helpers.desk import write; write('tab {number} text {place}', 'words {place}')")
            assert "Kept as" in said, said
    kept = json.loads(other.ask("print(open('/drive/my_answers.json', encoding='utf-8').read())"))
    assert len(kept["texts"]) == 8


def test_plain_http_says_one_sentence_and_leads_to_the_pages(engine, server, tmp_path):
    rules = ("--host-resolver-rules=MAP school.test 127.0.0.1",)
    with visitor(engine, tmp_path / "profile", rules) as context:
        page = context.new_page()
        for start in ("index.html", "lab/index.html?path=notebooks/04_famine.ipynb"):
            page.goto(server.address.replace("127.0.0.1", "school.test") + start)
            page.wait_for_selector("#course-stop")
            assert "begins with https://" in page.inner_text("#course-stop") and page.locator("main").count() == 1
            page.click("#course-stop a")
            page.wait_for_selector("text=pages that answer")


def test_from_a_disk_and_without_storage_it_says_so(engine, server, folder, tmp_path):
    with visitor(engine, tmp_path / "profile") as context:
        page = context.new_page()
        page.goto((folder / "lab" / "index.html").as_uri())
        page.wait_for_selector("#course-stop")
        assert "from a folder on disk" in page.inner_text("#course-stop")
        for forbidden, words in (
            ("delete Navigator.prototype.serviceWorker", "no storage"),
            ("Object.defineProperty(window, 'indexedDB', {value: undefined})", "no storage"),
            ("window.structuredClone = undefined", "too old"),
        ):
            page = context.new_page()
            page.add_init_script(forbidden)
            page.goto(server.address + "lab/index.html")
            page.wait_for_selector("#course-stop")
            assert words in page.inner_text("#course-stop")


def test_full_storage_is_said_in_one_sentence_and_nothing_is_lost(context, server):
    page = context.new_page()
    browser, origin = context.new_cdp_session(page), server.address.removesuffix(server.prefix)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 2_000_000})
    lesson = Lesson(context, server, "04_famine.ipynb", page)
    assert "not kept" not in lesson.ask("from helpers.desk import write; write('04 label', 'The first words.')")
    assert not page.evaluate(SAVE, "Saved words") and page.locator(".jp-Dialog").count() == 0  # planted: there is room, nothing is said
    page.evaluate(FILL)
    page.evaluate(f"words => {{ window.unsaved = ({SAVE})(words); }}", "Unsaved words")  # ends with the dialog
    page.wait_for_selector(".jp-Dialog")
    said = page.inner_text(".jp-Dialog")
    assert "File Save Error for 04_famine.ipynb" in said and "storage is full" in said and "leave the tab open" in said
    page.click(".jp-Dialog button:has-text('Close')")
    assert page.evaluate("() => window.unsaved")
    said = lesson.ask("import random; write('04 label', 'The second words. ' + hex(random.getrandbits(50_000)))")
    assert "not kept yet (No space left on device)" in said  # Python does not wait for ever
    assert "No space left on device" in lesson.ask("open('/drive/mine.txt', 'w').write('x')")
    read = "print(open('/drive/my_answers.json', encoding='utf-8').read())"
    stored = page.evaluate(STORED)
    assert "The first words." in lesson.ask(read) and "Saved words" in stored and "Unsaved words" not in stored
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 9_000_000})  # there is room again
    assert not page.evaluate(SAVE, "Unsaved words") and "Unsaved words" in page.evaluate(STORED)
    assert "not kept" not in lesson.ask("write('04 more', 'The third words.')")
    kept = lesson.ask(read)
    assert "The second words." in kept and "The third words." in kept


def test_planted_outside_address_is_seen(context, server):
    lesson = Lesson(context, server, "00_start_here.ipynb")
    lesson.page.evaluate("() => fetch('http://127.0.0.1:1/planted').catch(() => null)")
    assert any("planted" in url for url in lesson.outside)


@pytest.mark.parametrize("kind", ["packages-*.bin", "library-*.bin", "pyodide.asm.js"])
def test_a_damaged_file_is_named_in_the_browser(engine, folder, tmp_path, kind):
    shutil.copytree(folder, tmp_path / "live")
    (path,) = (tmp_path / "live" / "static" / "pyodide").glob(kind)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b"!" + content[len(content) // 2 + 1 :] if path.suffix == ".bin" else b"no script")
    with served(tmp_path / "live") as server, visitor(engine, tmp_path / "profile") as context:
        page = context.new_page()
        page.goto(f"{server.address}lab/index.html")
        page.wait_for_selector("html[data-python=damaged]", state="attached")
        assert path.name in page.inner_text("#course-bar") and "python3 -m helpers live" in page.inner_text("#course-bar")
        page.evaluate("() => localStorage.setItem('course-fetched', JSON.stringify(window.courseFiles))")  # whole on an earlier visit
        page.reload()
        page.wait_for_selector("html[data-python=damaged]", state="attached")


def test_a_damaged_file_is_named(folder, tmp_path):  # folder: skipped where Python for the browser cannot be had
    for name, content in live_parts.pyodide().items():
        (tmp_path / name).write_bytes(content)
    shutil.copy(tmp_path / "pyodide.js", tmp_path / "python_stdlib.zip")
    with pytest.raises(live_parts.LiveError, match="python_stdlib.zip .* damaged"):
        live_parts.pyodide(tmp_path)
