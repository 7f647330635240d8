"""A figure with its words: shown together, never one without the other."""

import html

import pandas as pd
from IPython.display import display
from plotly.graph_objects import Figure

from helpers import data
from helpers.common import escape, plain
from helpers.data import DataError
from helpers.figures.frame import in_frame, titled
from helpers.figures.given import need
from helpers.figures.layout import rounded
from helpers.figures.letters import number
from helpers.sentences import fixed, heading, say

MOMENTS = {"start", "end", "when"}  # columns of decimal years


class Exhibit:
    """A figure with its words: shown together, never one without the other.

    Parameters
    ----------
    figure : Figure, or dict as plotly's JSON
        With a title.
    says : str
        One sentence: what kind of chart it is and what it shows.
    table : DataFrame
        The first column names the rows, the numeric columns are what is drawn.
    decimals : int
        Rounding of the printed table.
    unit : str
        Unit of the numeric columns, for the line of extremes.

    Raises
    ------
    DataError
        When the sentence or the table is empty.
    """

    def __init__(self, figure: Figure | dict, says: str, table: pd.DataFrame, decimals: int = 1, unit: str = ""):
        if len(says.split()) < 6:
            raise DataError(fixed("the_words_of_a_figure_are_missing"))
        need(table)
        chart = figure if isinstance(figure, dict) else figure.to_plotly_json()
        self.figure = Figure({**chart, "layout": {**chart["layout"], "meta": {**(chart["layout"].get("meta") or {}), "says": says}}})
        self.says, self.table, self.decimals, self.unit = says, table, decimals, unit

    def words(self) -> str:
        """Return the folded block as HTML: sentence, extremes, table. Text from the data is escaped."""
        title = plain(self.figure.layout.title.text)
        return (
            f"<details><summary>{fixed('figure_in_words', title=escape(title))}</summary>"
            f"<p>{html.escape(self.says)}</p><p>{html.escape(extremes(self.table, self.decimals, self.unit))}</p>"
            f"{as_html(self.table, self.decimals)}</details>{self._without_a_mouse()}"
        )

    def _without_a_mouse(self):
        """Return, for a chart with a slider or buttons, how their states are had by keyboard."""
        moves = self.figure.layout.sliders or self.figure.layout.updatemenus
        return f"<p>{html.escape(say('no_mouse'))}</p>" if moves else ""

    def _ipython_display_(self):
        display(self.figure)
        display({"text/html": self.words(), "text/plain": self.says}, raw=True)


def exhibit(
    figure: Figure,
    caption: str,
    table: pd.DataFrame,
    decimals: int = 1,
    *,
    title: str = "",
    subtitle: str = "",
    moving: dict[str, dict] | None = None,
    **numbers: float,
) -> Exhibit:
    """Show a figure under its caption, followed by its words. The figure that was given stays as it is.

    Parameters
    ----------
    figure : Figure
        What a chart form returned, or any figure of plotly's. A title or a template that it has already stays.
    caption : str
        An id of `data/captions.csv`: title (the finding), subtitle, source line, sentence, unit.
    table : DataFrame
        The data that is drawn, first column the row names.
    decimals : int
        Rounding of the printed table.
    title, subtitle : str, optional
        Your own finding and unit line instead of the caption's.
    moving : dict, optional
        {label of a step: {placeholder: value}}: the title follows the slider or the buttons, with these values in it.
    **numbers
        Values for the caption's placeholders, such as low=25.4 for "{low:.0f}".

    Raises
    ------
    DataError
        For an unknown caption, a placeholder without a number, an empty table.
    """
    row = data.load("captions", caption_id=caption).iloc[0]
    try:
        texts = [text.format(**numbers) for text in (title or row.title, subtitle or row.subtitle, row.sources, row.says)]
        titles = {label: (title or row.title).format(**{**numbers, **values}) for label, values in (moving or {}).items()}
    except KeyError as missing:
        raise DataError(fixed("the_caption_needs_a_number_for_pass", caption=caption, missing=missing)) from None
    chart = rounded(figure.to_plotly_json())
    given = chart.setdefault("layout", {}).setdefault("title", {})
    if title:
        given.pop("text", None)
    if subtitle:
        given.pop("subtitle", None)
    framed = in_frame(chart, *texts[:3])
    return Exhibit(_with_moving_title(framed, titles) if titles else framed, texts[3], table, decimals, row.unit)


def _with_moving_title(content, titles):
    """Return a figure (plotly's JSON) whose title follows its slider or its buttons.

    Raises
    ------
    DataError
        When a step has no title: it would stand under a title that is not true of it.
    """
    for moved in [*content["layout"].get("sliders", []), *content["layout"].get("updatemenus", [])]:
        for step in moved.get("steps", moved.get("buttons", [])):
            if step["label"] not in titles:
                raise DataError(fixed("the_step_has_no_title_name_its", step=step["label"]))
            first, *more = step["args"]
            changes, traces = ({first: more[0]}, more[1:]) if isinstance(first, str) else (first, more)
            step.update(method="update", args=[changes, {"title.text": titled(titles[step["label"]])}, *traces])
    return content


def extremes(table: pd.DataFrame, decimals: int = 1, unit: str = "") -> str:
    """Return one sentence with the highest and the lowest value of every numeric column and where they stand."""
    label = table.columns[0]
    parts = []
    for column in table.columns[1:]:
        values = table[column]
        if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values) or values.dropna().empty:
            continue
        top, bottom = values.idxmax(), values.idxmin()
        parts.append(
            fixed(
                "extremes",
                column=heading(column),
                high=_number(values[top], decimals, column),
                where_high=table[label][top],
                low=_number(values[bottom], decimals, column),
                where_low=table[label][bottom],
            )
        )
    return fixed("unit_of", all="; ".join(parts), unit=unit) if unit else "; ".join(parts) + "."


def as_html(table: pd.DataFrame, decimals: int = 1) -> str:
    """Return a DataFrame as a plain HTML table with header cells for rows and columns; gaps are a dash."""
    head = "".join(f'<th scope="col">{html.escape(heading(column))}</th>' for column in table.columns)
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
        return f"{value:.{decimals}f}" if column in MOMENTS else number(value, decimals)
    return html.escape(str(value))
