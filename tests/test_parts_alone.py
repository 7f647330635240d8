"""Every part of a lesson runs after the first cell and nothing else, so any plan, cut or home reading works.

The quick test reads which names a part uses that neither it nor the first cell makes; the long one runs every part.
"""

import ast
import builtins
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


def parts(notebook):
    """Return (the first code cell, {part: the code of its cells}) of a notebook."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names = dict.fromkeys(part_name(cell["metadata"]) for cell in code[1:])
    return text_of(code[0]), {name: [text_of(cell) for cell in code[1:] if part_name(cell["metadata"]) == name] for name in names}


def faults(notebook, shell):
    """Return a sentence for every part that does not run after the first code cell alone."""
    first, later = parts(notebook)
    found = [f"first cell: {error}"] if (error := runs(shell, first)) else []
    made = dict(shell.user_ns)
    for part, cells in later.items():
        for name in set(shell.user_ns) - set(made):
            del shell.user_ns[name]
        shell.user_ns.update(made)
        errors = [error for cell in cells if (error := runs(shell, cell))]
        found += [f"{part}: {error}" for error in errors[:1]]
    return found


def names(code):
    """Return (names that code makes anywhere, names that it uses); what it only uses must have been made before."""
    made, used = set(), set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, ast.alias):
            made.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
    return made, used


def borrowed(notebook):
    """Return a sentence for every part that uses names of other parts."""
    first, later = parts(notebook)
    known, found = {*dir(builtins), "display", "get_ipython", *names(first)[0]}, []
    for part, cells in later.items():
        made, used = names("\n".join(cells))
        found += [f"{part} uses '{name}', which another part makes" for name in sorted(used - made - known)]
    return found


SECOND = {path.name[:2]: path for path in lessons() if is_second_edition(json.loads(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("lesson", SECOND)
def test_every_part_has_the_names_it_uses(lesson):
    assert borrowed(json.loads(SECOND[lesson].read_text(encoding="utf-8"))) == []


@pytest.mark.doors
@pytest.mark.parametrize("lesson", SECOND)
def test_every_part_runs_alone(lesson, shell):
    assert faults(json.loads(SECOND[lesson].read_text(encoding="utf-8")), shell) == []


@pytest.fixture
def planted():
    """Return lesson 04 with a section that uses what another makes."""
    notebook = json.loads(SECOND["04"].read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "s3-tiles":
            cell["source"] = ["by_source.describe()"]
    return notebook


def test_a_section_that_borrows_a_name_is_found(planted):
    assert borrowed(planted) == ["s3 uses 'by_source', which another part makes"]


def test_a_section_that_needs_another_is_found(planted, shell):
    assert faults(planted, shell) == ["s3: NameError: name 'by_source' is not defined"]
