"""Every part of a lesson runs after the first cell and nothing else, so any plan, cut or home reading works."""

import contextlib
import io
import json

import pytest
from anatomy import is_second_edition, part_name, text_of
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from helpers.tools.build import lessons


@pytest.fixture
def shell(answers_file):
    """Return a fresh IPython, whose answers go to a file of the test."""
    InteractiveShell.clear_instance()
    yield InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    InteractiveShell.clear_instance()


def runs(shell, code):
    """Run a cell silently; return the error's words, or "" when there is none."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        result = shell.run_cell(code)
    error = result.error_before_exec or result.error_in_exec
    return "" if error is None else f"{type(error).__name__}: {error}"


def faults(notebook, shell):
    """Return a sentence for every part that does not run after the first code cell alone."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    first, found = text_of(code[0]), []
    for part in dict.fromkeys(part_name(cell["metadata"]) for cell in code[1:]):
        shell.reset(new_session=False)
        cells = [first] + [text_of(cell) for cell in code[1:] if part_name(cell["metadata"]) == part]
        errors = [error for cell in cells if (error := runs(shell, cell))]
        found += [f"{part}: {error}" for error in errors[:1]]
    return found


SECOND = {path.name[:2]: path for path in lessons() if is_second_edition(json.loads(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("lesson", SECOND)
def test_every_part_runs_alone(lesson, shell):
    assert faults(json.loads(SECOND[lesson].read_text(encoding="utf-8")), shell) == []


def test_a_section_that_needs_another_is_found(shell):
    notebook = json.loads(SECOND["04"].read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "s3-tiles":
            cell["source"] = ["by_source.describe()"]
    assert faults(notebook, shell) == ["s3: NameError: name 'by_source' is not defined"]
