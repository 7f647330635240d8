"""Build lessons in a language that nobody speaks: every text of the tables of messages stands in ⟦ ⟧. What has none is fixed in code.

    .venv/bin/python tests/pseudo.py          all lessons: what a reader sees that no table and no cell of a lesson holds
    .venv/bin/python tests/pseudo.py 04 07

A translator works on the tables and on the notebooks; what this script prints would stay English. `fixed_words.csv` names what may,
each with its reason; `test_language.py` runs this script.
"""

import ast
import csv
import html
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers import sentences

OPEN, SHUT = "⟦", "⟧"
WORD = re.compile(r"[^\W\d_]{2,}")
ONE_BY_ONE = {"months", "months_short", "months_on_axes"}  # lists of words
NOT_SHOWN = {"language", "word_who"}  # what a browser reads, and a word that parts a sentence of the glossary


def wrapped(text):
    return f"{OPEN}{text}{SHUT}" if isinstance(text, str) and WORD.search(text) else text


def speak():
    """Let the table of sentences speak the language of brackets; nothing that asks for a sentence may be imported before."""
    told = sentences._table(sentences.TABLE)
    words = {name: " ".join(map(wrapped, text.split())) if name in ONE_BY_ONE else wrapped(text) for name, text in told.items()}
    foreign = defaultdict(told.default_factory, {name: told[name] if name in NOT_SHOWN else words[name] for name in told})
    sentences._table = lambda path: foreign


if __name__ == "__main__":
    speak()

import nbformat  # noqa: E402
from IPython.core.interactiveshell import InteractiveShell  # noqa: E402
from IPython.utils.capture import capture_output  # noqa: E402

from helpers import data  # noqa: E402
from helpers.common import CHART  # noqa: E402
from helpers.tools.build import lessons  # noqa: E402

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
    "decisions": ["title", "situation", "question", "happened", "silent"],
    "decision_options": ["advice", "assumes"],
    "glossary": ["term", "definition"],
    "insult_evidence": ["what_it_says"],
    "verbs_evidence": ["what_it_says"],
    "rubric": ["criterion", "exemplary", "secure", "developing", "beginning"],
    "sources": ["citation", "seen_as", "find_at"],
    "voices": ["who", "holds"],
}
INSIDE = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
SIGNS = " .,;:·()“”→–✓◐≈✗⇄?*"
EDGES = SIGNS + "-−+×÷=%!0123456789{}[]\"'▸●○■◆◇✕"
EXPLAINED = Path(__file__).with_name("fixed_words.csv")


def speak_of_data():
    """Let the tables of messages speak the language of brackets too."""
    load = data.load

    def loaded(name, **where):
        frame = load(name, **where)
        columns = [column for column in MESSAGES.get(name, []) if column in frame.columns]
        return frame.assign(**{column: frame[column].map(wrapped) for column in columns})

    data.load = loaded


def shown(path):
    """Run a lesson's cells; return what was displayed, a mime bundle each."""
    shell, found = InteractiveShell.instance(), []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output() as captured:
                result = shell.run_cell(cell.source)
            result.raise_error()
            found += [output.data for output in captured.outputs]
            found += [{"text/markdown": re.sub(r"Out\[\d+\]:", "", captured.stdout)}] if captured.stdout else []
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
    elif isinstance(node, str) and key in ("text", "ticktext", "label", "prefix", "hovertemplate", "hovertext", "customdata"):
        yield node


def fixed(pieces):
    """Return the words of some pieces that stand in no brackets; a bracket that a line break or an ellipsis cut off counts to its end."""
    whole = " \x00 ".join(html.unescape(re.sub(r"<[^>]+>|%\{[^}]*\}", " ", piece)) for piece in pieces)
    while INSIDE.search(whole):
        whole = INSIDE.sub(" \x00 ", whole)
    whole = re.sub(rf"{OPEN}[^\x00]*|[^\x00]*{SHUT}", "\x00", whole)
    parts = [" ".join(part.split()) for part in whole.split("\x00")]
    return [part for part in dict.fromkeys(parts) if WORD.search(part)]


def known():
    """Return what the tables say: their cells and the names of their columns."""
    cells = set()
    for table in data.table_names():
        frame = data.load(table)
        cells |= {column.replace("_", " ") for column in frame.columns}
        cells |= {str(value) for column in frame.select_dtypes(exclude="number") for value in frame[column]}
    return {" ".join(cell.split()).strip(SIGNS) for cell in cells if WORD.search(cell)}


def explained():
    """Return {words that may stay: why}."""
    with open(EXPLAINED, encoding="utf-8", newline="") as file:
        return {row["words"]: row["why"] for row in csv.DictReader(file)}


def of_lesson(notebook):
    """Return the phrases that a lesson's own code says: its texts, and the pieces of those with braces."""
    said = [node.value for cell in notebook.cells if cell.cell_type == "code" for node in ast.walk(ast.parse(cell.source)) if _says(node)]
    return {" ".join(re.sub(r"<[^>]+>", " ", text).split()).strip(signs) for text in said for signs in (SIGNS, EDGES)}


def _says(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and WORD.search(node.value)


def without(part, cells, own):
    """Return a part without the cells and the lesson's own phrases that stand in it whole, the longest first.

    A mere word in small letters that is a cell must be all of the part or stand between two signs; ids and the lesson's words need not.
    """
    return " ".join(filter(None, (_rest(piece, cells, own) for piece in part.split(" · "))))


def _rest(piece, cells, own):
    if piece.strip(EDGES) in cells | own:
        return ""
    words = [found.span() for found in re.finditer(r"\S+", piece)]
    place, left = 0, []
    while place < len(words):
        for end in range(len(words), place, -1):
            said = piece[words[place][0] : words[end - 1][1]].strip(SIGNS)
            known_cell = said in cells or said.isupper() and said.title() in cells
            if said in own or said.lower() in own or known_cell and (not said.islower() or re.search(r"[\s\d_]", said)):
                place = end
                break
        else:
            left.append(piece[slice(*words[place])])
            place += 1
    return " ".join(left)


def main(*names):
    cells, may_stay, statements = known(), explained(), data.load("statements")["statement"].tolist()
    speak_of_data()
    left, used = 0, set()
    for path in lessons():
        if names and not path.name.startswith(names):
            continue
        own = of_lesson(nbformat.read(path, as_version=4))
        for part in fixed(text for bundle in shown(path) for text in texts(bundle)):
            if any(part in row for row in statements) or not WORD.search(without(part, cells, own)):
                continue
            if WORD.search(rest := without(part, cells, own | may_stay.keys())):
                print(f"{path.name[:2]}: {rest[:90]}   <- {part[:90]}")
                left += 1
            used |= {words for words in may_stay if words in part.lower() or words in part}
    print(f"{left} texts would stay English.")
    idle = sorted(set(may_stay) - used) if not names else []
    print(*(f"Nothing says '{words}' any more: its row in {EXPLAINED.name} is idle." for words in idle), sep="\n")
    return left + len(idle)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) > 0)
