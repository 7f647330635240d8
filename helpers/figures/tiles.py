"""Provinces as equal tiles: no country looks large because its land is."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.data import DataError, nearest
from helpers.figures.given import need
from helpers.figures.layout import drawn, note, slider

DARK_FROM = 3  # tile shades from here on carry light letters
BROKEN = {
    "Inner Mongolia": "Inner<br>Mongolia",
    "Heilongjiang": "Heilong-<br>jiang",
    "Guangdong": "Guang-<br>dong",
    "Shandong": "Shan-<br>dong",
    "Shanghai": "Shang-<br>hai",
    "Zhejiang": "Zhe-<br>jiang",
    "Liaoning": "Liao-<br>ning",
    "Xinjiang": "Xin-<br>jiang",
}


def tile_map(
    table: pd.DataFrame,
    tiles: pd.DataFrame,
    years: Sequence[int],
    start: int,
    steps: Sequence[float] = (10, 15, 20, 30, 45),
) -> Figure:
    """Draw provinces as equal tiles, shaded by value, with a slider over the years; tiles without data stay white.

    Parameters
    ----------
    table : DataFrame
        Columns place, year, value.
    tiles : DataFrame
        Columns province, row, column: our layout.
    years : sequence of int
        The years of the slider.
    start : int
        The year shown first: what the slider shows can be had here too.
    steps : sequence of float
        The limits between the shades.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, "place", "year", numbers=["value"])
    need(tiles, "province", numbers=["row", "column"])
    values = {(row.place, row.year): row.value for row in table.itertuples()}
    names = tiles["province"].tolist()
    shown = {year: _look([values.get((name, year)) for name in names], names, steps) for year in years}
    shades, inks, words = shown[start]
    trace = {
        "type": "scatter",
        "x": tiles["column"].tolist(),
        "y": tiles["row"].tolist(),
        "mode": "markers+text",
        "text": words,
        "hoverinfo": "text",
        "hovertext": names,
        "textfont": {"color": inks, "size": theme.SMALL_SIZE},
        "marker": {"symbol": "square", "size": 62, "color": shades, "line": {"color": theme.RULE, "width": 1}},
    }
    moves = [
        {"label": str(year), "method": "restyle", "args": [{"marker.color": [shades], "textfont.color": [inks], "text": [words]}]}
        for year, (shades, inks, words) in shown.items()
    ]
    return drawn(
        [trace],
        66 * int(tiles["row"].max()) + 20,
        left=14,
        right=14,
        below=100,
        sliders=[slider(moves, list(years).index(start), "Year: ", 20)],
        xaxis={
            "visible": False,
            "range": [0.3, float(tiles["column"].max()) + 0.7],
            "scaleanchor": "y",
            "scaleratio": 1.35,
            "constrain": "domain",
        },
        yaxis={"visible": False, "range": [float(tiles["row"].max()) + 0.6, 0.4]},
    )


def _look(known, names, steps):
    """Return the shade, the ink and the words of every tile."""
    grades = [None if value is None else sum(value >= limit for limit in steps) for value in known]
    shades = [theme.PAPER if grade is None else theme.SCALE[grade] for grade in grades]
    inks = [theme.MUTED if grade is None else theme.PAPER if grade >= DARK_FROM else theme.INK for grade in grades]
    short = [BROKEN.get(name, name) for name in names]
    words = [name if value is None else f"{name}<br><b>{value:.0f}</b>" for name, value in zip(short, known)]
    return shades, inks, words


def tile_maps(
    table: pd.DataFrame,
    tiles: pd.DataFrame,
    *,
    years: Sequence[int],
    large: int,
    unit: str,
    steps: Sequence[float] = (10, 15, 20, 30, 45),
    height: float = 385,
) -> Figure:
    """Draw one tile map a year: one large, with names and values, the others small beside it; a key tells the shades.

    Parameters
    ----------
    table : DataFrame
        Columns place, year, value.
    tiles : DataFrame
        Columns province, row, column: our layout.
    years : sequence of int
        The years shown; five small maps fit.
    large : int
        The year of the large map.
    unit : str
        Of the values, for hovering.
    steps : sequence of float
        The limits between the shades.
    height : float
        Of the drawing, in pixels.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, text where numbers belong, or a place that has no tile.
    """
    need(table, "place", "year", numbers=["value"])
    need(tiles, "province", numbers=["row", "column"])
    for place in table["place"].unique():
        if place not in set(tiles["province"]):
            raise DataError(f"'{place}' has no tile, so it would be missing from the map; {nearest(place, tiles['province'])}.")
    values = {(row.place, int(row.year)): row.value for row in table.itertuples()}
    small = [year for year in years if year != large]
    places = {large: ((0.0, 0.57), (0.0, 1.0))}
    for number, year in enumerate(small):
        left, top = 0.62 + 0.135 * (number % 3), 1 - 0.41 * (number // 3)
        places[year] = ((left, left + 0.11), (top - 0.35, top - 0.06))
    data, notes, axes = [], [], {}
    for number, (year, (x_domain, y_domain)) in enumerate(places.items()):
        x, y = (f"{letter}{number + 1 if number else ''}" for letter in "xy")
        known = {name: values.get((name, year)) for name in tiles["province"]}
        data.append(_tiles(tiles, known, steps, year, unit, x, y))
        hidden = {"visible": False, "range": [0.5, float(tiles["column"].max()) + 0.5], "domain": list(x_domain), "anchor": y}
        axes[x.replace("x", "xaxis")] = hidden
        down = [float(tiles["row"].max()) + 0.5, 0.5]
        axes[y.replace("y", "yaxis")] = {"visible": False, "range": down, "domain": list(y_domain), "anchor": x}
        if year == large:
            notes += _names(tiles, known, steps)
        above = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        notes.append(note(f"<b>{year}</b>", x_domain[0], y_domain[1], theme.INK, **above))
    notes.append(note(_key(steps), 0.62, 0, xref="paper", yref="paper", xanchor="left", yanchor="bottom", align="left"))
    return drawn(data, height, left=14, right=14, below=10, top=24, notes=notes, **axes)


def _grade(value, steps):
    return None if value is None else sum(value >= limit for limit in steps)


def _tiles(tiles, known, steps, year, unit, x, y):
    """Return one map as a grid of cells: its shade is the step that a value reaches; a place without a value is pale grey."""
    last = len(steps) + 1
    shades = [theme.RULE, *theme.SCALE[:last]]
    width = 1 / len(shades)
    rows, columns = int(tiles["row"].max()), int(tiles["column"].max())
    z = [[None] * columns for _ in range(rows)]
    told = [[""] * columns for _ in range(rows)]
    for tile in tiles.itertuples():
        value = known[tile.province]
        grade = _grade(value, steps)
        z[tile.row - 1][tile.column - 1] = 0 if grade is None else grade + 1
        words = "no figure found" if value is None else f"{value:.1f} {unit}"
        told[tile.row - 1][tile.column - 1] = f"{tile.province}, {year}: {words}"
    return {
        "type": "heatmap",
        "xaxis": x,
        "yaxis": y,
        "x": list(range(1, columns + 1)),
        "y": list(range(1, rows + 1)),
        "z": z,
        "zmin": 0,
        "zmax": last,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverongaps": False,
        "text": told,
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": [[place, shade] for number, shade in enumerate(shades) for place in (number * width, min((number + 1) * width, 1))],
    }


def _names(tiles, known, steps):
    """Return the name and the value of every tile of the large map."""
    notes = []
    for tile in tiles.itertuples():
        value = known[tile.province]
        grade = _grade(value, steps)
        ink = theme.PAPER if grade is not None and grade >= DARK_FROM else theme.INK
        name = BROKEN.get(tile.province, tile.province)
        words = name if value is None else f"{name}<br><b>{value:.0f}</b>"
        notes.append(note(words, int(tile.column), int(tile.row), ink, theme.SMALL_SIZE))
    return notes


def _key(steps):
    """Return the shades and what they stand for, two to a line."""
    words = [
        f"under {steps[0]:g}",
        *(f"{low:g} to {high:g}" for low, high in zip(steps, steps[1:], strict=False)),
        f"{steps[-1]:g} and more",
    ]
    marks = [f'<span style="color:{shade}">■</span> {text}' for shade, text in zip(theme.SCALE, words, strict=False)]
    marks.append(f'<span style="color:{theme.RULE}">■</span> no figure found')
    return "<br>".join("   ".join(marks[place : place + 3]) for place in range(0, len(marks), 3))
