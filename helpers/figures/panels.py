"""Panels one above the other over the same years."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.axes import reach, room_for_values, value_axis, year_axis
from helpers.figures.given import need
from helpers.figures.layout import EDGE, GAP, at_the_end, drawn, key, label_gap, note, numbers, on_bands, shade, spread, tops, upright
from helpers.figures.letters import lines, series, width, wrap
from helpers.figures.letters import number as written

HEAD = 14  # pixels between a panel and the heading below it
FAR = 1.5  # years before the end of the axis: a series that stops earlier is labelled where it stops


def panels(
    parts: Sequence[tuple],
    *,
    x_range: tuple[float, float],
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
        Pixels of a panel and of the room for labels, at most.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    page = theme.page()
    for _, table, looks, _ in parts:
        need(table, numbers=[table.columns[0], *looks] if isinstance(table, pd.DataFrame) else ())
    right = EDGE if page.narrow else EDGE + _room_for_labels(parts, right)
    ranges = [_scale(part, parts) for part in parts]
    left = max(room_for_values(*ends) for ends in ranges)
    plot = page.width - left - right
    keyed = [page.narrow and any(label for label, _, _ in looks.values()) for _, _, looks, _ in parts]
    headings = [wrap(heading, page.width - 2 * EDGE, page.small, bold=True) for heading, *_ in parts]
    gaps = [label_gap() * (lines(heading) + with_key) + HEAD for heading, with_key in zip(headings, keyed)]
    words, above = tops(on_bands(marks, [band] if band else []), x_range, plot, gaps[0])
    panel_height = min(panel_height, (page.tallest + label_gap() - sum(gaps)) / len(parts))
    height = panel_height * len(parts) + sum(gaps[1:])
    data, notes, axes, top = [], [], {}, height
    for place, (part, ends) in enumerate(zip(parts, ranges)):
        axis = _axis_name(place)
        axes[axis.replace("y", "yaxis")] = _axis(part, ends, [max((top - panel_height) / height, 0), top / height])
        traces, said = _panel((headings[place], *part[1:]), axis, ends, top / height, panel_height, left, x_range[1], plot)
        data, notes = data + traces, notes + said
        top -= panel_height + (gaps[place + 1] if place + 1 < len(parts) else 0)
    through = [upright(moment, _axis_name(place)) for place in range(len(parts)) for moment, _ in marks]
    return drawn(
        data,
        height,
        left=left,
        right=right,
        top=gaps[0] + above,
        shapes=through + [shade(*band[:2], _axis_name(place)) for place in range(len(parts)) if band],
        notes=notes + words,
        xaxis=year_axis(*x_range, plot, anchor=_axis_name(len(parts) - 1)),
        **axes,
    )


def _room_for_labels(parts, most):
    """Return the pixels that the labels at the right end need."""
    labels = [label for _, _, looks, _ in parts for label, _, _ in looks.values() if label]
    return GAP + min(most, max(map(width, labels))) if labels else 0


def _axis_name(place):
    """Return how traces and notes name the upright axis of a panel."""
    return f"y{place + 1}" if place else "y"


def _scale(part, parts):
    """Return the ends of a panel's axis; panels that ask for the same ones keep one scale."""
    alike = [
        values for _, table, looks, y_range in parts if list(y_range) == list(part[3]) for values in table[list(looks)].to_numpy().ravel()
    ]
    return reach(part[3], alike, 1.2)


def _axis(part, ends, domain):
    """Return a panel's upright axis, without numbers where they stand on the bars."""
    bars = all(look == "bars" for _, _, look in part[2].values())
    axis = value_axis(*ends, domain=domain, anchor="x", nticks=5)
    return axis | {"showticklabels": False, "showgrid": False} if bars else axis


def _panel(part, axis, ends, top, panel_height, left, last, plot):
    """Return the traces of a panel, and its heading and labels."""
    heading, table, looks, _ = part
    traces = [_series(table, column, look, axis, plot) for column, look in looks.items()]
    named = {column: look for column, look in looks.items() if look[0]}
    if theme.page().narrow:
        labels, added = key([(look if look != "bars" else "square", label, colour) for label, colour, look in named.values()], left)
        labels = [{**label, "y": top} for label in labels]
    else:
        labels, added = _labels(table, named, axis, ends, panel_height, last), 4
    title = note(
        f"<b>{heading}</b>", 0, top, xref="paper", xanchor="left", xshift=EDGE - left, yref="paper", yanchor="bottom", yshift=added
    )
    return traces, [title, *labels]


def _labels(table, looks, axis, ends, panel_height, last):
    """Return the labels of a panel's series: at the right end, or where a series stops earlier."""
    points = []
    for column, (label, colour, _) in looks.items():
        known = table[[table.columns[0], column]].dropna()
        points.append((float(known.iloc[-1, 0]), float(known.iloc[-1, 1]), label, colour))
    at_end = [point for point in points if point[0] >= last - FAR]
    free = spread([y for _, y, _, _ in at_end], label_gap() * (ends[1] - ends[0]) / panel_height)
    stopped = [note(label, x, y, colour, yref=axis, xanchor="left", xshift=GAP) for x, y, label, colour in points if x < last - FAR]
    return [at_the_end(label, y, colour, axis) for (_, _, label, colour), y in zip(at_end, free)] + stopped


def _series(table, column, look, axis, plot):
    """Return one series of a panel as a trace."""
    label, colour, kind = look
    values = numbers(table[column])
    trace = {
        "x": table.iloc[:, 0].tolist(),
        "y": values,
        "yaxis": axis,
        "hovertemplate": f"{series(label, column)}, %{{x}}: %{{y:,}}<extra></extra>",
    }
    if kind == "bars":
        texts = [written(v, None) if v else "" for v in values]
        return {
            **trace,
            "type": "bar",
            "width": 0.8,
            "marker": {"color": colour},
            "text": texts,
            "textposition": "outside",
            "textangle": -90 if max(map(width, texts)) > plot / len(values) else 0,
            "constraintext": "none",
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
