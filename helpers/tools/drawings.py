"""A lesson's chart for paper and for a wall: without its frame, in greys that a copier keeps apart, without what gives an answer away."""

import copy
import re

from helpers import common, theme

HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
INK, PAPER = "#000000", "#FFFFFF"
LINES = (("solid", "circle"), ("dash", "square"), ("dot", "triangle-up"), ("dashdot", "diamond"), ("longdash", "x"))
SIGNS = {"circle": "●", "square": "■", "triangle-up": "▲", "diamond": "◆", "x": "✖"}
LINE_GREYS = ("#000000", "#4D4D4D", "#000000", "#6B6B6B", "#000000")
BARS = (("#333333", ""), ("#CFCFCF", ""), ("#FFFFFF", "/"), ("#FFFFFF", "x"), ("#8C8C8C", ""))
HATCHED = {"/": "▨", "x": "▩"}  # a hatched square in a key
KEY = re.compile(r'<span style="color:(#[0-9A-Fa-f]{6})">■</span>')
FILL, BAND, RULE, EDGE = "#D4D4D4", "#EFEFEF", "#D9D9D9", "#555555"
MOVING = ("sliders", "updatemenus")
LEAST = 6  # pixels of a margin
WIDTH = 0.46  # of a letter on paper, in its heights
BETWEEN = "    "  # the entries of a key
YEAR = 3.2  # heights of a letter that the label of a year takes, with its gap
NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?"


def bare(chart):
    """Return (chart, title, subtitle, sources): a stored chart without its frame, and the words of the frame as plain text.

    Sliders and buttons are left out: paper shows the first state. The chart given stays as it is.
    """
    chart = {"data": copy.deepcopy(chart["data"]), "layout": copy.deepcopy(chart["layout"])}
    layout = chart["layout"]
    title, _ = layout.pop("title", {}), layout.pop("meta", None)
    footer = next((note for note in layout.get("annotations", []) if _is_footer(note)), None)
    layout["annotations"] = [note for note in layout.get("annotations", []) if note is not footer]
    for moving in MOVING:
        layout.pop(moving, None)
    margin = layout["margin"]
    top, bottom = _above(layout), -footer["yshift"] if footer else margin["b"]
    layout["height"] -= margin["t"] - top + margin["b"] - bottom
    layout["margin"] = {**margin, "t": top, "b": bottom}
    words = (title.get("text", ""), title.get("subtitle", {}).get("text", ""), footer["text"] if footer else "")
    return chart, *(common.plain(text).strip() for text in words)


def _is_footer(note):
    """Return whether an annotation is the line of sources: below the drawing, from its edge."""
    return note.get("name") == "sources" or (note.get("yanchor") == "top" and note.get("y") == 0 and note.get("yref") == "paper")


def set_room(chart, width):
    """Give a chart the margins that its words need, and as many labels below as have room, in place.

    width  in CSS pixels
    Margins that the axes make by themselves are given up.
    """
    layout = chart["layout"]
    axes = [layout[name] for name in layout if name[1:].startswith("axis")]
    beside = [note for note in layout.get("annotations", []) if note.get("xref") == "paper" and note.get("x") == 0]
    below = [note for note in layout.get("annotations", []) if note.get("yref") == "paper" and note.get("y") == 0]
    if all(axis.get("automargin") or axis.get("visible") is False for axis in axes):
        layout["margin"] |= {"l": LEAST} if all(note.get("xshift", 0) >= 0 for note in beside) else {}
        layout["margin"] |= {"b": LEAST} if all(note.get("yanchor") == "bottom" for note in below) else {}
    for note in layout.get("annotations", []):
        note["text"] = _folded(note["text"], (width - 2 * LEAST) / layout["font"]["size"])
    layout["margin"]["t"] = _above(layout)
    for letter in "xy":  # every row and column has its name
        named = {trace.get(f"{letter}axis", letter) for trace in chart["data"] if _names(trace.get(letter))}
        for axis in named:
            layout[axis.replace(letter, f"{letter}axis")] |= {"tickmode": "linear", "dtick": 1}
    wide = width - max(layout["margin"]["l"], 2 * layout["font"]["size"]) - layout["margin"]["r"]
    for axis in (layout[name] for name in layout if name.startswith("xaxis")):
        begin, end = axis.get("domain", (0, 1))
        _fewer_labels(axis, wide * (end - begin) / layout["font"]["size"])


def _folded(text, letters):
    """Return a key in as many rows as it needs; other words as they are.

    letters  how often the height of a letter goes into the length of a row
    """
    rows = []
    for entry in text.split(BETWEEN):
        if rows and len(common.plain(rows[-1] + BETWEEN + entry)) * WIDTH <= letters:
            rows[-1] += BETWEEN + entry
        else:
            rows.append(entry)
    return "<br>".join(rows)


def _names(values):
    return isinstance(values, list) and any(isinstance(value, str) for value in values)


def _fewer_labels(axis, letters):
    """Label only some years where an axis has more labels than there is room for.

    letters  how often the height of a letter goes into its length
    """
    if "dtick" in axis and "range" in axis:
        span = axis["range"][1] - axis["range"][0]
        steps = (step for step in (1, 2, 5, 10, 20) if step >= axis["dtick"] and span / step * YEAR <= letters)
        axis["dtick"] = next(steps, axis["dtick"])
    named = [str(text) for text in axis.get("ticktext", axis.get("tickvals", []))]
    if not all(text.isdigit() for text in named):
        return
    while len(axis.get("tickvals", [])) * YEAR > letters and len(axis["tickvals"]) > 2:
        axis["tickvals"] = axis["tickvals"][::2]
        if "ticktext" in axis:
            axis["ticktext"] = axis["ticktext"][::2]


def _above(layout):
    """Return the pixels that the words above the drawing need."""
    size = layout.get("font", {}).get("size", theme.TEMPLATE["layout"]["font"]["size"])
    needed = [12]
    for note in layout["annotations"]:
        if note.get("yanchor") == "bottom" and note.get("y") == 1 and str(note.get("yref", "")).endswith(("paper", "domain")):
            lines = note["text"].count("<br>") + 1
            needed.append(note.get("yshift", 0) + lines * 1.35 * note.get("font", {}).get("size", size) + 6)
    return round(max(needed))


def sizes(node):
    """Yield every font size that a chart sets."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("font", "textfont", "tickfont") and isinstance(value, dict) and isinstance(value.get("size"), (int, float)):
                yield value["size"]
            yield from sizes(value)
    elif isinstance(node, list):
        for part in node:
            yield from sizes(part)


def smallest(chart):
    """Return the smallest font size of a chart in pixels."""
    layout = {name: part for name, part in chart["layout"].items() if name != "template"}
    return min([*sizes(chart["data"]), *sizes(layout), theme.TEMPLATE["layout"]["font"]["size"]])


def shades(chart):
    """Return how many shades the scale of a chart has: those of its cells, or of the marks of one trace."""
    scales = [trace.get("colorscale", []) for trace in chart["data"] if trace["type"] == "heatmap"]
    marks = [trace.get("marker", {}).get("color") for trace in chart["data"]]
    found = [len({shade for _, shade in scale}) for scale in scales]
    return max([0, *found, *(len(set(colours)) for colours in marks if isinstance(colours, list))])


def set_size(chart, size):
    """Set every font size of a chart, in place."""
    chart["layout"]["font"] = {**chart["layout"].get("font", {}), "size": size}
    _set_size(chart, size)


def _set_size(node, size):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("font", "textfont", "tickfont") and isinstance(value, dict):
                value["size"] = size
            _set_size(value, size)
    elif isinstance(node, list):
        for part in node:
            _set_size(part, size)


def blanked(chart, hidden):
    """Return (chart, words found): a chart whose texts have lost some words. A text that loses all is left out.

    hidden  words; "#" in them stands for any number
    """
    chart, found = copy.deepcopy(chart), set()

    def cut(text):
        for words in hidden:
            text, times = pattern(words).subn("", text)
            found.update([words] * bool(times))
        text = re.sub(r"<(b|i)>\s*</\1>", "", text)
        return re.sub(r"^(?:<br>|[\s:,;])+|(?:<br>|[\s:,;])+$", "", text)

    layout = chart["layout"]
    for note in layout.get("annotations", []):
        note["text"] = cut(note["text"])
    layout["annotations"] = [note for note in layout.get("annotations", []) if common.plain(note["text"]).strip()]
    for trace in chart["data"]:
        for name in ("text", "name"):
            if isinstance(trace.get(name), str):
                trace[name] = cut(trace[name])
            elif isinstance(trace.get(name), list):
                trace[name] = [cut(text) if isinstance(text, str) else text for text in trace[name]]
    for axis in (layout[name] for name in layout if name[1:].startswith("axis")):
        if "ticktext" in axis:
            axis["ticktext"] = [cut(text) for text in axis["ticktext"]]
    return chart, found


def pattern(words):
    """Return the pattern of some words in which "#" stands for any number."""
    return re.compile(NUMBER.join(re.escape(part) for part in words.split("#")))


def texts(chart):
    """Return all words that a chart draws, as plain text."""
    layout, found = chart["layout"], []
    found += [note["text"] for note in layout.get("annotations", [])]
    for trace in chart["data"]:
        if "text" in trace.get("mode", "") or trace["type"] == "bar" or "texttemplate" in trace:
            found += [trace["text"]] if isinstance(trace.get("text"), str) else trace.get("text", [])
    for axis in (layout[name] for name in layout if name[1:].startswith("axis")):
        found += axis.get("ticktext", [])
        found += [axis["title"]["text"]] if axis.get("title", {}).get("text") else []
    return [common.plain(str(text)) for text in found if text]


def in_greys(chart):
    """Return a chart in blacks and greys that stay apart on a copier: lines by dash and mark, bars by shade and hatching.

    A line's label begins with its mark.
    """
    chart, looks = copy.deepcopy(chart), {}
    bars = _bar_looks(chart["data"])
    signs = {}
    for trace in chart["data"]:
        if trace["type"] == "bar":
            _grey_bar(trace, bars)
        elif trace["type"] == "scatter" and trace.get("fill", "none") != "none":
            trace["fillcolor"] = FILL
        elif trace["type"] == "scatter" and "lines" in trace.get("mode", "lines"):
            sign = _grey_line(trace, looks)
            if sign:
                signs[trace.get("name")] = sign
    for note in chart["layout"].get("annotations", []):
        if note["text"] in signs:
            note["text"] = f"{signs[note['text']]} {note['text']}"
        note["text"] = KEY.sub(lambda found: _key(found[1], bars), note["text"])
        if "font" in note:
            note["font"]["color"] = _letters(note["font"].get("color", INK))
    for shape in chart["layout"].get("shapes", []):
        if "fillcolor" in shape:
            shape["fillcolor"] = BAND
        if shape.get("line", {}).get("color"):
            shape["line"]["color"] = EDGE
    return _greyed(chart)


def _grey_line(trace, looks):
    """Give a line its dash and its marks, the same for the same colour; return the sign of its marks, "" without any."""
    line = trace.setdefault("line", {})
    if line.get("dash", "solid") != "solid" and "markers" not in trace.get("mode", "lines"):
        line |= {"color": INK, "width": 2}
        return ""
    colour = line.get("color", INK)
    place = looks.setdefault((colour, line.get("dash", "solid")), len(looks)) % len(LINES)
    dash, symbol = LINES[place]
    line |= {"color": LINE_GREYS[place], "dash": line["dash"] if line.get("dash", "solid") != "solid" else dash, "width": 2}
    if "markers" not in trace.get("mode", "lines"):
        return ""
    marker = trace.setdefault("marker", {})
    marker |= {"symbol": symbol, "size": 7, "color": LINE_GREYS[place], "line": {"color": LINE_GREYS[place], "width": 1}}
    return SIGNS[symbol]


def _bar_looks(traces):
    """Return {colour: (grey, hatching)} of all bars, the darkest first; no hatching under words, pale bars under a line."""
    colours = []
    for trace in traces:
        if trace["type"] == "bar":
            colour = trace.get("marker", {}).get("color", INK)
            colours += colour if isinstance(colour, list) else [colour]
    dark_first = sorted(dict.fromkeys(colours), key=_light)
    if len(dark_first) == 1 and any("lines" in trace.get("mode", "") for trace in traces):
        return {dark_first[0]: BARS[1]}
    worded = any(trace["type"] == "bar" and trace.get("textposition") == "inside" for trace in traces)
    looks = {colour: BARS[place % len(BARS)] for place, colour in enumerate(dark_first)}
    return {colour: (shade, "" if worded else hatching) for colour, (shade, hatching) in looks.items()}


def _key(colour, looks):
    """Return the sign of a bar's colour in a key: its shade, or hatched as the bars are."""
    shade, hatching = looks.get(colour, (colour, ""))
    sign, shade = (HATCHED[hatching], INK) if hatching else ("□", INK) if shade == PAPER else ("■", shade)
    return f'<span style="color:{shade}">{sign}</span>'


def _grey_bar(trace, looks):
    marker = trace.setdefault("marker", {})
    colour = marker.get("color", INK)
    each = [looks[one] for one in colour] if isinstance(colour, list) else [looks[colour]]
    shades, shapes = [shade for shade, _ in each], [shape for _, shape in each]
    one = not isinstance(colour, list)
    trace["constraintext"] = "none"
    marker |= {
        "color": shades[0] if one else shades,
        "line": {"color": INK, "width": 1},
        "pattern": {"shape": shapes[0] if one else shapes, "fgcolor": INK, "size": 6, "solidity": 0.25},
    }


def _greyed(node):
    """Return part of a chart with every colour that is left as a grey of the same lightness."""
    if isinstance(node, dict):
        return {name: _greyed(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_greyed(value) for value in node]
    return HEX.sub(lambda colour: _grey(colour.group()), node) if isinstance(node, str) else node


def _grey(colour):
    level = round(255 * _light(colour))
    return f"#{level:02X}{level:02X}{level:02X}"


def _light(colour):
    """Return how light "#RRGGBB" looks, 0 to 1; the name of a colour counts as black."""
    if not HEX.fullmatch(colour):
        return 0.0
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def _letters(colour):
    """Return black for letters, white for those that stand on a dark ground."""
    return PAPER if _light(colour) > 0.9 else INK
