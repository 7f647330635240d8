"""The student's own file: guesses, verdicts and answers, kept between lessons and never lost.

One small JSON file, `my_answers.json`, in the course's folder (git ignores it). It is written to a new file first
and then put in place at once; a damaged file is set aside under another name and never overwritten. Where the
course's folder cannot be written to, or is shared with others, the file goes to each user's home folder. The
variable COURSE_ANSWERS names another file; the tests use it.
"""

import json
import os
import time
from pathlib import Path

from helpers.common import ROOT

NAME = "my_answers.json"
LOCK_SECONDS = 5.0


def path():
    """Return where the answers are kept."""
    named = os.environ.get("COURSE_ANSWERS")
    if named:
        return Path(named)
    return ROOT / NAME if _is_own(ROOT) else Path.home() / f"sino-soviet-split-{NAME}"


def _is_own(folder):
    """Return True when a folder can be written to and is one user's alone.

    On a school's hub that is a folder inside the user's home, elsewhere a folder that belongs to the user.
    """
    if not os.access(folder, os.W_OK):
        return False
    if "JUPYTERHUB_USER" in os.environ:
        return Path.home().resolve() in folder.resolve().parents
    return not hasattr(os, "geteuid") or os.geteuid() in (0, folder.stat().st_uid)


def read():
    """Return everything kept so far as {kind: {key: value}} and a message ("" when all is well).

    A damaged file is renamed, and the message says so.
    """
    file = path()
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(kept, dict) and all(isinstance(part, dict) for part in kept.values()):
            return kept, ""
    except FileNotFoundError:
        return {}, ""
    except OSError as problem:
        return {}, f"Your answers in {file.name} cannot be read just now ({problem.strerror}); nothing was changed."
    except ValueError:
        pass
    aside = _set_aside(file)
    return {}, f"Your answers file was damaged. It was kept as {aside.name}, and a new one begins."


def keep(kind, key, value):
    """Keep one value; return a message ("" when it was written and nothing is to be said).

    kind   "guesses", "priors", "verdicts", "answers", "texts" or "decisions"
    value  anything JSON can hold
    Never raises: when the disk is full or the folder is closed, the message says that the value was not kept.
    """
    file = path()
    try:
        with _Lock(file):
            kept, message = read()
            if message and not message.startswith("Your answers file was damaged"):
                return message
            kept.setdefault(kind, {})[key] = value
            _write(file, kept)
    except OSError as problem:
        return (
            f"This answer is not kept ({problem.strerror or problem}): free some space or copy the course to a folder of "
            f"your own. What was kept before is untouched."
        )
    return message or _elsewhere(file)


def can_keep():
    """Return "" when answers can be kept in the course's folder, else a sentence on what is wrong; nothing kept is touched."""
    file = path()
    trial = file.with_name(f"{file.name}.{os.getpid()}.trial")
    try:
        _write(trial, {})
        trial.unlink()
    except OSError as problem:
        return f"Your answers cannot be kept ({problem.strerror or problem}): free some space or copy the course to a folder of your own."
    return read()[1] or _elsewhere(file)


def _elsewhere(file):
    if file.parent != Path.home():
        return ""
    return f"The course's folder is shared or read-only, so your answers are kept in your home folder, in {file.name}."


def _write(file, kept):
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with open(fresh, "w", encoding="utf-8") as out:
            json.dump(kept, out, ensure_ascii=False, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def _set_aside(file):
    number = 1
    while (aside := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    os.replace(file, aside)
    return aside


class _Lock:
    """Let one kernel write at a time: a lock file beside the answers; a stale one is taken over."""

    def __init__(self, file):
        self.file = file.with_name(f"{file.name}.lock")

    def __enter__(self):
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                return
            except FileExistsError:
                if time.monotonic() > until:
                    return
                time.sleep(0.02)

    def __exit__(self, *_):
        self.file.unlink(missing_ok=True)
