"""Put words on the screen, in one place: Markdown or HTML, each with the same words as plain text."""

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser

from IPython.display import HTML, Markdown, display

from helpers.common import escape
from helpers.sentences import fixed

RIGHT, NOT_YET, OPEN = "#17775B", "#8F5F0C", "#5B6470"  # white on each, and each on white, is at least 4.5 to 1
BLOCKS = {"p", "div", "li", "dt", "dd", "tr", "table", "details", "summary", "section", "ol", "ul", "dl", "h3", "h4", "blockquote", "br"}
# What Markdown sees in the sentences of the tables; their text is escaped for HTML already.
SIGNS = re.compile(
    r"`(?P<code>[^`]+)`|\\(?P<sign>[\\`*_\[\]|$~#])|\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*|\*(?P<stress>(?:\\.|[^*\\\s])(?:\\.|[^*\\])*)\*"
    r"|\[(?P<link>(?:\\.|[^\]\\])+)\]\((?P<to>(?:https?:/)?[^):\s]+)\)"
)
MEASURE = "45em"  # about 75 characters a line


class Words(HTMLParser):
    """Collects the words of some HTML, a line for each block; of what is folded only the line that stays in sight."""

    def __init__(self):
        super().__init__()
        self.parts, self.depth, self.summary = [], 0, False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Begin a line at a block, leave room between the cells of a row."""
        self.depth += tag == "details"
        self.summary = self.summary or (tag == "summary" and self.depth == 1)
        self.parts.append("\n" if tag in BLOCKS else " | " if tag in ("td", "th") else " " if tag == "sup" else "")

    def handle_endtag(self, tag: str) -> None:
        """End a line after a block."""
        self.depth -= tag == "details"
        self.summary = self.summary and tag != "summary"
        self.parts.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if self.summary or not self.depth:
            self.parts.append(re.sub(r"\s+", " ", data))


class Page(HTML):
    """HTML that is also kept as plain words: for previews without HTML, and for tests that compare outputs."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.data, "text/plain": words(self.data)}


class Text(Markdown):
    """Markdown that is its own plain text."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.data, "text/plain": self.data}


def show(text: str) -> None:
    """Show Markdown below the cell; what comes from the data or the reader is escaped by the caller."""
    display(Text(text))


def show_html(text: str) -> None:
    """Show HTML below the cell; what comes from the data or the reader is escaped by the caller."""
    display(Page(text))


def words(text: str) -> str:
    """Return the words of some HTML as plain text, a line for each block; "<" stays escaped, so that the text is never a tag."""
    parser = Words()
    parser.feed(text)
    parser.close()
    lines = (re.sub(r" +", " ", line).strip(" |") for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line).replace("<", "&lt;")


def in_line(text: str) -> str:
    """Return a line of our Markdown as HTML: code, stress and links; a sign behind a backslash stays a sign."""
    return SIGNS.sub(_sign, text)


def _sign(found: re.Match) -> str:
    part = found.groupdict()
    if part["code"]:
        return f"<code>{escape(html.unescape(part['code']))}</code>"
    if part["strong"] or part["stress"]:
        tag = "strong" if part["strong"] else "em"
        return f"<{tag}>{in_line(part['strong'] or part['stress'])}</{tag}>"
    if part["link"]:
        return f'<a href="{html.escape(html.unescape(part["to"]))}">{in_line(part["link"])}</a>'
    return part["sign"]


def told(right: bool | None, text: str) -> str:
    """Return the HTML of an answer's feedback: right, not yet and open can be told apart from across the room.

    Parameters
    ----------
    right : bool or None
        True, False, or None for an open question.
    text : str
        The feedback as HTML, already escaped.
    """
    sign, word, colour = {True: ("✓", "right_word", RIGHT), False: ("○", "not_yet_word", NOT_YET), None: ("✎", "compare_word", OPEN)}[right]
    return (
        f'<div class="feedback" style="border-left:8px solid {colour};padding:4px 0 4px 14px;margin:4px 0;max-width:{MEASURE}">'
        f'<div style="margin-bottom:4px">{badge(f"{sign} {fixed(word)}", colour, "1.25em")}</div><div>{text}</div></div>'
    )


def badge(text: str, colour: str, size: str = "") -> str:
    """Return a word in white on a colour as HTML, the same in light and dark and on paper; the text is already escaped."""
    larger = f"font-size:{size};" if size else ""
    look = f"background:{colour};color:#FFF;{larger}padding:1px 8px;border-radius:4px;display:inline-block;print-color-adjust:exact"
    return f'<b style="{look}">{text}</b>'


def definitions(pairs: Iterable[tuple[str, str]], alone: bool = True) -> str:
    """Return (name, answer) pairs as HTML, each answer under its name in bold; empty answers are left out.

    Both are already HTML. It is no `<dl>`: JupyterLab lets names and answers of one float side by side, where long answers
    slide beside the wrong name. Not `alone`: the box around it has the reading width already.
    """
    rows = "".join(f"<div><b>{name}</b><div>{answer}</div></div>" for name, answer in pairs if answer)
    wide = f"max-width:{MEASURE};" if alone else ""
    return f'<div class="definitions" style="{wide}margin:6px 0;overflow-wrap:anywhere;display:grid;gap:8px">{rows}</div>'


def folded(summary: str, content: str, is_open: bool = False) -> str:
    """Return content folded under one line, as HTML; both are already escaped."""
    return f"<details{' open' if is_open else ''}><summary>{summary}</summary>{content}</details>"
