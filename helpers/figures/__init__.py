"""Chart forms that argue, each followed by its words and its numbers.

Every form returns a figure of plotly's own, which all of plotly's calls can change. `exhibit` writes the finding, the
unit and the sources around a copy of it, shows it, and adds a folded block with one sentence, the extremes taken from
the data, and the data as a table.
"""

from helpers.figures.bars import bars, grouped_bars, split_bars
from helpers.figures.dots import dated, periods
from helpers.figures.estimates import METHOD_LOOKS, estimate_label, estimate_table, forest
from helpers.figures.events import timeline, tracks
from helpers.figures.frame import frame
from helpers.figures.grids import matrix, strips
from helpers.figures.layout import spread
from helpers.figures.lines import steps, subtraction, trend
from helpers.figures.maps import locator_map
from helpers.figures.panels import panels
from helpers.figures.paths import paths
from helpers.figures.rows import amounts, dumbbell
from helpers.figures.spans import spans
from helpers.figures.tiles import DARK_FROM, tile_maps
from helpers.figures.volleys import volley
from helpers.figures.words import Exhibit, as_html, exhibit, extremes

__all__ = [
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
    "frame",
    "grouped_bars",
    "locator_map",
    "matrix",
    "panels",
    "paths",
    "periods",
    "spans",
    "split_bars",
    "spread",
    "steps",
    "strips",
    "subtraction",
    "tile_maps",
    "timeline",
    "tracks",
    "trend",
    "volley",
]
