"""Chart forms with years along the bottom: lines, dots, steps, panels."""

import html

import pandas as pd

from helpers import theme
from helpers.figures.chart import Chart
from helpers.figures.layout import KEY_MARKS, LABEL_GAP, on_top, sized, spread


def trend(table, looks, y_range, label_at=None, height=400, decimals=1, marks=(), band=None, y_gap=LABEL_GAP):
    """Draw one line or set of dots per column of a table of years, each labelled in the drawing.

    table     DataFrame: first column the years, one column per series; gaps stay gaps
    looks     {column: (label, colour, look)} with look "line", "dash", "dots" or "hollow"
    y_range   (low, high) of the vertical axis
    label_at  (year, x): labels start at x and point to that year's values; without it they stand at the right ends
    marks     [(year, text)]: thin vertical lines with a word at the top
    band      (first, last, text): a shaded span of years
    Returns a chart.
    """
    years = table.columns[0]
    figure = Chart()
    points = []
    for column, (label, colour, look) in looks.items():
        known = table[[years, column]].dropna()
        figure.add_scatter(
            x=table[years].tolist(),
            y=[None if pd.isna(v) else round(float(v), 4) for v in table[column]],
            name=label,
            mode="markers" if look in ("dots", "hollow") else "lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 2.5, "dash": "dash" if look == "dash" else "solid"},
            marker={
                "color": theme.PAPER if look in ("hollow", "dash") else colour,
                "size": 9 if look in ("dots", "hollow") else 6,
                "line": {"color": colour, "width": 2 if look in ("hollow", "dash") else 0},
            },
            hovertemplate=f"{label}<br>%{{x}}: %{{y:.{decimals}f}}<extra></extra>",
        )
        at = known if label_at is None else known[known[years] == label_at[0]]
        points.append((int(at[years].iloc[-1]), float(at[column].iloc[-1]), label, colour))
    gap = y_gap * (y_range[1] - y_range[0]) / height
    for (year, y, label, colour), free in zip(points, spread([point[1] for point in points], gap, y_range[0])):
        if label_at is None:
            figure.add_annotation(
                x=1, xref="paper", xanchor="left", xshift=10, y=free, yanchor="middle", text=label, showarrow=False, font={"color": colour}
            )
        else:
            figure.add_shape(
                type="line", x0=year + 0.15, y0=y, x1=label_at[1] - 0.05, y1=free, line={"color": colour, "width": 1, "dash": "dot"}
            )
            figure.add_annotation(
                x=label_at[1], xanchor="left", y=free, yanchor="middle", text=label, showarrow=False, font={"color": colour}
            )
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        on_top(figure, year, text)
    if band:
        figure.add_vrect(x0=band[0], x1=band[1], fillcolor=theme.BAND, line_width=0, layer="below")
        on_top(figure, (band[0] + band[1]) / 2, band[2])
    first, last = int(table[years].min()), int(table[years].max())
    figure.update_xaxes(range=[first - 0.3, last + 0.3], dtick=2 if last - first > 12 else 1, showgrid=False, showline=True)
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, right=40 if label_at else 14 + 9 * max(len(point[2]) for point in points), top=22 if marks or band else 0)


def subtraction(rate, baselines, tolls, colour, y_range, height=400):
    """Draw a death rate above a baseline; the shaded part between them is the excess. Buttons switch the baseline.

    rate       Series by year (per 1000)
    baselines  {name: Series by year}, one button each; the first is shown
    tolls      {name: excess deaths in millions}, written into the shade
    Returns a chart.
    """
    figure = Chart()
    steps = []
    for name, line in baselines.items():
        years = [int(year) for year in line.index]
        upper = [round(float(rate.loc[year]), 4) for year in years]
        lower = [round(float(value), 4) for value in line]
        shown = name == next(iter(baselines))
        figure.add_scatter(
            x=years + years[::-1],
            y=upper + lower[::-1],
            fill="toself",
            fillcolor=theme.SCALE[1],
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            visible=shown,
        )
        figure.add_scatter(
            x=years,
            y=lower,
            mode="lines",
            line={"color": theme.MUTED, "width": 2, "dash": "dash"},
            visible=shown,
            hovertemplate="baseline %{x}: %{y:.1f}<extra></extra>",
        )
        figure.add_scatter(
            x=[1964.2],
            y=[y_range[1] * 0.8],
            mode="text",
            text=[f"<b>{tolls[name]:.1f} million</b><br>baseline: {name}"],
            textfont={"size": theme.TEXT_SIZE},
            hoverinfo="skip",
            visible=shown,
        )
    for chosen, name in enumerate(baselines):
        visible = [number // 3 == chosen for number in range(3 * len(baselines))] + [True]
        steps.append({"label": name, "method": "restyle", "args": ["visible", visible]})
    figure.add_scatter(
        x=[int(year) for year in rate.index],
        y=[round(float(v), 4) for v in rate],
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        hovertemplate="%{x}: %{y:.1f}<extra></extra>",
    )
    figure.update_xaxes(dtick=1, showgrid=False, showline=True, range=[rate.index[0] - 0.3, rate.index[-1] + 0.3])
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, top=44).update_layout(
        updatemenus=[
            {
                "type": "buttons",
                "direction": "right",
                "buttons": steps,
                "x": 0,
                "xanchor": "left",
                "y": 1,
                "yanchor": "bottom",
                "pad": {"b": 10},
                "showactive": True,
                "font": {"size": theme.SMALL_SIZE},
                "bgcolor": theme.PAPER,
            }
        ]
    )


def steps(table, looks, y_range, x_range, height=400, marks=()):
    """Draw values that hold until the next event as steps, one line per column, labelled at the right end.

    table    DataFrame: first column decimal years in order, one column per series (already cumulated)
    looks    {column: (label, colour)}
    marks    [(year, text)]: vertical lines with a word at the top
    Returns a chart.
    """
    when = table.columns[0]
    figure = Chart()
    ends = []
    for column, (label, colour) in looks.items():
        figure.add_scatter(
            x=[round(float(v), 3) for v in table[when]],
            y=[round(float(v), 3) for v in table[column]],
            mode="lines",
            name=label,
            line={"color": colour, "width": 2.5, "shape": "hv"},
            hovertemplate=f"{label}, %{{x:.1f}}: %{{y:.0f}}<extra></extra>",
        )
        ends.append((float(table[column].iloc[-1]), label, colour))
    gap = LABEL_GAP * (y_range[1] - y_range[0]) / height
    for (_, label, colour), free in zip(ends, spread([end[0] for end in ends], gap, y_range[0])):
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=10, y=free, yanchor="middle", text=label, showarrow=False, font={"color": colour}
        )
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        on_top(figure, year, text)
    figure.add_hline(y=0, line={"color": theme.MUTED, "width": 1})
    figure.update_xaxes(range=list(x_range), showline=True, showgrid=False, tickformat="d")
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, right=14 + 9 * max(len(end[1]) for end in ends), top=22 if marks else 0)


def dated(table, looks, y_range, x_range, height=400, marks=(), bands=(), every=1, right=40):
    """Draw dated values as separate marks, each with its own words: for counts that no line may join.

    table    DataFrame with columns when (decimal year; the middle of 1955 is 1955.5), value, kind, text, side ("right",
             "left", "above", "below", "above right" or "above left")
    looks    {kind: (colour, plotly marker symbol)}; an "-open" symbol is for claimed or doubtful figures. A third part,
             a word, puts the kind into a line of marks and words above the drawing
    x_range  (first, last) year of the axis, both drawn in full
    marks    [(moment, text)]: thin vertical lines with a word at the top
    bands    [(first, last, text)]: whole years without a sourced value, left empty and named
    every    years between two labels of the axis; right: room in pixels for the words of the last marks
    Returns a chart.
    """
    beside = {
        "right": ("left", "middle", 12, 0),
        "left": ("right", "middle", -12, 0),
        "above": ("center", "bottom", 0, 9),
        "below": ("center", "top", 0, -9),
        "above right": ("left", "bottom", -6, 9),
        "above left": ("right", "bottom", 6, 9),
    }
    key = "   ".join(
        f'<span style="color:{look[0]}">{KEY_MARKS[look[1]]} {look[2]}</span>'
        for kind, look in looks.items()
        if len(look) > 2 and (table["kind"] == kind).any()
    )
    figure = Chart()
    for first, last, text in bands:
        figure.add_vrect(x0=first, x1=last + 1, fillcolor=theme.BAND, line_width=0, layer="below")
        figure.add_annotation(
            x=(first + last + 1) / 2,
            y=y_range[0],
            yanchor="bottom",
            yshift=6,
            text=text,
            showarrow=False,
            font={"color": theme.MUTED, "size": theme.SMALL_SIZE},
        )
    for kind, (colour, symbol, *_) in looks.items():
        rows = table[table["kind"] == kind]
        figure.add_scatter(
            x=[round(float(v), 3) for v in rows["when"]],
            y=[round(float(v), 4) for v in rows["value"]],
            mode="markers",
            name=kind,
            marker={"color": colour, "symbol": symbol, "size": 11, "line": {"color": colour, "width": 2}},
            text=[html.escape(str(text)) for text in rows["text"]],
            hovertemplate="%{text}<extra></extra>",
        )
        for row in rows.itertuples():
            xanchor, yanchor, xshift, yshift = beside[row.side]
            figure.add_annotation(
                x=round(float(row.when), 3),
                y=float(row.value),
                xanchor=xanchor,
                yanchor=yanchor,
                xshift=xshift,
                yshift=yshift,
                text=html.escape(str(row.text)),
                showarrow=False,
                font={"color": colour, "size": theme.SMALL_SIZE},
            )
    for moment, text in marks:
        figure.add_vline(x=moment, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        on_top(figure, moment, text)
    if key:
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=22 if marks else 4, text=key, showarrow=False
        )
    years = list(range(x_range[0], x_range[1] + 1, every))
    figure.update_xaxes(
        range=[x_range[0], x_range[1] + 1],
        tickvals=[year + 0.5 for year in years],
        ticktext=[str(year) for year in years],
        showgrid=False,
        showline=True,
    )
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, right=right, top=(22 if marks else 0) + (26 if key else 0))


def panels(parts, x_range, marks=(), band=None, panel_height=190, right=150):
    """Draw panels one above the other over the same years, each with a unit and a vertical axis of its own.

    parts    [(heading, table, looks, y_range)], from the top down; heading: what the panel shows and its unit
             table: first column the years, one column per series; columns named x_low and x_high, if there are any, become bars around x
             looks: {column: (label, colour, look)} with look "line", "dots", "hollow" or "bars" (with the number on each bar
             that is not zero)
    x_range  (first, last) year of the axis
    marks    [(moment, text)]: thin vertical lines through all panels, with a word at the top
    band     (first, last, text): a shaded span of years
    Returns a chart.
    """
    gap, height = 34, (panel_height + 34) * len(parts) - 34
    figure = Chart()
    for number, (heading, table, looks, y_range) in enumerate(parts):
        axis = "y" if number == 0 else f"y{number + 1}"
        top = 1 - number * (panel_height + gap) / height
        place = {"domain": [max(top - panel_height / height, 0), top], "range": list(y_range), "anchor": "x"}
        figure.update_layout(**{axis.replace("y", "yaxis"): place})
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=top, yref="paper", yanchor="bottom", yshift=4, text=f"<b>{heading}</b>", showarrow=False
        )
        ends = [_panel_series(figure, table, column, look, axis) for column, look in looks.items()]
        for (_, label, colour), free in zip(ends, spread([end[0] for end in ends], LABEL_GAP * (y_range[1] - y_range[0]) / panel_height)):
            figure.add_annotation(
                x=1,
                xref="paper",
                xanchor="left",
                xshift=10,
                y=free,
                yref=axis,
                yanchor="middle",
                text=label,
                showarrow=False,
                font={"color": colour},
            )
        for moment, _ in marks:
            figure.add_shape(
                type="line", x0=moment, x1=moment, y0=0, y1=1, yref=f"{axis} domain", line={"color": theme.MUTED, "width": 1, "dash": "dot"}
            )
        if band:
            figure.add_shape(
                type="rect", x0=band[0], x1=band[1], y0=0, y1=1, yref=f"{axis} domain", fillcolor=theme.BAND, line_width=0, layer="below"
            )
    words = sorted([*marks, *([((band[0] + band[1]) / 2, band[2])] if band else [])])
    edges, levels = {}, 0
    for moment, text in words:
        half = len(text) * 3.8 * (x_range[1] - x_range[0]) / 760
        level = next(step for step in range(len(words)) if edges.get(step, x_range[0] - 99) < moment - half)
        edges[level], levels = moment + half, max(levels, level + 1)
        figure.add_annotation(
            x=moment,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=26 + 18 * level,
            text=text,
            showarrow=False,
            font={"color": theme.MUTED, "size": theme.SMALL_SIZE},
        )
    figure.update_xaxes(
        range=list(x_range),
        showgrid=False,
        showline=True,
        tickformat="d",
        dtick=2 if x_range[1] - x_range[0] > 12 else 1,
        anchor="y" if len(parts) == 1 else f"y{len(parts)}",
    )
    return sized(figure, height, right=right, top=26 + 18 * levels)


def _panel_series(figure, table, column, look, axis):
    """Add one series of a panel; return where its label belongs: the last value, the label, the colour."""
    label, colour, kind = look
    years = table[table.columns[0]].tolist()
    values = [None if pd.isna(v) else round(float(v), 4) for v in table[column]]
    tip = f"{label or column}, %{{x}}: %{{y}}<extra></extra>"
    if kind == "bars":
        figure.add_bar(
            x=years,
            y=values,
            yaxis=axis,
            width=0.8,
            marker={"color": colour},
            text=[f"{v:g}" if v else "" for v in values],
            textposition="outside",
            textangle=0,
            textfont={"size": theme.SMALL_SIZE},
            cliponaxis=False,
            hovertemplate=tip,
        )
    else:
        error = None
        if f"{column}_low" in table.columns:
            error = {
                "symmetric": False,
                "array": [round(float(v), 4) for v in table[f"{column}_high"] - table[column]],
                "thickness": 1,
                "width": 2,
                "arrayminus": [round(float(v), 4) for v in table[column] - table[f"{column}_low"]],
            }
        figure.add_scatter(
            x=years,
            y=values,
            yaxis=axis,
            error_y=error,
            mode="lines+markers" if kind == "line" else "markers",
            connectgaps=False,
            hovertemplate=tip,
            line={"color": colour, "width": 2.5},
            marker={
                "color": theme.PAPER if kind == "hollow" else colour,
                "size": 6 if kind == "line" else 9,
                "line": {"color": colour, "width": 2 if kind == "hollow" else 0},
            },
        )
    known = [v for v in values if v is not None]
    return known[-1], label, colour


def periods(table, colour, y_range, x_range, height=360, decimals=1, marks=()):
    """Draw single years as dots and figures for several years as level bars from the first to the last; nothing joins them.

    table    DataFrame with the columns first, last (years; the same for a single year), value and text, written above the mark
    y_range  (low, high) of the vertical axis; x_range: (first, last) year of the axis
    marks    [(year, text)]: thin vertical lines with a word at the top
    Returns a chart.
    """
    figure = Chart()
    for row in table.itertuples():
        single = row.first == row.last
        figure.add_scatter(
            x=[row.first] if single else [row.first - 0.4, row.last + 0.4],
            y=[round(float(row.value), 4)] * (1 if single else 2),
            mode="markers" if single else "lines",
            line={"color": colour, "width": 5},
            marker={"color": colour, "size": 12},
            hovertemplate=f"{row.first}{'' if single else f'-{row.last}'}: {row.value:.{decimals}f}<extra></extra>",
        )
        figure.add_annotation(
            x=row.first if single else row.last + 0.4,
            xanchor="center" if single else "right",
            y=row.value,
            yanchor="bottom",
            yshift=9,
            text=html.escape(str(row.text)),
            showarrow=False,
            font={"color": colour},
        )
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        on_top(figure, year, text)
    figure.update_xaxes(range=list(x_range), dtick=1, showgrid=False, showline=True, tickformat="d")
    figure.update_yaxes(range=list(y_range))
    return sized(figure, height, top=22 if marks else 0)
