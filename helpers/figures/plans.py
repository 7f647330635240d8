"""A chart form for plans that were changed and what came of them: level marks in their order, then a bar."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.axes import EDGE, room_for_values, value_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, label_gap, note, on_top
from helpers.figures.letters import number
from helpers.figures.rows import amounts
from helpers.sentences import fixed

LOOKS = ("plan", "claimed", "made")


def plans_and_outcomes(table: pd.DataFrame, *, colour: str, y_range: tuple[float, float], height: float = 300, decimals: int = 1) -> Figure:
    """Draw plans as level marks in the order in which they were made and outcomes as bars, a block for each year.

    On a telephone, where so many columns have no room, every plan and every outcome is a row.

    Parameters
    ----------
    table : DataFrame
        Columns year (the year planned for; rows in order), value, low, high (a plan from low to high is a box), look
        ("plan", "claimed": a hollow bar, "made": a full bar), step (its name) and under (short words below the mark).
    colour : str
        Of marks and bars.
    y_range : (float, float)
        Low and high end of the axis.
    height, decimals
        Pixels of the drawing; decimals of the numbers.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a look that is not known, or text where numbers belong.
    """
    need(table, "look", "step", "under", numbers=["year", "value", "low", "high"])
    need_looks(table, "look", LOOKS)
    if theme.page().narrow:
        looks = {look: (colour, "solid" if look == "made" else "open") for look in LOOKS}
        return amounts(table.assign(row=table["step"], text=""), looks=looks, x_range=y_range, decimals=decimals)
    first, places, notes, shapes, data = table["year"].iloc[0], [], [], [], []
    for order, row in enumerate(table.itertuples()):
        places.append(int(order + row.year - first))  # an empty place between two years
        ends = (row.value, row.value) if pd.isna(row.low) else (row.low, row.high)
        if row.look == "plan":
            shapes.append(_tick(places[-1], ends, colour, y_range))
        else:
            data.append(_bar(places[-1], row, colour, decimals))
        written = "–".join(number(end, decimals if end % 1 else 0) for end in dict.fromkeys(ends))
        notes.append(note(written, places[-1], float(ends[1]), yanchor="bottom", yshift=3))
    for year, block in table.assign(place=places).groupby("year"):
        notes.append(on_top(float(block["place"].mean()), fixed("for_year", year=year)))
    axis = {"tickvals": places, "ticktext": table["under"].tolist(), "tickangle": 0, "range": [-0.6, places[-1] + 0.6]}
    return drawn(
        data,
        height,
        left=room_for_values(*y_range),
        right=EDGE,
        top=label_gap(),
        notes=notes,
        shapes=shapes,
        barmode="overlay",
        xaxis={**axis, "showgrid": False, "showline": True},
        yaxis=value_axis(*y_range),
    )


def _bar(place, row, colour, decimals):
    """Return what was claimed as a hollow bar, what was made as a full one."""
    return {
        "type": "bar",
        "x": [place],
        "y": [float(row.value)],
        "width": 0.8,
        "marker": {"color": colour if row.look == "made" else theme.PAPER, "line": {"color": colour, "width": 2}},
        "hovertemplate": f"{row.step}: {number(row.value, decimals)}<extra></extra>",
    }


def _tick(place, ends, colour, y_range):
    """Return a plan as a level mark, a range as a box."""
    middle, half = float(sum(ends)) / 2, max(float(ends[1] - ends[0]), 0.015 * (y_range[1] - y_range[0])) / 2
    corners = {"x0": place - 0.45, "x1": place + 0.45, "y0": middle - half, "y1": middle + half}
    return {"type": "rect", **corners, "fillcolor": theme.PAPER, "line": {"color": colour, "width": 2}}
