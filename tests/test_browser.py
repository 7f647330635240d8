"""JupyterLab opens every lesson in a real browser: Run All finishes, every figure is drawn and legible, nothing leaves this computer."""

import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest
from drawings import CHROMIUM, FLAGS, READ, SLACK, WIDE_FONT, faults

from helpers import environment
from helpers.common import CHART
from helpers.tools.build import lessons

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"laptop": (1280, 800), "projector": (1920, 1080)}
SCROLLER = "document.querySelector('.jp-WindowedPanel-outer')"
PATIENCE = 180_000  # milliseconds for one step: a busy computer is slow, not wrong
# What is in sight stands there: JupyterLab makes cells and charts when they come into sight.
SETTLED = """() => {
  const inSight = one => { const box = one.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
  return ![...document.querySelectorAll('.jp-Cell-Placeholder')].some(inSight)
    && [...document.querySelectorAll('.jp-RenderedPlotly')].filter(inSight).every(one => one.querySelector('.js-plotly-plot .main-svg'));
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Start the course as the README says and return its address with the token; nothing of the user's is read or written."""
    port = environment.free_port()
    own = tmp_path_factory.mktemp("jupyter")
    (own / "@jupyterlab" / "docmanager-extension").mkdir(parents=True)  # a test must not save over the lessons
    (own / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings").write_text('{"autosave": false}', encoding="utf-8")
    (own / "jupyter_lab_config.py").write_text("c.LabApp.expose_app_in_browser = True\n", encoding="utf-8")
    apart = {
        "COURSE_ANSWERS": str(own / "answers.json"),
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTERLAB_SETTINGS_DIR": str(own),
        "JUPYTERLAB_WORKSPACES_DIR": str(own),
        "JUPYTER_RUNTIME_DIR": str(own),
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "helpers", "lab", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **apart},
    )
    token = None
    for line in running.stdout:
        if found := re.search(r"token=([0-9a-f]+)", line):
            token = found.group(1)
            break
    assert token, "JupyterLab did not start with a token"
    threading.Thread(target=running.stdout.read, daemon=True).start()
    yield f"http://127.0.0.1:{port}", token
    running.terminate()
    running.wait(20)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Lesson:
    """One lesson in JupyterLab, run from top to bottom; remembers console errors and requests to other computers."""

    def __init__(self, browser, server, name, size):
        address, token = server
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self.errors, self.outside = [], []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else self.outside.append(request.url)
        )
        self.page.goto(f"{address}/lab/tree/notebooks/{name}?token={token}&reset")  # no tabs of an earlier visit
        self.page.add_style_tag(content=WIDE_FONT)
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
        self.sessions = f"{address}/api/sessions?token={token}", name
        self.page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=PATIENCE
        )
        self.ran = self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def close(self):
        """Shut the lesson's kernel down and close the page."""
        address, name = self.sessions
        for session in json.loads(urllib.request.urlopen(address).read()):
            if session["path"].endswith(name):
                urllib.request.urlopen(urllib.request.Request(address.replace("?", f"/{session['id']}?"), method="DELETE"))
        self.page.close()

    def figures(self):
        """Scroll through the lesson and return {cell and title: measured drawing} of every figure that is drawn."""
        found = {}
        for _ in self.places():
            for figure in self.page.query_selector_all(".js-plotly-plot"):
                title = figure.evaluate(
                    "figure => figure.querySelector('.main-svg')"
                    " && `${figure.closest('.jp-Cell').dataset.windowedListIndex} ${figure.layout.title.text}`"
                )
                if title and title not in found:
                    found[title] = figure.evaluate(READ)
        return found

    def places(self):
        """Scroll down, half a screen at a time; yield when what is in sight stands there."""
        half, place = self.page.viewport_size["height"] // 2, 0
        while place <= self.page.evaluate(f"() => {SCROLLER}.scrollHeight"):
            self.page.evaluate(f"place => {SCROLLER}.scrollTop = place", place)
            self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            self.page.wait_for_function(SETTLED, timeout=PATIENCE)
            yield place
            place += half


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.name)
def test_lesson(browser, server, path, size):
    text = path.read_text(encoding="utf-8")
    lesson = Lesson(browser, server, path.name, SIZES[size])
    try:
        assert lesson.ran is True, "JupyterLab did not run all cells"
        drawn = lesson.figures()
        expected = text.count(f'"{CHART}"')
        assert len(drawn) == expected, f"{len(drawn)} of {expected} figures were drawn"
        assert [f"{title}: {fault}" for title, drawing in drawn.items() for fault in faults(drawing)] == []
        assert (
            lesson.page.locator(
                ".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr'], .jp-OutputArea-output.jp-mod-error"
            ).count()
            == 0
        )
        if drawn:
            opens_by_keyboard(lesson)
        assert lesson.errors == []
        assert lesson.outside == []
    finally:
        lesson.close()


def opens_by_keyboard(lesson):
    """The folded words of a figure must open with the Enter key."""
    for _ in lesson.places():
        words = lesson.page.query_selector(".jp-OutputArea-output details:has(table) > summary")
        if words:
            words.focus()
            lesson.page.keyboard.press("Enter")
            lesson.page.wait_for_function("summary => summary.parentElement.open", arg=words)
            return
    raise AssertionError("no folded words were found")


# The slide on the screen: how far it is too large, what is cut off a chart, and its smallest letters.
SLIDE = """() => {
  const open = [...document.querySelectorAll('.slides section.present')].pop();
  const cut = [...open.querySelectorAll('.js-plotly-plot')].map(
    one => one.querySelector('.main-svg').getBoundingClientRect().width - one.getBoundingClientRect().width);
  const words = [...open.querySelectorAll('p, li, td, summary')].filter(one => one.innerText.trim() && one.getClientRects().length);
  const letters = [...open.querySelectorAll('.js-plotly-plot')].filter(one => one.layout.width).flatMap(one => {
    const drawing = one.querySelector('.main-svg'), scale = drawing.getBoundingClientRect().width / drawing.clientWidth;
    return [...drawing.querySelectorAll('text')].filter(text => text.textContent.trim())
      .map(text => parseFloat(getComputedStyle(text).fontSize) * scale * Math.hypot(text.getCTM().a, text.getCTM().b));
  });
  return {at: location.hash, drawn: Math.min(999, ...letters),
          over: Math.max(open.scrollHeight - open.clientHeight, open.scrollWidth - open.clientWidth),
          cut: Math.max(0, ...cut), says: open.innerText.slice(0, 60),
          smallest: Math.min(...words.map(one => parseFloat(getComputedStyle(one).fontSize)))};
}"""
ALL_DRAWN = """count => document.fonts.status === 'loaded'
  && [...document.querySelectorAll('.js-plotly-plot')].filter(one => one.querySelector('.main-svg')).length >= count"""
SMALLEST_LETTERS = 15  # pixels of 1080: a source card above its chart
SMALLEST_ON_CHARTS = 24


def too_large(slides):
    """Return a sentence for every measured slide that does not fit the screen or has letters too small for the back row."""
    return (
        [f"{one['at']} is {one['over']} pixels too large: {one['says']!r}" for one in slides if one["over"] > SLACK]
        + [f"{one['at']} cuts {one['cut']:.0f} pixels off a chart" for one in slides if one["cut"] > SLACK]
        + [f"{one['at']} has letters of {one['smallest']} pixels" for one in slides if one["smallest"] < SMALLEST_LETTERS]
        + [
            f"{one['at']} has a chart with letters of {one['drawn']:.0f} pixels"
            for one in slides
            if one["drawn"] < SMALLEST_ON_CHARTS - 0.1
        ]
    )


def test_planted_slides_are_caught():
    fits = {"at": "#/slide-1-0", "says": "Who counted?", "over": 0, "cut": 0, "smallest": 30, "drawn": 24}
    assert too_large([fits]) == []
    assert too_large([fits, {**fits, "over": 40}]) == ["#/slide-1-0 is 40 pixels too large: 'Who counted?'"]
    assert too_large([{**fits, "cut": 460}]) == ["#/slide-1-0 cuts 460 pixels off a chart"]
    assert too_large([{**fits, "smallest": 9}]) == ["#/slide-1-0 has letters of 9 pixels"]
    assert too_large([{**fits, "drawn": 14}]) == ["#/slide-1-0 has a chart with letters of 14 pixels"]


@pytest.mark.skipif(find_spec("jupyterlab_rise") is None, reason="the slides need jupyterlab-rise: python3 -m helpers lab --slides adds it")
def test_after_run_all_the_show_opens_at_its_first_slide(browser, server):
    path = ROOT / "notebooks" / "04_famine.ipynb"
    stored = path.read_bytes()  # opening the show saves the lesson
    lesson = Lesson(browser, server, "04_famine.ipynb", SIZES["projector"])
    try:
        assert lesson.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex") > 10  # the last cell
        lesson.page.evaluate("() => window.jupyterapp.commands.execute('RISE:preview')")
        show = lesson.page.frame_locator("iframe[src*='/rise/']").locator(".slides section.present h1")
        show.first.wait_for(timeout=PATIENCE)
        assert "Famine" in show.first.inner_text()
    finally:
        lesson.close()
        path.write_bytes(stored)


@pytest.mark.skipif(find_spec("jupyterlab_rise") is None, reason="the slides need jupyterlab-rise: python3 -m helpers lab --slides adds it")
@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.name)
def test_slides_fit_the_projector(browser, server, path):
    address, token = server
    page = browser.new_page(viewport={"width": SIZES["projector"][0], "height": SIZES["projector"][1]})
    outside = []
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else outside.append(request.url))
    try:
        page.goto(f"{address}/rise/notebooks/{path.name}?token={token}")
        page.wait_for_selector(".reveal .slides section.present .jp-Cell", timeout=PATIENCE)
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        types = [cell["metadata"].get("slideshow", {}).get("slide_type") for cell in cells]
        charts = sum(json.dumps(cell).count(f'"{CHART}"') for cell, kind in zip(cells, types, strict=True) if kind != "skip")
        page.wait_for_function(ALL_DRAWN, arg=charts, timeout=PATIENCE)
        count, seen = types.count("slide") + types.count("subslide"), []
        while len(seen) < count:
            seen.append(page.evaluate(SLIDE))
            page.keyboard.press("Space")
            if len(seen) < count:
                page.wait_for_function("at => location.hash !== at", arg=seen[-1]["at"], timeout=PATIENCE)
                page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("() => location.hash") == seen[-1]["at"], "there are more slides than marks"
        assert too_large(seen) == []
        assert outside == []
    finally:
        page.close()
