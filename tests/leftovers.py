"""Run a command with a temporary folder of its own, and fail when it leaves something in it or in the course's folder.

    python3 tests/leftovers.py python3 -m helpers test --everything

What git ignores (`.venv`) may stay.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST = 20  # names that are told


def files_of_the_course():
    """Return what git sees changed or new in the course's folder; nothing where there is no git."""
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        return set()
    done = subprocess.run(["git", "status", "--porcelain", "--untracked-files=all"], cwd=ROOT, capture_output=True, text=True)
    return set(done.stdout.splitlines())


def main(command):
    """Run the command and return its status, or 1 when it succeeds and leaves something."""
    before, folder = files_of_the_course(), tempfile.mkdtemp(prefix="run-")
    try:
        status = subprocess.call(command, env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)})
        left = [path.relative_to(folder).as_posix() for path in sorted(Path(folder).rglob("*"))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    left += [f"in the course's folder: {line}" for line in sorted(files_of_the_course() - before)]
    for name in left[:MOST]:
        print(f"The run left {name}")
    return status or (1 if left else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
