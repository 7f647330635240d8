"""A chart form for one speaker and many listeners: a path from side to side, time running down, with what each of them heard."""

import html
from collections.abc import Mapping

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, key, label_gap, note
from helpers.figures.letters import lines, width, wrap

STEP, NARROW_STEP = 46, 22  # pixels from one side to the next
AROUND, BETWEEN = 12, 11  # pixels around the path, and between two talks


def listeners(table: pd.DataFrame, *, looks: Mapping, colour: str, hollow: str = "") -> Figure:
    """Draw a speaker's path from listener to listener, the earliest talk at the top, and beside it what each of them heard.

    Parameters
    ----------
    table : DataFrame
        In order of time: day (in words), side, who (the listener), what (the words), first_hand (False: a hollow mark).
    looks : dict
        {side: (colour, its name in the key)}, from the left to the right.
    colour : str
        Of the path.
    hollow : str
        What a hollow mark means, for the key.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or a side without a look.
    """
    need(table, "day", "side", "who", "what", "first_hand")
    need_looks(table, "side", looks)
    page, rows, at = theme.page(), list(table.itertuples()), {side: place for place, side in enumerate(looks)}
    step = NARROW_STEP if page.narrow else STEP
    left = EDGE if page.narrow else EDGE + GAP + max(width(row.day) for row in rows)
    room = page.width - left - EDGE - (len(looks) - 1) * step - 2 * AROUND
    words = [_heard(row, room - 22, page.narrow) for row in rows]
    heights = [label_gap() * lines(text) + BETWEEN for text in words]
    y = [-sum(heights[:number]) - height / 2 for number, height in enumerate(heights)]
    x, inks, last = [at[row.side] for row in rows], [looks[row.side][0] for row in rows], len(looks) - 1
    notes = [note(text, last, place, ink, xanchor="left", xshift=18, align="left") for text, place, ink in zip(words, y, inks)]
    if not page.narrow:
        notes += [note(row.day, 0, place, xref="paper", xanchor="left", xshift=EDGE - left) for row, place in zip(rows, y)]
    named = [("circle", name, ink) for ink, name in looks.values()] + ([("hollow", hollow, theme.INK)] if hollow else [])
    told, top = key(named, left)
    return drawn(
        [_path(x, y, colour), _marks(x, y, inks, rows)],
        sum(heights),
        left=left,
        top=top + 6,
        below=GAP,
        notes=notes + told,
        xaxis={"range": [-AROUND / step, last + (AROUND + room) / step], "visible": False},
        yaxis={"range": [-sum(heights), 0], "visible": False},
    )


def _path(x, y, colour):
    """Return the line from talk to talk."""
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": colour, "width": 3}, "hoverinfo": "skip"}


def _marks(x, y, inks, rows):
    """Return a mark for each talk: hollow where its writer had it from somebody else."""
    full = [ink if row.first_hand else theme.PAPER for row, ink in zip(rows, inks)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"color": full, "size": 16, "line": {"color": inks, "width": 3}},
        "text": [f"{row.day}: {html.escape(str(row.who))}" for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _heard(row, room, narrow):
    """Return who heard it and what, in lines; on a telephone with the day."""
    who, what = (escape(text) for text in (row.who, row.what))
    return f"<b>{wrap(f'{row.day}, {who}' if narrow else who, room, bold=True)}</b><br>{wrap(what, room)}"
