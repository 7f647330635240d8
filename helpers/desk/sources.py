"""Sources at hand: every id that is printed leads to its entry, with its grade and, where there is one, its address."""

import html
import re
from collections import Counter

from helpers import data
from helpers.common import escape
from helpers.desk.screen import MEASURE, folded, show_html

GRADES = {
    "A": "the original was read",
    "B": "an excerpt or a transcription",
    "C": "a reference work or the press",
    "D": "a weak copy",
}
WEAK = ("C", "D")  # said wherever such a source is named
ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
ID = re.compile(r"(?<![\w/.-])[A-Za-z][\w-]*\w(?![\w-])")


def sources_used(*tables: object) -> None:
    """Show, folded, the sources behind the tables that a lesson loaded: grade, citation, and where to open or find each."""
    rows = data.load("sources").set_index("source_id", drop=False).loc[data.source_ids(*tables)]
    count = Counter(rows["grade"])
    have = sum(bool(ADDRESS.fullmatch(url)) for url in rows["url"])
    grades = " · ".join(f"{grade} {count[grade]}" for grade in GRADES if count[grade])
    said = "; ".join(f"<b>{grade}</b> {means}" for grade, means in GRADES.items())
    cards = _cards()
    items = "".join(f"<li>{entry(row, cards.get(row.source_id, ()))}</li>" for row in rows.itertuples())
    content = f'<p style="max-width:{MEASURE}">{said}.</p><ul style="max-width:{MEASURE}">{items}</ul>'
    show_html(folded(f"Sources of this lesson: {len(rows)}, of which {have} can be opened from here ({grades})", content))


def entry(row, cards=()) -> str:
    """Return a source as one line of HTML.

    Parameters
    ----------
    row : named tuple
        A row of `data/sources.csv`.
    cards : sequence of str
        Ids of the document cards that describe it, where they differ from its own.
    """
    reported = f" As reported by: {escape(row.as_reported_by)}." if row.as_reported_by else ""
    names = ", ".join(f"<code>{escape(name)}</code>" for name in (row.source_id, *cards))
    return f"<b>{escape(row.grade)}</b> {escape(row.citation.rstrip('.'))}.{reported} {whereabouts(row)} {names}"


def whereabouts(row, words: str = "Open it") -> str:
    """Return where a source can be had as HTML: a link under these words, else where to find it, else nothing."""
    if ADDRESS.fullmatch(row.url):
        return anchor(words, row.url)
    return f"Where to find it: {escape(row.find_at)}." if row.find_at else ""


def anchor(text: str, address: str) -> str:
    """Return a link; the text is already HTML."""
    return f'<a href="{html.escape(address)}">{text}</a>'


class Links:
    """Makes ids in text lead to their sources, each where it first stands; a second mention is plain."""

    def __init__(self):
        self.known, self.named = _catalogue(), set()

    def text(self, words: str) -> str:
        """Return text from the data as HTML in which every id of a source or a document card leads to it."""
        parts, end = [], 0
        for found in ID.finditer(words):
            name = found.group()
            if name in self.known and re.search(r"[\d_A-Z]", name):  # an id that is an English word stays a word
                parts += [escape(words[end : found.start()]), self._first(name)]
                end = found.end()
        return "".join(parts) + escape(words[end:])

    def others(self, source_ids: str) -> str:
        """Return those of a cell's source ids, separated by semicolons, that no text has named yet, as linked HTML."""
        left = [name for name in data.split_list(source_ids) if name not in self.named]
        return "; ".join(self._first(name) for name in left)

    def _first(self, name):
        if name in self.named:
            return escape(name)
        self.named.add(name)
        return _named(name, self.known)


def _named(name, known):
    """Return an id as HTML: a link to the source where it has an address, else its citation on hover; C and D are said."""
    if name not in known:
        return escape(name)
    citation, grade, url = known[name]
    weak = f" ({grade})" if grade in WEAK else ""
    if ADDRESS.fullmatch(url):
        return anchor(escape(name), url) + weak
    return f'<span title="{html.escape(citation)}">{escape(name)}</span>{weak}'


def _catalogue():
    """Return {id of a source or a document card: (citation, grade, address)}."""
    rows = data.load("sources")
    known = dict(zip(rows["source_id"], zip(rows["citation"], rows["grade"], rows["url"])))
    cards = data.load("documents")
    return {doc: known[source] for doc, source in zip(cards["doc_id"], cards["source_id"]) if source in known} | known


def _cards():
    """Return {source id: ids of the document cards that describe it under another name}."""
    rows, found = data.load("documents"), {}
    for doc, source in zip(rows["doc_id"], rows["source_id"]):
        if doc != source:
            found.setdefault(source, []).append(doc)
    return found
