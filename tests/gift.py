"""Read GIFT as its documentation and Moodle's own reader have it; shares no code with what writes it.

Moodle's order (question/format/gift/format.php): an empty line ends a question; a line that begins with // is dropped; escaped
signs become others before anything is looked for; the name stands between ::; the answers between the first { and the first };
feedback of the whole begins at the last ####; then # numbers, no text is an essay, ~ is a choice, = with -> is a matching.
"""

import re

HIDDEN = {"\\\\": "\ue000", "\\~": "\ue001", "\\=": "\ue002", "\\#": "\ue003", "\\{": "\ue004", "\\}": "\ue005", "\\:": "\ue006"}
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")


class GiftError(ValueError):
    """A question that Moodle would refuse."""


def questions(text):
    """Return the questions of a file as dictionaries: category, name, kind, text, answers, general."""
    found, category = [], ""
    for block in re.split(r"\n[ \t]*\n", text.lstrip("\ufeff")):
        lines = [line for line in block.splitlines() if not line.strip().startswith("//")]
        body = "\n".join(lines).strip()
        if body.startswith("$CATEGORY:"):
            category = body[len("$CATEGORY:") :].strip()
        elif body:
            found.append({"category": category, **question(body)})
    return found


def question(body):
    for written, sign in HIDDEN.items():
        body = body.replace(written, sign)
    name = re.match(r"::(.*?)::", body, re.S)
    rest = body[name.end() :] if name else body
    if "{" not in rest or "}" not in rest:
        raise GiftError("no answers")
    head, inside = rest.partition("{")[0], rest[rest.index("{") + 1 : rest.index("}")].strip()
    if rest[rest.index("}") + 1 :].strip():
        raise GiftError(f"words after the answers: {shown(rest[rest.index('}') + 1 :])!r}")
    answers, _, general = inside.rpartition("####") if "####" in inside else (inside, "", "")
    text = head.strip()
    form = re.match(r"\[(html|plain|markdown|moodle)\]", text)
    made = {"name": shown(name[1]) if name else "", "text": shown(text[form.end() :] if form else text), "general": shown(general)}
    return made | dict(zip(("kind", "answers"), answered(answers.strip()), strict=True))


def answered(text):
    """Return (kind, answers); an answer is (text or (number, tolerance) or (left, right), weight, feedback)."""
    if not text:
        return "essay", []
    if text.startswith("#"):
        numbers, _, wrong = text[1:].partition("~")
        found = [number(part) for part in numbers.split("=") if part.strip()]
        return "number", found + ([("*", 0.0, shown(wrong.partition("#")[2]))] if wrong else [])
    if "~" in text:
        found = [choice(part.strip()) for part in re.split(r"(?=[~=])", text) if part.strip()]
        return ("one" if "=" in text else "several"), found
    if "=" in text and "->" in text:
        return "match", [(tuple(shown(side) for side in part.split("->", 1)), 100.0, "") for part in text.split("=") if part.strip()]
    raise GiftError(f"neither number, choice, matching nor essay: {shown(text)!r}")


def weighted(text, otherwise):
    found = WEIGHT.match(text)
    return (float(found[1]), text[found.end() :]) if found else (otherwise, text)


def choice(part):
    weight, rest = (100.0, part[1:]) if part[0] == "=" else weighted(part[1:], 0.0)
    words, _, feedback = rest.partition("#")
    return shown(words), weight, shown(feedback)


def number(part):
    weight, rest = weighted(part.strip(), 100.0)
    value, _, feedback = rest.partition("#")
    middle, _, tolerance = value.partition(":")
    return (float(middle), float(tolerance or 0)), weight, shown(feedback)


def shown(text):
    """Return text with its signs back; a sign that stands for nothing escaped would be one too many."""
    for written, sign in HIDDEN.items():
        text = text.replace(sign, written[1])
    return text.strip()
