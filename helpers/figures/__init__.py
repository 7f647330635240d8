"""Chart forms that argue, each followed by its words and its numbers.

Every form returns a chart whose title is the finding. `exhibit` shows the figure and, right after it, a
folded block with one sentence, the extremes taken from the data, and the data as a table.
"""

from helpers.figures.bars import bars, grouped_bars, split_bars
from helpers.figures.chart import Chart
from helpers.figures.events import timeline, tracks
from helpers.figures.layout import spread
from helpers.figures.rows import METHOD_LOOKS, amounts, dumbbell, estimate_label, estimate_table, forest, matrix, spans, strips
from helpers.figures.tiles import DARK_FROM, tile_map
from helpers.figures.words import Exhibit, as_html, exhibit, extremes
from helpers.figures.years import dated, panels, periods, steps, subtraction, trend

__all__ = [
    "Chart",
    "DARK_FROM",
    "Exhibit",
    "METHOD_LOOKS",
    "amounts",
    "as_html",
    "bars",
    "dated",
    "dumbbell",
    "estimate_label",
    "estimate_table",
    "exhibit",
    "extremes",
    "forest",
    "grouped_bars",
    "matrix",
    "panels",
    "periods",
    "spans",
    "split_bars",
    "spread",
    "steps",
    "strips",
    "subtraction",
    "tile_map",
    "timeline",
    "tracks",
    "trend",
]
