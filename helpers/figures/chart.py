"""A chart as plain data, in plotly's own words.

plotly's own Figure judges every property when it is set, 20 to 40 ms a chart: half of a lesson's time. Here the tests
let plotly judge every chart of every lesson instead, and the lesson only hands plotly's drawing part the data.
"""

import json

from helpers import theme


class Chart:
    """Traces and a layout, built with plotly's names: `add_scatter`, `add_bar`, `add_annotation`, `update_xaxes` ...

    `plotly()` gives plotly's own Figure, which knows many more methods.
    """

    def __init__(self):
        """Begin an empty chart; `data` lists the traces, `layout` is the rest."""
        self.data, self.layout = [], {}

    def add_scatter(self, **trace):
        """Add a trace of points, lines or words."""
        return self._add_trace("scatter", trace)

    def add_bar(self, **trace):
        """Add a trace of bars."""
        return self._add_trace("bar", trace)

    def _add_trace(self, kind, trace):
        self.data.append({"type": kind, **_given(trace)})
        return self

    def add_annotation(self, **words):
        """Write words into the drawing or around it."""
        self.layout.setdefault("annotations", []).append(_nested(words))
        return self

    def add_shape(self, **shape):
        """Draw a line or a rectangle (plotly's default)."""
        self.layout.setdefault("shapes", []).append(_nested(shape))
        return self

    def add_vline(self, x, **look):
        """Draw an upright line through the whole drawing."""
        return self.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="y domain", **look)

    def add_hline(self, y, **look):
        """Draw a level line through the whole drawing."""
        return self.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=y, y1=y, **look)

    def add_vrect(self, x0, x1, **look):
        """Shade the drawing from one place on the horizontal axis to another."""
        return self.add_shape(type="rect", x0=x0, x1=x1, y0=0, y1=1, yref="y domain", **look)

    def update_layout(self, **changes):
        """Change parts of the layout; what is not named stays."""
        _merge(self.layout, _nested(changes))
        return self

    def update_xaxes(self, **changes):
        """Change every horizontal axis."""
        return self._update_axes("xaxis", changes)

    def update_yaxes(self, **changes):
        """Change every vertical axis."""
        return self._update_axes("yaxis", changes)

    def _update_axes(self, kind, changes):
        for axis in [name for name in self.layout if name.startswith(kind)] or [kind]:
            _merge(self.layout.setdefault(axis, {}), _nested(changes))
        return self

    def content(self):
        """Return the chart as plotly's drawing part takes it: data and layout, with the course's template.

        Numbers have at most six decimals, so that every computer stores the same chart. Raises ValueError for a value
        that is no number, such as NaN: a gap is None.
        """
        content = {"data": self.data, "layout": {**self.layout, "template": theme.TEMPLATE}}
        text = json.dumps(content, default=lambda number: number.item(), allow_nan=False)
        return json.loads(text, parse_float=lambda number: round(float(number), 6))

    def plotly(self):
        """Return the chart as plotly's own Figure. Raises plotly's ValueError for a property that it does not know."""
        import plotly.graph_objects as go

        return go.Figure(self.content())

    def _ipython_display_(self):
        theme.show(self)


def _given(properties):
    """Return the properties that are not None."""
    return {name: value for name, value in properties.items() if value is not None}


def _nested(properties):
    """Return properties with plotly's short form `line_width=0` written out as {"line": {"width": 0}}."""
    result = {}
    for name, value in properties.items():
        first, *rest = name.split("_")
        for part in reversed(rest):
            value = {part: value}
        _merge(result, {first: value})
    return result


def _merge(old, new):
    """Lay new properties over old ones, level by level."""
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            _merge(old[name], value)
        else:
            old[name] = value
