"""Follow a historian, a count or a way of reading, in whole sentences. The rules are in `models/historians`."""

from helpers import data
from helpers.common import escape
from helpers.desk.looks import chip
from helpers.desk.screen import definitions, show_html
from helpers.desk.sources import Links
from helpers.figures.lesson09 import SHORT
from helpers.models import historians
from helpers.models.choices import briefly
from helpers.sentences import fixed


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
        return f"<p>{fixed('voice_unknown', voice=escape(voice), nearest=escape(data.nearest(voice, known.index)))}</p>"
    row, verdicts = known.loc[voice], historians.follow(str(voice))
    lines = "".join(f'<li style="margin:4px 0">{_line(one)}</li>' for one in verdicts.itertuples())
    names = ", ".join(f"<code>{escape(name)}</code>" for name in known.index if name != voice)
    told = [
        (fixed("who_they_are"), f"{escape(row.who)}."),
        (fixed("what_they_hold"), f"{escape(row.holds[0].upper() + row.holds[1:])}."),
        (fixed("what_falls"), f'{_fallen(verdicts)}<ul style="margin:4px 0">{lines}</ul>'),
        (fixed("where_we_read_it"), Links().others(row.source_ids)),
    ]
    return f'<div class="voice">{definitions(told)}<p style="font-size:0.92em">{fixed("others_to_follow", names=names)}</p></div>'


def _fallen(verdicts):
    """Return in one sentence how many of our verdicts fall."""
    falls, count = int((~verdicts["survives"]).sum()), len(verdicts)
    if not falls:
        return fixed("none_falls")
    many = fixed({1: "one_falls", 2: "two_fall"}.get(falls, "many_fall"), falls=falls)
    return f"{many}." if falls == count else fixed("rest_stands", many=many)


def _line(one):
    """Return what becomes of one verdict: the claim in short words, the verdict by this voice, and ours."""
    ours = fixed("as_we_say") if one.survives else fixed("where_we_say", ours=chip(one.ours))
    choice = f" {fixed('the_choice', choice=escape(briefly(one.choice)))}" if " " in one.choice else ""
    return f"<b>{one.claim_id}</b> {escape(SHORT[one.claim_id])}: {chip(one.verdict)}, {ours}.{choice}"
