"""The questions and the choices of `historians` in words that a reader follows without having seen the rules.

The words are rows of `data/sentences.csv`: "asked: C06" is what the rule of C06 asks, "choice: steel" one of its choices, "in short: grain"
a choice where it stands without its rule and its sums.
"""

from helpers.sentences import fixed, named

SUMS = {  # choices that stand in a table with the sums of `historians.given`, and what is said below it
    "C26": (
        ("new money only, 2 roubles a yuan", "with relief, 2 roubles a yuan", "with relief and arms, 2 roubles a yuan"),
        fixed("below_the_sums"),
    )
}


def question(claim_id: str) -> str:
    """Return the question that a claim's rule asks, in a few sentences."""
    return fixed(f"asked: {claim_id}")


def briefly(choice: str) -> str:
    """Return a choice in a reader's words that stand without the sums beside them."""
    return named("in short", choice, in_words(choice))


def in_words(choice: str) -> str:
    """Return a choice in a reader's words; one that is plain already stays as it is."""
    return named("choice", choice, choice)
