"""JupyterLab as a reader meets it: the ledger under its names, lines of about 75 characters, Markdown pages opened rendered."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from helpers import environment
from helpers.desk import claims, marked, screen

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LONGEST_LINE = 85  # characters of a line, on average over a paragraph

# Names and answers of all lists of definitions, as boxes.
DEFINITIONS = """() => [...document.querySelectorAll('.definitions > div')].flatMap(pair => [...pair.children].map(part => {
  const box = part.getBoundingClientRect();
  return {kind: part.tagName, words: part.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
          wider: part.scrollWidth - part.clientWidth, edge: document.querySelector('.jp-OutputArea').getBoundingClientRect().right};
}))"""
# Characters for each line of the longest paragraph.
LINE = """() => {
  const text = [...document.querySelectorAll('.jp-RenderedMarkdown p')].sort((a, b) => b.textContent.length - a.textContent.length)[0];
  const range = document.createRange();
  range.selectNodeContents(text);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 4)));
  return text.textContent.length / lines.size;
}"""


def astray(parts):
    """Return the answers of a measured ledger that do not stand below their own name, or run off the page."""
    found = []
    for name, answer in zip(parts[::2], parts[1::2]):
        if (name["kind"], answer["kind"]) != ("B", "DIV") or answer["top"] < name["bottom"] - 1 or abs(answer["left"] - name["left"]) > 1:
            found.append(f"'{answer['words'][:30]}' does not stand below '{name['words']}'")
        if answer["wider"] > 1 or answer["right"] > answer["edge"] + 1:
            found.append(f"'{answer['words'][:30]}' runs off the page")
    return found


def ledger_html():
    """Return the open ledger of two claims as HTML."""
    shown = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(screen, "display", shown.append)
        claims.ledger("C10", "C16")
    return shown[0].data.replace("<details>", "<details open>")


def of_lab(environment_):
    """Return the command that `python3 -m helpers lab` becomes, when its environment is this folder and its Python ours."""
    started = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(environment, "ensure", lambda: Path(sys.executable))
        patched.setattr(environment, "ENVIRONMENT", environment_)
        patched.setattr(environment, "_hand_over", started.extend)
        environment.lab(["--no-browser"])
    return [*started, f"--LabApp.app_settings_dir={environment_ / 'share' / 'jupyter' / 'lab' / 'settings'}"]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Start JupyterLab as `python3 -m helpers lab` does, on a folder with one small lesson; return its address."""
    folder, own = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("jupyter")
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# A lesson\n\n" + "A sentence that says nothing much, but goes on. " * 12, id="words"),
            v4.new_code_cell("ledger()", id="ledger", outputs=[v4.new_output("display_data", data={"text/html": ledger_html()})]),
        ]
    )
    nbformat.write(notebook, folder / "lesson.ipynb")
    (folder / "guide.md").write_text("# The guide\n\nIt opens rendered.\n", encoding="utf-8")
    apart = dict.fromkeys(("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_RUNTIME_DIR"), str(own))
    root = f"--ServerApp.root_dir={environment.ROOT}"
    command = [f"--ServerApp.root_dir={folder}" if word == root else word for word in of_lab(own)] + ["--IdentityProvider.token=t"]
    port = re.search(r"--ServerApp.port=(\d+)", " ".join(command)).group(1)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **apart})
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token=t")
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token=t&reset"
    finally:
        running.terminate()
        running.wait(30)


def wait_for(address):
    until = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            assert time.monotonic() < until, "JupyterLab did not start"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser, address, width, height):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address.format("lesson.ipynb"))
    page.wait_for_selector(".definitions", state="attached", timeout=60_000)
    page.wait_for_selector(".jp-RenderedMarkdown p")
    assert page.locator(".jp-DirListing-item").count() >= 2  # the list of files is open
    return page


def test_the_ledger_stands_under_its_names_beside_the_list_of_files(browser, address):
    page = opened(browser, address, 1280, 800)
    assert len(page.evaluate(DEFINITIONS)) >= 24 and astray(page.evaluate(DEFINITIONS)) == []
    floating = "document.querySelectorAll('.definitions > div > *').forEach(part => part.style.cssText = 'float: left; width: 45%')"
    page.evaluate(floating)  # planted: how JupyterLab shows a list of definitions
    assert any("does not stand below 'For'" in fault for fault in astray(page.evaluate(DEFINITIONS)))
    page.close()


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_lines_can_be_read(browser, address, size):
    page = opened(browser, address, *size)
    assert 55 < page.evaluate(LINE) < LONGEST_LINE
    page.evaluate("document.querySelector('link[href*=\"custom.css\"]').remove()")  # planted: without our style sheet
    assert page.evaluate(LINE) > LONGEST_LINE
    page.close()


def test_markdown_pages_open_rendered(browser, address):
    page = browser.new_page()
    page.goto(address.format("guide.md"))
    page.wait_for_selector(".jp-MarkdownViewer h1", timeout=60_000)
    assert page.locator(".jp-FileEditor").count() == 0
    page.close()


def sheets(browser, text):
    """Return how many sheets a web page prints on."""
    page = browser.new_page()
    page.set_content(text)
    found = len(re.findall(rb"/Type */Page\b", page.pdf(prefer_css_page_size=True)))
    page.close()
    return found


@pytest.mark.parametrize("paper", marked.POINTS)
def test_the_poster_fills_one_sheet(browser, paper, monkeypatch):
    assert sheets(browser, marked.poster(paper)) == 1
    monkeypatch.setitem(marked.POINTS, paper, marked.POINTS[paper] * 1.5)  # planted: letters too large
    assert sheets(browser, marked.poster(paper)) > 1
