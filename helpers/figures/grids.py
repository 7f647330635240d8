"""Chart forms with a cell for each row and column: years of an actor, questions asked of a piece of evidence."""

import html

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.figures.given import need
from helpers.figures.layout import drawn, key_line, note

LETTER = 6.9  # pixels of a letter of the small size, on average


def strips(table: pd.DataFrame, colours: dict, cell_height: float = 34, label_width: float = 180) -> Figure:
    """Draw a row of year cells per actor, coloured by word; years without a source stay white with a thin frame.

    Parameters
    ----------
    table : DataFrame
        First column the actors (drawn from the top down), one column per year, cells a word of `colours` or "".
    colours : dict
        {word: (colour, one or two letters written in the cell)}
    cell_height, label_width : float
        Pixels of a row and of its name.

    Raises
    ------
    DataError
        For a table without rows.
    """
    need(table)
    actors, years = [str(name) for name in table.iloc[:, 0]][::-1], [int(year) for year in table.columns[1:]]
    cells = [[cell if isinstance(cell, str) else "" for cell in row[1:]] for row in table.itertuples(index=False)][::-1]
    words = "   ".join(f'<span style="color:{colour}">■ {word} ({letters})</span>' for word, (colour, letters) in colours.items())
    return drawn(
        [_strip(place, actor, years, row, colours) for place, (actor, row) in enumerate(zip(actors, cells))],
        cell_height * len(actors),
        left=label_width,
        top=26,
        notes=[key_line(words, 4, 14 - label_width)],
        barmode="overlay",
        xaxis={"dtick": 1, "showgrid": False, "range": [years[0] - 0.5, years[-1] + 0.5]},
        yaxis={"tickvals": list(range(len(actors))), "ticktext": actors, "showgrid": False, "range": [-0.5, len(actors) - 0.5]},
    )


def _strip(place, actor, years, words, colours):
    """Return the year cells of one actor."""
    return {
        "type": "bar",
        "x": years,
        "y": [0.8] * len(years),
        "base": place - 0.4,
        "width": 0.94,
        "marker": {"color": [colours[word][0] if word else theme.PAPER for word in words], "line": {"color": theme.RULE, "width": 1}},
        "text": [colours[word][1] if word else "" for word in words],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": theme.PAPER, "size": theme.SMALL_SIZE},
        "hovertemplate": [f"{actor}, {year}: {word or 'no source seen'}<extra></extra>" for year, word in zip(years, words)],
    }


def matrix(table: pd.DataFrame, looks: dict, label_width: float = 330, row_height: float = 30, band: str = "") -> Figure:
    """Draw pieces of evidence as rows and what is asked of them as columns, with a mark in every cell.

    Parameters
    ----------
    table : DataFrame
        First column the row names (drawn from the top down), one text column per question with words of `looks`;
        numeric columns are not drawn.
    looks : dict
        {word: (colour, plotly marker symbol, the sign and words of the key line)}
    label_width, row_height : float
        Pixels of the names and of a row.
    band : str
        A word: a row that holds nothing but this word is an empty band with the word written in it.

    Raises
    ------
    DataError
        For a table without rows.
    """
    need(table)
    asked = [column for column in table.columns[1:] if not pd.api.types.is_numeric_dtype(table[column])]
    rows = list(zip(range(len(table) - 1, -1, -1), table.iloc[:, 0].astype(str), table[asked].itertuples(index=False)))
    empty = [place for place, _, cells in rows if band and all(cell == band for cell in cells)]
    key = key_line("   ".join(f'<span style="color:{colour}">{words}</span>' for colour, _, words in looks.values()), 34, 14 - label_width)
    gap = [note(band, (len(asked) - 1) / 2, place, theme.MUTED, theme.SMALL_SIZE) for place in empty]
    return drawn(
        [_cells(rows, word, *look[:2]) for word, look in looks.items()],
        row_height * len(table),
        left=label_width,
        right=20,
        below=14,
        top=64,
        shapes=[_empty_band(place, len(asked)) for place in empty],
        notes=[*gap, key],
        xaxis={
            "tickvals": list(range(len(asked))),
            "ticktext": [f"<b>{column}</b>" for column in asked],
            "side": "top",
            "ticks": "",
            "showgrid": False,
            "range": [-0.5, len(asked) - 0.5],
        },
        yaxis={
            "tickvals": [place for place, _, _ in rows],
            "ticktext": [theme.wrap(html.escape(name, quote=False), int(label_width / LETTER)) for _, name, _ in rows],
            "tickfont": {"size": theme.SMALL_SIZE},
            "ticks": "",
            "range": [-0.6, len(table) - 0.4],
        },
    )


def _cells(rows, word, colour, symbol):
    """Return the marks of all cells that hold a word."""
    found = [(x, y, html.escape(name)) for y, name, cells in rows for x, cell in enumerate(cells) if cell == word]
    return {
        "type": "scatter",
        "x": [x for x, _, _ in found],
        "y": [y for _, y, _ in found],
        "mode": "markers",
        "name": word,
        "text": [name for _, _, name in found],
        "marker": {"symbol": symbol, "size": 13, "color": colour, "line": {"color": colour, "width": 2}},
        "hovertemplate": f"%{{text}}<br>{word}<extra></extra>",
    }


def _empty_band(place, columns):
    """Return the frame of a row in which nothing was found."""
    return {
        "type": "rect",
        "x0": -0.45,
        "x1": columns - 0.55,
        "y0": place - 0.36,
        "y1": place + 0.36,
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
        "fillcolor": theme.PAPER,
        "layer": "between",
    }
