"""Build a lesson in a language that nobody speaks: every sentence of the tables of messages stands in ⟦ ⟧. What has none is fixed in code.

    .venv/bin/python tests/pseudo.py          lesson 04: what a reader sees that no table and no cell holds, and where it stands
    .venv/bin/python tests/pseudo.py 07

A translator works on the tables and on the notebooks; what this script prints would stay English. It is no part of the tests.
"""

import ast
import html
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers import data, sentences
from helpers.common import CHART, ROOT
from helpers.tools.build import lessons

MESSAGES = {  # tables that hold what a reader reads: the columns of prose
    "captions": ["title", "subtitle", "sources", "says", "unit"],
    "questions": ["prompt", "feedback_right", "feedback_wrong", "feedback_unanswered", "hint_1", "hint_2", "solution"],
    "claims": [
        "claim",
        "evidence_for",
        "evidence_against",
        "best_objection",
        "what_would_change",
        "better_wording",
        "gap",
    ],
    "source_cards": ["title", "who_counted", "chain", "gains_high", "gains_low", "missing"],
    "documents": ["title", "author", "what_it_says", "missing", "perspective", "seen_as", "task", "quote"],
    "glossary": ["term", "definition"],
    "rubric": ["criterion", "exemplary", "secure", "developing", "beginning"],
    "sources": ["citation", "seen_as", "find_at"],
    "voices": ["who", "holds"],
}
OPEN, SHUT = "⟦", "⟧"
INSIDE = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
WORD = re.compile(r"[^\W\d_]{2,}")


def wrapped(text):
    return f"{OPEN}{text}{SHUT}" if isinstance(text, str) and WORD.search(text) else text


def speak():
    """Let the tables of messages speak the language of brackets."""
    load, table = data.load, sentences._table

    def loaded(name, **where):
        frame = load(name, **where)
        columns = [column for column in MESSAGES.get(name, []) if column in frame.columns]
        return frame.assign(**{column: frame[column].map(wrapped) for column in columns})

    data.load = loaded
    sentences._table = lambda path: {name: wrapped(text) for name, text in table(path).items()}


def shown(path):
    """Run a lesson's cells; return what was displayed, a mime bundle each."""
    shell, found = InteractiveShell.instance(), []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output() as captured:
                result = shell.run_cell(cell.source)
            result.raise_error()
            found += [output.data for output in captured.outputs]
    return found


def texts(bundle):
    """Yield what a reader sees of an output, piece by piece."""
    if CHART in bundle:
        yield from _drawn(bundle[CHART])
    else:
        text = bundle.get("text/html", bundle.get("text/markdown", ""))
        yield from re.split(r"<[^>]+>", text) if "text/html" in bundle else text.splitlines()


def _drawn(node, key=""):
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in ("template", "meta", "config", "uid"):
                yield from _drawn(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from _drawn(value, key)
    elif isinstance(node, str) and key in ("text", "ticktext", "label", "prefix", "hovertemplate", "hovertext", "name"):
        yield node


def fixed(pieces):
    """Return the words of some pieces that stand in no brackets."""
    whole = " \x00 ".join(html.unescape(re.sub(r"<[^>]+>|%\{[^}]*\}", " ", piece)) for piece in pieces)
    while INSIDE.search(whole):
        whole = INSIDE.sub(" \x00 ", whole)
    whole = re.sub(rf"{OPEN}[^\x00]*…", "\x00", whole)  # a text that was shortened
    parts = [" ".join(part.split()) for part in whole.split("\x00")]
    return [part for part in dict.fromkeys(parts) if WORD.search(part)]


def literals(path):
    """Return the texts that a Python file holds, without its docstrings; a text with braces in pieces."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def home(part, code):
    """Return (file, words) of the longest text of the helpers that a part holds, or None for what only a table or the lesson holds."""
    near = [words for words in code if words in part and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", part)]
    return (code[max(near, key=len)], max(near, key=len)) if near else None


def in_code():
    """Return {words: file} for the texts with words in the helpers that lessons reach."""
    paths = [path for path in (ROOT / "helpers").rglob("*.py") if "tools" not in path.parts]
    plain = {path: [" ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split()) for text in literals(path)] for path in paths}
    return {words: str(path.relative_to(ROOT)) for path, found in plain.items() for words in found if len(words) > 3 and WORD.search(words)}


def main(lesson="04"):
    code = in_code()
    cells = set()
    for table in data.table_names():
        frame = data.load(table)
        cells |= {str(value) for column in frame.select_dtypes(exclude="number") for value in frame[column]}
    path = next(path for path in lessons() if path.name.startswith(lesson))
    own = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    speak()
    parts = [part for bundle in shown(path) for part in fixed(texts(bundle))]
    bare = {part: re.sub(r"[\d.,–-]+|\([A-D]\)", "", part).strip() for part in parts}
    found = {part: home(part, code) for part, words in bare.items() if not {part, words, words.replace("- ", "")} & cells}
    rows = sorted({where for part, where in found.items() if where and part not in own})
    for file, words in rows:
        print(f"{file}: {words[:140]}")
    print(f"{len(rows)} texts of the helpers; by file: {dict(Counter(file for file, _ in rows).most_common())}")


if __name__ == "__main__":
    main(*sys.argv[1:])
