"""The reader's own file: every guess, verdict, answer and text, how it changed and on which day, kept and never lost.

One JSON file, `my_answers.json`, in the course's folder (git ignores it). Where that folder cannot be written to, or is
shared with others, it goes to each user's home folder. The variable COURSE_ANSWERS names another file; the tests use it.
JupyterLab, the edition in a browser tab, the web pages and the class view read and write the same form:

    {"course": "The Sino-Soviet Split, Claim by Claim",   a file of another course is never written to
     "edition": 2,                                        of this form; a newer one is read as far as it is understood
     "data": "1.0",                                       version of the tables that last wrote (may be missing)
     "who": "Mina",                                       only if a name was given
     "answers": {"04-1": {"first": 36.4, "first_day": "2026-11-29", "last": 44.6, "last_day": "2026-11-30", "tries": 2}},
     "guesses" ..., "priors" ..., "verdicts" ..., "texts" ..., "decisions" ...}

The same five keys stand for every entry; the values are
    answers           a number, letters ("b, d") or a text
    guesses           {"value": a number, a range [low, high] or words, "unit": words}
    priors, verdicts  {"verdict": one of the six words, "sure": 0 to 100}
    texts             a text (only the last one is kept: no "first")
    decisions         a letter
A try is an answer that differs from the one before: running a cell again counts nothing. Files of the first edition hold
the value alone, with sureness from 50: they are read as first and last at once, marked `"edition": 1`, and rewritten in
this form with the next answer. What is not understood stays in the file as it is and is passed over.

Writing is atomic, one writer at a time. A file that cannot be read is looked at again before anything is done, then kept
under another name, with whatever could be saved out of it taken along. Only the standard library is used here.
"""

import os
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.common import ROOT, VERDICTS
from helpers.sentences import say
from helpers.workfile import PATIENCE, Lock, load, rename, write

NAME = "my_answers.json"
COURSE = "The Sino-Soviet Split, Claim by Claim"
EDITION = 2
KINDS = ("guesses", "priors", "verdicts", "answers", "texts", "decisions")
ASIDE = re.compile(r"\.(?:damaged|earlier|other|of)-")  # files that we ourselves put aside

_waiting: list[tuple[Path, tuple[str, str, object, str]]] = []  # what could not be written yet, and where
_named: set[str] = set()  # sentences said and copies named in this session


def path() -> Path:
    """Return where the answers are kept."""
    named = os.environ.get("COURSE_ANSWERS")
    if named:
        return Path(named)
    return ROOT / NAME if _is_own(ROOT) else Path.home() / f"sino-soviet-split-{NAME}"


def read() -> tuple[dict, str]:
    """Return what was last kept as {kind: {key: value}}, and a message ("" when all is well). Nothing is changed."""
    kept, message = changes()
    return {kind: {key: entry["last"] for key, entry in part.items()} for kind, part in kept.items()}, message


def changes(file: Path | None = None) -> tuple[dict, str]:
    """Return how each answer changed, as `entries` does, and a message; of another pupil's file with its path."""
    file = file or path()
    whole, trouble = _load(file, PATIENCE[:1])
    return entries(whole), _told(trouble, file.name)


def entries(whole: dict) -> dict:
    """Return a file's content as {kind: {key: entry}}; what is not understood is passed over.

    An entry has "first", "last", "first_day", "last_day" ("" where unknown), "tries" and "edition" (1 or 2).
    """
    kept = {}
    for kind in KINDS:
        part = whole.get(kind)
        found = {str(key): _entry(kind, raw) for key, raw in part.items()} if isinstance(part, dict) else {}
        if found := {key: entry for key, entry in found.items() if entry}:
            kept[kind] = found
    return kept


def about(file: Path | None = None) -> dict:
    """Return what a file says of itself: course, edition, data, who; "" or 1 where it says nothing."""
    whole, _ = _load(file or path(), PATIENCE[:1])
    texts = {name: whole.get(name) if isinstance(whole.get(name), str) else "" for name in ("course", "data", "who")}
    return {**texts, "edition": whole["edition"] if isinstance(whole.get("edition"), int) else 1}


def handed_in(who: str = "") -> dict:
    """Return the whole file as it is handed in: in the form of this edition, with a name if one is given."""
    whole = _load(path(), PATIENCE[:1])[0]
    _upgrade(whole)
    return _signed({**whole, "who": who[:80]} if who else whole)


def keep(kind: str, key: str, value: object) -> str:
    """Keep one value; return a message ("" when it was written and nothing is to be said).

    Parameters
    ----------
    kind : str
        One of KINDS.
    value : object
        Anything JSON can hold: see the top of this file.

    Never raises: when the disk is full or the folder is closed, the message says so, and the value is written with the
    next answer.
    """
    file = path()
    _waiting.append((file, (kind, str(key)[:80], value, date.today().isoformat())))
    try:
        with Lock(file) as lock:
            whole, trouble = _load(file, PATIENCE)
            if trouble == "closed":
                return say("keep_closed", file=file.name)
            message = _put_aside(file, trouble, whole) if trouble else ""
            changed = [_put(whole, *one) for place, one in _waiting if place == file]
            if any(changed) or trouble:
                lock.check()
                write(file, _signed(whole))
            _waiting.clear()
    except OSError as problem:
        return say("keep_failed", why=problem.strerror or problem)
    return " ".join(filter(None, (message, *_once(file, _elsewhere(file)), *_copies(file, whole))))


def sign(who: str) -> str:
    """Write the reader's name into the file; return a message."""
    file = path()
    try:
        with Lock(file) as lock:
            whole, trouble = _load(file, PATIENCE)
            if not trouble and whole.get("who") != who:
                lock.check()
                write(file, _signed({**whole, "who": str(who)[:80]}))
    except OSError as problem:
        return say("keep_failed", why=problem.strerror or problem)
    return _told(trouble, file.name)


def next_pupil(who: str = "") -> str:
    """Put the answers that are here aside and start clean, or go on with those of a pupil who was here before.

    `who` is the pupil who sits down now. Returns a message that says where the other answers are and how to get them back.
    """
    file, who = path(), str(who).strip()[:80]
    try:
        with Lock(file):
            whole, trouble = _load(file, PATIENCE)
            left = str(whole.get("who") or "") if not trouble else ""
            if left and who and slug(left) == slug(who):
                return say("pupil_here", who=who)
            aside = _leave(file, left) if file.exists() else None
            own = file.with_name(f"{file.stem}.of-{slug(who)}{file.suffix}")
            back = bool(slug(who)) and own.exists()
            if back:
                os.replace(own, file)
            elif who:
                write(file, _signed({"who": who}))
    except OSError as problem:
        return say("keep_failed", why=problem.strerror or problem)
    _waiting.clear()
    told = "" if aside is None else say("pupil_left_named", who=left) if slug(left) else say("pupil_left", file=aside.name)
    return " ".join(filter(None, (say("pupil_back", who=who) if back else say("pupil_new"), told)))


def take_back(name: str) -> str:
    """Add the answers of another file beside this one that are missing or newer there; return a message.

    `name` is the file's name without its folder. The other file stays as it is.
    """
    file = path()
    other = file.with_name(Path(str(name)).name)
    found, trouble = _load(other, PATIENCE[:1]) if other.exists() else ({}, "missing")
    if trouble or other == file:
        return say("take_back_missing" if trouble == "missing" or other == file else "take_back_damaged", file=other.name)
    try:
        with Lock(file) as lock:
            whole, trouble = _load(file, PATIENCE)
            if trouble:
                return _told(trouble, file.name)
            if whole.get("who") and found.get("who") and whole["who"] != found["who"]:
                return say("take_back_other", file=other.name, who=found["who"], own=whole["who"])
            added = _merge(whole, found)
            lock.check()
            write(file, _signed(whole))
    except OSError as problem:
        return say("keep_failed", why=problem.strerror or problem)
    return say("take_back_done", count=added, file=other.name)


def can_keep() -> str:
    """Return "" when answers can be kept in the course's folder, else a sentence on what is wrong; nothing kept is touched."""
    file = path()
    trial = file.with_name(f"{file.name}.{os.getpid()}.trial")
    try:
        write(trial, {})
        trial.unlink()
    except OSError as problem:
        return say("keep_cannot", why=problem.strerror or problem)
    whole, trouble = _load(file, PATIENCE[:1])
    return _told(trouble, file.name) or " ".join(filter(None, (_elsewhere(file), *_copies(file, whole))))


def _is_own(folder: Path) -> bool:
    """Return True when a folder can be written to and is one user's alone.

    On a school's hub that is a folder inside the user's home, elsewhere a folder that belongs to the user.
    """
    if not os.access(folder, os.W_OK):
        return False
    if "JUPYTERHUB_USER" in os.environ:
        return Path.home().resolve() in folder.resolve().parents
    return not hasattr(os, "geteuid") or os.geteuid() in (0, folder.stat().st_uid)


def _elsewhere(file: Path) -> str:
    return say("keep_at_home", file=file.name) if file.parent == Path.home() else ""


def _once(file: Path, sentence: str) -> list[str]:
    """Return a sentence the first time in a session; after that nothing."""
    if not sentence or f"{file} {sentence}" in _named:
        return []
    _named.add(f"{file} {sentence}")
    return [sentence]


def _told(trouble: str, name: str) -> str:
    return say({"closed": "keep_closed", "course": "keep_other_course"}.get(trouble, "keep_unread"), file=name) if trouble else ""


# ---- entries


def _clean(kind: str, value: Any) -> Any:
    """Return a kept value in the form of its kind, or None when it is of no use."""
    if kind == "guesses":
        value = value if isinstance(value, dict) else {"value": value}
        guessed = value.get("value")
        fits = (
            _is_number(guessed)
            or isinstance(guessed, str)
            or (isinstance(guessed, list) and len(guessed) == 2 and all(map(_is_number, guessed)))
        )
        return {"value": guessed, "unit": str(value.get("unit") or "")} if fits else None
    if kind in ("priors", "verdicts"):
        fits = isinstance(value, dict) and value.get("verdict") in VERDICTS and _is_number(value.get("sure")) and 0 <= value["sure"] <= 100
        return {"verdict": value["verdict"], "sure": value["sure"]} if fits else None
    return value if isinstance(value, str) or (kind == "answers" and _is_number(value)) else None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300


def _entry(kind: str, raw: Any) -> dict | None:
    """Return an entry of the file with all its keys, also one of the first edition or one edited by hand; None if it is of no use."""
    new = isinstance(raw, dict) and "last" in raw
    last = _clean(kind, raw["last"] if new else raw)
    if last is None:
        return None
    first = _clean(kind, raw.get("first")) if new else last
    tries = raw.get("tries") if new else 1
    days = {name: raw.get(name) if new and isinstance(raw.get(name), str) else "" for name in ("first_day", "last_day")}
    edition = raw.get("edition", EDITION) if new else 1
    tries = tries if isinstance(tries, int) and not isinstance(tries, bool) and tries > 0 else 1
    return {"first": last if first is None else first, **days, "last": last, "tries": tries, "edition": 1 if edition == 1 else EDITION}


def _put(whole: dict, kind: str, key: str, value: object, day: str) -> bool:
    """Put one value into the file's content; return False when it is the one that stands there."""
    _upgrade(whole)
    part = _part(whole, kind)
    entry = _entry(kind, part[key]) if key in part else None
    if entry and entry["last"] == value:
        return False
    if entry is None:
        entry = {"first": value, "first_day": day, "tries": 0, "edition": EDITION}
    entry |= {"last": value, "last_day": day, "tries": entry["tries"] + 1}
    part[key] = _slim(kind, entry)
    return True


def _part(whole: dict, kind: str) -> dict:
    """Return the entries of a kind, to be changed. What stands there instead, edited by hand, is kept elsewhere."""
    if not isinstance(whole.setdefault(kind, {}), dict):
        whole[f"{kind}, not understood"] = whole.pop(kind)
        whole[kind] = {}
    return whole[kind]


def _upgrade(whole: dict) -> None:
    """Give the entries of the first edition the form of this one."""
    for kind in KINDS:
        part = whole.get(kind)
        if not isinstance(part, dict):
            continue
        for key, raw in part.items():
            if not (isinstance(raw, dict) and "last" in raw) and (entry := _entry(kind, raw)):
                part[key] = _slim(kind, entry)


def _slim(kind: str, entry: dict) -> dict:
    left_out = {"edition"} if entry["edition"] == EDITION else set()
    left_out |= {"first", "first_day"} if kind == "texts" else set()
    return {name: value for name, value in entry.items() if name not in left_out and value != ""}


def _merge(whole: dict, found: dict) -> int:
    """Add to `whole` what is missing there or newer in `found`; return how many entries changed."""
    added = 0
    _upgrade(whole)
    for kind, key, theirs in _newer(whole, found):
        part = _part(whole, kind)
        ours = _entry(kind, part[key]) if key in part else None
        merged = dict(theirs)
        if ours:
            earlier = min((ours, theirs), key=lambda entry: entry["first_day"] or "9999")
            merged |= {name: earlier[name] for name in ("first", "first_day", "edition")}
            merged["tries"] = max(ours["tries"], theirs["tries"])
        part[key] = _slim(kind, merged)
        added += 1
    return added


def _newer(whole: dict, found: dict) -> list[tuple[str, str, dict]]:
    """Return the entries of `found` that `whole` lacks or has in an older form."""
    result = []
    for kind in KINDS:
        part, own = found.get(kind), whole.get(kind)
        own = own if isinstance(own, dict) else {}
        for key, raw in part.items() if isinstance(part, dict) else ():
            theirs, ours = _entry(kind, raw), _entry(kind, own[key]) if key in own else None
            if theirs and (not ours or (theirs["last"] != ours["last"] and theirs["last_day"] > ours["last_day"])):
                result.append((kind, key, theirs))
    return result


# ---- the file


def _signed(whole: dict) -> dict:
    edition = whole.get("edition")
    edition = edition if isinstance(edition, int) and edition > EDITION else EDITION
    return {
        "course": COURSE,
        "edition": edition,
        "data": _data_version(),
        **{k: v for k, v in whole.items() if k not in ("course", "edition", "data")},
    }


@lru_cache(maxsize=1)
def _data_version() -> str:
    try:
        top = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")[:5000]
    except OSError:
        return ""
    found = re.search(r'"version": "([^"]*)"', top)
    return found[1] if found else ""


def _load(file: Path, pauses: tuple[float, ...] = ()) -> tuple[dict, str]:
    """Return a file's content and what is wrong: "", "closed", "damaged" or "course" (it belongs to another one)."""
    whole, trouble = load(file, pauses)
    course = whole.get("course")
    return ({}, "course") if isinstance(course, str) and course != COURSE else (whole, trouble)


def _put_aside(file: Path, trouble: str, whole: dict) -> str:
    """Rename a file that cannot be used; return the sentence that says where it is and how to get it back."""
    aside = rename(file, "other" if trouble == "course" else "damaged")
    saved = sum(len(part) for kind, part in whole.items() if kind in KINDS and isinstance(part, dict))
    return say("aside_course" if trouble == "course" else "aside_damaged", file=aside.name, count=saved)


def _leave(file: Path, who: str) -> Path:
    """Put a pupil's file aside under their name, or a number; return where it is."""
    return rename(file, f"of-{slug(who)}", numbered=False) if slug(who) else rename(file, "earlier")


def slug(who: str) -> str:
    """Return a name as a part of a file's name."""
    return "-".join(re.findall(r"\w+", who))[:40]


def _copies(file: Path, whole: dict) -> list[str]:
    """Return a sentence for each copy beside the file that holds answers it lacks; each is named once in a session."""
    told = []
    for copy in sorted(file.parent.glob(f"*{file.stem}*{file.suffix}")):
        if copy == file or ASIDE.search(copy.name) or str(copy) in _named:
            continue
        found, trouble = _load(copy)
        if not trouble and (missing := len(_newer(whole, found))):
            _named.add(str(copy))
            told.append(say("copy_found", file=copy.name, count=missing))
    return told
