"""Switch the historian: which verdicts survive another count, clock, yardstick or voice.

Every rule is a small function from a choice to a verdict, computed from the tables. The thresholds are ours and stand
here by name. `follow` says what falls when one follows a historian, a count or a way of reading. Where no rule is possible,
`hangs_on` says which papers a verdict rests on, `without` strikes the papers of one country from all verdicts, and `heard`
says on which of them a school of historians had a voice.
"""

from collections.abc import Callable

import pandas as pd

from helpers import data
from helpers.models import famine, scores
from helpers.sentences import fixed

RAPID, SLOW = 13.5, 5.0  # percent a year: nearer to the official 18 than to its half; imprecise from the second on
DISASTER = 1.0  # million deaths above normal
EARLY = 10.0  # percent of the toll before 1960 from which on the recall of July 1960 cannot have begun the famine
LEVEL = 1  # two running totals this close are level
HALF = 0.5  # the share of its documents that a verdict must keep
LEAP_ENDS, YEAR_OFF = 1961, 1  # as the page has it; an end this many years off is imprecise
COLD_WAR_ENDS = "1991"  # with the Soviet Union
EARLIER = ", over in 1989"  # the choice of those who let it end with the wall in Berlin
LEAP_ENDS_ON = {
    "twelve articles on the villages": "1960-11-03-twelve-articles-rural-policy",
    "ninth plenum": "1961-01-14-ninth-plenum-adopts-readjustment",
    "canteens optional": "1961-05-21-beijing-conference-makes-canteens-optional",
    "seven thousand cadres": "1962-01-11-conference-seven-thousand-cadres",
}
ROUBLES = 4.0  # old roubles to the dollar
FAMINE = range(1958, 1963)
UNTIL_CONGRESS = range(1953, 1962)
KOREAN = ("Kim Il Sung", "Rodong Sinmun", "Ri Ju-yon", "North Korea", "Korean party")
SOVIET = ("Soviet",)
BUDGET = {  # one way of bookkeeping each, so that a year has one value
    "aid in the budget": ("dprk_state", {"series": "aid_share_of_state_revenue"}),
    "arms in the budget": ("defence_budget", {"series": "defence_share_of_state_expenditure", "variant": "country_study_1993"}),
}
PUZANOV = "PUZ"  # the Soviet ambassador's journal, entry by entry
TOLD_BY_SOVIETS = ("D048",)  # a Hungarian paper whose only witness is that ambassador


def growth(product: str) -> str:
    """Return the verdict on C06 under a choice; `choices.question` says what it asks."""
    if product == "official sum":
        rise = data.load("industry", series="industrial_gross_output_growth")["value"].iloc[0]
        ratio = 1 + rise / 100
    else:
        table, where = {
            "steel": ("industry", {"series": "steel_output", "variant": "cow_nmc4"}),
            "coal": ("industry", {"series": "coal_output_energy"}),
            "grain": ("grain", {"series": "grain_output", "variant": "series_now_in_use"}),
        }[product]
        output = data.load(table, **where).set_index("year")["value"]
        ratio = output[1957] / output[1952]
    yearly = (ratio ** (1 / 5) - 1) * 100
    return "supported" if yearly >= RAPID else "imprecise" if yearly >= SLOW else "contradicted"


def last_day(event: str) -> str:
    """Return the verdict on C08 under a choice; `choices.question` says what it asks."""
    off = abs(int(data.load("events", event_id=LEAP_ENDS_ON[event])["date"].iloc[0][:4]) - LEAP_ENDS)
    return "supported" if off == 0 else "imprecise" if off <= YEAR_OFF else "contradicted"


def toll(estimate: str) -> str:
    """Return the verdict on C09 under a choice; `choices.question` says what it asks."""
    row = data.load("famine_deaths", estimate_id=estimate).iloc[0]
    least = row[["low", "central", "high"]].astype(float).min()
    return "supported" if least > DISASTER else "contradicted"


def _excess(count):
    """Return deaths above the level of 1957 by year: millions for China, per 1000 for a province; for the harvest, the grain below it."""
    if count in ("sichuan", "henan"):
        rows = data.load("provinces", place=count.title(), level="province", series="crude_death_rate").set_index("year")["value"]
        return rows.loc[1958:1962] - rows[1957]
    if count == "harvest":
        grain = data.load("grain", place="China", series="grain_output", variant="series_now_in_use").set_index("year")["value"]
        return grain[1957] - grain.loc[1958:1962]
    return famine.excess_of(count, 1957, FAMINE, "register")


def three_years(count: str) -> str:
    """Return the verdict on C10 under a choice; `choices.question` says what it asks."""
    excess = _excess(count)
    first = max((1958, 1959, 1960), key=lambda year: excess.loc[year : year + 2].sum())
    return {1960: "supported", 1959: "imprecise", 1958: "contradicted"}[first]


def before_recall(count: str) -> str:
    """Return the verdict on C11 under a choice; `choices.question` says what it asks."""
    excess = _excess(count)
    excess = excess[excess > 0]
    return "supported" if 100 * excess.loc[:1959].sum() / excess.sum() >= EARLY else "contradicted"


def gained(measure: str) -> str:
    """Return the verdict on C12 under a choice; `choices.question` says what it asks."""
    if measure == "alliances":
        pacts = data.load("treaties", kind="alliance", variant="main", party_b="North Korea")
        gain = pacts["signed"].str[:4].isin(["1960", "1961", "1962"]).any()
    elif measure == "credit and relief":
        gain = data.load("aid_dprk", counts=True, year=1960, kind=["loan", "debt_relief"])["usd_million"].sum() > 0
    else:
        before, after = (_share(measure, year) for year in {"aid in the budget": (1954, 1960), "arms in the budget": (1960, 1967)}[measure])
        gain = after > before if measure == "aid in the budget" else after < before
    return "supported" if gain else "contradicted"


def _share(measure, year):
    """Return the share of the state budget in a year, percent: of aid in revenue, or of arms in expenditure."""
    table, where = BUDGET[measure]
    return data.load(table, year=year, **where)["value"].item()


def first_side(rule: str) -> str:
    """Return the verdict on C13 under a choice; `choices.question` says what it asks."""
    papers = data.load("documents", origin_country="USSR")
    moved, soviet = {}, {*papers["source_id"][papers["genre"] != "treaty"], *TOLD_BY_SOVIETS}  # a signed treaty is no report
    for side in ("moscow", "beijing"):
        table = scores.scored(side, UNTIL_CONGRESS)
        if rule == "without Soviet papers":
            told = (table["source_id"] + ";" + table["more_source_ids"].fillna("")).str.strip(";").str.split(";")
            table = table[[not all(source in soviet or source.startswith(PUZANOV) for source in sources) for sources in told]]
        adds = scores.counted(
            table["score"], None if rule == "every event" else scores.periods(table, 12 if rule == "one year" else scores.HALF_YEAR)
        )
        moved[side] = int(adds[table["when"].between(1960, 1961.8).to_numpy()].sum())
    ahead = moved["beijing"] - moved["moscow"]
    return "supported" if ahead > LEVEL else "contradicted" if -ahead > LEVEL else "imprecise"


def even_more(choice: str) -> str:
    """Return the verdict on C15 under a choice; `choices.question` says what it asks."""
    relief, clock = choice.split(", ")
    aid = data.load("aid_dprk").set_index("aid_id")["old_roubles_million"]
    later = clock == "announced order"
    if relief == "new money only":
        return "unverifiable"
    larger = aid["AID24"] + aid["AID25"] > aid["AID22"]
    return {2: "supported", 1: "partly", 0: "contradicted"}[int(larger) + int(later)]


def congress(choice: str) -> str:
    """Return the verdict on C16 under a choice; `choices.question` says what it asks."""
    rows = data.load("congresses")
    whose, year, how = choice.split(", ")
    party, own = rows["kind"].eq("party congress"), rows["party"].eq("CPSU")
    meetings = {"their own": party & own, "another party's": party & ~own & rows["soviet_part"].ne(""), "their parliament": ~party}
    named, mocked = rows["china_named"].str.startswith("yes"), rows["china_named"].str.contains("to mock")
    hinted = rows["attacked_by_implication"].str.startswith("China")
    attacked = {"by name": named, "by a hint": named | hinted, "by mocking praise": named | mocked}
    if not (meetings[whose] & rows["start"].str.startswith(year) & attacked[how]).any():
        return "contradicted"
    return "supported" if choice == AS_PRINTED else "imprecise"


def cut_word(voice: str) -> str:
    """Return the verdict on C20 under a choice; `choices.question` says what it asks."""
    rows = data.load("verbs_evidence", row_type="evidence")
    korean, soviet = (rows["speaker"].str.contains("|".join(names)) for names in (KOREAN, SOVIET))
    rows = rows[{"all papers": korean | ~korean, "Koreans": korean, "Soviets": soviet, "outsiders": ~(korean | soviet)}[voice]]
    ayes, noes = ({word: (rows[word] == reading).sum() for word in ("cut_off", "cut")} for reading in ("supports", "contradicts"))
    lead = ayes["cut_off"] - noes["cut_off"]
    if ayes["cut_off"] and noes["cut_off"] and abs(lead) <= LEVEL:
        return "contested"
    if lead >= 0:
        return "supported" if lead else "unverifiable"
    return "imprecise" if ayes["cut"] > noes["cut"] else "contradicted"


AS_PRINTED, MOCKED = "their own, 1962, by name", "their parliament, 1962, by mocking praise"
TEXTS = {
    "texts seen, of 1967": ["text seen"],
    "and reports of texts": ["text seen", "report of a text", "report of rumours"],
    "and later retellings": ["text seen", "report of a text", "report of rumours", "later scholarship", "later retelling"],
    "and the page itself": [
        "text seen",
        "report of a text",
        "report of rumours",
        "later scholarship",
        "later retelling",
        "the claim under test",
    ],
}


def wife(texts: str) -> str:
    """Return the verdict on C23 under a choice; `choices.question` says what it asks."""
    return "supported" if (_texts(texts)["names_jiang_qing"] == "yes").any() else "unverifiable"


def fat_revisionist(texts: str) -> str:
    """Return the verdict on C24 under a choice; `choices.question` says what it asks."""
    rows = _texts(texts)
    return {2: "supported", 1: "partly", 0: "unverifiable"}[
        sum((rows[word] == "yes").any() for word in ("contains_revisionist", "contains_fat"))
    ]


def _texts(texts):
    return data.load("insult_evidence", row_type=TEXTS[texts])


def from_both(choice: str) -> str:
    """Return the verdict on C26 under a choice; `choices.question` says what it asks."""
    older, newer = given(choice)
    known = {who: sum_ for who, sum_ in newer.items() if sum_ is not None}
    if len(known) < len(newer):
        return "unverifiable"
    gave, more = sum(sum_ > 0 for sum_ in known.values()), sum(known[who] > older[who] for who in older)
    return "supported" if more == 2 else {0: "contradicted", 1: "imprecise", 2: "partly"}[gave]


def given(choice: str) -> tuple[dict[str, float], dict[str, float | None]]:
    """Return what China and the USSR gave in 1953-56 and in 1960-65, million old roubles, under a choice of `from_both`.

    None where no sum is known: the Soviet aid agreement of December 1960 (AID26) is without one.
    """
    relief, roubles = choice.split(", ")
    aid = data.load("aid_dprk").set_index("aid_id")
    per_yuan = {"2 roubles a yuan": 2.0, "1.53 roubles a yuan": 1.53}[roubles]
    older = {"China": aid.loc["AID07", "amount"] * per_yuan, "USSR": aid.loc[["AID04", "AID57"], "old_roubles_million"].sum()}
    newer = {"China": aid.loc["AID22", "old_roubles_million"] + aid.loc["AID32", "usd_million"] * ROUBLES, "USSR": None}
    if relief != "new money only":
        older["China"] += aid.loc["AID02", "old_roubles_million"] if per_yuan == 2 else aid.loc["AID01", "amount"] * per_yuan  # one sum
        older["USSR"] += aid.loc["AID58", "old_roubles_million"]
        newer["USSR"] = aid.loc[["AID24", "AID25"], "old_roubles_million"].sum()
    if relief == "with relief and arms":  # China's war materials of 1965 have no sum
        newer["USSR"] += aid.loc["AID29", "usd_million"] * ROUBLES
    return older, newer


def isolation(measure: str) -> str:
    """Return the verdict on C27 under a choice; `choices.question` says what it asks."""
    before, after = ties(measure)
    return "supported" if after < before else "contradicted"


def ties(measure: str) -> tuple[int, int]:
    """Return how many ties there were before the quarrel and after it began, under a choice of `isolation`."""
    if measure.startswith("visits"):
        partner = "China" if measure.endswith("China") else "USSR"
        years = data.load("visits", partner=partner, held="yes")["start"].str[:4].astype(int)
        before, after = years.between(1962, 1965).sum(), years.between(1966, 1969).sum()
    else:
        series, first, last = {"missions exchanged": ("missions_exchanged", 1965, 1970), "memberships": ("igo_memberships", 1965, 1970)}[
            measure
        ]
        rows = data.load("relations", place="North Korea", series=series).set_index("year")["value"]
        before, after = rows[first], rows[last]
    return int(before), int(after)


def kept_faith(leaving: str) -> str:
    """Return the verdict on C29 under a choice; `choices.question` says what it asks."""
    treaties, over = data.load("treaties"), EARLIER[-4:] if leaving.endswith(EARLIER) else COLD_WAR_ENDS
    if leaving.startswith("recognition of Seoul"):
        dates = treaties[treaties["kind"].eq("recognition") & treaties["party_b"].eq("South Korea")]["start"]
    else:
        variant = {"end of the treaty": "main", "end of the treaty, earliest date": "gibler"}[leaving]
        dates = treaties[treaties["treaty_id"].eq("ussr_dprk_1961") & treaties["variant"].eq(variant)]["end"]  # China's treaty has no end
    return ("supported", "partly", "contradicted")[int((dates.str[:4] <= over).sum())]


# claim: (rule, choices)
RULES: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "C06": (growth, ("official sum", "steel", "coal", "grain")),
    "C08": (last_day, tuple(LEAP_ENDS_ON)),
    "C09": (toll, ("sun", "jiang", "banister", "cao", "yang_jisheng", "dikotter")),
    "C10": (three_years, ("register", "un2022", "coale", "banister", "sichuan", "henan", "harvest")),
    "C11": (before_recall, ("register", "un2022", "coale", "banister", "sichuan", "henan")),
    "C12": (gained, ("alliances", "credit and relief", "aid in the budget", "arms in the budget")),
    "C13": (first_side, ("half a year", "one year", "every event", "without Soviet papers")),
    "C15": (
        even_more,
        (
            "relief counts, announced order",
            "relief counts, archive order",
            "new money only, announced order",
            "new money only, archive order",
        ),
    ),
    "C16": (congress, (AS_PRINTED, "another party's, 1962, by a hint", "their own, 1961, by a hint", MOCKED)),
    "C20": (cut_word, ("all papers", "Koreans", "Soviets", "outsiders")),
    "C23": (wife, tuple(TEXTS)),
    "C24": (fat_revisionist, tuple(TEXTS)),
    "C26": (
        from_both,
        (
            "with relief, 2 roubles a yuan",
            "with relief, 1.53 roubles a yuan",
            "new money only, 2 roubles a yuan",
            "new money only, 1.53 roubles a yuan",
            "with relief and arms, 2 roubles a yuan",
        ),
    ),
    "C27": (isolation, ("missions exchanged", "memberships", "visits to and from China", "visits to and from Moscow")),
    "C29": (
        kept_faith,
        ("recognition of Seoul", "recognition of Seoul" + EARLIER, "end of the treaty", "end of the treaty, earliest date"),
    ),
}


def switch(claim_id: str, choice: str) -> str:
    """Return the verdict of a claim's rule under one choice.

    Raises DataError with the nearest names for a claim without a rule or an unknown choice.
    """
    if claim_id not in RULES:
        raise data.DataError(fixed("there_is_no_rule_for", claim_id=claim_id, nearest=data.nearest(claim_id, RULES)))
    rule, choices = RULES[claim_id]
    if choice not in choices:
        raise data.DataError(fixed("is_not_a_choice_for_choose", choice=choice, claim_id=claim_id, names=" | ".join(choices)))
    return rule(choice)


def survey() -> pd.DataFrame:
    """Return every claim with a rule under every choice: claim_id, choice, verdict, ours, survives (True when the word is the same)."""
    ours = data.load("claims").set_index("claim_id")["verdict"]
    rows = [(claim_id, choice, rule(choice), ours[claim_id]) for claim_id, (rule, choices) in RULES.items() for choice in choices]
    table = pd.DataFrame(rows, columns=["claim_id", "choice", "verdict", "ours"])
    return table.assign(survives=table["verdict"] == table["ours"])


def follow(voice_id: str) -> pd.DataFrame:
    """Return what becomes of our verdicts when one follows a voice of `voices`: claim_id, claim, choice, verdict, ours, survives.

    Raises DataError with the nearest names for an unknown voice.
    """
    follows = data.load("voices", voice_id=voice_id)["follows"].iloc[0]
    claims = data.load("claims").set_index("claim_id")
    rows = []
    for claim_id, choice in (part.split(": ", 1) for part in follows.split(" | ")):
        verdict, ours = switch(claim_id, choice), claims["verdict"][claim_id]
        rows.append((claim_id, claims["claim"][claim_id], choice, verdict, ours, verdict == ours))
    return pd.DataFrame(rows, columns=["claim_id", "claim", "choice", "verdict", "ours", "survives"])


def hangs_on() -> pd.DataFrame:
    """Return the claims without a rule: claim_id, claim, verdict, how many documents it rests on, what would change our mind."""
    rows = data.load("claims")
    rows = rows[~rows["claim_id"].isin(RULES)]
    return rows.assign(documents=rows["document_ids"].map(lambda cell: len(data.split_list(cell))))[
        ["claim_id", "claim", "verdict", "documents", "what_would_change"]
    ]


def without(country: str) -> pd.DataFrame:
    """Return what is left when no paper from a country is believed: claim_id, verdict, documents, left, survives, what_would_change.

    A verdict survives while it keeps at least half of its documents; claims that name none are left out.

    Parameters
    ----------
    country : str
        An `origin_country` of `documents`, for example "USSR".

    Raises
    ------
    DataError
        For an unknown country, with the nearest names.
    """
    struck = set(data.load("documents", origin_country=country)["doc_id"])
    rows = data.load("claims")
    named = rows["document_ids"].map(data.split_list)
    table = rows.assign(documents=named.map(len), left=named.map(lambda ids: sum(one not in struck for one in ids)))
    table = table[table["documents"] > 0]
    table["survives"] = table["left"] >= HALF * table["documents"]
    return table[["claim_id", "verdict", "documents", "left", "survives", "what_would_change"]].reset_index(drop=True)


def heard(school: str) -> pd.DataFrame:
    """Return the claims on which a school of historians has written: claim_id, verdict, works, cited (True when our row names one of them).

    A school answers "why", so no rule turns it into a verdict. A verdict that cites none of a school's works was formed
    without its voice. Raises DataError with the nearest names for an unknown school.
    """
    sources = {row.claim_id: (row.verdict, data.split_list(row.source_ids)) for row in data.load("claims").itertuples()}
    works = {}
    for work in data.load("historiography", school=school).itertuples():
        for claim_id in data.split_list(work.claims):
            works.setdefault(claim_id, []).append(work)
    rows = [
        (
            claim_id,
            sources[claim_id][0],
            "; ".join(f"{work.author} ({work.work_id})" for work in named),
            any(work.source_id in sources[claim_id][1] for work in named),
        )
        for claim_id, named in sorted(works.items())
    ]
    return pd.DataFrame(rows, columns=["claim_id", "verdict", "works", "cited"])
