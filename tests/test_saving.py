"""Saving a lesson in JupyterLab changes what was changed and little else, so that an edit can be read and merged."""

import difflib
import json
import os
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from test_browser import CHROMIUM, FLAGS, playwright

from helpers import environment
from helpers.tools import build, kit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]
LESSON = "notebooks/04_famine.ipynb"
EDITED = 12  # lines: the sentence, and the language's version
RUN = 40  # and what a second run shows otherwise: nothing but its numbers in brackets and pictures beside the charts

CELLS = "window.jupyterapp.shell.currentWidget.content.model.cells"
EDIT = f"""() => {{
  for (let i = 0; i < {CELLS}.length; i++) {{
    const one = {CELLS}.get(i);
    if (one.type === 'markdown') {{ one.sharedModel.setSource(one.sharedModel.getSource() + ' Our class.'); return; }}
  }}
}}"""


def changed(before, after):
    """Return the lines that differ, pictures left out."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@")) and '"image/png"' not in line]


@pytest.fixture
def lesson(tmp_path):
    """Return the path of a lesson in a copy of the course, just run and stored."""
    for name, content in kit.contents().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    subprocess.run([sys.executable, "-m", "helpers.tools.build", "04_"], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / LESSON


@pytest.fixture
def page(lesson, tmp_path_factory):
    """Return the lesson's page in JupyterLab."""
    own, port = str(tmp_path_factory.mktemp("jupyter")), environment.free_port()
    names = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_RUNTIME_DIR")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=t"]
        + ["--expose-app-in-browser", f"--ServerApp.root_dir={lesson.parents[1]}"],
        env={**os.environ, **dict.fromkeys(names, own)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with playwright.sync_playwright() as engine:
            browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page()
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token=t")
                    break
                except OSError:
                    time.sleep(0.5)
            page.goto(f"http://127.0.0.1:{port}/lab/tree/{LESSON}?token=t&reset")
            page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
            page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait(30)


def test_saving_rewrites_little(lesson, page):
    stored = lesson.read_text(encoding="utf-8")
    page.evaluate(EDIT)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    edited = lesson.read_text(encoding="utf-8")
    assert "Our class." in edited and len(changed(stored, edited)) <= EDITED, changed(stored, edited)[:40]
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".jp-OutputArea .js-plotly-plot .main-svg")
    page.wait_for_timeout(2000)  # JupyterLab puts a picture beside each chart that it draws
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    run = lesson.read_text(encoding="utf-8")
    print(len(changed(stored, edited)), "lines changed by an edit,", len(changed(edited, run)), "by a run of all cells")
    assert '"image/png"' in run and len(changed(edited, run)) <= RUN, changed(edited, run)[:60]


def test_a_form_of_its_own_would_be_seen(lesson):
    """As one line for each chart, which is smaller, a save would rewrite the file."""
    notebook = nbformat.read(lesson, 4)
    short = json.dumps(notebook, ensure_ascii=False)
    assert len(changed(short, build.as_text(notebook))) > 1000
