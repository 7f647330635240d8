"""Published estimates one below the other, and the table behind them."""

import re
from collections.abc import Mapping

import pandas as pd
from plotly.graph_objects import Figure

from helpers import data, theme
from helpers.common import bounded, escape
from helpers.figures.axes import reach, value_axis
from helpers.figures.given import need, need_looks
from helpers.figures.layout import EDGE, GAP, drawn, key, note
from helpers.figures.letters import number, width
from helpers.figures.stack import beside, stack
from helpers.sentences import fixed, heading

METHOD_LOOKS = {
    "reconstruction": (theme.METHODS[0], "circle"),
    "register-based": (theme.INK, "square"),
    "local gazetteers": (theme.METHODS[2], "diamond"),
    "party archives": (theme.METHODS[3], "triangle-up"),
    "econometric": (theme.GREYS[0], "star"),
    "survey or refugee interviews": (theme.METHODS[2], "hexagon"),
    "official": (theme.METHODS[1], "triangle-down"),
    "summary": (theme.GREYS[1], "circle"),
    "not stated": (theme.GREYS[1], "x"),
}
WHO = (("●", fixed("the_authors_own_count")), ("○", fixed("leans_on_another")), ("✖", fixed("method_not_seen")))
SCALE = 26  # pixels above the drawing for the axis of a telephone
DIGITS = "\u2007"  # a space as wide as a digit
AT_LEAST = ("at least", "more than")
SHORT = {"Ashton, Hill, Piazza and Zeitz": fixed("ashton_and_others"), "Houser, Sands and Xiao": fixed("houser_and_others")}


def estimate_label(row) -> str:
    """Return how an estimate is named in a figure: author, shortened, and year. `row` is a row of `famine_deaths`."""
    name = row.author.split(",")[0] if "," in row.author and " and " not in row.author else row.author
    name = SHORT.get(row.author, name)
    return name if pd.isna(row.year_published) else f"{name} {int(row.year_published)}"


def estimate_table(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the table behind a forest plot: author, period, low, central, high, bound, method, whose estimate it leans on."""
    names = {row.estimate_id: estimate_label(row) for row in data.load("famine_deaths").itertuples()}
    rows = [
        (
            estimate_label(row),
            _period(row),
            row.low,
            row.central,
            row.high,
            row.bound or "",
            row.method_kind,
            "" if row.independent or row.method_kind == "not stated" else _leans_on(row, names),
        )
        for row in sorted(estimates.itertuples(), key=_centre, reverse=True)
    ]
    return pd.DataFrame(rows, columns=["estimate", "years", "low", "central", "high", "bound", "method", "leans on"])


def _leans_on(row, names):
    """Return the estimates that one leans on, by name."""
    return ", ".join(names[one] for one in data.split_list(row.depends_on)) or fixed("another_not_named")


def _period(row):
    if pd.isna(row.year) and pd.isna(row.year_end):
        return fixed("not_stated")
    first, last = ("?" if pd.isna(value) else str(int(value)) for value in (row.year, row.year_end))
    return f"{first}-{last[-2:]}"


def forest(
    table: pd.DataFrame,
    *,
    x_range: tuple[float, float],
    label_width: float = 240,
    tick: float | None = None,
    methods: Mapping[str, str] | None = None,
    apart: str | None = None,
    alike: str | None = None,
) -> Figure:
    """Draw published estimates one below the other: a mark for the central value, a bar from low to high.

    Parameters
    ----------
    table : DataFrame
        Rows of `famine_deaths`, in millions. Sorted by size; "at least" gets an arrow, an estimate that leans on
        another a hollow mark; colour and shape tell the method (`METHOD_LOOKS`).
    x_range : (float, float)
        Low and high end of the axis, millions of people.
    label_width : float
        Pixels for the names.
    tick : float, optional
        Millions between two labels of the axis.
    methods : mapping, optional
        Plain words for the methods: {"reconstruction": "rebuilt from several counts"}.
    apart : str, optional
        A column; where its value changes from one row to the next, a gap is left.
    alike : str, optional
        One colour for all marks, which then tell only who counted: full, hollow for an estimate that leans on another,
        a cross where no method was seen. The names of those who counted themselves are numbered; a key says how many
        of each there are: on a telephone above the drawing, else in its lower right corner, so the last rows must be short.

    Raises
    ------
    DataError
        For a column that is not there, a table without rows, a method without a look, or text where numbers belong.
    """
    extra = [apart] if apart else []
    need(table, "author", "method_kind", "independent", "bound", *extra, numbers=["low", "central", "high", "year_published"])
    need_looks(table, "method_kind", METHOD_LOOKS)
    given = sorted(table.itertuples(), key=_centre, reverse=True)
    page, by_id = theme.page(), {row.estimate_id: estimate_label(row) for row in data.load("famine_deaths").itertuples()}
    names = [escape(estimate_label(row)) for row in given]
    rows = stack(_numbered(given, names, alike) if alike else names, 27, label_width, breaks=_changes(given, apart))
    top = reach(x_range, [_right(row) for row in given], 1.05)[1]
    low, room = float(x_range[0]), page.width - rows.left - EDGE
    said = {**{method: method for method in METHOD_LOOKS}, "not stated": fixed("method_not_seen"), **(methods or {})}
    looks = METHOD_LOOKS if alike is None else {method: _alike(method, alike) for method in METHOD_LOOKS}
    words = [_words(row, page.narrow, by_id, said) for row in given]
    ends = [((_right(row) - low) / (top - low), width(text) + _shift(row) - GAP) for row, text in zip(given, words)]
    plot = beside(ends, room)
    placed = list(zip(given, rows.places, names))
    methods_key, above = _key_of(given, said, rows.left, alike, room - plot)
    traces = [_range(row, place, looks) for row, place, _ in placed if pd.notna(row.low) and pd.notna(row.high)]
    by_method = {method: [spot for spot in placed if spot[0].method_kind == method] for method in METHOD_LOOKS}
    return drawn(
        traces + [_marks(picked, looks[method]) for method, picked in by_method.items() if picked],
        rows.height,
        left=rows.left,
        right=EDGE + room - plot,
        top=above,
        notes=rows.notes + methods_key + _beside(placed, words, looks) + _at_the_foot(low, top, tick),
        below=34 if tick or not page.narrow else 8,
        xaxis=value_axis(low, top, showline=True, side="top" if page.narrow else "bottom", **({"dtick": tick} if tick else {"nticks": 5})),
        yaxis=rows.axis,
    )


def _at_the_foot(low, top, tick):
    """Return the numbers of the axis once more: on a telephone it stands above, and the last rows are a screen away."""
    steps = int((top - low) / tick) if tick and theme.page().narrow else -1
    return [note(number(low + step * tick), low + step * tick, 0, theme.MUTED, yref="paper", yanchor="top") for step in range(steps + 1)]


def _changes(rows, column):
    """Return the places where the value of a column changes from one row to the next; none without a column."""
    values = [getattr(row, column) for row in rows] if column else []
    return [place for place, pair in enumerate(zip(values, values[1:]), 1) if pair[0] != pair[1]]


def _numbered(rows, names, colour):
    """Return the names of rows; those of authors who counted themselves have a number before them."""
    own, numbered, narrow = 0, [], theme.page().narrow
    for row, head in zip(rows, names):
        own += (alone := _who(row) == 0)
        sign = str(own) if alone else ""
        numbered.append(f"{sign} {head}".strip() if narrow else f'<span style="color:{colour}">{sign:{DIGITS}>2}</span> {head}')
    return numbered


def _who(row):
    """Return the place in `WHO` of an estimate."""
    return 2 if row.method_kind == "not stated" else int(not row.independent and bool(row.depends_on))


def _key_of(rows, said, left, alike, beside):
    """Return the key, of the methods or of who counted, and the pixels that it takes above the drawing."""
    narrow, counts = theme.page().narrow, [sum(_who(row) == place for row in rows) for place in range(len(WHO))]
    if alike:
        colours = (alike, alike, METHOD_LOOKS["not stated"][0])
        words = [(sign, f"{text}: {count}", colour) for (sign, text), count, colour in zip(WHO, counts, colours) if count]
        return key(words, left, SCALE) if narrow else ([_in_the_corner(words, beside)], 0)
    looks = {row.method_kind: METHOD_LOOKS[row.method_kind] for row in rows}
    return key([(symbol, said[method], colour) for method, (colour, symbol) in looks.items()], left, SCALE) if narrow else ([], 0)


def _in_the_corner(words, beside):
    """Return a key in the lower right corner, so many pixels right of the drawing."""
    text = "<br>".join(f'<span style="color:{theme.ink(colour)}">{sign} {words}</span>' for sign, words, colour in words)
    at = {"xref": "paper", "xanchor": "right", "xshift": beside, "yref": "paper", "yanchor": "bottom"}
    return note(text, 1, 0, align="left", **at)


def _alike(method, colour):
    """Return the look of a method where the marks tell only who counted."""
    return METHOD_LOOKS[method] if method == "not stated" else (colour, "circle")


def _beside(placed, words, looks):
    """Return the arrows of the estimates without an upper end, and the words behind each estimate."""
    arrows = [_arrow(row, place, looks) for row, place, _ in placed if row.bound in AT_LEAST]
    return arrows + [
        note(text, _right(row), place, looks[row.method_kind][0], xanchor="left", xshift=_shift(row))
        for (row, place, _), text in zip(placed, words)
    ]


def _range(row, place, looks):
    """Return the bar from the low to the high end of an estimate."""
    return {
        "type": "scatter",
        "x": [row.low, row.high],
        "y": [place, place],
        "mode": "lines",
        "line": {"color": looks[row.method_kind][0], "width": 8},
        "hoverinfo": "skip",
    }


def _marks(picked, look):
    """Return the marks of all estimates of one method."""
    colour, symbol = look
    return {
        "type": "scatter",
        "x": [_centre(row) for row, _, _ in picked],
        "y": [place for _, place, _ in picked],
        "mode": "markers",
        "cliponaxis": False,
        "marker": {
            "color": [colour if row.independent or not row.depends_on else theme.PAPER for row, _, _ in picked],
            "symbol": symbol,
            "size": 12,
            "line": {"color": colour, "width": 2},
        },
        "text": [_tip(row, name) for row, _, name in picked],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _tip(row, name):
    """Return what hovering over an estimate tells: who, how many, which years, how, and on whom it leans."""
    told = "estimate_tip" if row.independent else "estimate_tip_leans"
    return fixed(told, name=name, range=_range_text(row), years=_period(row), method=heading(row.method_kind))


def _words(row, narrow, names, methods):
    """Return what is written beside an estimate: its numbers and, where there is room, its method or on whom it leans."""
    how = _leaning(row, names) or methods[row.method_kind]
    return f"<b>{_range_text(row)}</b>" + ("" if narrow else f"  {how}")


def _leaning(row, names):
    """Return the words that tell on whom an estimate leans; none if it leans on no other."""
    if row.independent or not row.depends_on:
        return ""
    return fixed("leans_on", whom=_leans_on(row, {name: re.sub(" [0-9]+$", "", label) for name, label in names.items()}))


def _shift(row):
    """Return the pixels from an estimate's mark to its words; the arrow of one without an upper end stands between."""
    return 44 if row.bound in AT_LEAST else 12


def _arrow(row, place, looks):
    """Return the arrow of an estimate that has no upper end."""
    return {
        "x": _right(row),
        "y": place,
        "ax": 38,
        "ay": 0,
        "text": "",
        "showarrow": True,
        "arrowside": "start",
        "startarrowhead": 2,
        "arrowhead": 0,
        "arrowwidth": 2,
        "arrowcolor": looks[row.method_kind][0],
        "standoff": 9,
    }


def _right(row):
    """Return where an estimate's drawing ends at the right."""
    return float(row.high) if pd.notna(row.high) else _centre(row)


def _centre(row):
    """Return where an estimate's mark stands: its central value, else the end that is given (never a mean of our own)."""
    return float(next(value for value in (row.central, row.low, row.high) if pd.notna(value)))


def _range_text(row):
    numbers = [number(value, None) for value in (row.low, row.central, row.high) if pd.notna(value)]
    if row.bound and pd.notna(row.bound):
        return bounded(row.bound, numbers[0])
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else numbers[0]
