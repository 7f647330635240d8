"""Chart forms of dated events: lanes of dots, and a track of events above a track of numbers."""

import html

from helpers import theme
from helpers.figures.chart import Chart
from helpers.figures.layout import on_top, sized

NUMBERED_DOT = 22  # pixels across a dot with a number in it


def timeline(events, lanes, x_range, colours, row_height=110, labels=(), numbered=False, marks=()):
    """Draw dated events as dots in lanes, with their titles on hover and some written out.

    events    DataFrame with columns when (decimal year), lane, title, group, and, if hovering shows more than the title, hover
    lanes     names of the lanes, from the top down
    colours   {group: colour}
    labels    [(title, text, dx, dy)]: dots whose short text is written beside them, shifted by pixels
    numbered  True writes the group, one or two letters, into larger dots; the colours then need contrast to the paper's
    marks     [(moment, text)]: vertical lines with a word at the top
    Returns a chart.
    """
    figure = Chart()
    level = {lane: len(lanes) - 1 - place for place, lane in enumerate(lanes)}
    near, step = ((x_range[1] - x_range[0]) / 32, (NUMBERED_DOT + 2) / row_height) if numbered else ((x_range[1] - x_range[0]) / 90, 0.14)
    heights = _stacked_heights(events, level, near, step)
    for group, colour in colours.items():
        picked = [(event, height) for event, height in zip(events.itertuples(), heights) if event.group == group]
        tips = [html.escape(getattr(event, "hover", event.title)) for event, _ in picked]
        figure.add_scatter(
            x=[round(event.when, 3) for event, _ in picked],
            y=[round(height, 3) for _, height in picked],
            mode="markers+text" if numbered else "markers",
            name=str(group),
            marker={"color": colour, "size": NUMBERED_DOT if numbered else 11, "line": {"color": theme.PAPER, "width": 1}},
            text=[html.escape(str(group))] * len(picked) if numbered else tips,
            textfont={"color": theme.PAPER, "size": theme.SMALL_SIZE} if numbered else None,
            hovertext=tips if numbered else None,
            hovertemplate=f"%{{{'hovertext' if numbered else 'text'}}}<extra></extra>",
        )
    places = {event.title: (event.when, height) for event, height in zip(events.itertuples(), heights)}
    for title, text, dx, dy in labels:
        when, height = places[title]
        figure.add_annotation(
            x=when,
            y=height,
            ax=dx,
            ay=dy,
            text=text,
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=theme.MUTED,
            standoff=NUMBERED_DOT / 2 + 1 if numbered else 6,
            font={"size": theme.SMALL_SIZE},
        )
    for height in level.values():
        figure.add_hline(y=height - 0.5, line={"color": theme.RULE, "width": 1})
    for moment, text in marks:
        figure.add_vline(x=moment, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        on_top(figure, moment, text)
    figure.update_yaxes(tickvals=list(level.values()), ticktext=list(level), showgrid=False, range=[-0.5, len(lanes) - 0.5])
    figure.update_xaxes(range=list(x_range), showline=True, tickformat="d", showgrid=True)
    return sized(figure, row_height * len(lanes), left=96, right=20, top=22 if marks else 0)


def _stacked_heights(events, level, near, unit):
    """Return a height for every event so that dots of one lane closer in time than `near` years stand `unit` apart in height."""
    heights, last = [], {}
    for event in events.itertuples():
        taken = [offset for when, offset in last.get(event.lane, []) if abs(when - event.when) < near]
        offset = next(
            step for step in (0, unit, -unit, 2 * unit, -2 * unit, 0.4, -0.4, 0) if step not in taken or step == 0 and len(taken) > 6
        )
        last.setdefault(event.lane, []).append((event.when, offset))
        heights.append(level[event.lane] + offset)
    return heights


def tracks(rates, events, colour, looks, y_range, height=470, decimals=1):
    """Draw two tracks over one axis of years: dated events above, one line of text each, and a bar per year below.

    rates   DataFrame of two columns: years, values; every bar fills its year
    events  DataFrame in order of time with columns when (decimal year), title, kind
    looks   {kind: (colour, plotly marker symbol)}
    Returns a chart.
    """
    years, values = (rates[column].tolist() for column in rates.columns)
    figure = Chart()
    figure.add_bar(
        x=[year + 0.5 for year in years],
        y=[round(float(v), 4) for v in values],
        width=0.8,
        marker={"color": colour},
        cliponaxis=False,
        text=[f"{v:.{decimals}f}" for v in values],
        textposition="outside",
        textfont={"size": theme.SMALL_SIZE},
        hovertemplate=[f"{year}: {v:.{decimals}f}<extra></extra>" for year, v in zip(years, values)],
    )
    rows = list(events.itertuples())
    for kind, (ink, symbol) in looks.items():
        picked = [(event.when, len(rows) - place, event.title) for place, event in enumerate(rows) if event.kind == kind]
        figure.add_scatter(
            x=[round(when, 3) for when, _, _ in picked],
            y=[level for _, level, _ in picked],
            yaxis="y2",
            mode="markers",
            marker={"color": ink, "symbol": symbol, "size": 11, "line": {"color": ink, "width": 2}},
            text=[html.escape(title) for _, _, title in picked],
            hovertemplate="%{text}<extra></extra>",
        )
        for when, level, title in picked:
            late = when > (years[0] + years[-1]) / 2  # words of late events stand to their left
            figure.add_annotation(
                x=when,
                y=level,
                yref="y2",
                xanchor="right" if late else "left",
                xshift=-11 if late else 11,
                text=html.escape(title),
                showarrow=False,
                font={"color": ink, "size": theme.SMALL_SIZE},
            )
    for year in years[::2]:
        figure.add_vrect(x0=year, x1=year + 1, fillcolor=theme.BAND, line_width=0, layer="below")
    figure.update_xaxes(
        tickvals=[year + 0.5 for year in years],
        ticktext=[str(year) for year in years],
        range=[years[0], years[-1] + 1],
        showgrid=False,
        showline=True,
    )
    figure.update_layout(
        yaxis={"domain": [0, 0.46], "range": list(y_range)}, yaxis2={"domain": [0.5, 1], "range": [0.3, len(rows) + 0.7], "visible": False}
    )
    return sized(figure, height, right=20)
