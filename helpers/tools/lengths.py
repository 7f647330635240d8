"""The class hour, the same in 45, 60 and 90 minutes, and hours that need no other lesson, all from the lessons' own parts.

A teacher's file may say, under `## Lengths`,

    - leave out: s3       what may go when time is short, the first one first (else sections, from the last one on)
    - first: s3           what goes from the usual hour, too: a class talks, and its verdicts take longer than a reader's
    - not judged: C11     claims that nobody can judge without what goes
    - add: discuss, A     parts of Going further that may be added, the first one first (else the written task, then A, B ...)

What is left of the time is dealt out, never beyond a part's slow pace. Hours that stand alone have a file of the same form as
`plans/NN.md`; what it leaves out is taken from the lesson's own. It begins with

    ## Hour     - lesson: 05; - title: ...; - question: ...; - parts: header, before, guess, ...; - claims: C16
                - guess: the question of the slip; - fields: what stands behind each line of the slip, apart by ";"
                - exercises s2: 02-2, ...; other questions for a part than those of the lesson
    ## Before   what a class must know that had no other lesson

`plans/04-quiet.md` has the same form: a sheet with the same skills and a quiet topic, for who would rather not take part in lesson
04. It has neither plan nor slides, may take parts of Going further, and stands beside every hour on that lesson.
"""

import copy
from dataclasses import dataclass, field, replace

from helpers import data
from helpers.tools import hour

USUAL = 50
QUIET = "{}-quiet"  # the file of a lesson's quiet sheet
MINUTES = (45, 60, 90)
ALONE = ("famine", "congress", "insult")  # the files of hours that stand alone, in the order in which we would try them
BEFORE = [3, 4, 6]  # minutes, fast, usual, slow, for what a class must know
STAYS = ("header", "care", "guess", "ledger", "know")
IN_THE_LAST_MINUTES = ("know",)
TO_JUDGE, TO_END = (2, 2, 6), 3  # minutes of a class: for its verdicts (at the start, a claim, at most), for slips and goodbye


@dataclass
class Cut:
    """An hour of another length: its parts with one time each, the parts left out and added, the claims that are not judged.

    `later` are the names of the parts that the usual hour goes without: they are not on the sheet, and their slides come last.
    """

    minutes: int
    parts: list
    out: list = field(default_factory=list)
    added: list = field(default_factory=list)
    not_judged: list = field(default_factory=list)
    later: list = field(default_factory=list)

    def said(self, slides):
        """Return in one line what was changed; `slides` are {part: [numbers of its slides]}."""
        found = [_without(part, slides.get(part.name, []), part.name not in self.later) for part in self.out]
        found += [f"Not judged: {', '.join(self.not_judged)}."] * bool(self.not_judged)
        letters = [part.name for part in self.added if part.name != "discuss"]
        added = [f"part{'s' * (len(letters) > 1)} {_joined(letters)} of *Going further*"] * bool(letters)
        added += ["the written task"] * (len(letters) < len(self.added))
        found += [f"Added after the ledger: {', then '.join(added)}."] * bool(added)
        found += ["The parts of the core get more time."] * (not self.out and not self.added)
        return " ".join(found)


def _without(part, numbers, on_the_sheet):
    slides = f" (slides {numbers[0]}-{numbers[-1]})" if len(numbers) > 1 else f" (slide {numbers[0]})" if numbers else ""
    home = ""
    if part.exercises and on_the_sheet:
        home = f" {_joined(part.exercises)} {'go' if len(part.exercises) > 1 else 'goes'} home."
    return f"Without *{part.title}*{slides}.{home}"


def _joined(words):
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def shown(part):
    """Return what a part of *Going further* shows, in one line, where the teacher's file says nothing of it."""
    if part.name == "discuss":
        return "The talk at the end of the lesson's page, then the written task, in class: it is no homework then."
    if len(part.name) > 1:
        return ""
    titles = data.load("documents").set_index("doc_id")["title"].reindex(part.documents).dropna()
    figures = f"{len(part.figures)} figure{'s' * (len(part.figures) > 1)}" if part.figures else "text and table"
    return f"From the lesson's page, Going further: {', '.join([figures, *(f'*{one}*' for one in titles)])}. Pairs read, then tell."


def cut(one, minutes):
    """Return an hour in another length.

    one      an `hour.Hour`
    minutes  45, 60 or 90
    """
    parts = [copy.copy(part) for part in one.parts]
    out, added = [], []
    for name in _named(one, "leave out") or _by_size(parts):
        if _usual(parts) > minutes:
            out += [part for part in parts if part.name == name]
            parts = [part for part in parts if part.name != name]
    more = {part.name: part for part in one.more}
    for name in _named(one, "add") or sorted(more, key=lambda name: (name != "discuss", name)):
        if not out and name in more and _usual(parts) + _usual(added) + more[name].minutes[1] <= minutes:
            added.append(copy.copy(more[name]))
    added.sort(key=lambda part: part.name == "discuss")  # to write comes last
    place = next((number for number, part in enumerate(parts) if part.name in IN_THE_LAST_MINUTES), len(parts))
    parts[place:place] = added
    _deal(parts, minutes)
    return Cut(minutes, parts, out, added, _named(one, "not judged") if out else [], later(one))


def for_class(one):
    """Return the usual hour as a class takes it: what the teacher's file names under `first` goes, verdicts and end get their time.

    The minutes for them are taken from the parts that have most to spare, never below a part's fast pace.

    one  an `hour.Hour`
    """
    parts = [copy.copy(part) for part in one.parts if part.name not in later(one)]
    fixed = {"know": TO_END}
    start, claim, most = TO_JUDGE
    for part in parts:
        if part.name == "ledger":
            fixed["ledger"] = min(most, start + claim * len(part.claims))
    given = [max(part.minutes[1], fixed.get(part.name, 0)) for part in parts]
    length = min(USUAL, sum(given)) if one.alone else USUAL
    while sum(given) > length:
        _, place = max((0 if part.name in fixed else now - part.minutes[0], place) for place, (part, now) in enumerate(zip(parts, given)))
        given[place] -= 1
    for part, now in zip(parts, given, strict=True):
        part.minutes = [now, now, max(now, part.minutes[2])]
    _deal(parts, length)
    return Cut(length, parts, [part for part in one.parts if part.name in later(one)], later=later(one))


def later(one):
    """Return the names of the parts that a usual class hour goes without."""
    return _named(one, "first")


def of(one):
    """Return the other lengths that an hour has enough parts for; an hour that stands alone has one length."""
    return [minutes for minutes in MINUTES if not one.alone and _usual(cut(one, minutes).parts) == minutes]


def _named(one, what):
    return _listed(one.plan.lengths.get(what, ""))


def _listed(words):
    return [name.strip() for name in words.split(",") if name.strip()]


def _by_size(parts):
    return [part.name for part in reversed(parts) if part.name not in STAYS and part.name != "source"]


def _usual(parts):
    return sum(part.minutes[1] for part in parts)


def _deal(parts, minutes):
    """Give each part one time, the usual one; what is left goes minute by minute to the part that is furthest from its slow pace."""
    given = [part.minutes[1] for part in parts]
    for _ in range(minutes - sum(given)):
        gap, place = max((part.minutes[2] - now, -number) for number, (part, now) in enumerate(zip(parts, given, strict=True)))
        given[-place] += gap > 0
    for part, now in zip(parts, given, strict=True):
        part.minutes = [now] * 3


def faults(one):
    """Return a sentence for each part or claim that the teacher's file names under *Lengths* and the lesson does not have."""
    known = {
        "leave out": [part.name for part in one.parts if part.name not in STAYS],
        "add": [part.name for part in one.more],
        "first": [part.name for part in one.parts if part.name not in STAYS],
        "not judged": one.named("claims"),
    }
    found = [
        f"plans/{one.name}.md, Lengths, {what}: '{name}'; {data.nearest(name, names)}."
        for what, names in known.items()
        for name in _named(one, what)
        if name not in names
    ]
    return found + [
        f"plans/{one.name}.md, Lengths, '{what}'; {data.nearest(what, known)}." for what in one.plan.lengths if what not in known
    ]


def standing(lessons):
    """Return the names of the hours that stand alone on one of these lessons, as far as their files are there."""
    return [name for name in ALONE if (hour.PLANS / f"{name}.md").exists() and lesson_of(name) in lessons]


def lesson_of(name):
    """Return the lesson of an hour that stands alone."""
    return about(name)["lesson"]


def about(name):
    """Return what the file of an hour that stands alone says under *Hour*: {"title": ..., "parts": ...}."""
    return hour.named_lines(hour.texts_of(hour.PLANS / f"{name}.md")["Hour"])


def quiet(lessons):
    """Return {lesson: the name of its quiet sheet}, as far as the sheets' files and the lessons that they are made of are there."""
    names = {lesson: QUIET.format(lesson) for lesson in lessons}
    return {lesson: name for lesson, name in names.items() if (hour.PLANS / f"{name}.md").exists() and lesson_of(name) in lessons}


def alone(one, name, beside=""):
    """Return an hour that needs no other lesson, made of some parts of a lesson.

    one     the lesson's `hour.Hour`
    name    of the teacher's file, one of `ALONE` or of `quiet`
    beside  the lesson beside which a quiet sheet is done
    What its file names and the lesson lacks is a sentence in `plan.complaints`.
    """
    texts, said = hour.texts_of(hour.PLANS / f"{name}.md"), about(name)
    plan = copy.deepcopy(one.plan)
    plan.texts |= texts
    plan.say |= hour.named_lines(texts.get("Say", ""))
    plan.sheet |= hour.named_lines(texts.get("Sheet", ""))
    plan.deck |= hour.named_lines(texts.get("Deck", ""))
    plan.lengths = {}
    plan.objections = hour.objections_of(texts) or plan.objections
    plan.asked = hour.objections_of(texts, "Asked too") or plan.asked
    known = {part.name: copy.deepcopy(part) for part in [*one.parts, *(one.more if beside else [])]}
    known["before"] = hour.Part("before", "What you need to know", BEFORE, texts.get("Before", ""))
    wanted = [word.strip() for word in said["parts"].split(",")]
    plan.complaints += [f"plans/{name}.md wants the part '{word}'; {data.nearest(word, known)}." for word in wanted if word not in known]
    parts = [known[word] for word in wanted if word in known]
    for part in parts:
        part.claims = [key for key in part.claims if key in said["claims"]]
        part.exercises = _listed(said[f"exercises {part.name}"]) if f"exercises {part.name}" in said else part.exercises
        if part.guesses and "guess" in said:
            part.guess_text = said["guess"]
            part.guesses = [("", unit.strip()) for unit in said["fields"].split(";")]
    task = plan.sheet.get("task", one.task)
    return replace(
        one, title=said["title"], question=said["question"], parts=parts, plan=plan, alone=name, task=task, more=[],
        objective=said.get("objective", one.objective), beside=beside,
    )  # fmt: skip
