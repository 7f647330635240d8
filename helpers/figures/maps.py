"""A map without network: land as plain shapes, the actors in their colours, places and what joins them."""

import html
import re
from collections.abc import Mapping, Sequence
from math import cos, hypot, radians, sin, sqrt
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.data import DataError, nearest
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, drawn, lettered, note
from helpers.figures.letters import LINE, width
from helpers.figures.place import BESIDE, Box, around, box_beside, settle, shifted
from helpers.sentences import fixed

EARTH = 6371  # kilometres from its middle to its face
PALE = 0.2  # how much of an actor's colour its land has
SQUARE = 0.8  # height of a map on a telephone, in widths
BEYOND = 4  # pixels of land drawn beyond the edges, which cut it off
STEP = 9  # pixels between two points of a line that words keep clear of
SPECK = 1.5  # land smaller than so many pixels is left out
ACTORS = ("Moscow", "Beijing", "Pyongyang")


def locator_map(
    places: pd.DataFrame,
    land: pd.DataFrame,
    *,
    centre: tuple[float, float] = (80, 51),
    across: float = 9400,
    height: float = 352,
    actors: Sequence[str] = ACTORS,
    areas: Mapping[str, tuple[float, float]] | None = None,
    links: pd.DataFrame | None = None,
    looks: Mapping[Any, tuple[str, float, str]] | None = None,
) -> Figure:
    """Draw where places lie, on land in the borders of today: say so in the subtitle.

    Areas are drawn in their true proportion (Lambert's equal-area projection). Words find a free place beside their
    marks; on a telephone, where there is none, letters stand for them.

    Parameters
    ----------
    places : DataFrame
        Columns name, latitude, longitude (degrees); may have actor (its colour), text (words instead of the name, "" for
        none), mark ("circle-open": hollow), side (of the words, as in `place.BESIDE`), hover.
    land : DataFrame
        The table `land`.
    centre : (longitude, latitude)
        What lies in the middle.
    across : float
        Kilometres from the left edge to the right.
    height : float
        Of the drawing, in pixels.
    actors : sequence of str
        Whose land has its colour.
    areas : {name in `land`: (longitude, latitude)}
        States whose names are written on them, and where.
    links : DataFrame, optional
        Columns one, other (names of places), kind; may have text (words beside the line), side (of these words) and bend
        (how far the line swings out to the left of who goes along it, as a share of its length).
    looks : {kind: (colour, width, dash)}
        Of the links.

    Raises
    ------
    DataError
        For a place without coordinates or outside the map, a state, place or kind that is not there, an empty table.
    """
    need(land, "land", "actor", "outline")
    need(places, "name", numbers=["latitude", "longitude"])
    page = theme.page()
    wide = page.width - 2 * EDGE
    view = _View(centre, wide / across, wide, SQUARE * wide if page.narrow else height)
    spots = {row["name"]: _spot(row, view) for row in places.to_dict("records")}
    lines_drawn, beside = _links(links, looks or {}, spots)
    marks = _marks(spots)
    taken = [around(spot["x"], spot["y"], 14, 14) for spot in spots.values()]
    taken += [around(x, y, 4, 4) for line in lines_drawn for x, y in _along(line)]
    named = [_area(name, at, land, actors, view, taken) for name, at in (areas or {}).items()]
    taken += [_on(area["x"], -area["y"], area["text"]) for area in named]
    words = [spot | {"options": _sides(spot)} for spot in spots.values() if spot["text"]] + beside
    notes, top = _words(words, taken, view)
    return drawn(
        [*lines_drawn, *marks],
        view.height,
        below=4,
        top=top,
        shapes=_land(land, actors, view),
        notes=named + notes,
        xaxis={"visible": False, "range": [0, view.width]},
        yaxis={"visible": False, "range": [-view.height, 0]},
    )


class _View:
    """What the map shows: from degrees to pixels from its upper left corner."""

    def __init__(self, centre, scale, across, down):
        self.middle = tuple(map(radians, centre))
        self.scale, self.width, self.height = scale * EARTH, across, down

    def at(self, longitude, latitude):
        """Return where a place lies (Lambert azimuthal equal-area projection of a globe)."""
        (east, north), there = self.middle, radians(latitude)
        turned = radians(longitude) - east
        x, y = cos(there) * sin(turned), cos(north) * sin(there) - sin(north) * cos(there) * cos(turned)
        far = 1 + sin(north) * sin(there) + cos(north) * cos(there) * cos(turned)
        stretch = self.scale * sqrt(2 / max(far, 1e-6))
        return self.width / 2 + stretch * x, self.height / 2 - stretch * y

    def room(self):
        """Return the map as a box."""
        return Box(0, 0, self.width, self.height)

    def shows(self, x, y):
        """Return whether a point lies on the map."""
        return 0 <= x <= self.width and 0 <= y <= self.height


def _spot(row, view):
    """Return one place: where it lies in pixels, its words and its looks."""
    name = row["name"]
    if pd.isna(row["latitude"]) or pd.isna(row["longitude"]):
        raise DataError(fixed("has_no_coordinates_so_it_cannot_stand", name=name))
    x, y = view.at(row["longitude"], row["latitude"])
    if not view.shows(x, y):
        raise DataError(fixed("lies_outside_the_map_choose_another_centre", name=name))
    text = row.get("text", name)
    return {
        "x": x,
        "y": y,
        "text": "" if pd.isna(text) else str(text),
        "colour": theme.ACTORS.get(row.get("actor"), theme.INK),
        "mark": row.get("mark") or "circle",
        "side": row.get("side") or "right",
        "hover": escape(row.get("hover") or ", ".join(str(row[key]) for key in ("name", "country") if key in row)),
    }


def _sides(spot):
    """Return where the words of a place may stand, the wanted side first."""
    return [(spot["x"], spot["y"], side) for side in dict.fromkeys([spot["side"], *BESIDE])]


def _marks(spots):
    """Return the places as one trace."""
    spots = list(spots.values())
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [round(spot["x"], 1) for spot in spots],
            "y": [-round(spot["y"], 1) for spot in spots],
            "marker": {
                "symbol": "circle",
                "size": 9 if theme.page().narrow else 11,
                "opacity": 1,
                "color": [theme.PAPER if spot["mark"] == "circle-open" else spot["colour"] for spot in spots],
                "line": {"width": 2, "color": [spot["colour"] if spot["mark"] == "circle-open" else theme.PAPER for spot in spots]},
            },
            "hovertext": [spot["hover"] for spot in spots],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def _links(links, looks, spots):
    """Return the lines between places as traces, and the words beside them with where they may stand."""
    if links is None:
        return [], []
    need(links, "one", "other", "kind")
    need_looks(links, "kind", looks)
    traces, words = [], []
    for row in links.to_dict("records"):
        for name in (row["one"], row["other"]):
            if name not in spots:
                raise DataError(fixed("a_line_leads_to_which_is_not", name=name, nearest=nearest(name, spots)))
        colour, wide, dash = looks[row["kind"]]
        curve = _curve(spots[row["one"]], spots[row["other"]], row.get("bend") or 0)
        text = "" if pd.isna(row.get("text", "")) else str(row.get("text", ""))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [round(x, 1) for x, _ in curve],
                "y": [-round(y, 1) for _, y in curve],
                "line": {"color": colour, "width": wide, "dash": dash},
                "text": escape(f"{row['one']} – {row['other']}: {text.replace('<br>', ' ') or row['kind']}"),
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
        if text:
            middle = len(curve) // 2
            places = [curve[middle + step] for step in (0, -2, 2, -4, 4)]
            options = [(x, y, side) for x, y in places for side in dict.fromkeys([row.get("side") or "right", *BESIDE])]
            words.append({"x": places[0][0], "y": places[0][1], "text": text, "colour": theme.ink(colour), "options": options})
    return traces, words


def _curve(one, other, bend, parts=16):
    """Return points on a line between two places that swings out to its left by a share of its length."""
    x, y = other["x"] - one["x"], other["y"] - one["y"]
    at = [step / parts for step in range(parts + 1)]
    return [(one["x"] + t * x + 4 * bend * t * (1 - t) * y, one["y"] + t * y - 4 * bend * t * (1 - t) * x) for t in at]


def _along(trace):
    """Yield points along a line, for words to keep clear of."""
    for x0, x1, y0, y1 in zip(trace["x"], trace["x"][1:], trace["y"], trace["y"][1:]):
        count = max(1, round(hypot(x1 - x0, y1 - y0) / STEP))
        yield from ((x0 + (x1 - x0) * step / count, -(y0 + (y1 - y0) * step / count)) for step in range(count))


def _on(x, y, text):
    """Return the box of words with their middle on a point."""
    return around(x, y, width(text), LINE * theme.page().small)


def _area(name, at, land, actors, view, taken):
    """Return the name of a state, written on it, a little higher or lower where a line runs."""
    if name not in set(land["land"]):
        raise DataError(fixed("there_is_no_land_of_the_name", name=name, nearest=nearest(name, land["land"].unique())))
    x, y = view.at(*at)
    if not view.shows(x, y):
        raise DataError(fixed("the_name_would_stand_outside_the_map", name=name))
    actor = land.loc[land["land"] == name, "actor"].iloc[0]
    colour = theme.ACTORS[actor] if actor in actors else theme.MUTED
    heights = [y + step * LINE * theme.page().small for step in (0, 1, -1, 2, -2)]
    (chosen,), _ = settle([[_on(x, height, name.upper()) for height in heights]], taken, view.room())
    return note(name.upper(), round(x, 1), -round(heights[chosen], 1), _written(colour))


def _words(words, taken, view):
    """Return the words of places and links where they cover least, and the pixels of a list above the map.

    On a telephone where they have no room only their beginning is written, and where that is still too long a letter,
    with a list of what the letters mean.
    """
    page = theme.page()
    edge = Box(-EDGE + 2, 2, view.width + EDGE - 2, view.height - 2)
    bold, chosen, free = _fitted(words, taken, edge)
    told, top = [], 0.0
    if page.narrow and not free:
        bold, chosen, free = _fitted([{**word, "text": re.split(",|<br>", word["text"])[0]} for word in words], taken, edge)
    if page.narrow and not free:
        signs, told, top = lettered([_plain(word["text"]) for word in words], [_written(word["colour"]) for word in words], EDGE)
        bold = [{**word, "text": f"<b>{sign}</b>"} for word, sign in zip(bold, signs)]
        chosen, _ = settle([[box_beside(x, y, word["text"], side) for x, y, side in word["options"]] for word in bold], taken, edge)
    return told + [_beside(word, word["options"][place]) for word, place in zip(bold, chosen)], top


def _fitted(words, taken, edge):
    """Return words, those of places bold, the number of the place of each, and whether all of them lie free."""
    bold = [{**word, "text": f"<b>{word['text']}</b>" if "side" in word else word["text"]} for word in words]
    boxes = [[box_beside(x, y, word["text"], side) for x, y, side in word["options"]] for word in bold]
    return bold, *settle(boxes, taken, edge)


def _plain(text):
    return html.unescape(text.replace(",<br>", ", ").replace("<br>", ", "))


def _beside(word, option):
    """Return words on a side of their mark."""
    x, y, side = option
    anchors = shifted(side)
    align = {"left": "left", "right": "right", "center": "center"}[anchors["xanchor"]]
    return note(word["text"], round(x, 1), -round(y, 1), _written(word["colour"]), align=align, **anchors)


def _pale(colour):
    """Return the tone of an actor's land."""
    channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + PALE * (channel - 255)):02X}" for channel in channels)


def _written(colour):
    """Return the tone of a colour in which words can be read on every land."""
    return theme.ink(colour, min((theme.RULE, *map(_pale, theme.ACTORS.values())), key=theme.luminance))


def _land(land, actors, view):
    """Return the land as shapes: one for each actor's, one for all other."""
    owners = land["actor"].where(land["actor"].isin(actors), "")
    shapes = []
    for owner in ("", *actors):
        rings = [_ring(outline, view) for outline in land.loc[owners == owner, "outline"]]
        path = "".join(f"M{'L'.join(f'{x:g},{-y:g}' for x, y in ring)}Z" for ring in rings if ring)
        if path:
            fill = _pale(theme.ACTORS[owner]) if owner else theme.RULE
            shapes.append({"type": "path", "path": path, "fillcolor": fill, "line": {"color": theme.PAPER, "width": 1}, "layer": "below"})
    return shapes


def _ring(outline, view):
    """Return a piece of land in pixels, cut off a little beyond the edges; nothing when it lies outside or is a speck."""
    corners = [view.at(*map(float, corner.split())) for corner in outline.split(", ")]
    for axis, limit, sign in ((0, -BEYOND, 1), (0, view.width + BEYOND, -1), (1, -BEYOND, 1), (1, view.height + BEYOND, -1)):
        corners = _cut(corners, axis, limit, sign)
    rounded = [(round(x, 1), round(y, 1)) for x, y in corners]
    ring = [corner for corner, before in zip(rounded, rounded[-1:] + rounded[:-1]) if corner != before]
    spans = [max(side) - min(side) for side in zip(*ring)]
    return ring if len(ring) > 2 and max(spans) >= SPECK else []


def _cut(corners, axis, limit, sign):
    """Return the part of a ring on one side of a straight edge (Sutherland and Hodgman)."""
    kept = []
    for before, corner in zip(corners[-1:] + corners[:-1], corners):
        inside, was = ((point[axis] - limit) * sign >= 0 for point in (corner, before))
        if inside != was:
            share = (limit - before[axis]) / (corner[axis] - before[axis])
            kept.append(tuple(b + share * (c - b) for b, c in zip(before, corner)))
        if inside:
            kept.append(corner)
    return kept
