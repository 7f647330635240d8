"""The written tasks in the lessons' own words: a portfolio and the view of a class print them above what was written."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from helpers.common import ROOT
from helpers.desk import answers

PAGE = "09 page"
WORDS, IDS = 200, 5  # what the last task asks for
NOTE = re.compile(r"<!--.*?-->", re.S)
TASK = re.compile(r"^\*\*Written task\*\*(?: \([^)]*\))?\.? *(.+?)(?:\n\n|\Z)", re.M | re.S)
WRITES = re.compile(
    r"\bwrite\(\s*[\"']([^\"']+)[\"']\s*,\s*r?(\"{3}|'{3}).*?\2\s*(?:,\s*(?:words\s*=\s*)?(\d+))?\s*\)|\bportfolio\.rewrite\(", re.S
)


class Task(NamedTuple):
    """What a text was asked for."""

    says: str  # "" where the lesson cannot be read
    words: int | None


def task(key: str) -> Task:
    """Return the task of a text, given by its key ("04 label"); an unknown one asks for nothing."""
    for folder in (answers.path().parent, ROOT):
        for path in sorted((folder / "notebooks").glob(f"{re.sub(r'[^0-9]', '', key[:2]) or 'none'}_*.ipynb")):
            if found := of_lesson(path).get(key):
                return found
    return Task("", None)


@lru_cache(maxsize=32)
def of_lesson(path: Path) -> dict[str, Task]:
    """Return {key: task} of a lesson's file; of one that cannot be read, nothing."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found, says = {}, ""
    for kind, source in sources:
        if kind == "markdown" and (told := TASK.search(NOTE.sub("", source))):
            says = re.sub(r"[*`]", "", " ".join(told[1].split()))
        for call in WRITES.finditer(source) if kind == "code" else ():
            asked = int(call[3]) if call[3] else None
            found[call[1] or PAGE] = Task(says, asked if call[1] else WORDS)
    return found
