"""How sure, and how often right: a reader's verdicts against ours.

A verdict counts as right when it is the same word as ours, one of six. Ours are judgements too, so the points measure
agreement with us, not with the truth.

The points are the score of Brier 1950 for six answers, turned so that more is better. Who is 70 percent sure of a word
gives the other five words the remaining 30 in equal parts; the score is the sum of the squared distances between these
six shares and what came out (1 for our word, 0 for the others). It is 0 for certain and right, 2 for certain and wrong,
and for a blind guess, one in six each, always the same. Points = 100 x (1 - score / that of a blind guess): 100 for
certain and right, 0 for a blind guess, less than 0 for worse than a die. Nobody can do better than to say how sure they are.
"""

from collections.abc import Iterable

import pandas as pd

from helpers import data
from helpers.common import VERDICTS
from helpers.desk import answers
from helpers.sentences import fixed, say

OTHERS = len(VERDICTS) - 1
BLIND = 100 / len(VERDICTS)  # percent that a blind guess hits
STEPS = [0, 20, 40, 60, 80, 101]  # edges of the groups of sureness, percent
CLOSE = {"partly", "imprecise"}  # words that lie next to each other; counted apart, and not as right
FEW = 5  # fewer verdicts than these say little
COLUMNS = ["claim_id", "yours", "sure", "ours", "right", "close", "old_scale"]


def own(kind: str = "verdicts") -> pd.DataFrame:
    """Return the reader's kept verdicts or priors as a DataFrame; see `compared`."""
    return of_entries(answers.changes()[0].get(kind, {}))


def of_entries(entries: dict) -> pd.DataFrame:
    """Return the last verdicts of entries, as `answers.changes` has them, beside ours; see `compared`."""
    return compared({key: {**entry["last"], "old_scale": _is_old(entry)} for key, entry in entries.items()})


def compared(kept: dict) -> pd.DataFrame:
    """Return {claim id: {"verdict": word, "sure": percent}} beside our verdicts.

    Columns claim_id, yours, sure, ours, right (the same word), close (partly for imprecise or the other way round),
    old_scale (sureness from the first edition, where it began at 50). Entries of another shape and unknown claims are
    left out.
    """
    ours = data.load("claims").set_index("claim_id")["verdict"]
    rows = []
    for claim_id, entry in sorted(kept.items()):
        verdict, sure = (entry.get("verdict"), entry.get("sure")) if isinstance(entry, dict) else (None, None)
        if claim_id in ours.index and verdict in VERDICTS and isinstance(sure, (int, float)) and 0 <= sure <= 100:
            word = ours[claim_id]
            old = bool(entry.get("old_scale", False))
            rows.append((claim_id, verdict, float(sure), word, verdict == word, verdict != word and {verdict, word} == CLOSE, old))
    return pd.DataFrame(rows, columns=COLUMNS)


def points(sure: float, right: bool) -> float:
    """Return the points of one verdict: `sure` in percent, `right` when it is the same word as ours."""
    share = sure / 100
    other = (1 - share) / OTHERS
    if right:
        return 100 * (1 - ((1 - share) ** 2 + OTHERS * other**2) / _brier_blind())
    return 100 * (1 - (share**2 + (1 - other) ** 2 + (OTHERS - 1) * other**2) / _brier_blind())


def mean_points(verdicts: pd.DataFrame) -> float:
    """Return the mean of the points of a table of `compared`; NaN without verdicts."""
    given = [points(sure, right) for sure, right in zip(verdicts["sure"], verdicts["right"], strict=True)]
    return sum(given) / len(given) if given else float("nan")


def point_table(steps: Iterable[float] = (BLIND, 30, 50, 70, 90, 100)) -> pd.DataFrame:
    """Return what a verdict brings when it is the same word as ours and when not, for some degrees of sureness."""
    rows = [(round(sure), round(points(sure, True)), round(points(sure, False))) for sure in steps]
    return pd.DataFrame(rows, columns=["how sure", "same word", "another word"])


def by_sureness(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per group of sureness that occurs: group, verdicts (how many), sure (mean percent), right (percent), to a tenth."""
    rows = []
    for low, edge in zip(STEPS[:-1], STEPS[1:], strict=True):
        inside = verdicts[verdicts["sure"].between(low, edge, inclusive="left")]
        if len(inside):
            sure, right = inside["sure"].mean(), 100 * inside["right"].astype(float).mean()
            rows.append((f"{low}-{min(edge - 1, 100)}", len(inside), round(sure, 1), round(right, 1)))
    return pd.DataFrame(rows, columns=["group", "verdicts", "sure", "right"])


def in_words(verdicts: pd.DataFrame, name: str = fixed("you")) -> str:
    """Return one or two plain sentences on how sure a reader was and how often right.

    Parameters
    ----------
    verdicts : DataFrame
        What `compared` returned.
    name : str
        Whose verdicts they are.
    """
    if verdicts.empty:
        return say("points_none", name=name)
    sure, right = verdicts["sure"].mean(), 100 * verdicts["right"].astype(float).mean()
    gap = say("gap_more" if right > sure + 5 else "gap_less" if sure > right + 5 else "gap_none")
    told = [
        say(
            "points_all",
            name=name,
            count=len(verdicts),
            sure=f"{sure:.0f}",
            right=f"{right:.0f}",
            gap=gap,
            points=f"{mean_points(verdicts):.0f}".replace("-", "−"),
        )
    ]
    told += [say("points_close", close=int(verdicts["close"].sum()))] if verdicts["close"].any() else []
    told += [say("points_old", count=int(verdicts["old_scale"].sum()))] if verdicts["old_scale"].any() else []
    return " ".join(told + ([say("points_few")] if len(verdicts) < FEW else []))


def _brier_blind() -> float:
    """Return the score of a blind guess among the six words, whatever comes out: 30 of 36."""
    blind = BLIND / 100
    return (1 - blind) ** 2 + OTHERS * blind**2


def _is_old(entry: dict) -> bool:
    return entry["edition"] == 1 and entry["tries"] == 1
