"""Axes: of values without an empty half, of years or months with as many labels as have room."""

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from helpers import theme
from helpers.figures.letters import number, width
from helpers.sentences import fixed

EDGE: float = 14  # pixels from the edge of the figure to its words
GAP: float = 10  # pixels between a mark and its words
MONTHLY = 2.6  # years: a shorter axis is labelled by months
SHORT_MONTHS = fixed("months_on_axes").split()


def value_axis(low: float, high: float, title: str = "", **more) -> dict:
    """Return an axis of values: thousands separated, true minus signs, at most seven numbers."""
    about = {"title": {"text": title, "font": {"size": theme.page().small}}} if title else {}
    return {"range": [low, high], "separatethousands": True, "exponentformat": "none", "nticks": 7, **about, **more}


def room_for_values(low: float, high: float) -> float:
    """Return the pixels that the numbers of an upright axis need at its left."""
    steps = [step for step in (0.001, 0.01, 0.1, 1) if (high - low) / step >= 5]
    decimals = max(0, -round(math.log10(steps[-1]))) if steps else 3
    return EDGE + 6 + max(width(number(end, decimals)) for end in (low, high))


def reach(ends: tuple[float, float], values: Iterable[float | None], over: float = 1.12) -> tuple[float, float]:
    """Return (low, high) of an axis as asked for, but with no half of it empty: at most `over` times the highest value."""
    known = [float(value) for value in values if value is not None and not pd.isna(value)]
    low, high = float(ends[0]), float(ends[1])
    return low, min(high, low + over * (max(known) - low)) if known and max(known) > low else high


def year_axis(first: float, last: float, room: float, places: Sequence[int] = (), middle: float = 0.0, **more) -> dict:
    """Return an axis of years with as many labels as the room in pixels allows.

    Parameters
    ----------
    first, last : float
        Ends of the axis.
    room : float
        Width of the drawing in pixels.
    places : sequence of int
        The years that may have a label; without any, all of the axis.
    middle : float
        Where in a year its label stands: 0.5 for bars that fill their years.
    """
    look = {"range": [first, last], "showgrid": False, "showline": True}
    if last - first <= MONTHLY and not places:
        return {**look, **more, **_months(first, last, room)}
    years = list(places) or list(range(math.ceil(first), math.floor(last) + 1))
    most = max(1, int(room / (width("0000") + GAP)))
    every = next(step for step in (1, 2, 5, 10, 20, 50, 1000) if sum(year % step == 0 for year in years) <= most)
    if not middle and not places:
        return {**look, "tick0": -(-years[0] // every) * every, "dtick": every, "tickformat": "d", **more}
    shown = [year for year in years if year % every == 0]
    return {**look, "tickvals": [year + middle for year in shown], "ticktext": [str(year) for year in shown], **more}


def _months(first, last, room):
    """Return the labels of an axis of a few months: as many names of months as have room, with the year at its first."""
    months = [(year, month) for year in range(int(first), int(last) + 1) for month in range(12) if first <= year + month / 12 < last]
    most = max(1, int(room / (width("Sept") + GAP)))
    every = next(step for step in (1, 2, 3, 4, 6, 12) if len(months) / step <= most or step == 12)
    shown = [spot for spot in months if spot[1] % every == 0]
    names = [SHORT_MONTHS[month] for _, month in shown]
    fresh = [place == 0 or shown[place - 1][0] != year for place, (year, _) in enumerate(shown)]
    return {
        "tickvals": [year + (month + 0.5) / 12 for year, month in shown],
        "ticktext": [f"{name}<br>{year}" if new else name for name, (year, _), new in zip(names, shown, fresh)],
        "ticks": "",
        "showgrid": False,
    }
