"""Chart forms of dated events: lanes of dots, and a track of events above a track of numbers."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need, need_looks
from helpers.figures.layout import drawn, level, note, numbers, on_top, shade, upright

NUMBERED_DOT = 22  # pixels across a dot with a number in it


def timeline(
    events: pd.DataFrame,
    lanes: Sequence[str],
    x_range: Sequence[float],
    colours: dict,
    row_height: float = 110,
    labels: Sequence[tuple] = (),
    numbered: bool = False,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw dated events as dots in lanes, with their titles on hover and some written out.

    Parameters
    ----------
    events : DataFrame
        Columns when (decimal year), lane, title, group, and, if hovering shows more than the title, hover.
    lanes : sequence of str
        Names of the lanes, from the top down.
    x_range : (float, float)
        First and last moment of the axis, decimal years.
    colours : dict
        {group: colour}
    row_height : float
        Pixels of a lane.
    labels : sequence of (title, text, dx, dy)
        Dots whose short text is written beside them, shifted by pixels.
    numbered : bool
        Write the group, one or two letters, into larger dots; the colours then need contrast to the paper's.
    marks : sequence of (float, str)
        Moments: vertical lines with a word at the top.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a lane or group that is not named.
    """
    need(events, "lane", "title", "group", numbers=["when"])
    need_looks(events, "lane", lanes)
    need_looks(events, "group", colours)
    heights = {lane: len(lanes) - 1 - place for place, lane in enumerate(lanes)}
    span = x_range[1] - x_range[0]
    near, step = (span / 32, (NUMBERED_DOT + 2) / row_height) if numbered else (span / 90, 0.14)
    placed = list(zip(events.itertuples(), _stacked_heights(events, heights, near, step)))
    groups = {group: [(event, height) for event, height in placed if event.group == group] for group in colours}
    places = {event.title: (event.when, height) for event, height in placed}
    return drawn(
        [_dots(picked, group, colours[group], numbered) for group, picked in groups.items()],
        row_height * len(lanes),
        left=96,
        right=20,
        top=22 if marks else 0,
        shapes=[level(height - 0.5, theme.RULE) for height in heights.values()] + [upright(moment) for moment, _ in marks],
        notes=[_written(places[title], text, dx, dy, numbered) for title, text, dx, dy in labels]
        + [on_top(moment, text) for moment, text in marks],
        xaxis={"range": list(x_range), "showline": True, "tickformat": "d", "showgrid": True},
        yaxis={"tickvals": list(heights.values()), "ticktext": list(heights), "showgrid": False, "range": [-0.5, len(lanes) - 0.5]},
    )


def _dots(placed, group, colour, numbered):
    """Return the dots of a group as a trace."""
    tips = [html.escape(getattr(event, "hover", event.title)) for event, _ in placed]
    return {
        "type": "scatter",
        "x": [event.when for event, _ in placed],
        "y": [height for _, height in placed],
        "mode": "markers+text" if numbered else "markers",
        "name": str(group),
        "marker": {"color": colour, "size": NUMBERED_DOT if numbered else 11, "line": {"color": theme.PAPER, "width": 1}},
        "text": [html.escape(str(group))] * len(placed) if numbered else tips,
        "textfont": {"color": theme.PAPER, "size": theme.SMALL_SIZE} if numbered else None,
        "hovertext": tips if numbered else None,
        "hovertemplate": f"%{{{'hovertext' if numbered else 'text'}}}<extra></extra>",
    }


def _written(place, text, dx, dy, numbered):
    """Return the words of a dot, with a thin line from them to it."""
    return {
        "x": place[0],
        "y": place[1],
        "ax": dx,
        "ay": dy,
        "text": text,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": theme.MUTED,
        "standoff": NUMBERED_DOT / 2 + 1 if numbered else 6,
        "font": {"size": theme.SMALL_SIZE},
    }


def _stacked_heights(events, heights, near, unit):
    """Return a height for every event so that dots of one lane closer in time than `near` years stand `unit` apart in height."""
    found, last = [], {}
    for event in events.itertuples():
        taken = [offset for when, offset in last.get(event.lane, []) if abs(when - event.when) < near]
        offset = next(
            step for step in (0, unit, -unit, 2 * unit, -2 * unit, 0.4, -0.4, 0) if step not in taken or step == 0 and len(taken) > 6
        )
        last.setdefault(event.lane, []).append((event.when, offset))
        found.append(heights[event.lane] + offset)
    return found


def tracks(
    rates: pd.DataFrame,
    events: pd.DataFrame,
    colour: str,
    looks: dict,
    y_range: Sequence[float],
    height: float = 470,
    decimals: int = 1,
) -> Figure:
    """Draw two tracks over one axis of years: dated events above, one line of text each, and a bar per year below.

    Parameters
    ----------
    rates : DataFrame
        Two columns: years, values; every bar fills its year.
    events : DataFrame
        In order of time, with columns when (decimal year), title, kind.
    colour : str
        Of the bars.
    looks : dict
        {kind: (colour, plotly marker symbol)}
    y_range : (float, float)
        Low and high end of the bars' axis.
    height, decimals
        Pixels of the drawing; decimals of the numbers on the bars.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a kind without a look, or text where numbers belong.
    """
    need(rates, numbers=rates.columns[:2] if isinstance(rates, pd.DataFrame) else ())
    need(events, "title", "kind", numbers=["when"])
    need_looks(events, "kind", looks)
    years, values = rates.iloc[:, 0].tolist(), numbers(rates.iloc[:, 1])
    rows = list(events.itertuples())
    middle = (years[0] + years[-1]) / 2
    data, notes = [_year_bars(years, values, colour, decimals)], []
    for kind, (ink, symbol) in looks.items():
        picked = [(event.when, len(rows) - place, event.title) for place, event in enumerate(rows) if event.kind == kind]
        data.append(
            {
                "type": "scatter",
                "x": [when for when, _, _ in picked],
                "y": [height for _, height, _ in picked],
                "yaxis": "y2",
                "mode": "markers",
                "marker": {"color": ink, "symbol": symbol, "size": 11, "line": {"color": ink, "width": 2}},
                "text": [html.escape(title) for _, _, title in picked],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
        notes += [_beside(when, height, title, ink, when > middle) for when, height, title in picked]
    return drawn(
        data,
        height,
        right=20,
        shapes=[shade(year, year + 1) for year in years[::2]],
        notes=notes,
        xaxis={
            "tickvals": [year + 0.5 for year in years],
            "ticktext": [str(year) for year in years],
            "range": [years[0], years[-1] + 1],
            "showgrid": False,
            "showline": True,
        },
        yaxis={"domain": [0, 0.46], "range": list(y_range)},
        yaxis2={"domain": [0.5, 1], "range": [0.3, len(rows) + 0.7], "visible": False},
    )


def _year_bars(years, values, colour, decimals):
    """Return a bar per year with its number on top."""
    written = [f"{value:.{decimals}f}" for value in values]
    return {
        "type": "bar",
        "x": [year + 0.5 for year in years],
        "y": values,
        "width": 0.8,
        "marker": {"color": colour},
        "cliponaxis": False,
        "text": written,
        "textposition": "outside",
        "textfont": {"size": theme.SMALL_SIZE},
        "hovertemplate": [f"{year}: {text}<extra></extra>" for year, text in zip(years, written)],
    }


def _beside(when, height, title, ink, late):
    """Return the words of an event; those of late events stand to their left."""
    return note(
        html.escape(title),
        when,
        height,
        ink,
        theme.SMALL_SIZE,
        yref="y2",
        xanchor="right" if late else "left",
        xshift=-11 if late else 11,
    )
