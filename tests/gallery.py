"""Every chart form once, with data that is hard to draw: long names, marks that stand close, gaps, large numbers."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import data, figures, theme

BLUE, RUST, GREEN, VIOLET = theme.METHODS
MOSCOW, BEIJING, PYONGYANG = (theme.ACTORS[name] for name in ("Moscow", "Beijing", "Pyongyang"))
YEARS = list(range(1950, 1971))


def counts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": YEARS,
            "early": [None if year > 1958 else 1000.0 + 37 * (year - 1950) for year in YEARS],
            "late": [None if year < 1957 else 400.0 + 5 * (year - 1957) for year in YEARS],
            "all": [300.0 + 60 * (year - 1950) if year != 1961 else None for year in YEARS],
        }
    )


def trend() -> Figure:
    looks = {
        "early": ("Records of importers", BLUE, "dots"),
        "late": ("claimed later", RUST, "hollow"),
        "all": ("Total: 1,500", GREEN, "line"),
    }
    return figures.trend(
        counts(), looks=looks, y_range=(0, 9000), marks=[(1956.2, "the speech"), (1957.1, "the accord")], band=(1959.5, 1962.5, "famine")
    )


def trend_pointing() -> Figure:
    looks = {"early": ("Records: 1,259 in 1957", BLUE, "line"), "all": ("Total: 720 in 1957", BEIJING, "dash")}
    return figures.trend(counts(), looks=looks, y_range=(0, 1800), label_at=(1957, 1962))


def steps() -> Figure:
    table = pd.DataFrame({"when": [1953.2, 1957.8, 1960.5, 1963.5, 1969.9], "ours": [2, 9, 4, -7, -21], "yours": [2, 9, 4, -8, -22]})
    looks = {"ours": ("our scores", BLUE, "under"), "yours": ("your scores", RUST)}
    return figures.steps(
        table,
        looks=looks,
        y_range=(-28, 14),
        x_range=(1953, 1970),
        marks=[(1957.8, "accord"), (1960.55, "experts"), (1963.5, "Open Letter")],
    )


def subtraction() -> Figure:
    rate = pd.Series({year: 45.0 if year == 1960 else 20.0 + (year % 3) for year in range(1954, 1967)})
    lines = {
        name: pd.Series({year: level for year in range(1958, 1962)})
        for name, level in (("level of 1957", 18), ("mean of 1957 and 1962", 16))
    }
    return figures.subtraction(rate, lines, dict.fromkeys(lines, 25.3), colour=BLUE, y_range=(0, 48))


def panels() -> Figure:
    lines = {"early": ("Soviet Union", MOSCOW, "line"), "all": ("China", BEIJING, "line")}
    bars = {"all": ("", theme.GREYS[1], "bars")}
    parts = [
        ("Protection from state violence (a score; a higher one is safer)", counts(), lines, (0, 5000)),
        ("Nuclear tests a year", counts(), bars, (0, 2000)),
    ]
    return figures.panels(
        parts,
        x_range=(1949.4, 1970.6),
        marks=[(1956.1, "the speech"), (1957.2, "a second"), (1963.6, "treaty")],
        band=(1958.5, 1960.5, "pause"),
    )


def bars() -> Figure:
    table = pd.DataFrame({"year": list(range(1953, 1967)), "value": [45.7, -45.5, *range(44, 32, -1)]})
    return figures.bars(
        table, colour=BLUE, y_range=(-56, 90), decimals=1, highlight=[1957, 1960], mark=(1960.55, "July 1960: recall of the Soviet experts")
    )


def grouped_bars() -> Figure:
    table = pd.DataFrame({"period": ["1956-60", "1961-65", "1966-70", "1971-75"], "a": [1964, 0, 300, 20], "b": [1400, 900, 10, 15]})
    return figures.grouped_bars(
        table, looks={"a": ("1957 alone", MOSCOW), "b": ("other years of the five", theme.GREYS[2])}, y_range=(0, 5000), stacked=True
    )


def split_bars() -> Figure:
    bar = pd.DataFrame(
        {"where": ["harvested", "brigade", "commune", "prefecture"], "taken": [52.0, None, None, None], "paper": [148.2, 227, 258, 332]}
    )
    frames = {"0 percent": bar, "13.5 percent": bar.assign(paper=[148.2, 300, 350, 375])}
    looks = {"taken": ("taken", BEIJING, "solid"), "paper": ("", theme.GREYS[1], "open")}
    return figures.split_bars(frames, looks=looks, start="0 percent", prefix="Each office adds: ")


def dated() -> Figure:
    rows = [
        (1950.5, 350, "counted", "350, ministry", "above"),
        (1950.5, 338, "doubtful", "338, essay, corrected", "right"),
        (1955.5, 1456, "counted", "1,456, import records", "left"),
        (1955.6, 1574, "counted", "1,574, import records", "left"),
        (1957.5, 1356, "doubtful", "more than 1,356, the end of December 1957", "right"),
    ]
    table = pd.DataFrame(rows, columns=["when", "value", "kind", "text", "side"])
    looks = {"counted": (BEIJING, "circle", "counted"), "doubtful": (BEIJING, "circle-open", "not confirmed")}
    return figures.dated(
        table,
        looks=looks,
        y_range=(0, 4000),
        x_range=(1950, 1959),
        marks=[(1955.6, "31 July 1955: Mao")],
        bands=[(1951, 1954, "not seen: in Soviet yearbooks")],
    )


def periods() -> Figure:
    table = pd.DataFrame(
        {"first": [1959, 1961, 1967], "last": [1959, 1966, 1967], "value": [3.7, 19.8, 30.4], "text": ["3.7", "19.8 on average", "30.4"]}
    )
    return figures.periods(table, colour=PYONGYANG, y_range=(0, 60), x_range=(1958.4, 1969.6), marks=[(1962.9, "plenum of December 1962")])


def timeline() -> Figure:
    rows = [(1953.2, "Moscow", "Stalin dies", "1"), (1956.15, "Moscow", "the speech", "1"), (1956.3, "Moscow", "a reply", "2")]
    rows += [(1956.2 + place / 100, "Beijing", f"note {place}", "2") for place in range(6)]
    events = pd.DataFrame(rows, columns=["when", "lane", "title", "group"])
    labels = [
        ("Stalin dies", "Stalin dies", 0, -20),
        ("the speech", "the secret speech", 0, -20),
        ("a reply", "a long reply to it", 0, -20),
    ]
    colours = {"1": theme.LESSONS["1"], "2": theme.LESSONS["2"]}
    return figures.timeline(
        events, lanes=["Moscow", "Beijing"], x_range=(1952, 1962), colours=colours, labels=labels, numbered=True, marks=[(1960.5, "recall")]
    )


def tracks() -> Figure:
    rates = pd.DataFrame({"year": range(1957, 1964), "value": [10.8, 12, 14.6, 25.4, 14.2, 10, 10]})
    events = pd.DataFrame(
        {
            "when": [1958.6, 1959.6, 1962.1],
            "title": ["Resolution on people's communes", "Eighth plenum condemns Peng Dehuai", "Conference of seven thousand cadres"],
            "kind": ["push", "push", "end"],
        }
    )
    return figures.tracks(rates, events, colour=theme.GREYS[1], looks={"push": (RUST, "circle"), "end": (BLUE, "diamond")}, y_range=(0, 60))


def dumbbell() -> Figure:
    table = pd.DataFrame(
        {"who": ["Embassy: in China, July", "Went home, by the Chinese count"], "low": [1292.0, 1390.0], "high": [None, 3000.0]}
    )
    looks = {"low": ("count, or lower end", theme.INK, "circle"), "high": ("upper end", theme.INK, "circle-open")}
    return figures.dumbbell(table, looks=looks, x_range=(0, 9000), decimals=0, x_title="persons", show_values=True)


def amounts() -> Figure:
    table = pd.DataFrame(
        {
            "row": ["1954", "Chinese count of the recalled, 1960", "1955-59", "Eastern Europe"],
            "value": [33.0, 20000.0, None, None],
            "low": [None, None, None, 304.0],
            "high": [None, None, None, 4000.0],
            "look": ["said", "said", "said", "open"],
            "text": ["about a third, says the source", "or more", "no sum seen: half of the debt, by one weak source", "reported"],
        }
    )
    return figures.amounts(table, looks={"said": (BEIJING, "solid"), "open": (MOSCOW, "open")}, x_range=(0, 90000))


def spans() -> Figure:
    table = pd.DataFrame(
        {
            "row": ["Moscow: alliance", "Moscow: alliance", "Debt relief", "Debt relief", "Debt relief"],
            "start": [1961.5, 2024.5, 1960.6, 1969.9, 2014.5],
            "end": [1996.7, None, 1960.7, 1970.0, 2014.6],
            "kind": ["pact", "pact", "other", "other", "other"],
            "text": ["1996", "in force", "1960", "1969", "2014"],
        }
    )
    return figures.spans(
        table, x_range=(1958, 2027), looks={"pact": (MOSCOW, "solid"), "other": (MOSCOW, "open")}, marks=[(1991.9, "the Soviet Union ends")]
    )


def forest() -> Figure:
    rows = data.load("famine_deaths", place="China").dropna(subset=["low", "central", "high"], how="all")
    return figures.forest(rows[rows["independent"] | (rows["depends_on"] != "")], x_range=(0, 150))


def strips() -> Figure:
    table = pd.DataFrame(
        {"party": ["North Korea", "Romania"], 1960: ["between", ""], 1961: ["with Beijing", ""], 1962: ["", "leans to Moscow"]}
    )
    looks = {"with Beijing": (BEIJING, "B"), "between": (theme.GREYS[1], "="), "leans to Moscow": (MOSCOW, "m")}
    return figures.strips(table, colours=looks)


def matrix() -> Figure:
    names = ["A report of the time that names Jiang Qing as the speaker", "Paper Dongfanghong, 1967", "A leaflet, in any language"]
    table = pd.DataFrame({"text": names, "revisionist": ["yes", "no", "not found"], "fat": ["no", "yes", "not found"]})
    looks = {"yes": (theme.INK, "circle", "● stands in it"), "no": (theme.GREYS[2], "circle-open", "○ not in the part seen")}
    return figures.matrix(table, looks=looks, band="not found")


def tile_maps() -> Figure:
    table = data.load("province_death_rates", year=range(1957, 1963))
    return figures.tile_maps(table, data.load("tiles"), years=range(1957, 1963), large=1960, unit="per 1000", highlight=["Anhui", "Gansu"])


def locator_map() -> Figure:
    places = data.load("places", kind="capital").iloc[:8]
    places = places.assign(actor=places["name"].where(places["name"].isin(theme.ACTORS)), text=places["name"] + ", 20–25 June")
    links = pd.DataFrame({"one": ["Moscow", "Moscow"], "other": ["Beijing", "Pyongyang"], "kind": "pact", "bend": [0, 0.1]})
    links = links.assign(text=["treaty of alliance", ""])
    areas = {"Soviet Union": (95, 63), "China": (100, 33)}
    looks = {"pact": (theme.INK, 3, "solid")}
    return figures.locator_map(places, data.load("land"), areas=areas, links=links, looks=looks, actors=list(theme.ACTORS))


def paths() -> Figure:
    positions = data.load("party_alignments").rename(columns={"party": "actor"})
    columns = {-2: ("with Beijing", BEIJING), -1: ("leans to Beijing", BEIJING), 0: ("between", theme.GREYS[1])}
    columns |= {1: ("leans to Moscow", MOSCOW), 2: ("with Moscow", MOSCOW)}
    return figures.paths(positions, columns=columns, movers={"North Korea": (PYONGYANG, 0.28), "North Vietnam": (VIOLET, 0.42)})


def volley() -> Figure:
    rows = [(1962.87, "Beijing", True, "mocks Moscow", "left"), (1962.95, "Moscow", True, "Khrushchev's<br>compliment", "left")]
    rows += [(1963.2 + place / 15, "Beijing", place % 2 > 0, str(place) if place > 2 else "", "center") for place in range(9)]
    rows += [(1963.53, "Moscow", True, "Open Letter", "center"), (1964.9, "Beijing", True, "Why Khrushchev Fell", "right")]
    shots = pd.DataFrame(rows, columns=["when", "side", "far", "text", "align"])
    shots = shots.assign(known=shots["when"] != 1963.2, tip=shots["text"], lift=0)
    return figures.volley(shots, sides={"Moscow": MOSCOW, "Beijing": BEIJING}, x_range=(1962.76, 1965.0))


FORMS = [
    trend,
    trend_pointing,
    steps,
    subtraction,
    panels,
    bars,
    grouped_bars,
    split_bars,
    dated,
    periods,
    timeline,
    tracks,
    dumbbell,
    amounts,
    spans,
    forest,
    strips,
    matrix,
    tile_maps,
    locator_map,
    paths,
    volley,
]


def framed(form) -> dict:
    """Return a form of the gallery with a long title, unit line and sources, as plotly's JSON."""
    title = "By one handbook aid fell from about a third of state income to less than 3 percent in six years"
    unit = "Foreign aid as a share of state revenue, percent. One handbook, copied on the web; the years between were not seen"
    sources = "Library of Congress Country Study: North Korea (1993/94), as copied on the web. One text, two points."
    return figures.frame(form(), title, unit, sources).to_plotly_json()
