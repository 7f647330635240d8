"""What a reader sees stands in a table or in a lesson: no sentence of ours is fixed in code, and a language of brackets shows it."""

import ast
import csv
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pseudo
import pytest

from helpers import data, sentences

ROOT = data.ROOT
ROOMS = ("desk", "figures", "models")
WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
THREE_WORDS = re.compile(rf"(?<![\w'’-])(?:{WORD}[,;:.!?…]* ){{2,}}{WORD}(?![\w-])")
HOLE = "9"  # what stands for the braces of a text


def texts_in(source):
    """Yield (line, text) for every text of a piece of code but its docstrings; a text with braces as one, its tags left out."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            text = node.value
        else:
            continue
        yield node.lineno, " ".join(re.sub(r"<[^>]*>", " ", text).split())


@cache
def names():
    """Return what a text in code may be: the name of a row of the sentences, a cell of a table, a word that a column allows."""
    found = {name.partition(": ")[2] for name in data.load("sentences")["sentence_id"] if ": " in name}
    for table in set(data.table_names()) - {"sentences"}:
        frame = data.load(table)
        found |= {cell for column in frame.select_dtypes(exclude="number") for cell in map(str, frame[column]) if len(cell) < 60}
        for field in data.describe(table)["schema"]["fields"]:
            found |= set(map(str, field.get("constraints", {}).get("enum", ())))
    return found


@cache
def reasons():
    """Return {(file, text): why} of `words_in_code.csv`: the texts of three words and more that no reader sees, or that must stay."""
    with open(Path(__file__).with_name("words_in_code.csv"), encoding="utf-8", newline="") as file:
        return {(row["file"], row["words"]): row["why"] for row in csv.DictReader(file)}


def fixed_in(file, source):
    """Return the sentences of three words and more that stand in a file's code, and are neither a name nor have a reason."""
    return [
        f"{file}, line {line}: '{text}' belongs in data/sentences.csv"
        for line, text in texts_in(source)
        if THREE_WORDS.search(text) and text not in names() and (file, text) not in reasons()
    ]


def code():
    """Return {file: its code} of the rooms that speak to a reader."""
    paths = [path for room in ROOMS for path in sorted((ROOT / "helpers" / room).glob("*.py"))]
    return {path.relative_to(ROOT / "helpers").as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_no_sentence_stands_in_code():
    assert [one for file, source in code().items() for one in fixed_in(file, source)] == []


def test_every_reason_is_used():
    seen = {(file, text) for file, source in code().items() for _, text in texts_in(source)}
    assert [one for one in reasons() if one not in seen] == [] and all(reasons().values())
    assert [text for _, text in reasons() if text in names()] == []


@pytest.mark.parametrize(
    "line",
    [
        'show("No verdict of ours falls.")',
        'show(f"<b>{count} verdicts</b> of ours fall")',
        'NOTES = {"C10": "three years of famine"}',
        'def f(x, told="Others to follow"):\n    return told',
        'raise DataError(f"There is no frame {start}.")',
        '"a docstring of a module"\nWORDS = "the page with " "your verdicts"',
    ],
)
def test_a_planted_sentence_is_found(line):
    assert len(fixed_in("desk/claims.py", line)) == 1
    file, source = next(iter(code().items()))
    assert fixed_in(file, f"{source}\n{line}\n")[-1].startswith(f"{file}, line ")


@pytest.mark.parametrize(
    "line",
    ['"""Return three words."""', 'fixed("no_sum_then")', 'frame["looked for, not found"]', 'box = "border:1px solid;margin:0 0 8px"'],
)
def test_names_and_docstrings_pass(line):
    assert fixed_in("desk/claims.py", line) == []


def said(*lessons):
    """Return (exit code, what was printed) of some lessons in the language of brackets."""
    run = subprocess.run([sys.executable, pseudo.__file__, *lessons], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return run.returncode, run.stdout.strip() or run.stderr


@pytest.mark.doors
def test_a_lesson_in_the_language_of_brackets_has_no_word_of_the_code():
    assert said("04") == (0, "0 texts would stay English.")


@pytest.mark.doors
def test_no_lesson_has_a_word_of_the_code():
    code, told = said()
    assert code == 0, told


def test_planted_words_outside_the_brackets_are_found():
    cells, own = {"Sichuan", "rice"}, {"of the lesson"}
    assert pseudo.fixed(["⟦46.7 in⟧ 1960", "⟦a ⟦b⟧ c⟧ planted words", "⟦cut off…", "%{x}: ⟦per 1000⟧<extra></extra>"]) == ["planted words"]
    assert pseudo.without("Sichuan: planted words of the lesson", cells, own) == "planted words"
    assert pseudo.without("Sichuan, 1960", cells, own) == "" and pseudo.without("rice", cells, own) == ""
    assert pseudo.without("with rice", cells, own) == "with rice"  # a mere word of a table frees no other


def test_a_name_of_the_code_is_shown_in_the_words_of_its_row():
    assert sentences.heading("taken") == "taken" and sentences.heading("a column without a row") == "a column without a row"
    assert (
        sentences.named("in short", "grain", "?").startswith("grain, which is no industry") and sentences.named("in short", "x", "?") == "?"
    )


def test_the_language_is_named():
    assert sentences.fixed("language") == "en"
