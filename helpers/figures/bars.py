"""Chart forms with a bar per year or step, always from zero."""

import html

import pandas as pd

from helpers import theme
from helpers.figures.chart import Chart
from helpers.figures.layout import sized, slider


def bars(table, colour, y_range, height=320, decimals=0, highlight=(), mark=None):
    """Draw one bar per year from zero, each with its value on top.

    table      DataFrame of two columns: years, values
    highlight  years drawn in full colour; without any, all are
    mark       (moment, text): an arrow from above at a moment such as 1960.55 (mid-July 1960), with its words
    Returns a chart.
    """
    years, values = (table[column].tolist() for column in table.columns)
    middle = [year + 0.5 for year in years]
    figure = Chart()
    figure.add_bar(
        x=middle,
        y=[round(float(v), 4) for v in values],
        width=0.8,
        hovertemplate=[f"{y}: {v:.{decimals}f}<extra></extra>" for y, v in zip(years, values)],
        marker={"color": colour, "opacity": [1 if not highlight or year in highlight else 0.45 for year in years]},
        text=[f"{v:.{decimals}f}" for v in values],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": theme.SMALL_SIZE},
    )
    if mark:
        under = next(float(value) for year, value in zip(years, values) if year == int(mark[0]))
        figure.add_annotation(
            x=mark[0],
            y=under + 0.09 * y_range[1],
            ax=mark[0],
            ay=y_range[1],
            axref="x",
            ayref="y",
            yanchor="bottom",
            text=mark[1],
            showarrow=True,
            arrowhead=2,
            arrowwidth=2,
            arrowcolor=theme.ACTORS["Moscow"],
            font={"color": theme.ACTORS["Moscow"]},
        )
    figure.update_xaxes(
        tickvals=middle, ticktext=[str(year) for year in years], showgrid=False, showline=True, range=[years[0] - 0.1, years[-1] + 1.1]
    )
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, top=24 if mark else 0)


def grouped_bars(table, looks, y_range, stacked=False, height=380, decimals=0, label_at=None, show_values=True):
    """Draw bars per year, side by side or stacked, one column of the table each, from zero.

    table     DataFrame: first column the years (or row names), one column per series; gaps leave a gap
    looks     {column: (label, colour)}; at most four
    label_at  {column: row name}: where a label stands above its bar; without it the labels form one line above the drawing
    show_values  write the numbers above bars that stand side by side
    Returns a chart.
    """
    names = [str(name) for name in table[table.columns[0]]]
    figure = Chart()
    for column, (label, colour) in looks.items():
        values = [None if pd.isna(v) else round(float(v), 4) for v in table[column]]
        written = [] if stacked or not show_values else ["" if v is None else f"{v:.{decimals}f}" for v in values]
        figure.add_bar(
            x=names,
            y=values,
            name=label,
            marker={"color": colour},
            text=written or None,
            textposition="outside" if written else None,
            textfont={"size": theme.SMALL_SIZE},
            cliponaxis=False,
            hovertemplate=f"{label}, %{{x}}: %{{y:.{decimals}f}}<extra></extra>",
        )
    if label_at:
        for column, name in label_at.items():
            row = names.index(str(name))
            height_there = float(table[list(looks)].iloc[row].sum() if stacked else table[column].iloc[row])
            figure.add_annotation(
                x=str(name),
                y=height_there,
                yanchor="bottom",
                yshift=16,
                text=looks[column][0],
                showarrow=False,
                font={"color": looks[column][1]},
            )
    else:
        words = "   ".join(f'<span style="color:{colour}">■ {label}</span>' for label, colour in looks.values())
        figure.add_annotation(x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=4, text=words, showarrow=False)
    figure.update_layout(barmode="stack" if stacked else "group", bargap=0.25)
    figure.update_xaxes(type="category", showgrid=False, showline=True)
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, top=0 if label_at else 26)


def split_bars(frames, looks, start, prefix="", height=360, decimals=0, unit="Mt"):
    """Draw stacked bars with their numbers written inside; a slider, when there are several frames, changes the heights.

    frames  {label on the slider: DataFrame}: first column the names of the bars, one column per part; gaps are not drawn
    looks   {column: (word written before the number, colour, "solid", "pale" or "open")}; open is for claimed or modelled parts
    start   the label shown first; prefix: words before the label above the slider
    Returns a chart.
    """

    def values(frame, column):
        return [None if pd.isna(v) else round(float(v), 4) for v in frame[column]]

    def words(frame, column):
        return ["" if pd.isna(v) or v == 0 else f"{looks[column][0]} {v:.{decimals}f}".strip() for v in frame[column]]

    shown = frames[start]
    names = [str(name) for name in shown[shown.columns[0]]]
    figure = Chart()
    for column, (_, colour, look) in looks.items():
        figure.add_bar(
            x=names,
            y=values(shown, column),
            text=words(shown, column),
            name=column,
            textposition="inside",
            textangle=0,
            constraintext="none",
            insidetextanchor="end" if look == "open" else "middle",
            textfont={"size": theme.SMALL_SIZE, "color": theme.PAPER if look == "solid" else theme.INK},
            marker={
                "color": theme.PAPER if look == "open" else theme.SCALE[0] if look == "pale" else colour,
                "line": {"color": colour, "width": 2},
            },
            hovertemplate=f"%{{x}}, {html.escape(column)}: %{{y:.1f}} {unit}<extra></extra>",
        )
    top = max(float(frame[list(looks)].astype(float).sum(axis=1).max()) for frame in frames.values())
    figure.update_layout(barmode="stack", bargap=0.22)
    figure.update_xaxes(type="category", showgrid=False, showline=True)
    figure.update_yaxes(range=[0, 1.04 * top])
    if len(frames) == 1:
        return sized(figure, height)
    moves = [
        {
            "label": label,
            "method": "restyle",
            "args": [{"y": [values(frame, column) for column in looks], "text": [words(frame, column) for column in looks]}],
        }
        for label, frame in frames.items()
    ]
    return sized(figure, height, axis_space=138).update_layout(sliders=[slider(moves, list(frames).index(start), prefix, 44)])
