"""Chart forms of dated events: lanes of dots, and a track of events above a track of numbers."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.axes import reach, year_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, label_gap, lettered, level, note, numbers, shade, tops, upright
from helpers.figures.letters import lines, number, width, wrap
from helpers.figures.place import Box, Field, around, settle

SHARES = (0, 0.3, -0.3, 0.5, -0.5, 0.8, -0.8)  # of their width: how far aside words may stand above or below a dot
DOT, NUMBERED_DOT = 12, 22  # pixels across a dot, and a dot with a number in it


def timeline(
    events: pd.DataFrame,
    *,
    lanes: Sequence[str],
    x_range: tuple[float, float],
    colours: dict,
    row_height: float = 110,
    labels: Sequence[tuple] = (),
    numbered: bool = False,
    marks: Sequence[tuple] = (),
) -> Figure:
    """Draw dated events as dots in lanes, with their titles on hover and some written out.

    Parameters
    ----------
    events : DataFrame
        Columns when (decimal year), lane, title, group; may have hover (shown instead of the title) and sign (written into
        numbered dots instead of the group).
    lanes : sequence of str
        Names of the lanes, from the top down.
    x_range : (float, float)
        First and last moment of the axis, decimal years.
    colours : dict
        {group: colour}
    row_height : float
        Pixels of a lane.
    labels : sequence of (title, text, dx, dy)
        Dots whose short text is written beside them, shifted by pixels.
    numbered : bool
        Write the group or the sign, one or two letters, into larger dots; the colours then need contrast to the paper's.
    marks : sequence of (float, str)
        Moments: vertical lines with a word at the top.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a lane or group that is not named.
    """
    need(events, "lane", "title", "group", numbers=["when"])
    need_looks(events, "lane", lanes)
    need_looks(events, "group", colours)
    page = theme.page()
    left = EDGE if page.narrow else EDGE + GAP + max(width(lane) for lane in lanes)
    plot, dot = page.width - left - EDGE, (NUMBERED_DOT if numbered else DOT) + 2
    more = 1.6 * label_gap() if page.narrow and labels else 0
    placed, field, said, words, free = _with_words(events, lanes, x_range, plot, dot, row_height + more, labels, more)
    if more and not free:
        placed, field, said, words, _ = _with_words(events, lanes, x_range, plot, dot, row_height, labels)
    groups = {group: [spot for spot in placed if spot[0].group == group] for group in colours}
    above, top = tops(marks, x_range, plot)
    if page.narrow and not free:  # no room for words: letters, and a list of what they mean
        signs, words, added = lettered([text for _, text, *_ in said], [colours[spot[0].group] for spot, *_ in said], left, top + 4)
        words, top = words + _letters_of_dots(said, signs, placed, dot, field, colours), top + added
    floors = [level(place - 0.5, theme.RULE) for place in range(len(lanes))]
    return drawn(
        [_dots(picked, group, colours[group], numbered) for group, picked in groups.items()],
        field.height,
        left=left,
        top=top,
        shapes=floors + [upright(moment) for moment, _ in marks],
        notes=words + [_lane(lane, place, left, page.narrow) for place, lane in enumerate(lanes[::-1])] + above,
        xaxis=year_axis(*x_range, plot, showgrid=True),
        yaxis={"visible": False, "range": list(field.y)},
    )


def _with_words(events, lanes, x_range, plot, dot, row_height, labels, more=0.0):
    """Return the dots, the field, the dots with words, the words, and whether all of these lie free, with `more` room above dots."""
    placed, row_height = _placed(events, lanes, (x_range[1] - x_range[0]) * dot / plot, dot, row_height, more)
    field = Field(tuple(x_range), (-0.5, len(lanes) - 0.5), plot, row_height * len(lanes))
    spots = {spot[0].title: spot for spot in placed}
    said = [(spots[title], text, dx, dy) for title, text, dx, dy in labels]
    words, free = _beside_dots(said, placed, dot, field, [_heading(lane, field, place) for place, lane in enumerate(lanes)])
    return placed, field, said, words, free


def _placed(events, lanes, near, dot, row_height, more):
    """Return (event, when, height) of every dot, and the pixels of a lane: more than wished for when its dots need them."""
    page, steps = theme.page(), _steps(events, lanes, near)
    heading = label_gap() + more if page.narrow else 0
    most = max((abs(step) for _, step in steps), default=0)
    row_height = max(40 if page.narrow else min(row_height, page.tallest / len(lanes)), heading + (2 * most + 1) * dot + 8)
    foot = {lane: len(lanes) - 1 - place for place, lane in enumerate(lanes)}
    return [(event, event.when, foot[event.lane] - (step * dot + heading / 2) / row_height) for event, step in steps], row_height


def _steps(events, lanes, near):
    """Return (event, step) by lane: dots of one lane closer in time than `near` years stand one below the other, in steps."""
    found = []
    for lane in lanes:
        taken = []
        for event in events[events["lane"] == lane].itertuples():
            close = {step for when, step in taken if abs(when - event.when) < near}
            step = next(step for number in range(len(events) + 1) for step in (number, -number) if step not in close)
            taken.append((event.when, step))
            found.append((event, step))
    return found


def _heading(lane, field: Field, place):
    """Return the box of a lane's name above its dots; on a wide page it stands beside the drawing, and the box is empty."""
    wide = width(lane.replace("<br>", " "), bold=True) + GAP if theme.page().narrow else 0
    top = place * field.height / (field.y[1] - field.y[0])
    return Box(0, top, wide, top + label_gap())


def _beside_dots(said, placed, dot, field: Field, headings):
    """Return the words of dots, each as near as it can to where it is wanted, on no other words and no dot; and whether all lie free."""
    options, shifts = [], []
    for spot, text, dx, dy in said:
        x, y = field.at(*spot[1:])
        wide, high = width(text) + 4, label_gap() * lines(text)
        ring = [(share * wide, up * (dot / 2 + high / 2 + over)) for over in (4, 12, 24, 36) for up in (-1, 1) for share in SHARES]
        aside = [(side * (wide / 2 + dot / 2 + 8), 0) for side in (1, -1)]
        shifts.append([(dx, dy), *aside, *ring])
        options.append([around(x + right, y + down, wide, high) for right, down in shifts[-1]])
    taken = [around(*field.at(*spot[1:]), dot, dot) for spot in placed]
    chosen, free = settle(options, [*taken, *headings], field.room(-2))
    return [_written(spot, text, *places[number], dot / 2) for (spot, text, _, _), places, number in zip(said, shifts, chosen)], free


def _letters_of_dots(said, signs, placed, dot, field: Field, colours):
    """Return the letters of dots, each on a side where nothing stands."""
    wide, high, options = width("m", bold=True), label_gap(), []
    across, down = (dot + wide) / 2 + 1, (dot + high) / 2 - 2
    shifts = [(across, -down / 2), (0, -down), (-across, -down / 2), (across, down / 2), (0, down), (-across, down / 2)]
    for spot, *_ in said:
        x, y = field.at(*spot[1:])
        options.append([around(x + right, y + below, wide, high) for right, below in shifts])
    taken = [around(*field.at(*spot[1:]), dot, dot) for spot in placed]
    chosen, _ = settle(options, taken, field.room(wide))
    return [
        note(f"<b>{sign}</b>", spot[1], spot[2], colours[spot[0].group], xshift=shifts[number][0], yshift=-shifts[number][1])
        for (spot, *_), sign, number in zip(said, signs, chosen)
    ]


def _lane(lane, place, left, narrow):
    """Return the name of a lane in its actor's colour: beside its dots, on a telephone above them."""
    words = f"<b>{lane.replace('<br>', ' ') if narrow else lane}</b>"
    height, anchor = (place + 0.5, "top") if narrow else (place, "middle")
    colour = theme.ACTORS.get(lane, theme.INK)
    return note(words, 0, height, colour, xref="paper", xanchor="left", xshift=EDGE - left, align="left", yanchor=anchor)


def _dots(placed, group, colour, numbered):
    """Return the dots of a group as a trace."""
    tips = [html.escape(getattr(event, "hover", event.title)) for event, _, _ in placed]
    signs = [html.escape(str(getattr(event, "sign", group))) for event, _, _ in placed]
    return {
        "type": "scatter",
        "x": [when for _, when, _ in placed],
        "y": [height for _, _, height in placed],
        "mode": "markers+text" if numbered else "markers",
        "cliponaxis": False,
        "name": str(group),
        "marker": {"color": colour, "size": NUMBERED_DOT if numbered else DOT, "line": {"color": theme.PAPER, "width": 1}},
        "text": signs if numbered else tips,
        "textfont": {"color": theme.on(colour)} if numbered else None,
        "hovertext": tips if numbered else None,
        "hovertemplate": f"%{{{'hovertext' if numbered else 'text'}}}<extra></extra>",
    }


def _written(spot, text, dx, dy, radius):
    """Return the words of a dot, with a thin line from them to it."""
    return {
        "x": spot[1],
        "y": spot[2],
        "ax": dx,
        "ay": dy,
        "text": text,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": theme.MUTED,
        "standoff": radius,
    }


def tracks(
    rates: pd.DataFrame,
    events: pd.DataFrame,
    *,
    colour: str,
    looks: dict,
    y_range: tuple[float, float],
    height: float = 352,
    decimals: int = 1,
) -> Figure:
    """Draw two tracks over one axis of years: dated events above, one line of text each, and a bar per year below.

    Parameters
    ----------
    rates : DataFrame
        Two columns: years, values; every bar fills its year.
    events : DataFrame
        In order of time, with columns when (decimal year), title, kind.
    colour : str
        Of the bars.
    looks : dict
        {kind: (colour, plotly marker symbol)}
    y_range : (float, float)
        Low and high end of the bars' axis.
    height, decimals
        Pixels of the drawing; decimals of the numbers on the bars.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a kind without a look, or text where numbers belong.
    """
    need(rates, numbers=rates.columns[:2] if isinstance(rates, pd.DataFrame) else ())
    need(events, "title", "kind", numbers=["when"])
    need_looks(events, "kind", looks)
    page, years, values = theme.page(), rates.iloc[:, 0].tolist(), numbers(rates.iloc[:, 1])
    low, high = reach(y_range, values, 1.2)
    rows = [(event, looks[event.kind][0]) for event in events.itertuples()]
    plot, middle = page.width - 2 * EDGE, (years[0] + years[-1]) / 2
    above, places, notes = _event_rows(rows, plot, middle, page.narrow)
    below = max(120, min(height, page.tallest) - above)
    share = below / (above + below + GAP)
    data = [_year_bars(years, values, colour, decimals)]
    for kind, (ink, symbol) in looks.items():
        picked = [(event, place) for (event, _), place in zip(rows, places) if event.kind == kind]
        data.append(
            {
                "type": "scatter",
                "x": [event.when for event, _ in picked],
                "y": [place for _, place in picked],
                "yaxis": "y2",
                "mode": "markers",
                "marker": {"color": ink, "symbol": symbol, "size": 11, "line": {"color": ink, "width": 2}},
                "text": [html.escape(event.title) for event, _ in picked],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    return drawn(
        data,
        above + below + GAP,
        shapes=[shade(year, year + 1) for year in years[::2]],
        notes=notes,
        xaxis=year_axis(years[0], years[-1] + 1, plot, years, 0.5),
        yaxis={"domain": [0, share], "range": [low, high], "visible": False},
        yaxis2={"domain": [1 - above / (above + below + GAP), 1], "range": [-above, 0], "visible": False},
    )


def _event_rows(rows, plot, middle, narrow):
    """Return the height of the events' track, the place of each mark, and the words, beside the marks or above them."""
    places, notes, foot = [], [], 0.0
    for event, ink in rows:
        text = escape(event.title)
        if narrow:
            text = wrap(text, plot)
            notes.append(note(text, 0, -foot, ink, xref="paper", xanchor="left", yref="y2", yanchor="top", align="left"))
            foot += label_gap() * lines(text) + 20
            places.append(-foot + 10)
        else:
            foot += label_gap() + 4
            places.append(-foot + label_gap() / 2)
            notes.append(_beside(event.when, places[-1], text, ink, event.when > middle))
    return foot + 4, places, notes


def _year_bars(years, values, colour, decimals):
    """Return a bar per year with its number on top."""
    written = ["" if value is None else number(value, decimals) for value in values]
    return {
        "type": "bar",
        "x": [year + 0.5 for year in years],
        "y": values,
        "width": 0.8,
        "marker": {"color": colour},
        "cliponaxis": False,
        "text": written,
        "textposition": "outside",
        "hovertext": [f"{year}: {text}" for year, text in zip(years, written)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _beside(when, height, title, ink, late):
    """Return the words of an event; those of late events stand to their left."""
    return note(title, when, height, ink, yref="y2", xanchor="right" if late else "left", xshift=-11 if late else 11)
