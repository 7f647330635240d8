"""Who is who: three capitals, six names, two parties, in a small picture that stays at hand in every lesson."""

import re

from helpers import data, theme
from helpers.common import escape
from helpers.desk.screen import folded, show_html
from helpers.sentences import fixed

# Capital, its state on the page, and the ids in `data/glossary.csv` of its people, in their order, and of its party.
CAPITALS = [
    (
        "Moscow",
        fixed("the_soviet_union"),
        "nikita-khrushchev leonid-brezhnev alexei-kosygin anastas-mikoyan lavrenty-beria georgy-malenkov alexander-puzanov "
        "vasily-moskovsky mikhail-gorbachev eduard-shevardnadze",
        "communist-party-of-the-soviet-union",
    ),
    (
        "Beijing",
        fixed("china"),
        "mao-zedong zhou-enlai liu-shaoqi deng-xiaoping peng-dehuai lin-biao jiang-qing",
        "chinese-communist-party",
    ),
    ("Pyongyang", fixed("north_korea"), "kim-il-sung choe-yong-gon ri-ju-yon kim-kwang-hyop pak-song-chol ri-sang-jo", ""),
]
SIX = "nikita-khrushchev leonid-brezhnev mao-zedong zhou-enlai liu-shaoqi kim-il-sung".split()
OFFICE = re.compile(rf"[;,.]| {fixed('word_who')} ")  # what stands before it says the office; the rest tells what the person did


def who_is_who(lesson: str = "", *, unfolded: bool = False) -> None:
    """Show the three capitals side by side with their people and parties; folded, unless told otherwise.

    A capital of which the lesson names nobody is left out.

    Parameters
    ----------
    lesson : str
        "04" shows the people whom that lesson speaks of (the glossary's column `lessons`); without it, the six names of the page.
    unfolded : bool
        Show them at once.

    Raises
    ------
    ValueError
        When the lesson names nobody at all.
    """
    terms = data.load("glossary").set_index("term_id")
    there = {name for name, lessons in terms["lessons"].items() if lesson in data.split_list(lessons)} if lesson else set(SIX)
    shown = [(capital, state, [name for name in people.split() if name in there], party) for capital, state, people, party in CAPITALS]
    shown = [column for column in shown if column[2]]
    if not shown:
        raise ValueError(fixed("who_is_who_lesson_names_nobody_write", lesson=repr(lesson)))
    columns = "".join(_column(*column, terms) for column in shown)
    show_html(
        folded(
            fixed("who_is_who", capitals=", ".join(capital for capital, *_ in shown)), f'<div class="who-is-who">{columns}</div>', unfolded
        )
    )


def _column(capital, state, people, party, terms):
    """Return one capital as HTML, in the colour of its actor."""
    lines = "".join(
        f'<div style="margin-top:6px"><b>{escape(terms.at[name, "term"])}</b>{_lived(terms.at[name, "dates"])}'
        f"<br>{escape(_office(terms.at[name, 'definition']))}</div>"
        for name in people
    )
    foot = f'<div style="margin-top:6px"><i>{escape(terms.at[party, "term"])}</i></div>' if party else ""
    box = "display:inline-block;vertical-align:top;width:196px;margin:8px 6px 8px 0;padding:4px 8px 8px"
    return (
        f'<div style="{box};border:1px solid #8A929C;border-top:8px solid {theme.ACTORS[capital]}">'
        f'<div style="font-size:1.15em"><b>{capital}</b>, {state}</div>{lines}{foot}</div>'
    )


def _lived(dates):
    """Return the years of a life as HTML; nothing where the table has none."""
    return f' <span style="white-space:nowrap">({escape(dates)})</span>' if dates else ""


def _office(definition):
    return OFFICE.split(definition, maxsplit=1)[0]
