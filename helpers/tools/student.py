"""Write the student edition: a small complete course folder without the teacher's answers.

`python3 -m helpers student [FOLDER]` writes it (into `student` without a name). Left out are stored outputs, cells tagged
"teacher", the solutions of the exercises and the words of our verdicts. `check` still judges, and every lesson still runs.
What a student has changed is never overwritten: the new file is put beside it.
"""

import csv
import hashlib
import io
import itertools
import json
import os
import re
import sys
from pathlib import Path

import nbformat

from helpers import data, environment
from helpers.tools import seal
from helpers.tools.build import as_text, lessons, slim

ROOT = environment.ROOT
FOLDER = ROOT / "student"
WRITTEN = ".course-files.json"  # in the student's folder: what this command wrote there, to know what was changed since

# Columns that answer for the student: table to columns. The short answers stay, since `check` needs them.
LEFT_OUT = {
    "questions": ("solution",),
    "question_keys": ("why",),
    "claims": ("known", "contested", "unknown", "evidence_for", "evidence_against", "best_objection", "better_wording"),
}
WHOLE = (
    "LICENSE",
    "CITATION.cff",
    "pyproject.toml",
    "setup.py",
    "requirements.txt",
    "data/README.md",
    "data/GAPS.md",
    "notebooks/glossary.md",
    "notebooks/rise.css",
    "helpers/lab/overrides.json",
    "helpers/lab/custom.css",
    "notebooks/helpers/__init__.py",
)
OWN = ("data", "helpers", "notebooks", "tests", ".git")  # folders of the course that it never goes into
TOLD_APART = 20  # letters: shorter words may stand in a lesson by chance
MODEL_ANSWER = re.compile(r"model answers?\b|after writing your own|\*\*(?:Strong|Middling|Weak)\.\*\*|\*Comment:", re.I)

README = """# The Sino-Soviet Split, Claim by Claim: student edition

You need Python 3.11 or newer, and the internet for the first start only. In this folder:

```
python3 -m helpers lab
```

opens the course in your browser (on Windows: `py -3 -m helpers lab`). The first time it sets itself up (a few minutes).

Run a lesson from the top, one grey box after the other, with **Shift+Enter**. The guess comes before the figures: put it in first.
`check` answers back; for the solutions ask your teacher. Your guesses and answers stay in this folder, in `my_answers.json`.
"""


class StudentError(RuntimeError):
    """The student edition could not be written; the message is one sentence with the remedy."""


def student_copy(notebook):
    """Return a lesson without the teacher's cells and without stored outputs; the notebook given is changed."""
    notebook.cells = [cell for cell in notebook.cells if "teacher" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return slim(notebook)


def teachers_words(notebook):
    """Return what a student's lesson still holds of the teacher's, a sentence each; none when all is well."""
    found = []
    text = "\n".join(cell.source for cell in notebook.cells)
    told = {name: words for name, words in _told().items() if words in text}
    for cell in notebook.cells:
        if "teacher" in cell.metadata.get("tags", []):
            found.append(f"{cell.id}: a cell tagged for the teacher")
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count):
            found.append(f"{cell.id}: a stored output")
        if cell.cell_type == "markdown" and MODEL_ANSWER.search(cell.source):
            found.append(f"{cell.id}: a model answer")
        found += [f"{cell.id}: the words of {name}" for name, words in told.items() if words in cell.source]
    return found


def _told():
    """Return {where it stands: words} of every left-out cell of the tables that is long enough to be told apart."""
    words = {}
    for table, columns in LEFT_OUT.items():
        for row in data.load(table).to_dict("records"):
            words |= {
                f"{table}, {row[data.describe(table)['schema']['primaryKey'][0]]}, {column}": row[column]
                for column in columns
                if len(row[column]) >= TOLD_APART
            }
    return words


def student_table(name):
    """Return a table as CSV text, with the columns that answer for the student left empty."""
    resource = data.describe(name)
    rows = data.read_rows(data.DATA / resource["path"], resource)
    empty = {place for place, column in enumerate(rows[0]) if column in LEFT_OUT.get(name, ())}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [["" if place in empty and number else cell for place, cell in enumerate(row)] for number, row in enumerate(rows)]
    )
    return out.getvalue()


def student_package():
    """Return the data package's text for these tables: a column left empty is not required, and the seals are their own."""
    package = json.loads((data.DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if "hash" in resource:
            seal.stamp(resource, student_table(resource["name"]).encode("utf-8"))
        for field in resource["schema"]["fields"]:
            if field["name"] in LEFT_OUT.get(resource["name"], ()):
                field["constraints"] = {**field.get("constraints", {}), "required": False}
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def edition():
    """Return the student edition as {path inside the folder: bytes}."""
    files = {"README.md": README, "data/datapackage.json": student_package()}
    for path in lessons():
        files[f"notebooks/{path.name}"] = as_text(student_copy(nbformat.read(path, as_version=4)))
    for name in data.table_names():
        files[f"data/{data.describe(name)['path']}"] = student_table(name)
    found = {name: text.encode("utf-8") for name, text in files.items()}
    code = [path for path in (ROOT / "helpers").rglob("*.py") if "tools" not in path.parts]
    for path in [ROOT / name for name in WHOLE] + code:
        found[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    return dict(sorted(found.items()))


def write(folder=FOLDER):
    """Write the student edition into a folder; return the sentences about files that were changed there and so were kept.

    Raises StudentError for a folder that belongs to the course itself.
    """
    folder = Path(folder).resolve()
    if folder == ROOT or folder in ROOT.parents or any(folder.is_relative_to(ROOT / part) for part in OWN):
        raise StudentError(
            f"The student edition cannot go into {folder}, which belongs to the course: name another folder, for example student."
        )
    before, now, kept = _written(folder), {}, []
    for name, content in edition().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        now[name] = _digest(content)
        if path.exists() and _digest(path.read_bytes()) not in (before.get(name), now[name]):
            now[name] = before.get(name, "")
            path = _beside(path, content)
            kept.append(f"{name} was changed since, so it stays as it is; the new one is beside it as {path.name}.")
        _put(path, content)
    _put(folder / WRITTEN, json.dumps(now, indent=1).encode("utf-8"))
    return kept


def _written(folder):
    try:
        return json.loads((folder / WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # without the list every file that differs counts as the student's


def _digest(content):
    return hashlib.sha256(content).hexdigest()


def _beside(path, content):
    """Return a free name beside a file, or the one that already holds this content."""
    for number in itertools.count(1):
        beside = path.with_name(f"{path.stem}.new{number if number > 1 else ''}{path.suffix}")
        if not beside.exists() or beside.read_bytes() == content:
            return beside


def _put(path, content):
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_bytes(content)
    os.replace(fresh, path)


def main(arguments):
    """Write the student edition and say where it is and what was kept."""
    if len(arguments) > 1 or any(word.startswith("-") for word in arguments):
        raise StudentError("'student' takes one folder, for example: python3 -m helpers student handed-out.")
    folder = Path(arguments[0]) if arguments else FOLDER
    kept = write(folder)
    print(f"The student edition of {len(lessons())} lessons is in {folder.resolve()}.")
    for sentence in kept:
        print(sentence)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except StudentError as problem:
        sys.exit(f"\n{problem}")
    except OSError as problem:
        sys.exit(f"\nThe student edition could not be written: {problem}.")
