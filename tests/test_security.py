"""Text from tables and students stays text: it is never run, and never becomes a part of a page; the server keeps its token.

Also done by hand on 24 November 2026, in place of `pip-audit`, whose service could not be asked: each of the 140 pins of
requirements.txt and of the extras was compared with the releases on PyPI. None was withdrawn, and all were the newest
(so that every published repair is in) but these:
- jsonschema 4.24.1 (4.26.0): slow since 4.25, see pyproject.toml; it only reads our own schema and notebooks;
- numpy 2.4.6 and soupsieve 2.10 on the oldest Pythons, argon2-cffi-bindings 25.1.0 on Macs with Intel processors: the last
  releases for them; the course hands them nothing from strangers;
- sphinx, docutils, pydata-sphinx-theme: what the pages are built with; they read our own files and are not served.
jupyter-server 2.21.1 is above 2.20.0 and 2.21.0, which closed this year's critical hole in its page converter and its leak
of addresses into logs. A hole without a repair would not have been found this way.
"""

import ast
import re
import string
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pandas as pd
import psutil
import pytest
from IPython.display import HTML

from helpers import data, environment, figures, theme
from helpers.desk import (
    advice,
    answers,
    cards,
    claims,
    exercises,
    looks,
    marked,
    people,
    pieces,
    portfolio,
    screen,
    sources,
    start,
    tables,
    verdicts,
    voices,
)
from helpers.figures import words
from helpers.tools import prose

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "helpers").rglob("*.py"))
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "input"}
RUNS_TEXT_AS_METHOD = {"eval", "query", "system", "popen", "unsafe_load", "full_load", "literal_eval", "import_module"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml"}
SCRIPT = "<script>alert(1)</script>"


def runs_text(source):
    """Return what in some code may run or unpack text, with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            found += [f"line {node.lineno}: {name}" for name in names if name.split(".")[0] in UNSAFE_MODULES]
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in RUNS_TEXT:
            found.append(f"line {node.lineno}: {called.id}")
        if isinstance(called, ast.Attribute) and called.attr in RUNS_TEXT_AS_METHOD:
            found.append(f"line {node.lineno}: .{called.attr}")
        found += [
            f"line {node.lineno}: {word.arg}"
            for word in node.keywords
            if word.arg in ("shell", "allow_pickle") and not (isinstance(word.value, ast.Constant) and word.value.value is False)
        ]
    return found


def test_no_helper_runs_text():
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in MODULES}
    assert len(texts) > 50 and {name: found for name, text in texts.items() if (found := runs_text(text))} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "eval(answer)",
        "exec(cell)",
        "import pickle",
        "from yaml import load",
        "frame.query(text)",
        "pd.eval(text)",
        "subprocess.run(text, shell=True)",
        "os.system(text)",
        "np.load(file, allow_pickle=True)",
    ],
)
def test_planted_running_of_text_is_caught(planted):
    assert runs_text(planted)


@pytest.mark.parametrize(
    "note",
    [
        "__import__('os').system('true')",
        "().__class__.__bases__",
        "open('/etc/passwd')",
        "(lambda: 1)()",
        "[x for x in (1, 2)]",
        "9 ** 9 ** 9",
        "vital_rates(China).__class__",
        "rows.__globals__",
        "f'{1}'",
        "x := 1",
    ],
)
def test_a_note_in_the_prose_has_a_closed_vocabulary(note):
    with pytest.raises(prose.NoteError):
        prose.evaluate(note)


def test_captions_name_numbers_and_nothing_else():
    """A placeholder such as {x.__class__} would reach into an object."""

    def fields(text):
        return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]

    assert fields("{low:.0f} {x.__class__} {y[0]}") == ["low", "x.__class__", "y[0]"]
    rows = data.load("captions")
    assert [
        name
        for column in ("title", "subtitle", "sources", "says")
        for text in rows[column]
        for name in fields(text)
        if not name.isidentifier()
    ] == []


@pytest.fixture
def hostile(monkeypatch, answers_file):
    """Make every table's words end in a script; keys, ids and dates stay, so that rows are found."""
    real = data.load

    def load(name, **where):
        frame = real(name, **where)
        for column in frame.columns:
            kept = (
                column in data.describe(name)["schema"]["primaryKey"]
                or column.endswith(("_id", "_ids", "date"))
                or column in ("answer", "mistakes", "phrase")
                or (name == "questions" and column == "kind")
            )
            if not kept and frame[column].map(lambda cell: isinstance(cell, str)).all():
                frame[column] = frame[column].astype(object).map(lambda cell: cell + SCRIPT if cell else cell)
        return frame

    monkeypatch.setattr(data, "load", load)


SWEPT = (screen, words)


def test_every_module_that_shows_something_is_swept():
    """A new module that displays text needs its functions in `DISPLAYS` below; `theme` shows plotly's own data only."""
    showing = {path for path in MODULES if re.search(r"from IPython\.display import .*\bdisplay\b", path.read_text(encoding="utf-8"))}
    assert showing - {Path(module.__file__) for module in (*SWEPT, theme)} == set()


def shown(function, *arguments):
    """Return every text that a function displays."""
    texts = []

    def collect(*things, **_):
        for thing in things:
            texts.extend(map(str, thing.values()) if isinstance(thing, dict) else [thing.data])

    with pytest.MonkeyPatch.context() as patched:
        for module in SWEPT:
            patched.setattr(module, "display", collect)
        function(*arguments)
    return "\n".join(texts)


def show_figure_words():
    table = pd.DataFrame({"place": [f"Anhui{SCRIPT}"], f"value{SCRIPT}": [1.0], "remark": [SCRIPT]})
    figure = figures.frame(
        figures.bars(pd.DataFrame({"year": [1960], "value": [1.0]}), colour=theme.INK, y_range=(0, 2)), "Title", "Subtitle", "Source"
    )
    words.display(HTML(figures.Exhibit(figure, f"One two three four five six {SCRIPT}", table, unit=SCRIPT).words()))


DISPLAYS = {
    "page": (marked.page,),
    "page with our verdicts": (lambda: marked.page(ours=True),),
    "poster": (lambda: screen.show_html(marked.poster()),),
    "verdict words": (looks.verdict_words,),
    "who is who": (people.who_is_who,),
    "table": (lambda: tables.show_table(data.load("claims"), SCRIPT, columns={"claim": SCRIPT, "verdict": "ours"}),),
    "statement": (claims.claims_of, "S1"),
    "ledger": (claims.ledger, "C10", "C11"),
    "rubric": (cards.rubric,),
    "source card": (cards.source_card, "register"),
    "document card": (cards.document_card, "D022"),
    "document that was secret": (cards.document_card, "D024"),
    "no source card": (cards.source_card, SCRIPT),
    "no document card": (cards.document_card, SCRIPT),
    "sources": (lambda: sources.sources_used(data.load("famine_deaths")),),
    "no claim": (claims.ledger, SCRIPT),
    "overview of judged claims": (lambda: (answers.keep("verdicts", "C10", {"verdict": SCRIPT, "sure": SCRIPT}), claims.overview()),),
    "unknown statement": (claims.claims_of, SCRIPT),
    "guess": (verdicts.guess, SCRIPT, SCRIPT, SCRIPT),
    "verdict": (verdicts.verdict, "C10", SCRIPT, 70),
    "claim": (verdicts.verdict, SCRIPT, "partly", 70),
    "prior": (verdicts.prior, "C10", ..., ...),
    "written task": (verdicts.write, SCRIPT, SCRIPT),
    "hello": (start.hello, SCRIPT),
    "check": (exercises.check, "04-1", SCRIPT),
    "right": (exercises.check, "04-13", 32.1),
    "hint": (exercises.hint, "04-1"),
    "solution": (exercises.solution, "04-1"),
    "no question": (exercises.check, SCRIPT, 1),
    "evidence": (lambda: pieces.show_pieces(data.load("verbs_evidence")),),
    "verb": (lambda: pieces.try_verb(data.load("verbs_evidence"), "cut"),),
    "decision": (advice.decision, "1956-08"),
    "choice": (advice.choose, "1956-08", "a"),
    "no option": (advice.choose, "1956-08", SCRIPT),
    "no decision": (advice.decision, SCRIPT),
    "nobody to follow": (voices.follow, SCRIPT),
    "overview": (claims.overview,),
    "no overview": (lambda: claims.overview(verdict=SCRIPT),),
    "rewritten page": (portfolio.rewrite, f"{SCRIPT} D999"),
    "portfolio": (portfolio.export, SCRIPT),
    "figure": (show_figure_words,),
}


@pytest.mark.parametrize("name", DISPLAYS)
def test_a_script_in_a_table_or_an_answer_stays_text(hostile, name):
    function, *arguments = DISPLAYS[name]
    text = shown(function, *arguments)
    assert text.strip() and "<script" not in text


def test_a_kept_guess_with_a_script_stays_text(answers_file):
    answers.keep("guesses", "x", {"value": SCRIPT, "unit": SCRIPT})
    answers.keep("verdicts", "C10", {"verdict": SCRIPT, "sure": 70})
    assert "&lt;script" in shown(verdicts.recall, "x")
    assert all("<script" not in text for text in (shown(verdicts.recall, "x"), shown(claims.ledger, "C10")))


def test_a_link_leads_to_the_web_and_nowhere_else():
    row = next(data.load("sources").assign(url="javascript:alert(1)", find_at="a shelf").itertuples())
    assert sources.whereabouts(row) == "Find it: a shelf."
    row = row._replace(url='https://example.org/" onclick="alert(1)')
    assert "onclick" not in sources.whereabouts(row)
    assert 'href="https://example.org/?a=1&amp;b=2"' in sources.whereabouts(row._replace(url="https://example.org/?a=1&b=2"))


def test_the_net_catches_text_that_is_not_escaped(hostile):
    assert "<script" in shown(lambda: screen.display(HTML(data.load("claims").iloc[0]["claim"])))


@pytest.fixture
def running_lab(monkeypatch, tmp_path):
    """Start the server as `lab` does, with its own runtime folder; return (process, port)."""
    command = []
    monkeypatch.setattr(environment, "ensure", lambda: Path(sys.executable))
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(environment, "_hand_over", command.extend)
    environment.lab(["--no-browser"])
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    port = int(re.search(r"--ServerApp.port=(\d+)", " ".join(command)).group(1))
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield process, port
    process.kill()
    process.wait(30)


def test_the_server_turns_strangers_away_and_listens_on_this_computer_only(running_lab):
    process, port = running_lab
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/contents", timeout=5)
            pytest.fail("the server gave its files to a stranger")
        except urllib.error.HTTPError as refused:
            assert refused.code == 403
            break
        except OSError:
            time.sleep(0.02)
    listening = {one.laddr.ip for one in psutil.Process(process.pid).net_connections() if one.status == psutil.CONN_LISTEN}
    assert listening and listening <= {"127.0.0.1", "::1"}
