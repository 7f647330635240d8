"""Scores of dated events: how judgements become a line, and how much of the line survives other judgements.

An event carries an ordinal score, a whole number on a short scale: `WARMTH` between Moscow and Beijing, `CONDUCT`
for Pyongyang toward either. The scores are ours; a reader may change them.

A running total of all events would follow the number of texts that were printed and kept, not the state of the
alliance. So events are taken by period (half a year unless said otherwise), and a period adds only its coldest event
below zero and its warmest event above zero: ten pamphlets count like one. `periods=None` adds every event, to show
what that changes. Pure functions; scores are arrays of whole numbers whose last axis runs over events in time order,
so one call handles one scoring or a thousand.
"""

from collections.abc import Collection, Container, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers import data
from helpers.common import ReaderError, brief, when
from helpers.sentences import fixed

WARMTH = (-4, 4)  # lowest and highest score of `events.warmth`
CONDUCT = (-2, 2)  # lowest and highest score of `events.moscow` and `events.beijing`
HALF_YEAR = 6  # months
SEASONS = {"spring": "04", "summer": "07", "autumn": "10", "winter": "01"}
COLUMNS = ["event_id", "date", "when", "year", "lane", "theme", "title", "score", "source_id", "more_source_ids"]


def scored(column: str, years: Container[int]) -> pd.DataFrame:
    """Return the events that have a score in a column of `events`, in time order, with the columns of `COLUMNS`.

    An event known only by its season stands in the season's middle month.

    Parameters
    ----------
    column : str
        warmth, moscow or beijing.
    years : range
        For example range(1953, 1970).

    Raises
    ------
    DataError
        For an unknown column.
    """
    rows = data.load("events")
    if column not in ("warmth", "moscow", "beijing"):
        raise data.DataError(
            fixed("is_not_a_column_of_scores", column=column, nearest=data.nearest(column, ["warmth", "moscow", "beijing"]))
        )
    rows = rows[rows[column].notna() & np.array([int(date[:4]) in years for date in rows["date"].tolist()])]
    seasons = [SEASONS.get(note.split(" ")[0]) if len(date) == 4 else None for date, note in zip(rows["date"], rows["date_note"])]
    moments = [when(f"{date}-{season}" if season else date) for date, season in zip(rows["date"], seasons)]
    rows = rows.assign(when=moments, year=[int(moment) for moment in moments], score=rows[column].astype(int))[COLUMNS]
    return rows.sort_values("when", kind="stable", ignore_index=True)


def rescored(table: pd.DataFrame, changes: Mapping[str, int], scale: tuple[int, int] = WARMTH) -> pd.DataFrame:
    """Return a copy of a table of scored events with the reader's own scores.

    Parameters
    ----------
    table : DataFrame
        What `scored` returned.
    changes : dict
        {title or event_id: whole number on the scale}
    scale : (int, int)
        Lowest and highest score.

    Raises
    ------
    ReaderError
        For an unknown event, with the nearest titles, and for a score off the scale.
    """
    if not isinstance(changes, dict):
        raise ReaderError(fixed("write_your_scores_as_pairs_this_is", given=brief(changes)))
    result = table.copy()
    for event, score in changes.items():
        found = (result["title"] == event) | (result["event_id"] == event)
        if not found.any():
            raise ReaderError(fixed("there_is_no_event_here", event=event, nearest=data.nearest(event, result["title"])))
        if isinstance(score, bool) or not isinstance(score, (int, np.integer)) or not scale[0] <= score <= scale[1]:
            raise ReaderError(fixed("the_score_of_must_be_a_whole", event=event, low=scale[0], high=scale[1], given=brief(score)))
        result.loc[found, "score"] = int(score)
    return result


def periods(table: pd.DataFrame, months: int = HALF_YEAR) -> np.ndarray:
    """Return the period of every event of a table as whole numbers in order; equal numbers share a period.

    Parameters
    ----------
    table : DataFrame
        What `scored` returned.
    months : int
        Length of a period: 12, 6, 3 or 1.

    Raises
    ------
    ReaderError
        For a length that does not divide a year.
    """
    if isinstance(months, bool) or not isinstance(months, int) or months < 1 or 12 % months:
        raise ReaderError(fixed("a_period_has_1_2_3_4", given=brief(months)))
    when = table["when"].to_numpy(dtype=float)
    years = when.astype(int)
    starts = years.astype("U4").astype("datetime64[D]")
    length = ((years + 1).astype("U4").astype("datetime64[D]") - starts).astype(int)
    days = starts + ((when - years) * length + 1e-6).astype(int)
    return (days.astype("datetime64[M]").astype(int) + 1970 * 12) // months


def counted(scores: ArrayLike, periods: ArrayLike | None = None) -> np.ndarray:
    """Return what every event adds to the running total, in the shape of `scores`.

    In a period only the first of the coldest events (if below zero) and the first of the warmest (if above zero) count.

    Parameters
    ----------
    scores : array of int, shape (events,) or (scorings, events)
        Events in time order.
    periods : array of int, shape (events,), optional
        Never falling; without it every event counts in full.

    Raises
    ------
    ReaderError
        When the periods do not fit the events or are out of order.
    """
    scores = np.asarray(scores)
    if periods is None:
        return scores.copy()
    periods = np.asarray(periods)
    if periods.shape != scores.shape[-1:]:
        raise ReaderError(fixed("periods_for_events_give_one_period_per", periods=periods.size, events=scores.shape[-1]))
    if np.any(np.diff(periods) < 0):
        raise ReaderError(fixed("the_events_are_not_in_time_order"))
    starts = _starts(periods)
    sizes = np.diff(np.append(starts, periods.size))
    result = np.zeros_like(scores)
    for extreme, sign in ((np.minimum, -1), (np.maximum, 1)):
        best = np.repeat(extreme.reduceat(scores, starts, axis=-1), sizes, axis=-1)
        reaches = (scores == best) & (scores * sign > 0)
        so_far = np.cumsum(reaches, axis=-1)
        before = np.repeat((so_far - reaches)[..., starts], sizes, axis=-1)
        result += scores * (reaches & (so_far - before == 1))
    return result


def running(scores: ArrayLike, periods: ArrayLike | None = None) -> np.ndarray:
    """Return the running total after every event, in the shape of `scores`.

    Parameters
    ----------
    scores, periods : arrays of int
        As in `counted`, which raises the same errors.
    """
    return np.cumsum(counted(scores, periods), axis=-1)


def by_year(scores: ArrayLike, years: ArrayLike, periods: ArrayLike | None = None) -> pd.DataFrame:
    """Return what every year adds: a DataFrame, one row per scoring, one column per year from the first to the last.

    Parameters
    ----------
    scores, periods : arrays of int
        As in `counted`.
    years : array of int, shape (events,)
        The year of every event, in time order; years without events hold 0.
    """
    adds, years = np.atleast_2d(counted(scores, periods)), np.asarray(years)
    starts = _starts(years)
    sums = pd.DataFrame(np.add.reduceat(adds, starts, axis=-1), columns=years[starts])
    return sums.reindex(columns=range(int(years[0]), int(years[-1]) + 1), fill_value=0)


def shaken(scores: Collection[int], scale: tuple[int, int] = WARMTH, draws: int = 1000, step: int = 1, seed: int = 1969) -> np.ndarray:
    """Return random re-scorings, shape (draws, events): each score moved by -step to step, kept on the scale.

    Every event is moved on its own, all steps equally likely; the same seed gives the same draws. A score at the
    end of the scale can move only inwards. Errors that share a direction are another question: see `leaning`.

    Parameters
    ----------
    scores : array of int, shape (events,)
        The scores as they are.
    scale : (int, int)
        Lowest and highest score.
    draws, step, seed : int
        How many re-scorings; how far a score moves at most; where chance begins.
    """
    moves = np.random.default_rng(seed).integers(-step, step + 1, (draws, len(scores)))
    return np.clip(np.asarray(scores) + moves, *scale)


def leaning(scores: ArrayLike, step: int, scale: tuple[int, int] = WARMTH) -> np.ndarray:
    """Return the scores all moved the same way: a scorer who sees everything warmer or colder.

    Parameters
    ----------
    scores : array of int
        The scores as they are.
    step : int
        How far each moves, below zero for colder.
    scale : (int, int)
        Lowest and highest score; none leaves it.
    """
    return np.clip(np.asarray(scores) + step, *scale)


def thinned(scores: Collection[int], share: float, draws: int = 1000, seed: int = 1969) -> np.ndarray:
    """Return random shorter lists, shape (draws, events): each event is left out (scored 0) with the chance `share`.

    Answers: does the conclusion hang on which events we happened to list?

    Parameters
    ----------
    scores : array of int, shape (events,)
        The scores as they are.
    share : float
        The chance of an event to be left out, 0 to 1.
    draws, seed : int
        How many lists; where chance begins.

    Raises
    ------
    ReaderError
        For a share outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ReaderError(fixed("a_share_lies_from_0_to_1", share=share))
    kept = np.random.default_rng(seed).random((draws, len(scores))) >= share
    return np.asarray(scores) * kept


def _starts(labels):
    """Return the places where a run of equal labels begins."""
    return np.flatnonzero(np.append(True, np.diff(labels) != 0))
