"""Letters on charts: how wide they are, where lines break, how numbers are written.

Widths are those of DejaVu Sans, the widest of the fonts that `theme.FONT` names: what fits here fits everywhere.
"""

import html
import re

from helpers import theme
from helpers.common import escape, plain
from helpers.sentences import heading

# Hundredths of the font size, for the characters from space to tilde.
REGULAR = (
    *(32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53),
    *(100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50),
    *(50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84),
)
BOLD = (
    *(35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 58),
    *(100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50),
    *(50, 67, 72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 37, 71, 84),
)
OTHER = 90  # any other character
LINE = 1.3  # height of a line in font sizes
HYPHEN_MINUS = re.compile(r"(?<![\w)\].])-(?=\d)")
MARKUP = re.compile(r"(<[^>]*>)")


def width(text: str, size: float | None = None, bold: bool = False) -> float:
    """Return how wide text with plotly's markup is in pixels: the widest of its lines.

    Parameters
    ----------
    text : str
        May hold <b>, <span> and <br>.
    size : float, optional
        Of the font; without it that of small words.
    bold : bool
        Whether all of it is bold; <b> in the text counts anyway.
    """
    size = size or theme.page().small
    return max(sum(_hundredths(line, bold)) for line in re.split("<br>", str(text))) * size / 100


def _hundredths(line, bold):
    """Yield the width of every character of a line."""
    for part in MARKUP.split(line):
        if part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif not part.startswith("<"):
            table = BOLD if bold else REGULAR
            signs = html.unescape(part).replace("\u00a0", " ")
            yield from (table[ord(sign) - 32] if " " <= sign <= "~" else OTHER for sign in signs)


def wrap(text: str, pixels: float, size: float | None = None, bold: bool = False) -> str:
    """Return text broken into as few lines as fit, all about equally long: no last line of one word.

    Parameters
    ----------
    text : str
        Without markup but for line breaks, which are made anew.
    pixels : float
        The room for a line.
    size, bold
        As for `width`.
    """
    size = size or theme.page().small
    words = [(word, sum(_hundredths(word, bold))) for word in str(text).replace("<br>", " ").split(" ") if word]
    space = sum(_hundredths(" ", bold))
    count = len(_broken(words, space, pixels * 100 / size))
    narrowest = max((wide * size / 100 for _, wide in words), default=0)
    low, high = narrowest, pixels
    while high - low > 1:  # the narrowest room in which the lines are no more
        middle = (low + high) / 2
        if len(_broken(words, space, middle * 100 / size)) > count:
            low = middle
        else:
            high = middle
    return "<br>".join(_broken(words, space, max(high, narrowest) * 100 / size))


def _broken(words, space, room):
    """Return words joined to lines, each as long as the room allows.

    words        (word, its width) pairs
    space, room  width of a space and of a line, as the words' in hundredths of the font size
    """
    lines, left = [], 0
    for word, wide in words:
        if lines and space + wide <= left + 1e-6:
            lines[-1] += f" {word}"
            left -= space + wide
        else:
            lines.append(word)
            left = room - wide
    return lines


def lines(text: str) -> int:
    """Return how many lines a text has."""
    return text.count("<br>") + 1


def minus(text: str) -> str:
    """Return text with true minus signs before numbers; "1953-54" and tags stay."""
    return "".join(part if part.startswith("<") else HYPHEN_MINUS.sub("−", part) for part in MARKUP.split(str(text)))


def number(value: float, decimals: int | None = 0) -> str:
    """Return a number with thousands separated and a true minus sign; decimals=None writes only those that it has."""
    return minus(f"{value:,.{decimals}f}" if decimals is not None else f"{value:,.10g}")


def series(label: str, column: object) -> str:
    """Return the name of a series: its label without a value ("Banister: 44.6 in 1960" is Banister), else its column."""
    name = re.sub(r":\s*[\d−-].*$", "", plain(label)).strip()
    return escape(name if name and not name[0].isdigit() else heading(column))
