"""Chart forms that argue, each followed by its words and its numbers.

Every form returns a plotly figure whose title is the finding. `exhibit` shows the figure and, right after it, a
folded block with one sentence, the extremes taken from the data, and the data as a table.
"""
import html
import json

import pandas as pd
import plotly.graph_objects as go
from IPython.display import display

from helpers import data, theme

MIMETYPE = "application/vnd.plotly.v1+json"
DARK_FROM = 3  # tile shades from here on carry light letters
LABEL_GAP = 18  # pixels between two labels written beside lines


class Exhibit:
    """A figure with its words: shown together, never one without the other."""

    def __init__(self, figure, says, table, decimals=1, unit=""):
        """Keep a framed figure, its sentence and its data.

        figure    a plotly figure with a title
        says      one sentence: what kind of chart it is and what it shows
        table     DataFrame; the first column names the rows, the numeric columns are what is drawn
        decimals  rounding of the printed table
        unit      unit of the numeric columns, for the line of extremes
        Raises ValueError when the sentence or the table is empty.
        """
        if len(says.split()) < 6:
            raise ValueError("The words of a figure are missing: say in one sentence what kind of chart it is and what it shows.")
        if table.empty:
            raise ValueError("The table of a figure is empty: give the data that is drawn.")
        self.figure, self.says, self.table, self.decimals, self.unit = figure, says, table, decimals, unit

    def words(self):
        """Return the folded block as HTML: sentence, extremes, table. Text from the data is escaped."""
        title = str(self.figure.layout.title.text).replace("<b>", "").replace("</b>", "").replace("<br>", " ")
        return (f"<details><summary>The figure in words and numbers: {html.escape(title, quote=False)}</summary>"
                f"<p>{html.escape(self.says)}</p><p>{html.escape(extremes(self.table, self.decimals, self.unit))}</p>"
                f"{as_html(self.table, self.decimals)}</details>")

    def _ipython_display_(self):
        content = json.loads(self.figure.to_json())
        display({MIMETYPE: {**content, "config": theme.TOOL_BAR}}, raw=True)
        display({"text/html": self.words(), "text/plain": self.says}, raw=True)


def exhibit(figure, caption, table, decimals=1, **numbers):
    """Show a figure under its caption, followed by its words.

    figure    what a chart form below returned
    caption   an id of `data/captions.csv`: title (the finding), subtitle, source line, sentence, unit
    table     the data that is drawn, first column the row names
    numbers   values for the caption's placeholders, such as low=25.4 for "{low:.0f}"
    Raises DataError for an unknown caption, ValueError for a placeholder without a number.
    """
    row = data.load("captions", caption_id=caption).iloc[0]
    try:
        texts = [text.format(**numbers) for text in (row.title, row.subtitle, row.sources, row.says)]
    except KeyError as missing:
        raise ValueError(f"The caption '{caption}' needs a number for {missing}: pass it to exhibit.") from None
    return Exhibit(theme.frame(figure, *texts[:3]), texts[3], table, decimals, row.unit)


def _sized(figure, height, left=70, right=40, axis_space=48, top=0):
    """Set the height of a drawing and the room beside and below it, in pixels; `theme.frame` adds the texts."""
    return figure.update_layout(height=height, margin={"l": left, "r": right, "t": top, "b": axis_space})


def extremes(table, decimals=1, unit=""):
    """Return one sentence with the highest and the lowest value of every numeric column and where they stand."""
    label = table.columns[0]
    parts = []
    for column in table.columns[1:]:
        values = table[column]
        if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values) or values.dropna().empty:
            continue
        top, bottom = values.idxmax(), values.idxmin()
        parts.append(f"{column}: highest {_number(values[top], decimals)} ({table[label][top]}), "
                     f"lowest {_number(values[bottom], decimals)} ({table[label][bottom]})")
    return "; ".join(parts) + (f". Unit: {unit}." if unit else ".")


def as_html(table, decimals=1):
    """Return a DataFrame as a plain HTML table with header cells for rows and columns; gaps are a dash."""
    head = "".join(f'<th scope="col">{html.escape(str(column))}</th>' for column in table.columns)
    body = []
    for row in table.itertuples(index=False):
        cells = "".join(f"<td>{_number(value, decimals)}</td>" for value in row[1:])
        body.append(f'<tr><th scope="row">{html.escape(str(row[0]))}</th>{cells}</tr>')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _number(value, decimals):
    """Return a table cell as text: rounded numbers, a dash for a gap, escaped words."""
    if not isinstance(value, str) and pd.isna(value):
        return "–"
    if isinstance(value, float):
        return f"{value:,.{decimals}f}"
    return html.escape(str(value))


def spread(wanted, gap):
    """Return positions as near as possible to the wanted ones, in their order, at least `gap` apart."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [wanted[i] for i in order]
    for _ in range(200):
        moved = False
        for i in range(len(placed) - 1):
            short = gap - (placed[i + 1] - placed[i])
            if short > 1e-6:
                placed[i] -= short / 2
                placed[i + 1] += short / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(wanted)
    for position, i in enumerate(order):
        result[i] = placed[position]
    return result


def trend(table, looks, y_range, label_at=None, height=400, decimals=1, marks=(), band=None, y_gap=LABEL_GAP):
    """Draw one line or set of dots per column of a table of years, each labelled in the drawing.

    table     DataFrame: first column the years, one column per series; gaps stay gaps
    looks     {column: (label, colour, look)} with look "line", "dash", "dots" or "hollow"
    y_range   (low, high) of the vertical axis
    label_at  (year, x): labels start at x and point to that year's values; without it they stand at the right ends
    marks     [(year, text)]: thin vertical lines with a word at the top
    band      (first, last, text): a shaded span of years
    Returns a plotly figure.
    """
    years = table.columns[0]
    figure = go.Figure()
    points = []
    for column, (label, colour, look) in looks.items():
        known = table[[years, column]].dropna()
        figure.add_trace(go.Scatter(
            x=table[years].tolist(), y=[None if pd.isna(v) else round(float(v), 4) for v in table[column]], name=label,
            mode="markers" if look in ("dots", "hollow") else "lines+markers", connectgaps=False,
            line={"color": colour, "width": 2.5, "dash": "dash" if look == "dash" else "solid"},
            marker={"color": theme.PAPER if look in ("hollow", "dash") else colour, "size": 9 if look in ("dots", "hollow") else 6,
                    "line": {"color": colour, "width": 2 if look in ("hollow", "dash") else 0}},
            hovertemplate=f"{label}<br>%{{x}}: %{{y:.{decimals}f}}<extra></extra>"))
        at = known if label_at is None else known[known[years] == label_at[0]]
        points.append((int(at[years].iloc[-1]), float(at[column].iloc[-1]), label, colour))
    gap = y_gap * (y_range[1] - y_range[0]) / height
    for (year, y, label, colour), free in zip(points, spread([point[1] for point in points], gap)):
        if label_at is None:
            figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=10, y=free, yanchor="middle", text=label, showarrow=False, font={"color": colour})
        else:
            figure.add_shape(type="line", x0=year + 0.15, y0=y, x1=label_at[1] - 0.05, y1=free, line={"color": colour, "width": 1, "dash": "dot"})
            figure.add_annotation(x=label_at[1], xanchor="left", y=free, yanchor="middle", text=label, showarrow=False, font={"color": colour})
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        _on_top(figure, year, text)
    if band:
        figure.add_vrect(x0=band[0], x1=band[1], fillcolor=theme.BAND, line_width=0, layer="below")
        _on_top(figure, (band[0] + band[1]) / 2, band[2])
    first, last = int(table[years].min()), int(table[years].max())
    figure.update_xaxes(range=[first - 0.3, last + 0.3], dtick=2 if last - first > 12 else 1, showgrid=False, showline=True)
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, right=40 if label_at else 14 + 9 * max(len(point[2]) for point in points), top=22 if marks or band else 0)


def _on_top(figure, x, text, colour=theme.MUTED):
    """Write a word just above the drawing, at a place on the horizontal axis."""
    figure.add_annotation(x=x, y=1, yref="paper", yanchor="bottom", text=text, showarrow=False, font={"color": colour, "size": theme.SMALL_SIZE})


def bars(table, colour, y_range, height=320, decimals=0, highlight=(), mark=None):
    """Draw one bar per year from zero, each with its value on top.

    table      DataFrame of two columns: years, values
    highlight  years drawn in full colour; without any, all are
    mark       (moment, text): an arrow from above at a moment such as 1960.55 (mid-July 1960), with its words
    Returns a plotly figure.
    """
    years, values = (table[column].tolist() for column in table.columns)
    middle = [year + 0.5 for year in years]
    figure = go.Figure(go.Bar(
        x=middle, y=[round(float(v), 4) for v in values], width=0.8, hovertemplate=[f"{y}: {v:.{decimals}f}<extra></extra>" for y, v in zip(years, values)],
        marker={"color": colour, "opacity": [1 if not highlight or year in highlight else 0.45 for year in years]},
        text=[f"{v:.{decimals}f}" for v in values], textposition="outside", cliponaxis=False, textfont={"size": theme.SMALL_SIZE}))
    if mark:
        under = next(float(value) for year, value in zip(years, values) if year == int(mark[0]))
        figure.add_annotation(x=mark[0], y=under + 0.09 * y_range[1], ax=mark[0], ay=y_range[1], axref="x", ayref="y", yanchor="bottom", text=mark[1],
                              showarrow=True, arrowhead=2, arrowwidth=2, arrowcolor=theme.ACTORS["Moscow"], font={"color": theme.ACTORS["Moscow"]})
    figure.update_xaxes(tickvals=middle, ticktext=[str(year) for year in years], showgrid=False, showline=True, range=[years[0] - 0.1, years[-1] + 1.1])
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, top=24 if mark else 0)


def subtraction(rate, baselines, tolls, colour, y_range, height=400):
    """Draw a death rate above a baseline; the shaded part between them is the excess. Buttons switch the baseline.

    rate       Series by year (per 1000)
    baselines  {name: Series by year}, one button each; the first is shown
    tolls      {name: excess deaths in millions}, written into the shade
    Returns a plotly figure.
    """
    figure = go.Figure()
    steps = []
    for name, line in baselines.items():
        years = [int(year) for year in line.index]
        upper = [round(float(rate.loc[year]), 4) for year in years]
        lower = [round(float(value), 4) for value in line]
        shown = name == next(iter(baselines))
        figure.add_trace(go.Scatter(x=years + years[::-1], y=upper + lower[::-1], fill="toself", fillcolor=theme.SCALE[1], line={"width": 0},
                                    mode="lines", hoverinfo="skip", visible=shown))
        figure.add_trace(go.Scatter(x=years, y=lower, mode="lines", line={"color": theme.MUTED, "width": 2, "dash": "dash"}, visible=shown,
                                    hovertemplate="baseline %{x}: %{y:.1f}<extra></extra>"))
        figure.add_trace(go.Scatter(x=[1964.2], y=[y_range[1] * 0.8], mode="text", text=[f"<b>{tolls[name]:.1f} million</b><br>baseline: {name}"],
                                    textfont={"size": theme.TEXT_SIZE}, hoverinfo="skip", visible=shown))
    for chosen, name in enumerate(baselines):
        visible = [number // 3 == chosen for number in range(3 * len(baselines))] + [True]
        steps.append({"label": name, "method": "restyle", "args": ["visible", visible]})
    figure.add_trace(go.Scatter(x=[int(year) for year in rate.index], y=[round(float(v), 4) for v in rate], mode="lines+markers",
                                line={"color": colour, "width": 2.5}, hovertemplate="%{x}: %{y:.1f}<extra></extra>"))
    figure.update_xaxes(dtick=1, showgrid=False, showline=True, range=[rate.index[0] - 0.3, rate.index[-1] + 0.3])
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, top=44).update_layout(updatemenus=[{
        "type": "buttons", "direction": "right", "buttons": steps, "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "pad": {"b": 10},
        "showactive": True, "font": {"size": theme.SMALL_SIZE}, "bgcolor": theme.PAPER}])


def tile_map(table, tiles, years, start, steps=(10, 15, 20, 30, 45)):
    """Draw provinces as equal tiles, shaded by value, with a slider over the years; tiles without data stay white.

    table  DataFrame with columns place, year, value
    tiles  DataFrame with columns province, row, column: our layout
    years  the years of the slider; start: the year shown first
    steps  the limits between the shades
    Returns a plotly figure.
    """
    values = {(row.place, row.year): row.value for row in table.itertuples()}
    names = tiles["province"].tolist()

    def look(year):
        known = [values.get((name, year)) for name in names]
        grades = [None if v is None else sum(v >= limit for limit in steps) for v in known]
        shades = [theme.PAPER if grade is None else theme.SCALE[grade] for grade in grades]
        inks = [theme.MUTED if grade is None else theme.PAPER if grade >= DARK_FROM else theme.INK for grade in grades]
        words = [short(name) if v is None else f"{short(name)}<br><b>{v:.0f}</b>" for name, v in zip(names, known)]
        return shades, inks, words

    def short(name):
        return {"Inner Mongolia": "Inner<br>Mongolia", "Heilongjiang": "Heilong-<br>jiang", "Guangdong": "Guang-<br>dong"}.get(name, name)

    shades, inks, words = look(start)
    figure = go.Figure(go.Scatter(
        x=tiles["column"].tolist(), y=tiles["row"].tolist(), mode="markers+text", text=words, hoverinfo="text", hovertext=names,
        textfont={"color": inks, "size": theme.SMALL_SIZE}, marker={"symbol": "square", "size": 62, "color": shades, "line": {"color": theme.RULE, "width": 1}}))
    slider = []
    for year in years:
        shades, inks, words = look(year)
        slider.append({"label": str(year), "method": "restyle", "args": [{"marker.color": [shades], "textfont.color": [inks], "text": [words]}]})
    figure.update_xaxes(visible=False, range=[0.3, tiles["column"].max() + 0.7], fixedrange=True, scaleanchor="y", scaleratio=1.35, constrain="domain")
    figure.update_yaxes(visible=False, range=[tiles["row"].max() + 0.6, 0.4], fixedrange=True)
    return _sized(figure, 66 * int(tiles["row"].max()) + 20, left=14, right=14, axis_space=100).update_layout(sliders=[{
        "steps": slider, "active": list(years).index(start), "x": 0, "len": 1, "y": 0, "yanchor": "top", "pad": {"t": 20},
        "currentvalue": {"prefix": "Year: ", "font": {"size": theme.TEXT_SIZE}}, "font": {"size": theme.SMALL_SIZE}}])


METHOD_LOOKS = {
    "reconstruction": (theme.METHODS[0], "circle"), "register-based": (theme.METHODS[1], "square"), "local gazetteers": (theme.METHODS[2], "diamond"),
    "party archives": (theme.METHODS[3], "triangle-up"), "econometric": (theme.GREYS[0], "star"), "survey or refugee interviews": (theme.METHODS[2], "hexagon"),
    "official": (theme.METHODS[1], "cross"), "summary": (theme.GREYS[1], "circle"), "not stated": (theme.GREYS[1], "x"),
}


def estimate_label(row):
    """Return how an estimate is named in a figure: author, shortened, and year."""
    name = row.author.split(",")[0] if "," in row.author and " and " not in row.author else row.author
    name = {"Ashton, Hill, Piazza and Zeitz": "Ashton and others", "Houser, Sands and Xiao": "Houser and others"}.get(row.author, name)
    return name if pd.isna(row.year_published) else f"{name} {int(row.year_published)}"


def estimate_table(estimates):
    """Return the table behind a forest plot: author, period, low, central, high, method."""
    rows = [(estimate_label(row), _period(row), row.low, row.central, row.high, row.bound or "", row.method_kind, "no" if not row.independent else "yes")
            for row in sorted(estimates.itertuples(), key=_centre, reverse=True)]
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
    Returns a plotly figure.
    """
    rows = sorted(table.itertuples(), key=_centre)
    labels = [estimate_label(row) for row in rows]
    figure = go.Figure()
    for method, (colour, symbol) in METHOD_LOOKS.items():
        picked = [(row, label) for row, label in zip(rows, labels) if row.method_kind == method]
        for row, label in picked:
            if pd.notna(row.low) and pd.notna(row.high):
                figure.add_trace(go.Scatter(x=[row.low, row.high], y=[label, label], mode="lines", line={"color": colour, "width": 4}, hoverinfo="skip"))
        if picked:
            figure.add_trace(go.Scatter(
                x=[_centre(row) for row, _ in picked], y=[label for _, label in picked], mode="markers",
                marker={"color": [colour if row.independent else theme.PAPER for row, _ in picked], "symbol": symbol, "size": 12,
                        "line": {"color": colour, "width": 2}}, hovertemplate="%{y}: %{x} million, " + method + "<extra></extra>"))
    for row, label in zip(rows, labels):
        right, colour = row.high if pd.notna(row.high) else _centre(row), METHOD_LOOKS[row.method_kind][0]
        open_end = row.bound in ("at least", "more than")
        if open_end:
            figure.add_annotation(x=right, y=label, ax=38, ay=0, text="", showarrow=True, arrowside="start", startarrowhead=2, arrowhead=0,
                                  arrowwidth=2, arrowcolor=colour, standoff=9)
        figure.add_annotation(x=right, y=label, xanchor="left", xshift=44 if open_end else 12, text=f"<b>{_range_text(row)}</b>  {row.method_kind}", showarrow=False, font={"color": colour})
    figure.update_yaxes(categoryorder="array", categoryarray=labels, showgrid=False, range=[-0.7, len(rows) - 0.3])
    figure.update_xaxes(range=list(x_range), showline=True, title="million people")
    return _sized(figure, 27 * len(rows) + 20, left=label_width, axis_space=66)


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
    The labels of the columns stand once, above the marks of the first row. Returns a plotly figure.
    """
    names = table.columns[0]
    rows = [str(name) for name in table[names]][::-1]
    figure = go.Figure()
    for place, name in enumerate(rows):
        values = [float(v) for v in table.iloc[len(rows) - 1 - place][list(looks)] if not pd.isna(v)]
        if len(values) > 1:
            figure.add_trace(go.Scatter(x=[min(values), max(values)], y=[name, name], mode="lines", line={"color": theme.RULE, "width": 5}, hoverinfo="skip"))
    for column, (label, colour, symbol) in looks.items():
        known = table[[names, column]].dropna()
        figure.add_trace(go.Scatter(x=[round(float(v), 4) for v in known[column]], y=[str(name) for name in known[names]], mode="markers", name=label,
                                    marker={"color": colour, "symbol": symbol, "size": 13, "line": {"color": colour, "width": 2}},
                                    hovertemplate=f"{label}, %{{y}}: %{{x:.{decimals}f}}<extra></extra>"))
    first = [(column, float(table[column].iloc[0])) for column in looks if not pd.isna(table[column].iloc[0])]
    per_pixel = (x_range[1] - x_range[0]) / 600
    wide = max((len(looks[column][0]) for column, _ in first), default=0) * 8.5 * per_pixel
    for (column, value), free in zip(first, spread([value for _, value in first], wide)):
        figure.add_annotation(x=free, y=len(rows) - 0.45, yanchor="bottom", text=looks[column][0], showarrow=False, font={"color": looks[column][1]})
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=rows, showgrid=False, range=[-0.6, len(rows)])
    figure.update_xaxes(range=list(x_range), showline=True, title=x_title)
    return _sized(figure, row_height * (len(rows) + 1), left=label_width, axis_space=66 if x_title else 48)


def grouped_bars(table, looks, y_range, stacked=False, height=380, decimals=0, label_at=None, show_values=True):
    """Draw bars per year, side by side or stacked, one column of the table each, from zero.

    table     DataFrame: first column the years (or row names), one column per series; gaps leave a gap
    looks     {column: (label, colour)}; at most four
    label_at  {column: row name}: where a label stands above its bar; without it the labels form one line above the drawing
    show_values  write the numbers above bars that stand side by side
    Returns a plotly figure.
    """
    names = [str(name) for name in table[table.columns[0]]]
    figure = go.Figure()
    for column, (label, colour) in looks.items():
        values = [None if pd.isna(v) else round(float(v), 4) for v in table[column]]
        written = [] if stacked or not show_values else ["" if v is None else f"{v:.{decimals}f}" for v in values]
        figure.add_trace(go.Bar(x=names, y=values, name=label, marker={"color": colour}, text=written or None, textposition="outside" if written else None,
                                textfont={"size": theme.SMALL_SIZE}, cliponaxis=False, hovertemplate=f"{label}, %{{x}}: %{{y:.{decimals}f}}<extra></extra>"))
    if label_at:
        for column, name in label_at.items():
            row = names.index(str(name))
            height_there = float(table[list(looks)].iloc[row].sum() if stacked else table[column].iloc[row])
            figure.add_annotation(x=str(name), y=height_there, yanchor="bottom", yshift=16, text=looks[column][0], showarrow=False, font={"color": looks[column][1]})
    else:
        words = "   ".join(f'<span style="color:{colour}">■ {label}</span>' for label, colour in looks.values())
        figure.add_annotation(x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=4, text=words, showarrow=False)
    figure.update_layout(barmode="stack" if stacked else "group", bargap=0.25)
    figure.update_xaxes(type="category", showgrid=False, showline=True)
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, top=0 if label_at else 26)


def spans(table, x_range, looks, label_width=220, row_height=34, marks=()):
    """Draw rows of bars from a start to an end: treaties, disputes, recognitions, debts.

    table    DataFrame with columns row, start, end (decimal years; a missing end runs to the edge, with an arrow), kind, text (short,
             written behind the bar); rows are drawn from the top down, several spans may share a row
    x_range  (first, last) year of the axis
    looks    {kind: (colour, "solid" or "open")}
    marks    [(year, text)]: vertical lines with a word at the top
    Returns a plotly figure.
    """
    rows = list(dict.fromkeys(table["row"]))[::-1]
    figure = go.Figure()
    for kind, (colour, fill) in looks.items():
        picked = list(table[table["kind"] == kind].itertuples())
        ends = [x_range[1] if pd.isna(span.end) else float(span.end) for span in picked]
        figure.add_trace(go.Bar(
            y=[span.row for span in picked], x=[round(max(end - float(span.start), 0.12), 3) for span, end in zip(picked, ends)],
            base=[round(float(span.start), 3) for span in picked], orientation="h", width=0.5, showlegend=False,
            marker={"color": colour if fill == "solid" else theme.PAPER, "line": {"color": colour, "width": 2}},
            hovertemplate=[f"{html.escape(str(span.row))}: {span.start:.0f}-{'' if pd.isna(span.end) else format(end, '.0f')}<br>{html.escape(str(span.text))}<extra></extra>"
                           for span, end in zip(picked, ends)]))
        for span, end in zip(picked, ends):
            if span.text:
                figure.add_annotation(x=end, y=span.row, xanchor="left", xshift=8, text=html.escape(str(span.text)), showarrow=False,
                                      font={"size": theme.SMALL_SIZE, "color": theme.INK})
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        _on_top(figure, year, text)
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(categoryorder="array", categoryarray=rows, showgrid=False, range=[-0.6, len(rows) - 0.4])
    figure.update_xaxes(range=list(x_range), showline=True, tickformat="d")
    return _sized(figure, row_height * len(rows) + 10, left=label_width, right=60, top=22 if marks else 0)


def timeline(events, lanes, x_range, colours, row_height=110, labels=()):
    """Draw dated events as dots in lanes, with their titles on hover and some written out.

    events   DataFrame with columns when (decimal year), lane, title, group
    lanes    names of the lanes, from the top down
    colours  {group: colour}
    labels   [(title, text, dx, dy)]: dots whose short text is written beside them, shifted by pixels
    Returns a plotly figure.
    """
    figure = go.Figure()
    level = {lane: len(lanes) - 1 - place for place, lane in enumerate(lanes)}
    heights = _stacked_heights(events, level, (x_range[1] - x_range[0]) / 90)
    for group, colour in colours.items():
        picked = [(event, height) for event, height in zip(events.itertuples(), heights) if event.group == group]
        figure.add_trace(go.Scatter(x=[round(event.when, 3) for event, _ in picked], y=[round(height, 3) for _, height in picked], mode="markers", name=str(group),
                                    marker={"color": colour, "size": 11, "line": {"color": theme.PAPER, "width": 1}},
                                    text=[html.escape(event.title) for event, _ in picked], hovertemplate="%{text}<extra></extra>"))
    places = {event.title: (event.when, height) for event, height in zip(events.itertuples(), heights)}
    for title, text, dx, dy in labels:
        when, height = places[title]
        figure.add_annotation(x=when, y=height, ax=dx, ay=dy, text=text, showarrow=True, arrowhead=0, arrowwidth=1, arrowcolor=theme.MUTED, standoff=6,
                              font={"size": theme.SMALL_SIZE})
    for lane, height in level.items():
        figure.add_hline(y=height - 0.5, line={"color": theme.RULE, "width": 1})
    figure.update_yaxes(tickvals=list(level.values()), ticktext=list(level), showgrid=False, range=[-0.5, len(lanes) - 0.5])
    figure.update_xaxes(range=list(x_range), showline=True, tickformat="d", showgrid=True)
    return _sized(figure, row_height * len(lanes), left=96, right=20)


def _stacked_heights(events, level, near):
    """Return a height for every event so that dots of one lane that stand close in time do not cover each other."""
    heights, last = [], {}
    for event in events.itertuples():
        taken = [offset for when, offset in last.get(event.lane, []) if abs(when - event.when) < near]
        offset = next(step for step in (0, 0.14, -0.14, 0.28, -0.28, 0.4, -0.4, 0) if step not in taken or step == 0 and len(taken) > 6)
        last.setdefault(event.lane, []).append((event.when, offset))
        heights.append(level[event.lane] + offset)
    return heights


def steps(table, looks, y_range, x_range, height=400, marks=()):
    """Draw values that hold until the next event as steps, one line per column, labelled at the right end.

    table    DataFrame: first column decimal years in order, one column per series (already cumulated)
    looks    {column: (label, colour)}
    marks    [(year, text)]: vertical lines with a word at the top
    Returns a plotly figure.
    """
    when = table.columns[0]
    figure = go.Figure()
    ends = []
    for column, (label, colour) in looks.items():
        figure.add_trace(go.Scatter(x=[round(float(v), 3) for v in table[when]], y=[round(float(v), 3) for v in table[column]], mode="lines", name=label,
                                    line={"color": colour, "width": 2.5, "shape": "hv"}, hovertemplate=f"{label}, %{{x:.1f}}: %{{y:.0f}}<extra></extra>"))
        ends.append((float(table[column].iloc[-1]), label, colour))
    gap = LABEL_GAP * (y_range[1] - y_range[0]) / height
    for (_, label, colour), free in zip(ends, spread([end[0] for end in ends], gap)):
        figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=10, y=free, yanchor="middle", text=label, showarrow=False, font={"color": colour})
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        _on_top(figure, year, text)
    figure.add_hline(y=0, line={"color": theme.MUTED, "width": 1})
    figure.update_xaxes(range=list(x_range), showline=True, showgrid=False, tickformat="d")
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, right=14 + 9 * max(len(end[1]) for end in ends), top=22 if marks else 0)


def strips(table, colours, cell_height=34, label_width=180):
    """Draw a row of year cells per actor, coloured by word; years without a source stay white with a thin frame.

    table    DataFrame: first column the actors (drawn from the top down), one column per year, cells a word of `colours` or ""
    colours  {word: (colour, one or two letters written in the cell)}
    Returns a plotly figure.
    """
    actors, years = [str(name) for name in table[table.columns[0]]][::-1], [int(year) for year in table.columns[1:]]
    figure = go.Figure()
    for row, actor in enumerate(actors):
        cells = table.iloc[len(actors) - 1 - row]
        words = [cells[year] if isinstance(cells[year], str) else "" for year in table.columns[1:]]
        figure.add_trace(go.Bar(
            x=years, y=[0.8] * len(years), base=row - 0.4, width=0.94, showlegend=False,
            marker={"color": [colours[word][0] if word else theme.PAPER for word in words], "line": {"color": theme.RULE, "width": 1}},
            text=[colours[word][1] if word else "" for word in words], textposition="inside", insidetextanchor="middle", textangle=0,
            textfont={"color": theme.PAPER, "size": theme.SMALL_SIZE}, hovertemplate=[f"{actor}, {year}: {word or 'no source seen'}<extra></extra>" for year, word in zip(years, words)]))
    known = "   ".join(f'<span style="color:{colour}">■ {word} ({letters})</span>' for word, (colour, letters) in colours.items())
    figure.add_annotation(x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=4, text=known, showarrow=False)
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(tickvals=list(range(len(actors))), ticktext=actors, showgrid=False, range=[-0.5, len(actors) - 0.5])
    figure.update_xaxes(dtick=1, showgrid=False, range=[years[0] - 0.5, years[-1] + 0.5])
    return _sized(figure, cell_height * len(actors), left=label_width, top=26)


def amounts(table, looks, x_range, x_title="", label_width=230, row_height=36, decimals=0):
    """Draw one bar per row from zero: sums with their status; a row without a sum keeps an empty place and its reason.

    table    DataFrame with columns row (the name, drawn from the top down), value, low, high (a bar from low to high is laid over the sum;
             without a value the bar ends at low), look (a key of `looks`), text (written behind the number; in an empty row, the reason)
    looks    {look: (colour, "solid" or "open")}; open is for announced or derived sums
    x_range  (0, end) of the axis
    Returns a plotly figure.
    """
    rows = [str(name) for name in table["row"]][::-1]
    figure = go.Figure()
    for row in table.itertuples():
        colour, fill = looks[row.look]
        ends = [float(end) for end in (row.value, row.low, row.high) if pd.notna(end)]
        numbers = f"{ends[0]:,.{decimals}f}" if pd.notna(row.value) else "–".join(f"{end:,.{decimals}f}" for end in ends)
        words = f"<b>{numbers}</b>  {html.escape(str(row.text))}" if ends else html.escape(str(row.text))
        if not ends:
            place = rows.index(str(row.row))
            figure.add_shape(type="rect", x0=0, x1=x_range[1], y0=place - 0.32, y1=place + 0.32, fillcolor=theme.BAND, line_width=0, layer="below")
        else:
            figure.add_trace(go.Bar(
                y=[row.row], x=[round(ends[0], 4)], orientation="h", width=0.6, hovertemplate=f"{html.escape(str(row.row))}: {words}<extra></extra>",
                marker={"color": colour if fill == "solid" else theme.PAPER, "line": {"color": colour, "width": 2}}))
        if pd.notna(row.low) and pd.notna(row.high):
            figure.add_trace(go.Scatter(x=[round(float(row.low), 4), round(float(row.high), 4)], y=[row.row, row.row], mode="lines+markers", hoverinfo="skip",
                                        line={"color": theme.INK, "width": 2}, marker={"symbol": "line-ns", "size": 12, "line": {"color": theme.INK, "width": 2}}))
        figure.add_annotation(x=max(ends, default=0), y=row.row, xanchor="left", xshift=12, text=words, showarrow=False,
                              font={"color": theme.INK if ends else theme.MUTED})
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=rows, showgrid=False, range=[-0.6, len(rows) - 0.4])
    figure.update_xaxes(range=list(x_range), showline=True, title=x_title)
    return _sized(figure, row_height * len(rows) + 10, left=label_width, axis_space=66 if x_title else 48)


def split_bars(frames, looks, start, prefix="", height=360, decimals=0, unit="Mt"):
    """Draw stacked bars with their numbers written inside; a slider, when there are several frames, changes the heights.

    frames  {label on the slider: DataFrame}: first column the names of the bars, one column per part; gaps are not drawn
    looks   {column: (word written before the number, colour, "solid", "pale" or "open")}; open is for claimed or modelled parts
    start   the label shown first; prefix: words before the label above the slider
    Returns a plotly figure.
    """
    def values(frame, column):
        return [None if pd.isna(v) else round(float(v), 4) for v in frame[column]]

    def words(frame, column):
        return ["" if pd.isna(v) or v == 0 else f"{looks[column][0]} {v:.{decimals}f}".strip() for v in frame[column]]

    shown = frames[start]
    names = [str(name) for name in shown[shown.columns[0]]]
    figure = go.Figure()
    for column, (_, colour, look) in looks.items():
        figure.add_trace(go.Bar(
            x=names, y=values(shown, column), text=words(shown, column), name=column, textposition="inside", textangle=0, constraintext="none",
            insidetextanchor="end" if look == "open" else "middle", textfont={"size": theme.SMALL_SIZE, "color": theme.PAPER if look == "solid" else theme.INK},
            marker={"color": theme.PAPER if look == "open" else theme.SCALE[0] if look == "pale" else colour, "line": {"color": colour, "width": 2}},
            hovertemplate=f"%{{x}}, {html.escape(column)}: %{{y:.1f}} {unit}<extra></extra>"))
    top = max(float(frame[list(looks)].astype(float).sum(axis=1).max()) for frame in frames.values())
    figure.update_layout(barmode="stack", bargap=0.22)
    figure.update_xaxes(type="category", showgrid=False, showline=True)
    figure.update_yaxes(range=[0, 1.04 * top])
    if len(frames) == 1:
        return _sized(figure, height)
    moves = [{"label": label, "method": "restyle", "args": [{"y": [values(frame, column) for column in looks], "text": [words(frame, column) for column in looks]}]}
             for label, frame in frames.items()]
    return _sized(figure, height, axis_space=138).update_layout(sliders=[{
        "steps": moves, "active": list(frames).index(start), "x": 0, "len": 1, "y": 0, "yanchor": "top", "pad": {"t": 44},
        "currentvalue": {"prefix": prefix, "font": {"size": theme.TEXT_SIZE}}, "font": {"size": theme.SMALL_SIZE}}])


def tracks(rates, events, colour, looks, y_range, height=470, decimals=1):
    """Draw two tracks over one axis of years: dated events above, one line of text each, and a bar per year below.

    rates   DataFrame of two columns: years, values; every bar fills its year
    events  DataFrame in order of time with columns when (decimal year), title, kind
    looks   {kind: (colour, plotly marker symbol)}
    Returns a plotly figure.
    """
    years, values = (rates[column].tolist() for column in rates.columns)
    figure = go.Figure(go.Bar(
        x=[year + 0.5 for year in years], y=[round(float(v), 4) for v in values], width=0.8, marker={"color": colour}, cliponaxis=False,
        text=[f"{v:.{decimals}f}" for v in values], textposition="outside", textfont={"size": theme.SMALL_SIZE},
        hovertemplate=[f"{year}: {v:.{decimals}f}<extra></extra>" for year, v in zip(years, values)]))
    rows = list(events.itertuples())
    for kind, (ink, symbol) in looks.items():
        picked = [(event.when, len(rows) - place, event.title) for place, event in enumerate(rows) if event.kind == kind]
        figure.add_trace(go.Scatter(x=[round(when, 3) for when, _, _ in picked], y=[level for _, level, _ in picked], yaxis="y2", mode="markers",
                                    marker={"color": ink, "symbol": symbol, "size": 11, "line": {"color": ink, "width": 2}},
                                    text=[html.escape(title) for _, _, title in picked], hovertemplate="%{text}<extra></extra>"))
        for when, level, title in picked:
            late = when > (years[0] + years[-1]) / 2  # words of late events stand to their left
            figure.add_annotation(x=when, y=level, yref="y2", xanchor="right" if late else "left", xshift=-11 if late else 11, text=html.escape(title),
                                  showarrow=False, font={"color": ink, "size": theme.SMALL_SIZE})
    for year in years[::2]:
        figure.add_vrect(x0=year, x1=year + 1, fillcolor=theme.BAND, line_width=0, layer="below")
    figure.update_xaxes(tickvals=[year + 0.5 for year in years], ticktext=[str(year) for year in years], range=[years[0], years[-1] + 1], showgrid=False, showline=True)
    figure.update_layout(yaxis={"domain": [0, 0.46], "range": list(y_range)},
                         yaxis2={"domain": [0.5, 1], "range": [0.3, len(rows) + 0.7], "visible": False})
    return _sized(figure, height, right=20)


KEY_MARKS = {"circle": "●", "circle-open": "○", "diamond": "◆", "diamond-open": "◇", "square": "■", "square-open": "□"}


def dated(table, looks, y_range, x_range, height=400, marks=(), bands=(), every=1, right=40):
    """Draw dated values as separate marks, each with its own words: for counts that no line may join.

    table    DataFrame with columns when (decimal year; the middle of 1955 is 1955.5), value, kind, text, side ("right", "left", "above", "below",
             "above right" or "above left")
    looks    {kind: (colour, plotly marker symbol)}; an "-open" symbol is for claimed or doubtful figures. A third part, a word, puts the kind
             into a line of marks and words above the drawing
    x_range  (first, last) year of the axis, both drawn in full
    marks    [(moment, text)]: thin vertical lines with a word at the top
    bands    [(first, last, text)]: whole years without a sourced value, left empty and named
    every    years between two labels of the axis; right: room in pixels for the words of the last marks
    Returns a plotly figure.
    """
    beside = {"right": ("left", "middle", 12, 0), "left": ("right", "middle", -12, 0), "above": ("center", "bottom", 0, 9), "below": ("center", "top", 0, -9),
              "above right": ("left", "bottom", -6, 9), "above left": ("right", "bottom", 6, 9)}
    key = "   ".join(f'<span style="color:{look[0]}">{KEY_MARKS[look[1]]} {look[2]}</span>' for kind, look in looks.items()
                     if len(look) > 2 and (table["kind"] == kind).any())
    figure = go.Figure()
    for first, last, text in bands:
        figure.add_vrect(x0=first, x1=last + 1, fillcolor=theme.BAND, line_width=0, layer="below")
        figure.add_annotation(x=(first + last + 1) / 2, y=y_range[0], yanchor="bottom", yshift=6, text=text, showarrow=False, font={"color": theme.MUTED, "size": theme.SMALL_SIZE})
    for kind, (colour, symbol, *_) in looks.items():
        rows = table[table["kind"] == kind]
        figure.add_trace(go.Scatter(x=[round(float(v), 3) for v in rows["when"]], y=[round(float(v), 4) for v in rows["value"]], mode="markers", name=kind,
                                    marker={"color": colour, "symbol": symbol, "size": 11, "line": {"color": colour, "width": 2}},
                                    text=[html.escape(str(text)) for text in rows["text"]], hovertemplate="%{text}<extra></extra>"))
        for row in rows.itertuples():
            xanchor, yanchor, xshift, yshift = beside[row.side]
            figure.add_annotation(x=round(float(row.when), 3), y=float(row.value), xanchor=xanchor, yanchor=yanchor, xshift=xshift, yshift=yshift,
                                  text=html.escape(str(row.text)), showarrow=False, font={"color": colour, "size": theme.SMALL_SIZE})
    for moment, text in marks:
        figure.add_vline(x=moment, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        _on_top(figure, moment, text)
    if key:
        figure.add_annotation(x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=22 if marks else 4, text=key, showarrow=False)
    years = list(range(x_range[0], x_range[1] + 1, every))
    figure.update_xaxes(range=[x_range[0], x_range[1] + 1], tickvals=[year + 0.5 for year in years], ticktext=[str(year) for year in years], showgrid=False, showline=True)
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, right=right, top=(22 if marks else 0) + (26 if key else 0))


def panels(parts, x_range, marks=(), band=None, panel_height=190, right=150):
    """Draw panels one above the other over the same years, each with a unit and a vertical axis of its own.

    parts    [(heading, table, looks, y_range)], from the top down; heading: what the panel shows and its unit
             table: first column the years, one column per series; columns named x_low and x_high, if there are any, become bars around x
             looks: {column: (label, colour, look)} with look "line", "dots", "hollow" or "bars" (with the number on each bar that is not zero)
    x_range  (first, last) year of the axis
    marks    [(moment, text)]: thin vertical lines through all panels, with a word at the top
    band     (first, last, text): a shaded span of years
    Returns a plotly figure.
    """
    gap, height = 34, (panel_height + 34) * len(parts) - 34
    figure = go.Figure()
    for number, (heading, table, looks, y_range) in enumerate(parts):
        axis = "y" if number == 0 else f"y{number + 1}"
        top = 1 - number * (panel_height + gap) / height
        figure.update_layout({axis.replace("y", "yaxis"): {"domain": [max(top - panel_height / height, 0), top], "range": list(y_range), "anchor": "x"}})
        figure.add_annotation(x=0, xref="paper", xanchor="left", y=top, yref="paper", yanchor="bottom", yshift=4, text=f"<b>{heading}</b>", showarrow=False)
        ends = [_panel_series(figure, table, column, look, axis) for column, look in looks.items()]
        for (value, label, colour), free in zip(ends, spread([end[0] for end in ends], LABEL_GAP * (y_range[1] - y_range[0]) / panel_height)):
            figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=10, y=free, yref=axis, yanchor="middle", text=label, showarrow=False, font={"color": colour})
        for moment, _ in marks:
            figure.add_shape(type="line", x0=moment, x1=moment, y0=0, y1=1, yref=f"{axis} domain", line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        if band:
            figure.add_shape(type="rect", x0=band[0], x1=band[1], y0=0, y1=1, yref=f"{axis} domain", fillcolor=theme.BAND, line_width=0, layer="below")
    words = sorted([*marks, *([((band[0] + band[1]) / 2, band[2])] if band else [])])
    edges, levels = {}, 0
    for moment, text in words:
        half = len(text) * 3.8 * (x_range[1] - x_range[0]) / 760
        level = next(step for step in range(len(words)) if edges.get(step, x_range[0] - 99) < moment - half)
        edges[level], levels = moment + half, max(levels, level + 1)
        figure.add_annotation(x=moment, y=1, yref="paper", yanchor="bottom", yshift=26 + 18 * level, text=text, showarrow=False, font={"color": theme.MUTED, "size": theme.SMALL_SIZE})
    figure.update_xaxes(range=list(x_range), showgrid=False, showline=True, tickformat="d", dtick=2 if x_range[1] - x_range[0] > 12 else 1,
                        anchor="y" if len(parts) == 1 else f"y{len(parts)}")
    return _sized(figure, height, right=right, top=26 + 18 * levels)


def _panel_series(figure, table, column, look, axis):
    """Add one series of a panel; return where its label belongs: the last value, the label, the colour."""
    label, colour, kind = look
    years = table[table.columns[0]].tolist()
    values = [None if pd.isna(v) else round(float(v), 4) for v in table[column]]
    tip = f"{label or column}, %{{x}}: %{{y}}<extra></extra>"
    if kind == "bars":
        figure.add_trace(go.Bar(x=years, y=values, yaxis=axis, width=0.8, marker={"color": colour}, text=[f"{v:g}" if v else "" for v in values], textposition="outside",
                                textangle=0, textfont={"size": theme.SMALL_SIZE}, cliponaxis=False, hovertemplate=tip))
    else:
        error = None
        if f"{column}_low" in table.columns:
            error = {"symmetric": False, "array": [round(float(v), 4) for v in table[f"{column}_high"] - table[column]], "thickness": 1, "width": 2,
                     "arrayminus": [round(float(v), 4) for v in table[column] - table[f"{column}_low"]]}
        figure.add_trace(go.Scatter(x=years, y=values, yaxis=axis, error_y=error, mode="lines+markers" if kind == "line" else "markers", connectgaps=False, hovertemplate=tip,
                                    line={"color": colour, "width": 2.5}, marker={"color": theme.PAPER if kind == "hollow" else colour, "size": 6 if kind == "line" else 9,
                                                                                 "line": {"color": colour, "width": 2 if kind == "hollow" else 0}}))
    known = [v for v in values if v is not None]
    return known[-1], label, colour


def matrix(table, looks, label_width=330, row_height=30, band=""):
    """Draw pieces of evidence as rows and what is asked of them as columns, with a mark in every cell.

    table  DataFrame: first column the row names (drawn from the top down), one text column per question with words of `looks`;
           numeric columns are not drawn
    looks  {word: (colour, plotly marker symbol, the sign and words of the key line)}
    band   a word: a row that holds nothing but this word is an empty band with the word written in it
    Returns a plotly figure.
    """
    asked = [column for column in table.columns[1:] if not pd.api.types.is_numeric_dtype(table[column])]
    figure = go.Figure()
    places = range(len(table) - 1, -1, -1)
    for word, (colour, symbol, _) in looks.items():
        cells = [(x, y, str(row.iloc[0])) for y, (_, row) in zip(places, table.iterrows()) for x, column in enumerate(asked) if row[column] == word]
        figure.add_trace(go.Scatter(x=[x for x, _, _ in cells], y=[y for _, y, _ in cells], mode="markers", name=word, text=[html.escape(name) for _, _, name in cells],
                                    marker={"symbol": symbol, "size": 13, "color": colour, "line": {"color": colour, "width": 2}},
                                    hovertemplate=f"%{{text}}<br>{word}<extra></extra>"))
    for y, (_, row) in zip(places, table.iterrows()):
        if band and all(row[column] == band for column in asked):
            figure.add_shape(type="rect", x0=-0.45, x1=len(asked) - 0.55, y0=y - 0.36, y1=y + 0.36, line={"color": theme.MUTED, "width": 1, "dash": "dot"},
                             fillcolor=theme.PAPER, layer="between")
            figure.add_annotation(x=(len(asked) - 1) / 2, y=y, text=band, showarrow=False, font={"color": theme.MUTED, "size": theme.SMALL_SIZE})
    known = "   ".join(f'<span style="color:{colour}">{key}</span>' for colour, _, key in looks.values())
    figure.add_annotation(x=0, xref="paper", xanchor="left", xshift=14 - label_width, y=1, yref="paper", yanchor="bottom", yshift=34, text=known, showarrow=False)
    wide = int(label_width / 6.9)  # characters of the small size in a line
    figure.update_yaxes(tickvals=list(places), ticktext=[theme.wrap(html.escape(str(name), quote=False), wide) for name in table[table.columns[0]]],
                        tickfont={"size": theme.SMALL_SIZE}, ticks="", gridcolor=theme.RULE, range=[-0.6, len(table) - 0.4])
    figure.update_xaxes(tickvals=list(range(len(asked))), ticktext=[f"<b>{column}</b>" for column in asked], side="top", ticks="", showgrid=False,
                        range=[-0.5, len(asked) - 0.5])
    return _sized(figure, row_height * len(table), left=label_width, right=20, axis_space=14, top=64)


def periods(table, colour, y_range, x_range, height=360, decimals=1, marks=()):
    """Draw single years as dots and figures for several years as level bars from the first to the last; nothing joins them.

    table    DataFrame with the columns first, last (years; the same for a single year), value and text, written above the mark
    y_range  (low, high) of the vertical axis; x_range: (first, last) year of the axis
    marks    [(year, text)]: thin vertical lines with a word at the top
    Returns a plotly figure.
    """
    figure = go.Figure()
    for row in table.itertuples():
        single = row.first == row.last
        figure.add_trace(go.Scatter(
            x=[row.first] if single else [row.first - 0.4, row.last + 0.4], y=[round(float(row.value), 4)] * (1 if single else 2),
            mode="markers" if single else "lines", line={"color": colour, "width": 5}, marker={"color": colour, "size": 12},
            hovertemplate=f"{row.first}{'' if single else f'-{row.last}'}: {row.value:.{decimals}f}<extra></extra>"))
        figure.add_annotation(x=row.first if single else row.last + 0.4, xanchor="center" if single else "right", y=row.value, yanchor="bottom", yshift=9,
                              text=html.escape(str(row.text)), showarrow=False, font={"color": colour})
    for year, text in marks:
        figure.add_vline(x=year, line={"color": theme.MUTED, "width": 1, "dash": "dot"})
        _on_top(figure, year, text)
    figure.update_xaxes(range=list(x_range), dtick=1, showgrid=False, showline=True, tickformat="d")
    figure.update_yaxes(range=list(y_range))
    return _sized(figure, height, top=22 if marks else 0)
