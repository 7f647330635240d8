"""What can be counted in a written text: its words, and the sources it names, checked against ours."""

import re
from functools import lru_cache

from helpers import data
from helpers.sentences import say, shown

ID = re.compile(r"[DHR]\d{2,3}|[A-Z]{2,}\d{4,}|[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+")  # what looks like a source id


def words(text: str) -> int:
    """Return the number of words of a text."""
    return len(text.split())


def ids_in(text: str) -> tuple[list[str], list[str]]:
    """Return (known, unknown): the ids of documents, works and sources that a text names, and words that only look like ids."""
    catalogue, known, unknown = _catalogue(), [], []
    for word in dict.fromkeys(re.findall(r"[A-Za-z0-9_]+", text)):
        if word in catalogue:
            known.append(word)
        elif ID.fullmatch(word):
            unknown.append(word)
    return known, unknown


def counted(text: str) -> str:
    """Return the sources that a text names, counted, and a sentence for each id that is in no table."""
    known, unknown = ids_in(text)
    parts = [say("ids_counted", count=len(known), ids=", ".join(known)) if known else say("ids_none")]
    parts += [say("id_unknown", id=name, nearest=data.nearest(name, sorted(_catalogue()))) for name in unknown[:5]]
    return " ".join(parts)


def length(text: str, asked: object = None) -> str:
    """Return how many words a text has, and how many the task asks for."""
    return say("words_asked", count=words(text), asked=shown(asked)) if asked else say("words_counted", count=words(text))


@lru_cache(maxsize=1)
def _catalogue() -> frozenset[str]:
    return frozenset(data.load("sources")["source_id"]) | frozenset(data.load("documents")["doc_id"])
