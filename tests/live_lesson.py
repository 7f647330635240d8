"""A lesson of the live edition in a browser, run from top to bottom; also what the test of its first minute measures."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path

from drawings import CHROMIUM, FLAGS

from helpers.tools.live_serve import Server

PATIENCE = 400_000  # milliseconds: a busy computer is slow, not wrong
KERNEL = """() => {
  const shown = window.jupyterapp && jupyterapp.shell.currentWidget;
  const session = shown && shown.sessionContext && shown.sessionContext.session;
  return Boolean(session && session.kernel && session.kernel.status === 'idle' && session.kernel.connectionStatus === 'connected');
}"""
# Runs all cells; returns what they show: seconds to the first chart and to the end, charts, errors, words on the other channel.
RUN = """async () => {
  const began = performance.now(), cells = [...jupyterapp.shell.currentWidget.content.model.cells].filter(cell => cell.type === 'code');
  const PLOT = 'application/vnd.plotly.v1+json';
  let first = null;
  const outputs = cell => Array.from({length: cell.outputs.length}, (_, place) => cell.outputs.get(place));
  for (const cell of cells) cell.outputs.changed.connect(() => {
    if (first === null && outputs(cell).some(one => PLOT in (one.data || {}))) first = (performance.now() - began) / 1000;
  });
  await jupyterapp.commands.execute('notebook:run-all-cells');
  const all = cells.flatMap(cell => outputs(cell).map(one => [cell.id, one.toJSON()]));
  return {
    first, whole: (performance.now() - began) / 1000,
    ran: cells.filter(cell => cell.executionCount).length === cells.length,
    charts: all.filter(([, one]) => PLOT in (one.data || {})).length,
    faults: all.filter(([, one]) => one.output_type === 'error' || one.name === 'stderr')
      .map(([id, one]) => `${id}: ${one.ename || one.name} ${one.evalue || one.text}`),
  };
}"""
ASK = """async code => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel, said = [];
  const asked = kernel.requestExecute({code});
  asked.onIOPub = ({content}) => said.push(content.text || (content.data && content.data['text/plain']) || content.evalue || '');
  await asked.done;
  return said.join('');
}"""

CHARTS = """() => [...jupyterapp.shell.currentWidget.content.model.cells].map(
  cell => (cell.outputs ? cell.outputs.toJSON() : []).filter(one => 'application/vnd.plotly.v1+json' in (one.data || {})).length)"""
# Scrolls to a cell as a reader does, and to the charts in it; returns whether so many are drawn, with a width.
DRAWN = """async ([place, charts]) => {
  const notebook = jupyterapp.shell.currentWidget.content, { node } = notebook.widgets[place];
  const shown = [...node.querySelectorAll('.jp-RenderedPlotly')];
  if (!node.offsetWidth) await notebook.scrollToItem(place);
  for (const one of shown) if (!one.querySelector('.main-svg')) one.scrollIntoView();
  return shown.filter(one => one.offsetWidth && one.querySelector('.main-svg')).length === charts;
}"""


@contextmanager
def served(folder: Path, prefix: str = "/a/b/live/"):
    """Give the folder away on this computer, under a path as schools have it."""
    server = Server(folder, 0, prefix)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def visitor(engine, profile: Path, more: tuple = ()):
    """Open a browser with a profile of its own, which remembers what it fetched and kept."""
    context = engine.chromium.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=[*FLAGS, *more], viewport={"width": 1280, "height": 800}, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


class Lesson:
    """One lesson, open and ready; remembers errors, warnings, requests and seconds."""

    def __init__(self, context, server, name, page=None):
        self.server, self.page = server, page or context.new_page()
        self.complaints, self.asked = [], []
        self.page.on("console", lambda one: self.complaints.append(f"{one.type}: {one.text}") if one.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.on("request", lambda request: self.asked.append(request.url))
        self.began, self.sent = time.monotonic(), server.sent
        self.page.goto(f"{server.address}lab/index.html?path=notebooks/{name}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.shown = time.monotonic() - self.began
        self.page.wait_for_function(KERNEL)
        self.ready = time.monotonic() - self.began
        self.megabytes = (server.sent - self.sent) / 1e6

    @property
    def outside(self):
        """Addresses asked for outside the server."""
        return [url for url in self.asked if not url.startswith((self.server.address, "data:", "blob:"))]

    def run(self):
        """Run all cells; return what they show."""
        return self.page.evaluate(RUN)

    def ask(self, code):
        """Run some code in the lesson's kernel; return what it says."""
        return self.page.evaluate(ASK, code)

    def drawn(self):
        """Scroll from chart to chart and wait until each is drawn; return how many."""
        charts = self.page.evaluate(CHARTS)
        for place, count in enumerate(charts):
            if count:
                self.page.wait_for_function(DRAWN, arg=[place, count], polling=200)
        return sum(charts)
