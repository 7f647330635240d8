"""Ruff over the code and over the notebooks' cells, where it is installed (`pip install ruff`); a planted slip in a cell is found."""

import json
import subprocess
import sys

import pytest

from helpers.common import ROOT
from helpers.tools.build import lessons

pytest.importorskip("ruff", reason="ruff is not installed")


def ruff(*words, text=None):
    return subprocess.run([sys.executable, "-m", "ruff", *words], cwd=ROOT, input=text, capture_output=True, text=True)


def test_code_and_cells_are_clean():
    said = ruff("check", "--no-cache", ".")
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
