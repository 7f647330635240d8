"""The tables fit their schema, the sums hold, and every planted defect is caught with one sentence."""

import random
import re
from collections import Counter
from functools import cache

import checks
import pytest

from helpers import data
from helpers.tools import build

TABLES = data.table_names()
KNOWN_SOURCES = frozenset(data.load("sources")["source_id"])


@cache
def rows_of(name):
    resource = data.describe(name)
    return data.read_rows(data.DATA / resource["path"], resource), resource


def problem(name, rows, resource):
    """Return the sentence with which a changed table is refused, or "" if it passes."""
    try:
        frame = data.frame_from(rows, resource, None if name == "sources" else KNOWN_SOURCES)
        return " ".join(checks.table_checks(name, frame))
    except data.DataError as refused:
        return str(refused)


def edited(name, row, column, value):
    """Return a table's rows with one cell changed (row as a reader counts, header is row 1)."""
    rows, resource = rows_of(name)
    return with_cell(rows, row - 1, rows[0].index(column), value), resource


def with_cell(rows, i, j, value):
    """Return rows with one cell changed; the rows themselves stay as they are."""
    return [*rows[:i], [*rows[i][:j], value, *rows[i][j + 1 :]], *rows[i + 1 :]]


def test_every_table_loads():
    assert [name for name in TABLES if data.load(name).empty] == []


@pytest.mark.doors
def test_frictionless_agrees():
    from frictionless import Package  # slow to import, and this file is read by every worker

    report = Package(str(data.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])[:5]


def test_every_check_holds():
    assert checks.all_checks() == []


def test_every_table_says_how_it_was_made():
    """Two sentences for the data dictionary: how raw became tidy, and what is ours."""
    silent = [name for name in TABLES if not data.describe(name).get("built")]
    assert silent == []
    assert all(sentence.endswith(".") for name in TABLES for sentence in data.describe(name)["built"])


def test_no_table_is_missing_or_stray():
    described = {data.describe(name)["path"] for name in TABLES}
    assert described == {path.name for path in data.DATA.glob("*.csv")}


KNOWN_FROM = {
    "documents": "seen_as",
    "historiography": "seen_as",
    "treaty_articles": "seen_as",
    "polemics": "text_seen",
    "visits": "held",
    "treaties": "variant",
    "events": "source_id",
    "congresses": "source_id",
}


def unsaid(columns):
    """Return the cells that are empty in the given columns of tables, {table: columns}."""
    return [f"{name}, {column}" for name in columns for column in columns[name] if (data.load(name)[column].astype(str) == "").any()]


def test_every_figure_has_a_source_and_a_status():
    figures = [name for name in TABLES if {"series", "value"} <= set(data.load(name).columns)]
    assert len(figures) > 20 and unsaid({name: ("source_id", "status") for name in figures}) == []


def test_every_row_without_a_figure_says_how_it_is_known():
    assert unsaid({name: ("source_id", column) for name, column in KNOWN_FROM.items()}) == []
    assert unsaid({"events": ("date_note",)}) == ["events, date_note"]  # planted: a column that may be empty


@pytest.mark.parametrize("path", build.GENERATED, ids=lambda path: path.name)
def test_generated_pages_are_current(path):
    assert path.read_text(encoding="utf-8") == build.GENERATED[path](), "run: python3 -m helpers build"


def test_size_and_speed_limits():
    assert sum(path.stat().st_size for path in data.DATA.iterdir()) <= 3_000_000


@pytest.mark.parametrize(
    "column, value, expected",
    [
        ("value", "twenty", r"row 3, column 'value': 'twenty' is not a number"),
        ("year", "1950.5", r"row 3, column 'year': '1950.5' is not a whole number"),
        ("source_id", "nobody", r"row 3, column 'source_id': the source 'nobody' is not in data/sources.csv"),
        ("source_id", "", r"row 3, column 'source_id': empty, but a value is required"),
        ("status", "offical", r"'offical' is not one of the allowed words; the nearest name.* official"),
        ("value", "254.3", r"outside .* for .*; check the decimal point"),
        ("year", "2950", r"column 'year': 2950 is outside"),
        ("unit", "percent", r"column 'unit': 'percent' instead of"),
        ("series", "crude_deth_rate", r"'crude_deth_rate' is not one of the allowed words; the nearest names are crude_death_rate"),
    ],
)
def test_planted_cell_is_refused_in_one_sentence(column, value, expected):
    sentence = problem("vital_rates", *edited("vital_rates", 3, column, value))
    assert sentence.startswith("data/vital_rates.csv, row 3") and re.search(expected, sentence)
    assert "\n" not in sentence


def test_planted_duplicate_is_refused():
    rows, resource = rows_of("vital_rates")
    assert f"row {len(rows) + 1}: the same" in problem("vital_rates", [*rows, rows[5]], resource)


@pytest.mark.parametrize(
    "content, expected",
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"weight,exemplary", "the column 'criterion' is missing"),
        (b"criterion,weight,exemplary,secure,developing\n", "the column 'beginning' is missing"),
        (b"criterion,weight,exemplary,secure,developing,beginning,mood\n", "the column 'mood' is not in the schema"),
        (b"criterion,weight,exemplary,secure,developing,beginning\nSourcing,3,a,b,c\n", "row 2: 5 cells instead of 6"),
        ("criterion,weight,exemplary,secure,developing,beginning\nBelé".encode("latin-1"), "row 2: a character is not UTF-8"),
    ],
)
def test_planted_file_is_refused_in_one_sentence(tmp_path, content, expected):
    file = tmp_path / "rubric.csv"
    file.write_bytes(content)
    with pytest.raises(data.DataError, match=re.escape(expected)):
        data.read_rows(file, data.describe("rubric"))


def test_unknown_names_get_the_nearest_ones():
    with pytest.raises(data.DataError, match="nearest names? .*vital_rates"):
        data.load("vital_rate")
    with pytest.raises(data.DataError, match="nearest names? .*register"):
        data.load("vital_rates", variant="registered")
    with pytest.raises(data.DataError, match="no column 'varient'; the nearest names? .*variant"):
        data.load("vital_rates", varient="register")


def test_errors_show_no_traceback_in_a_notebook():
    assert data.DataError("One sentence.")._render_traceback_() == ["DataError: One sentence."]


PLANTED = [
    ("vital_rates", {"place": "China", "series": "natural_increase_rate", "year": "1960"}, "value", "4.57", "natural increase"),
    ("vital_rates", {"place": "China", "series": "missed_death_share", "year": "1960"}, "value", "34.0", "deaths missed"),
    ("vital_rates", {"series": "population_midyear", "variant": "un2024", "year": "1960"}, "value", "645.804", "its two figures give"),
    ("provinces", {"place": "Sichuan", "series": "population_year_end", "year": "1957"}, "value", "69.45", "is not the value 69.45"),
    ("provinces", {"place": "Henan", "series": "crude_death_rate", "year": "1957"}, "value", "1.18", "check the decimal point"),
    ("grain", {"variant": "trade_table", "series": "grain_net_exports", "year": "1959"}, "value", "4.5", "its parts give"),
    ("grain", {"place": "Shandong", "series": "grain_net_holding", "year": "1959"}, "value", "10.67", "is not the value 10.67"),
    ("grain", {"place": "Shandong", "series": "procurement_share_of_output", "year": "1959"}, "value", "33.3", "its two figures give"),
    ("grain", {"variant": "series_now_in_use", "series": "grain_per_head", "year": "1960"}, "value", "227.3", "output over people"),
    ("grain", {"status": "derived", "series": "grain_procurement_gross", "year": "1960"}, "value", "64.5", "no sum in the note"),
    ("defence_budget", {"year": "1968", "year_end": "*"}, "year_end", "1967", "before it begins"),
    ("defence_budget", {"series": "defence_expenditure", "year": "1975"}, "value", "1898.82", "its two figures give"),
    ("repression", {"series": "confined_camps_colonies_prisons", "year": "1950"}, "value", "2706095", "its parts give"),
    ("repression", {"series": "political_convictions", "variant": "mvd", "year": "1947"}, "value", "78801", "its parts give"),
    ("food_aid", {"variant": "crs_wfp", "partner": "all donors", "year": "2001"}, "value", "1408", "its parts give"),
    ("trade_sino_soviet", {"variant": "cow4_sum", "year": "1985"}, "value", "2175", "its parts give"),
    ("famine_deaths", {"estimate_id": "cheng_zhan"}, "low", "5.5", "not in order"),
    ("famine_deaths", {"estimate_id": "nk_gwj"}, "high", "6.0", "estimates lie from"),
    ("famine_deaths", {"depends_on": "*"}, "depends_on", "nobody", "'nobody' is not in famine_deaths"),
    ("events", {"date_end": "*"}, "date_end", "1900", "before it begins"),
    ("events", {"lessons": "*"}, "lessons", "10", "'10' is not in lessons"),
    ("visits", {"visit_id": "VIS01"}, "end", "1949-03-02", "before it begins"),
    ("congresses", {"congress_id": "cpsu_22"}, "source_id_2", "R01", "named twice"),
    ("trade_dprk", {"series": "trade_share", "basis": "kotra"}, "basis", "", "basis"),
    ("trade_dprk", {"series": "trade_share", "partner": "China", "source_id": "yna_2014"}, "value", "98.1", "its two figures give"),
    ("trade_dprk", {"series": "trade_total", "source_id": "yna_2014", "partner": "World"}, "value", "3740", "exports and imports give"),
    ("trade_sino_soviet", {"original_unit": "million old roubles"}, "factor", "2.5", "times factor 2.5 is not the value"),
    ("aid_dprk", {"aid_id": "AID29"}, "usd_factor", "0.25", "one of its unit is 1.11 dollars"),
    ("aid_dprk", {"aid_id": "AID22"}, "date", "1961-10-05", "ten old roubles became one new"),
    ("aid_dprk", {"aid_id": "AID22"}, "usd_million", "1050", "is not 1050 million dollars"),
    ("aid_dprk", {"aid_id": "AID24"}, "old_roubles_million", "1900", "are not 1900 million old roubles"),
    ("aid_dprk", {"counted_in": "*"}, "counted_in", "CN1999X", "'CN1999X' is not in aid_dprk"),
    ("orders_1960", {"amount": "420"}, "amount", "402", "does not stand in aid_dprk"),
    ("treaties", {"treaty_id": "ussr_dprk_1961", "variant": "main"}, "signed", "1961-07-05", "no event has that day"),
    ("treaties", {"treaty_id": "russia_dprk_2012_debt", "variant": "main"}, "amount", "110000", "check it or add the row there"),
    ("documents", {"doc_id": "D039"}, "became_public", "1963-06-01", "before it begins"),
    ("documents", {"doc_id": "D002"}, "became_public", "", "was public at the time"),
    ("soviet_aid", {"variant": "military_part"}, "value", "3187", "the credits give"),
    ("projects_156", {"series": "projects_started", "branch": "arms: aviation"}, "value", "21", "its parts give"),
    ("projects_156", {"series": "projects_in_final_list", "agreement": "1953-05"}, "value", "58", "its parts give"),
    ("targets", {"series": "grain_target", "variant": "sixth_plenum"}, "value", "552", "is not the value 552"),
    ("industry_growth", {"index_id": "cia_1960"}, "growth_per_year", "200", "outside"),
    ("places", {"place_id": "moscow"}, "longitude", "-37.61781", "check the sign"),
    ("questions", {"claims": "*"}, "claims", "C99", "'C99' is not in claims"),
    ("claims", {"claim_id": "C10"}, "source_ids", "D022;nobody", "the source 'nobody' is not in"),
    ("sources", {"source_id": "kungchen2011"}, "grade", "A", "which is not the whole"),
]


@pytest.mark.parametrize("name, where, column, value, expected", PLANTED, ids=[f"{p[0]}-{p[2]}-{p[3]}" for p in PLANTED])
def test_planted_contradiction_is_caught(name, where, column, value, expected):
    rows, _ = rows_of(name)
    head = rows[0]
    row = next(
        number
        for number, line in enumerate(rows[1:], start=2)
        if all(line[head.index(c)] == v or (v == "*" and line[head.index(c)]) for c, v in where.items())
    )
    sentence = problem(name, *edited(name, row, column, value))
    assert sentence and expected in sentence


def test_cow_zero_is_caught():
    frame = data.load("trade_dprk")
    planted = frame[frame["source_id"].str.startswith("cow") & (frame["unit"] == "million US dollars")].copy()
    assert checks.no_cow_zero(planted, "trade_dprk") == []
    planted.loc[planted.index[0], "value"] = 0.0
    assert "missing, not zero" in checks.no_cow_zero(planted, "trade_dprk")[0]


def test_a_dispute_in_one_coding_only_is_caught():
    disputes = data.load("disputes")
    assert "stands in one coding only" in checks.two_codings(disputes[(disputes["dispute_no"] != "349") | (disputes["coding"] != "gml")])[0]


def test_a_share_above_a_hundred_is_caught():
    frame = data.load("collectivisation")
    frame.loc[frame["series"] == "coop_households_share", "value"] = 100.1
    assert "a share lies from 0 to 100" in checks.shares_are_percentages(frame, "collectivisation")[0]


def test_a_derived_figure_without_its_sum_is_caught():
    frame = data.load("grain", status="derived")
    for note in ("", "procurement / output", "our own arithmetic"):
        frame["note"] = note
        assert "no note that gives the sum" in checks.derived_are_explained(frame, "grain")[0]


@pytest.mark.parametrize(
    "note, expected",
    [
        ("35 percent above the 185 then used for 1957: 185 x 1.35", 249.75),
        ("share 25.9 percent of older output 200", 5180),
        ("our sum: 738.17 (Chinese customs) of 2,260 (KOTRA): two bases", 0.3266),
        ("8,092 / 5,294", 1.5285),
        ("our sum: 1,890,000 less 1,100,000 less 40,000; fits", 750000),
        ("470 thousand soldiers over 16350 thousand people", 0.02875),
    ],
)
def test_a_sum_is_read_from_a_note(note, expected):
    assert any(abs(made / expected - 1) < 0.001 for made in checks.sums_in_note(note))


def test_a_note_without_a_sum_gives_none():
    assert checks.sums_in_note("total of three years; deaths / mean of two year-end populations") == []


def test_every_listed_leap_is_real():
    """A leap that `SMOOTH` lets pass must still be in its table, so that the list cannot hide a row that is gone."""
    for name, leaps in checks.SMOOTH.items():
        frame = data.load(name)
        assert leaps <= set(zip(frame["series"], frame["year"])), name


def test_a_wrong_sum_of_converted_parts_is_caught():
    """Value and original changed together pass the loader; the checks that know the history still see them."""
    provinces, grain = data.load("provinces"), data.load("grain")
    living = provinces["series"].eq("population_year_end") & provinces["place"].eq("Sichuan") & provinces["year"].eq(1957)
    provinces.loc[living, "value"] += 2
    assert "Sichuan 1957" in checks.sichuan_rates(provinces)[0]
    grain.loc[grain["series"].eq("grain_net_holding") & grain["year"].eq(1959), "value"] += 1
    assert "its parts give" in checks.sums_hold(grain, "grain")[0]


def test_old_roubles_at_another_rate_are_caught():
    frame = data.load("trade_sino_soviet", original_unit="million old roubles")
    frame.loc[0, "factor"] = 2.5
    assert "are converted at 2.5 dollars" in checks.roubles(frame, "trade_sino_soviet")[0]


def test_old_roubles_after_the_reform_are_caught():
    frame = data.load("trade_sino_soviet", original_unit="million old roubles")
    frame.loc[0, "year"] = 1965
    assert "ten old roubles became one new" in checks.roubles(frame, "trade_sino_soviet")[0]


def test_spliced_shares_are_caught():
    frame = data.load("trade_dprk")
    frame.loc[frame["series"] == "trade_share", "basis"] = "kotra and cow"
    assert "splices KOTRA with COW" in checks.one_basis(frame)[0]


def test_unused_source_is_caught():
    sources = data.load("sources")
    assert checks.sources_are_used([data.load("rubric")], sources.head(1)) != []


def test_a_source_without_a_place_is_caught():
    sources = data.load("sources")
    assert checks.sources_can_be_found(sources) == []
    for column, words in (("seen_at", "what was read"), ("find_at", "no place to find it")):
        planted = sources[sources["url"] == ""].head(1).copy()
        planted[column] = ""
        assert words in checks.sources_can_be_found(planted)[0]
    planted = sources[sources["seen_at"].str.contains("which is not linked")].head(1).assign(url="https://example.org/copy")
    assert "clear one" in checks.sources_can_be_found(planted)[0]


CORRUPTIONS = {
    "type": (("number", "integer"), lambda field, cell: "many"),
    "sign": (("number", "integer"), lambda field, cell: cell[1:] if cell.startswith("-") else "-" + cell),
    "magnitude": (("number",), lambda field, cell: repr(float(cell) * 10)),
    "year": (("integer",), lambda field, cell: str(int(cell) + 100)),
    "unit": (("string",), lambda field, cell: "kg" if cell != "kg" else "Mt"),
    "source": (("string",), lambda field, cell: ""),
    "encoding": (("string",), lambda field, cell: cell[0] + "\ufffd" + cell[1:]),
}
COLUMNS = {
    "magnitude": {"value", "low", "high", "central", "amount"},
    "year": {"year", "start_year"},
    "unit": {"unit"},
    "source": {"source_id", "source_ids"},
}
TEXTS = {"captions", "questions"}  # their `unit` is a word for the reader, not the unit of a value


def corrupted(rng, kind):
    """Return (name, rows, resource, what) for one random corruption of one cell, or of one row for duplicates."""
    while True:
        name = rng.choice([table for table in TABLES if table not in TEXTS])
        rows, resource = rows_of(name)
        if kind == "duplicate":
            row = rng.randrange(1, len(rows))
            return name, [*rows, rows[row]], resource, f"{name} row {row + 1} twice"
        cells = corruptible(name, kind)
        if cells and not (kind == "source" and name == "sources"):
            i, j = rng.choice(cells)
            field = resource["schema"]["fields"][j]
            planted = CORRUPTIONS[kind][1](field, rows[i][j])
            what = f"{name} row {i + 1} {field['name']}: {rows[i][j]} became {planted}"
            return name, with_cell(rows, i, j, planted), resource, what


@cache
def corruptible(name, kind):
    """Return the places (row, column) of a table where a corruption of some kind can be planted."""
    rows, resource = rows_of(name)
    columns = [
        j
        for j, field in enumerate(resource["schema"]["fields"])
        if field["type"] in CORRUPTIONS[kind][0] and field["name"] in COLUMNS.get(kind, {field["name"]})
    ]
    return [(i, j) for i in range(1, len(rows)) for j in columns if rows[i][j] not in ("", "0")]


def mutation_score(each=30, seed=1961):
    """Return the share of random single-cell corruptions that loader and checks refuse, and the list of those that slip through.

    What slips: a score with the other sign is a legal score; a number ten times as large passes where its series has no
    neighbour within five years, no sum and no printed range, or grows that fast itself (early warheads, refugees).
    """
    rng, caught, slipped = random.Random(seed), Counter(), []
    kinds = [*CORRUPTIONS, "duplicate"]
    for kind in kinds:
        for _ in range(each):
            name, rows, resource, what = corrupted(rng, kind)
            if problem(name, rows, resource):
                caught[kind] += 1
            else:
                slipped.append(f"{kind}: {what}")
    return sum(caught.values()) / (each * len(kinds)), slipped


@pytest.mark.parametrize("seed", [1956, 1961, 1966])
def test_mutations_are_caught(seed):
    score, slipped = mutation_score(seed=seed)
    assert score >= 0.95, "\n".join(slipped)
