"""Python's packages for the browser as one file, which it unpacks by itself, and compiled, where a Python of the same version is here.

Pyodide's own way (a wheel for each package, unpacked by Python in the browser, each module compiled at each start) takes many times longer.
"""

import gzip
import importlib.util
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from helpers.tools import live_bytecode, live_parts
from helpers.tools.live_parts import CONF, DATE, LIST

ASSETS = Path(__file__).parent / "live_assets"
NOTHING_MORE = """def install(*_, **__):
    raise ImportError("Nothing more can be installed here: take pandas, numpy and plotly.")
"""
LIBRARY = "python_stdlib.zip"
SITE = "/lib/python{}/site-packages/"
VERSION = ".".join(LIST["info"]["python"].split(".")[:2])
PATIENCE = 30  # seconds for a Python to say what it is


def bundled(files: dict[str, bytes], lock: dict, options: dict) -> tuple[dict[str, bytes], dict[str, str], bool]:
    """Return the files that the browser fetches, the names of those with a mark in them, and whether modules are compiled.

    Parameters
    ----------
    files, lock
        What `live_parts.packages` returns.
    options : dict
        With which Pyodide is loaded.
    """
    wheels = {entry["file_name"]: name for name, entry in lock["packages"].items()}
    out = _any_of("left out")
    site = {}
    for file, name in sorted(wheels.items()):
        if name not in CONF["empty"]:
            site |= {path: content for path, content in _unpacked(files[file]).items() if not out.match(path)}
    # instead of the kernel's installer, read at every start; the kernel writes its settings into the second
    site |= {"piplite/__init__.py": NOTHING_MORE.encode(), "piplite/piplite.py": b""}
    library = _unpacked(files[LIBRARY])
    command = compiler()
    if command:
        site = _compiled(site, command, SITE.format(VERSION), _any_of("as source"))
        library = _compiled(library, command, f"/lib/python{VERSION.replace('.', '')}.zip/", _any_of("library as source"))
    kept = {name: content for name, content in files.items() if name not in wheels and name != LIBRARY}
    kept["pyodide-lock.json"] = json.dumps({**lock, "packages": {}}).encode()
    names = {}

    def add(key: str, kind: str, content: bytes) -> None:
        names[key] = f"{key}-{live_parts.digest(content)[:12]}.{kind}"  # so that no browser takes an older file for it
        kept[names[key]] = content

    add("packages", "bin", _squeezed(one_file(site)))
    add("library", "bin", _squeezed(_stored(library)))
    words = {**names, "python": VERSION, "env": json.dumps(options["env"])}
    text = (ASSETS / "python.js").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    add("python", "js", text.encode())
    return kept, names, bool(command)


def _any_of(kind: str) -> re.Pattern:
    return re.compile("|".join(CONF["bundle"][kind]))


def one_file(site: dict[str, bytes]) -> bytes:
    """Return all files in one: how long the list is, the list of [path, length], the contents in its order."""
    files = sorted(site.items(), key=lambda item: (item[0].split("/")[0], Path(item[0]).suffix, item[0]))  # alike beside alike: smaller
    listed = json.dumps([[path, len(content)] for path, content in files]).encode()
    return b"".join([struct.pack("<I", len(listed)), listed, *(content for _, content in files)])


def compiler() -> list[str] | None:
    """Return the command of a Python that compiles for the browser's; None when there is none on this computer."""
    places = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions").glob(f"{VERSION}*/bin/python")
    commands = [[sys.executable], [f"python{VERSION}"], ["py", f"-{VERSION}"], *([str(path)] for path in sorted(places))]
    if shutil.which("uv"):
        found = _said(["uv", "python", "find", "--no-python-downloads", VERSION])
        commands += [[found]] if found else []
    asks = "import importlib.util; print(importlib.util.MAGIC_NUMBER.hex())"
    return next((command for command in commands if _said([*command, "-c", asks]) == CONF["bundle"]["bytecode"]), None)


def _said(command: list[str]) -> str:
    if command[0] == sys.executable and importlib.util.MAGIC_NUMBER.hex() != CONF["bundle"]["bytecode"]:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _compiled(files: dict[str, bytes], command: list[str], place: str, as_source: re.Pattern) -> dict[str, bytes]:
    """Return the files with bytecode in the place of modules."""
    modules = {path: content for path, content in files.items() if path.endswith(".py") and not as_source.match(path)}
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "modules.zip"), Path(folder, "compiled.zip")
        given.write_bytes(_stored({place + path: content for path, content in modules.items()}))
        subprocess.run([*command, "-I", live_bytecode.__file__, str(given), str(made)], check=True)
        codes = _unpacked(made.read_bytes())
    codes = {path[len(place) :]: code for path, code in codes.items()}
    return {path + "c" if path in codes else path: codes.get(path, content) for path, content in files.items()}


def _unpacked(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as whole:
        return {name: whole.read(name) for name in whole.namelist() if not name.endswith("/")}


def _stored(files: dict[str, bytes]) -> bytes:
    """Return an archive whose files are not squeezed one by one: all together become smaller."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in sorted(files.items(), key=lambda item: (Path(item[0]).suffix, item[0])):
            packed.writestr(zipfile.ZipInfo(name, DATE), content)
    return out.getvalue()


def _squeezed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
