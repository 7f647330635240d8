"""A contested number never stands alone: in a section it has a rival beside it, or the words of whose count it is."""

import json

import pytest
import rivals
from anatomy import text_of

from helpers.tools.build import lessons

NO_CONTEST = {  # lesson, note: why the number may stand alone
    ("02", "soviet_aid(old_roubles_per_new_rouble, in_foreign_money)"): "two rates at once, both in the sentence",
    ("02", "soviet_aid(experts_recalled, chinese_count, H07)"): "the sentence is about why two counts differ",
    ("02", "soviet_aid(credits_listed_old_roubles, nine_credits)"): "a step of the sum; Zhou's rival stands two sentences on",
    ("02", "collectivisation(China, coop_households_share, 'July 1955')"): "another month, no other count",
    ("02", "collectivisation(China, coop_households_share, 'May 1956')"): "another month, no other count",
    ("03", "grain(China, central_committee)"): "the claim that the model has to reach",
    ("08", "oil(USSR, rok_tally, 1991)"): "the rival is what was agreed, not what came",
}


def sections(path):
    """Return {(part, section): Markdown texts} of a lesson."""
    found = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            found.setdefault((cell["metadata"]["part"], cell["metadata"].get("section")), []).append(text_of(cell))
    return found


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.name[:2])
def test_no_contested_number_stands_alone(path):
    lone = {(path.name[:2], note) for texts in sections(path).values() for note in rivals.alone(texts)}
    assert lone - NO_CONTEST.keys() == set()


RATE = "25.43<!-- = vital_rates(China, crude_death_rate, register, 1960) -->"


@pytest.mark.parametrize(
    "text, is_alone",
    [
        (f"In 1960 the death rate was {RATE} per 1000.", True),
        (f"In 1960 the registered death rate was {RATE} per 1000.", False),
        (f"The death rate was {RATE} or 44.6<!-- = vital_rates(China, crude_death_rate, banister, 1960) --> per 1000.", False),
        ("It cost 30.7<!-- = excess(banister, line, 1958, 1961, register) --> million lives.", True),
        ("It cost 36<!-- = famine_deaths(yang_jisheng).central --> million lives.", True),
        ("It cost 36<!-- = famine_deaths(yang_jisheng).central --> or 27<!-- = famine_deaths(coale).central --> million lives.", False),
        ("Yang's total is 36<!-- = famine_deaths(yang_jisheng).central --> million.", False),
        ("Shanxi stood at 11.2<!-- = province_death_rates(Shanxi, 1960) -->.", False),
    ],
)
def test_planted_lone_numbers_are_found(text, is_alone):
    assert bool(rivals.alone([text])) == is_alone
