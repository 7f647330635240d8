r"""A slip of the fingers in an answer reaches the reader as one sentence, and the lesson goes on.

`check("04-3", d)` is a NameError and `verdict("C10", partly, 80%)` a SyntaxError before any of our functions is called. So
what stands in the brackets of an answer, and only that, is put in quotes before Python sees the cell, when Python could not
read it; `reading` then says what it makes of it. Nothing else in a cell is touched: a reader's own code keeps Python's own errors.

IPython offers the place for this (`input_transformers_post`), in every kernel that runs lessons: JupyterLab, VS Code,
nbconvert, nbval and the browser edition. `mend` is the pure part: source text in, source text out.
"""

import ast
import builtins
import re
from collections.abc import Callable, Collection
from numbers import Real

from IPython import get_ipython

# How the brackets of each function are filled: a name for each argument, the last one before "unit", "sure" or "words" takes the rest.
CALLS = {
    "check": ("key", "rest"),
    "guess": ("key", "rest", "unit"),
    "verdict": ("key", "word", "rest"),
    "prior": ("key", "word", "rest"),
    "write": ("key", "rest", "words"),
    "choose": ("key", "rest"),
    "hint": ("key", "rest"),
    "solution": ("key",),
    "recall": ("key",),
    "rewrite": ("rest",),
    "hello": ("rest",),
    "next_pupil": ("rest",),
    "take_back": ("rest",),
}
QUOTES = "\"'“”„‟«»‘’‚`"
START = re.compile(rf"(?P<call>(?:[A-Za-z_]\w*\.)?(?P<name>[A-Za-z_]\w*))[ \t]*(?=[({QUOTES}])")
ANSWERS = (str, Real, list, tuple, set, frozenset, dict, type(...), type(None))  # what a name in the brackets may stand for
DOTS = re.compile(r"\s*(?:\.{3}|…)\s*")
LOOSE = re.compile(r"\d{1,3}\.\d{3}|~ ?\d.*")  # Python forgets that 1.820 has three places (1820?), and ~32 is -33 to it
RANGE = re.compile(r"\d+(?:\.\d+)? ?- ?\d+(?:\.\d+)?")  # Python would take the guess 10-20 for a sum


def register() -> None:
    """Mend answers in this kernel from the next cell on; without a kernel nothing happens."""
    shell = get_ipython()
    if shell is None or any(getattr(one, "__name__", "") == "mend_answers" for one in shell.input_transformers_post):
        return

    def mend_answers(lines: list[str]) -> list[str]:
        try:
            mended = mend("".join(lines), shell.user_ns, ours=lambda call: _is_ours(call, shell.user_ns))
            return re.findall(r"[^\n]*\n|[^\n]+", mended)
        except Exception:  # whatever was typed, the cell itself must reach Python
            return lines

    shell.input_transformers_post.append(mend_answers)


def mend(source: str, known: Collection[str] = (), ours: Callable[[str], bool] = lambda call: True) -> str:
    """Return a cell's source with the answers in it made readable.

    Parameters
    ----------
    known : collection of str
        The names that Python knows at this point; a dictionary also tells what they stand for.
    ours : callable
        Tells whether a call ("check", "portfolio.rewrite") is one of our functions here.
    """
    if not (tree := _parsed(source)):
        return "".join(_mended_part(part, known, ours) for part in _parts(source, ours))
    return _quoted(source, tree, _with(known, _made_in(tree)), ours)


def _quoted(source: str, tree: ast.Module, known: Collection[str], ours: Callable[[str], bool]) -> str:
    """Return source that Python can read, with those answers quoted that it could not work out."""
    text, starts = source.encode(), _line_starts(source)
    for node in reversed(tree.body):
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
            continue
        call = node.value
        name = _ours(ast.unparse(call.func), known, ours)
        if not name or (name == ast.unparse(call.func) and not _needs(call, name, known, text, starts)):
            continue
        (begin, end), (_, opened) = _span(call, starts), _span(call.func, starts)
        inside = text[opened:end].decode().strip()[1:-1]
        text = text[:begin] + _rewritten(name, inside, known).encode() + text[end:]
    return text.decode()


def _needs(call: ast.Call, name: str, known: Collection[str], text: bytes, starts: list[int]) -> bool:
    """Return True when Python would stop at a call's arguments, or would not see them as they were typed."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    unknown = any(not _is_known(value, known) for value in given)
    most = {"guess": 3, "verdict": 3, "prior": 3, "write": 3}.get(name.rpartition(".")[2], 2)
    return unknown or len(call.args) > most or any(_is_loose(_source_of(value, text, starts), name) for value in given)


def _is_known(value: ast.expr, known: Collection[str]) -> bool:
    """Return True when Python knows all names in an argument; a name alone must stand for an answer, not for a table or a tool."""
    if isinstance(value, ast.Name) and isinstance(known, dict):
        return value.id in known and isinstance(known[value.id], ANSWERS)
    return all(part.id in known for part in ast.walk(value) if isinstance(part, ast.Name))


def _is_loose(typed: str, name: str) -> bool:
    """Return True for what Python can read, but not as it was meant."""
    return bool(LOOSE.fullmatch(typed) or (name.rpartition(".")[2] == "guess" and RANGE.fullmatch(typed)))


def _mended_part(part: str, known: Collection[str], ours: Callable[[str], bool]) -> str:
    """Return a part of a cell that cannot be read as a whole; only a part that begins with one of our calls is changed."""
    if tree := _parsed(part):
        return _quoted(part, tree, _with(known, _made_in(tree)), ours)
    begins = START.match(part)
    if not begins or not (name := _ours(begins["call"], known, ours)):
        return part
    one_line = "key" in CALLS[name.rpartition(".")[2]] and "words" not in CALLS[name.rpartition(".")[2]]
    otherwise = len(part.partition("\n")[0]) if one_line else len(part.rstrip())
    end = next((place for place in _ends(part) if _parsed(part[place:])), otherwise)
    inside = re.sub(r"\)[ \t]*#[^\n]*$", ")", part[begins.end() : end]).strip()
    inside = inside.removeprefix("(")
    inside = inside[: inside.rfind(")")] if inside.rstrip().endswith(")") else inside
    mended = _rewritten(name, inside, _with(known, ()))
    return mended + "\n" * part[:end].count("\n") + part[end:] if _parsed(mended) else part


def _rewritten(name: str, inside: str, known: Collection[str]) -> str:
    """Return a call with each of its arguments as Python can read it."""
    shape, rest, given = CALLS[name.rpartition(".")[2]], inside.strip(), []
    if "key" in shape:
        key, rest = _key(rest)
        given.append(key)
    if "word" in shape:
        word, _, rest = rest.partition(",")
        given.append(word)
    last = []
    if "unit" in shape and (found := re.search(rf",\s*(?:unit\s*=\s*)?([{QUOTES}][^{QUOTES}]*[{QUOTES}])\s*$", rest)):
        rest, last = rest[: found.start()], [found[1]]
    if "words" in shape and (found := re.search(r",\s*(?:words\s*=\s*)?(\d+)\s*$", rest)):
        rest, last = rest[: found.start()], [found[1]]
    parts = [*given, *([rest] if "rest" in shape and rest.strip() else []), *last]
    return f"{name}({', '.join(_argument(part, known, name) for part in parts)})"


def _key(inside: str) -> tuple[str, str]:
    """Return the first argument, quoted or not, and the rest."""
    quoted = re.match(rf"\s*(?:key\s*=\s*)?[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]\s*[,;]?", inside)
    if quoted:
        return repr(quoted[1]), inside[quoted.end() :]
    key, _, rest = inside.partition(",")
    return key, rest


def _argument(typed: str, known: Collection[str], name: str) -> str:
    """Return an argument as Python can read it: as it is when Python knows all in it, else as text."""
    typed = typed.strip().strip(",").strip()
    if DOTS.fullmatch(typed) or not typed:
        return "..."
    try:
        whole = ast.parse(f"f({typed})", mode="eval").body
        if isinstance(whole, ast.Call) and len(whole.args) == 1 and _is_known(whole.args[0], known) and not _is_loose(typed, name):
            return typed
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return repr(_unquoted(typed))


def _unquoted(typed: str) -> str:
    """Return text without the quotation marks around it, however many there are."""
    text = re.sub(rf"^[rRuUfFbB]{{1,2}}(?=[{QUOTES}])", "", typed)
    for marks in ('"""', "'''"):
        if text.startswith(marks):
            return text.removeprefix(marks).removesuffix(marks)
    opened = text[:1] in QUOTES and text[:1] != ""
    inner = text[1:] if opened else text
    return inner[:-1] if opened and inner[-1:] in QUOTES and inner else inner


def _parts(source: str, ours: Callable[[str], bool]) -> list[str]:
    """Return a cell's source cut before each line that begins with one of our calls."""
    parts = [""]
    for line in source.splitlines(keepends=True):
        begins = START.match(line)
        if begins and _ours(begins["call"], (), ours):
            parts.append("")
        parts[-1] += line
    return [part for part in parts if part]


def _ends(part: str) -> list[int]:
    """Return the places where a call may end: after each line that closes a bracket."""
    return [match.end() for match in re.finditer(r"\)[ \t]*(?:#[^\n]*)?(?=\n|$)", part)]


def _ours(call: str, known: Collection[str], ours: Callable[[str], bool]) -> str:
    """Return a call's name as we write it when it is one of our functions, also with a capital; else ""."""
    place, _, name = call.rpartition(".")
    written = call if name in CALLS else f"{place}.{name.lower()}".lstrip(".") if call not in known else ""
    return written if written.rpartition(".")[2] in CALLS and ours(written) else ""


def _is_ours(call: str, namespace: dict) -> bool:
    """Return True when a name in a kernel's namespace is the function of this room, and not a reader's own."""
    place, _, name = call.rpartition(".")
    found = getattr(namespace.get(place), name, None) if place else namespace.get(name)
    return str(getattr(found, "__module__", "")).startswith("helpers.desk.")


def _with(known: Collection[str], made: Collection[str]) -> Collection[str]:
    """Return the known names with Python's own and those that the cell itself makes."""
    if isinstance(known, dict):
        return {**vars(builtins), **known, **dict.fromkeys(made, 0)}
    return {*known, *dir(builtins), *made}


def _made_in(tree: ast.Module) -> set[str]:
    """Return the names that a cell itself makes."""
    made = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, ast.alias):
            made.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            made.add(node.arg)
    return made


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _line_starts(source: str) -> list[int]:
    """Return where each line begins, in bytes of UTF-8, as Python's parser counts columns."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _source_of(node: ast.expr, text: bytes, starts: list[int]) -> str:
    begin, end = _span(node, starts)
    return text[begin:end].decode()


def _span(node: ast.expr, starts: list[int]) -> tuple[int, int]:
    """Return where a piece of source begins and ends, in bytes."""
    return starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
