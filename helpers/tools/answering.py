"""The pages that answer: forms in the place of the cells that ask, and what the script needs to judge an answer.

How an answer is read and judged stands in `site_assets/reading.js`, which follows `desk/reading.py` and `desk/exercises.py`;
`site_assets/answers.js` shows and keeps it. Sentences are the notebook's own (`data/sentences.csv`), save for those in
`page_words.json`, which are said of a page. The key lies encoded, an entry for each question and claim, opened after an
attempt: whoever digs finds it.
"""

import ast
import base64
import csv
import html
import json
import re
from collections.abc import Callable
from pathlib import Path

from helpers import data
from helpers.common import ROOT, VERDICTS, escape
from helpers.desk import advice, answers, claims, exercises, marked, portfolio
from helpers.desk.screen import folded
from helpers.models import decisions

WORDS = json.loads((Path(__file__).parent / "page_words.json").read_text(encoding="utf-8"))
PARTS = ("reading", "exercises", "guesses", "verdicts", "texts", "file")
IN_FORMS = ("check", "guess", "prior", "verdict", "write", "rewrite", "choose", "recall", "export", "hello", "page")
OF_TEACHERS = ("ledger", "reworded")  # they show ours
EMPTY = re.compile(
    r"\*?\*?(?:Not answered yet|No guess yet|C\d\d\*\* .*No verdict yet|Nothing written yet|Your page is not written|No advice yet"
    r"|You made no guess)"
)
CLAIM = re.compile(r"\bC\d\d\b")
NEEDS_A_BOX = re.compile(r"\b[Ii]n the box\b|\b[Rr]un the (?:box|cell)\b")
ASKS = (*IN_FORMS, *OF_TEACHERS, "overview")


def sentences() -> dict[str, str]:
    """Return {id: sentence} of what a page says."""
    with open(ROOT / "data" / "sentences.csv", encoding="utf-8-sig", newline="") as file:
        told = {row["sentence_id"]: row["text"] for row in csv.DictReader(file) if row["part"] in PARTS}
    return told | WORDS


def script(keys, claim_ids) -> str:
    """Return the script with what the pages say and, encoded, the key.

    Parameters
    ----------
    keys : iterable of str
        The questions that the pages ask.
    claim_ids : iterable of str
        The claims on which they ask for a verdict.
    """
    ids = sorted({*data.load("sources")["source_id"], *data.load("documents")["doc_id"]})
    about = {
        "course": answers.COURSE,
        "edition": answers.EDITION,
        "data": data.version(),
        "kinds": answers.KINDS,
        "verdicts": VERDICTS,
        "sentences": sentences(),
        "ids": ids,
        "guesses": {row.guess_id: guess(row) for row in data.load("guesses").itertuples()},
    }
    key = {name: encoded(name, question(exercises.find(name))) for name in sorted(set(keys))}
    rows = data.load("claims").set_index("claim_id")
    key |= {name: encoded(name, {"html": claims.grounds(rows.loc[name])}) for name in sorted(set(claim_ids))}
    for row in data.load("decisions").itertuples():
        told = {one.option: advice.after(row, one) for one in decisions.options(row.decision_id).itertuples()}
        key[row.decision_id] = encoded(row.decision_id, {"told": told})
    return f"window.courseAbout = {_json(about)};\nwindow.courseKey = {_json(key)};\n"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def encoded(name: str, entry: dict) -> str:
    """Return an entry of the key so that it cannot be read in passing; `answers.js` undoes it."""
    mask = f"{name} {answers.COURSE}".encode()
    plain = _json(entry).encode("utf-8")
    return base64.b64encode(bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(plain))).decode("ascii")


def guess(row) -> dict:
    """Return what a page needs to read a guess."""
    numbers = row.low == row.low  # not NaN
    return {"asks": row.asks, "unit": row.unit, "low": float(row.low) if numbers else None, "high": float(row.high) if numbers else None}


def question(row) -> dict:
    """Return a question as `reading.js` judges it: keys and mistakes in the form of a read answer, sentences as the notebook shows them."""
    numbers = row.kind == "number"
    right = [] if row.kind == "text" else [exercises.canonical(one, row) for one in row.answer.split(exercises.EITHER)]
    return {
        "key": row.question_id,
        "kind": row.kind,
        "unit": row.unit,
        "options": exercises.options(row) if row.kind not in ("number", "text") else {},
        "right": right,
        "tolerance": float(row.tolerance) if numbers else 0,
        "feedback_right": escape(row.feedback_right),
        "feedback_wrong": escape(row.feedback_wrong),
        "feedback_unanswered": row.feedback_unanswered,
        "mistakes": [{**mistake(condition, row), "says": escape(says)} for condition, says in exercises.mistakes(row)],
        "hints": [escape(one) for one in (row.hint_1, row.hint_2) if one],
        "solution": escape(row.solution),
    }


def mistake(condition: str, row) -> dict:
    """Return the condition of a mistake as the script tests it; "open" marks those that are tried last."""
    if row.kind != "number":
        return {"open": condition[0] in "<>", "given": exercises.canonical(condition, row)}
    words = condition.replace(",", "").split()
    if words[0] in ("<", ">"):
        return {"open": True, {"<": "below", ">": "above"}[words[0]]: float(words[1])}
    if len(words) == 3 and words[1] == "to":
        return {"open": False, "from": float(words[0]), "to": float(words[2])}
    return {"open": False, "near": float(words[0])}


# ---- forms


def asked(source: str) -> list[tuple[str, list]]:
    """Return the calls of a cell that a page answers in its own way: [(name, arguments)]; what is no constant is None."""
    calls = [node.value for node in _body(source) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    return [
        (_name(call), [one.value if isinstance(one, ast.Constant) else None for one in call.args]) for call in calls if _name(call) in ASKS
    ]


def wanted(asks: dict[str, list]) -> tuple[set[str], set[str]]:
    """Return the questions and the claims that lessons ask for: ({"04-1", ...}, {"C10", ...})."""
    calls = [(name, str(given[0])) for lesson in asks.values() for name, given in lesson if given and given[0]]
    return {key for name, key in calls if name == "check"}, {key for name, key in calls if name == "verdict"}


def shown(cell, for_students: bool = False) -> list[tuple[str, object]]:
    """Return what a page shows below a cell, in order: ("form", HTML) where it asks, ("output", the notebook's own) else.

    Pupils see our verdict below their own, and nothing else that answers for them.
    """
    calls = [node.value for node in _body(cell.source) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    gone = IN_FORMS + (OF_TEACHERS if for_students else ())
    if len(calls) == len(cell.outputs):
        parts = []
        for call, output in zip(calls, cell.outputs, strict=True):
            parts += [("form", _asking(call, for_students))] if _name(call) in IN_FORMS else []
            parts += [("output", output)] if _name(call) not in gone else []
    else:
        asking = any(_name(call) in ASKS for call in calls)
        kept = [one for one in cell.outputs if not asking or not (_is_empty(one) or (for_students and _is_ours(one)))]
        parts = [("output", one) for one in kept] + [("form", _asking(call, for_students)) for call in calls if _name(call) in IN_FORMS]
    return [part for part in parts if part[1]]


def without_ours(cell) -> list:
    """Return the outputs that a pupil may see before judging: a cell tagged "ours" keeps what names no claim, such as counts."""
    ours = "ours" in cell.metadata.get("tags", [])
    return [one for one in cell.outputs if not (ours and CLAIM.search(_json(one.get("data", {}))))]


def _asking(call: ast.Call, for_students: bool) -> str:
    """Return the form for one call, as HTML."""
    given = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
    if _name(call) == "page":
        return _marked({one.arg for one in call.keywords}, for_students)
    made = FORMS[_name(call)](*given)
    if for_students and made and _name(call) == "verdict":
        made += f'<div class="ours" data-claim="{html.escape(str(given[0]))}"></div>'
    return made


def _marked(wishes: set, for_students: bool) -> str:
    """Return the textbook page, marked; where the notebook shows the reader's verdicts, the script names those of this browser."""
    if not wishes:
        return marked.block({}, note="Thirty claims, each under its number.")
    own = marked.block({}, note='<span class="judged" role="status"></span>')
    if "ours" in wishes and not for_students:
        own += folded("Our verdicts on all thirty claims: open them after your own", marked.block(marked.of_course()))
    return own


def _is_empty(output) -> bool:
    return bool(EMPTY.match(output.get("data", {}).get("text/plain", "")))


def _is_ours(output) -> bool:
    return "our verdict on" in output.get("data", {}).get("text/html", "").lower()


def _body(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def only_asks(source: str) -> bool:
    """Return True for a cell in which nothing else is done than asking."""
    body = [node for node in _body(source) if not isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign))]
    return bool(body) and all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) for node in body) and bool(asked(source))


def _form(kind: str, key: str, label: str, fields: str, button: str, **more: object) -> str:
    """Return a form: its fields, a button, and the place where the answer appears."""
    extra = "".join(f' data-{name}="{html.escape(str(value))}"' for name, value in more.items() if value not in (None, ""))
    return (
        f'<form class="ask" data-ask="{kind}" data-key="{html.escape(key)}"{extra}><fieldset><legend>{label}</legend>{fields}'
        f'<button type="submit">{button}</button></fieldset><div class="said" role="status"></div></form>'
    )


def _field(label: str, wide: bool = False, name: str = "typed") -> str:
    return (
        f'<label><span>{label}</span> <input name="{name}" type="text" autocomplete="off" spellcheck="false"'
        f"{' class=wide' if wide else ''}></label> "
    )


def _check(key: str = "", *_: object) -> str:
    row = exercises.find(key)
    if row is None:
        return ""
    name = html.escape(row.question_id)
    if row.kind in ("choice", "set"):
        kind = "radio" if row.kind == "choice" else "checkbox"
        fields = "".join(
            f'<label class="letter"><input type="{kind}" name="typed" value="{letter}"> {letter}'
            f'<span class="unseen">: {escape(words)}</span></label> '
            for letter, words in exercises.options(row).items()
        )
    elif row.kind == "text":
        fields = f'<label><span class="unseen">Your sentences for {name}</span><textarea name="typed" rows="4"></textarea></label> '
    else:
        asks = "Letters, in order" if row.kind == "order" else f"A number{f' ({escape(row.unit)})' if row.unit else ''}"
        fields = _field(asks)
    hints = "".join(
        f"<details><summary>Hint{f' {place}' if row.hint_2 else ''} to {name}</summary><p>{escape(one)}</p></details>"
        for place, one in enumerate((row.hint_1, row.hint_2), 1)
        if one
    )
    told = " ".join([row.hint_1, row.hint_2, row.feedback_wrong, row.mistakes])
    if NEEDS_A_BOX.search(told):
        fields = f'<p class="elsewhere">{WORDS["box_needed"]}</p>{fields}'
    return _form("check", row.question_id, f"Your answer to {name}", fields, "Check") + hints


def _guess(key: str = "", _: object = None, unit: str = "", *__: object) -> str:
    rows = data.load("guesses")
    row = next(rows[rows["guess_id"] == key].itertuples(), None)
    unit = unit or (row.unit if row else "")
    choices = [part.strip() for part in (row.choices.split("|") if row else []) if part.strip()]
    words = row is not None and row.asks == "words"
    if choices:
        options = "".join(f"<option>{escape(one)}</option>" for one in choices)
        fields = (
            f'<label><span class="unseen">Your guess</span><select name="typed"><option value="">choose</option>{options}</select></label> '
        )
    else:
        fields = _field("Your guess", wide=words)
    return _form("guess", str(key), "Guess first", f"{fields}<span>{escape(unit)}</span> ", "Keep my guess", unit=unit)


def _verdict(kind: str, claim_id: str = "", *_: object) -> str:
    rows = data.load("claims").set_index("claim_id")
    if claim_id not in rows.index:
        return ""
    words = "".join(f"<option>{word}</option>" for word in VERDICTS)
    fields = (
        f"<p>{escape(rows['claim'][claim_id])}</p>"
        f'<label><span>Verdict</span> <select name="typed"><option value="">choose</option>{words}</select></label> '
        + _field("How sure, 0 to 100", name="sure")
    )
    label = f"{claim_id}: your {'first verdict' if kind == 'prior' else 'verdict'}"
    return _form(kind, claim_id, label, fields, "Keep my verdict")


def _write(key: str = "", *given: object) -> str:
    words = next((one for one in given if isinstance(one, int) and not isinstance(one, bool)), None)
    asks = f"Write about {words} words" if words else "Write your text"
    fields = '<label><span class="unseen">Your text</span><textarea name="typed" rows="8"></textarea></label><p class="counted"></p>'
    return _form("write", str(key), f"{asks} ({html.escape(str(key))})", fields, "Keep my text", words=words)


def _rewrite(*_: object) -> str:
    asks = f"Write your page: {portfolio.WORDS} words, {portfolio.IDS} source ids or more"
    fields = '<label><span class="unseen">Your page</span><textarea name="typed" rows="14"></textarea></label><p class="counted"></p>'
    return _form("write", portfolio.PAGE, asks, fields, "Keep my page", words=portfolio.WORDS)


def _choose(key: str = "", *_: object) -> str:
    if decisions.find(key) is None:
        return ""
    fields = "".join(
        f'<label class="letter"><input type="radio" name="typed" value="{one.option}"> {one.option}'
        f'<span class="unseen">: {escape(one.advice)}</span></label> '
        for one in decisions.options(key).itertuples()
    )
    return _form("choose", key, f"Your advice of {html.escape(key)}", fields, "Keep my advice")


def _recall(key: str = "", *_: object) -> str:
    return f'<div class="recall" data-key="{html.escape(str(key))}" role="status"></div>'


def _nothing(*_: object) -> str:
    return ""


FORMS: dict[str, Callable[..., str]] = {
    "check": _check,
    "guess": _guess,
    "prior": lambda *given: _verdict("prior", *given),
    "verdict": lambda *given: _verdict("verdict", *given),
    "write": _write,
    "rewrite": _rewrite,
    "choose": _choose,
    "recall": _recall,
    "hello": _nothing,
    "export": lambda *_: (
        '<p class="take">Your work is in this browser: <b>Save my work</b>, at the foot of the page, makes one file of it.</p>'
    ),
}
