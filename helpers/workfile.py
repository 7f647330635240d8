"""A small JSON file of one's own: read with patience, written at once, by one program at a time.

Only the standard library is used here.
"""

import json
import os
import random
import re
import time
from pathlib import Path

from helpers.sentences import fixed

LOCK_SECONDS = 5.0  # a lock that nobody has touched for so long belongs to a program that has ended
PATIENCE = (0.05, 0.2, 0.5)  # seconds between looks at a file that cannot be read or written just now


def load(file: Path, pauses: tuple[float, ...] = ()) -> tuple[dict, str]:
    """Return a file's content and what is wrong: "", "closed" (it cannot be opened) or "damaged".

    Another program may just be writing it, so a file that cannot be read is looked at again after each of the pauses
    (seconds). Of a damaged file the content is what could be saved out of it; a missing one is empty.
    """
    for pause in (0.0, *pauses):
        time.sleep(pause)
        try:
            whole, trouble = _content(file.read_bytes())
        except FileNotFoundError:
            return {}, ""
        except OSError:
            whole, trouble = {}, "closed"
        if not trouble:
            break
    return whole, trouble


def _content(raw: bytes) -> tuple[dict, str]:
    """Return what a file's bytes hold and "" or "damaged". Byte marks, other encodings and stray commas do no harm."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    for tried in (text, re.sub(r",(\s*[}\]])", r"\1", text)):
        if (whole := _parsed(tried)) is not None:
            return whole, ""
    try:  # something stands behind the end
        return json.JSONDecoder().raw_decode(text.lstrip())[0] | {}, "damaged"
    except (ValueError, RecursionError, TypeError):
        pass
    lines = text.splitlines()
    for last in range(len(lines), max(0, len(lines) - 60), -1):
        if (whole := _parsed(_closed("\n".join(lines[:last]).rstrip().rstrip(",")))) is not None:
            return whole, "damaged"
    return {}, "damaged"


def _parsed(text: str) -> dict | None:
    try:
        whole = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return whole if isinstance(whole, dict) else None


def _closed(text: str) -> str:
    """Return JSON that was cut off with its open brackets closed."""
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    still_open = []
    for sign in outside:
        if sign in "{[":
            still_open.append("}" if sign == "{" else "]")
        elif sign in "}]" and still_open:
            still_open.pop()
    return text + "".join(reversed(still_open))


def write(file: Path, whole: dict) -> None:
    """Put a file's content in place at once, or leave the old one as it is. Raises OSError."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    text = json.dumps(whole, ensure_ascii=False, indent=1, default=str)
    try:
        with open(fresh, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        for pause in (*PATIENCE, None):
            try:
                return os.replace(fresh, file)
            except PermissionError:  # an editor or a sync program holds the file just now
                if pause is None:
                    raise
                time.sleep(pause)
    finally:
        fresh.unlink(missing_ok=True)


def rename(file: Path, word: str, *, numbered: bool = True) -> Path:
    """Move a file out of the way under a free name, "my_answers.damaged-1.json", and return that. Raises OSError."""
    for count in range(1, 10_000):
        name = f"{word}-{count}" if numbered or count > 1 else word
        if not (aside := file.with_name(f"{file.stem}.{name}{file.suffix}")).exists():
            os.replace(file, aside)
            return aside
    raise OSError(fixed("there_are_ten_thousand_files_of_that"))


class Lock:
    """Let one kernel write at a time: a file beside the answers that holds its owner's token.

    A lock whose token has not changed for LOCK_SECONDS belongs to a program that has ended, and is taken away. Nobody
    removes a lock with another token than the one that was looked at, and nobody writes without holding their own.
    """

    def __init__(self, file: Path):
        self.file = file.with_name(f"{file.name}.lock")
        self.token = f"{os.getpid()}-{random.getrandbits(64):x}"

    def __enter__(self) -> "Lock":
        seen, since = None, time.monotonic()
        end = since + 4 * LOCK_SECONDS
        while not self._take():
            held, now = self._holder(), time.monotonic()
            if held != seen:
                seen, since = held, now
            elif held is not None and now - since > LOCK_SECONDS:
                self._break(held)
            if now > end:
                raise OSError(fixed("another_program_is_writing_to_it_all"))
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        if self._holder() == self.token:
            self.file.unlink(missing_ok=True)

    def check(self) -> None:
        """Raise OSError when another program holds the lock by now."""
        if self._holder() != self.token:
            raise OSError(fixed("another_program_took_its_turn"))

    def _take(self) -> bool:
        try:
            handle = os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            return False
        try:
            with open(handle, "w", encoding="utf-8") as out:
                out.write(self.token)
        except OSError:  # a full disk
            self.file.unlink(missing_ok=True)
            raise
        return True

    def _holder(self) -> str | None:
        try:
            return self.file.read_text(encoding="utf-8")
        except OSError:
            return None

    def _break(self, held: str) -> None:
        """Take a dead lock away: renamed first, so that two who wait cannot both remove one."""
        dead = self.file.with_name(f"{self.file.name}.{self.token}")
        try:
            os.rename(self.file, dead)
            if dead.read_text(encoding="utf-8") != held:  # somebody else had just taken it: give it back
                os.rename(dead, self.file)
        except OSError:
            return
        dead.unlink(missing_ok=True)
