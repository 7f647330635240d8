"""What the README says about speed is what was measured, and the measure itself is sound."""

import re
import subprocess
import sys

import pytest

from helpers import bench

ROWS = [
    {"what": "floor", "measure": "seconds", "value": 0.9, "day": "2026-11-24"},
    {"what": "01_a", "measure": "time", "value": 1.44, "day": "2026-11-24"},
    {"what": "02_b", "measure": "time", "value": 1.61, "day": "2026-11-24"},
    {"what": "01_a", "measure": "memory", "value": 1.04, "day": "2026-11-24"},
    {"what": "01_a", "measure": "file", "value": 133.4, "day": "2026-11-24"},
    {"what": "tables", "measure": "seconds", "value": 0.3, "day": "2026-11-24"},
    {"what": "suite", "measure": "seconds", "value": 61.2, "day": "2026-11-24"},
]


def test_the_readme_says_what_was_measured():
    text = bench.README.read_text(encoding="utf-8")
    assert bench.renewed(text, bench.read_table()) == text


def test_every_number_of_the_paragraph_comes_from_the_table():
    assert re.findall(r"\d+\.\d+|\b\d+ (?:KB|s)\b", bench.speed(ROWS)) == ["1.4", "1.6", "0.9", "1.04", "1.04", "0.3", "133 KB", "61 s"]


def test_only_the_text_between_the_marks_is_renewed():
    page = f"before\n{bench.MARKS[0]}\nold words\n{bench.MARKS[1]}\nafter\n"
    new = bench.renewed(page, ROWS)
    assert new.startswith("before\n") and new.endswith("\nafter\n") and "old words" not in new and bench.speed(ROWS) in new
    assert bench.renewed(new, ROWS) == new and bench.renewed("no marks", ROWS) == "no marks"


def test_two_measurements_take_turns():
    order, values = [], iter([1.0, 2.0, 2.0, 6.0, 1.0, 2.0])

    def one():
        order.append("one")
        return (next(values),)

    def other():
        order.append("other")
        return (next(values),)

    assert bench.in_turns(one, other, times=3) == [(1.0, 2.0, 2.0)]
    assert order == ["one", "other"] * 3


def test_a_table_is_kept_and_read_back_and_a_missed_goal_is_marked(tmp_path, capsys):
    table = bench.Table()
    table.add("04_famine", "time", 1.5, "x", 1.3)
    table.add("04_famine", "memory", 1.0, "x", 1.25)
    table.write(tmp_path / "bench.csv")
    assert "MISSED" in capsys.readouterr().out.splitlines()[0]
    assert [(row["what"], row["measure"], row["value"], row["goal"]) for row in bench.read_table(tmp_path / "bench.csv")] == [
        ("04_famine", "time", 1.5, "1.3"),
        ("04_famine", "memory", 1.0, "1.25"),
    ]


def test_a_lesson_needs_neither_plotlys_judgement_nor_a_notebook_checker():
    """Half of a lesson's time was plotly's judgement of every property; a tenth of a second of it the import of nbformat."""
    code = (
        "import sys; from helpers import data, theme, figures, claims, exercises; theme.use()\n"
        "figures.Chart().add_bar(x=[1], y=[2])._ipython_display_()\n"
        "print(sorted({'plotly', 'nbformat', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=bench.environment.ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_only_the_code_after_the_first_is_timed(monkeypatch):
    monkeypatch.setattr(bench, "TIMES", 1)
    assert bench.in_python("import time; time.sleep(0.1)", "x = 1") < 0.05 < bench.in_python("x = 1", "import time; time.sleep(0.06)")


@pytest.mark.parametrize("cells", [0, 3])
def test_the_floor_is_a_bare_notebook(cells):
    notebook = bench.floor(cells)
    assert len(notebook.cells) == 2 + cells and "helpers" not in "".join(cell.source for cell in notebook.cells)
