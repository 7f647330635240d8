"""One command for all that is given away: `python3 -m helpers release` makes the folder `release`.

release/public/          for a web address: the pages, with plans, sheets (also as PDF) and slides
release/public/pupils/   the pupils' pages, without solutions
release/public/live/     JupyterLab in a browser tab, the pupils' edition
release/kits/            the offline kit (left out with --no-kit)
release/digests.txt      sha256 of every file that is downloaded whole
"""

import functools
import hashlib
import shutil
import sys
import tempfile
import time
from pathlib import Path

from helpers import environment
from helpers.common import ROOT
from helpers.tools import kit, live, phone, site
from helpers.tools.live_parts import LiveError
from helpers.tools.pages import SiteError

RELEASE = ROOT / "release"
MARK = "digests.txt"
DOORS = ("pupils", "live")
TO_PUPILS = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>The pages that answer</title>'
    '<meta http-equiv="refresh" content="0; url=../../pupils/index.html"></head>'
    '<body><p><a href="../../pupils/index.html">The pages that answer</a></p></body></html>\n'
)


class ReleaseError(RuntimeError):
    """The release could not be made; the message is one sentence with the remedy."""


def make(target: Path, with_kit: bool = True, pyodide: Path | None = None, pdf: bool = True) -> dict[str, float]:
    """Make everything into a folder that does not exist yet; return the megabytes of each part.

    Parameters
    ----------
    with_kit : bool
        Whether the offline kit for this kind of computer is packed too.
    pyodide : Path, optional
        A folder with Python for the browser; else it is fetched.
    pdf : bool
        Whether plans and sheets are printed as PDF.
    """
    public, narrow = target / "public", functools.cache(phone.drawn)  # the lessons are run once for both kinds of pages
    target.mkdir(parents=True)
    print("The pages ...", flush=True)
    site.make(public, pdf=pdf, doors=DOORS, narrow=narrow)
    print("The pupils' pages ...", flush=True)
    site.make(public / "pupils", for_students=True, narrow=narrow)
    for rest in (target, public):  # what the pages' builder leaves beside them
        shutil.rmtree(rest / "jupyter_execute", ignore_errors=True)
    print("The live edition ...", flush=True)
    live.make(public / "live", pyodide, for_students=True)
    (public / "live" / "pages" / "index.html").write_text(TO_PUPILS, encoding="utf-8")
    (public / ".nojekyll").touch()
    missing = [sentence for sentence in site.dead_links(public) if not sentence.startswith("live/lab/")]
    if missing:
        raise ReleaseError(f"The release is not complete: {missing[0]}.")
    if with_kit:
        kit.main(["--to", str(target / "kits")])
    whole = [path for path in sorted(target.rglob("*")) if path.suffix in (".zip", ".pdf")]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(target).as_posix()}" for path in whole]
    (target / MARK).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return {name: _weight(path) for name, path in (("all", target), *((door, public / door) for door in DOORS))}


def _weight(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def main(arguments: list[str]) -> int:
    """Make the folder `release`; return the exit status."""
    arguments, began = list(arguments), time.monotonic()
    try:
        without = environment.take(arguments, "--no-kit", False)
        pyodide = environment.take(arguments, "--pyodide", True)
        if arguments:
            raise ReleaseError(f"'release' does not know {' '.join(arguments)}: it takes --no-kit and --pyodide FOLDER.")
        if RELEASE.exists() and not (RELEASE / MARK).exists():
            raise ReleaseError("There is a folder 'release' that was not made by this command: move it away, then give the command again.")
        with tempfile.TemporaryDirectory(dir=ROOT, prefix=".site-") as folder:
            weights = make(Path(folder, "release"), not without, Path(pyodide) if pyodide else None)
            if RELEASE.exists():
                shutil.rmtree(RELEASE)
            shutil.move(Path(folder, "release"), RELEASE)
    except (ReleaseError, SiteError, LiveError, environment.SetupError) as problem:
        print(f"\n{problem}")
        return 1
    print(f"{', '.join(f'{name} {size} MB' for name, size in weights.items())}; {time.monotonic() - began:.0f} s.\n{RELEASE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
