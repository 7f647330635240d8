"""The arithmetic of counting people who are not there.

Pure functions on pandas Series indexed by year. Rates are per 1000 people and year, populations in millions of
people, results in millions of people. Excess deaths are the deaths above those that a baseline death rate would
have brought: excess = (rate - baseline) / 1000 x population. Formula and its variants: Banister 1984, Ashton and
others 1984, as discussed in lesson 04.
"""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from helpers import data
from helpers.common import ReaderError, brief
from helpers.sentences import fixed

PER = 1000.0
AROUND = [1957, 1962]  # the ordinary years on either side of the famine
LEVEL, BETWEEN, RUN_ON = fixed("level_of_1957"), fixed("line_from_1957_to_1962"), fixed("line_of_1954_57_run_on")  # ideas of normal
TREND_YEARS = range(1954, 1958)  # years that every reconstruction covers

Baseline = int | float | str  # a year, a rate per 1000, "around", "line" or "trend": see `excess_of`


def deaths(rate: pd.Series | float, population: pd.Series | float) -> pd.Series:
    """Return deaths in millions from a crude death rate (per 1000) and a population (millions).

    Works for births too. Raises ReaderError when a population or a rate is negative.
    """
    if np.any(np.asarray(rate, dtype=float) < 0):
        raise ReaderError(fixed("a_rate_cannot_be_negative_give_deaths"))
    if np.any(np.asarray(population, dtype=float) < 0):
        raise ReaderError(fixed("a_population_cannot_be_negative_give_millions"))
    return rate / PER * population


def baseline_mean(rates: pd.Series, baseline_years: Collection[int], years: Iterable[int]) -> pd.Series:
    """Return a flat baseline: the mean of the rates of one or several named years (per 1000).

    Parameters
    ----------
    rates : Series
        Deaths per 1000 by year.
    baseline_years : list of int
        The years whose mean is normal; a single one, [1957], gives that year's level.
    years : range
        The years of the result.

    Raises
    ------
    ReaderError
        When a named year has no rate.
    """
    return pd.Series(float(_at(rates, baseline_years).mean()), index=list(years))


def baseline_trend(rates: pd.Series, baseline_years: Collection[int], years: Iterable[int]) -> pd.Series:
    """Return a sloping baseline for `years`: the least-squares line through the rates of the named years (per 1000).

    Raises ReaderError when fewer than two years are named or one has no rate.
    """
    if len(list(baseline_years)) < 2:
        raise ReaderError(fixed("a_trend_needs_two_or_more_baseline"))
    known = _at(rates, baseline_years)
    middle = float(np.mean(known.index))
    offset = known.index.to_numpy(dtype=float) - middle
    slope = float((offset * (known.to_numpy() - known.mean())).sum() / (offset**2).sum())
    return pd.Series([float(known.mean()) + slope * (year - middle) for year in years], index=list(years))


def excess_deaths(rates: pd.Series, baseline: pd.Series, population: pd.Series) -> pd.Series:
    """Return excess deaths in millions for every year of the baseline: deaths observed less deaths expected.

    Years below the baseline come out negative; they are not set to zero.

    Parameters
    ----------
    rates, baseline : Series
        Deaths per 1000 by year: those that were, those that would be normal.
    population : Series
        Millions of people by year.

    Raises
    ------
    ReaderError
        When a year is missing, or when the baseline falls below zero.
    """
    years = list(baseline.index)
    if (below := baseline[baseline < 0]).size:
        raise ReaderError(fixed("this_baseline_falls_below_zero_in_a", year=below.index[0]))
    return deaths(_at(rates, years), _at(population, years)) - deaths(baseline, _at(population, years))


def births_not_born(rates: pd.Series, baseline: pd.Series, population: pd.Series) -> pd.Series:
    """Return births in millions that a baseline birth rate would have brought and that did not happen.

    These are not deaths: some were postponed, some never came. Same units and errors as `excess_deaths`.
    """
    return -excess_deaths(rates, baseline, population)


def missed_share(registered: pd.Series, corrected: pd.Series) -> pd.Series:
    """Return the percent of deaths that a register missed, from its rate and a corrected rate (per 1000)."""
    return (1 - registered / corrected) * 100


def corrected_rate(registered: pd.Series, missed: pd.Series | float) -> pd.Series:
    """Return the death rate (per 1000) behind a registered rate when the register missed `missed` percent of deaths.

    Raises ReaderError when the share is not from 0 to below 100.
    """
    if np.any(np.asarray(missed, dtype=float) < 0) or np.any(np.asarray(missed, dtype=float) >= 100):
        raise ReaderError(fixed("the_share_of_missed_deaths_is_a"))
    return registered / (1 - missed / 100)


def year_means(year_end: pd.Series) -> pd.Series:
    """Return mid-year populations (millions) as the mean of two year-ends, from the second year on."""
    return ((year_end + year_end.shift(1)) / 2).dropna()


def series(variant: str, name: str = "crude_death_rate", place: str = "China") -> pd.Series:
    """Return one yearly series of `vital_rates` as a Series by year, for example `series("register")`.

    Parameters
    ----------
    variant : str
        Whose figures: register, banister, coale, un2022 ...
    name : str
        The series: crude_death_rate, crude_birth_rate, deaths ...
    place : str
        China or a province.

    Raises
    ------
    DataError
        When there is no such series, with the nearest names.
    """
    rows = data.load("vital_rates", place=place, series=name, variant=variant)
    return pd.Series(rows["value"].to_numpy(), index=rows["year"].to_numpy(dtype=int), name=variant).dropna()


def excess_of(variant: str, baseline: Baseline, years: Iterable[int], population: str) -> pd.Series:
    """Return excess deaths by year (millions) for sources named by their words; used by the notes in the prose.

    Parameters
    ----------
    variant : str
        Whose death rates: register, banister, coale, un2022 ...
    baseline : int, float or str
        A year (1957), a rate per 1000 (15.96), "around" (mean of 1957 and 1962), "line" (straight from 1957 to 1962)
        or "trend" (line through 1954-57, run on).
    years : range
        The years that are judged.
    population : str
        As in `population_of`.

    Raises
    ------
    ReaderError
        For a year without a rate, an unknown baseline, or one that falls below zero.
    """
    return _excess(series(variant), baseline, years, population_of(population))


def normal_of(variant: str, baseline: Baseline, years: Iterable[int]) -> pd.Series:
    """Return what a source's own rates make "normal" for some years, deaths per 1000; the parameters are those of `excess_of`."""
    return _normal(series(variant), baseline, years)


def _normal(rates: pd.Series, baseline: Baseline, years: Iterable[int]) -> pd.Series:
    if isinstance(baseline, float):
        return pd.Series(baseline, index=list(years))
    if baseline == "around":
        return baseline_mean(rates, AROUND, years)
    if baseline == "line":
        return line_between(rates, AROUND[0], AROUND[1], years)
    if baseline == "trend":
        return baseline_trend(rates, TREND_YEARS, years)
    if isinstance(baseline, str):
        raise ReaderError(fixed("is_no_baseline_give_a_year_a", baseline=baseline))
    return baseline_mean(rates, [baseline], years)


def _excess(rates: pd.Series, baseline: Baseline, years: Iterable[int], people: pd.Series) -> pd.Series:
    return excess_deaths(rates, _normal(rates, baseline, years), people)


def grid(variants: Iterable[str], years: Iterable[int], population: str) -> pd.DataFrame:
    """Return excess deaths (millions, summed over `years`) for several counts (rows) and three baselines (columns)."""
    columns: dict[str, Baseline] = {"level of 1957": 1957, "mean of 1957 and 1962": "around", "line through 1954-57": "trend"}
    people, rates = population_of(population), [series(variant) for variant in variants]
    return pd.DataFrame(
        {name: [_excess(rate, baseline, years, people).sum() for rate in rates] for name, baseline in columns.items()},
        index=list(variants),
    )


def baselines(rates: pd.Series, years: range) -> pd.DataFrame:
    """Return three ideas of normal for some years, deaths per 1000, one column each.

    The third, the falling line of 1954-57 run on, is a warning: it ends at rates that had never been seen.

    Parameters
    ----------
    rates : Series
        Deaths per 1000 by year, 1954 to 1962 at least.
    years : range
        The years that are judged.
    """
    return pd.DataFrame(
        {
            LEVEL: _normal(rates, 1957, years),
            BETWEEN: _normal(rates, "line", years),
            RUN_ON: _normal(rates, "trend", years),
        }
    )


def line_between(rates: pd.Series, first: int, last: int, years: Iterable[int]) -> pd.Series:
    """Return the straight line from the rate of one year to the rate of another, for the years between them."""
    slope = (rates.loc[last] - rates.loc[first]) / (last - first)
    return pd.Series({year: rates.loc[first] + slope * (year - first) for year in years})


def tolls(rates: pd.Series, lines: pd.DataFrame, population: str = "register") -> pd.Series:
    """Return excess deaths in millions above each baseline, summed over its years.

    Parameters
    ----------
    rates : Series
        Deaths per 1000 by year.
    lines : DataFrame
        What `baselines` returned.
    population : str
        As in `population_of`.
    """
    people = population_of(population)
    return pd.Series({name: excess_deaths(rates, lines[name], people).sum() for name in lines.columns})


def excess_in_sichuan(years: range) -> pd.Series:
    """Return Sichuan's excess deaths by year, millions, above its own rate of 1957.

    Deaths and people are those of the province's tables of May 1962; people at mid-year are the mean of two year-ends.
    """
    rows = data.load("provinces", place="Sichuan", level="province")
    by_year = {name: part.set_index("year")["value"] for name, part in rows.groupby("series")}
    counted = rows[(rows["series"] == "deaths") & (rows["variant"] == "table_21")].set_index("year")["value"]
    people = year_means(by_year["population_year_end"] * 1_000_000)
    rates = (counted / people * 1000).dropna()
    return excess_deaths(rates, baseline_mean(rates, [1957], years), people) / 1_000_000


def excess_counts(variant: str, years: Collection[int] = range(1959, 1962)) -> float:
    """Return excess deaths (millions) from counted deaths instead of rates: deaths less the mean of 1957 and 1962."""
    counted = series(variant, "deaths")
    return float((_at(counted, years) - _at(counted, AROUND).mean()).sum()) / 1000


def population_of(basis: str) -> pd.Series:
    """Return a population of China in millions by year.

    Parameters
    ----------
    basis : str
        register (means of the register's year-ends), register_end, or a count at mid-year: maddison2020, un2022, un2024.

    Raises
    ------
    DataError
        For another word, with the nearest.
    """
    if basis in ("register", "register_end"):
        year_end = series("register", "population_year_end")
        return year_means(year_end) if basis == "register" else year_end
    return series(basis, "population_midyear")


def _at(values: pd.Series, years: Collection[int]) -> pd.Series:
    """Return the values of the named years, or raise ReaderError naming the first year without one."""
    if isinstance(years, (str, int)) or not len(list(years)):
        raise ReaderError(fixed("name_years_in_a_list_for_example", given=brief(years)))
    for year in years:
        if year not in values.index or pd.isna(values.loc[year]):
            raise ReaderError(fixed("there_is_no_value_for_this_series", year=year, first=min(values.index), last=max(values.index)))
    return values.loc[list(years)]
