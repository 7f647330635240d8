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
from helpers.sentences import fixed

CAPITALS = ["Moscow", "Beijing", "Pyongyang"]
STATES = {"Soviet Union": (90, 62), "China": (101, 32)}
LANES = [*CAPITALS, "World"]
CROWDED = (1955, 1969)
WAY = fixed("way")

# The dots of the timeline whose words are written out: (the event, words, pixels to the right, pixels down).
WRITTEN_OUT = [
    ("1953-03-05-stalin-dies", fixed("stalin_dies"), 18, 34),
    ("1956-02-25-khrushchevs-secret-speech-stalin", fixed("secret_speech"), 0, -52),
    ("1962-10-28-khrushchev-withdraws-missiles-cuba", fixed("missiles_leave_cuba"), 40, 36),
    ("1964-10-14-khrushchev-removed-power", fixed("khrushchev_falls"), 84, -18),
    ("1968-08-20-soviet-led-troops-occupy-czechoslovakia", fixed("troops_in_prague"), 10, 34),
    ("1979-12-24-soviet-troops-enter-afghanistan", fixed("troops_in_afghanistan"), 0, 34),
    ("1989-05-15-gorbachev-beijing", fixed("gorbachev_in_beijing"), -60, -34),
    ("1953-10-16-state-takes-over-grain-trade", fixed("grain_monopoly"), 24, 34),
    ("1958-08-29-resolution-peoples-communes", fixed("communes"), -40, -40),
    ("1964-10-16-first-chinese-atomic-test", fixed("atomic_bomb"), 10, -40),
    ("1966-05-16-notification-16-may-opens-cultural-revolution", fixed("cultural_revolution"), 165, -34),
    ("1969-03-02-first-clash-ussuri", fixed("border_clash"), 50, -30),
    ("1979-02-17-china-attacks-vietnam", fixed("war_with_vietnam"), 0, -34),
    ("1992-08-24-china-recognises-south-korea", fixed("china_recognises_seoul"), -70, -34),
    ("1955-12-28-kim-speaks-juche", fixed("juche_speech"), -10, 34),
    ("1962-11-14-kim-asks-moscow-free-weapons", fixed("kim_asks_for_weapons"), 82, 62),
    ("1968-01-23-uss-pueblo-captured", fixed("uss_pueblo"), 62, -32),
    ("1975-04-18-kims-public-return-beijing", fixed("kim_back_in_beijing"), 0, 34),
    ("1991-05-28-pyongyang-accepts-separate-un-seats", fixed("yes_to_two_un_seats"), -40, -34),
    ("1953-07-27-armistice-ends-fighting-korea", fixed("armistice_in_korea"), 46, -34),
    ("1955-07-18-geneva-summit", fixed("geneva_summit"), 0, 34),
    ("1963-08-05-partial-test-ban-treaty-signed", fixed("test_ban"), 54, -14),
    ("1971-07-15-nixon-announces-visit-beijing", fixed("nixon_will_visit"), 0, -34),
    ("1975-04-30-saigon-falls", fixed("saigon_falls"), 20, 34),
    ("1991-09-17-both-koreas-join-united-nations", fixed("both_koreas_in_the_un"), -74, -24),
]

ON_A_TELEPHONE = {  # there is room for some
    "1953-03-05-stalin-dies",
    "1964-10-14-khrushchev-removed-power",
    "1968-08-20-soviet-led-troops-occupy-czechoslovakia",
    "1979-12-24-soviet-troops-enter-afghanistan",
    "1966-05-16-notification-16-may-opens-cultural-revolution",
    "1969-03-02-first-clash-ussuri",
    "1979-02-17-china-attacks-vietnam",
    "1992-08-24-china-recognises-south-korea",
    "1968-01-23-uss-pueblo-captured",
    "1975-04-18-kims-public-return-beijing",
    "1991-05-28-pyongyang-accepts-separate-un-seats",
    "1953-07-27-armistice-ends-fighting-korea",
    "1971-07-15-nixon-announces-visit-beijing",
    "1991-09-17-both-koreas-join-united-nations",
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
    links = pd.DataFrame({"one": "Pyongyang", "other": distances.index, "kind": WAY, "text": ""})
    if not theme.page().narrow:
        links["text"] = [fixed("about_km", distance=distance) for distance in distances]
    links["bend"], links["side"] = (
        links["other"].map({"Moscow": 0.06, "Beijing": 0.2}),
        links["other"].map({"Moscow": "above", "Beijing": "right"}),
    )
    looks = {WAY: (theme.INK, 1.5, "dot")}
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
        Rows of `events`: event_id, date, lane, title, lessons.
    """
    dots = events.assign(when=events["date"].map(when), group=events["lane"], hover=events["date"] + ": " + events["title"])
    dots["sign"] = events["lessons"].str.extract("0([1-8])")[0]
    colours = {lane: theme.ACTORS.get(lane, theme.GREYS[0]) for lane in LANES}
    written = [label for label in WRITTEN_OUT if label[0] in ON_A_TELEPHONE] if theme.page().narrow else WRITTEN_OUT
    titles = events.set_index("event_id")["title"]
    labels = [(titles[event], *words) for event, *words in written]
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
    said = {"claimed": "claimed_so_much", "target": "planned_so_much", "estimate": "us_estimate_so_much"}  # names of sentences
    rounded = (grain["value"] + 0.5).astype(int)
    table = pd.DataFrame({"when": grain["year"] + 0.5, "value": grain["value"], "kind": grain["status"].replace("target", "claimed")})
    table["text"] = [fixed(said[how], number=value) if how in said else str(value) for how, value in zip(grain["status"], rounded)]
    table["side"] = ((grain["status"] == "official") & (grain["year"] == 1958)).map({True: "below", False: "right"})
    looks = {
        "official": (theme.ACTORS["Beijing"], "circle", fixed("full_the_statistics_bureaus_series")),
        "claimed": (theme.ACTORS["Beijing"], "circle-open", fixed("hollow_claimed_or_planned")),
        "estimate": (theme.GREYS[0], "diamond", fixed("full_its_authors_estimate")),
    }
    chart = dated(table, looks=looks, y_range=(0, 420), x_range=(1957, 1961), height=280, right=110)
    book, claim = (
        float(grain.loc[(grain["year"] == 1958) & (grain["status"] == status), "value"].iloc[0]) for status in ("official", "claimed")
    )
    gap = {"type": "line", "x0": 1958.5, "x1": 1958.5, "y0": book + 14, "y1": claim - 14, "line": {"color": theme.MUTED, "width": 2}}
    words = note(fixed("so_many_times", many=claim / book), 1958.5, (book + claim) / 2, theme.MUTED, xanchor="right", xshift=-8)
    return chart.add_shape(gap).add_annotation(words)
