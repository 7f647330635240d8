"""Ruff over the code and the notebooks' cells, mypy over the helpers; a planted slip in a cell is found (browser tier)."""

import json
import subprocess
import sys

import pytest

from helpers.common import ROOT
from helpers.tools.build import lessons

pytest.importorskip("ruff", reason="these tests need ruff and mypy: python3 -m helpers test --browser")
pytestmark = pytest.mark.browser


def ruff(*words, text=None):
    return subprocess.run([sys.executable, "-m", "ruff", *words], cwd=ROOT, input=text, capture_output=True, text=True)


def test_code_and_cells_are_clean():
    said = ruff("check", "--no-cache", ".")
    assert said.returncode == 0, said.stdout
    said = ruff("format", "--no-cache", "--check", ".")
    assert said.returncode == 0, said.stdout


def test_types_fit(tmp_path):
    pytest.importorskip("mypy", reason="mypy is not installed")
    said = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize(
    "line, rule",
    [("chart = draw.opening(regster)", "F821"), ("f'no number'", "F541"), ("table == None", "E711"), ("def f(x=[]): return x", "B006")],
)
def test_a_planted_slip_in_a_cell_is_found(line, rule):
    notebook = json.loads(lessons()[4].read_text(encoding="utf-8"))
    next(cell for cell in notebook["cells"] if cell["id"] == "s1-figure")["source"].append("\n" + line)
    said = ruff("check", "--no-cache", "--stdin-filename", f"notebooks/{lessons()[4].name}", "-", text=json.dumps(notebook))
    assert rule in said.stdout


def test_the_notebooks_are_not_left_out():
    assert ".ipynb" in ruff("check", "--show-files").stdout
