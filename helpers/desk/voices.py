"""Follow a historian, a count or a way of reading, in whole sentences. The rules are in `models/historians`."""

from helpers import data
from helpers.common import escape
from helpers.desk.looks import chip
from helpers.desk.screen import definitions, show_html
from helpers.desk.sources import Links
from helpers.figures.lesson09 import SHORT
from helpers.models import historians
from helpers.models.choices import briefly


def follow(voice: str) -> None:
    """Say who somebody is, what they hold, and which of our verdicts falls if one follows them.

    Parameters
    ----------
    voice : str
        A name of `data/voices.csv`; an unknown one gets a sentence with the nearest.
    """
    show_html(followed(voice))


def followed(voice: object) -> str:
    """Return what `follow` shows, as HTML."""
    known = data.load("voices").set_index("voice_id")
    if voice not in known.index:
        return f"<p>There is nobody called '{escape(voice)}' to follow; {escape(data.nearest(voice, known.index))}.</p>"
    row, verdicts = known.loc[voice], historians.follow(str(voice))
    lines = "".join(f'<li style="margin:4px 0">{_line(one)}</li>' for one in verdicts.itertuples())
    names = ", ".join(f"<code>{escape(name)}</code>" for name in known.index if name != voice)
    told = [
        ("<b>Who they are</b>", f"{escape(row.who)}."),
        ("<b>What they hold</b>", f"{escape(row.holds[0].upper() + row.holds[1:])}."),
        ("<b>What falls if you follow them</b>", f'{_fallen(verdicts)}<ul style="margin:4px 0">{lines}</ul>'),
        ("<b>Where we read it, or what it rests on</b>", Links().others(row.source_ids)),
    ]
    return f'<div class="voice">{definitions(told)}<p style="font-size:0.92em">Others to follow: {names}.</p></div>'


def _fallen(verdicts):
    """Return in one sentence how many of our verdicts fall."""
    falls, count = int((~verdicts["survives"]).sum()), len(verdicts)
    if not falls:
        return "No verdict of ours falls."
    many = {1: "One verdict of ours falls", 2: "Two verdicts of ours fall"}.get(falls, f"{falls} verdicts of ours fall")
    return f"{many}." if falls == count else f"{many}; the rest stands."


def _line(one):
    """Return what becomes of one verdict: the claim in short words, the verdict by this voice, and ours."""
    ours = "as we say" if one.survives else f"where we say {chip(one.ours)}"
    choice = f" (The choice: {escape(briefly(one.choice))}.)" if " " in one.choice else ""
    return f"<b>{one.claim_id}</b> {escape(SHORT[one.claim_id])}: {chip(one.verdict)}, {ours}.{choice}"
