"""An invented class: 28 pupils who never lived did lessons 03 and 04, and some files that are none. Always the same ones.

python3 tests/invented_class.py FOLDER
"""

import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers import data
from helpers.common import VERDICTS
from helpers.desk import answers, exercises, portfolio

LESSONS = ("03", "04")
NAMES = (
    "Ada Ben Chiara Dewi Emre Fatou Gil Hana Ivo Jun Kofi Lea Mina Nils Omar Pia Quinn Rosa Sami Tove Uma Vera Wen Xena Yusuf Zoe 李娜 Zoë"
).split()
SENTENCES = (
    "Between about 15 and 45 million people died, by most estimates (houser, csy1999_wxc).",
    "The register missed many deaths, so historians subtract normal years from it.",
    "Each office added a little, and the sum came to Beijing as a record (D022).",
    "Nobody wrote all the names down.",
    "The figure of 375 million tonnes was later cut to 200 (linyang2000_p143).",
    "A range is more honest than one number.",
    "What the model cannot show is who lied & who <believed>.",
    "We know it from censuses counted backwards.",
)


def pupil(chance: random.Random, who: str) -> dict:
    """Return the work file of one invented pupil."""
    able = chance.uniform(0.35, 0.95)
    whole = {"course": answers.COURSE, "edition": answers.EDITION, "data": data.version(), "who": f"{who} (invented)"}
    whole["guesses"] = {
        "03 percent": entry({"value": chance.choice((5, 10, 10, 20, 25, 50)), "unit": "percent added by each office"}),
        "03 end": entry({"value": chance.choice(("1959", "1960", "1961", "1962")), "unit": "as the end of the Leap"}),
        "04 deaths": entry(
            {"value": chance.choice((1, 2, 3, 5, 8, 8, 10, 15, [10, 20], 30, 45, 80)), "unit": "million deaths"},
            {"value": chance.choice((20, 30, 35)), "unit": "million deaths"},
        ),
        "04 timing": entry({"value": chance.choice(("before", "after", "after")), "unit": "the recall of July 1960"}),
    }
    whole["answers"] = {}
    for row in data.load("questions").itertuples():
        if row.lesson not in LESSONS or row.bank_id or chance.random() < 0.12:
            continue
        tried = attempts(chance, row, able)
        whole["answers"][row.question_id] = entry(tried[0], tried[-1], len(tried))
    claims = data.load("claims")
    for claim in claims[claims["lesson"].isin(LESSONS)].itertuples():
        likely = [claim.verdict] * 3 + list(VERDICTS)
        first = {"verdict": chance.choice(("supported", "supported", *VERDICTS)), "sure": chance.choice((40, 60, 75, 90))}
        whole.setdefault("priors", {})[claim.claim_id] = entry(first)
        if chance.random() < 0.85:
            last = {"verdict": chance.choice(likely), "sure": chance.choice((35, 50, 62.5, 70, 85, 100))}
            whole.setdefault("verdicts", {})[claim.claim_id] = entry(first, last, 2)
    whole["texts"] = {}
    for key in ("03 explain", "04 label"):
        if chance.random() < 0.8:
            whole["texts"][key] = {"last": " ".join(chance.sample(SENTENCES, 5)), "last_day": "2026-11-27", "tries": 1}
    return whole


def entry(first: object, last: object = None, tries: int = 0) -> dict:
    """Return an entry of a work file."""
    last = first if last is None else last
    return {"first": first, "first_day": "2026-11-26", "last": last, "last_day": "2026-11-27", "tries": tries or 1 + (last != first)}


def attempts(chance: random.Random, row, able: float) -> list:
    """Return the answers that a pupil gave to a question, one after the other."""
    if row.kind == "text":
        return [chance.choice(SENTENCES)]
    right = exercises.canonical(row.answer.split(exercises.EITHER)[0], row)
    slips = [one for one, _ in exercises.mistakes(row) if row.kind != "number" or one.replace(".", "").isdecimal()]
    wrong = [exercises.canonical(one, row) for one in slips] + ([-right, right + 1.5] if row.kind == "number" else [])
    if not wrong or chance.random() < able:
        return [right]
    slip = chance.choice(wrong[:2] * 2 + wrong)
    return [slip, right] if chance.random() < able else [slip]


def whole_class(seed: int = 4) -> list[dict]:
    """Return the 28 work files."""
    chance = random.Random(seed)
    return [pupil(chance, name) for name in NAMES]


def write(folder: Path) -> list[dict]:
    """Write the class's files into a folder: most from JupyterLab, some from the pages, some portfolios; return what they hold."""
    made = whole_class()
    for number, (name, whole) in enumerate(zip(NAMES, made, strict=True)):
        if number % 5 == 3:  # a portfolio
            text = portfolio.as_html(portfolio.sections(answers.entries(whole)), whole["who"], whole)
            place = folder / f"portfolio-{name}-2026-11-27.html"
        elif number % 5 == 4:  # the pages know no name; the school's system made a folder for each pupil
            del whole["who"]
            text, place = json.dumps(whole, ensure_ascii=False), folder / f"{name} (invented)" / "my_answers.json"
        else:
            text, place = json.dumps(whole, ensure_ascii=False, indent=1), folder / f"my_answers {number:02}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return made


def spoil(folder: Path) -> dict[str, str]:
    """Write files beside those of a class that count for nothing or need a word; return {file: a part of the sentence on it}."""
    made = whole_class(seed=9)
    one = json.dumps(made[0])
    commas, marks = (json.dumps({**made[number], "who": f"Extra {number} (invented)"}) for number in (3, 4))
    again = json.loads((folder / "my_answers 00.json").read_text(encoding="utf-8"))
    further = {**again, "texts": {}, "answers": {"03-99": entry("a")}, "guesses": {}, "priors": {}, "verdicts": {}}
    old = {"answers": {"04-1": "a"}, "verdicts": {"C10": {"verdict": "partly", "sure": 80}}, "who": "Old (invented)"}
    files = {
        "x empty.json": (b"", "is empty"),
        "x blank.json": (b" \n\n", "is empty"),
        "x nothing.json": (json.dumps({"course": answers.COURSE, "edition": 2}).encode(), "holds no answers yet"),
        "x broken.json": (one[: len(one) // 2].encode(), "is damaged"),
        "x other course.json": (
            json.dumps({**made[0], "course": "Botany, Leaf by Leaf"}).encode(),
            "another course (Botany, Leaf by Leaf)",
        ),
        "x newer.json": (json.dumps({**made[0], "edition": 9}).encode(), "newer edition"),
        "x list.json": (b"[1, 2]", "is not a work file"),
        "x table.json": (b'{"name": "package", "version": "1"}', "is not a work file"),
        "x notes.txt": (b"Dear teacher, I could not open it.", "is not a work file"),
        "x photo.jpg": (bytes(range(256)) * 40, "is not a work file"),
        "x page.html": (b"<!doctype html><title>A page</title><script>document.title='ran'</script>", "is not a work file"),
        "x old portfolio.html": (f"<!doctype html><title>{portfolio.MARK}</title>".encode(), "carries no data"),
        "x portfolio.md": (portfolio.as_markdown([], "Somebody").encode(), "in Markdown"),
        "y copy of 00.json": ((folder / "my_answers 00.json").read_bytes(), "holds the same as another file"),
        "y further.json": (json.dumps(further).encode(), "put together"),
        "y namesake.json": (json.dumps({**made[1], "who": again["who"]}).encode(), "two pupils"),
        "y first edition.json": (json.dumps(old).encode(), "first edition"),
        "y other tables.json": (json.dumps({**made[2], "who": "Tabular (invented)", "data": "0.0.1"}).encode(), "version 0.0.1"),
        "z commas.json": (commas[:-1].encode() + b",\n}", ""),
        "z marks.json": (b"\xff\xfe" + marks.encode("utf-16-le"), ""),
    }
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    return {name: says for name, (_, says) in files.items()}


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write(target)
    spoil(target)
