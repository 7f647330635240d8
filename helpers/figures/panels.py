"""Panels one above the other over the same years."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need
from helpers.figures.layout import LABEL_GAP, at_the_end, drawn, note, numbers, shade, spread, upright

GAP = 34  # pixels between two panels, for the heading of the lower one
LETTER = 3.8  # half of the pixels of a small letter


def panels(
    parts: Sequence[tuple],
    x_range: Sequence[float],
    marks: Sequence[tuple] = (),
    band: tuple[float, float, str] | None = None,
    panel_height: float = 190,
    right: float = 150,
) -> Figure:
    """Draw panels one above the other over the same years, each with a unit and a vertical axis of its own.

    Parameters
    ----------
    parts : sequence of (heading, table, looks, y_range)
        From the top down. heading: what the panel shows and its unit. table: first column the years, one column per
        series; columns named x_low and x_high, if there are any, become bars around x. looks: {column: (label, colour,
        look)} with look "line", "dots", "hollow" or "bars" (with the number on each bar that is not zero).
    x_range : (float, float)
        First and last year of the axis.
    marks : sequence of (float, str)
        Moments: thin vertical lines through all panels, with a word at the top.
    band : (first, last, str), optional
        A shaded span of years.
    panel_height, right : float
        Pixels of a panel and of the room for labels.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    height = (panel_height + GAP) * len(parts) - GAP
    data, notes, shapes, axes = [], [], [], {}
    for number, part in enumerate(parts):
        name = "y" if number == 0 else f"y{number + 1}"
        top = 1 - number * (panel_height + GAP) / height
        axes[name.replace("y", "yaxis")] = {
            "domain": [max(top - panel_height / height, 0), top],
            "range": list(part[3]),
            "anchor": "x",
        }
        traces, words = _panel(part, name, top, panel_height)
        data, notes = data + traces, notes + words
        shapes += [upright(moment, name) for moment, _ in marks] + ([shade(*band[:2], name)] if band else [])
    words, levels = _staggered([*marks, *([((band[0] + band[1]) / 2, band[2])] if band else [])], x_range)
    return drawn(
        data,
        height,
        right=right,
        top=26 + 18 * levels,
        shapes=shapes,
        notes=notes + words,
        xaxis={
            "range": list(x_range),
            "showgrid": False,
            "showline": True,
            "tickformat": "d",
            "dtick": 2 if x_range[1] - x_range[0] > 12 else 1,
            "anchor": "y" if len(parts) == 1 else f"y{len(parts)}",
        },
        **axes,
    )


def _panel(part, axis, top, panel_height):
    """Return the traces of a panel, and its heading and labels."""
    heading, table, looks, y_range = part
    need(table, numbers=[table.columns[0], *looks] if isinstance(table, pd.DataFrame) else ())
    notes = [note(f"<b>{heading}</b>", 0, top, xref="paper", xanchor="left", yref="paper", yanchor="bottom", yshift=4)]
    last = [float(table[column].dropna().iloc[-1]) for column in looks]
    free = spread(last, LABEL_GAP * (y_range[1] - y_range[0]) / panel_height)
    notes += [at_the_end(label, y, colour, axis) for (label, colour, _), y in zip(looks.values(), free)]
    return [_series(table, column, look, axis) for column, look in looks.items()], notes


def _series(table, column, look, axis):
    """Return one series of a panel as a trace."""
    label, colour, kind = look
    values = numbers(table[column])
    trace = {
        "x": table.iloc[:, 0].tolist(),
        "y": values,
        "yaxis": axis,
        "hovertemplate": f"{label or column}, %{{x}}: %{{y}}<extra></extra>",
    }
    if kind == "bars":
        return {
            **trace,
            "type": "bar",
            "width": 0.8,
            "marker": {"color": colour},
            "text": [f"{v:g}" if v else "" for v in values],
            "textposition": "outside",
            "textangle": 0,
            "textfont": {"size": theme.SMALL_SIZE},
            "cliponaxis": False,
        }
    hollow = kind == "hollow"
    return {
        **trace,
        "type": "scatter",
        "error_y": _around(table, column),
        "mode": "lines+markers" if kind == "line" else "markers",
        "connectgaps": False,
        "line": {"color": colour, "width": 2.5},
        "marker": {
            "color": theme.PAPER if hollow else colour,
            "size": 6 if kind == "line" else 9,
            "line": {"color": colour, "width": 2 if hollow else 0},
        },
    }


def _around(table, column):
    """Return the bars from low to high around a series, or None when the table has none."""
    if f"{column}_low" not in table.columns:
        return None
    return {
        "symmetric": False,
        "array": numbers(table[f"{column}_high"] - table[column]),
        "arrayminus": numbers(table[column] - table[f"{column}_low"]),
        "thickness": 1,
        "width": 2,
    }


def _staggered(words, x_range):
    """Return the words above the uppermost panel, on as many lines as they need, and how many lines these are."""
    notes, edges, levels = [], {}, 0
    for moment, text in sorted(words):
        half = len(text) * LETTER * (x_range[1] - x_range[0]) / 760
        line = next(step for step in range(len(words)) if edges.get(step, x_range[0] - 99) < moment - half)
        edges[line], levels = moment + half, max(levels, line + 1)
        notes.append(note(text, moment, 1, theme.MUTED, theme.SMALL_SIZE, yref="paper", yanchor="bottom", yshift=26 + 18 * line))
    return notes, levels
