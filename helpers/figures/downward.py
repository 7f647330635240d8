"""Two forms whose time runs down the page, so that every act has room for its words: a list of days, and a time of waiting."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need
from helpers.figures.layout import EDGE, drawn, label_gap, level, note
from helpers.figures.letters import lines, wrap

DATES = 0.155  # of the width of a list: its days


def days(table: pd.DataFrame, *, columns: dict) -> Figure:
    """Draw a list down the days in two columns; a turn goes through both of them. On a telephone there is one column.

    Parameters
    ----------
    table : DataFrame
        In order of time: day and words, where (a key of `columns`), who (an actor), silent (True for a hollow mark) and
        turn (True for a row that belongs to neither column).
    columns : dict
        {key: heading}, two of them.

    Raises
    ------
    DataError
        For a column that is not there, or a table without rows.
    """
    need(table, "day", "where", "who", "words", "silent", "turn")
    page, gap = theme.page(), label_gap()
    plot = page.width - 2 * EDGE
    lefts = dict(zip(columns, (0.0, 0.0) if page.narrow else (DATES, DATES + (1 - DATES) / 2)))
    room = plot - 24 if page.narrow else (1 - DATES) / 2 * plot - 34
    marks, notes, shapes, y = [], [], [], 0.0
    for row in table.itertuples():
        words = wrap(row.words, (1 - DATES) * plot - 30 if row.turn and not page.narrow else room)
        left = DATES if row.turn and not page.narrow else lefts[row.where]
        where = f", {columns[row.where]}" if page.narrow and not row.turn else ""
        head = gap if page.narrow else 0
        high = head + gap * lines(words) + 9
        notes.append(note(f"<b>{row.day}</b>{where}", 0, y, theme.MUTED, xanchor="left", yanchor="top", align="left"))
        written = f"<b>{words}</b>" if row.turn else words
        colour = theme.ACTORS[row.who]
        notes.append(note(written, left, y - head, colour, xanchor="left", xshift=18, yanchor="top", align="left"))
        marks.append((left + 8 / plot, y - head - gap / 2 - 2, row))
        if row.turn:
            shapes.append(_strip(y + 2, y - high + 5))
        y -= high
    if not page.narrow:
        notes += [_heading(text, lefts[key]) for key, text in columns.items()]
    return drawn(
        [_dots(marks)],
        -y,
        top=6 if page.narrow else gap + 14,
        below=4,
        shapes=shapes,
        notes=notes,
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={"visible": False, "range": [y, 6]},
    )


def _heading(text, left):
    """Return the heading of a column."""
    words = f"<b>{text[0].upper()}{text[1:]}</b>"
    return note(words, left, 1, xanchor="left", xshift=-1, yref="paper", yanchor="bottom", yshift=8)


def _strip(high, low):
    """Return a pale strip through the whole drawing."""
    at = {"x0": 0, "x1": 1, "xref": "paper", "y0": low, "y1": high}
    return {"type": "rect", **at, "line": {"width": 0}, "fillcolor": theme.BAND, "layer": "below"}


def _dots(marks):
    """Return the dots of the acts, hollow where it is a silence."""
    colours = [theme.ACTORS[row.who] for *_, row in marks]
    symbols = ["circle-open" if row.silent else "circle" for *_, row in marks]
    return {
        "type": "scatter",
        "x": [x for x, _, _ in marks],
        "y": [y for _, y, _ in marks],
        "mode": "markers",
        "marker": {"size": 11, "symbol": symbols, "color": colours, "line": {"width": 2, "color": colours}},
        "text": [f"{row.day}, {row.where}: {row.words}" for *_, row in marks],
        "hovertemplate": "%{text}<extra></extra>",
    }


def waiting(table: pd.DataFrame, *, since: float, until: float, said: str, span: tuple[float, float], height: float = 350) -> Figure:
    """Draw acts along a line of time that runs down, and a dashed box for the time in which something is missing.

    Parameters
    ----------
    table : DataFrame
        In order of time: when (decimal year), day and act (words), who (an actor).
    since, until : float
        Ends of the box, decimal years.
    said : str
        What is written in the box.
    span : (float, float)
        First and last moment, decimal years.
    height : float
        Pixels of the drawing.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, "day", "act", "who", numbers=["when"])
    page, gap = theme.page(), label_gap()
    height, plot = (max(height, 580) if page.narrow else height), page.width - 2 * EDGE
    first, per_year = span[0], height / (span[1] - span[0])
    line, hollow = (44, 104) if page.narrow else (60, 150)
    aside = line + hollow + 30
    texts = [wrap(f"{row.day}: {row.act}", plot - aside - 12) for row in table.itertuples()]
    at = [(row.when - first) * per_year for row in table.itertuples()]
    places = apart(at, [gap * lines(text) + 5 for text in texts], height)
    years = range(int(first) + 1, int(span[1]) + 1)
    notes = [note(f"<b>{year}</b>", 0, (year - first) * per_year, theme.MUTED, xanchor="left") for year in years]
    shapes = [{**level((year - first) * per_year, theme.RULE), "layer": "below"} for year in years]
    top, bottom = (since - first) * per_year, (until - first) * per_year
    box = {"type": "rect", "x0": line, "x1": line + hollow, "y0": top, "y1": bottom}
    shapes.append({**box, "fillcolor": theme.PAPER, "line": {"color": theme.INK, "width": 2, "dash": "dash"}, "layer": "below"})
    notes.append(note(wrap(said, hollow - 14), line + hollow / 2, (top + bottom) / 2))
    for row, text, y, place in zip(table.itertuples(), texts, at, places, strict=True):
        notes.append(note(text, aside, place, theme.ACTORS[row.who], xanchor="left", align="left"))
        pointer = {"x0": line + hollow + 9, "x1": aside - 3, "y0": y, "y1": place}
        shapes.append({"type": "line", **pointer, "line": {"color": theme.MUTED, "width": 1}})
    return drawn(
        [_moments(table, line + hollow + 2, at)],
        height,
        top=6,
        below=4,
        shapes=shapes,
        notes=notes,
        xaxis={"visible": False, "range": [0, plot]},
        yaxis={"visible": False, "range": [height, 0]},
    )


def apart(wanted: list[float], heights: list[float], foot: float) -> list[float]:
    """Return the middles of blocks of words, near the wanted ones and in their order, none on another, all above the foot."""
    placed = []
    for want, high in zip(wanted, heights, strict=True):
        ceiling = placed[-1] + heights[len(placed) - 1] / 2 if placed else 0
        placed.append(max(want, ceiling + high / 2))
    floor = foot
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = min(placed[number], floor - heights[number] / 2)
        floor = placed[number] - heights[number] / 2
    return placed


def _moments(table, x, places):
    """Return the dots of the acts along the line of time."""
    return {
        "type": "scatter",
        "x": [x] * len(table),
        "y": places,
        "mode": "markers",
        "marker": {"size": 12, "color": [theme.ACTORS[who] for who in table["who"]], "line": {"color": theme.PAPER, "width": 1}},
        "text": [f"{row.day}: {row.act}" for row in table.itertuples()],
        "hovertemplate": "%{text}<extra></extra>",
    }
