"""How a harvest grows on paper, and what is left when purchases follow the paper: the model of lesson 03.

A model, not a measurement. It states its rules so that they can be argued with:

1. Every office of the chain passes on the figure it was given, raised by the same share, the pressure.
2. The state asks for a fixed share of the figure that arrives at the top, in the same year.
3. Grain is conserved: the harvest is either taken or left. When the demand is larger than the harvest, all of it is
   taken; the part of the demand that no grain can meet comes back as `unmet` and is not carried into another year.

Units: harvests, reports and purchases in million tonnes (Mt); pressure and share as parts of one (0.135 is 13.5
percent). The rules are ours. The figures of 1958 they are held against stand in `data/grain.csv`; what the model
leaves out, and where the evidence contradicts it, stands in lesson 03.
"""

import math
from numbers import Integral, Real
from typing import Any, NamedTuple

from helpers.common import ReaderError, brief
from helpers.sentences import fixed, heading

OFFICES = ("brigade", "commune", "county", "prefecture", "province")  # between the field and Beijing: assumed
PRESSURE = 0.135  # added by each office: chosen so that five offices reach the claim of December 1958
SHARE = 0.20  # of the reported harvest: "a little over 20" percent in normal years (Lin Yunhui, source lin_qq2012)
TOLERANCE = 0.02  # the baseline's claimed-to-later ratio lies within 2 percent of the one in the sources
MOST_LEVELS = 12


class Outcome(NamedTuple):
    """What the model returns for one harvest; all in Mt. harvest = procured + left, demanded = procured + unmet."""

    reports: tuple[float, ...]  # the harvest, then the figure that each office passes on, lowest office first
    demanded: float  # what the state asks for
    procured: float  # what it gets, never more than the harvest
    unmet: float  # the part of the demand for which there is no grain
    left: float  # what stays where it grew, before anything is sold back

    @property
    def claimed(self) -> float:
        """The figure that arrives at the top (Mt)."""
        return self.reports[-1]

    @property
    def ratio(self) -> float:
        """The figure at the top over the harvest."""
        return self.reports[-1] / self.reports[0]

    @property
    def share_taken(self) -> float:
        """The part of the real harvest that is taken (0 to 1)."""
        return self.procured / self.reports[0]


def reports(harvest: float, pressure: float = PRESSURE, levels: int = len(OFFICES)) -> tuple[float, ...]:
    """Return the harvest and the figures that the offices pass on (Mt), levels + 1 numbers from the field upward.

    Parameters
    ----------
    harvest : float
        Mt, above 0.
    pressure : float
        Share that every office adds, 0 to 1.
    levels : int
        Offices between the field and the top, 0 to 12.

    Raises
    ------
    ReaderError
        When one of them is out of range.
    """
    figures = [_number(harvest, fixed("a_harvest"), fixed("wanted_tonnes"), above=0)]
    factor = 1 + _number(pressure, fixed("pressure_name"), fixed("wanted_pressure"), 0, 1)
    for _ in range(_levels(levels)):
        figures.append(figures[-1] * factor)
    return tuple(figures)


def run(harvest: float, pressure: float = PRESSURE, levels: int = len(OFFICES), share: float = SHARE) -> Outcome:
    """Return the `Outcome` of one harvest: what is reported, demanded, procured, unmet and left (Mt).

    Parameters
    ----------
    harvest, pressure, levels
        As in `reports`.
    share : float
        Part of the reported harvest that the state asks for, 0 to 1.

    Raises
    ------
    ReaderError
        When one of them is out of range.
    """
    figures = reports(harvest, pressure, levels)
    demanded = figures[-1] * _number(share, fixed("the_share"), fixed("wanted_share"), 0, 1)
    procured = min(demanded, figures[0])
    return Outcome(figures, demanded, procured, demanded - procured, figures[0] - procured)


def pressure_for(ratio: float, levels: int = len(OFFICES)) -> float:
    """Return the share that each of `levels` offices must add so that the figure at the top is `ratio` times the harvest.

    It undoes `reports`: (1 + pressure) ** levels = ratio. Raises ReaderError for a ratio below 1 or no office at all.
    """
    if _levels(levels) == 0:
        raise ReaderError(fixed("without_an_office_nothing_is_added_give"))
    return _number(ratio, fixed("the_ratio"), fixed("wanted_ratio"), 1) ** (1 / levels) - 1


def agrees(ratio: float, observed: float, tolerance: float = TOLERANCE) -> bool:
    """Return True when a ratio lies within `tolerance` (a share, 0.02 is 2 percent) of the observed one."""
    return abs(ratio / observed - 1) <= tolerance


def office_names(levels: int) -> list[str]:
    """Return a name for every office from the field upward: the five of `OFFICES`, or numbers for another chain."""
    return (
        [heading(office) for office in OFFICES]
        if _levels(levels) == len(OFFICES)
        else [fixed("office_number", number=number) for number in range(1, levels + 1)]
    )


def bars_of(outcome: Outcome) -> dict[str, list]:
    """Return one `Outcome` as the columns of a bar chart (Mt): the harvest in two parts, then the paper of every office.

    Returns {column: list}, one entry for every bar; None where a bar has no such part.
    """
    offices = outcome.reports[1:]
    empty = [None] * len(offices)
    return {
        "step": [fixed("harvested"), *office_names(len(offices))],
        "taken": [outcome.procured, *empty],
        "left": [outcome.left, *empty],
        "on paper": [None, *offices],
    }


def _levels(levels):
    if isinstance(levels, bool) or not isinstance(levels, Integral) or not 0 <= int(levels) <= MOST_LEVELS:
        raise ReaderError(fixed("levels_are_a_whole_number_from_0", most=MOST_LEVELS, given=brief(levels)))
    return levels


def _number(value: Any, name: str, wanted: str, low: float = -math.inf, high: float = math.inf, above: float = -math.inf) -> float:
    """Return a finite number within its range as a float, or raise ReaderError with what was wanted."""
    usable = isinstance(value, Real) and not isinstance(value, bool) and abs(value) < 1e300  # type: ignore[operator]
    if not usable or not low <= float(value) <= high or float(value) <= above:
        raise ReaderError(fixed("is_this_is", name=name, wanted=wanted, given=brief(value)))
    return float(value)
