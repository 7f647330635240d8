"""Where words stand beside their marks, so that they lie on nothing and stay in the drawing."""

from collections.abc import Sequence
from typing import NamedTuple

from helpers import theme
from helpers.figures.letters import LINE, lines, width

# Sides of a mark: where words that stand there are anchored, and how many pixels they are shifted.
BESIDE = {
    "right": ("left", "middle", 12, 0),
    "left": ("right", "middle", -12, 0),
    "above": ("center", "bottom", 0, 9),
    "below": ("center", "top", 0, -9),
    "above right": ("left", "bottom", -6, 9),
    "above left": ("right", "bottom", 6, 9),
}


class Box(NamedTuple):
    """A place on the drawing in pixels, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Field(NamedTuple):
    """The drawing: the ends of its axes and its size in pixels."""

    x: tuple
    y: tuple
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point lies, in pixels from the upper left corner."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width
        return across, (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height

    def room(self, more: float = 0) -> Box:
        """Return the drawing as a box, larger by some pixels on each side."""
        return Box(-more, -more, self.width + more, self.height + more)


def around(x: float, y: float, wide: float, high: float) -> Box:
    """Return the box of this size around a point."""
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def shifted(side: str) -> dict:
    """Return the anchors and shifts of words on a side of their mark, for an annotation."""
    xanchor, yanchor, xshift, yshift = BESIDE[side]
    return {"xanchor": xanchor, "yanchor": yanchor, "xshift": xshift, "yshift": yshift}


def box_beside(x: float, y: float, text: str, side: str) -> Box:
    """Return the place of words on a side of a mark at (x, y)."""
    xanchor, yanchor, xshift, yshift = BESIDE[side]
    wide, high = width(text) + 4, LINE * theme.page().small * lines(text)
    left = x + xshift - {"left": 0, "right": wide, "center": wide / 2}[xanchor]
    top = y - yshift - {"top": 0, "bottom": high, "middle": high / 2}[yanchor]
    return Box(left, top, left + wide, top + high)


def settle(options: Sequence[Sequence[Box]], taken: Sequence[Box], room: Box, rounds: int = 3) -> tuple[list[int], bool]:
    """Return for every label the number of the place that costs least, and whether all of them lie free.

    A place costs what it covers: other labels, marks, the world outside the drawing. Of two free places the one that
    stands first in its list is taken.

    Parameters
    ----------
    options : sequence of sequences of Box
        The places that each label may have, the wanted one first.
    taken : sequence of Box
        What no label should cover.
    room : Box
        The drawing.
    rounds : int
        How often each label looks again at where the others stand.
    """
    chosen: list[int] = [-1] * len(options)
    for _ in range(rounds):
        covered = []
        for label, places in enumerate(options):
            others = [options[one][place] for one, place in enumerate(chosen) if one != label and place >= 0]
            covers = [
                sum(_shared(place, other) for other in (*others, *taken)) + 3 * (_area(place) - _shared(place, room)) for place in places
            ]
            costs = [cover + 4 * number for number, cover in enumerate(covers)]
            chosen[label] = costs.index(min(costs))
            covered.append(covers[chosen[label]])
    return chosen, max(covered, default=0) < 1


def _area(box):
    return (box.right - box.left) * (box.bottom - box.top)


def _shared(one, other):
    """Return the pixels that two boxes share."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across * down if across > 0 and down > 0 else 0.0
