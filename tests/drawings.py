"""Draw charts in a browser, alone, and read what stands in them: sizes, places and colours of their letters."""

import json
import shutil
from contextlib import contextmanager
from pathlib import Path

import plotly

from helpers import theme

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# A wide fallback font: readers' machines may lack the fonts of this one.
WIDE_FONT = "* { font-family: 'DejaVu Sans', Verdana, sans-serif !important; }"
SLACK = 2.0  # pixels of white space around letters that boxes include
CLOSE = 60  # pixels from its mark that a label of a line or dot may stand

# Every line of text of a figure as a box, relative to the drawing, with its size, its colour and the colour below it; texts
# inside the hidden tool bar and slider grips are left out. Sizes are as seen: a style sheet may have scaled the drawing.
READ = """figure => {
  const frame = figure.querySelector('.main-svg').getBoundingClientRect();
  const texts = [];
  const scale = frame.width / figure.querySelector('.main-svg').clientWidth || 1;
  const solid = ['.bars path', '.points path.point', '.shapelayer path', '.layer-below path'].map(part => '.main-svg ' + part).join();
  const fills = [...figure.querySelectorAll(solid)]
    .filter(one => one.getAttribute('fill') !== 'none' && ['opacity', 'fillOpacity'].every(name => getComputedStyle(one)[name] !== '0'));
  const below = (x, y) => {
    let found = 'rgb(255, 255, 255)', strength = 1;
    for (const one of fills) {
      const box = one.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      const style = getComputedStyle(one);
      if (style.fill.startsWith('rgb')) { found = style.fill; strength = Number(style.opacity) * Number(style.fillOpacity); }
    }
    return [found, strength];
  };
  for (const text of figure.querySelectorAll('.main-svg text')) {
    if (text.closest('.modebar') || text.closest('.hoverlayer') || !text.textContent.trim()) continue;
    const style = getComputedStyle(text);
    if (style.visibility === 'hidden' || style.display === 'none' || style.opacity === '0') continue;
    const lines = text.querySelectorAll('tspan.line').length ? [...text.querySelectorAll('tspan.line')] : [text];
    for (const line of lines) {
      if (!line.textContent.trim()) continue;
      const box = line.getBoundingClientRect();
      // the mark of a key has the very colour of what it stands for; only its words must be read
      const spans = [...line.querySelectorAll('tspan')].filter(one => /[^\\s■□]/.test(one.textContent) && !one.querySelector('tspan'));
      const inks = (spans.length ? spans : [line]).map(one => getComputedStyle(one).fill);
      const [ground, strength] = text.closest('.slider-container, .updatemenu-container') ? ['rgb(255, 255, 255)', 1]
        : below((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      const matrix = text.getCTM();  // plotly may have made letters smaller
      const size = parseFloat(style.fontSize) * scale * Math.hypot(matrix.a, matrix.b);
      texts.push({text: line.textContent, left: box.left - frame.left, top: box.top - frame.top,
                  right: box.right - frame.left, bottom: box.bottom - frame.top,
                  size, inks, ground, strength});
    }
  }
  return {width: frame.width, height: frame.height, boxes: texts};
}"""


def faults(drawing):
    """Return the texts of a measured drawing that are clipped or lie on one another."""
    found, boxes = [], drawing["boxes"]
    for box in boxes:
        if (
            box["left"] < -SLACK
            or box["top"] < -SLACK
            or box["right"] > drawing["width"] + SLACK
            or box["bottom"] > drawing["height"] + SLACK
        ):
            found.append(f"'{box['text']}' is clipped")
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if across > SLACK and down > 2 * SLACK:
                found.append(f"'{one['text']}' lies on '{other['text']}'")
    return found


def too_small(drawing, least):
    """Return the texts of a measured drawing whose letters are smaller than so many pixels."""
    return [f"'{box['text']}' has letters of {box['size']:.1f} pixels" for box in drawing["boxes"] if box["size"] < least - 0.05]


def too_pale(drawing):
    """Return the texts of a measured drawing whose letters have too little contrast to what they stand on."""
    found = []
    for box in drawing["boxes"]:
        ground = _mixed(_channels(box["ground"]), box["strength"])
        worst = min(theme.contrast(_hex(_channels(ink)), _hex(ground)) for ink in box["inks"])
        if worst < theme.READABLE - 0.05:
            found.append(f"'{box['text']}' has a contrast of {worst:.1f} on {_hex(ground)}")
    return found


def _channels(colour):
    return [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]


def _mixed(channels, strength):
    """Return a colour as it looks on white paper when it lets some of it through."""
    return [strength * channel + (1 - strength) * 255 for channel in channels]


def _hex(channels):
    return "#" + "".join(f"{round(channel):02X}" for channel in channels)


def strayed(chart):
    """Return the labels of lines and dots in a chart (plotly's JSON) that stand at the end of the drawing, far from where
    their series ends."""
    found, layout = [], chart["layout"]
    for note in layout.get("annotations", []):
        axis = note.get("yref", "y")
        ends = [trace for trace in chart["data"] if trace.get("name") == note["text"] and trace.get("yaxis", "y") == axis]
        if note.get("xref") != "paper" or note.get("x") != 1 or not ends:
            continue
        known = [x for x, y in zip(ends[0]["x"], ends[0]["y"]) if y is not None]
        end = layout["xaxis"]["range"][1]
        if known and end - known[-1] > 0.1 * (end - layout["xaxis"]["range"][0]):
            found.append(f"'{note['text']}' stands at {end:g}, its series ends in {known[-1]:g}")
    return found


def contradicted(chart):
    """Return why the title of a chart (plotly's JSON) is false at some place of its slider or buttons, or nothing.

    A title may name what a step shows only when it moves with the steps.
    """
    layout, found = chart["layout"], []
    title = layout["title"]["text"].replace("<br>", " ")
    for moving in [*layout.get("sliders", []), *layout.get("updatemenus", [])]:
        steps = moving.get("steps") or moving.get("buttons")
        if all(any("title.text" in part for part in step["args"] if isinstance(part, dict)) for step in steps):
            continue
        words = title.replace(",", " ").replace(".", " ").split()
        named = [step["label"] for step in steps if step["label"] in title or step["label"].split()[0].replace(".", " ") in words]
        found += [f"the title names '{label}', which is one place of several: {title}" for label in named[:1]]
    return found


class Desk:
    """A page of a browser on which charts are drawn alone."""

    def __init__(self, browser, width):
        self.page, self.width = browser.new_page(viewport={"width": width, "height": 600}), width
        self.page.set_content(f"<body style='margin:0'><style>{WIDE_FONT}</style><div id=chart></div></body>")
        self.page.add_script_tag(path=str(PLOTLY))

    def draw(self, chart):
        """Draw a chart (plotly's JSON) as wide as the page and return what can be read in it."""
        self.page.evaluate(
            """async ([chart, width]) => {
              const box = document.getElementById('chart');
              Plotly.purge(box);
              await Plotly.newPlot(box, chart.data, {...chart.layout, width}, {displayModeBar: false});
            }""",
            [chart, self.width],
        )
        return self.page.query_selector("#chart").evaluate(READ)


@contextmanager
def desk(browser, width):
    """Give a page on which charts of this width are drawn."""
    made = Desk(browser, width)
    try:
        yield made
    finally:
        made.page.close()


def stored(path, chart_type):
    """Return {cell and number: chart} of the charts that a lesson's file holds."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {
        f"{cell['id']} {number}": output["data"][chart_type]
        for cell in cells
        for number, output in enumerate(cell.get("outputs", []))
        if chart_type in output.get("data", {})
    }
