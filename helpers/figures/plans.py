"""A chart form for plans that were changed and what came of them: level marks in their order, then a bar."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, note, on_top

LOOKS = ("plan", "claimed", "made")


def plans_and_outcomes(table: pd.DataFrame, colour: str, y_range: Sequence[float], *, height: float = 300) -> Figure:
    """Draw plans as level marks in the order in which they were made and outcomes as bars, a block for each year.

    Parameters
    ----------
    table : DataFrame
        Columns year (the year planned for; rows in order), value, low, high (a plan from low to high is a box), look
        ("plan", "claimed": a hollow bar, "made": a full bar), step (told on hovering) and under (short words below the mark).
    colour : str
        Of marks and bars.
    y_range : (float, float)
        Low and high end of the vertical axis.
    height : float
        Pixels of the drawing.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a look that is not known, or text where numbers belong.
    """
    need(table, "look", "step", "under", numbers=["year", "value", "low", "high"])
    need_looks(table, "look", LOOKS)
    first, places, notes, shapes, data = table["year"].iloc[0], [], [], [], []
    for order, row in enumerate(table.itertuples()):
        places.append(int(order + row.year - first))  # an empty place between two years
        low, high = (row.value, row.value) if pd.isna(row.low) else (row.low, row.high)
        if row.look == "plan":
            shapes.append(_tick(places[-1], low, high, colour, y_range))
        else:
            data.append(_bar(places[-1], row, colour))
        number = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        notes.append(note(f"<b>{number}</b>", places[-1], float(high), theme.INK, theme.SMALL_SIZE, yanchor="bottom", yshift=3))
    for year, block in table.assign(place=places).groupby("year"):
        notes.append(on_top(float(block["place"].mean()), f"for {year}"))
    under = {"tickvals": places, "ticktext": table["under"].tolist(), "tickangle": 0}
    axis = {**under, "range": [-0.7, places[-1] + 0.7], "showgrid": False, "showline": True}
    around = {"right": 10, "below": 60, "top": 22}
    return drawn(data, height, **around, notes=notes, shapes=shapes, barmode="overlay", xaxis=axis, yaxis={"range": list(y_range)})


def _bar(place, row, colour):
    """Return what was claimed as a hollow bar, what was made as a full one."""
    return {
        "type": "bar",
        "x": [place],
        "y": [float(row.value)],
        "width": 0.8,
        "marker": {"color": colour if row.look == "made" else theme.PAPER, "line": {"color": colour, "width": 2}},
        "hovertemplate": f"{row.step}: {row.value:g}<extra></extra>",
    }


def _tick(place, low, high, colour, y_range):
    """Return a plan as a level mark, a range as a box."""
    middle, half = float(low + high) / 2, max(float(high - low), 0.015 * (y_range[1] - y_range[0])) / 2
    corners = {"x0": place - 0.45, "x1": place + 0.45, "y0": middle - half, "y1": middle + half}
    return {"type": "rect", **corners, "fillcolor": theme.PAPER, "line": {"color": colour, "width": 2}}
