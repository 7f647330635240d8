"""Break lines of the rooms that lessons reach, one at a time, and list the breaks that no test notices.

    python3 tests/mutate.py                   60 lines by a new seed, which is printed
    python3 tests/mutate.py --seed 7 --lines 20 --only helpers/models

Needs `pip install -e .[dev,test]`. It works in a copy of the course: first every test file that imports a room and every lesson
runs once, to learn which of them reach which line; then each break is met by those that reach its line, at most `MOST` tests and
two lessons. A break that nobody notices is one of two things: the line does the same in other words, or an assertion is missing.
It is no part of the tests: an hour on a busy computer.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST = 40  # tests that meet one break
PATIENCE = 300  # seconds; a break that never ends is noticed
OPPOSITE = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
ARITHMETIC = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
BEGIN = """
import json, os, sys, coverage
cover = coverage.Coverage(data_file=sys.argv[1], source=["helpers"])
cover.start()
"""
END = """
cover.stop()
cover.save()
"""
BY_TESTS = """
import pytest
class Plugin:
    failed = []
    def pytest_runtest_protocol(self, item):
        cover.switch_context(item.nodeid)
    def pytest_runtest_logreport(self, report):
        self.failed += [report.nodeid] * report.failed
    def pytest_collectreport(self, report):
        self.failed += [report.nodeid] * report.failed
pytest.main(["-q", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:xdist", *sys.argv[2:]], plugins=[Plugin()])
open(sys.argv[1] + ".failed", "w").write("\\n".join(Plugin.failed))
"""
BY_LESSONS = """
from IPython.core.interactiveshell import InteractiveShell
os.chdir("notebooks")
for lesson in sys.argv[2:]:
    cover.switch_context(f"notebooks/{lesson}")
    shell = InteractiveShell()
    for cell in json.load(open(lesson, encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"]), silent=True)
"""


def words_apart(tree: ast.Module) -> set[ast.AST]:
    """Return the nodes that nothing runs: documentation, type hints, lists of exported names."""
    apart: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            apart.append(node)
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            apart.append(node.annotation)
        if isinstance(node, ast.FunctionDef) and node.returns:
            apart.append(node.returns)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            apart.append(node)
    return {inner for node in apart for inner in ast.walk(node)}


def broken(node: ast.AST, source: str) -> list[tuple[ast.AST, str]]:
    """Return the ways to break a node: what is replaced, and by what."""

    def code(part):
        return ast.get_source_segment(source, part)

    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPPOSITE and len(node.ops) == 1:
        return [(node, f"({code(node.left)} {OPPOSITE[type(node.ops[0])]} {code(node.comparators[0])})")]
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        return [(node, f"({code(node.left)} {ARITHMETIC[type(node.op)]} {code(node.right)})")]
    if isinstance(node, ast.BoolOp):
        word = " or " if isinstance(node.op, ast.And) else " and "
        return [(node, "(" + word.join(f"({code(value)})" for value in node.values) + ")")]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [(node, f"({code(node.operand)})")]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [(node, str(not node.value))]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return [(node, str(node.value + 1))]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value and code(node) and code(node)[0] in "'\"":
        return [(node, '""')]
    if isinstance(node, ast.Return) and node.value and code(node.value) != "None":
        return [(node, "return None")]
    if isinstance(node, ast.If | ast.IfExp):
        return [(node.test, f"(not ({code(node.test)}))")]
    if isinstance(node, ast.AugAssign) or isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [(node, "pass")]
    return []


def breaks(source: str) -> dict[int, list[str]]:
    """Return {line: broken versions of the whole source}."""
    tree, lines = ast.parse(source), source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found: dict[int, list[str]] = {}
    apart = words_apart(tree)
    texts = {inner for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)} - {tree}
    for node in ast.walk(tree):
        if node in apart or node in texts:
            continue
        for part, other in broken(node, source):
            first, last = starts[part.lineno - 1] + part.col_offset, starts[part.end_lineno - 1] + part.end_col_offset
            whole = (source.encode()[:first] + other.encode() + source.encode()[last:]).decode()
            try:
                compile(whole, "", "exec")
            except SyntaxError:
                continue
            found.setdefault(part.lineno, []).append(whole)
    return found


def felt_at(source: str, line: int) -> range:
    """Return the lines at which a break is felt: itself; for a function's parameters its body; else the whole module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            first = node.body[0].lineno
            return range(first, (node.end_lineno or first) + 1) if line < first else range(line, line + 1)
    return range(source.count("\n") + 1)


def concerned() -> list[str]:
    """Return the test files that import a room of the lessons and need no browser."""
    files = sorted(path for path in (ROOT / "tests").glob("test_*.py") if not path.stem.endswith("browser"))
    return [
        f"tests/{path.name}"
        for path in files
        if any(line.startswith(("from helpers", "import helpers")) and ".tools" not in line for line in path.read_text().splitlines())
    ]


def reached(copy: Path, environment: dict) -> dict[str, dict[int, list[str]]]:
    """Return {module: {line: the tests and lessons that reach it}}."""
    from coverage import CoverageData

    found: dict[str, dict[int, list[str]]] = {}
    lessons = [path.name for path in sorted((copy / "notebooks").glob("[0-9][0-9]_*.ipynb"))]
    ill = {f"notebooks/{name}" for name in lessons if noticed(copy, environment, [f"notebooks/{name}"])}
    for what, whom in ((BY_LESSONS, lessons), (BY_TESTS, concerned())):
        kept = copy / f".reached-{len(whom)}"
        subprocess.run([sys.executable, "-c", BEGIN + what + END, str(kept), *whom], cwd=copy, env=environment, stdout=subprocess.DEVNULL)
        data = CoverageData(str(kept))
        data.read()
        if what == BY_TESTS:
            ill |= set(Path(f"{kept}.failed").read_text().splitlines())
        for file in data.measured_files():
            of_file = found.setdefault(Path(file).relative_to(copy).as_posix(), {})
            for line, by in data.contexts_by_lineno(file).items():
                of_file.setdefault(line, []).extend(one for one in by if one and one not in ill)
    print("".join(f"left out, since it fails unbroken: {name}\n" for name in sorted(ill)), end="", flush=True)
    return found


def noticed(copy: Path, environment: dict, whom: list[str]) -> str:
    """Return who notices what is broken in the copy, or nothing."""
    tests = sorted(name for name in whom if name.startswith("tests/"))
    lessons = sorted(name for name in whom if name.startswith("notebooks/"))
    spread = tests[:: max(1, len(tests) // MOST)][:MOST]
    turns = [["-p", "no:xdist", *spread]] if spread else []
    turns += [["--nbval", lesson] for lesson in lessons[:: max(1, len(lessons) // 2)][:2]]
    for turn in turns:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-o", "addopts=", "-p", "no:cacheprovider", *turn]
        try:
            done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return "time"
        if done.returncode:
            failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
            return (failed or [turn[-1]])[0][:120]
    return ""


def main() -> None:
    """Break, ask, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--lines", type=int, default=60)
    parser.add_argument("--only", default="helpers", help="a folder or file: helpers/models")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    draw = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / "course"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "site", "live", "release", "kits"))
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COURSE_ANSWERS": f"{folder}/my_answers.json"}
        whom = reached(copy, environment)
        wanted = copy / asked.only
        files = sorted(wanted.rglob("*.py")) if wanted.is_dir() else [wanted]
        rooms = [path for path in files if "tools" not in path.parts and path.name != "__main__.py"]
        places = [
            (path.relative_to(copy).as_posix(), line, versions)
            for path in rooms
            for line, versions in breaks(path.read_text(encoding="utf-8")).items()
        ]
        survived = 0
        for name, line, versions in draw.sample(places, min(asked.lines, len(places))):
            source, other = (copy / name).read_text(encoding="utf-8"), draw.choice(versions)
            lines = whom.get(name, {})
            felt = felt_at(source, line)
            of_line = sorted({test for number, tests in lines.items() if number in felt for test in tests})
            (copy / name).write_text(other, encoding="utf-8")
            by = noticed(copy, environment, of_line)
            (copy / name).write_text(source, encoding="utf-8")
            changed = [new for old, new in zip(source.splitlines(), other.splitlines(), strict=False) if old != new]
            survived += not by
            print(f"{'noticed ' if by else 'SURVIVED'} {name}:{line} {changed[0].strip() if changed else ''}  [{by}]", flush=True)
        print(f"{asked.lines} lines broken, {survived} not noticed (seed {asked.seed})")


if __name__ == "__main__":
    main()
