"""A chart form for plans that were changed and what came of them: level marks in their order, then a bar."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.axes import room_for_values, value_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, label_gap, note, panes
from helpers.figures.letters import number, width
from helpers.sentences import fixed

LOOKS = ("plan", "claimed", "made")


def plans_and_outcomes(table: pd.DataFrame, *, colour: str, y_range: tuple[float, float], height: float = 300, decimals: int = 1) -> Figure:
    """Draw plans as level marks in the order in which they were made and outcomes as bars, a block for each year.

    On a telephone, where so many columns have no room, the blocks stand one below the other.

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
    narrow, left, head = theme.page().narrow, room_for_values(*y_range), label_gap() + 4
    rows = _in_rows(table) if narrow else [table]
    most = max(len(row) + row["year"].nunique() - 1 for row in rows)
    height = height / 2 if narrow else height
    places, whole = panes(len(rows), height, left, head, gap=2 * label_gap() + 14)
    notes, shapes, data, axes = [], [], [], {}
    for pane, row in zip(places, rows, strict=True):
        axes |= _blocks(row, pane, most, colour, y_range, decimals, height, (data, notes, shapes))
    return drawn(data, whole, left=left, top=head, notes=notes, shapes=shapes, barmode="overlay", **axes)


def _in_rows(table):
    """Return the blocks in as many rows as they need so that none is longer than the longest block."""
    rows, most = [], table.groupby("year").size().max()
    for _, block in table.groupby("year"):
        if rows and len(rows[-1]) + len(block) + rows[-1]["year"].nunique() <= most:
            rows[-1] = pd.concat([rows[-1], block])
        else:
            rows.append(block)
    return rows


def _blocks(table, pane, most, colour, y_range, decimals, height, into):
    """Draw the blocks of some years into a pane, and return its axes."""
    (data, notes, shapes), places, before = into, [], None
    blocks = {year: place for place, year in enumerate(table["year"].unique())}
    at, per_pixel = {"xref": pane.x, "yref": pane.y}, (y_range[1] - y_range[0]) / height
    for order, row in enumerate(table.itertuples()):
        places.append(order + blocks[row.year])  # an empty place between two years
        ends = (row.value, row.value) if pd.isna(row.low) else (row.low, row.high)
        if row.look == "plan":
            shapes.append(_tick(places[-1], ends, colour, y_range, at))
        else:
            data.append(_bar(places[-1], row, colour, decimals, pane))
        written = "–".join(number(end, decimals if end % 1 else 0) for end in dict.fromkeys(ends))
        beside = before is not None and before[0] < ends[1] + (label_gap() + 3) * per_pixel and before[1] > ends[1]
        wide = beside and width(written) > pane.room / (most + 0.2)  # would lie on the mark at its left
        aside = {"xanchor": "left"} if wide else {}
        notes.append(note(written, places[-1] - 0.45 if wide else places[-1], float(ends[1]), yanchor="bottom", yshift=3, **at, **aside))
        before = ends if row.look == "plan" else None
    for year, block in table.assign(place=places).groupby("year"):
        middle = float(block["place"].mean())
        notes.append(note(fixed("for_year", year=year), middle, 1, theme.MUTED, xref=pane.x, yref=f"{pane.y} domain", yanchor="bottom"))
    axis = {"tickvals": places, "ticktext": table["under"].tolist(), "tickangle": 0, "range": [-0.6, most - 0.4]}
    return pane.axes({**axis, "showgrid": False, "showline": True}, value_axis(*y_range))


def _bar(place, row, colour, decimals, pane):
    """Return what was claimed as a hollow bar, what was made as a full one."""
    return {
        "type": "bar",
        "xaxis": pane.x,
        "yaxis": pane.y,
        "x": [place],
        "y": [float(row.value)],
        "width": 0.8,
        "marker": {"color": colour if row.look == "made" else theme.PAPER, "line": {"color": colour, "width": 2}},
        "hovertemplate": f"{row.step}: {number(row.value, decimals)}<extra></extra>",
    }


def _tick(place, ends, colour, y_range, at):
    """Return a plan as a level mark, a range as a box."""
    middle, half = float(sum(ends)) / 2, max(float(ends[1] - ends[0]), 0.015 * (y_range[1] - y_range[0])) / 2
    corners = {"x0": place - 0.45, "x1": place + 0.45, "y0": middle - half, "y1": middle + half}
    return {"type": "rect", **at, **corners, "fillcolor": theme.PAPER, "line": {"color": colour, "width": 2}}
