"""Chart forms with a bar per year or step, always from zero."""

import html
from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need
from helpers.figures.layout import drawn, key_line, note, numbers, slider


def bars(
    table: pd.DataFrame,
    colour: str,
    y_range: Sequence[float],
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
    years, values = table.iloc[:, 0].tolist(), numbers(table.iloc[:, 1])
    middle = [year + 0.5 for year in years]
    written = ["" if value is None else f"{value:.{decimals}f}" for value in values]
    trace = {
        "type": "bar",
        "x": middle,
        "y": values,
        "width": 0.8,
        "hovertemplate": [f"{year}: {text}<extra></extra>" for year, text in zip(years, written)],
        "marker": {"color": colour, "opacity": [1 if not highlight or year in highlight else 0.45 for year in years]},
        "text": written,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": theme.SMALL_SIZE},
    }
    return drawn(
        [trace],
        height,
        top=24 if mark else 0,
        notes=[_arrow(mark, dict(zip(years, values)), y_range[1])] if mark else (),
        xaxis={
            "tickvals": middle,
            "ticktext": [str(year) for year in years],
            "showgrid": False,
            "showline": True,
            "range": [years[0] - 0.1, years[-1] + 1.1],
        },
        yaxis={"range": list(y_range)},
    )


def _arrow(mark, values, top):
    """Return an arrow from the top of the drawing down to the bar of a moment, with its words."""
    moment, text = mark
    red = theme.ACTORS["Moscow"]
    return {
        "x": moment,
        "y": values[int(moment)] + 0.09 * top,
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
        "font": {"color": red},
    }


def grouped_bars(
    table: pd.DataFrame,
    looks: dict,
    y_range: Sequence[float],
    stacked: bool = False,
    height: float = 380,
    decimals: int = 0,
    label_at: dict | None = None,
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
    label_at : dict, optional
        {column: row name}: where a label stands above its bar; without it the labels form one line above the drawing.
    show_values : bool
        Write the numbers above bars that stand side by side.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, or text where numbers belong.
    """
    need(table, numbers=looks)
    names = [str(name) for name in table.iloc[:, 0]]
    data = []
    for column, (label, colour) in looks.items():
        values = numbers(table[column])
        written = [] if stacked or not show_values else ["" if v is None else f"{v:.{decimals}f}" for v in values]
        data.append(
            {
                "type": "bar",
                "x": names,
                "y": values,
                "name": label,
                "marker": {"color": colour},
                "text": written or None,
                "textposition": "outside" if written else None,
                "textfont": {"size": theme.SMALL_SIZE},
                "cliponaxis": False,
                "hovertemplate": f"{label}, %{{x}}: %{{y:.{decimals}f}}<extra></extra>",
            }
        )
    if label_at:
        notes = [_above(table, looks, column, names.index(str(name)), stacked) for column, name in label_at.items()]
    else:
        notes = [key_line("   ".join(f'<span style="color:{colour}">■ {label}</span>' for label, colour in looks.values()), 4)]
    return drawn(
        data,
        height,
        top=0 if label_at else 26,
        notes=notes,
        barmode="stack" if stacked else "group",
        bargap=0.25,
        xaxis={"type": "category", "showgrid": False, "showline": True},
        yaxis={"range": list(y_range)},
    )


def _above(table, looks, column, row, stacked):
    """Return the label of a series above its bar."""
    label, colour = looks[column]
    height = table[list(looks)].iloc[row].sum() if stacked else table[column].iloc[row]
    return note(label, str(table.iloc[row, 0]), float(height), colour, yanchor="bottom", yshift=16)


def split_bars(
    frames: dict,
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
    shown = frames[start]
    names = [str(name) for name in shown.iloc[:, 0]]
    top = max(float(frame[list(looks)].astype(float).sum(axis=1).max()) for frame in frames.values())
    sliders = {}
    if len(frames) > 1:
        moves = [{"label": label, "method": "restyle", "args": [_heights(frame, looks, decimals)]} for label, frame in frames.items()]
        sliders = {"sliders": [slider(moves, list(frames).index(start), prefix, 44)]}
    heights = _heights(shown, looks, decimals)
    return drawn(
        [_part(names, column, look, y, text, unit) for (column, look), y, text in zip(looks.items(), heights["y"], heights["text"])],
        height,
        below=138 if sliders else 48,
        barmode="stack",
        bargap=0.22,
        xaxis={"type": "category", "showgrid": False, "showline": True},
        yaxis={"range": [0, 1.04 * top]},
        **sliders,
    )


def _heights(frame, looks, decimals):
    """Return the heights of all parts and the words written into them."""

    def words(column):
        return ["" if pd.isna(v) or v == 0 else f"{looks[column][0]} {v:.{decimals}f}".strip() for v in frame[column]]

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
        "textfont": {"size": theme.SMALL_SIZE, "color": theme.PAPER if fill == "solid" else theme.INK},
        "marker": {
            "color": theme.PAPER if fill == "open" else theme.SCALE[0] if fill == "pale" else colour,
            "line": {"color": colour, "width": 2},
        },
        "hovertemplate": f"%{{x}}, {html.escape(column)}: %{{y:.1f}} {unit}<extra></extra>",
    }
