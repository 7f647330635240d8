"""Chart forms with a cell for each row and column: years of an actor, questions asked of a piece of evidence."""

from collections.abc import Sequence

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import escape
from helpers.figures.axes import year_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, drawn, key, label_gap, note
from helpers.figures.letters import lines, width, wrap
from helpers.figures.stack import stack
from helpers.sentences import fixed, heading


def strips(table: pd.DataFrame, *, colours: dict, cell_height: float = 34, label_width: float = 180) -> Figure:
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
    page, years = theme.page(), [int(year) for year in table.columns[1:]]
    for column in table.columns[1:]:
        need_looks(table.assign(**{"cells": table[column].where(table[column].astype(bool))}), "cells", colours)
    rows = stack(list(table.iloc[:, 0]), cell_height, label_width)
    cells = [[cell if isinstance(cell, str) else "" for cell in row[1:]] for row in table.itertuples(index=False)]
    words, top = key([("■", f"{word} ({letters})", colour) for word, (colour, letters) in colours.items()], rows.left)
    return drawn(
        [_strip(place, actor, years, row, colours, 0.8 * rows.thick) for place, actor, row in zip(rows.places, table.iloc[:, 0], cells)],
        rows.height,
        left=rows.left,
        top=top,
        notes=rows.notes + words,
        barmode="overlay",
        xaxis=year_axis(years[0] - 0.5, years[-1] + 0.5, page.width - rows.left - EDGE, showline=False),
        yaxis=rows.axis,
    )


def _strip(place, actor, years, words, colours, thick):
    """Return the year cells of one actor."""
    fills = [colours[word][0] if word else theme.PAPER for word in words]
    return {
        "type": "bar",
        "x": years,
        "y": [thick] * len(years),
        "base": place - thick / 2,
        "width": 0.94,
        "marker": {"color": fills, "line": {"color": theme.RULE, "width": 1}},
        "text": [colours[word][1] if word else "" for word in words],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [theme.on(fill) for fill in fills]},
        "hovertext": [f"{actor}, {year}: {word or fixed('no_source_seen')}" for year, word in zip(years, words)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def matrix(
    table: pd.DataFrame, *, looks: dict, label_width: float = 330, row_height: float = 30, band: str = "", strong: Sequence[str] = ()
) -> Figure:
    """Draw pieces of evidence as rows and what is asked of them as columns, with a mark in every cell.

    Parameters
    ----------
    table : DataFrame
        First column the row names (drawn from the top down), one text column per question with words of `looks`; any
        other word is written as it is; numeric columns are not drawn.
    looks : dict
        {word: (colour, plotly marker symbol, the sign and words of the key line)}
    label_width, row_height : float
        Pixels of the names and of a row.
    band : str
        A word: a row that holds nothing but this word is an empty band with the word written in it.
    strong : sequence of str
        Names of rows in bold: headings of a group, sums at the foot.

    Raises
    ------
    DataError
        For a table without rows.
    """
    need(table)
    page = theme.page()
    asked = [column for column in table.columns[1:] if not pd.api.types.is_numeric_dtype(table[column])]
    names = [f"<b>{name}</b>" if name in strong else escape(name) for name in table.iloc[:, 0]]
    longest = max(width(word, bold=not page.narrow) for column in asked for word in heading(column).split())
    rows = stack(names, row_height, min(label_width, 0.6 * page.width, page.width - 2 * EDGE - len(asked) * (longest + 10)))
    cells = list(zip(rows.places, names, table[asked].itertuples(index=False)))
    empty = [place for place, _, row in cells if band and all(cell == band for cell in row)]
    wide = (page.width - rows.left - EDGE) / len(asked)
    heads = [wrap(heading(column), wide - 6, bold=not page.narrow) for column in asked]
    heads = heads if page.narrow else [f"<b>{head}</b>" for head in heads]
    headed = label_gap() * max(map(lines, heads)) + 8
    words, top = key([("", said, colour) for colour, _, said in looks.values()], rows.left, headed)
    return drawn(
        [_cells(cells, word, *look[:2]) for word, look in looks.items()],
        rows.height,
        left=rows.left,
        below=4,
        top=top,
        shapes=[_rule(place, rows.thick) for place in rows.places] + [_empty_band(place, len(asked), rows.thick) for place in empty],
        notes=[*rows.notes, *words]
        + [note(head, place, 1, yref="paper", yanchor="bottom", yshift=4) for place, head in enumerate(heads)]
        + [note(band, (len(asked) - 1) / 2, place, theme.MUTED) for place in empty]
        + _written(cells, {*looks, band, ""}),
        xaxis={"visible": False, "range": [-0.5, len(asked) - 0.5]},
        yaxis=rows.axis,
    )


def _written(rows, known):
    """Return the words and numbers of cells that have no mark."""
    said = [(x, y, str(cell)) for y, _, cells in rows for x, cell in enumerate(cells) if cell not in known and not pd.isna(cell)]
    large = theme.page().text + 2  # sums; words are as small as all others
    return [note(f"<b>{text}</b>", x, y, size=large) if text.isdigit() else note(text, x, y, theme.MUTED) for x, y, text in said]


def _rule(place, thick):
    """Return the thin line below a row."""
    y = place - thick / 2
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": y, "y1": y, "line": {"color": theme.RULE, "width": 1}}


def _cells(rows, word, colour, symbol):
    """Return the marks of all cells that hold a word."""
    found = [(x, y, name) for y, name, cells in rows for x, cell in enumerate(cells) if cell == word]
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


def _empty_band(place, columns, thick):
    """Return the band of a row in which nothing was found."""
    return {
        "type": "rect",
        "x0": -0.45,
        "x1": columns - 0.55,
        "y0": place - 0.4 * thick,
        "y1": place + 0.4 * thick,
        "line": {"width": 0},
        "fillcolor": theme.BAND,
        "layer": "between",
    }
