"""Provinces as equal tiles: no country looks large because its land is."""

from helpers import theme
from helpers.figures.chart import Chart
from helpers.figures.layout import sized, slider

DARK_FROM = 3  # tile shades from here on carry light letters


def tile_map(table, tiles, years, start, steps=(10, 15, 20, 30, 45)):
    """Draw provinces as equal tiles, shaded by value, with a slider over the years; tiles without data stay white.

    table  DataFrame with columns place, year, value
    tiles  DataFrame with columns province, row, column: our layout
    years  the years of the slider; start: the year shown first
    steps  the limits between the shades
    Returns a chart.
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
        broken = {
            "Inner Mongolia": "Inner<br>Mongolia",
            "Heilongjiang": "Heilong-<br>jiang",
            "Guangdong": "Guang-<br>dong",
            "Shandong": "Shan-<br>dong",
        }
        return broken.get(name, name)

    shades, inks, words = look(start)
    figure = Chart()
    figure.add_scatter(
        x=tiles["column"].tolist(),
        y=tiles["row"].tolist(),
        mode="markers+text",
        text=words,
        hoverinfo="text",
        hovertext=names,
        textfont={"color": inks, "size": theme.SMALL_SIZE},
        marker={"symbol": "square", "size": 62, "color": shades, "line": {"color": theme.RULE, "width": 1}},
    )
    moves = []
    for year in years:
        shades, inks, words = look(year)
        moves.append(
            {"label": str(year), "method": "restyle", "args": [{"marker.color": [shades], "textfont.color": [inks], "text": [words]}]}
        )
    figure.update_xaxes(
        visible=False, range=[0.3, tiles["column"].max() + 0.7], fixedrange=True, scaleanchor="y", scaleratio=1.35, constrain="domain"
    )
    figure.update_yaxes(visible=False, range=[tiles["row"].max() + 0.6, 0.4], fixedrange=True)
    return sized(figure, 66 * int(tiles["row"].max()) + 20, left=14, right=14, axis_space=100).update_layout(
        sliders=[slider(moves, list(years).index(start), "Year: ", 20)]
    )
