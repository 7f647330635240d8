"""All questions of `data/questions.csv` with their place: in a lesson, or in the bank of those that stand in none.

What goes on which paper is our choice and stands in `papers/bank.toml`; `faults` says what is wrong with it.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import v4

from helpers import data
from helpers.desk import exercises
from helpers.tools import guide, hour, pages

PAPERS = Path(__file__).parent / "papers"
POINTS = {"choice": 1, "number": 2, "set": 2, "order": 2, "text": 4}
FORMS = ("A", "B")
NAMED = re.compile(r"\bD\d{3}\b")
LISTED = re.compile(r":?\s*\(?a\) ")  # where a prompt begins to list its options
TELLING = 12  # letters: shorter options may stand elsewhere by chance


@dataclass
class Pool:
    """The questions and where they go.

    rows    {question id: its row}
    places  {question id: (lesson, part of the lesson)} of those that a lesson asks, in the order of the lessons
    core    ids of the exercises of a lesson's core, in their order
    slips   {lesson: exit slip of its plan}
    lessons {lesson: its notebook}
    choice  what `papers/bank.toml` says
    """

    rows: dict
    places: dict
    core: list = field(default_factory=list)
    slips: dict = field(default_factory=dict)
    lessons: dict = field(default_factory=dict)
    choice: dict = field(default_factory=dict)

    def bank(self) -> list:
        """Return the rows of the questions that stand in no lesson, by lesson and number."""
        return sorted((row for key, row in self.rows.items() if key not in self.places), key=lambda row: _number(row.question_id))

    def needs(self, key: str) -> str:
        """Return what must lie open to answer a question, "" when nothing must."""
        if key in self.places:
            lesson, part = self.places[key]
            return f"lesson {lesson}, “{part}”"
        return self.choice["needs"].get(key, "")

    def shows(self, key: str) -> list[str]:
        """Return the ids of the documents and statements that are printed with a question."""
        return [*self.choice["shows"].get(key, []), *dict.fromkeys(NAMED.findall(self.rows[key].prompt))]


def read(notebooks: Path, choice: dict | None = None) -> Pool:
    """Return the pool.

    Parameters
    ----------
    notebooks : Path
        Folder with the executed lessons.
    choice : dict, optional
        In the place of `papers/bank.toml`.
    """
    rows = {row.question_id: row for row in data.load("questions").itertuples()}
    pool = Pool(rows, {}, choice=choice or tomllib.loads((PAPERS / "bank.toml").read_text(encoding="utf-8")))
    for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb")):
        notebook, lesson = v4.reads(path.read_text(encoding="utf-8")), path.name[:2]
        pool.lessons[lesson] = notebook
        times = guide.part_times(notebook)
        for cell in notebook.cells:
            for key in pages.CHECK.findall(cell.source) if cell.cell_type == "code" else []:
                name = guide.part_name(cell.metadata)
                pool.places[key] = (lesson, times[name][0] if name in times else name)
                pool.core += [key] * (
                    cell.metadata.part in hour.CORE and any(one.metadata.get("part") == "further" for one in notebook.cells)
                )
        pool.slips[lesson] = hour.read_plan(lesson, list(times)).texts.get("Exit slip", "")
    return pool


def asked(row) -> tuple[str, dict[str, str]]:
    """Return (the question without its options, {letter: option}); open questions and numbers have none."""
    if row.kind in ("number", "text"):
        return row.prompt, {}
    listed = LISTED.search(row.prompt)
    prompt = row.prompt[: listed.start()] + ":" if listed else row.prompt
    return ("Order, earliest first:" if prompt == "Order:" else prompt), exercises.options(row)


def right(row) -> str:
    """Return the right answer as a teacher reads it: "b", "b, d, a", "44.6 (44.3 to 44.9) per 1000" or "open"."""
    if row.kind == "text":
        return "open"
    if row.kind != "number":
        return row.answer
    wanted, tolerance = float(row.answer), float(row.tolerance)
    span = f" ({wanted - tolerance:,.10g} to {wanted + tolerance:,.10g} counts)" if tolerance else ""
    return f"{row.answer} {row.unit}{span}"


def points(keys: list[str], pool: Pool) -> int:
    """Return the points of a test."""
    return sum(POINTS[pool.rows[key].kind] for key in keys)


def faults(pool: Pool) -> list[str]:
    """Return what is wrong with the choice of questions, a sentence each; none when all is well."""
    choice = pool.choice
    tests = [(f"test {number}, form {form}", test[form]) for number, test in enumerate(choice["tests"], 1) for form in FORMS]
    papers = [(f"ticket {lesson}", keys) for lesson, keys in choice["tickets"].items()] + tests
    named = [(place, key) for place, keys in papers for key in keys]
    named += [(f"pair of {key}", one) for key, pair in choice["pairs"].items() for one in pair if one]
    named += [(part, key) for part in ("needs", "shows") for key in choice[part]]
    found = [f"{place}: {data.nearest(key, pool.rows)} instead of '{key}'" for place, key in named if key not in pool.rows]
    if found:
        return found
    found += [f"no pair for {key}" for key in pool.core if key not in choice["pairs"]]
    found += [f"a pair for {key}, which no core asks" for key in choice["pairs"] if key not in pool.core]
    found += [f"pair of {key}: {one} stands in a lesson" for key, pair in choice["pairs"].items() for one in pair if one in pool.places]
    for lesson, keys in choice["tickets"].items():
        found += [
            f"ticket {lesson}: {key} needs {', '.join(pool.shows(key))}, which a ticket has no room for" for key in keys if pool.shows(key)
        ]
    for place, keys in tests:
        found += [f"{place}: {key} needs {pool.needs(key)}" for key in keys if pool.needs(key)]
        found += [f"{place}: {key} was asked on a ticket" for key in keys if any(key in ticket for ticket in choice["tickets"].values())]
        found += _told(place, keys, pool)
    for number, test in enumerate(choice["tests"], 1):
        kinds = [[pool.rows[key].kind for key in test[form]] for form in FORMS]
        found += [f"test {number}: the forms have other kinds of questions"] * (kinds[0] != kinds[1])
        found += [f"test {number}: a question stands in both forms"] * bool(set(test["A"]) & set(test["B"]))
    return found


def _told(place: str, keys: list[str], pool: Pool) -> list[str]:
    """Return a sentence for each right option that another question of the same paper, or what it shows, gives away word for word."""
    documents, found = data.load("documents").set_index("doc_id"), []
    words = {}
    for key in keys:
        shown = [documents.loc[one] for one in pool.shows(key) if one in documents.index]
        words[key] = " ".join(
            [pool.rows[key].prompt, pool.rows[key].options, *(f"{one.title} {one.what_it_says}" for one in shown)]
        ).lower()
    for key in keys:
        row = pool.rows[key]
        options = exercises.options(row) if row.kind in ("choice", "set") else {}
        for letter in row.answer.split(", ") if options else []:
            told = options[letter].lower()
            found += [
                f"{place}: {other} tells the answer of {key}"
                for other in keys
                if other != key and len(told) > TELLING and told in words[other]
            ]
    return found


def _number(key: str) -> tuple[str, int]:
    lesson, _, number = key.partition("-")
    return lesson, int(number)
