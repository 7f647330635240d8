"""The six verdicts: a sign, a colour and a line for each, never a colour alone. These colours are for verdicts only."""

from typing import NamedTuple

from helpers.common import escape
from helpers.desk.screen import badge, definitions, folded, show_html
from helpers.sentences import fixed


class Look(NamedTuple):
    """How a verdict is shown, and what it means."""

    sign: str
    colour: str  # white on it, and it on white, at least 4.5 to 1; on the dark themes' ground at least 3 to 1
    line: str  # the CSS of the underline
    means_id: str  # names of sentences
    example_id: str

    @property
    def means(self) -> str:
        """What the word says, in one sentence."""
        return fixed(self.means_id)

    @property
    def example(self) -> str:
        """An everyday example."""
        return fixed(self.example_id)


VERDICTS = {
    "supported": Look(
        "✓",
        "#1F6FB2",
        "border-bottom:4px solid #1F6FB2",
        "means_supported",
        "example_supported",
    ),
    "partly": Look(
        "◐",
        "#0E7F8C",
        "border-bottom:2px solid #0E7F8C",
        "means_partly",
        "example_partly",
    ),
    "imprecise": Look(
        "≈",
        "#9A6300",
        "border-bottom:3px dashed #9A6300",
        "means_imprecise",
        "example_imprecise",
    ),
    "contradicted": Look(
        "✗",
        "#C23B2A",
        "border-bottom:6px double #C23B2A",
        "means_contradicted",
        "example_contradicted",
    ),
    "contested": Look(
        "⇄",
        "#8A55B8",
        "border-top:2px solid #8A55B8;border-bottom:2px solid #8A55B8",
        "means_contested",
        "example_contested",
    ),
    "unverifiable": Look(
        "?",
        "#6B7480",
        "border-bottom:4px dotted #6B7480",
        "means_unverifiable",
        "example_unverifiable",
    ),
}
BLANK = "border-bottom:1px solid #8A929C"  # a claim without a verdict


def chip(verdict: str, more: str = "") -> str:
    """Return a verdict as HTML: its sign and word on its colour; a word that is no verdict stays plain text.

    Parameters
    ----------
    verdict : str
        One of the six words.
    more : str
        Words after it, outside the colour.
    """
    look = VERDICTS.get(verdict)
    return (badge(f"{look.sign} {verdict}", look.colour) if look else escape(verdict)) + (f" {escape(more)}" if more else "")


def verdict_words(*, unfolded: bool = False) -> None:
    """Show the six verdict words: what each means, with an everyday example; folded, unless told otherwise."""
    rows = [(chip(name), f"{escape(look.means)} <i>{escape(look.example)}</i>") for name, look in VERDICTS.items()]
    show_html(folded(fixed("verdict_words", words=", ".join(VERDICTS)), definitions(rows), unfolded))
