"""Provinces as equal tiles: no country looks large because its land is."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.data import DataError, nearest
from helpers.figures.given import need
from helpers.figures.layout import EDGE, GAP, drawn, label_gap, note
from helpers.figures.letters import number, width, wrap
from helpers.sentences import fixed

DARK_FROM = 3  # tile shades from here on carry light letters
BROKEN = {
    "Inner Mongolia": fixed("inner_mong"),
    "Heilongjiang": fixed("heilong_jiang"),
    "Guangdong": fixed("guang_dong"),
    "Shandong": fixed("shan_dong"),
    "Shanghai": fixed("shang_hai"),
}
# The letters of ISO 3166-2:CN, for tiles without room for a name.
CODES = {
    **{"Anhui": "AH", "Beijing": "BJ", "Chongqing": "CQ", "Fujian": "FJ", "Gansu": "GS", "Guangdong": "GD", "Guangxi": "GX"},
    **{"Guizhou": "GZ", "Hainan": "HI", "Hebei": "HE", "Heilongjiang": "HL", "Henan": "HA", "Hubei": "HB", "Hunan": "HN"},
    **{"Inner Mongolia": "NM", "Jiangsu": "JS", "Jiangxi": "JX", "Jilin": "JL", "Liaoning": "LN", "Ningxia": "NX"},
    **{"Qinghai": "QH", "Shaanxi": "SN", "Shandong": "SD", "Shanghai": "SH", "Shanxi": "SX", "Sichuan": "SC", "Tianjin": "TJ"},
    **{"Tibet": "XZ", "Xinjiang": "XJ", "Yunnan": "YN", "Zhejiang": "ZJ"},
}
SHARE = 0.69  # of the figure's width: the large map
APART = 16  # pixels between two small maps
AROUND = 5  # pixels between the tiles of a small map and its frame


def tile_maps(
    table: pd.DataFrame,
    tiles: pd.DataFrame,
    *,
    years: Sequence[int],
    large: int,
    unit: str,
    steps: Sequence[float] = (10, 15, 20, 30, 45),
    height: float = 352,
    highlight: Sequence[str] = (),
    decimals: int = 0,
    count_from: float | None = None,
) -> Figure:
    """Draw one tile map a year: one large, with names and values, the others small beside it; a key tells the shades.

    Parameters
    ----------
    table : DataFrame
        Columns place, year, value.
    tiles : DataFrame
        Columns province, row, column: our layout.
    years : sequence of int
        The years shown, as small maps in their order; six fit.
    large : int
        The year of the large map; its small one has a frame.
    unit : str
        Of the values, for hovering.
    steps : sequence of float
        The limits between the six shades.
    height : float
        Of the drawing, in pixels.
    highlight : sequence of str
        Provinces with a heavy frame.
    decimals : int
        Of the numbers in the tiles.
    count_from : float, optional
        Beside each year stands how many provinces have this value or more.

    Raises
    ------
    DataError
        For a column, year or province that is not there, a table without rows, text where numbers belong, or a place
        that has no tile.
    """
    _need(table, tiles, [*years, large], highlight)
    values = {(row.place, int(row.year)): float(row.value) for row in table.itertuples()}
    grid = _Grid(tiles, steps, unit, highlight, decimals, values, count_from)
    if theme.page().narrow:
        return _for_a_telephone(grid, years, large)
    across, gap = theme.page().width - 2 * EDGE, label_gap()
    foot = min(height, theme.page().tallest) - gap - GAP
    cell = (SHARE * across / grid.columns, (foot - gap) / grid.rows)
    shapes, words = grid.named(large, 0, gap, cell)
    data, notes = [words], [_heading(large, 0, 0)]
    room = (across - SHARE * across - 2 * APART - APART - AROUND) / 2
    step = (foot - gap) / 3 + gap / 3
    for place, year in enumerate(years):
        left, top = SHARE * across + 2 * APART + (place % 2) * (room + APART), (place // 2) * step
        size = min(room / grid.columns, (step - gap - 4) / grid.rows)
        data.append(grid.small(year, left, top + gap, size))
        notes.append(_heading(year, left, top, grid.count(year)))
        if year == large:
            shapes.append(_frame(left, top + gap, size * grid.columns, size * grid.rows))
    squares, said, _ = _shades(steps, foot + GAP, across)
    return drawn(data + [squares], foot + GAP + gap, below=8, shapes=shapes, notes=notes + said, **_pixels(across, foot + GAP + gap))


def _for_a_telephone(grid, years, large):
    """Return the maps one below the other: the large one with letters for names, and what the letters mean."""
    across, gap = theme.page().width - 2 * EDGE, label_gap()
    cell = across / grid.columns
    shapes, words = grid.named(large, 0, gap, (cell, cell))
    data, notes, foot = [words], [_heading(large, 0, 0)], gap + cell * grid.rows + GAP
    squares, said, down = _shades(grid.steps, foot, across)
    notes += said
    foot += down + GAP
    room = (across - 2 * APART - 2 * AROUND - 2) / 3
    size = room / grid.columns
    for place, year in enumerate(years):
        left, top = AROUND + 1 + (place % 3) * (room + APART), foot + (place // 3) * (size * grid.rows + gap + GAP)
        data.append(grid.small(year, left, top + gap, size))
        notes.append(_heading(year, left, top, grid.count(year)))
        if year == large:
            shapes.append(_frame(left, top + gap, size * grid.columns, size * grid.rows))
    foot += -(-len(years) // 3) * (size * grid.rows + gap + GAP) + 4
    told = wrap(", ".join(f"{code}\u00a0{name}" for code, name in sorted(zip(grid.codes, grid.names))), across)
    notes.append(note(told, 0, -foot, theme.MUTED, xanchor="left", yanchor="top", align="left"))
    foot += gap * (told.count("<br>") + 1) + GAP
    return drawn(data + [squares], foot, below=0, shapes=shapes, notes=notes, **_pixels(across, foot))


def _need(table, tiles, years, highlight):
    """Refuse tables, years and provinces that cannot be drawn."""
    need(table, "place", "year", numbers=["value"])
    need(tiles, "province", numbers=["row", "column"])
    for place in table["place"].unique():
        if place not in set(tiles["province"]):
            raise DataError(fixed("has_no_tile_so_it_would_be", place=place, nearest=nearest(place, tiles["province"])))
    for year in years:
        if year not in set(table["year"]):
            raise DataError(fixed("no_province_has_a_value_for", year=year, nearest=nearest(year, table["year"])))
    for name in highlight:
        if name not in set(tiles["province"]):
            raise DataError(fixed("there_is_no_tile_for", name=name, nearest=nearest(name, tiles["province"])))


class _Grid:
    """The tiles and what is drawn on them."""

    def __init__(self, tiles, steps, unit, highlight, decimals, values, count_from):
        self.count_from = count_from
        self.tiles, self.steps, self.unit, self.decimals, self.values = list(tiles.itertuples()), steps, unit, decimals, values
        self.names = [tile.province for tile in self.tiles]
        self.codes = [CODES.get(name, name[:2].upper()) for name in self.names]
        self.marked = [name in highlight for name in self.names]
        self.rows, self.columns = int(tiles["row"].max()), int(tiles["column"].max())

    def _looks(self, year):
        """Return for every tile its number in words, its shade, the ink on it, its frame and what hovering tells."""
        known = [self.values.get((name, year)) for name in self.names]
        written = ["" if value is None else number(value, self.decimals) for value in known]
        grades = [None if value is None else sum(value >= limit for limit in self.steps) for value in known]
        shades = [theme.PAPER if grade is None else theme.SCALE[grade] for grade in grades]
        inks = [theme.PAPER if grade is not None and grade >= DARK_FROM else theme.INK for grade in grades]
        frames = [theme.INK if marked else theme.GREYS[2] if grade is None else theme.RULE for marked, grade in zip(self.marked, grades)]
        tips = [f"{name}: {text or fixed('no_figure_found')}" for name, text in zip(self.names, written)]
        return written, shades, inks, frames, tips

    def count(self, year):
        """Return in words how many provinces reach the value from which is counted, or nothing."""
        if self.count_from is None:
            return ""
        return f": {sum(at == year and value >= self.count_from for (_, at), value in self.values.items())}"

    def named(self, year, left, top, cell):
        """Return the tiles of a large map as shapes, and their names and values as a trace."""
        written, shades, inks, frames, tips = self._looks(year)
        short = self.codes if theme.page().narrow else [BROKEN.get(name, name) for name in self.names]
        shapes, at = [], []
        for tile, shade, frame, heavy in zip(self.tiles, shades, frames, self.marked):
            x, y = left + (tile.column - 1) * cell[0], -top - (tile.row - 1) * cell[1]
            at.append((x + cell[0] / 2, y - cell[1] / 2))
            look = {"fillcolor": shade, "line": {"color": frame, "width": 2.5 if heavy else 1}, "layer": "below"}
            shapes.append({"type": "rect", "x0": x + 1, "x1": x + cell[0] - 1, "y0": y - 1, "y1": y - cell[1] + 1, **look})
        words = {
            "type": "scatter",
            "x": [x for x, _ in at],
            "y": [y for _, y in at],
            "mode": "text",
            "text": [_in_tile(name, text) for name, text in zip(short, written)],
            "textfont": {"color": inks},
            "hovertext": tips,
            "hovertemplate": f"%{{hovertext}}<extra>{self.unit}, {year}</extra>",
        }
        return shapes, words

    def small(self, year, left, top, size):
        """Return the tiles of a small map as a trace."""
        _, shades, _, frames, tips = self._looks(year)
        return {
            "type": "scatter",
            "x": [left + (tile.column - 0.5) * size for tile in self.tiles],
            "y": [-top - (tile.row - 0.5) * size for tile in self.tiles],
            "mode": "markers",
            "hovertext": tips,
            "hovertemplate": f"%{{hovertext}}<extra>{self.unit}, {year}</extra>",
            "marker": {
                "symbol": "square",
                "size": round(size - 2, 2),
                "opacity": 1,
                "color": shades,
                "line": {"color": frames, "width": [1.5 if heavy else 0.7 for heavy in self.marked]},
            },
        }


def _in_tile(name, text):
    """Return a name and its value on two lines; the value joins a name that takes two itself."""
    return f"{name}{' ' if '<br>' in name else '<br>'}<b>{text}</b>" if text else name


def _frame(left, top, across, down):
    """Return the frame of the small map whose year the large one shows, around its year too."""
    ends = {"x0": left - AROUND, "x1": left + across + AROUND - 2, "y0": -top + label_gap() + 2, "y1": -top - down - AROUND + 2}
    return {"type": "rect", **ends, "line": {"color": theme.MUTED, "width": 1.5}, "fillcolor": "rgba(0,0,0,0)"}


def _heading(year, left, top, said=""):
    return note(f"<b>{year}</b>{said}", left, -top, yanchor="top", xanchor="left")


def _shades(steps, top, room):
    """Return the key of the shades as a trace, its words, and the pixels that it takes."""
    limits = [
        fixed("under_limit", limit=steps[0]),
        *(f"{low:g}–{high:g}" for low, high in zip(steps, steps[1:])),
        fixed("limit_and_more", limit=steps[-1]),
    ]
    x, y, squares, notes, gap = 0.0, top, [], [], label_gap()
    for limit, shade in zip([*limits, fixed("no_figure")], [*theme.SCALE, theme.PAPER]):
        if x and x + 20 + width(limit) > room:
            x, y = 0.0, y + gap
        squares.append((x + 8, -y - gap / 2, shade))
        notes.append(note(limit, x + 20, -y, yanchor="top", xanchor="left"))
        x += 20 + width(limit) + 1.4 * GAP
    trace = {
        "type": "scatter",
        "x": [x for x, _, _ in squares],
        "y": [y for _, y, _ in squares],
        "mode": "markers",
        "hoverinfo": "skip",
        "marker": {
            "symbol": "square",
            "size": 13,
            "opacity": 1,
            "color": [shade for _, _, shade in squares],
            "line": {"color": theme.GREYS[2], "width": 1},
        },
    }
    return trace, notes, y - top + gap


def _pixels(across, down):
    """Return axes that count pixels from the upper left corner of the drawing."""
    return {"xaxis": {"visible": False, "range": [0, across]}, "yaxis": {"visible": False, "range": [-down, 0]}}
