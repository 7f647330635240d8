"""Room and labels: what every chart form needs."""

from helpers import theme

LABEL_GAP = 18  # pixels between two labels written beside lines
KEY_MARKS = {"circle": "●", "circle-open": "○", "diamond": "◆", "diamond-open": "◇", "square": "■", "square-open": "□"}


def sized(figure, height, left=70, right=40, axis_space=48, top=0):
    """Set the height of a drawing and the room beside and below it, in pixels; `theme.frame` adds the texts."""
    return figure.update_layout(height=height, margin={"l": left, "r": right, "t": top, "b": axis_space})


def spread(wanted, gap, floor=None):
    """Return positions as near as possible to the wanted ones, in their order, at least `gap` apart.

    floor  no position lies below it: plotly draws no label outside the range of its axis
    """
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
    if floor is not None:
        placed = [max(place, floor + i * gap) for i, place in enumerate(placed)]
    result = [0.0] * len(wanted)
    for position, i in enumerate(order):
        result[i] = placed[position]
    return result


def on_top(figure, x, text, colour=theme.MUTED):
    """Write a word just above the drawing, at a place on the horizontal axis."""
    figure.add_annotation(
        x=x, y=1, yref="paper", yanchor="bottom", text=text, showarrow=False, font={"color": colour, "size": theme.SMALL_SIZE}
    )


def key_line(figure, words, label_width, above):
    """Write the marks and words of a key above the drawing, from the left edge; `above` is the distance in pixels."""
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        xshift=14 - label_width,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=above,
        text=words,
        showarrow=False,
    )


def slider(steps, active, prefix, below):
    """Return a slider for a layout: its steps, the number of the first one shown, the words before its value, pixels below the drawing."""
    return {
        "steps": steps,
        "active": active,
        "x": 0,
        "len": 1,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": below},
        "currentvalue": {"prefix": prefix, "font": {"size": theme.TEXT_SIZE}},
        "font": {"size": theme.SMALL_SIZE},
    }
