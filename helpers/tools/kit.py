"""Pack the course for computers without a network: one archive per kind of computer, with every package inside.

`python3 -m helpers kit` packs for this kind of computer; `--platform all` for every kind, `--python 3.12` for one Python
only, `--to FOLDER` elsewhere than `kits/`. `--student` packs the student edition, `--tests` adds the tools of the tests.
An unpacked kit starts like the course itself: the first start finds the folder `wheels` and asks no server.
"""

import dataclasses
import importlib.util
import platform
import sys
import tempfile
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

from helpers import environment, remedies
from helpers.common import ROOT
from helpers.tools import student

FOLDER = "sino-soviet-split"
COURSE = (
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "conftest.py",
    "pyproject.toml",
    "setup.py",
    "requirements.txt",
    "binder",
    "data",
    "helpers",
    "notebooks",
    "tests",
    "site",
)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# The lock tells early releases of 3.11 from later ones: both are packed.
RELEASES = {"3.11": ("3.11.0", "3.11.9")}
GLIBC = (5, 12, 17, 24, 26, 27, 28)
NO_WHEEL = (
    ("No matching distribution",),
    "A package of requirements.txt has no wheel for that kind of computer and Python: leave one of them out with --platform or --python.",
)
OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def _linux(machine):
    names = {"x86_64": ("manylinux1", "manylinux2010", "manylinux2014"), "aarch64": ("manylinux2014",)}[machine]
    return [f"manylinux_2_{minor}_{machine}" for minor in GLIBC] + [f"{name}_{machine}" for name in names]


PLATFORMS = {
    "linux-x86_64": {"tags": _linux("x86_64"), "sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    "linux-aarch64": {"tags": _linux("aarch64"), "sys_platform": "linux", "os_name": "posix", "platform_machine": "aarch64"},
    "macos-arm64": {"tags": ["macosx_14_0_arm64"], "sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
    "macos-x86_64": {"tags": ["macosx_14_0_x86_64"], "sys_platform": "darwin", "os_name": "posix", "platform_machine": "x86_64"},
    "windows-amd64": {"tags": ["win_amd64"], "sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
}


def this_platform():
    """Return the name of this kind of computer, for example "linux-x86_64"; SetupError for a kind without a kit."""
    for name, kind in PLATFORMS.items():
        if kind["sys_platform"] == sys.platform and kind["platform_machine"].lower() == platform.machine().lower():
            return name
    raise environment.SetupError(f"There is no kit for this kind of computer: name one with --platform ({', '.join(PLATFORMS)}, all).")


def pins(lock, kind, python):
    """Return the lines "name==version" of a lock that a computer needs.

    lock    text of requirements.txt
    kind    a value of `PLATFORMS`
    python  full version, for example "3.11.9"
    pip itself would judge the conditions by the computer it runs on, not by the one the kit is for.
    """
    about = {
        "sys_platform": kind["sys_platform"],
        "os_name": kind["os_name"],
        "platform_machine": kind["platform_machine"],
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    wanted = [Requirement(line) for line in lock.splitlines() if line.strip() and not line.startswith("#")]
    return [f"{one.name}{one.specifier}" for one in wanted if one.marker is None or one.marker.evaluate(about)]


def fetch(kind, pythons, wheels, lock, more=()):
    """Download into a folder every wheel that a kind of computer needs, for some Python versions.

    lock  the file of pins; more  further pins, "name==version"
    Raises SetupError when a package has no wheel for it, or when the network is away.
    """
    lock = lock.read_text(encoding="utf-8")
    for python in pythons:
        for release in RELEASES.get(python, (f"{python}.0",)):
            there = pins_for_any_computer(wheels)
            wanted = pins(lock, kind, release) + list(more)
            missing = [pin for pin in wanted if pin not in there]
            tags = [word for tag in kind["tags"] for word in ("--platform", tag)]
            environment.run_step(
                [
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--no-deps",
                    "--only-binary",
                    ":all:",
                    "--implementation",
                    "cp",
                    "--python-version",
                    release,
                    "--dest",
                    str(wheels),
                    *tags,
                    *missing,
                ],
                [NO_WHEEL, *remedies.OF_THE_NETWORK, *remedies.ALL],
            )


def pins_for_any_computer(wheels):
    """Return the pins whose wheel in a folder runs on any computer and Python 3."""
    named = (parse_wheel_filename(path.name) for path in wheels.glob("*-none-any.whl"))
    return {f"{name}=={version}" for name, version, _, tags in named if any(tag.interpreter == "py3" for tag in tags)}


def course_files(root=ROOT):
    """Return the files of the course to pack, in order; a student's own files (`my_...`) and hidden ones stay out."""
    found = []
    for name in COURSE:
        place = root / name
        found += [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return sorted(
        path for path in found if not any(part.startswith((".", "my_")) or part == "__pycache__" for part in path.relative_to(root).parts)
    )


def contents(root=ROOT):
    """Return {path inside the course: bytes} of the files to pack."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in course_files(root)}


def pack(archive, wheels, files):
    """Write a kit: the course and a folder of wheels under one folder. The same files make the same archive, at any hour.

    files  {path inside the course: bytes}
    The archive appears under its name only when it is complete.
    """
    unfinished = archive.with_name(f"{archive.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w") as kit:
            for name, content in files.items():
                _put(kit, name, content, zipfile.ZIP_DEFLATED)
            for path in sorted(wheels.glob("*.whl")):
                _put(kit, f"wheels/{path.name}", path.read_bytes(), zipfile.ZIP_STORED)
        unfinished.replace(archive)
    finally:
        unfinished.unlink(missing_ok=True)


def _put(kit, name, content, compression):
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", OLDEST_ZIP_DATE)
    entry.external_attr = 0o644 << 16
    entry.compress_type = compression
    kit.writestr(entry, content)


@dataclasses.dataclass
class Wish:
    """What the command's arguments ask for."""

    platforms: list[str]
    pythons: tuple[str, ...]
    folder: Path
    student: bool
    tests: bool

    def archive(self, platform):
        """Return the name of the archive for a kind of computer."""
        only = f"-python{self.pythons[0]}" if len(self.pythons) == 1 else ""
        return f"{FOLDER}{'-student' if self.student else ''}-{platform}{only}.zip"


def options(arguments):
    """Return the wish that the command's arguments name; SetupError for what it does not know."""
    arguments = list(arguments)
    asked, python, to = (environment.take(arguments, option, True) for option in ("--platform", "--python", "--to"))
    for_students, tests = (bool(environment.take(arguments, option, False)) for option in ("--student", "--tests"))
    if arguments:
        raise environment.SetupError(
            f"'kit' does not know {' '.join(arguments)}: it takes --platform NAME, --python VERSION, --to FOLDER, --student and --tests."
        )
    if asked not in (None, "all", *PLATFORMS):
        raise environment.SetupError(f"'{asked}' is no kind of computer: choose one of {', '.join(PLATFORMS)}, or all.")
    if python not in (None, *PYTHONS):
        raise environment.SetupError(f"'{python}' is no Python of the course: choose one of {', '.join(PYTHONS)}.")
    if for_students and tests:
        raise environment.SetupError("The student edition has no tests: leave out --tests or --student.")
    names = list(PLATFORMS) if asked == "all" else [asked or this_platform()]
    return Wish(names, (python,) if python else PYTHONS, Path(to) if to else ROOT / "kits", for_students, tests)


def main(arguments):
    """Make the kits that the arguments ask for and print where they are."""
    wish = options(arguments)
    if importlib.util.find_spec("pip") is None:
        environment.install(["pip"])
    wish.folder.mkdir(parents=True, exist_ok=True)
    files = student.edition() if wish.student else contents()
    lock = environment.TEST_REQUIREMENTS if wish.tests else environment.REQUIREMENTS
    slides = [] if wish.student else environment.extra_requirement("slides")
    for name in wish.platforms:
        print(f"Packing for {name}, Python {', '.join(wish.pythons)} ...", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            fetch(PLATFORMS[name], wish.pythons, Path(folder), lock, slides)
            archive = wish.folder / wish.archive(name)
            pack(archive, Path(folder), files)
        print(f"{archive} ({archive.stat().st_size / 1e6:.0f} MB)", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except environment.SetupError as problem:
        sys.exit(f"\n{problem}")
    except OSError as problem:
        sys.exit(f"\nThe kit could not be written: {problem}.")
