"""Checks that must hold across the rows of a table and across tables; each returns sentences, none when all is well.

The loader (`data.load`) checks cells one by one. These checks know the history: births less deaths give the natural
increase, a span ends after it begins, a copied ledger is no witness.
"""

import operator
import re

import pandas as pd

from helpers import data

SAME_RATE = 0.011  # per 1000: three rates rounded to two decimals


def natural_increase(rates):
    """Registered births less deaths must give the printed natural increase, year by year (`vital_rates`, per 1000)."""
    register = rates[(rates["variant"] == "register") & (rates["place"] == "China")]
    wide = register.pivot_table(index="year", columns="series", values="value")
    off = wide["crude_birth_rate"] - wide["crude_death_rate"] - wide["natural_increase_rate"]
    return [
        f"vital_rates, China {year}: births {row.crude_birth_rate} less deaths {row.crude_death_rate} "
        f"is not the natural increase {row.natural_increase_rate}."
        for year, row in wide[off.abs() > SAME_RATE].iterrows()
    ]


def missed_shares(rates):
    """Banister's share of missed deaths must follow from her rate and the registered one, to 0.3 of a percent."""
    wide = rates[rates["place"] == "China"].pivot_table(index="year", columns=["series", "variant"], values="value")
    share = (1 - wide["crude_death_rate", "register"] / wide["crude_death_rate", "banister"]) * 100
    off = (share - wide["missed_death_share", "banister"]).abs()
    return [
        f"vital_rates, China {year}: the rates give {share[year]:.1f} percent of deaths missed, "
        f"the table says {wide['missed_death_share', 'banister'][year]}."
        for year in off[off > 0.3].index
    ]


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
            sentences.append(
                f"provinces, Sichuan {year}: deaths over mid-year population give {rate:.2f}, the published rate is {published[year]}."
            )
    return sentences


def spans_end_after_they_begin(frame, name, start="start", end="end"):
    """A span must not end before it begins; ISO dates, years or months, empty starts and ends are open."""
    empty = ("", "<NA>", "nan")
    return [
        f"{name}, row {number}: ends ({last}) before it begins ({first})."
        for number, (first, last) in enumerate(zip(map(str, frame[start]), map(str, frame[end])), start=2)
        if first not in empty and last not in empty and last[: len(first)] < first[: len(last)]
    ]


def shares_are_percentages(frame, name):
    """A share in percent must lie from 0 to 100 (a missed share may be just below zero when two rates agree)."""
    rows = frame[frame["series"].str.contains("share") & (frame["unit"] == "percent")]
    return [
        f"{name}: {row.series} {row.year} is {row.value} percent; a share lies from 0 to 100."
        for row in rows.itertuples()
        if row.value < -0.3 or row.value > 100
    ]


ROUBLES_PER_DOLLAR = {"million old roubles": (4.0, range(1945, 1961)), "million new roubles": (0.9, range(1961, 1972))}


def roubles(frame, name):
    """Roubles must not be mixed: old ones are converted at four to the dollar and end in 1960, new ones at 0.9 and begin in 1961."""
    sentences = []
    for row in frame[frame["original_unit"].isin(list(ROUBLES_PER_DOLLAR))].itertuples():
        rate, years = ROUBLES_PER_DOLLAR[row.original_unit]
        if abs(row.factor * rate - 1) > 0.01:
            sentences.append(
                f"{name}: {row.series} {row.year}: {row.original_unit} are converted at {row.factor} dollars; "
                f"the official rate was {1 / rate:.2f}."
            )
        if row.year not in years:
            sentences.append(
                f"{name}: {row.series} {row.year}: {row.original_unit} outside {years[0]} to {years[-1]}; "
                f"ten old roubles became one new on 1 January 1961, and the rate moved after 1971."
            )
    return sentences


def one_basis(frame):
    """A share of North Korea's trade must name its basis, and KOTRA and COW must never meet in one row (`trade_dprk`)."""
    shares = frame[frame["series"] == "trade_share"]
    mixed = shares[shares["basis"].str.contains("kotra") & shares["basis"].str.contains("cow")]
    return [
        f"trade_dprk: the share of {row.year} has no basis; keep KOTRA and COW apart." for row in shares[shares["basis"] == ""].itertuples()
    ] + [f"trade_dprk: the share of {row.year} splices KOTRA with COW." for row in mixed.itertuples()]


def no_cow_zero(frame, name):
    """COW writes 0 for trade between Communist states that it does not know; such a zero is not a value."""
    rows = frame[frame["source_id"].str.startswith("cow") & (frame["value"] == 0) & frame["unit"].str.contains("dollars")]
    return [f"{name}: {row.series} {row.year} is a zero of COW: missing, not zero; remove the row." for row in rows.itertuples()]


def two_codings(disputes):
    """Every dispute of the calm table must stand in both main codings, so that neither speaks alone (`disputes`)."""
    both = disputes[disputes["coding"].isin(["gml", "cow_mid5"])].groupby("dispute_no")["coding"].nunique()
    return [f"disputes: dispute {number} stands in one coding only; add the other." for number in both[both < 2].index]


JUMP, REACH = 5.0, 5  # a value five times as large, or as small, as its neighbours within five years holds a slip of the decimal point
SMOOTH = {  # tables of yearly series, with the leaps that really happened (or were really printed): series and year
    "vital_rates": {("natural_increase_rate", 1961)},
    "provinces": {("crude_death_rate", 1961), ("deaths", 1961)},  # Anhui after the famine
    "province_death_rates": set(),
    "province_harvests": set(),
    "grain": {("grain_imports", 1960)},
    "industry": {("individual_sector_share", 1952), ("individual_sector_share", 1956)},  # before and after 1956
    "repression": {("political_prisoners_in_camps", 1959)},  # few were left
    "political_indices": set(),
    "trade_sino_soviet": set(),
    "relations": set(),
    "refugees": set(),
    "output": set(),
    "collectivisation": {
        ("coop_households", 1954),
        ("coop_households", 1956),
        *(("coop_households_share", year) for year in (1955, 1956, 1957)),  # in, and in one county out again
    },
    "forces": {("nuclear_tests", 1961), *(("nuclear_warheads", year) for year in (1945, 1950, 1965, 1970))},
    "dprk_state": set(),
    "defence_budget": {("defence_share_of_state_expenditure", 1959), ("defence_share_of_state_expenditure", 1960)},
    "trade_dprk": {
        ("trade_total_roubles", 1990),
        ("trade_total_roubles", 1991),
        ("trade_total", 2021),
        ("exports", 2015),
        ("exports", 2019),
        ("exports", 2021),
    },
    "oil": {("crude_imports", 1990), ("crude_imports", 1991)},
    "food_aid": {("food_aid", year) for year in (1995, 1996, 2006, 2007, 2010)},
}


def no_sudden_jump(frame, name):
    """A value must not be five times as large, or as small, as its neighbours within five years, save for the leaps named in `SMOOTH`."""
    parts = ["place", "partner", "series", "variant", "basis", "concept", "unit", "status"]
    parts = [column for column in parts if column in frame.columns]
    rows = frame.dropna(subset=["value", "year"])
    rows = rows[rows["year_end"].isna()] if "year_end" in rows else rows
    rows = rows.sort_values([*parts, "year"])
    grouped = rows.groupby(parts, dropna=False)
    sides = []
    for step in (1, -1):
        beside, apart = grouped["value"].shift(step), (rows["year"] - grouped["year"].shift(step)).abs()
        sides.append(beside.where(((apart <= REACH) & (beside > 0)).fillna(False)))
    known = sides[0].notna() | sides[1].notna()
    high, low = pd.concat(sides, axis=1).max(axis=1), pd.concat(sides, axis=1).min(axis=1)
    off = known & (rows["value"] > 0) & ((rows["value"] > JUMP * high) | (rows["value"] * JUMP < low))
    return [
        f"{name}: {row.series} {row.year} is {row.value:g}, far from the years beside it; check the decimal point."
        for row in rows[off].itertuples()
        if (row.series, row.year) not in SMOOTH[name]
    ]


TOLLS = {"China": (3, 60), "North Korea": (0.2, 4)}  # millions, the widest published range


def tolls_in_range(estimates):
    """A published toll must lie in the range of its famine, in millions, and its ends less than fivefold apart (`famine_deaths`)."""
    sentences = []
    for row in estimates.itertuples():
        known = [value for value in (row.low, row.central, row.high) if value == value]
        least, most = TOLLS[row.place]
        if any(not least <= value <= most for value in known) or (known and max(known) > 5 * min(known)):
            sentences.append(
                f"famine_deaths: {row.estimate_id} has {', '.join(f'{v:g}' for v in known)} million; "
                f"{row.place} estimates lie from {least} to {most}."
            )
    return sentences


SUMS = {  # table: what is added, what is taken away, what it must give, by how much it may be off; each a choice of rows
    "grain": [
        (
            [{"variant": "trade_table", "series": "grain_exports"}],
            [{"variant": "trade_table", "series": "grain_imports"}],
            {"variant": "trade_table", "series": "grain_net_exports"},
            0.0005,
        ),
        (
            [{"place": "Shandong", "series": "grain_output_trade_grain"}, {"place": "Shandong", "series": "grain_sales"}],
            [{"place": "Shandong", "series": "grain_procurement_gross"}],
            {"place": "Shandong", "series": "grain_net_holding"},
            0.0005,
        ),
    ],
    "repression": [
        (
            [{"series": series, "variant": "zemskov"} for series in ("gulag_camp_population", "gulag_colony_and_prison_population")],
            [],
            {"series": "confined_camps_colonies_prisons", "variant": "zemskov"},
            0,
        ),
        (
            [
                {"series": series, "variant": "kurashvili_copy"}
                for series in (
                    "political_death_sentences",
                    "political_sentenced_camps_prisons",
                    "political_sentenced_exile",
                    "political_sentenced_other",
                )
            ],
            [],
            {"series": "political_convictions", "variant": "mvd"},
            0,
        ),
        (
            [{"series": "political_convictions_total", "variant": variant} for variant in ("death", "camp_prison", "exile")],
            [],
            {"series": "political_convictions_total", "variant": "in_all"},
            0,
        ),
    ],
    "food_aid": [
        (
            [{"variant": "crs_wfp", "partner": partner} for partner in ("China", "South Korea", "United States", "other donors")],
            [],
            {"variant": "crs_wfp", "partner": "all donors"},
            1,
        )
    ],
    "trade_sino_soviet": [
        (
            [{"place": place, "series": "imports", "variant": "cow4"} for place in ("China", "USSR")],
            [],
            {"series": "turnover", "variant": "cow4_sum"},
            0,
        )
    ],
}

RATIOS = {  # table: what is divided, by what, times what, what it must give, by how much it may be off
    "vital_rates": [
        (
            {"series": "births", "variant": variant},
            {"series": "crude_birth_rate", "variant": variant},
            1,
            {"series": "population_midyear", "variant": variant},
            0.2,
        )
        for variant in ("un2022", "un2024")
    ],
    "grain": [
        (
            {"place": "Shandong", "series": "grain_procurement_gross"},
            {"place": "Shandong", "series": "grain_output_trade_grain"},
            100,
            {"place": "Shandong", "series": "procurement_share_of_output"},
            0.06,
        )
    ],
    "defence_budget": [
        (
            {"series": "defence_expenditure", "variant": variant},
            {"series": "state_expenditure", "variant": variant},
            100,
            {"series": "defence_share_of_state_expenditure", "variant": variant},
            0.06,
        )
        for variant in ("budget_of_the_day", "romanian_telegram_1973")
    ],
    "trade_dprk": [
        (
            {"basis": "kotra", "series": "trade_total", "partner": "China"},
            {"basis": "kotra", "series": "trade_total", "partner": "World"},
            100,
            {"basis": "kotra", "series": "trade_share", "partner": "China"},
            1,
        )
    ],
}


def chosen(frame, where, keys=("place", "year")):
    """Return the values of the rows that have the given cells, indexed by the keys, the last of rival rows."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame.dropna(subset=["value"]).groupby(list(keys))["value"].last()


def sums_hold(frame, name):
    """Parts must add up to their totals, year by year (see `SUMS`)."""
    sentences = []
    for plus, minus, total, slack in SUMS.get(name, []):
        made = pd.concat([chosen(frame, where, ["year"]) for where in plus] + [-chosen(frame, where, ["year"]) for where in minus])
        sentences += _differences(name, made.groupby(level=0).sum(), chosen(frame, total, ["year"]), slack, "its parts give")
    return sentences


def ratios_hold(frame, name):
    """A rate, a share or a number of people must follow from the two figures it is made of (see `RATIOS`)."""
    sentences = []
    for above, below, times, result, slack in RATIOS.get(name, []):
        made = (chosen(frame, above) / chosen(frame, below) * times).dropna()
        sentences += _differences(name, made, chosen(frame, result), slack, "its two figures give")
    return sentences


def flows_add_up(trade):
    """Exports and imports of one source must give its total, to five percent: some print rounded totals (`trade_dprk`)."""
    keys = ["partner", "basis", "source_id", "year"]
    out, back, total = (chosen(trade, {"series": series}, keys) for series in ("exports", "imports", "trade_total"))
    return _differences("trade_dprk", (out + back).dropna(), total, 0.05 * total, "exports and imports give")


def _differences(name, made, printed, slack, how):
    """Return a sentence for every printed value that lies further than `slack` from the one made of its parts."""
    both = printed.index.intersection(made.index)
    slack = slack if isinstance(slack, pd.Series) else pd.Series(slack, index=both)
    return [
        f"{name}, {key if isinstance(key, (int, str)) else ' '.join(map(str, key))}: {how} {made[key]:g}, the table has {printed[key]:g}."
        for key in both
        if abs(made[key] - printed[key]) > slack[key] + 1e-6
    ]


OPERATORS = {
    "+": operator.add,
    "less": operator.sub,
    "-": operator.sub,
    "x": operator.mul,
    "percent of": operator.mul,
    **dict.fromkeys(("/", "over", "of", "divided by"), operator.truediv),
}
NUMBER = r"(\d+(?:\.\d+)?)"
WORDS = r"(?:[a-zA-Z() ]{0,30}?\s)??"
STEP = rf"{WORDS}(\+|x|percent of|/|over|of|divided by|less|-)\s{WORDS}{NUMBER}"
SCALES = (1, 100, 0.01, 1000, 0.001, 1e-6)  # percent, thousands, millions


def sums_in_note(note):
    """Return the results of the sums in a note, such as "185 x 1.35" or "738.17 (customs) of 2,260 (KOTRA)"."""
    results = []
    for first, steps, *_ in re.findall(rf"(?<![\d.]){NUMBER}\s?((?:{STEP})+)", re.sub(r"(?<=\d),(?=\d{3})", "", note)):
        result = float(first)
        for sign, number in re.findall(STEP, steps):
            result = OPERATORS[sign](result, float(number))
        results.append(result)
    return results


def derived_sums_hold(frame, name):
    """Where the note of a derived figure gives the sum, the sum must give the figure, to its printed rounding or half a percent."""
    sentences = []
    rows = frame[(frame["status"] == "derived") & frame["value"].notna()]
    printed = rows["original_value"].astype(float) if "original_value" in rows else rows["value"]
    for row, original in zip(rows.itertuples(), printed):
        made = [result * scale for result in sums_in_note(row.note) for scale in SCALES]
        known = [row.value] if original != original else [row.value, original]
        if made and not any(abs(result - value) <= max(0.06, 0.005 * abs(value)) for result in made for value in known):
            sentences.append(f"{name}: no sum in the note of {row.series} {row.year} gives its value {row.value:g} ({row.note}).")
    return sentences


def grain_per_head(grain):
    """Grain per head must be the output over the people at the end of the year, to half a kilogram (`grain` and `vital_rates`)."""
    rows = {"place": "China", "variant": "series_now_in_use"}
    people = chosen(data.load("vital_rates"), {"place": "China", "series": "population_year_end", "variant": "register"})
    made = chosen(grain, rows | {"series": "grain_output"}) / people * 1000
    return _differences("grain", made.dropna(), chosen(grain, rows | {"series": "grain_per_head"}), 0.5, "output over people gives")


DOLLARS = {"million old roubles": 0.25, "million new roubles": 1.11, "million US dollars": 1.0}


def aid_in_dollars(aid):
    """Aid in roubles must be converted at the rate of its rouble; old ones end in 1960, new ones begin in 1961 (`aid_dprk`)."""
    sentences = []
    for row in aid.itertuples():
        start, rate = int(row.date[:4]), DOLLARS.get(row.unit)
        factor = pd.to_numeric(row.usd_factor, errors="coerce")
        told_later = row.date_precision == "span"  # a total of several years, told in the roubles of its telling
        wrong_rouble = (row.unit == "million old roubles" and start > 1960) or (row.unit == "million new roubles" and start < 1961)
        if wrong_rouble and not told_later:
            sentences.append(f"aid_dprk: {row.aid_id} of {start} is in {row.unit}; ten old roubles became one new on 1 January 1961.")
        if rate and factor == factor and abs(factor / rate - 1) > 0.01:
            sentences.append(f"aid_dprk: {row.aid_id} is converted at {row.usd_factor}; one of its unit is {rate} dollars.")
        if row.usd_million > 0 and abs(row.amount * factor / row.usd_million - 1) > 0.005:
            sentences.append(f"aid_dprk: {row.aid_id}: {row.amount:g} times {row.usd_factor} is not {row.usd_million:g} million dollars.")
        if rate in (0.25, 1.0) and abs(row.old_roubles_million / (row.amount * rate * 4) - 1) > 0.005:
            sentences.append(f"aid_dprk: {row.aid_id}: {row.amount:g} {row.unit} are not {row.old_roubles_million:g} million old roubles.")
    return sentences


def public_after_writing(documents):
    """A document cannot be public before its date; one that was public at the time says since when (`documents`)."""
    sentences = spans_end_after_they_begin(documents, "documents", "date", "became_public")
    silent = documents[documents["public_at_the_time"].eq(True) & (documents["became_public"] == "")]
    return sentences + [f"documents: {doc} was public at the time; fill in the date under became_public." for doc in silent["doc_id"]]


def treaties_are_events(treaties):
    """The day on which an alliance or a recognition was signed must stand in the events (`treaties`, main version)."""
    days = set(data.load("events")["date"])
    rows = treaties[(treaties["variant"] == "main") & treaties["kind"].isin(["alliance", "recognition"])]
    return [
        f"treaties: {row.treaty_id} was signed on {row.signed}, but no event has that day."
        for row in rows.itertuples()
        if row.signed_precision == "day" and row.signed not in days
    ]


SUMS_OF_MONEY = {
    "aid_dprk": ["amount", "low", "high"],
    "soviet_aid": ["value"],
    "credits": ["amount"],
    "debt_dprk": ["value"],
    "trade_sino_soviet": ["value"],
}


def sums_are_known(frame, name, columns, tables):
    """A sum of money in a list of steps or treaties must stand in a table of aid, credits, debt or trade, so that a slip shows."""
    known = {value for table in tables for value in data.load(table)[SUMS_OF_MONEY[table]].to_numpy().ravel()}
    return [
        f"{name}, row {number + 2}: {amount:g} does not stand in {', '.join(tables)}; check it or add the row there."
        for column in columns
        for number, amount in frame[column].astype(float).dropna().items()
        if amount not in known
    ]


def right_side_of_the_globe(places):
    """Only places in America lie west of Greenwich, only those in Indonesia south of the equator (`places`)."""
    west, south = places["country"].isin(["United States", "Cuba"]), places["country"] == "Indonesia"
    off = places[((places["longitude"] < 0) != west) | ((places["latitude"] < 0) != south)]
    return [
        f"places: {row.name} lies at {row.latitude}, {row.longitude}, which is not in {row.country}; check the sign."
        for row in off.itertuples()
    ]


def one_witness_once(frame, name):
    """A row must not name the same source twice: that would be one witness counted as two."""
    columns = [column for column in frame.columns if data.names_sources(column) and column != "usd_source_id"]
    sentences = []
    for number, cells in enumerate(frame[columns].itertuples(index=False), start=2):
        named = [part for cell in cells for part in data.split_list(cell)]
        twice = sorted({part for part in named if named.count(part) > 1})
        sentences += [f"{name}, row {number}: the source '{part}' is named twice; one witness counts once." for part in twice]
    return sentences


LISTS = {
    "lessons": ("lessons", "lesson"),
    "claims": ("claims", "claim_id"),
    "counted_in": ("aid_dprk", "item"),
    "document_ids": ("documents", "doc_id"),
    "document_id": ("documents", "doc_id"),
    "depends_on": ("famine_deaths", "estimate_id"),
    "treaty_id": ("treaties", "treaty_id"),
}


def known_ids(frame, name, column, table, key):
    """Every id in a semicolon list must exist in another table."""
    known = set(data.load(table)[key])
    return [
        f"{name}, row {number}, column '{column}': '{part}' is not in {table}; {data.nearest(part, known)}."
        for number, cell in enumerate(frame[column], start=2)
        for part in data.split_list(cell)
        if part not in known
    ]


def sources_are_used(tables, sources):
    """Every source must be named by a row of another table."""
    used = set(data.source_ids(*tables))
    return [f"sources: '{source}' is used by no row; remove it." for source in sources["source_id"] if source not in used]


def whole_for_an_a(sources):
    """Return a sentence for each source of grade A of which only a part was read: A is for the original, or a full copy."""
    part = sources["seen_as"].str.contains(r"\b(?:opening|abstract|excerpt|summary)\b", na=False) & (sources["grade"] == "A")
    told = zip(sources.loc[part, "source_id"], sources.loc[part, "seen_as"])
    return [f"sources: '{source}' was seen as '{seen}', which is not the whole; its grade is B." for source, seen in told]


def sources_can_be_found(sources):
    """Every source must say what was read, and have an address or the words where to find it; a copy is never the address."""
    silent = sources[sources["seen_at"] == ""]
    lost = sources[(sources["url"] == "") & (sources["find_at"] == "")]
    linked = sources[(sources["url"] != "") & sources["seen_at"].str.contains("which is not linked")]
    return [
        *(f"sources: '{source}' does not say what was read; fill in seen_at." for source in silent["source_id"]),
        *(f"sources: '{source}' has no address and no place to find it; fill in url or find_at." for source in lost["source_id"]),
        *(f"sources: '{source}' was read in a copy that is not linked, but has an address; clear one." for source in linked["source_id"]),
    ]


COUNTED = "our count of"  # a derived row that was counted, not reckoned, says of what
ELSEWHERE = "our division; end-of-year population from table 112"  # the divisor stands in the table that the note names


def derived_are_explained(frame, name):
    """A derived figure must give its sum in its note, in numbers, or say what was counted."""
    rows = frame[frame["status"] == "derived"]
    return [
        f"{name}: the derived {row.series} of {row.year} has no note that gives the sum, such as '64.12 / 170'."
        for row in rows.itertuples()
        if not sums_in_note(row.note) and not row.note.startswith((COUNTED, ELSEWHERE))
    ]


def listed_credits_add_up(aid):
    """Our sums of the nine credits must be those of the table `credits`, military and economic parts too (`soviet_aid`)."""
    credits = data.load("credits")
    listed = credits[(credits["status"] == "official") & (credits["same_as"] == "")]
    shares = credits["purpose"].str.contains("joint companies")
    made = {
        "nine_credits": listed["amount"].sum(),
        "military_part": listed[listed["military"]]["amount"].sum(),
        "economic_loans": listed[~listed["military"] & ~shares.loc[listed.index]]["amount"].sum(),
    }
    printed = aid[aid["series"] == "credits_listed_old_roubles"].set_index("variant")["value"]
    return _differences("soviet_aid", pd.Series(made), printed, 0.05, "the credits give")


def branches_add_up(projects):
    """Agreements, groups of branches and the parts of a group must add up to their totals (`projects_156`)."""
    built = projects[projects["series"] == "projects_started"].set_index(["variant", "branch"])["value"]
    groups = built["by_branch"]
    made = {group: parts.sum() for group, parts in built["by_sub_branch"].groupby(lambda branch: branch.split(":")[0])}
    made["all"] = groups.sum()
    printed = pd.concat([groups, built["final_list"]])
    for series in ("projects_agreed", "projects_in_final_list"):
        rows = projects[projects["series"] == series].set_index("variant")["value"]
        made[series], printed[series] = rows["by_agreement"].sum(), rows["sum"]
    return _differences("projects_156", pd.Series(made), printed, 0, "its parts give")


def as_printed(row):
    """Return the value of a row of a table of figures as text; a range as "low to high"."""
    return row["value"] or " to ".join(row[column] for column in ("low", "high") if row.get(column))


def readings_are_current(readings, rows):
    """Every row that was read a second time must stand in its table, with the value that was read (`second_reading`).

    Parameters
    ----------
    readings : DataFrame
        The table `second_reading`.
    rows : dict
        {table: {key: row as text}} of all tables of figures.
    """
    sentences = []
    for read in readings.itertuples():
        row = rows.get(read.table, {}).get(read.row)
        if row is None:
            sentences.append(
                f"second_reading: the row '{read.row}' is gone from {read.table}; draw again: python3 tests/second_reading.py."
            )
        elif f"“{as_printed(row)}”" != read.value:
            sentences.append(
                f"second_reading: {read.table}, {read.row}: {read.value} was read a second time, the table has “{as_printed(row)}”; "
                "read it again and say what was seen."
            )
    return sentences


def readings_are_told(readings):
    """A second reading that saw a number says which and where; one that saw none says neither (`second_reading`)."""
    saw = readings["result"].isin(["same", "differs"])
    told = (readings["seen"] != "") & (readings["where"] != "")
    silent = (readings["seen"] == "") & (readings["where"] == "")
    off = readings[(saw & ~told) | (~saw & ~silent)]
    return [f"second_reading: {row.table}, {row.row}: '{row.result}' does not go with what was seen and where." for row in off.itertuples()]


def same_means_same(readings, rows):
    """Where the result is "same", the number seen must be the value (or what it was converted from), to the coarser rounding."""
    sentences = []
    for read in readings[readings["result"] == "same"].itertuples():
        row = rows.get(read.table, {}).get(read.row, {})
        value = read.value.strip("“”")
        ours = [value, row.get("original_value", "")] if " to " not in value else value.split(" to ")[:1]
        if not any(same_number(text, read.seen) for text in ours if text):
            sentences.append(f"second_reading: {read.table}, {read.row}: {read.seen} was seen, which is not {read.value}.")
    return sentences


def same_number(ours, seen):
    """Return whether two printed numbers are one: to the rounding of the coarser one, or within half a percent in thousands or percent."""
    there = re.search(r"-?\d[\d,]*(?:\.\d+)?", seen)
    if not there:
        return False
    texts = [ours, there[0].replace(",", "")]
    value, other = map(float, texts)
    step = max(10.0 ** -len(text.partition(".")[2]) for text in texts)
    return abs(value - other) <= step / 2 + 1e-9 or any(
        abs(value - other * scale) <= 0.005 * abs(value) for scale in (*SCALES, 1e6, 1e4, 1e-4) if scale != 1 and other
    )


OF_ONE_TABLE = {
    "sources": [whole_for_an_a],
    "vital_rates": [natural_increase, missed_shares],
    "provinces": [sichuan_rates],
    "grain": [grain_per_head],
    "famine_deaths": [lambda frame: in_order(frame, "famine_deaths"), tolls_in_range],
    "trade_dprk": [one_basis, flows_add_up],
    "disputes": [two_codings],
    "soviet_aid": [listed_credits_add_up],
    "projects_156": [branches_add_up],
    "aid_dprk": [aid_in_dollars],
    "events": [lambda frame: spans_end_after_they_begin(frame, "events", "date", "date_end")],
    "documents": [public_after_writing],
    "treaties": [treaties_are_events, lambda frame: sums_are_known(frame, "treaties", ["amount"], SUMS_OF_MONEY)],
    "orders_1960": [lambda frame: sums_are_known(frame, "orders_1960", ["amount", "low", "high"], ["aid_dprk"])],
    "places": [right_side_of_the_globe],
    "second_reading": [readings_are_told],
}


def table_checks(name, frame):
    """Run the checks that concern one table; return their sentences."""
    columns = set(frame.columns)
    found = one_witness_once(frame, name) + sums_hold(frame, name) + ratios_hold(frame, name)
    for column in sorted(columns & set(LISTS)):
        found += known_ids(frame, name, column, *LISTS[column])
    if {"series", "unit", "value"} <= columns:
        found += shares_are_percentages(frame, name) + no_cow_zero(frame, name)
    if {"status", "note", "series", "value"} <= columns:
        found += derived_are_explained(frame, name) + derived_sums_hold(frame, name)
    if {"factor", "series", "original_unit"} <= columns:
        found += roubles(frame, name)
    for start, end in (("year", "year_end"), ("start", "end")):
        found += spans_end_after_they_begin(frame, name, start, end) if {start, end} <= columns else []
    if name in SMOOTH:
        found += no_sudden_jump(frame, name)
    return found + [sentence for check in OF_ONE_TABLE.get(name, []) for sentence in check(frame)]


def all_checks():
    """Run every check on the tables of the course and return all sentences."""
    tables = {name: data.load(name) for name in data.table_names()}
    found = [sentence for name, table in tables.items() for sentence in table_checks(name, table)]
    found += sources_can_be_found(tables["sources"])
    return found + sources_are_used([table for name, table in tables.items() if name != "sources"], tables["sources"])
