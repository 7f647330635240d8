"""Chart forms with one row per author, sum, treaty or paper."""

import html

import pandas as pd

from helpers import theme
from helpers.figures.chart import Chart
from helpers.figures.layout import key_line, on_top, sized, spread

METHOD_LOOKS = {
    "reconstruction": (theme.METHODS[0], "circle"),
    "register-based": (theme.METHODS[1], "square"),
    "local gazetteers": (theme.METHODS[2], "diamond"),
    "party archives": (theme.METHODS[3], "triangle-up"),
    "econometric": (theme.GREYS[0], "star"),
    "survey or refugee interviews": (theme.METHODS[2], "hexagon"),
    "official": (theme.METHODS[1], "cross"),
    "summary": (theme.GREYS[1], "circle"),
    "not stated": (theme.GREYS[1], "x"),
}


def estimate_label(row):
    """Return how an estimate is named in a figure: author, shortened, and year."""
    name = row.author.split(",")[0] if "," in row.author and " and " not in row.author else row.author
    name = {"Ashton, Hill, Piazza and Zeitz": "Ashton and others", "Houser, Sands and Xiao": "Houser and others"}.get(row.author, name)
    return name if pd.isna(row.year_published) else f"{name} {int(row.year_published)}"


def estimate_table(estimates):
    """Return the table behind a forest plot: author, period, low, central, high, method."""
    rows = [
        (
            estimate_label(row),
            _period(row),
            row.low,
            row.central,
            row.high,
            row.bound or "",
            row.method_kind,
            "no" if not row.independent else "yes",
        )
        for row in sorted(estimates.itertuples(), key=_centre, reverse=True)
    ]
    return pd.DataFrame(rows, columns=["estimate", "years", "low", "central", "high", "bound", "method", "separate"])


def _period(row):
    if pd.isna(row.year) and pd.isna(row.year_end):
        return "not stated"
    first, last = ("?" if pd.isna(value) else str(int(value)) for value in (row.year, row.year_end))
    return f"{first}-{last[-2:]}"


def forest(table, x_range, label_width=200):
    """Draw published estimates one below the other: a mark for the central value, a bar from low to high.

    table    rows of `famine_deaths`, in millions. Sorted by size; "at least" gets an arrow, an estimate that leans on
             another a hollow mark; colour and shape tell the method (`METHOD_LOOKS`).
    x_range  (low, high) of the axis, millions of people
    Returns a chart.
    """
    rows = sorted(table.itertuples(), key=_centre)
    labels = [estimate_label(row) for row in rows]
    figure = Chart()
    for method, (colour, symbol) in METHOD_LOOKS.items():
        picked = [(row, label) for row, label in zip(rows, labels) if row.method_kind == method]
        for row, label in picked:
            if pd.notna(row.low) and pd.notna(row.high):
                figure.add_scatter(
                    x=[row.low, row.high], y=[label, label], mode="lines", line={"color": colour, "width": 4}, hoverinfo="skip"
                )
        if picked:
            figure.add_scatter(
                x=[_centre(row) for row, _ in picked],
                y=[label for _, label in picked],
                mode="markers",
                marker={
                    "color": [colour if row.independent else theme.PAPER for row, _ in picked],
                    "symbol": symbol,
                    "size": 12,
                    "line": {"color": colour, "width": 2},
                },
                hovertemplate="%{y}: %{x} million, " + method + "<extra></extra>",
            )
    for row, label in zip(rows, labels):
        right, colour = row.high if pd.notna(row.high) else _centre(row), METHOD_LOOKS[row.method_kind][0]
        open_end = row.bound in ("at least", "more than")
        if open_end:
            figure.add_annotation(
                x=right,
                y=label,
                ax=38,
                ay=0,
                text="",
                showarrow=True,
                arrowside="start",
                startarrowhead=2,
                arrowhead=0,
                arrowwidth=2,
                arrowcolor=colour,
                standoff=9,
            )
        figure.add_annotation(
            x=right,
            y=label,
            xanchor="left",
            xshift=44 if open_end else 12,
            text=f"<b>{_range_text(row)}</b>  {row.method_kind}",
            showarrow=False,
            font={"color": colour},
        )
    figure.update_yaxes(categoryorder="array", categoryarray=labels, showgrid=False, range=[-0.7, len(rows) - 0.3])
    figure.update_xaxes(range=list(x_range), showline=True, title={"text": "million people"})
    return sized(figure, 27 * len(rows) + 20, left=label_width, axis_space=66)


def _centre(row):
    """Return where an estimate's mark stands: its central value, else the end that is given (never a mean of our own)."""
    return float(next(value for value in (row.central, row.low, row.high) if pd.notna(value)))


def _range_text(row):
    numbers = [f"{value:g}" for value in (row.low, row.central, row.high) if pd.notna(value)]
    if row.bound in ("at least", "more than"):
        return f"{row.bound} {numbers[0]}"
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else numbers[0]


def dumbbell(table, looks, x_range, label_width=200, decimals=1, row_height=40, x_title=""):
    """Draw one row per table row with a mark for each column, joined by a thin bar: who says what of the same thing.

    table    DataFrame: first column the row names (drawn from the top down), one column per count; gaps stay gaps
    looks    {column: (label, colour, plotly marker symbol)}; an "-open" symbol is for claimed figures
    x_range  (low, high) of the axis
    The labels of the columns stand once, above the marks of the first row. Returns a chart.
    """
    names = table.columns[0]
    rows = [str(name) for name in table[names]][::-1]
    figure = Chart()
    for place, name in enumerate(rows):
        values = [float(v) for v in table.iloc[len(rows) - 1 - place][list(looks)] if not pd.isna(v)]
        if len(values) > 1:
            figure.add_scatter(
                x=[min(values), max(values)], y=[name, name], mode="lines", line={"color": theme.RULE, "width": 5}, hoverinfo="skip"
            )
    for column, (label, colour, symbol) in looks.items():
        known = table[[names, column]].dropna()
        figure.add_scatter(
            x=[round(float(v), 4) for v in known[column]],
            y=[str(name) for name in known[names]],
            mode="markers",
            name=label,
            marker={"color": colour, "symbol": symbol, "size": 13, "line": {"color": colour, "width": 2}},
            hovertemplate=f"{label}, %{{y}}: %{{x:.{decimals}f}}<extra></extra>",
        )
    first = [(column, float(table[column].iloc[0])) for column in looks if not pd.isna(table[column].iloc[0])]
    per_pixel = (x_range[1] - x_range[0]) / 600
    wide = max((len(looks[column][0]) for column, _ in first), default=0) * 8.5 * per_pixel
    for (column, _), free in zip(first, spread([value for _, value in first], wide)):
        figure.add_annotation(
            x=free, y=len(rows) - 0.45, yanchor="bottom", text=looks[column][0], showarrow=False, font={"color": looks[column][1]}
        )
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=rows, showgrid=False, range=[-0.6, len(rows)])
    figure.update_xaxes(range=list(x_range), showline=True, title={"text": x_title})
    return sized(figure, row_height * (len(rows) + 1), left=label_width, axis_space=66 if x_title else 48)


def spans(table, x_range, looks, label_width=220, row_height=34, marks=()):
    """Draw rows of bars from a start to an end: treaties, disputes, recognitions, debts.

    table    DataFrame with columns row, start, end (decimal years; a missing end runs to the edge, with an arrow), kind, text (short,
             written behind the bar); rows are drawn from the top down, several spans may share a row
    x_range  (first, last) year of the axis
    looks    {kind: (colour, "solid" or "open")}
    marks    [(year, text)]: vertical lines with a word at the top
    Returns a chart.
    """
    rows = list(dict.fromkeys(table["row"]))[::-1]
    figure = Chart()
    for kind, (colour, fill) in looks.items():
        picked = list(table[table["kind"] == kind].itertuples())
        ends = [x_range[1] if pd.isna(span.end) else float(span.end) for span in picked]
        figure.add_bar(
            y=[span.row for span in picked],
            x=[round(max(end - float(span.start), 0.12), 3) for span, end in zip(picked, ends)],
            base=[round(float(span.start), 3) for span in picked],
            orientation="h",
            width=0.5,
            showlegend=False,
            marker={"color": colour if fill == "solid" else theme.PAPER, "line": {"color": colour, "width": 2}},
            hovertemplate=[
                f"{html.escape(str(span.row))}: {span.start:.0f}-{'' if pd.isna(span.end) else format(end, '.0f')}"
                f"<br>{html.escape(str(span.text))}<extra></extra>"
                for span, end in zip(picked, ends)
            ],
        )
        for span, end in zip(picked, ends):
            if span.text:
                figure.add_annotation(
                    x=end,
                    y=span.row,
                    xanchor="left",
                    xshift=8,
                    text=html.escape(str(span.text)),
                    showarrow=False,
                    font={"size": theme.SMALL_SIZE, "color": theme.INK},
                )
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        on_top(figure, year, text)
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(categoryorder="array", categoryarray=rows, showgrid=False, range=[-0.6, len(rows) - 0.4])
    figure.update_xaxes(range=list(x_range), showline=True, tickformat="d")
    return sized(figure, row_height * len(rows) + 10, left=label_width, right=60, top=22 if marks else 0)


def strips(table, colours, cell_height=34, label_width=180):
    """Draw a row of year cells per actor, coloured by word; years without a source stay white with a thin frame.

    table    DataFrame: first column the actors (drawn from the top down), one column per year, cells a word of `colours` or ""
    colours  {word: (colour, one or two letters written in the cell)}
    Returns a chart.
    """
    actors, years = [str(name) for name in table[table.columns[0]]][::-1], [int(year) for year in table.columns[1:]]
    figure = Chart()
    for row, actor in enumerate(actors):
        cells = table.iloc[len(actors) - 1 - row]
        words = [cells[year] if isinstance(cells[year], str) else "" for year in table.columns[1:]]
        figure.add_bar(
            x=years,
            y=[0.8] * len(years),
            base=row - 0.4,
            width=0.94,
            showlegend=False,
            marker={"color": [colours[word][0] if word else theme.PAPER for word in words], "line": {"color": theme.RULE, "width": 1}},
            text=[colours[word][1] if word else "" for word in words],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": theme.PAPER, "size": theme.SMALL_SIZE},
            hovertemplate=[f"{actor}, {year}: {word or 'no source seen'}<extra></extra>" for year, word in zip(years, words)],
        )
    known = "   ".join(f'<span style="color:{colour}">■ {word} ({letters})</span>' for word, (colour, letters) in colours.items())
    key_line(figure, known, label_width, 4)
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(tickvals=list(range(len(actors))), ticktext=actors, showgrid=False, range=[-0.5, len(actors) - 0.5])
    figure.update_xaxes(dtick=1, showgrid=False, range=[years[0] - 0.5, years[-1] + 0.5])
    return sized(figure, cell_height * len(actors), left=label_width, top=26)


def amounts(table, looks, x_range, x_title="", label_width=230, row_height=36, decimals=0):
    """Draw one bar per row from zero: sums with their status; a row without a sum keeps an empty place and its reason.

    table    DataFrame with columns row (the name, drawn from the top down), value, low, high (a bar from low to high is laid over the sum;
             without a value the bar ends at low), look (a key of `looks`), text (written behind the number; in an empty row, the reason)
    looks    {look: (colour, "solid" or "open")}; open is for announced or derived sums
    x_range  (0, end) of the axis
    Returns a chart.
    """
    rows = [str(name) for name in table["row"]][::-1]
    figure = Chart()
    bars, spreads = [], []
    for row in table.itertuples():
        colour, fill = looks[row.look]
        ends = [float(end) for end in (row.value, row.low, row.high) if pd.notna(end)]
        numbers = f"{ends[0]:,.{decimals}f}" if pd.notna(row.value) else "–".join(f"{end:,.{decimals}f}" for end in ends)
        words = f"<b>{numbers}</b>  {html.escape(str(row.text))}".rstrip() if ends else html.escape(str(row.text))
        if ends:
            bars.append((row.row, round(ends[0], 4), colour if fill == "solid" else theme.PAPER, colour))
        else:
            place = rows.index(str(row.row))
            figure.add_shape(
                type="rect", x0=0, x1=x_range[1], y0=place - 0.32, y1=place + 0.32, fillcolor=theme.BAND, line_width=0, layer="below"
            )
        if pd.notna(row.low) and pd.notna(row.high):
            spreads.append((row.row, round(float(row.low), 4), round(float(row.high), 4)))
        level = rows.index(row.row) if str(row.row).isdigit() else row.row  # plotly would take the name "1954" for a position
        figure.add_annotation(
            x=max(ends, default=0),
            y=level,
            xanchor="left",
            xshift=12,
            text=words,
            showarrow=False,
            font={"color": theme.INK if ends else theme.MUTED},
        )
    names, values, fills, edges = (list(part) for part in zip(*bars, strict=True))
    figure.add_bar(
        y=names,
        x=values,
        orientation="h",
        width=0.6,
        marker={"color": fills, "line": {"color": edges, "width": 2}},
        hovertemplate=f"%{{y}}: %{{x:,.{decimals}f}}<extra></extra>",
    )
    for name, low, high in spreads:
        figure.add_scatter(
            x=[low, high],
            y=[name, name],
            mode="lines+markers",
            hoverinfo="skip",
            line={"color": theme.INK, "width": 2},
            marker={"symbol": "line-ns", "size": 12, "line": {"color": theme.INK, "width": 2}},
        )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=rows, showgrid=False, range=[-0.6, len(rows) - 0.4])
    figure.update_xaxes(range=list(x_range), showline=True, title={"text": x_title})
    return sized(figure, row_height * len(rows) + 10, left=label_width, axis_space=66 if x_title else 48)


def matrix(table, looks, label_width=330, row_height=30, band=""):
    """Draw pieces of evidence as rows and what is asked of them as columns, with a mark in every cell.

    table  DataFrame: first column the row names (drawn from the top down), one text column per question with words of `looks`;
           numeric columns are not drawn
    looks  {word: (colour, plotly marker symbol, the sign and words of the key line)}
    band   a word: a row that holds nothing but this word is an empty band with the word written in it
    Returns a chart.
    """
    asked = [column for column in table.columns[1:] if not pd.api.types.is_numeric_dtype(table[column])]
    figure = Chart()
    places = range(len(table) - 1, -1, -1)
    for word, (colour, symbol, _) in looks.items():
        cells = [
            (x, y, str(row.iloc[0]))
            for y, (_, row) in zip(places, table.iterrows())
            for x, column in enumerate(asked)
            if row[column] == word
        ]
        figure.add_scatter(
            x=[x for x, _, _ in cells],
            y=[y for _, y, _ in cells],
            mode="markers",
            name=word,
            text=[html.escape(name) for _, _, name in cells],
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"color": colour, "width": 2}},
            hovertemplate=f"%{{text}}<br>{word}<extra></extra>",
        )
    for y, (_, row) in zip(places, table.iterrows()):
        if band and all(row[column] == band for column in asked):
            figure.add_shape(
                type="rect",
                x0=-0.45,
                x1=len(asked) - 0.55,
                y0=y - 0.36,
                y1=y + 0.36,
                line={"color": theme.MUTED, "width": 1, "dash": "dot"},
                fillcolor=theme.PAPER,
                layer="between",
            )
            figure.add_annotation(
                x=(len(asked) - 1) / 2, y=y, text=band, showarrow=False, font={"color": theme.MUTED, "size": theme.SMALL_SIZE}
            )
    known = "   ".join(f'<span style="color:{colour}">{key}</span>' for colour, _, key in looks.values())
    key_line(figure, known, label_width, 34)
    wide = int(label_width / 6.9)  # characters of the small size in a line
    figure.update_yaxes(
        tickvals=list(places),
        ticktext=[theme.wrap(html.escape(str(name), quote=False), wide) for name in table[table.columns[0]]],
        tickfont={"size": theme.SMALL_SIZE},
        ticks="",
        gridcolor=theme.RULE,
        range=[-0.6, len(table) - 0.4],
    )
    figure.update_xaxes(
        tickvals=list(range(len(asked))),
        ticktext=[f"<b>{column}</b>" for column in asked],
        side="top",
        ticks="",
        showgrid=False,
        range=[-0.5, len(asked) - 0.5],
    )
    return sized(figure, row_height * len(table), left=label_width, right=20, axis_space=14, top=64)
