"""Sources at hand: every id that is printed leads to its entry, with its grade and, where there is one, its address."""

import html
import re
import textwrap
from collections import Counter

from helpers import data
from helpers.common import escape
from helpers.desk.screen import MEASURE, folded, show_html
from helpers.sentences import fixed

GRADES = {  # names of sentences: what each says
    "A": "grade_a",
    "B": "grade_b",
    "C": "grade_c",
    "D": "grade_d",
}
WEAK = ("C", "D")  # said wherever such a source is named
ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
BRACKET = re.compile(r"\s*\(([^()]+)\)")
BETWEEN = re.compile(r";(?![^()]*\))")  # not within brackets
CARD = re.compile(r"D\d{3}")
LONGEST = 46  # letters of a citation under a text; the whole one stands in the lesson's list
ID = re.compile(r"(?<![\w/.-])[A-Za-z][\w-]*\w(?![\w-])")


def sources_used(*tables: object) -> None:
    """Show, folded, the sources behind the tables that a lesson loaded: grade, citation, and where to open or find each."""
    rows = data.load("sources").set_index("source_id", drop=False).loc[data.source_ids(*tables)]
    count = Counter(rows["grade"])
    have = sum(bool(ADDRESS.fullmatch(url)) for url in rows["url"])
    grades = " · ".join(f"{grade} {count[grade]}" for grade in GRADES if count[grade])
    cards, parts = _cards(), []
    for grade in filter(count.get, GRADES):
        items = "".join(f"<li>{entry(row, cards.get(row.source_id, ()))}</li>" for row in rows[rows["grade"] == grade].itertuples())
        parts.append(f"<p><b>{grade}</b> {fixed(GRADES[grade])}</p><ul>{items}</ul>")
    content = f'<div style="max-width:{MEASURE}">{"".join(parts)}</div>'
    show_html(folded(fixed("sources_of_lesson", all=len(rows), have=have, grades=grades), content))


def entry(row, cards=()) -> str:
    """Return a source as one line of HTML, its citation as a link where it has an address.

    Parameters
    ----------
    row : named tuple
        A row of `data/sources.csv`.
    cards : sequence of str
        Ids of the document cards that describe it, where they differ from its own.
    """
    reported = " " + fixed("reported_by", whom=escape(row.as_reported_by)) if row.as_reported_by else ""
    citation = escape(row.citation.rstrip("."))
    cited = f"{anchor(citation, row.url)}." if ADDRESS.fullmatch(row.url) else f"{citation}. {whereabouts(row)}"
    return f"{escape(', '.join((row.source_id, *cards)))}: {cited.strip()}{reported}"


def whereabouts(row, words: str = "") -> str:
    """Return where a source can be had as HTML: a link under these words, else where to find it, else nothing."""
    if ADDRESS.fullmatch(row.url):
        return anchor(words or fixed("open_it"), row.url)
    return fixed("find_it", where=escape(row.find_at)) if row.find_at else ""


def anchor(text: str, address: str) -> str:
    """Return a link; the text is already HTML."""
    return f'<a href="{html.escape(address)}">{text}</a>'


def link(name: str) -> str:
    """Return the id of a source or a document card as HTML that leads to it; C and D are said."""
    known = _catalogue()
    if name not in known:
        return escape(name)
    return _on(escape(name), known[name]) + (f" ({known[name][1]})" if known[name][1] in WEAK else "")


class Links:
    """Turns the ids in text into the small numbers of footnotes, and lists their sources under them."""

    def __init__(self):
        self.known, self.numbers = _catalogue(), {}

    def listed(self, words: str) -> str:
        """Return text as HTML, its clauses between semicolons as sentences one below the other."""
        clauses = [clause.strip().rstrip(".") for clause in BETWEEN.split(words)]
        said = [f"{self.text(clause[:1].upper() + clause[1:])}." for clause in clauses if clause]
        return "".join(said) if len(said) < 2 else f"<ul>{''.join(f'<li>{sentence}</li>' for sentence in said)}</ul>"

    def text(self, words: str) -> str:
        """Return text from the data as HTML; ids of sources or document cards become the numbers of their sources.

        Ids alone in brackets leave with their brackets; others keep their name before the number.
        """
        parts, end = [], 0
        for found in BRACKET.finditer(words):
            names = [name for name in re.split(r"[;,]\s*", found.group(1)) if name]
            if all(name in self.known for name in names):
                parts += [self._running(words[end : found.start()]), self._raised(names)]
                end = found.end()
        return "".join(parts) + self._running(words[end:])

    def others(self, source_ids: str) -> str:
        """Return the sources of all numbers, then those of a cell's ids that no text has named, as HTML."""
        for name in data.split_list(source_ids):
            self._number(name)
        return "<br>".join(f"{number} {_named(name, self.known)}" for name, number in self.numbers.items())

    def _running(self, words):
        """Return words in which ids outside brackets keep their name before the number."""
        parts, end = [], 0
        for found in ID.finditer(words):
            if self._is_id(found.group()):
                parts += [escape(words[end : found.end()]), self._raised([found.group()])]
                end = found.end()
        return "".join(parts) + escape(words[end:])

    def _is_id(self, name):
        return name in self.known and re.search(r"[\d_A-Z]", name) is not None  # an id that is an English word stays a word

    def _raised(self, names):
        """Return the raised numbers of some ids."""
        return f"<sup>{', '.join(str(self._number(name)) for name in names)}</sup>"

    def _number(self, name):
        return self.numbers.setdefault(name, len(self.numbers) + 1)


def _named(name, known):
    """Return a source in a line of HTML: the beginning of its citation, linked where it has an address; C and D are said."""
    if name not in known:
        return escape(name)
    citation, grade, url = known[name]
    short = textwrap.shorten(citation.rstrip("."), LONGEST, placeholder=" …")
    weak = f" ({grade})" if grade in WEAK else ""
    words = escape(f"{name}: {short}" if CARD.fullmatch(name) else short)
    return (anchor(words, url) if ADDRESS.fullmatch(url) else words) + weak


def _on(words, source):
    """Return words as a link to a source, or with its citation on hover; the words are already HTML."""
    citation, _, url = source
    return anchor(words, url) if ADDRESS.fullmatch(url) else f'<span title="{html.escape(citation)}">{words}</span>'


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
