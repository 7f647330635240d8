"""Which cells of a lesson begin a slide, derived from its parts: nobody marks slides by hand.

A part begins a slide; below it each text, each chart and each table is a step of its own, so that a step fits on a
projector. A cell that shows at most a few lines stays with the words before it. What is the teacher's is left out.
`helpers build` writes the marks into every lesson; `notebooks/rise.css` sets the letters.
"""

from helpers.common import CHART

STAYS = "-"
LINES_BESIDE = 4  # a cell that shows no more lines than this stays on the slide of its question
SCREENFUL = 100  # lines that a chart counts as


def slide_types(cells):
    """Return the slide type of every cell of an executed lesson: slide, subslide, "-" (stays with the cell before) or skip."""
    types, full = [], False  # whether the slide so far is full
    for number, cell in enumerate(cells):
        lines = sum(map(_lines_shown, cell.get("outputs", [])))
        kind = _slide_type(cell, number == 0, lines)
        if kind == STAYS and full and lines:
            kind = "subslide"
        if kind != "skip":
            full = lines >= SCREENFUL or (full and kind == STAYS)
        types.append(kind)
    return types


def mark(notebook):
    """Write the slide types into a notebook's cells and return the notebook; a cell without a mark stays with the one before."""
    for cell, slide_type in zip(notebook.cells, slide_types(notebook.cells), strict=True):
        cell.metadata.pop("slideshow", None)
        if slide_type != STAYS:
            cell.metadata["slideshow"] = {"slide_type": slide_type}
    return notebook


def _slide_type(cell, first, lines):
    if "teacher" in cell.metadata.get("tags", []):
        return "skip"
    if cell.cell_type == "markdown":
        return "slide" if first or cell.source.startswith("## ") else "subslide"
    return STAYS if lines <= LINES_BESIDE else "subslide"


def _lines_shown(output):
    """Return about how many lines a stored output takes on the screen."""
    bundle = output.get("data", {"text/plain": output.get("text", "")})
    if CHART in bundle:
        return SCREENFUL
    if "text/html" in bundle:
        return bundle["text/html"].count("<tr") or SCREENFUL
    text = bundle.get("text/markdown", bundle.get("text/plain"))
    return SCREENFUL if text is None else len(text.splitlines())
