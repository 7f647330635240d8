"""Seal the tables: their digests go into the data package, what changed goes into the data's changelog, the version rises.

`python3 -m helpers seal` says which tables are not as they were sealed; with `--why "a reason"` it seals them again. What
a table was before is taken from the course's git history, or from the folder of an unchanged course (`--was FOLDER`).
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from helpers import data
from helpers.schema import Resource, frame_from, rows_and_numbers

CHANGELOG = "CHANGELOG.md"
TITLE = "# What changed in the data\n\nWritten by `python3 -m helpers seal`: the newest version first.\n"
SHOWN = 80  # letters of a cell in the changelog
OLDER = 200  # how many earlier states of a table are looked through
USAGE = 'python3 -m helpers seal --why "what was changed, and from which source"'


def changed() -> list[str]:
    """Return the names of the tables that are not the ones that were sealed; a table without a seal is not among them."""
    resources = [data.describe(name) for name in data.table_names()]
    return [resource["name"] for resource in resources if not data.is_sealed(resource, _content(resource))]


def refuse_changed() -> None:
    """Raise DataError when a table differs from its seal: what is generated from it would no longer be what was checked."""
    names = changed()
    if names:
        raise data.DataError(
            f"{', '.join(names)}: changed since version {data.version()} of the data was sealed; put the file back "
            f"(git checkout data/{data.describe(names[0])['path']}), or seal the change with its reason: {USAGE}."
        )


def stamp(resource: Resource, content: bytes) -> None:
    """Write a table's seal and size into its entry of the package."""
    resource["hash"], resource["bytes"] = data.seal_of(content), len(content)


def difference(before: list[list[str]], now: list[list[str]], key: list[str]) -> dict[str, Any]:
    """Return how two states of a table differ.

    Parameters
    ----------
    before, now : list of list of str
        The header, then the rows.
    key : list of str
        The columns that tell rows apart.

    Returns
    -------
    dict
        "new": the number of rows of a table that had none, else 0; "columns added" and "columns removed": names;
        "added" and "removed": keys of rows; "cells": (key, column, old, new).
    """
    old, new = _by_key(before, key), _by_key(now, key)
    return {
        "new": 0 if old else len(new),
        "columns added": [column for column in now[0] if column not in before[0]],
        "columns removed": [column for column in before[0] if column not in now[0]],
        "added": [row for row in new if row not in old],
        "removed": [row for row in old if row not in new],
        "cells": [
            (row, column, old[row][column], cell)
            for row, cells in new.items()
            if row in old
            for column, cell in cells.items()
            if column in old[row] and old[row][column] != cell
        ],
    }


def _by_key(rows: list[list[str]], key: list[str]) -> dict[str, dict[str, str]]:
    """Return rows as {key: {column: cell}}; a key column that is new is left out of the key."""
    named = [dict(zip(rows[0], row)) for row in rows[1:]]
    return {" ".join(row[column] for column in key if row.get(column)): row for row in named}


def raised(version: str, differences: list[dict[str, Any]]) -> str:
    """Return the next version: the first part rises for a column that went, the second for new rows or columns, else the third."""
    first, second, third = (int(part) for part in version.split("."))
    if any(found["columns removed"] for found in differences):
        return f"{first + 1}.0.0"
    if any(found["added"] or found["removed"] or found["columns added"] for found in differences):
        return f"{first}.{second + 1}.0"
    return f"{first}.{second}.{third + 1}"


def entry(name: str, found: dict[str, Any]) -> list[str]:
    """Return the lines of the changelog about one table."""
    if found["new"]:
        return [f"### {name}", "", f"- sealed for the first time, {found['new']} rows", ""]
    lines = [f"- {what}: {', '.join(found[what])}" for what in ("columns added", "columns removed") if found[what]]
    lines += [f"- {what}: {_plain(row)}" for what in ("added", "removed") for row in found[what]]
    for row, column, *states in found["cells"]:
        old, new = _apart(*states)
        lines.append(f"- {_plain(row)}, {column}: {_plain(old)} -> {_plain(new)}")
    return [f"### {name}", "", *(lines or ["- sealed for the first time, nothing changed"]), ""]


def _apart(old: str, new: str) -> tuple[str, str]:
    """Return the parts of two long cells that differ, from whole word to whole word; short cells as they are."""
    if max(len(old), len(new)) <= SHOWN:
        return old, new
    before, after = old.split(), new.split()
    start = len(os.path.commonprefix([before, after]))
    end = len(os.path.commonprefix([before[start:][::-1], after[start:][::-1]]))
    cut = [words[start : len(words) - end] for words in (before, after)]
    parts = [" ".join([*["..."] * bool(start), *words, *["..."] * bool(end)]) for words in cut]
    return parts[0], parts[1]


def _plain(cell: str) -> str:
    """Return a cell on one line, cut when it is long, that Markdown shows as it is."""
    text = " ".join(cell.split()) or "(empty)"
    text = text if len(text) <= SHOWN else text[:SHOWN].rstrip() + " ..."
    return "".join(f"\\{letter}" if letter in "\\`*_<>[]|#" else letter for letter in text)


def seal(why: str, was: Path | None = None) -> str:
    """Seal every table as it is now; return the new version of the data.

    Parameters
    ----------
    why : str
        The reason, for the changelog.
    was : Path, optional
        The folder of a course whose tables are as they were; else git's history is asked.

    Raises
    ------
    DataError
        When a table breaks its schema, or when nobody knows what a changed table was before.
    """
    package = json.loads((data.DATA / "datapackage.json").read_text(encoding="utf-8"))
    lines, differences, known = [], [], set(data.load("sources")["source_id"])
    for resource in package["resources"]:
        if data.is_sealed(resource, _content(resource)) and "hash" in resource:
            continue
        rows, numbers = rows_and_numbers(_content(resource), resource)
        frame_from(rows, resource, None if resource["name"] == "sources" else known, numbers)
        found = difference(_before(resource, was, rows[0]), rows, resource["schema"]["primaryKey"])
        differences.append(found)
        lines += entry(resource["name"], found)
        (data.DATA / resource["path"]).write_bytes(data.as_csv(rows))
        stamp(resource, data.as_csv(rows))
    if not differences:
        return package["version"]
    package["version"] = raised(package["version"], differences)
    _write_changelog([f"## {package['version']}", "", f"{date.today().isoformat()}. {why}", "", *lines])
    (data.DATA / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return package["version"]


def _content(resource: Resource) -> bytes:
    return (data.DATA / resource["path"]).read_bytes()


def _before(resource: Resource, was: Path | None, header: list[str]) -> list[list[str]]:
    """Return the rows of a table as they were: in another course's folder, or in git's history under its seal.

    A table that never had a seal, and that the other folder does not have, began with no rows.
    """
    if was and (was / "data" / resource["path"]).exists():
        return _any_rows((was / "data" / resource["path"]).read_bytes())
    if "hash" not in resource:
        return [header]
    for content in _history(resource["path"]):
        if data.seal_of(content) == resource["hash"]:
            return _any_rows(content)
    raise data.DataError(
        f"What data/{resource['path']} was before is not known: start this in the course's git folder, "
        "or name the folder of an unchanged course with --was FOLDER."
    )


def _any_rows(content: bytes) -> list[list[str]]:
    """Return the rows of a table that may have had other columns."""
    fields = [{"name": column} for column in content.decode("utf-8-sig").partition("\n")[0].strip().split(",")]
    return rows_and_numbers(content, {"path": "", "schema": {"fields": fields}})[0]


def _history(path: str):
    """Yield the contents that a table had in git, the newest first; none without git."""
    asked = ["git", "-C", str(data.DATA.parent), "log", "--format=%H", f"-{OLDER}", "--", f"data/{path}"]
    try:
        commits = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return
    for commit in commits:
        shown = subprocess.run(["git", "-C", str(data.DATA.parent), "show", f"{commit}:data/{path}"], capture_output=True)
        yield shown.stdout


def _write_changelog(lines: list[str]) -> None:
    """Put a version's lines before those of the older versions."""
    path = data.DATA / CHANGELOG
    older = path.read_text(encoding="utf-8").removeprefix(TITLE) if path.exists() else ""
    path.write_text(TITLE + "\n" + "\n".join(lines) + older, encoding="utf-8")


def options(arguments: list[str]) -> tuple[str | None, Path | None]:
    """Return the reason and the folder that the arguments name; DataError for anything else."""
    asked, rest = dict.fromkeys(("--why", "--was"), ""), list(arguments)
    while rest:
        word = rest.pop(0)
        if word not in asked or not rest or not rest[0].strip():
            raise data.DataError(f"'seal' takes --why and a reason, and --was and a folder: {USAGE}.")
        asked[word] = rest.pop(0)
    return asked["--why"] or None, Path(asked["--was"]) if asked["--was"] else None


def main(arguments: list[str]) -> None:
    """Seal the tables, or say which ones differ from their seals."""
    why, was = options(arguments)
    names = changed()
    unsealed = [name for name in data.table_names() if "hash" not in data.describe(name)]
    if why is None:
        print(f"Changed since version {data.version()}: {', '.join(names) or 'no table'}.")
        print(f"Without a seal: {', '.join(unsealed) or 'no table'}.")
        if names or unsealed:
            print(f"To seal them: {USAGE}")
    elif not names + unsealed:
        print(f"Every table is as it was sealed in version {data.version()}: there is nothing to seal.")
    else:
        print(f"Version {seal(why, was)} of the data is sealed; what changed stands in data/{CHANGELOG}. Now: python3 -m helpers build")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except data.DataError as problem:
        sys.exit(f"\n{problem}")
