"""A table that a spreadsheet has saved is read as it was, or refused with the true reason; none changes in silence."""

import re
import shutil

import pytest
import spreadsheets

from helpers import data
from helpers.schema import frame_from, rows_and_numbers

TABLES = data.table_names()
ORIGINAL = {name: (data.DATA / data.describe(name)["path"]).read_bytes() for name in TABLES}
SOURCES = frozenset(data.load("sources")["source_id"])
TRUE_REASONS = re.compile(
    "a spreadsheet has rewritten it|separated by semicolons|a character is not UTF-8|question marks in place of letters"
    "|has a comma in the number|taken the point of .* for a thousands mark|times factor"
)


def read(name, raw):
    """Return a table read from bytes instead of its file."""
    resource = data.describe(name)
    rows, numbers = rows_and_numbers(raw, resource)
    return frame_from(rows, resource, None if name == "sources" else SOURCES, numbers)


def outcomes(files):
    """Return {table: "same", "changed" or the sentence with which it is refused}."""
    found = {}
    for name, raw in files.items():
        try:
            found[name] = "same" if read(name, raw).equals(data.load(name)) else "changed"
        except data.DataError as refused:
            found[name] = str(refused)
    return found


def faults(found):
    """Return the tables that changed in silence or were refused for a reason that is not the true one."""
    return {name: told for name, told in found.items() if told != "same" and not TRUE_REASONS.search(told)}


@pytest.mark.doors
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
@pytest.mark.parametrize("country", ["US", "DE"])
def test_no_table_changes_in_silence_in_excel(country, encoding):
    found = outcomes({name: spreadsheets.excel_saves(raw, country, encoding) for name, raw in ORIGINAL.items()})
    assert faults(found) == {}
    assert any(told != "same" for told in found.values())


@pytest.mark.doors
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("special", [False, True])
@pytest.mark.parametrize("language", spreadsheets.LANGUAGES)
def test_no_table_changes_in_silence_in_libreoffice(tmp_path, language, special, separator):
    paths = {data.DATA / data.describe(name)["path"]: name for name in TABLES}
    saved = spreadsheets.libreoffice_saves(paths, tmp_path, language, special, separator)
    found = outcomes({name: saved[path.name] for path, name in paths.items()})
    assert faults(found) == {}
    assert "same" in found.values() or separator == ";"


def test_a_form_that_is_not_guarded_would_be_seen(monkeypatch):
    """Without the pattern of the lessons Excel's "0" for "00" changes a table in silence, and the outcome says so."""
    saved = spreadsheets.excel_saves(ORIGINAL["lessons"])
    for field in data.describe("lessons")["schema"]["fields"]:
        monkeypatch.setitem(field, "constraints", {})
    assert outcomes({"lessons": saved}) == {"lessons": "changed"}


FORMS = {"date", "date_end", "start", "end", "became_public", "from_date", "stated", "lesson", "lessons", "claims", "statements"}


def has_form(field):
    """Return whether the form of a column's text matters: dates, lessons, ids."""
    return field["type"] == "string" and (field["name"] in FORMS or field["name"].endswith(("_id", "_ids")))


def unguarded(resources):
    """Return the columns whose form matters and that have no pattern or no example."""
    return [
        f"{resource['name']}.{field['name']}: give it the pattern and the example of the same column in another table"
        for resource in resources
        for field in resource["schema"]["fields"]
        if has_form(field) and not ("pattern" in field.get("constraints", {}) and "example" in field)
    ]


def test_every_date_id_and_lesson_has_a_form():
    resources = data.package()["resources"]
    assert unguarded(resources) == []
    assert unguarded([{"name": "new", "schema": {"fields": [{"name": "date", "type": "string"}]}}]) != []


def test_every_example_has_the_form_it_shows():
    fields = [field for name in TABLES for field in data.describe(name)["schema"]["fields"] if "pattern" in field.get("constraints", {})]
    assert [field["name"] for field in fields if not re.fullmatch(field["constraints"]["pattern"], field["example"])] == []


SMALL = {
    "path": "small.csv",
    "schema": {
        "fields": [
            {"name": "step_id", "type": "string", "example": "ST01", "constraints": {"required": True, "pattern": r"[A-Z]+\d\d"}},
            {"name": "date", "type": "string", "example": "1960-07-18", "constraints": {"pattern": r"\d{4}(-\d\d(-\d\d)?)?"}},
            {"name": "value", "type": "number", "constraints": {"minimum": 0, "maximum": 900}},
            {"name": "held", "type": "boolean"},
            {"name": "note", "type": "string"},
        ]
    },
}
COLUMNS = "step_id,date,value,held,note\n"


def small(text):
    rows, numbers = rows_and_numbers(text.encode("utf-8"), SMALL)
    return frame_from(rows, SMALL, None, numbers)


@pytest.mark.parametrize(
    "row, expected",
    [
        ("ST01,7/18/1960,1,true,", "row 4, column 'date': '7/18/1960' is not a date like 1960-07-18: a spreadsheet has rewritten it; "),
        ("ST01,18.07.1960,1,true,", "'18.07.1960' is not a date like 1960-07-18: a spreadsheet has rewritten it"),
        ("ST01,Jul-60,1,true,", "'Jul-60' is not a date like 1960-07-18: a spreadsheet has rewritten it"),
        ("ST01,in July,1,true,", "'in July' is not a date like 1960-07-18; correct the cell"),
        ("ST01,1960-02-30,1,true,", "'1960-02-30' is not a date: write 1960, 1960-07 or 1960-07-18"),
        ("1,1960,1,true,", "'1' is not written like ST01: a spreadsheet has rewritten it"),
        ('ST01,1960,"0,389",true,', "'0,389' has a comma in the number; write a decimal point"),
        ('ST01,1960,"1,234.5",true,', "'1,234.5' is not a number"),
        ("ST01,1960,12. Mai,true,", "'12. Mai' is not a number (use a point, no thousands mark, no unit): a spreadsheet has rewritten it"),
        ("ST01,1960,1.2E+11,true,", "'1.2E+11' is not a number (use a point, no thousands mark, no unit): a spreadsheet has rewritten it"),
        ("ST01,1960,1_000,true,", "'1_000' is not a number"),
        (
            "ST01,1960,389000,true,",
            "389000 is outside 0 to 900; check the unit, the sign and the year (has a spreadsheet taken the point of 389.000",
        ),
        ("ST01,1960,1,VRAI,", "'VRAI' is not true or false; correct the cell"),
        ("ST01,1960,1,true,#NAME?", "'#NAME?' is not what stood here: a spreadsheet has rewritten it"),
        ("ST01,1960,1,true,the ??? leap", "has question marks in place of letters"),
    ],
)
def test_a_rewritten_cell_is_named_with_the_remedy(row, expected):
    with pytest.raises(data.DataError) as refused:
        small(f"{COLUMNS}\nST07,1960,,,\n{row}\n")
    assert expected in str(refused.value) and str(refused.value).startswith("data/small.csv, row 4")


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "step_id;date;value;held;note\nST01;1960;1;true;\n",
            "the cells are separated by semicolons; save the file again as CSV with a comma",
        ),
        ("step_id\tdate\tvalue\theld\tnote\nST01\t1960\t1\ttrue\t\n", "the cells are separated by tabs"),
        ("sep=;\nstep_id;date;value;held;note\n", "row 1: a spreadsheet has added the line 'sep=;'; remove it"),
        ('"step_id,date,value,held,note"\n"ST01,1960,1,true,"\n', "every row stands in one cell"),
        (",,,,\n,,,,\n", "is empty"),
    ],
)
def test_another_separator_is_named(text, expected):
    with pytest.raises(data.DataError, match=re.escape(expected)):
        small(text)


def test_utf_16_is_named():
    with pytest.raises(data.DataError, match="saved as UTF-16"):
        rows_and_numbers(COLUMNS.encode("utf-16"), SMALL)


@pytest.mark.parametrize("held", ["true", "TRUE", "True", "WAHR"])
def test_true_in_a_spreadsheets_spelling_is_true(held):
    assert small(f"{COLUMNS}ST01,1960,1,{held},\n")["held"].tolist() == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"{COLUMNS}\n,,,,\nST01,1960,1,true,a\n,,,,\n",
        "step_id,date,value,held,note,,\nST01,1960,1,true,a,,\n,,,,,,\n",
        "step_id,,date,value,held,note\nST01,,1960,1,true,a\n",
        f"{COLUMNS}ST01,1960,1,true,a,,\n",
    ],
    ids=["rows", "columns at the end", "a column between", "a longer row"],
)
def test_rows_and_columns_of_nothing_are_passed_over(text):
    assert small(text).to_numpy().tolist() == [["ST01", "1960", 1.0, True, "a"]]


def test_a_cell_under_no_name_is_not_passed_over():
    with pytest.raises(data.DataError, match="the column '' is not in the schema"):
        small("step_id,date,value,held,note,\nST01,1960,1,true,a,lost\n")
