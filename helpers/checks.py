"""Checks that must hold across the rows of a table and across tables; each returns sentences, none when all is well.

The loader (`data.load`) checks cells one by one. These checks know the history: births less deaths give the natural
increase, a span ends after it begins, a copied ledger is no witness.
"""
from helpers import data

SAME_RATE = 0.011  # per 1000: three rates rounded to two decimals


def natural_increase(rates):
    """Registered births less deaths must give the printed natural increase, year by year (`vital_rates`, per 1000)."""
    register = rates[(rates["variant"] == "register") & (rates["place"] == "China")]
    wide = register.pivot_table(index="year", columns="series", values="value")
    off = wide["crude_birth_rate"] - wide["crude_death_rate"] - wide["natural_increase_rate"]
    return [f"vital_rates, China {year}: births {row.crude_birth_rate} less deaths {row.crude_death_rate} is not the natural increase {row.natural_increase_rate}."
            for year, row in wide[off.abs() > SAME_RATE].iterrows()]


def missed_shares(rates):
    """Banister's share of missed deaths must follow from her rate and the registered one, to 0.3 of a percent."""
    wide = rates[rates["place"] == "China"].pivot_table(index="year", columns=["series", "variant"], values="value")
    share = (1 - wide["crude_death_rate", "register"] / wide["crude_death_rate", "banister"]) * 100
    off = (share - wide["missed_death_share", "banister"]).abs()
    return [f"vital_rates, China {year}: the rates give {share[year]:.1f} percent of deaths missed, the table says {wide['missed_death_share', 'banister'][year]}."
            for year in off[off > 0.3].index]


def in_order(frame, name, low="low", centre="central", high="high"):
    """Low, central and high must stand in order in every row of a table."""
    sentences = []
    for number, row in enumerate(frame[[low, centre, high]].itertuples(index=False), start=2):
        known = [value for value in row if value == value]
        if known != sorted(known):
            sentences.append(f"{name}, row {number}: low, central and high are not in order ({', '.join(f'{v:g}' for v in known)}).")
    return sentences


def sichuan_rates(provinces):
    """Sichuan's registered deaths over its mid-year population must give the published rate in 1956-58 and 1960."""
    sichuan = provinces[(provinces["place"] == "Sichuan") & (provinces["level"] == "province")]
    deaths = sichuan[(sichuan["series"] == "deaths") & (sichuan["variant"] == "table_21")].set_index("year")["value"]
    living = sichuan[sichuan["series"] == "population_year_end"].set_index("year")["value"]
    published = sichuan[sichuan["series"] == "crude_death_rate"].set_index("year")["value"]
    sentences = []
    for year in (1956, 1957, 1958, 1960):
        rate = deaths[year] / (living[year - 1] + living[year]) * 2 / 1000
        if abs(rate - published[year]) > 0.006:
            sentences.append(f"provinces, Sichuan {year}: deaths over mid-year population give {rate:.2f}, the published rate is {published[year]}.")
    return sentences


def spans_end_after_they_begin(frame, name, start="start", end="end"):
    """A span must not end before it begins; ISO dates, years or months, empty ends are open."""
    return [f"{name}, row {number}: ends ({last}) before it begins ({first})."
            for number, (first, last) in enumerate(zip(frame[start].astype(str), frame[end].astype(str)), start=2)
            if first and last and last not in ("<NA>", "nan") and last[:len(first)] < first[:len(last)]]


def shares_are_percentages(frame, name):
    """A share in percent must lie from 0 to 100 (a missed share may be just below zero when two rates agree)."""
    rows = frame[frame["series"].str.contains("share") & (frame["unit"] == "percent")]
    return [f"{name}: {row.series} {row.year} is {row.value} percent; a share lies from 0 to 100." for row in rows.itertuples() if row.value < -0.3 or row.value > 100]


def conversions(frame, name):
    """A converted value must be its original value times its factor, within a part in a thousand."""
    rows = frame.dropna(subset=["value", "original_value", "factor"])
    off = (rows["original_value"].astype(float) * rows["factor"] - rows["value"]).abs() > 0.001 * rows["value"].abs() + 1e-6
    return [f"{name}: {row.series} {row.year}: {row.original_value} {row.original_unit} times {row.factor} is not {row.value} {row.unit}." for row in rows[off].itertuples()]


ROUBLES_PER_DOLLAR = {"million old roubles": (4.0, 1960), "million new roubles": (0.9, 1991)}


def roubles(frame, name):
    """Roubles before and after 1961 must not be mixed: old ones are converted at four to the dollar and end in 1960, new ones at 0.9 (to 1971)."""
    sentences = []
    for row in frame[frame["original_unit"].isin(list(ROUBLES_PER_DOLLAR))].itertuples():
        rate, last = ROUBLES_PER_DOLLAR[row.original_unit]
        if abs(row.factor * rate - 1) > 0.01:
            sentences.append(f"{name}: {row.series} {row.year}: {row.original_unit} are converted at {row.factor} dollars; the official rate was {1 / rate:.2f}.")
        if row.year > last:
            sentences.append(f"{name}: {row.series} {row.year}: {row.original_unit} after {last}; ten old roubles became one new on 1 January 1961.")
    return sentences


def one_basis(frame):
    """A share of North Korea's trade must name its basis, and KOTRA and COW must never meet in one row (`trade_dprk`)."""
    shares = frame[frame["series"] == "trade_share"]
    mixed = shares[shares["basis"].str.contains("kotra") & shares["basis"].str.contains("cow")]
    return [f"trade_dprk: the share of {row.year} has the basis '{row.basis}'; keep KOTRA and COW apart." for row in shares[shares["basis"] == ""].itertuples()] + [
        f"trade_dprk: the share of {row.year} splices KOTRA with COW." for row in mixed.itertuples()]


def no_cow_zero(frame, name):
    """COW writes 0 for trade between Communist states that it does not know; such a zero is not a value."""
    rows = frame[frame["source_id"].str.startswith("cow") & (frame["value"] == 0) & frame["unit"].str.contains("dollars")]
    return [f"{name}: {row.series} {row.year} is a zero of COW: missing, not zero; remove the row." for row in rows.itertuples()]


def two_codings(disputes):
    """Every dispute of the calm table must stand in both main codings, so that neither speaks alone (`disputes`)."""
    both = disputes[disputes["coding"].isin(["gml", "cow_mid5"])].groupby("dispute_no")["coding"].nunique()
    return [f"disputes: dispute {number} stands in one coding only; add the other." for number in both[both < 2].index]


JUMP = 6.0  # a yearly series that moves more than this much both ways within two years holds a slip of the decimal point
SMOOTH = ("vital_rates", "provinces", "grain", "output", "industry", "trade_dprk", "dprk_state", "relations", "political_indices")


def no_sudden_jump(frame, name):
    """A value must not be six times as large, or as small, as both the year before and the year after in its series."""
    parts = [column for column in ("place", "partner", "donor", "series", "variant", "basis", "unit", "source_id") if column in frame.columns]
    rows = frame.dropna(subset=["value", "year"]).sort_values([*parts, "year"])
    grouped = rows.groupby(parts, dropna=False)
    before, after = grouped["value"].shift(1), grouped["value"].shift(-1)
    near = (rows["year"] - grouped["year"].shift(1) == 1) & (grouped["year"].shift(-1) - rows["year"] == 1)
    positive = (rows["value"] > 0) & (before > 0) & (after > 0)
    high = (rows["value"] > JUMP * before) & (rows["value"] > JUMP * after)
    low = (rows["value"] * JUMP < before) & (rows["value"] * JUMP < after)
    return [f"{name}: {row.series} {row.year} is {row.value:g}, far from the years beside it; check the decimal point."
            for row in rows[(near & positive & (high | low)).fillna(False)].itertuples()]


TOLLS = {"China": (3, 60), "North Korea": (0.2, 4)}  # millions, the widest published range


def tolls_in_range(estimates):
    """A published toll must lie in the range of its famine, in millions, and its ends less than fivefold apart (`famine_deaths`)."""
    sentences = []
    for row in estimates.itertuples():
        known = [value for value in (row.low, row.central, row.high) if value == value]
        least, most = TOLLS[row.place]
        if any(not least <= value <= most for value in known) or (known and max(known) > 5 * min(known)):
            sentences.append(f"famine_deaths: {row.estimate_id} has {', '.join(f'{v:g}' for v in known)} million; {row.place} estimates lie from {least} to {most}.")
    return sentences


def known_ids(frame, name, column, table, key):
    """Every id in a semicolon list must exist in another table."""
    known = set(data.load(table)[key])
    return [f"{name}, row {number}, column '{column}': '{part}' is not in {table}; {data.nearest(part, known)}."
            for number, cell in enumerate(frame[column], start=2) for part in data.split_list(cell) if part not in known]


def sources_are_used(tables, sources):
    """Every source must be named by a row of another table."""
    used = set(data.source_ids(*tables))
    return [f"sources: '{source}' is used by no row; remove it." for source in sources["source_id"] if source not in used]


def derived_are_explained(frame, name):
    """A derived figure must say in its note how it was made."""
    rows = frame[(frame["status"] == "derived") & (frame["note"] == "")]
    return [f"{name}: the derived {row.series} of {row.year} has no note that gives the sum." for row in rows.itertuples()]


def table_checks(name, frame):
    """Run the checks that concern one table; return their sentences."""
    columns = set(frame.columns)
    found = []
    if {"series", "unit", "value"} <= columns:
        found += shares_are_percentages(frame, name) + no_cow_zero(frame, name)
    if {"status", "note", "series"} <= columns:
        found += derived_are_explained(frame, name)
    if {"original_value", "factor", "series", "original_unit"} <= columns:
        found += conversions(frame, name) + roubles(frame, name)
    if name in SMOOTH:
        found += no_sudden_jump(frame, name)
    found += {"vital_rates": lambda: natural_increase(frame) + missed_shares(frame), "provinces": lambda: sichuan_rates(frame),
              "famine_deaths": lambda: in_order(frame, name) + tolls_in_range(frame), "trade_dprk": lambda: one_basis(frame), "disputes": lambda: two_codings(frame),
              "events": lambda: spans_end_after_they_begin(frame, name, "date", "date_end") + known_ids(frame, name, "lessons", "lessons", "lesson"),
              "treaties": lambda: spans_end_after_they_begin(frame, name), "visits": lambda: spans_end_after_they_begin(frame, name),
              "questions": lambda: known_ids(frame, name, "claims", "claims", "claim_id") + known_ids(frame, name, "document_ids", "documents", "doc_id"),
              "claims": lambda: known_ids(frame, name, "lessons", "lessons", "lesson"),
              }.get(name, list)()
    return found


def all_checks():
    """Run every check on the tables of the course and return all sentences."""
    tables = {name: data.load(name) for name in data.table_names()}
    found = [sentence for name, table in tables.items() for sentence in table_checks(name, table)]
    return found + sources_are_used([table for name, table in tables.items() if name != "sources"], tables["sources"])
