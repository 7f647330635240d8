"""Work the right answers out again: every key of `data/questions.csv` from the tables, or from the question's own numbers.

How a key is known stands in `data/question_keys.csv`. `key_from` is a note in the grammar of `prose`, with these words more:

`when(events("title").date)`                    a date as a decimal year
`holds(events("title").place, Seoul)`           1 when a cell is this, else 0
`months(row.date, row.date)`                    full months from one day to another
`order(a=..., b=...)`                           the letters from the smallest value to the largest
`largest(a=..., b=...)`, `smallest(...)`        the letter of one value
`positive(a=..., b=...)`                        the letters whose value is above nought
`says(D041, gold)`                              1 when the document's card holds the word, else 0
`pieces(cut_off, VB10)`                         pieces that contradict a verb once a piece is read as silent
`texts(contains_revisionist)`                   texts seen, copies counted once
`root(2.286, 5)`                                the fifth root
`survives(C11)`                                 1 when every choice leaves our verdict on a claim as it is, else 0
`points(50, 1)`                                 points of a verdict: how sure, 1 for the same word as ours, 0 for another
`line_end(title, score)`                        by how much the end of lesson 05's line falls when an event is scored anew
"""

import ast
import re
from collections.abc import Callable
from typing import Any

from helpers import data
from helpers.common import when
from helpers.desk import calibration, exercises
from helpers.models import evidence, historians, scores
from helpers.tools import prose

LETTERS = ("order", "largest", "smallest", "positive")
SIZES = {1, 10, 100, 1000, 1_000_000}  # constants that turn units into one another
SUM = re.compile(r"(?P<sum>[-(]*\d[\d,.]*(?: ?(?:\*\*|[-+*/x]) ?[(]*-?\d[\d,.]*[)]*)+) = (?P<result>-?\d[\d,]*(?:\.\d+)?)")


def faults() -> list[str]:
    """Return what is wrong with the keys of all questions, a sentence each; none when all is well."""
    rows = {row.question_id: row for row in data.load("questions").itertuples() if row.kind != "text"}
    known = {row.question_id: row for row in data.load("question_keys").itertuples()}
    found = [f"{key}: no row in question_keys says how its answer is known" for key in rows if key not in known]
    found += [f"{key}: question_keys has a row for a question that is not there or is open" for key in known if key not in rows]
    for key in rows:
        if key in known:
            found += _faults(rows[key], known[key])
    return found


def _faults(row, key) -> list[str]:
    found = [] if names_letters(row) else [f"{row.question_id}: the solution names other letters than the key {row.answer}"]
    if key.kind == "hand":
        return found + ([] if key.why and not key.key_from else [f"{row.question_id}: a key judged by hand needs its reason, and no note"])
    try:
        value = worked_out(key.key_from)
    except prose.NoteError as problem:
        return [f"{row.question_id}: the note '{key.key_from}' cannot be read ({problem})"]
    if key.kind == "prompt" and (strange := strangers(key.key_from, row.prompt)):
        found.append(f"{row.question_id}: {', '.join(strange)} of the note is not in the question")
    if row.kind == "number":
        written = row.answer.split(exercises.EITHER)[0]
        if not fits(value, written):
            found.append(f"{row.question_id}: the key is {written}, the note gives {value:.6g}")
        found += [f"{row.question_id}: {sentence}" for sentence in wrong_sums(row.solution)]
        if not any(fits(number, written) for number in numbers(row.solution)):
            found.append(f"{row.question_id}: the solution does not name the key {written}")
    elif value not in row.answer.split(exercises.EITHER):
        found.append(f"{row.question_id}: the key is {row.answer}, the note gives {value or 'no letter'}")
    return found


def worked_out(note: str) -> float | str:
    """Return the value of a note: a number, or letters ("b, a, c"). Raises NoteError when it cannot be read."""
    with prose.refusals():
        node = _parsed(note)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LETTERS:
            values = {keyword.arg: _number(keyword.value) for keyword in node.keywords if keyword.arg}
            if not values or node.args:
                raise prose.NoteError("each value needs its letter")
            return _letters(node.func.id, values)
        return _number(node)


def fits(value: float | str, written: str) -> bool:
    """Return True when a value, rounded as the key is written, is the key."""
    if isinstance(value, str):
        return False
    decimals = len(written.partition(".")[2])
    return abs(value - float(written)) <= 0.5 * 10**-decimals + 1e-9


def strangers(note: str, prompt: str) -> list[str]:
    """Return the constants of a note that the question does not print."""
    printed = set(numbers(prompt))
    constants = [node.value for node in ast.walk(_parsed(note)) if isinstance(node, ast.Constant)]
    return [str(one) for one in constants if not isinstance(one, str) and one not in printed and one not in SIZES]


def numbers(text: str) -> list[float]:
    """Return the numbers printed in a text; a number in words counts too."""
    found = [float(one.replace(",", "")) for one in re.findall(r"-?(?<![\w.])\d[\d,]*(?:\.\d+)?", text)]
    words = {**prose.WORDS, **prose.ONES}
    return found + [float(words[word]) for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text.lower()) if word in words]


def wrong_sums(text: str) -> list[str]:
    """Return the sums of a text, "16.9 / 0.15 = 112.7", that do not come out as printed; percent may be a hundred times as much."""
    found = []
    for match in SUM.finditer(text):
        sum_ = match["sum"].replace(",", "").replace("x", "*")
        sum_ += ")" * (sum_.count("(") - sum_.count(")"))
        try:
            with prose.refusals():
                value = _power(sum_) if "**" in sum_ else prose.evaluate(sum_)
        except prose.NoteError:
            continue
        result = match["result"].replace(",", "")
        if not any(prose.agrees(result, value * size) for size in (1, 100)):
            found.append(f"'{match.group()}' does not come out: {value:.6g}")
    return found


def names_letters(row) -> bool:
    """Return True unless a solution begins with letters other than the key."""
    if row.kind == "number":
        return True
    begins = re.match(r"([a-e](?:(?:, | and )[a-e])*)\b(?:[.:]|$| \()", row.solution)
    told = re.findall(r"[a-e]", begins[1].replace("and", "")) if begins else []
    keys = [answer.split(", ") for answer in row.answer.split(exercises.EITHER)]
    return not told or any(told == key[: len(told)] for key in keys)


def _power(text: str) -> float:
    """Return a power such as 2.286 ** (1 / 5) - 1, which the grammar of notes does not have."""
    base, _, rest = text.partition("**")
    root = re.match(r"\s*\(1 */ *(\d+)\)(.*)", rest)
    if not root:
        raise prose.NoteError("a power of another form")
    return float(base.strip(" (")) ** (1 / int(root[1])) + (float(root[2].replace(" ", "")) if root[2].strip() else 0)


def _parsed(note: str) -> ast.expr:
    with prose.refusals():
        return ast.parse(note.strip(), mode="eval").body


def _letters(name: str, values: dict[str, float]) -> str:
    ranked = sorted(values, key=lambda letter: values[letter])
    if name == "positive":
        return ", ".join(sorted(letter for letter, value in values.items() if value > 0))
    return ", ".join(ranked) if name == "order" else ranked[0 if name == "smallest" else -1]


def _number(node: ast.expr) -> float:
    """Return the value of an expression whose calls of this module are worked out first."""
    return prose.evaluate(ast.unparse(_Own().visit(ast.fix_missing_locations(node))))


class _Own(ast.NodeTransformer):
    """Replace the words of this module by their values."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "when":
            return ast.Constant(_when(node.args[0]))
        if name == "months":
            (year, month, day), (later, end, until) = (map(int, str(_cell_of(one)).split("-")) for one in node.args)
            return ast.Constant((later - year) * 12 + end - month - (until < day))
        if name == "root":
            return ast.Constant(_number(node.args[0]) ** (1 / _number(node.args[1])))
        if name == "holds":
            cell, wanted = _cell_of(node.args[0]), _argument(node.args[1])
            return ast.Constant(float(str(cell) == str(wanted) or (isinstance(wanted, int) and cell == wanted)))
        return ast.Constant(float(OWN[name](*map(_argument, node.args)))) if name in OWN else node


def _argument(node: ast.expr) -> object:
    return -prose._cell(node.operand) if isinstance(node, ast.UnaryOp) else prose._cell(node)


def _when(node: ast.expr) -> float:
    """Return the date in a column of one row as a decimal year."""
    return when(_cell_of(node))


def _cell_of(node: ast.expr) -> Any:
    """Return the cell of one row that a note names: table(cells).column."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name)):
        raise prose.NoteError("when and holds need a row and its column: when(events('title').date)")
    rows = prose._rows(node.value.func.id, [prose._cell(argument) for argument in node.value.args])
    if len(rows) != 1 or node.attr not in rows.columns:
        raise prose.NoteError(f"{len(rows)} rows fit instead of one")
    return rows[node.attr].iloc[0]


def _says(doc_id: str, words: str) -> bool:
    row = data.load("documents", doc_id=doc_id).iloc[0]
    return bool(re.search(rf"\b{re.escape(str(words))}", " ".join(map(str, row)), re.I))


def _pieces(verb: str, silent: str) -> int:
    return len(evidence.against(evidence.rescored(data.load("verbs_evidence"), {silent: {verb: "silent"}}), verb))


def _survives(claim_id: str) -> bool:
    choices = historians.survey()
    return bool(choices[choices["claim_id"] == claim_id]["survives"].all())


def _line_end(title: str, score: int) -> int:
    table = scores.scored("warmth", range(1953, 1970))
    period = scores.periods(table)
    before, after = (scores.running(rows["score"], period)[-1] for rows in (table, scores.rescored(table, {title: score})))
    return before - after


OWN: dict[str, Callable] = {
    "says": _says,
    "pieces": _pieces,
    "texts": lambda column: len(evidence.origins(data.load("insult_evidence"), column)),
    "survives": _survives,
    "points": lambda sure, right: calibration.points(sure, bool(right)),
    "line_end": _line_end,
}
