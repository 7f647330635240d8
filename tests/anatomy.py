"""What a lesson's notebook must be: its parts in order, its budgets, short figure cells, stored outputs, figures with words."""

import ast
import json
import re
from functools import cache

import plotly.graph_objects as go

from helpers.common import CHART
from helpers.tools import prose
from helpers.tools.build import KEPT_METADATA
from helpers.tools.guide import part_name

CORE = ["header", "care", "guess", "source", "section", "document", "ledger", "know"]
FURTHER = ["further", "more", "discuss", "sources"]
OPTIONAL = {"care", "document"}
OWN_SHAPE = {"00", "09"}  # the start page and the last lesson have their own order of parts
CARE = {"01", "03", "04", "06", "07"}  # lessons that begin with a word on what is hard to read
EVERYWHERE = ["**You will be able to**", "**Words of this lesson:**", "minutes(usual", "sources_used("]
IN_LESSONS = ["guess(", "source_card(", "verdict(", "ledger(", "rubric()", "What would change our mind", "**Strong.**", "**Weak.**"]
MINUTES = ("fast", "usual", "slow")
CLASS_HOUR = 50
CORE_WORDS, CORE_WORDS_WITH_CARDS, FURTHER_WORDS = 1200, 1600, 1000
CORE_FIGURES, FURTHER_FIGURES, CORE_EXERCISES = 6, 5, 5
LONGEST_CELL, FIGURE_CELL, LONGEST_LINE = 15, 8, 100
LARGEST_FILE = 250_000  # bytes on the disk
VOLATILE = re.compile(r"0x[0-9a-f]{6,}|/(?:home|root|Users|tmp|work)/|[A-Z]:\\\\|id=\"[0-9a-f-]{32,}\"")
FOLDED = re.compile(r"<details(?:(?!<details).)*?</details>", re.S)  # an innermost fold
TAG = re.compile(r"<[^>]+>")


def text_of(cell):
    return "".join(cell["source"])


def unfolded(text):
    """Return a text without what is folded, folds inside folds too."""
    while (shorter := FOLDED.sub("", text)) != text:
        text = shorter
    return text


def course_minutes(notebook):
    """Return {pace: minutes} of a lesson, {(pace, part): minutes} of its parts; sections are s1, s2 ..., further ones A, B ..."""
    found = dict.fromkeys(MINUTES, 0)
    for cell in notebook["cells"]:
        about = cell["metadata"]
        for pace, minutes in zip(MINUTES, about.get("minutes", ()), strict=False):
            found[pace] += minutes
            names = {part_name(about), "further" if about["part"] in FURTHER else "core"}
            for name in names:
                found[pace, name] = found.get((pace, name), 0) + minutes
    return found


def is_second_edition(notebook):
    return any(cell["metadata"].get("part") == "further" for cell in notebook["cells"])


def anatomy(notebook):
    """Return what is wrong with a notebook, a sentence each."""
    cells, found = notebook["cells"], []
    if notebook["metadata"]["course"]["lesson"] not in OWN_SHAPE and is_second_edition(notebook):
        found += order_faults(cells) + budget_faults(cells) + header_faults(cells)
    found += missing_faults(notebook["metadata"]["course"]["lesson"], cells)
    return found + shape_faults(cells) + code_faults(cells) + output_faults(cells)


def missing_faults(lesson, cells):
    """Return what a reader would miss: objectives, needs, sources, rubric, care, the way on, the minutes of each part."""
    text = "\n".join(map(text_of, cells))
    wanted = EVERYWHERE + (IN_LESSONS if lesson != "00" else []) + (["**Next:**"] if lesson != "09" else [])
    found = [f"the lesson has no '{words}'" for words in wanted if words not in text]
    if not re.search(r"\b[Yy]ou need\b(?! not)", text_of(cells[0])):
        found.append("the header does not say what one needs")
    if lesson in CARE and not any(cell["metadata"].get("part") == "care" and cell["cell_type"] == "markdown" for cell in cells):
        found.append("the lesson does not say what is hard to read")
    found += mouse_faults(cells)
    for cell in cells:
        about, name = cell["metadata"], part_name(cell["metadata"])
        if lesson not in OWN_SHAPE and about.get("part") in ("section", "more") and "minutes" in about:
            if f"minutes(usual, {name})" not in text_of(cell):
                found.append(f"{cell['id']}: its minutes do not stand under the heading")
        if cell["cell_type"] == "markdown":
            found += [f"{cell['id']}: {fault}" for fault in picture_faults(text_of(cell))]
    return found


def mouse_faults(cells):
    """Return the charts with a slider or buttons above which no cell of their section has the same states as a parameter."""
    found, boxes = [], set()
    for cell in cells:
        place = (cell["metadata"].get("part"), cell["metadata"].get("section"))
        if "parameters" in cell["metadata"].get("tags", []):
            boxes.add(place)
        layouts = [output["data"][CHART]["layout"] for output in cell.get("outputs", []) if CHART in output.get("data", {})]
        if any(layout.get("sliders") or layout.get("updatemenus") for layout in layouts) and place not in boxes:
            found.append(f"{cell['id']}: without a mouse the states of the chart cannot be had: give them a box of parameters")
    return found


def picture_faults(text):
    """Return the pictures of a Markdown text that have no words for who cannot see them."""
    found = [(place, alt) for alt, place in re.findall(r"!\[([^\]]*)\]\(([^)\s]*)", text)]
    found += [(tag, "".join(re.findall(r'alt="([^"]*)"', tag))) for tag in re.findall(r"<img[^>]*>", text)]
    return [f"the picture {place} has no words" for place, alt in found if len(alt.split()) < 3]


def order_faults(cells):
    """Return what is wrong with the order of parts: the core whole and first, then *Going further*."""
    parts = list(dict.fromkeys(cell["metadata"].get("part") for cell in cells))
    if [part for part in CORE + FURTHER if part in parts or part not in OPTIONAL] != parts:
        return [f"the parts are {parts}"]
    return []


def shape_faults(cells):
    """Return what is wrong with parts and headings."""
    found = []
    order = [cell["metadata"].get("part") for cell in cells]
    if None in order:
        found.append("a cell belongs to no part")
    if any(order[i] != order[i - 1] and order[i] in order[:i] for i in range(1, len(order))):
        found.append("a part is split in two")
    headings = [
        (len(mark), words)
        for cell in cells
        if cell["cell_type"] == "markdown"
        for mark, words in re.findall(r"^(#{1,6}) (.+)$", re.sub(r"```.*?```", "", text_of(cell), flags=re.S), flags=re.M)
    ]
    if [level for level, _ in headings].count(1) != 1 or headings[0][0] != 1:
        found.append("there must be one first-level heading, at the top")
    if any(after - before > 1 for (before, _), (after, _) in zip(headings, headings[1:], strict=False)):
        found.append("a heading level is skipped")
    for cell in cells:
        if cell["cell_type"] == "markdown" and re.search(r"^## ", text_of(cell), flags=re.M) and "minutes" not in cell["metadata"]:
            found.append(f"{cell['id']}: a part without minutes")
    for times in (cell["metadata"]["minutes"] for cell in cells if "minutes" in cell["metadata"]):
        if not (len(times) == 3 and times == sorted(times) and times[0] > 0):
            found.append(f"minutes {times} are not fast, usual, slow")
    return found


def header_faults(cells):
    """Return what the first screen lacks: a quiet line, objectives in one fold, a picture without code."""
    found, first = [], text_of(cells[0])
    for word in ("<details>", "You will be able to", "You need", "Words of this lesson", "minutes"):
        if word not in first:
            found.append(f"the header has no '{word}'")
    if any(line.startswith("|") for line in first.splitlines()):
        found.append("the header is a table")
    opening = cells[1]
    if opening["cell_type"] != "code" or not any(CHART in output.get("data", {}) for output in opening["outputs"]):
        found.append("the second cell is not the opening picture")
    elif not opening["metadata"].get("jupyter", {}).get("source_hidden"):
        found.append("the code of the opening picture is not folded")
    if "need not read the code" not in first:
        found.append("the header does not say that the code need not be read")
    return found


def visible_words(cell):
    """Return how many words of a Markdown cell a reader sees before opening anything."""
    return words_of(prose.COMMENT.sub("", unfolded(text_of(cell))))


def words_of(text):
    """Return how many words a text has; numbers and signs that stand alone are none."""
    return sum(any(letter.isalpha() for letter in word) for word in text.split())


def card_words(cells):
    """Return how many words the cards, ledgers and prompts of some code cells show before anything is opened."""
    shown = 0
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        bundle = output.get("data", {})
        text = "".join(bundle.get("text/html", bundle.get("text/markdown", "")))
        if CHART in bundle or 'class="dataframe"' in text:
            continue
        shown += words_of(TAG.sub(" ", unfolded(text)))
    return shown


def budget_faults(cells):
    """Return which budgets are overdrawn: words, figures and exercises of the core, words and figures beyond it, minutes."""
    halves = {"core": [], "further": []}
    for cell in cells:
        halves["further" if cell["metadata"].get("part") in FURTHER else "core"].append(cell)
    words = {half: sum(visible_words(c) for c in part if c["cell_type"] == "markdown") for half, part in halves.items()}
    cards = card_words(halves["core"])
    figures = {half: sum(CHART in o.get("data", {}) for c in part for o in c.get("outputs", [])) for half, part in halves.items()}
    asked = re.findall(r'^check\("', "\n".join(text_of(c) for c in halves["core"] if c["cell_type"] == "code"), flags=re.M)
    usual = sum(c["metadata"]["minutes"][1] for c in halves["core"] if "minutes" in c["metadata"])
    budgets = [
        (words["core"], CORE_WORDS, "words in the core"),
        (words["core"] + cards, CORE_WORDS_WITH_CARDS, "words in the core with its cards"),
        (words["further"], FURTHER_WORDS, "words in Going further"),
        (figures["core"], CORE_FIGURES, "figures in the core"),
        (figures["further"], FURTHER_FIGURES, "figures in Going further"),
        (len(asked), CORE_EXERCISES, "exercises in the core"),
        (usual, CLASS_HOUR, "usual minutes in the core"),
    ]
    return [f"{spent} {what}, {limit} at most" for spent, limit, what in budgets if spent > limit]


def code_faults(cells):
    """Return what is wrong with code cells: too long, tricks, numbers written into titles."""
    found, code = [], [cell for cell in cells if cell["cell_type"] == "code"]
    second = any(cell["metadata"].get("part") == "further" for cell in cells)
    for cell in code:
        lines = text_of(cell).splitlines()
        figure = second and any(CHART in output.get("data", {}) for output in cell["outputs"])
        hidden = cell["metadata"].get("jupyter", {}).get("source_hidden")
        limit = FIGURE_CELL if figure and not hidden else LONGEST_CELL
        if len(lines) > limit:
            found.append(f"{cell['id']}: {len(lines)} lines of code, {limit} at most")
        if second and any(len(line) > LONGEST_LINE for line in lines):
            found.append(f"{cell['id']}: a line is longer than {LONGEST_LINE} characters")
        if re.search(r"import \*|sys\.path|os\.chdir|!pip|%pip", text_of(cell)):
            found.append(f"{cell['id']}: star import or path trick")
        found += [
            f"{cell['id']}: a number stands in a title, take it from the data: {string}" for string in numbers_in_titles(text_of(cell))
        ]
    return found


def numbers_in_titles(code):
    """Return literal texts with a number of their own that are passed as a title, a label or a sentence."""
    found = []
    for node in ast.walk(ast.parse(code)):
        for keyword in getattr(node, "keywords", []):
            if keyword.arg in ("title", "subtitle", "sources", "says"):
                literals = [
                    part.value for part in ast.walk(keyword.value) if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                found += [literal for literal in literals if prose.unbound(literal)]
    return found


def output_faults(cells):
    """Return what is wrong with stored outputs."""
    found = []
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        if cell["execution_count"] is None:
            found.append(f"{cell['id']}: never run")
        last = ast.parse(text_of(cell)).body[-1] if text_of(cell).strip() else None
        shows = isinstance(last, ast.Expr) and not text_of(cell).rstrip().endswith(("theme.use()", ";"))
        if shows and not cell["outputs"]:
            found.append(f"{cell['id']}: shows something but has no stored output")
        for number, output in enumerate(cell["outputs"]):
            if output["output_type"] == "error":
                found.append(f"{cell['id']}: an error is stored")
            bundle = output.get("data", {})
            if VOLATILE.search(json.dumps(output, ensure_ascii=False)):
                found.append(f"{cell['id']}: an output holds a path, an address or a random id")
            if "plotly" in "".join(bundle.get("text/html", "")).lower():
                found.append(f"{cell['id']}: a chart is stored as HTML")
            if CHART in bundle and "own chart" not in cell["metadata"].get("tags", []):
                following = cell["outputs"][number + 1]["data"].get("text/html", "") if number + 1 < len(cell["outputs"]) else ""
                found += figure_faults(cell["id"], bundle, "".join(following))
        if cell["metadata"].keys() - KEPT_METADATA:
            found.append(f"{cell['id']}: unknown metadata {sorted(cell['metadata'].keys() - KEPT_METADATA)}")
    return found


def figure_faults(name, bundle, words):
    """Return what a stored figure lacks: a title, a source line, words where it cannot be drawn, its words and table after it."""
    chart = bundle[CHART]
    found, layout = [], chart["layout"]
    if not layout.get("title", {}).get("text") or not layout["title"].get("subtitle", {}).get("text"):
        found.append(f"{name}: the figure has no title or no subtitle")
    if chart.get("config", {}).get("showSendToCloud") is not False:
        found.append(f"{name}: the tool bar could upload the chart")
    if refused := plotlys_refusal(json.dumps({"data": chart["data"], "layout": layout})):
        found.append(f"{name}: plotly refuses the chart ({refused})")
    if "<details" not in words or "<table" not in words or words.count("<tr") < 2 or "highest" not in words:
        found.append(f"{name}: the figure is not followed by its words and its data")
    if long := re.search(r"\d\.\d{7,}|\de-\d", json.dumps(chart["data"])):
        found.append(f"{name}: a plotted number is not rounded ({long.group()})")
    small = [size for size in font_sizes(chart) if size < 13]
    if small:
        found.append(f"{name}: text smaller than 13 pixels ({min(small)})")
    return found


@cache
def plotlys_refusal(chart):
    """Return why plotly refuses a chart (JSON), or ""; every chart is judged once."""
    try:
        go.Figure(json.loads(chart))
    except ValueError as problem:
        return str(problem).strip().splitlines()[0]
    return ""


def font_sizes(node):
    """Yield every font size in a figure."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("font", "textfont", "tickfont") and isinstance(value, dict) and isinstance(value.get("size"), (int, float)):
                yield value["size"]
            yield from font_sizes(value)
    elif isinstance(node, list):
        for part in node:
            yield from font_sizes(part)
