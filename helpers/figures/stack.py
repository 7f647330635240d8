"""Rows one below the other, each with its name: at the left where there is room, above its marks on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers import theme
from helpers.figures.layout import EDGE, GAP, note
from helpers.figures.letters import LINE, lines, width, wrap

LEAST = 18  # pixels of a row at least
BREAK = 9  # pixels between two groups of rows
WIDEST = 0.58  # of the figure: the names of many rows at most


@dataclass
class Stack:
    """Where rows stand. The upright axis of the drawing counts pixels from its foot.

    Attributes
    ----------
    places : list of float
        The middle of each row's marks, from the top row down.
    tops : list of float
        The upper end of each row.
    height, left, thick : float
        Pixels of the drawing, of its left margin, and that the marks of a row may take.
    notes : list of dict
        The names.
    axis : dict
        The upright axis.
    """

    places: list
    tops: list
    height: float
    left: float
    thick: float
    notes: list
    axis: dict


def stack(
    names: Sequence[str],
    row_height: float,
    label_width: float,
    row_lines: Sequence[float] = (),
    above: float = 0,
    breaks: Sequence[int] = (),
) -> Stack:
    """Return where rows with these names stand.

    Parameters
    ----------
    names : sequence of str
        From the top down; may hold markup, but no line breaks.
    row_height : float
        Pixels of a row, less when there are many.
    label_width : float
        Pixels for the names at most; a longer one is broken into lines.
    row_lines : sequence of int, optional
        How many lines the words beside each row take.
    above : float
        Pixels left free above the first row.
    breaks : sequence of int
        Rows before which a gap is left.
    """
    page, names = theme.page(), [str(name) for name in names]
    line = LINE * page.small
    room = page.width - 2 * EDGE if page.narrow else label_width
    if not page.narrow and line * sum(-(-width(name) // room) for name in names) > page.tallest:
        room = max(room, WIDEST * page.width)
    broken = [name if width(name) <= room else wrap(name, room) for name in names]
    beside = list(row_lines) or [1] * len(names)
    if page.narrow:
        thick, left = 22.0, EDGE
        pitches = [line * lines(name) + max(thick, line * rows) + 8 for name, rows in zip(broken, beside)]
    else:
        row_height = max(LEAST, min(row_height, (page.tallest - above) / len(names)))
        pitches = [max(row_height, line * max(lines(name), rows) + 2) for name, rows in zip(broken, beside)]
        thick, left = min(pitches), EDGE + max(map(width, broken)) + GAP
    height = sum(pitches) + above + BREAK * len(breaks)
    tops = [height - above - sum(pitches[:row]) - BREAK * sum(one <= row for one in breaks) for row in range(len(names))]
    if page.narrow:
        places = [top - line * lines(name) - max(thick, line * rows) / 2 for top, name, rows in zip(tops, broken, beside)]
    else:
        places = [top - pitch / 2 for top, pitch in zip(tops, pitches)]
    notes = [_name(name, top if page.narrow else place, left, page.narrow) for name, top, place in zip(broken, tops, places)]
    return Stack(places, tops, height, left, thick, notes, {"range": [0, height], "visible": False})


def _name(text, y, left, above):
    """Return the name of a row, from the left edge of the figure."""
    return note(
        text,
        0,
        y,
        xref="paper",
        xanchor="left",
        xshift=EDGE - left,
        yanchor="top" if above else "middle",
        align="left",
        name="row",
    )


def beside(rows: Sequence[tuple], room: float) -> float:
    """Return how many of the pixels right of the names are for the drawing, so that all words behind its marks have room.

    Parameters
    ----------
    rows : sequence of (float, float)
        Where a row's marks end, as a share of the axis, and the pixels of its words.
    room : float
        Pixels of drawing and words together.
    """
    fitting = [(room - GAP - words) / share for share, words in rows if share > 0 and words > 0]
    return max(0.3 * room, min([room, *fitting]))
