"""The pictures of the start page: labels, colours and places, so that its cells hold only the history."""

from math import asin, cos, radians, sin, sqrt

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import when
from helpers.figures.dots import dated
from helpers.figures.events import timeline
from helpers.figures.layout import note, shade
from helpers.figures.maps import EARTH, locator_map

CAPITALS = ["Moscow", "Beijing", "Pyongyang"]
STATES = {"Soviet Union": (90, 62), "China": (101, 32)}
LANES = [*CAPITALS, "World"]
CROWDED = (1955, 1969)

# The dots of the timeline whose words are written out: (title of the event, words, pixels to the right, pixels down).
WRITTEN_OUT = [
    ("Stalin dies", "Stalin dies", 18, 34),
    ("Khrushchev's secret speech on Stalin", "secret speech", 0, -52),
    ("Khrushchev withdraws the missiles from Cuba", "missiles leave Cuba", 40, 36),
    ("Khrushchev removed from power", "Khrushchev falls", 84, -18),
    ("Soviet-led troops occupy Czechoslovakia", "troops in Prague", 10, 34),
    ("Soviet troops enter Afghanistan", "troops in Afghanistan", 0, 34),
    ("Gorbachev in Beijing", "Gorbachev in Beijing", -60, -34),
    ("State takes over the grain trade", "grain monopoly", 24, 34),
    ("Resolution on people's communes", "communes", -40, -40),
    ("First Chinese atomic test", "atomic bomb", 10, -40),
    ("Notification of 16 May opens the Cultural Revolution", "Cultural Revolution", 165, -34),
    ("Fighting on the Ussuri", "border clash", 50, -30),
    ("China attacks Vietnam", "war with Vietnam", 0, -34),
    ("China recognises South Korea", "China recognises Seoul", -70, -34),
    ("Kim speaks of Juche", "Juche speech", -10, 34),
    ("Kim asks Moscow for free weapons", "Kim asks for weapons", 82, 62),
    ("USS Pueblo captured", "USS Pueblo", 62, -32),
    ("Kim's public return to Beijing", "Kim back in Beijing", 0, 34),
    ("Pyongyang accepts separate UN seats", "yes to two UN seats", -40, -34),
    ("Armistice ends the fighting in Korea", "armistice in Korea", 46, -34),
    ("Geneva summit", "Geneva summit", 0, 34),
    ("Partial Test Ban Treaty signed", "test ban", 54, -14),
    ("Nixon announces a visit to Beijing", "Nixon will visit", 0, -34),
    ("Saigon falls", "Saigon falls", 20, 34),
    ("Both Koreas join the United Nations", "both Koreas in the UN", -74, -24),
]

ON_A_TELEPHONE = {  # there is room for some
    *("Stalin dies", "Khrushchev falls", "troops in Prague", "troops in Afghanistan"),
    *("Cultural Revolution", "border clash", "war with Vietnam", "China recognises Seoul"),
    *("USS Pueblo", "Kim back in Beijing", "yes to two UN seats"),
    *("armistice in Korea", "Nixon will visit", "both Koreas in the UN"),
}


def capitals(places: pd.DataFrame, land: pd.DataFrame, distances: pd.Series) -> Figure:
    """Draw the three capitals on the land of their states, with the distances from Pyongyang to the others.

    Parameters
    ----------
    places, land : DataFrames
        The tables of these names.
    distances : Series
        Kilometres from Pyongyang; index the names of the others.
    """
    spots = places[places["name"].isin(CAPITALS)]
    spots = spots.assign(actor=spots["name"], side=spots["name"].map({"Moscow": "above", "Beijing": "left", "Pyongyang": "above right"}))
    links = pd.DataFrame({"one": "Pyongyang", "other": distances.index, "kind": "way", "text": ""})
    if not theme.page().narrow:
        links["text"] = [f"about {distance:,.0f} km" for distance in distances]
    links["bend"], links["side"] = (
        links["other"].map({"Moscow": 0.06, "Beijing": 0.2}),
        links["other"].map({"Moscow": "above", "Beijing": "right"}),
    )
    looks = {"way": (theme.INK, 1.5, "dot")}
    return locator_map(spots, land, centre=(84, 51), across=9800, areas=STATES, links=links, looks=looks)


def kilometres(places: pd.DataFrame, home: str, others: list) -> pd.Series:
    """Return the shortest way over the globe from one place to others, in kilometres, rounded to hundreds.

    Parameters
    ----------
    places : DataFrame
        The table `places`.
    home, others : str, list of str
        Names of places.
    """
    spots = places.set_index("name")[["latitude", "longitude"]].map(radians)
    (here, east), found = spots.loc[home], {}
    for name in others:
        there, west = spots.loc[name]
        half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin((west - east) / 2) ** 2
        found[name] = round(2 * EARTH * asin(sqrt(half)), -2)
    return pd.Series(found)


def clock(events: pd.DataFrame) -> Figure:
    """Draw events in four lanes, a dot each with the number of the lesson to whose story it belongs; the crowded years are shaded.

    Parameters
    ----------
    events : DataFrame
        Rows of `events`: date, lane, title, lessons.
    """
    dots = events.assign(when=events["date"].map(when), group=events["lane"], hover=events["date"] + ": " + events["title"])
    dots["sign"] = events["lessons"].str.extract("0([1-8])")[0]
    colours = {lane: theme.ACTORS.get(lane, theme.GREYS[0]) for lane in LANES}
    labels = [label for label in WRITTEN_OUT if label[1] in ON_A_TELEPHONE] if theme.page().narrow else WRITTEN_OUT
    chart = timeline(dots, lanes=LANES, x_range=(1952, 1994), colours=colours, row_height=125, labels=labels, numbered=True)
    first, last = CROWDED
    return chart.add_shape(shade(first, last + 1))


def marks(grain: pd.DataFrame) -> Figure:
    """Draw harvests as they were counted, claimed, planned or guessed from outside, with how far claim and count lie apart.

    Parameters
    ----------
    grain : DataFrame
        Columns year, value (million tonnes) and status (official, claimed, target or estimate).
    """
    said = {"claimed": "claimed ", "target": "planned ", "estimate": "US estimate ", "official": ""}
    table = pd.DataFrame({"when": grain["year"] + 0.5, "value": grain["value"], "kind": grain["status"].replace("target", "claimed")})
    table["text"] = grain["status"].map(said) + (grain["value"] + 0.5).astype(int).astype(str)
    table["side"] = ((grain["status"] == "official") & (grain["year"] == 1958)).map({True: "below", False: "right"})
    looks = {
        "official": (theme.ACTORS["Beijing"], "circle", "full: the statistics bureau's series"),
        "claimed": (theme.ACTORS["Beijing"], "circle-open", "hollow: claimed or planned"),
        "estimate": (theme.GREYS[0], "diamond", "full: its author's estimate"),
    }
    chart = dated(table, looks=looks, y_range=(0, 420), x_range=(1957, 1961), height=280, right=110)
    book, claim = (
        float(grain.loc[(grain["year"] == 1958) & (grain["status"] == status), "value"].iloc[0]) for status in ("official", "claimed")
    )
    gap = {"type": "line", "x0": 1958.5, "x1": 1958.5, "y0": book + 14, "y1": claim - 14, "line": {"color": theme.MUTED, "width": 2}}
    words = note(f"{claim / book:.1f} times", 1958.5, (book + claim) / 2, theme.MUTED, xanchor="right", xshift=-8)
    return chart.add_shape(gap).add_annotation(words)
