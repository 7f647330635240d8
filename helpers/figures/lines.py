"""Chart forms with lines over the years: series with labels at their ends, an excess over a baseline, steps."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.data import DataError, nearest
from helpers.figures.axes import reach, room_for_values, value_axis, year_axis
from helpers.figures.given import need
from helpers.figures.layout import (
    EDGE,
    GAP,
    at_the_end,
    drawn,
    key,
    label_gap,
    level,
    note,
    numbers,
    on_bands,
    shade,
    spread,
    tops,
    upright,
)
from helpers.figures.letters import series, width, wrap
from helpers.figures.place import BESIDE, Box, Field, around, box_beside, settle, shifted
from helpers.sentences import fixed

HOLLOW = {"hollow", "dash"}
DOTS = {"hollow", "dots"}
FAR = {"line": 1.5, "dash": 1.5, "dots": 0.5, "hollow": 0.5}  # years: a series that stops earlier is labelled where it stops


def trend(
    table: pd.DataFrame,
    *,
    looks: dict,
    y_range: tuple[float, float],
    label_at: tuple[float, float] | None = None,
    height: float = 340,
    decimals: int = 1,
    marks: Sequence[tuple] = (),
    band: tuple[float, float, str] | None = None,
    y_gap: float = 0,
) -> Figure:
    """Draw one line or set of dots per column of a table of years, each labelled in the drawing.

    On a telephone the labels form a key above the drawing, unless they fit in it where `label_at` wants them.

    Parameters
    ----------
    table : DataFrame
        First column the years, one column per series; gaps stay gaps.
    looks : dict
        {column: (label, colour, look)} with look "line", "dash", "dots" or "hollow".
    y_range : (float, float)
        Low and high end of the vertical axis; nothing is drawn far beyond the highest value.
    label_at : (year, x), optional
        Labels start at x and point to that year's values; without it they stand where their series ends.
    height, decimals
        Pixels of the drawing; decimals told on hovering.
    marks : sequence of (year, str)
        Thin vertical lines with a word at the top.
    band : (first, last, str), optional
        A shaded span of years.
    y_gap : float
        Pixels between two labels at least.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=[table.columns[0], *looks] if isinstance(table, pd.DataFrame) else ())
    page, years = theme.page(), table.iloc[:, 0]
    ends = (int(years.min()) - 0.3, int(years.max()) + 0.3)
    low, high = reach(y_range, table[list(looks)].to_numpy().ravel())
    points = [_point(table, column, look, label_at) for column, look in looks.items()]
    early = [not label_at and point[0] < ends[1] - FAR[look[2]] for point, look in zip(points, looks.values())]
    at_end = [point for point, stops in zip(points, early) if not stops]
    left, right = room_for_values(low, high), EDGE
    if at_end and not label_at and not page.narrow:
        right += GAP + max(width(label) for _, _, label, _ in at_end)
    field = Field(ends, (low, high), page.width - left - right, min(height, page.tallest))
    above, top = tops(on_bands(marks, [band] if band else []), ends, field.width)
    if page.narrow and not (label_at and _fit(looks, label_at[1], field)):
        (notes, added), pointers = key([(look, label, colour) for label, colour, look in looks.values() if label], left, top + 4), []
    else:
        notes, pointers = _at_their_ends(at_end, field, label_at, y_gap)
        notes += _where_they_stop([point for point, stops in zip(points, early) if stops], table[[years.name, *looks]], notes, field)
        added = 0
    return drawn(
        [_series(table, column, look, decimals) for column, look in looks.items()],
        field.height,
        left=left,
        right=right,
        top=top + added,
        shapes=pointers + [upright(year) for year, _ in marks] + ([shade(*band[:2])] if band else []),
        notes=notes + above,
        xaxis=year_axis(*ends, field.width),
        yaxis=value_axis(low, high),
    )


def _fit(looks, start, field: Field):
    """Return whether all labels that start at a place of the horizontal axis end inside the drawing."""
    return all(field.at(start, field.y[0])[0] + width(label) <= field.width for label, *_ in looks.values())


def _at_their_ends(points, field, label_at, y_gap):
    """Return labels at the end of the drawing, or where `label_at` wants them, and the lines from there to the values."""
    gap = max(y_gap, label_gap()) * (field.y[1] - field.y[0]) / field.height
    free = list(zip(points, spread([y for _, y, _, _ in points], gap, field.y[0])))
    if label_at:
        notes = [note(label, label_at[1], y, colour, xanchor="left", yanchor="middle") for (_, _, label, colour), y in free]
        return notes, [_pointer(point, y, label_at[1]) for point, y in free]
    return [at_the_end(label, y, colour) for (_, _, label, colour), y in free], []


def _point(table, column, look, label_at):
    """Return (year, value, label, colour) of the value that a label belongs to."""
    known = table[[table.columns[0], column]].dropna()
    if known.empty:
        raise DataError(fixed("column_of_the_chart_holds_no_number", column=column))
    if label_at:
        at = known[known.iloc[:, 0] == label_at[0]]
        known = known if at.empty else at
    return int(known.iloc[-1, 0]), float(known.iloc[-1, 1]), *look[:2]


def _where_they_stop(points, table, notes, field: Field):
    """Return the labels of series that stop early, each beside its last value and on nothing else."""
    cells = [(row[0], y) for row in table.itertuples(index=False) for y in row[1:] if not pd.isna(y)]
    taken = [around(*field.at(x, y), 10, 10) for x, y in cells]
    for label in notes:
        if label["x"] == 1:
            y = field.at(0, label["y"])[1]
            taken.append(Box(field.width + GAP, y - label_gap() / 2, field.width + GAP + width(label["text"]), y + label_gap() / 2))
    options = [[box_beside(*field.at(x, y), label, side) for side in BESIDE] for x, y, label, _ in points]
    chosen, _ = settle(options, taken, field.room()._replace(right=field.width + EDGE))
    sides = [list(BESIDE)[number] for number in chosen]
    return [note(label, x, y, colour, **shifted(side)) for (x, y, label, colour), side in zip(points, sides)]


def _pointer(point, y, x):
    """Return the thin line from a value to its label."""
    year, value, _, colour = point
    line = {"color": colour, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": year + 0.15, "y0": value, "x1": x - 0.05, "y1": y, "line": line}


def _series(table, column, look, decimals):
    """Return one column as a line or as dots; gaps stay gaps."""
    label, colour, kind = look
    dots, hollow = kind in DOTS, kind in HOLLOW
    return {
        "type": "scatter",
        "x": table.iloc[:, 0].tolist(),
        "y": numbers(table[column]),
        "name": label,
        "mode": "markers" if dots else "lines+markers",
        "connectgaps": False,
        "line": {"color": colour, "width": 2.5, "dash": "dash" if kind == "dash" else "solid"},
        "marker": {
            "color": theme.PAPER if hollow else colour,
            "size": 9 if dots else 6,
            "line": {"color": colour, "width": 2 if hollow else 0},
        },
        "hovertemplate": f"{series(label, column)}, %{{x}}: %{{y:,.{decimals}f}}<extra></extra>",
    }


def subtraction(
    rate: pd.Series,
    baselines: dict,
    tolls: dict,
    *,
    colour: str,
    y_range: tuple[float, float],
    height: float = 320,
    start: str | None = None,
) -> Figure:
    """Draw a death rate above a baseline; the shaded part between them is the excess. Buttons switch the baseline.

    Parameters
    ----------
    rate : Series
        Per 1000, by year.
    baselines : dict
        {name: Series by year}, one button each.
    tolls : dict
        {name: excess deaths in millions}, written beside the shade.
    colour : str
        Of the rate.
    y_range : (float, float)
        Low and high end of the vertical axis; nothing is drawn far beyond the highest value.
    height : float
        Pixels of the drawing.
    start : str, optional
        The baseline shown first: what the buttons show can be had here too.

    Raises
    ------
    DataError
        For a start that is no baseline.
    """
    start = next(iter(baselines)) if start is None else start
    if start not in baselines:
        raise DataError(fixed("there_is_no_baseline", start=start, nearest=nearest(start, baselines)))
    page = theme.page()
    low, high = reach(y_range, rate)
    peak = int(rate.idxmax())
    left = room_for_values(low, high)
    first, last = int(rate.index[0]) - 0.3, int(rate.index[-1]) + 0.3
    room = (last - peak - 0.8) / (last - first) * (page.width - left - EDGE)
    data = []
    for name, line in baselines.items():
        words = fixed("toll", toll=tolls[name], words=wrap(fixed("deaths_above", baseline=name), min(room, 200), page.text))
        data += _excess(rate, line, words, (peak + 0.8, low + 0.74 * (high - low)), shown=name == start)
    data.append(
        {
            "type": "scatter",
            "x": [int(year) for year in rate.index],
            "y": numbers(rate),
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2.5},
            "hovertemplate": fixed("observed") + "<extra></extra>",
        }
    )
    menu = _buttons(list(baselines), start)
    return drawn(
        data,
        min(height, page.tallest - 40),
        left=left,
        top=44 if not page.narrow else 12 + 34 * len(baselines),
        updatemenus=[menu],
        xaxis=year_axis(first, last, page.width - left - EDGE),
        yaxis=value_axis(low, high),
    )


def _buttons(names, start):
    """Return the buttons of the baselines: side by side, on a telephone one below the other."""
    return {
        "type": "buttons",
        "direction": "down" if theme.page().narrow else "right",
        "buttons": [
            {"label": name, "method": "restyle", "args": ["visible", [number // 3 == chosen for number in range(3 * len(names))] + [True]]}
            for chosen, name in enumerate(names)
        ],
        "active": names.index(start),
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "pad": {"b": 10},
        "showactive": True,
        "bgcolor": theme.PAPER,
    }


def shade_between(rates: pd.Series, line: pd.Series, **axes: str) -> dict:
    """Return the shade between the rates of some years and a line through the same years; `axes` names those of a panel."""
    years = [int(year) for year in line.index]
    return {
        "type": "scatter",
        **axes,
        "x": years + years[::-1],
        "y": numbers(rates.loc[years]) + numbers(line)[::-1],
        "fill": "toself",
        "fillcolor": theme.SCALE[1],
        "line": {"width": 0},
        "mode": "lines",
        "hoverinfo": "skip",
    }


def _excess(rate, line, words, place, shown):
    """Return the shade between a rate and a baseline, the baseline, and the words of the sum."""
    baseline = {
        "type": "scatter",
        "x": [int(year) for year in line.index],
        "y": numbers(line),
        "mode": "lines",
        "line": {"color": theme.MUTED, "width": 2, "dash": "dash"},
        "visible": shown,
        "hovertemplate": fixed("baseline_rate") + "<extra></extra>",
    }
    label = {
        "type": "scatter",
        "x": [place[0]],
        "y": [place[1]],
        "mode": "text",
        "text": [words],
        "textposition": "middle right",
        "textfont": {"size": theme.page().text},
        "hoverinfo": "skip",
        "visible": shown,
    }
    return [shade_between(rate, line) | {"visible": shown}, baseline, label]


def steps(
    table: pd.DataFrame,
    *,
    looks: dict,
    y_range: tuple[float, float],
    x_range: tuple[float, float],
    height: float = 340,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw values that hold until the next event as steps, one line per column, labelled at the right end.

    Parameters
    ----------
    table : DataFrame
        First column decimal years in order, one column per series (already cumulated).
    looks : dict
        {column: (label, colour)}, drawn in this order; a third part "under" draws a wide pale line that others may cover.
    y_range, x_range : (float, float)
        Ends of the axes; the horizontal one in years.
    height : float
        Pixels of the drawing.
    marks : sequence of (year, str)
        Vertical lines with a word at the top.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=[table.columns[0], *looks] if isinstance(table, pd.DataFrame) else ())
    page = theme.page()
    height, low, high = min(height, page.tallest), *map(float, y_range)
    last = [float(table[column].iloc[-1]) for column in looks]
    left, right = room_for_values(low, high), EDGE
    if not page.narrow:
        free = spread(last, label_gap() * (high - low) / height, low)
        labels = [at_the_end(look[0], y, look[1]) for look, y in zip(looks.values(), free)]
        right = EDGE + GAP + max(width(look[0]) for look in looks.values())
    above, top = tops(marks, x_range, page.width - left - right)
    if page.narrow:
        labels, added = key([("line", *look[:2]) for look in looks.values()], left, top + 4)
        top += added
    return drawn(
        [_steps(table, column, look) for column, look in looks.items()],
        height,
        left=left,
        right=right,
        top=top,
        shapes=[*(upright(year) for year, _ in marks), level(0, theme.INK)],
        notes=labels + above,
        xaxis=year_axis(*x_range, page.width - left - right),
        yaxis=value_axis(low, high),
    )


def _steps(table, column, look):
    """Return one series as steps."""
    label, colour, *more = look
    under = "under" in more
    return {
        "type": "scatter",
        "x": numbers(table.iloc[:, 0]),
        "y": numbers(table[column]),
        "mode": "lines",
        "name": label,
        "opacity": 0.35 if under else 1,
        "line": {"color": colour, "width": 8 if under else 2.5, "shape": "hv"},
        "hovertemplate": f"{series(label, column)}, %{{x:.1f}}: %{{y:,.0f}}<extra></extra>",
    }
