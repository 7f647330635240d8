"""The house: nothing imports upward, no lesson imports tools, models only reckon, and the map names every module and its lessons."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from helpers.tools import student

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ROOT / "helpers"
LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
FLOORS = {"ground": 0, "figures": 1, "models": 1, "desk": 2, "tools": 3}
MODELS_MAY = {"helpers.data", "helpers.common", "helpers.sentences", "helpers.models"}  # and the standard library, pandas and numpy
SCREEN_AND_FILES = {"IPython", "plotly", "pathlib", "os", "io", "tempfile", "json"}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40
# What is longer, and why.
LONGER_MODULES: dict[str, str] = {}
FORM = "a chart form is told from its table to its layout without jumping"
LONGER_FUNCTIONS = {
    "helpers.figures.bars.split_bars": FORM,
    "helpers.figures.dots.dated": FORM,
    "helpers.figures.events.tracks": FORM,
    "helpers.figures.lines.subtraction": FORM,
    "helpers.figures.lines.trend": FORM,
    "helpers.figures.panels.panels": FORM,
}


def modules():
    """Return {"helpers.models.famine": path} of all modules."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in sorted(HELPERS.rglob("*.py"))
    }


NAMES = set(modules())


def room(module):
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else "ground"


def imported(source):
    """Return the dotted names that Python code imports, everywhere in it; "from a import b" gives a.b."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def of_the_house(names):
    """Return the modules of the house among imported names: of "helpers.desk.answers.keep" the module helpers.desk.answers."""
    found = set()
    for name in names:
        while name and name not in NAMES:
            name = name.rpartition(".")[0]
        found |= {name} - {"", "helpers"}
    return found


def upward(module, source):
    """Return the rooms above its own that a module imports, a sentence each."""
    here = FLOORS[room(module)]
    return [
        f"{module} imports {other}, which is above it" for other in sorted(of_the_house(imported(source))) if FLOORS[room(other)] > here
    ]


def not_reckoning(module, source):
    """Return what a model touches besides tables and numbers: a room of the house, the screen, a file."""
    names = imported(source)
    found = [f"{module} imports {other}" for other in of_the_house(names) if not other.startswith(tuple(MODELS_MAY))]
    found += [f"{module} imports {name}" for name in names if name.partition(".")[0] in SCREEN_AND_FILES]
    calls = {node.func.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return found + [f"{module} calls {name}" for name in sorted(calls & {"print", "open", "display", "input"})]


def test_nothing_imports_upward():
    assert [fault for module, path in modules().items() for fault in upward(module, path.read_text(encoding="utf-8"))] == []


def test_models_only_reckon():
    models = {module: path for module, path in modules().items() if room(module) == "models"}
    assert len(models) > 5
    assert [fault for module, path in models.items() for fault in not_reckoning(module, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("helpers.data", "from helpers import figures"),
        ("helpers.theme", "from helpers.desk import answers"),
        ("helpers.models.famine", "from helpers.desk.answers import keep"),
        ("helpers.figures.years", "def later():\n    import helpers.desk.claims"),
        ("helpers.desk.start", "from helpers.tools import build"),
    ],
)
def test_a_planted_import_upward_is_found(module, line):
    assert len(upward(module, line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from helpers import theme",
        "from helpers import figures",
        "from IPython.display import display",
        "from pathlib import Path",
        "print(1)",
        "open('answers.json')",
    ],
)
def test_a_planted_screen_or_file_in_a_model_is_found(line):
    assert len(not_reckoning("helpers.models.famine", line)) >= 1


def test_the_start_page_does_not_need_what_makes_environments():
    """In the browser edition and in an environment of one's own there is no .venv to speak of."""
    source = (HELPERS / "desk" / "start.py").read_text(encoding="utf-8")
    assert "helpers.environment" not in of_the_house(imported(source)) and "requirements.txt" not in source.replace(
        "-r requirements.txt", ""
    )


# The lessons ------------------------------------------------------------------------------------------------------------


@cache
def homes(room):
    """Return {name that a room such as `helpers.desk` hands out: its module}; nothing for what is no room."""
    if not room.endswith((".desk", ".figures")):
        return {}
    tree = ast.parse(modules()[room].read_text(encoding="utf-8"))
    return {name.name: node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}


def desk_names():
    return homes("helpers.desk")


def code_of(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def taken(source):
    """Return the modules that a lesson's code takes names from; `from helpers.desk import check` takes from exercises."""
    names = imported(source)
    found = {desk_names()[name.removeprefix("helpers.desk.")] for name in names if name.removeprefix("helpers.desk.") in desk_names()}
    return (found | of_the_house(names)) - {"helpers.desk"}


@cache
def of(module):
    """Return the modules that a module imports."""
    return of_the_house(imported(modules()[module].read_text(encoding="utf-8")))


@cache
def beneath(module):
    """Return the modules that a module imports, and those that they import."""
    seen, waiting = set(), [module]
    while waiting:
        for other in of(waiting.pop()) - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def users():
    """Return ({module: lessons that take names from it}, {module: lessons that reach it, also through other modules})."""
    direct, reached = {}, {}
    for path in LESSONS:
        for module in taken(code_of(path)):
            direct.setdefault(module, set()).add(path.name[:2])
            for other in {module} | beneath(module):
                reached.setdefault(other, set()).add(path.name[:2])
    return direct, reached


def test_no_lesson_imports_tools():
    assert all(taken(code_of(path)) for path in LESSONS)
    assert [path.name for path in LESSONS if any(room(module) == "tools" for module in taken(code_of(path)))] == []
    assert room(next(iter(taken("from helpers.tools import prose")))) == "tools"  # planted


def the_map():
    """Return {module: what the map says of its lessons} as `helpers/__init__.py` tells it."""
    text, found, place = ast.get_docstring(ast.parse((HELPERS / "__init__.py").read_text(encoding="utf-8"))), {}, "helpers"
    for line in text.splitlines():
        if head := re.match(r"(\w+)/ +(.*?)(?:  +(\S.*))?$", line):
            place = f"helpers.{head[1]}"
            found[place] = head[3] or ""
        elif row := re.match(r"    (\w+(?:, \w+)*)  +(.*?)(?:  +(\S.*))?$", line):
            found |= {f"{place}.{name}": row[3] or "" for name in row[1].split(", ")}
        elif line and not line.startswith(" "):
            place = "helpers"
    return found


def untrue(told, used, names):
    """Return what a map leaves out or tells wrongly, a sentence each.

    told  {module: words on its lessons}; used  what `users` returns, of which either is true; names  all modules
    """

    def words_for(lessons):
        return "all lessons" if lessons == whole else ", ".join(sorted(lessons)) or "no lesson"

    whole = {path.name[:2] for path in LESSONS}
    found = [f"the map lacks {name}" for name in sorted(names - told.keys())]
    found += [f"the map names {name}, which is not there" for name in sorted(told.keys() - names)]
    for name, words in told.items():
        right = [words_for(lessons.get(name, set())) for lessons in used]
        if room(name) != "tools" and name.count(".") - (room(name) != "ground") and words not in right:
            found.append(f"the map says '{words}' of {name}; it should say '{right[0]}'")
    return found


def mapped():
    return {name for name in NAMES if name not in ("helpers", "helpers.__main__")}


def test_the_map_is_complete_and_true():
    told = {name: words for name, words in the_map().items()}
    rooms = {f"helpers.{name}" for name in FLOORS if name != "ground"}
    # of figures/ the lessons use the room, not its modules
    names = {name for name in mapped() if room(name) != "figures"} | {"helpers.figures"}
    assert untrue(told, users(), names | rooms) == []


def test_planted_slips_of_the_map_are_found():
    told, used = {"helpers.data": "all lessons", "helpers.old": "no lesson"}, [{"helpers.data": {"04"}, "helpers.models.famine": {"04"}}]
    names = {"helpers.data", "helpers.models.famine"}
    assert untrue(told, used, names) == [
        "the map lacks helpers.models.famine",
        "the map names helpers.old, which is not there",
        "the map says 'all lessons' of helpers.data; it should say '04'",
    ]


# Size -------------------------------------------------------------------------------------------------------------------


def too_long(module, source):
    """Return {name: lines} of a module and its functions that are longer than allowed."""
    found = {module: lines} if (lines := source.count("\n")) > LONGEST_MODULE else {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and (lines := _lines_of(node)) > LONGEST_FUNCTION:
            found[f"{module}.{node.name}"] = lines
    return found


def _lines_of(function):
    """Return a function's lines without its documentation."""
    told = function.body[0] if ast.get_docstring(function) else None
    return function.end_lineno - function.lineno + 1 - (told.end_lineno - told.lineno + 1 if told else 0)


def without_reason(long, reasons):
    """Return what is long without a reason, and the reasons for what is short by now or gone, a sentence each."""
    return [f"{name} is too long" for name in sorted(long - reasons.keys())] + [
        f"{name} is not too long: its reason is out of date" for name in sorted(reasons.keys() - long)
    ]


def test_what_is_long_has_a_reason_and_no_reason_is_left_over():
    long = {name for module, path in modules().items() for name in too_long(module, path.read_text(encoding="utf-8"))}
    assert without_reason(long, LONGER_MODULES | LONGER_FUNCTIONS) == []


def test_planted_long_code_is_found():
    long = "def f():\n    'Words.'\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert too_long("helpers.x", long) == {"helpers.x.f": LONGEST_FUNCTION + 1}
    assert too_long("helpers.x", long.replace("    x = 1\n", "", 1)) == {}
    assert too_long("helpers.x", "x = 1\n" * (LONGEST_MODULE + 1)) == {"helpers.x": LONGEST_MODULE + 1}
    assert without_reason({"helpers.x.f"}, {"helpers.x.gone": "one list"}) == [
        "helpers.x.f is too long",
        "helpers.x.gone is not too long: its reason is out of date",
    ]


# What students get --------------------------------------------------------------------------------------------------------


def test_the_student_edition_is_everything_but_tools():
    edition = {name for name in student.edition() if name.endswith(".py") and name.startswith("helpers/")}
    assert edition == {path.relative_to(ROOT).as_posix() for module, path in modules().items() if room(module) != "tools"}
    assert not any(name.startswith("tests/") or "checks" in name for name in student.edition())


# What lessons call: told to the editor and to Shift+Tab ---------------------------------------------------------------


def called(source):
    """Return {(module, name)} of what a lesson's code calls or reads of the house."""
    tree, names = ast.parse(source), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("helpers"):
            names |= {one.asname or one.name: (homes(node.module).get(one.name, node.module), one.name) for one in node.names}
    found = set(names.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            module = ".".join(names[node.value.id])
            found.add((homes(module).get(node.attr, module), node.attr))
    return found


def untold(function):
    """Return what a function of the lessons does not tell: its types, or what its parameters are."""
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    given += [one for one in (function.args.vararg, function.args.kwarg) if one]
    words = ast.get_docstring(function) or ""
    told = set(re.findall(r"\w+", " ".join(re.findall(r"^([\w*, ]+?)(?: : |$)", words.partition("Parameters\n---")[2], re.M))))
    told |= set(re.findall(r"`(\w+)`", words))  # or in its sentence
    found = ["no type for what it returns"] if function.returns is None else []
    found += [f"no type for {one.arg}" for one in given if not one.annotation]
    found += [] if words else ["no words"]
    return found + [f"no words for {one.arg}" for one in given if len(given) > 1 and one.arg not in told]


def test_what_lessons_call_tells_its_types_and_parameters():
    wanted = set().union(*(called(code_of(path)) for path in LESSONS))
    found, seen = [], 0
    for module, path in modules().items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (module, node.name) in wanted:
                seen += 1
                found += [f"{module}.{node.name}: {what}" for what in untold(node)]
    assert found == [] and seen > 150


def test_planted_functions_that_tell_nothing_are_found():
    told = 'def f(a: int, *, b: str = "") -> int:\n    """Do.\n\n    Parameters\n    ----------\n    a, b\n        As in `g`.\n    """'
    assert untold(ast.parse(told).body[0]) == []
    assert untold(ast.parse(told.replace("a, b", "a")).body[0]) == ["no words for b"]
    assert untold(ast.parse("def f(a): ...").body[0]) == ["no type for what it returns", "no type for a", "no words"]


# One of each -------------------------------------------------------------------------------------------------------------


def test_there_is_one_escape_and_one_markdown_table():
    twice = [
        f"{module}: {word}"
        for module, path in modules().items()
        for word in ("quote=False", '"---|"', "strptime")
        if word in path.read_text(encoding="utf-8") and module != "helpers.common"
    ]
    assert twice == []


def test_forms_take_all_but_their_tables_by_name():
    """What stands after the tables is keyword-only, so that a call can be read: `height=300`, not 300."""
    forms = {node.module: [one.name for one in node.names] for node in ast.parse((HELPERS / "figures/__init__.py").read_text()).body[1:-1]}
    by_place = []
    for module, names in forms.items():
        for node in ast.parse(modules()[module].read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name in set(names) - {"frame"} and "Figure" in ast.unparse(node.returns or node):
                by_place += [f"{node.name}({one.arg})" for one in node.args.args[1:] if one.arg not in TABLES]
    assert by_place == []


TABLES = {"events", "land", "tiles", "baselines", "tolls"}  # the second and third table of a form
