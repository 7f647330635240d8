"""Chart forms with lines over the years: series with labels at their ends, an excess over a baseline, steps."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need
from helpers.figures.layout import LABEL_GAP, at_the_end, drawn, level, note, numbers, on_top, shade, spread, upright

HOLLOW = {"hollow", "dash"}
LETTER = 9  # pixels of a letter of a label, at most


def trend(
    table: pd.DataFrame,
    looks: dict,
    y_range: Sequence[float],
    label_at: tuple[float, float] | None = None,
    height: float = 400,
    decimals: int = 1,
    marks: Sequence[tuple] = (),
    band: tuple[float, float, str] | None = None,
    y_gap: float = LABEL_GAP,
) -> Figure:
    """Draw one line or set of dots per column of a table of years, each labelled in the drawing.

    Parameters
    ----------
    table : DataFrame
        First column the years, one column per series; gaps stay gaps.
    looks : dict
        {column: (label, colour, look)} with look "line", "dash", "dots" or "hollow".
    y_range : (float, float)
        Low and high end of the vertical axis.
    label_at : (year, x), optional
        Labels start at x and point to that year's values; without it they stand at the right ends.
    height, decimals
        Pixels of the drawing; decimals told on hovering.
    marks : sequence of (year, str)
        Thin vertical lines with a word at the top.
    band : (first, last, str), optional
        A shaded span of years.
    y_gap : float
        Pixels between two labels.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=[table.columns[0], *looks] if isinstance(table, pd.DataFrame) else ())
    years = table.columns[0]
    points = []
    for column, (label, colour, _) in looks.items():
        known = table[[years, column]].dropna()
        at = known if label_at is None else known[known[years] == label_at[0]]
        points.append((int(at[years].iloc[-1]), float(at[column].iloc[-1]), label, colour))
    free = spread([point[1] for point in points], y_gap * (y_range[1] - y_range[0]) / height, y_range[0])
    if label_at is None:
        notes, shapes = [at_the_end(label, y, colour) for (_, _, label, colour), y in zip(points, free)], []
    else:
        notes = [note(label, label_at[1], y, colour, xanchor="left", yanchor="middle") for (_, _, label, colour), y in zip(points, free)]
        shapes = [_pointer(year, value, label_at[1], y, colour) for (year, value, _, colour), y in zip(points, free)]
    shapes += [upright(year) for year, _ in marks] + ([shade(*band[:2])] if band else [])
    notes += [on_top(year, text) for year, text in marks] + ([on_top((band[0] + band[1]) / 2, band[2])] if band else [])
    first, last = int(table[years].min()), int(table[years].max())
    return drawn(
        [_series(table, column, look, decimals) for column, look in looks.items()],
        height,
        right=40 if label_at else 14 + LETTER * max(len(point[2]) for point in points),
        top=22 if marks or band else 0,
        shapes=shapes,
        notes=notes,
        xaxis={"range": [first - 0.3, last + 0.3], "dtick": 2 if last - first > 12 else 1, "showgrid": False, "showline": True},
        yaxis={"range": list(y_range)},
    )


def _series(table, column, look, decimals):
    """Return one column as a line or as dots; gaps stay gaps."""
    label, colour, kind = look
    dots, hollow = kind in ("dots", "hollow"), kind in HOLLOW
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
        "hovertemplate": f"{label}<br>%{{x}}: %{{y:.{decimals}f}}<extra></extra>",
    }


def _pointer(year, value, x, y, colour):
    """Return the thin line from a value to its label."""
    line = {"color": colour, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": year + 0.15, "y0": value, "x1": x - 0.05, "y1": y, "line": line}


def subtraction(
    rate: pd.Series,
    baselines: dict,
    tolls: dict,
    colour: str,
    y_range: Sequence[float],
    height: float = 400,
) -> Figure:
    """Draw a death rate above a baseline; the shaded part between them is the excess. Buttons switch the baseline.

    Parameters
    ----------
    rate : Series
        Per 1000, by year.
    baselines : dict
        {name: Series by year}, one button each; the first is shown.
    tolls : dict
        {name: excess deaths in millions}, written into the shade.
    colour : str
        Of the rate.
    y_range : (float, float)
        Low and high end of the vertical axis.
    height : float
        Pixels of the drawing.
    """
    data, buttons = [], []
    for chosen, (name, line) in enumerate(baselines.items()):
        data += _excess(rate, line, f"<b>{tolls[name]:.1f} million</b><br>baseline: {name}", 0.8 * y_range[1], shown=chosen == 0)
        visible = [number // 3 == chosen for number in range(3 * len(baselines))] + [True]
        buttons.append({"label": name, "method": "restyle", "args": ["visible", visible]})
    data.append(
        {
            "type": "scatter",
            "x": [int(year) for year in rate.index],
            "y": numbers(rate),
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2.5},
            "hovertemplate": "%{x}: %{y:.1f}<extra></extra>",
        }
    )
    menu = {
        "type": "buttons",
        "direction": "right",
        "buttons": buttons,
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "pad": {"b": 10},
        "showactive": True,
        "font": {"size": theme.SMALL_SIZE},
        "bgcolor": theme.PAPER,
    }
    return drawn(
        data,
        height,
        top=44,
        updatemenus=[menu],
        xaxis={"dtick": 1, "showgrid": False, "showline": True, "range": [int(rate.index[0]) - 0.3, int(rate.index[-1]) + 0.3]},
        yaxis={"range": list(y_range)},
    )


def _excess(rate, line, words, top, shown):
    """Return the shade between a rate and a baseline, the baseline, and the words of the sum."""
    years = [int(year) for year in line.index]
    upper, lower = numbers(rate.loc[years]), numbers(line)
    shade_between = {
        "type": "scatter",
        "x": years + years[::-1],
        "y": upper + lower[::-1],
        "fill": "toself",
        "fillcolor": theme.SCALE[1],
        "line": {"width": 0},
        "mode": "lines",
        "hoverinfo": "skip",
        "visible": shown,
    }
    baseline = {
        "type": "scatter",
        "x": years,
        "y": lower,
        "mode": "lines",
        "line": {"color": theme.MUTED, "width": 2, "dash": "dash"},
        "visible": shown,
        "hovertemplate": "baseline %{x}: %{y:.1f}<extra></extra>",
    }
    label = {
        "type": "scatter",
        "x": [1964.2],
        "y": [top],
        "mode": "text",
        "text": [words],
        "textfont": {"size": theme.TEXT_SIZE},
        "hoverinfo": "skip",
        "visible": shown,
    }
    return [shade_between, baseline, label]


def steps(
    table: pd.DataFrame,
    looks: dict,
    y_range: Sequence[float],
    x_range: Sequence[float],
    height: float = 400,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw values that hold until the next event as steps, one line per column, labelled at the right end.

    Parameters
    ----------
    table : DataFrame
        First column decimal years in order, one column per series (already cumulated).
    looks : dict
        {column: (label, colour)}
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
    data = [
        {
            "type": "scatter",
            "x": numbers(table.iloc[:, 0]),
            "y": numbers(table[column]),
            "mode": "lines",
            "name": label,
            "line": {"color": colour, "width": 2.5, "shape": "hv"},
            "hovertemplate": f"{label}, %{{x:.1f}}: %{{y:.0f}}<extra></extra>",
        }
        for column, (label, colour) in looks.items()
    ]
    last = [float(table[column].iloc[-1]) for column in looks]
    free = spread(last, LABEL_GAP * (y_range[1] - y_range[0]) / height, y_range[0])
    labels = [at_the_end(label, y, colour) for (label, colour), y in zip(looks.values(), free)]
    return drawn(
        data,
        height,
        right=14 + LETTER * max(len(label) for label, _ in looks.values()),
        top=22 if marks else 0,
        shapes=[*(upright(year) for year, _ in marks), level(0, theme.MUTED)],
        notes=labels + [on_top(year, text) for year, text in marks],
        xaxis={"range": list(x_range), "showline": True, "showgrid": False, "tickformat": "d"},
        yaxis={"range": list(y_range)},
    )
