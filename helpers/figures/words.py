"""A figure with its words: shown together, never one without the other."""

import html

import pandas as pd
from IPython.display import display

from helpers import data, theme

MOMENTS = {"start", "end", "when"}  # columns of decimal years


class Exhibit:
    """A figure with its words: shown together, never one without the other."""

    def __init__(self, figure, says, table, decimals=1, unit=""):
        """Keep a framed figure, its sentence and its data.

        figure    a chart with a title
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
        title = self.figure.layout["title"]["text"].replace("<b>", "").replace("</b>", "").replace("<br>", " ")
        return (
            f"<details><summary>The figure in words and numbers: {html.escape(title, quote=False)}</summary>"
            f"<p>{html.escape(self.says)}</p><p>{html.escape(extremes(self.table, self.decimals, self.unit))}</p>"
            f"{as_html(self.table, self.decimals)}</details>"
        )

    def _ipython_display_(self):
        theme.show(self.figure)
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


def extremes(table, decimals=1, unit=""):
    """Return one sentence with the highest and the lowest value of every numeric column and where they stand."""
    label = table.columns[0]
    parts = []
    for column in table.columns[1:]:
        values = table[column]
        if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values) or values.dropna().empty:
            continue
        top, bottom = values.idxmax(), values.idxmin()
        parts.append(
            f"{column}: highest {_number(values[top], decimals, column)} ({table[label][top]}), "
            f"lowest {_number(values[bottom], decimals, column)} ({table[label][bottom]})"
        )
    return "; ".join(parts) + (f". Unit: {unit}." if unit else ".")


def as_html(table, decimals=1):
    """Return a DataFrame as a plain HTML table with header cells for rows and columns; gaps are a dash."""
    head = "".join(f'<th scope="col">{html.escape(str(column))}</th>' for column in table.columns)
    body = []
    for row in table.itertuples(index=False):
        cells = "".join(f"<td>{_number(value, decimals, column)}</td>" for value, column in zip(row[1:], table.columns[1:]))
        body.append(f'<tr><th scope="row">{html.escape(str(row[0]))}</th>{cells}</tr>')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _number(value, decimals, column):
    """Return a table cell as text: rounded numbers (years without a comma), a dash for a gap, escaped words."""
    if not isinstance(value, str) and pd.isna(value):
        return "–"
    if isinstance(value, float):
        return f"{value:.{decimals}f}" if column in MOMENTS else f"{value:,.{decimals}f}"
    return html.escape(str(value))
