"""Provinces as equal tiles: no country looks large because its land is."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need
from helpers.figures.layout import drawn, slider

DARK_FROM = 3  # tile shades from here on carry light letters
BROKEN = {
    "Inner Mongolia": "Inner<br>Mongolia",
    "Heilongjiang": "Heilong-<br>jiang",
    "Guangdong": "Guang-<br>dong",
    "Shandong": "Shan-<br>dong",
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
