"""How sure, and how often right: a reader's verdicts against ours.

A verdict counts as right when it falls into the same family as ours: the claim stands (supported), needs repair
(partly, imprecise), fails (contradicted), or is open (contested, unverifiable). Ours are judgements too, so the score
measures agreement with us, not with the truth. The score is that of Brier 1950: the mean squared distance between how
sure the reader was, as a share, and what came out (1 right, 0 wrong).
"""

import pandas as pd

from helpers import data
from helpers.desk import answers

FAMILIES = {
    "supported": "stands",
    "partly": "needs repair",
    "imprecise": "needs repair",
    "contradicted": "fails",
    "contested": "open",
    "unverifiable": "open",
}
STEPS = [50, 60, 70, 80, 90, 101]  # edges of the groups of sureness, percent
COIN = 0.25  # the score of somebody who always says 50
FEW = 5  # fewer verdicts than these say little


def own(kind="verdicts"):
    """Return the reader's kept verdicts or priors as a DataFrame; see `compared`."""
    kept, _ = answers.read()
    return compared(kept.get(kind, {}))


def compared(kept):
    """Return {claim id: {"verdict": word, "sure": percent}} beside our verdicts.

    Columns claim_id, yours, sure, ours, same_word, right (same family). Entries of another shape and unknown claims
    are left out.
    """
    ours = data.load("claims").set_index("claim_id")["verdict"]
    rows = []
    for claim_id, entry in sorted(kept.items()):
        verdict, sure = (entry.get("verdict"), entry.get("sure")) if isinstance(entry, dict) else (None, None)
        if claim_id in ours.index and verdict in FAMILIES and isinstance(sure, (int, float)) and 50 <= sure <= 100:
            same = FAMILIES[verdict] == FAMILIES[ours[claim_id]]
            rows.append((claim_id, verdict, float(sure), ours[claim_id], verdict == ours[claim_id], same))
    return pd.DataFrame(rows, columns=["claim_id", "yours", "sure", "ours", "same_word", "right"])


def brier(verdicts):
    """Return the Brier score of a table of `compared`: 0 is best, 0.25 is a coin, 1 is worst; NaN without verdicts."""
    return float(((verdicts["sure"] / 100 - verdicts["right"].astype(float)) ** 2).mean())


def by_sureness(verdicts):
    """Return one row per group of sureness that occurs: group, verdicts (how many), sure (mean percent), right (percent), to a tenth."""
    rows = []
    for low, edge in zip(STEPS[:-1], STEPS[1:], strict=True):
        inside = verdicts[verdicts["sure"].between(low, edge, inclusive="left")]
        if len(inside):
            sure, right = inside["sure"].mean(), 100 * inside["right"].astype(float).mean()
            rows.append((f"{low}-{min(edge - 1, 100)}", len(inside), round(sure, 1), round(right, 1)))
    return pd.DataFrame(rows, columns=["group", "verdicts", "sure", "right"])


def in_words(verdicts, name="You"):
    """Return one or two plain sentences on a table of `compared`."""
    if verdicts.empty:
        return (
            f"{name}: no verdicts kept yet. They come from the claim ledgers of lessons 01 to 08; run this cell again when there are some."
        )
    sure, right = verdicts["sure"].mean(), verdicts["right"].mean() * 100
    gap = (
        "more often right than sure"
        if right > sure + 5
        else "more often sure than right"
        if sure > right + 5
        else "about as often right as sure"
    )
    caution = " So few verdicts say little." if len(verdicts) < FEW else ""
    return (
        f"{name}: {len(verdicts)} verdicts, {sure:.0f} percent sure on average, {right:.0f} percent in our family of verdicts: {gap}. "
        f"Score {brier(verdicts):.2f} (0 is best, a coin gets {COIN}).{caution}"
    )
