"""The tables fit their schema, the sums hold, and every planted defect is caught with one sentence."""
import random
import re
from collections import Counter

import pytest
from frictionless import Package

from helpers import build, checks, data

TABLES = data.table_names()
KNOWN_SOURCES = frozenset(data.load("sources")["source_id"])


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
    rows = [list(line) for line in rows]
    rows[row - 1][rows[0].index(column)] = value
    return rows, resource


@pytest.mark.parametrize("name", TABLES)
def test_table_loads(name):
    frame = data.load(name)
    assert len(frame) > 0


def test_frictionless_agrees():
    report = Package(str(data.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])[:5]


def test_every_check_holds():
    assert checks.all_checks() == []


def test_no_table_is_missing_or_stray():
    described = {data.describe(name)["path"] for name in TABLES}
    assert described == {path.name for path in data.DATA.glob("*.csv")}


@pytest.mark.parametrize("path", build.GENERATED, ids=lambda path: path.name)
def test_generated_pages_are_current(path):
    assert path.read_text(encoding="utf-8") == build.GENERATED[path](), "run: python3 -m helpers build"


def test_size_and_speed_limits():
    assert sum(path.stat().st_size for path in data.DATA.iterdir()) <= 3_000_000


@pytest.mark.parametrize("column, value, expected", [
    ("value", "twenty", r"row 3, column 'value': 'twenty' is not a number"),
    ("year", "1950.5", r"row 3, column 'year': '1950.5' is not a whole number"),
    ("source_id", "nobody", r"row 3, column 'source_id': the source 'nobody' is not in data/sources.csv"),
    ("source_id", "", r"row 3, column 'source_id': empty, but a value is required"),
    ("status", "offical", r"'offical' is not one of the allowed words; the nearest name.* official"),
    ("value", "254.3", r"outside .* for .*; check the decimal point"),
    ("year", "2950", r"column 'year': 2950 is outside"),
    ("unit", "percent", r"column 'unit': 'percent' instead of"),
    ("series", "crude_deth_rate", r"'crude_deth_rate' is not one of the allowed words; the nearest names are crude_death_rate"),
])
def test_planted_cell_is_refused_in_one_sentence(column, value, expected):
    sentence = problem("vital_rates", *edited("vital_rates", 3, column, value))
    assert sentence.startswith("data/vital_rates.csv, row 3") and re.search(expected, sentence)
    assert "\n" not in sentence


def test_planted_duplicate_is_refused():
    rows, resource = rows_of("vital_rates")
    assert f"row {len(rows) + 1}: the same" in problem("vital_rates", [*rows, rows[5]], resource)


@pytest.mark.parametrize("content, expected", [
    (b"", "is empty"), (b"  \n", "is empty"), ("criterion;weight".encode(), "the column 'criterion' is missing"),
    (b"criterion,weight,exemplary,secure,developing\n", "the column 'beginning' is missing"),
    (b"criterion,weight,exemplary,secure,developing,beginning,mood\n", "the column 'mood' is not in the schema"),
    (b"criterion,weight,exemplary,secure,developing,beginning\nSourcing,3,a,b,c\n", "row 2: 5 cells instead of 6"),
    ("criterion,weight,exemplary,secure,developing,beginning\nBelé".encode("latin-1"), "row 2: a character is not UTF-8"),
])
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
    ("provinces", {"place": "Sichuan", "series": "population_year_end", "year": "1957"}, "value", "69.45", "Sichuan 1957"),
    ("famine_deaths", {"estimate_id": "cheng_zhan"}, "low", "5.5", "not in order"),
    ("famine_deaths", {"estimate_id": "nk_gwj"}, "high", "6.0", "estimates lie from"),
    ("events", {"date_end": "*"}, "date_end", "1900", "before it begins"),
    ("trade_dprk", {"series": "trade_share", "basis": "kotra"}, "basis", "", "basis"),
    ("disputes", {"coding": "gml"}, "coding", "cow_mid5", ""),
    ("trade_sino_soviet", {"original_unit": "million old roubles"}, "factor", "2.5", "old roubles"),
    ("questions", {"claims": "*"}, "claims", "C99", "'C99' is not in claims"),
    ("claims", {"claim_id": "C10"}, "source_ids", "D022;nobody", "the source 'nobody' is not in"),
]


@pytest.mark.parametrize("name, where, column, value, expected", PLANTED, ids=[f"{p[0]}-{p[2]}-{p[3]}" for p in PLANTED])
def test_planted_contradiction_is_caught(name, where, column, value, expected):
    rows, _ = rows_of(name)
    head = rows[0]
    row = next(number for number, line in enumerate(rows[1:], start=2)
               if all(line[head.index(c)] == v or (v == "*" and line[head.index(c)]) for c, v in where.items()))
    sentence = problem(name, *edited(name, row, column, value))
    assert sentence and expected in sentence


def test_cow_zero_is_caught():
    frame = data.load("trade_dprk")
    planted = frame[frame["source_id"].str.startswith("cow") & (frame["unit"] == "million US dollars")].copy()
    assert checks.no_cow_zero(planted, "trade_dprk") == []
    planted.loc[planted.index[0], "value"] = 0.0
    assert "missing, not zero" in checks.no_cow_zero(planted, "trade_dprk")[0]


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


CORRUPTIONS = {
    "type": (("number", "integer"), lambda field, cell: "many"),
    "sign": (("number", "integer"), lambda field, cell: cell[1:] if cell.startswith("-") else "-" + cell),
    "magnitude": (("number",), lambda field, cell: repr(float(cell) * 10)),
    "year": (("integer",), lambda field, cell: str(int(cell) + 100)),
    "unit": (("string",), lambda field, cell: "kg" if cell != "kg" else "Mt"),
    "source": (("string",), lambda field, cell: ""),
    "encoding": (("string",), lambda field, cell: cell[0] + "\ufffd" + cell[1:]),
}
COLUMNS = {"magnitude": {"value", "low", "high", "central", "amount"}, "year": {"year", "start_year"}, "unit": {"unit"}, "source": {"source_id", "source_ids"}}
TEXTS = {"captions", "questions"}  # their `unit` is a word for the reader, not the unit of a value


def corrupted(rng, kind):
    """Return (name, rows, resource, what) for one random corruption of one cell, or of one row for duplicates."""
    while True:
        name = rng.choice([table for table in TABLES if table not in TEXTS])
        rows, resource = rows_of(name)
        rows = [list(line) for line in rows]
        if kind == "duplicate":
            row = rng.randrange(1, len(rows))
            return name, [*rows, rows[row]], resource, f"{name} row {row + 1} twice"
        types, change = CORRUPTIONS[kind]
        fields = resource["schema"]["fields"]
        cells = [(i, j) for i in range(1, len(rows)) for j, field in enumerate(fields)
                 if field["type"] in types and rows[i][j] not in ("", "0") and field["name"] in COLUMNS.get(kind, {field["name"]})]
        if cells and not (kind == "source" and name == "sources"):
            i, j = rng.choice(cells)
            before, rows[i][j] = rows[i][j], change(fields[j], rows[i][j])
            return name, rows, resource, f"{name} row {i + 1} {fields[j]['name']}: {before} became {rows[i][j]}"


def mutation_score(each=30, seed=1961):
    """Return the share of random single-cell corruptions that loader and checks refuse, and the list of those that slip through."""
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


def test_mutations_are_caught():
    score, slipped = mutation_score()
    assert score >= 0.95, "\n".join(slipped)
