"""What a class handed in, on one page: `python3 -m helpers class FOLDER`.

The page does the whole reckoning itself (`class_assets/reckon.js`), with the key and the judging of the pages that answer. This
command only puts the files' contents into it; without a folder it makes the same page, on which files are dropped. Names are
hidden until a button shows them. Nothing is fetched and nothing is sent: the page's own rules forbid it.
"""

import base64
import json
import string
import sys
import time
from pathlib import Path

from helpers import data
from helpers.common import ROOT
from helpers.desk import calibration, portfolio, tasks
from helpers.tools import answering, build

ASSETS = Path(__file__).parent / "class_assets"
SHARED = Path(__file__).parent / "site_assets"
SCRIPTS = (SHARED / "reading.js", SHARED / "answers.js", ASSETS / "reckon.js", ASSETS / "show.js")
NAME = "class"
MARK = "What the class thought: The Sino-Soviet Split, Claim by Claim"
LARGEST, MOST = 2_000_000, 400  # bytes of a file, files of a class
PASSED_OVER = (".", "__")  # what systems leave in a folder
DEEP = 2  # folders inside the folder: a school's system may make one for each pupil
WORDS = {
    "large": "is too large for a work file.",
    "closed": "cannot be opened: close it in other programs, then make the page again.",
}
TOLD = ("points_all", "points_close", "points_old", "points_few", "gap_more", "gap_less", "gap_none")


class ClassError(RuntimeError):
    """The page could not be made; the message is one sentence with the remedy."""


def page(files: list[dict]) -> str:
    """Return the whole page as HTML.

    Parameters
    ----------
    files : list of dict
        What `collect` returns; an empty list makes the page on which files are dropped.
    """
    questions, claims = data.load("questions"), data.load("claims")
    key = {row.question_id: answering.question(row) for row in questions.itertuples()}
    key |= {f"{row.claim_id} ours": {"verdict": row.verdict, "confidence": row.confidence} for row in claims.itertuples()}
    encoded = {name: answering.encoded(name, entry) for name, entry in key.items()}
    script = (
        answering.script((), ()) + f"window.courseKey = {_json(encoded)};\nwindow.classAbout = {_json(_about(questions, claims, files))};\n"
    )
    parts = [_safe(script), *(path.read_text(encoding="utf-8") for path in SCRIPTS)]
    template = string.Template((ASSETS / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        mark=MARK,
        css=(ASSETS / "class.css").read_text(encoding="utf-8"),
        scripts="\n".join(f"<script>{part}</script>" for part in parts),
    )


def _about(questions, claims, files: list[dict]) -> dict:
    """Return what the page knows besides the key: names of lessons, prompts, claims, tasks, sentences, the pupils' files."""
    own = questions[questions["bank_id"] == ""]
    sentences = data.load("sentences").set_index("sentence_id")["text"]
    asked = {}
    for path in build.lessons():
        asked |= {key: task._asdict() for key, task in tasks.of_lesson(path).items()}
    return {
        "files": files,
        "lessons": dict(data.load("lessons")[["lesson", "title"]].itertuples(index=False)),
        "asked": own[own["kind"] != "text"].groupby("lesson").size().to_dict(),
        "questions": {row.question_id: {"lesson": row.lesson, "prompt": row.prompt} for row in questions.itertuples()},
        "claims": {row.claim_id: {"words": row.claim, "lessons": data.split_list(row.lessons)} for row in claims.itertuples()},
        "tasks": asked,
        "sentences": {name: sentences[name] for name in TOLD},
        "few": calibration.FEW,
        "work": portfolio.WORK,
        "portfolio": portfolio.MARK,
        "largest": LARGEST,
        "words": WORDS,
    }


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _safe(script: str) -> str:
    """Return a script whose texts cannot end it: "<" is written as an escape, which is the same text to JavaScript."""
    return script.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def collect(folder: Path) -> list[dict]:
    """Return the files of a folder as the page takes them: {"name", "held"} in base64, or {"name", "trouble"}.

    Hidden files, locks and earlier pages of this command are passed over.

    Raises
    ------
    ClassError
        When there is no such folder, or it holds more files than a class hands in.
    """
    if not folder.is_dir():
        raise ClassError(f"There is no folder {folder}: name the one that holds what the pupils handed in.")
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if len(parts) <= DEEP + 1 and not any(part.startswith(PASSED_OVER) for part in parts) and path.suffix != ".lock" and path.is_file():
            found.append(path)
        if len(found) > MOST:
            raise ClassError(f"There are more than {MOST} files in {folder}: name the folder that holds only what the pupils handed in.")
    return [_file(path, path.relative_to(folder).as_posix()) for path in found if not _is_ours(path)]


def _file(path: Path, name: str) -> dict:
    try:
        if path.stat().st_size > LARGEST:
            return {"name": name, "trouble": WORDS["large"]}
        return {"name": name, "held": base64.b64encode(path.read_bytes()).decode("ascii")}
    except OSError:
        return {"name": name, "trouble": WORDS["closed"]}


def _is_ours(path: Path) -> bool:
    """Return True for a page that this command made."""
    try:
        with open(path, encoding="utf-8", errors="replace") as text:
            return path.suffix == ".html" and f"<title>{MARK}</title>" in text.read(1000)
    except OSError:
        return False


def write(folder: Path, files: list[dict] | tuple = ()) -> Path:
    """Write the page into a folder and return its path; without files it is the page on which they are dropped.

    An earlier page of this command is replaced; any other file of that name is left alone and the page gets a number.
    """
    for number in range(1, 100):
        place = folder / f"{NAME}{'' if number == 1 else f'-{number}'}.html"
        if not place.exists() or _is_ours(place):
            place.write_text(page(list(files)), encoding="utf-8", newline="\n")
            return place
    raise ClassError(f"There are a hundred files named {NAME}.html in {folder}: move some away.")


def main(arguments: list[str]) -> int:
    """Make the page of a folder, or the one on which files are dropped; return the exit status."""
    began = time.monotonic()
    if len(arguments) > 1 or any(word.startswith("-") for word in arguments):
        print(f"'class' takes one folder and nothing else; it was given {' '.join(arguments)}.")
        return 2
    try:
        folder = Path(arguments[0]) if arguments else ROOT
        files = collect(folder) if arguments else []
        if arguments and not files:
            raise ClassError(f"The folder {folder} holds no file: name the one that holds what the pupils handed in.")
        made = write(folder, files)
    except (ClassError, OSError) as problem:
        print(f"\n{problem}")
        return 1
    about = f"{len(files)} file{'s' if len(files) != 1 else ''}" if files else "A page on which files are dropped"
    print(f"{about}, {time.monotonic() - began:.1f} s. Names are hidden until you press Show names.\nOpen {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
