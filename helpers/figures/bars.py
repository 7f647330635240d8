"""Chart forms with a bar per year or step, always from zero."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.data import DataError, nearest
from helpers.figures.axes import reach, room_for_values, value_axis, year_axis
from helpers.figures.given import need
from helpers.figures.layout import EDGE, drawn, key, label_gap, level, numbers, slider
from helpers.figures.letters import lines, number, width, wrap
from helpers.sentences import fixed, heading


def bars(
    table: pd.DataFrame,
    *,
    colour: str,
    y_range: tuple[float, float],
    height: float = 320,
    decimals: int = 0,
    highlight: Sequence[int] = (),
    mark: tuple[float, str] | None = None,
) -> Figure:
    """Draw one bar per year from zero, each with its value on top.

    Parameters
    ----------
    table : DataFrame
        Two columns: years, values.
    colour : str
        Of the bars.
    y_range : (float, float)
        Low and high end of the vertical axis.
    height : float
        Of the drawing, in pixels.
    decimals : int
        Of the numbers on the bars.
    highlight : sequence of int
        Years drawn in full colour; without any, all are.
    mark : (float, str), optional
        A moment such as 1960.55 (mid-July 1960) and its words: an arrow from above.

    Raises
    ------
    DataError
        For a table without rows, or with text where numbers belong.
    """
    need(table, numbers=table.columns[:2] if isinstance(table, pd.DataFrame) else ())
    page = theme.page()
    years, values = table.iloc[:, 0].tolist(), numbers(table.iloc[:, 1])
    plot, height = page.width - 2 * EDGE, min(height, page.tallest)
    written = ["" if value is None else number(value, decimals) for value in values]
    upended = max(map(width, written)) > plot / len(years)  # too wide to stand side by side
    low, high = _ends(values, height, (max(map(width, written)) if upended else label_gap()) + 8, 40 if mark else 0, y_range)
    words = _arrow(mark, dict(zip(years, values)), high) if mark else []
    return drawn(
        [_yearly(years, values, written, colour, highlight, upended)],
        height,
        top=(label_gap() + 4) * lines(words[0]["text"]) if words else 0,
        notes=words,
        shapes=[level(0, theme.MUTED)] if low < 0 else (),
        xaxis=year_axis(years[0] - 0.1, years[-1] + 1.1, plot, years, 0.5, showline=low >= 0),
        yaxis={"range": [low, high], "visible": False},
    )


def _ends(values, height, label, above, y_range):
    """Return the ends of the axis so that every bar and the number at its end have room, and no more."""
    known = [value for value in values if value is not None] or [y_range[1]]
    highest, lowest = max(0.0, *known), min(0.0, *known)
    per_pixel = (highest - lowest) / max(height - above - label * (2 if lowest < 0 else 1), 1)
    return lowest - label * per_pixel * (lowest < 0), highest + (label + above) * per_pixel


def _yearly(years, values, written, colour, highlight, upended):
    """Return a bar per year with its number at its end."""
    return {
        "type": "bar",
        "x": [year + 0.5 for year in years],
        "y": values,
        "width": 0.8,
        "hovertext": [f"{year}: {text}" for year, text in zip(years, written)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": colour, "opacity": [1 if not highlight or year in highlight else 0.45 for year in years]},
        "text": written,
        "textposition": "outside",
        "textangle": -90 if upended else 0,
        "cliponaxis": False,
        "constraintext": "none",
    }


def _arrow(mark, values, top):
    """Return an arrow from the top of the drawing down to the bar of a moment, with its words."""
    moment, text = mark
    red, room = theme.ACTORS["Moscow"], theme.page().width - 2 * EDGE
    years = [year for year in values]
    share = (moment - years[0]) / (years[-1] + 1 - years[0])
    text = wrap(text, 1.8 * room * min(share, 1 - share))
    arrow = {
        "x": moment,
        "y": values[int(moment)] + 0.1 * top,
        "ax": moment,
        "ay": top,
        "axref": "x",
        "ayref": "y",
        "yanchor": "bottom",
        "text": text,
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 2,
        "arrowcolor": red,
        "font": {"color": theme.ink(red)},
    }
    return [arrow]


def grouped_bars(
    table: pd.DataFrame,
    *,
    looks: dict,
    y_range: tuple[float, float],
    stacked: bool = False,
    height: float = 380,
    decimals: int = 0,
    show_values: bool = True,
) -> Figure:
    """Draw bars per year, side by side or stacked, one column of the table each, from zero.

    Parameters
    ----------
    table : DataFrame
        First column the years (or row names), one column per series; gaps leave a gap.
    looks : dict
        {column: (label, colour)}; at most four.
    y_range : (float, float)
        Low and high end of the vertical axis.
    stacked : bool
        One above the other instead of side by side.
    height, decimals
        Pixels of the drawing; decimals of the numbers.
    show_values : bool
        Write the numbers above bars that stand side by side.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=looks)
    page, names = theme.page(), [str(name) for name in table.iloc[:, 0]]
    columns = table[list(looks)]
    low, high = reach(y_range, columns.sum(axis=1) if stacked else columns.to_numpy().ravel(), 1.15)
    left = room_for_values(low, high)
    room = (page.width - left - EDGE) / len(names) / (1 if stacked else 1.3 * len(looks))
    written = {column: ["" if v is None else number(v, decimals) for v in numbers(table[column])] for column in looks}
    shown = show_values and not stacked and max(width(text) for texts in written.values() for text in texts) <= room
    notes, top = key([("square", label, colour) for label, colour in looks.values()], left)
    angle, below_bars, below = _names_below(names, page.width - left - EDGE)
    return drawn(
        [_side(names, numbers(table[column]), written[column], look, shown) for column, look in looks.items()],
        min(height, page.tallest),
        left=left,
        top=top,
        notes=notes,
        barmode="stack" if stacked else "group",
        bargap=0.25,
        below=below,
        xaxis={"type": "category", "showgrid": False, "showline": True, "tickangle": angle, "tickvals": names, "ticktext": below_bars},
        yaxis=value_axis(low, high),
    )


def _side(names, values, written, look, shown):
    """Return the bars of one series."""
    label, colour = look
    return {
        "type": "bar",
        "x": names,
        "y": values,
        "name": label,
        "marker": {"color": colour},
        "text": written if shown else None,
        "textposition": "outside" if shown else None,
        "cliponaxis": False,
        "hovertext": [f"{label}, {name}: {text}" for name, text in zip(names, written)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _names_below(names, room):
    """Return the angle of the names below bars, the names, and the pixels that they take.

    Where they have no room side by side, spans of years are broken at their hyphen, other names stand on two levels; where
    that is not enough they stand upright.
    """
    each, longest, broken = room / len(names) - 6, max(map(width, names)), [name.replace("-", "<br>-") for name in names]
    if longest <= each:
        return 0, names, 34
    if max(map(width, broken)) <= each and max(map(lines, broken)) == 2:
        return 0, broken, 34  # `drawn` makes room for the second line
    if longest <= 2 * each:
        return 0, [f"{'<br>' * (place % 2)}{name}" for place, name in enumerate(names)], 34
    return -90, names, longest + 20


def split_bars(
    frames: dict,
    *,
    looks: dict,
    start: str,
    prefix: str = "",
    height: float = 360,
    decimals: int = 0,
    unit: str = "Mt",
) -> Figure:
    """Draw stacked bars with their numbers written inside; a slider, when there are several frames, changes the heights.

    Parameters
    ----------
    frames : dict
        {label on the slider: DataFrame}: first column the names of the bars, one column per part; gaps are not drawn.
    looks : dict
        {column: (word written before the number, colour, "solid", "pale" or "open")}; open is for claimed or modelled parts.
    start : str
        The label shown first: what the slider shows can be had here too.
    prefix : str
        Words before the label above the slider.
    height, decimals, unit
        Pixels of the drawing; decimals of the numbers; the unit told on hovering.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    for frame in frames.values():
        need(frame, numbers=looks)
    if start not in frames:
        raise DataError(fixed("there_is_no_frame", start=start, nearest=nearest(start, frames)))
    page, shown = theme.page(), frames[start]
    names = [escape(name) for name in shown.iloc[:, 0]]
    top = max(float(frame[list(looks)].astype(float).sum(axis=1).max()) for frame in frames.values())
    room = (page.width - 2 * EDGE) / len(names)
    broken = [wrap(name, room - 8) for name in names]
    if max(map(width, broken)) <= room - 4:
        angle, said, below = 0, broken, 16 + label_gap() * max(map(lines, broken))
    else:
        angle, said, below = _names_below(names, page.width - 2 * EDGE)
        below += label_gap() * (said != names)
    sliders, heights = {}, _heights(shown, looks, decimals, room)
    if len(frames) > 1:
        moves = [{"label": label, "method": "restyle", "args": [_heights(frame, looks, decimals, room)]} for label, frame in frames.items()]
        sliders = {"sliders": [slider(moves, list(frames).index(start), prefix, below + 6)]}
    return drawn(
        [_part(names, column, look, y, text, unit) for (column, look), y, text in zip(looks.items(), heights["y"], heights["text"])],
        min(height, page.tallest - (90 if sliders else 0)),
        below=below + (108 if sliders else 0),
        barmode="stack",
        bargap=0.12 if page.narrow else 0.22,
        xaxis={
            "type": "category",
            "showgrid": False,
            "showline": True,
            "tickangle": angle,
            "tickvals": names,
            "ticktext": said,
        },
        yaxis={"range": [0, 1.04 * top], "visible": False},
        **sliders,
    )


def _heights(frame, looks, decimals, room):
    """Return the heights of all parts and the words written into them, on two lines where a bar is slim."""

    def words(column):
        texts = ["" if pd.isna(v) or v == 0 else f"{looks[column][0]} {number(v, decimals)}".strip() for v in frame[column]]
        return [wrap(text, 0.78 * room) if text else "" for text in texts]

    return {"y": [numbers(frame[column]) for column in looks], "text": [words(column) for column in looks]}


def _part(names, column, look, heights, words, unit):
    """Return one part of all stacked bars."""
    _, colour, fill = look
    return {
        "type": "bar",
        "x": names,
        "y": heights,
        "text": words,
        "name": column,
        "textposition": "inside",
        "textangle": 0,
        "constraintext": "none",
        "insidetextanchor": "end" if fill == "open" else "middle",
        "textfont": {"size": theme.page().small, "color": theme.on(colour) if fill == "solid" else theme.INK},
        "marker": {
            "color": theme.PAPER if fill == "open" else theme.SCALE[0] if fill == "pale" else colour,
            "line": {"color": colour, "width": 2},
        },
        "hovertemplate": f"{html.escape(heading(column))}, %{{x}}: %{{y:,.1f}} {unit}<extra></extra>",
    }
