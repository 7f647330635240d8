"""The pictures of lesson 02: labels, colours and places, so that the lesson's cells hold only the history."""

import pandas as pd
from plotly.graph_objects import Figure

from helpers import theme
from helpers.common import bounded, day_in_words
from helpers.figures.bars import split_bars
from helpers.figures.dots import dated
from helpers.figures.layout import drawn, note
from helpers.figures.letters import wrap
from helpers.figures.lines import trend
from helpers.sentences import fixed

BLUE, RUST, GREEN, _, GREY = *theme.METHODS, theme.MUTED
SHARES = {
    "industry_share_of_gross_output": fixed("industrys_part_of_the_output_of_farming"),
    "heavy_industry_share_of_industry": fixed("heavy_industrys_part_mines_steel_machines_of"),
    "socialist_sector_share": fixed("part_of_national_income_made_by_the"),
}
AGREEMENTS = {
    "1950-02": fixed("february_1950"),
    "1953-05": fixed("may_1953"),
    "1954-10": fixed("october_1954"),
    "1955": fixed("march_1955"),
    "later": fixed("1955_spoken"),
}
BRANCHES = {
    "energy": fixed("coal_power_oil"),
    "arms": fixed("arms"),
    "machinery": fixed("machines"),
    "metallurgy": fixed("metals"),
    "chemicals": fixed("chemicals"),
    "light industry and medicines": fixed("light_industry"),
}
SENT = {
    "russian_archive": fixed("russian_archive_1950_56_specialists_workers_too"),
    "state_department": fixed("us_state_department_1950_60_long_stays"),
    "shen": fixed("shen_zhihua_1949_60_all_kinds_the"),
}
THERE = {
    "khrushchev": fixed("khrushchev_july_those_in_china_then"),
    "us_intelligence": fixed("us_intelligence_august_those_in_china_then"),
    "chinese_count": fixed("chinese_count_those_called_home"),
}
INDICES = ("official_2006", "cia_1960", "loc_plan", "cia_1961", "chao_1965", "liu_yeh_1965", "field_1967", "cheng_1971")
PURPOSES = {
    "economy": fixed("economy_shen_arms"),
    "equipment of 60 infantry divisions": fixed("equipment_of_60_divisions"),
    "non-ferrous metals company": fixed("a_metals_company"),
    "non-ferrous metals and oil": fixed("metals_and_oil"),
    "Soviet shares of the joint companies": fixed("shares_in_joint_firms"),
}
KINDS = {
    "doubtful": (GREY, "circle-open", fixed("doubtful_perhaps_mutual_aid")),
    "counted": (BLUE, "circle", fixed("in_any_co_operative")),
    "advanced": (GREEN, "circle", fixed("in_the_advanced_kind")),
    "commune": (RUST, "circle", fixed("in_communes")),
}
SAID = {
    "end of 1953": fixed("end_of_1953"),
    "July 1955": fixed("july_1955"),
    "end of December 1955": fixed("end_of_1955"),
    "end of January 1956": fixed("january_1956"),
    "May 1956": fixed("may_1956"),
    "end of 1956": fixed("end_of_1956"),
    "end of October 1958": fixed("october_1958"),
}
SIDES = {
    "July 1955": "left",
    "end of December 1955": "above left",
    "May 1956": "left",
    "end of 1956": "right",
    "end of October 1958": "above left",
    "end of 1953": "below",
}
JULY = 1955 + 6 / 12  # the count of July 1955


def opening(shares: pd.DataFrame) -> Figure:
    """Draw three shares before and after the plan, with the numbers at the marks and each name above its row.

    Parameters
    ----------
    shares : DataFrame
        Index of `before_and_after`: the share in words; columns before, after (percent).
    """
    names = list(shares.index)[::-1]
    data: list[dict] = []
    notes = []
    for place, name in enumerate(names):
        before, after = (float(shares[column][name]) for column in ("before", "after"))
        data.append({"type": "scatter", "x": [before, after], "y": [place, place], "mode": "lines", "hoverinfo": "skip"})
        data[-1]["line"] = {"color": theme.RULE, "width": 6}
        for value, colour, side in ((before, RUST, "right"), (after, BLUE, "left")):
            data.append(_mark(value, place, colour, fixed("share_in_percent", name=name, value=value)))
            shift = -12 if side == "right" else 12
            notes.append(note(f"{value:.1f}", value, place, colour, xanchor=side, xshift=shift))
        told = wrap(name, theme.page().width - 40)
        notes.append(note(told, 0, place, xanchor="left", yanchor="bottom", yshift=12, align="left"))
    words = fixed("dots_1952_1957", before=RUST, after=BLUE)
    notes.append(note(words, 0, 1, xref="paper", xanchor="left", yref="paper", yanchor="bottom", yshift=2))
    axis = {"visible": False, "range": [-0.5, len(names) - 0.35]}
    room = {"height": 300 if theme.page().narrow else 200, "left": 20, "right": 20, "below": 8, "top": 26}
    return drawn(data, **room, notes=notes, xaxis={"visible": False, "range": [0, 108]}, yaxis=axis)


def before_and_after(rows: pd.DataFrame) -> pd.DataFrame:
    """Return three shares in words with their values before and after the plan, in percent; the last one ends in 1956."""
    newest = rows.sort_values("variant").drop_duplicates(["series", "year"], keep="last")
    wide = newest.pivot(index="series", columns="year", values="value").loc[list(SHARES)].rename(SHARES)
    return pd.DataFrame({"before": wide[1952], "after": wide[1957].fillna(wide[1956])}).rename_axis("share")


def heavy_by_the_other(rows: pd.DataFrame) -> float:
    """Return heavy industry's share of 1957 by the summary that `before_and_after` does not take, in percent."""
    found = rows[(rows["series"] == "heavy_industry_share_of_industry") & (rows["variant"] == "first_plan_summary")]
    return float(found.set_index("year")["value"][1957])


def _mark(value, place, colour, words):
    """Return one round mark."""
    return {
        "type": "scatter",
        "x": [value],
        "y": [place],
        "mode": "markers",
        "marker": {"color": colour, "size": 13},
        "hovertemplate": f"{words}<extra></extra>",
    }


def output(index: pd.DataFrame, official: float) -> Figure:
    """Draw steel, coal and grain as lines and all industry as one dot; the scale is read at the ends.

    Parameters
    ----------
    index : DataFrame
        Index year; columns steel, coal, grain (1952 = 100).
    official : float
        All industry in 1957 by the official sum, on the same scale.
    """
    table = index.assign(industry=[official if year == 1957 else None for year in index.index]).reset_index()
    end = table.iloc[-1]
    looks = {
        "steel": (fixed("steel_so_much", number=end.steel), RUST, "line"),
        "industry": (fixed("all_industry_so_much", number=end.industry), theme.INK, "dots"),
        "coal": (fixed("coal_so_much", number=end.coal), BLUE, "line"),
        "grain": (fixed("grain_so_much", number=end.grain), GREEN, "line"),
    }
    chart = trend(table, looks=looks, y_range=(0, 430), height=290, band=(1952.5, 1957.3, fixed("the_plan_1953_57")))
    chart.add_annotation(note("1952 = 100", 1952, 100, GREY, xanchor="left", yanchor="top", yshift=-6))
    return chart.update_yaxes(showticklabels=False, showgrid=False)


def projects(by_agreement: pd.DataFrame, begun: pd.Series) -> Figure:
    """Draw five agreements, what was kept of each inside what was promised, and the plants begun by branch.

    Parameters
    ----------
    by_agreement : DataFrame
        Index agreement; columns projects_agreed, projects_in_final_list.
    begun : Series
        Plants on which building work had started, by branch.
    """
    promises = [
        {"name": AGREEMENTS[name], "value": row.projects_agreed, "inside": row.projects_in_final_list, "colour": BLUE, "solid": False}
        | {"words": f"{row.projects_agreed:.0f} → {row.projects_in_final_list:.0f}"}
        for name, row in by_agreement.loc[list(AGREEMENTS)].iterrows()
    ]
    plants = [
        {"name": BRANCHES[name], "value": number, "colour": RUST if name == "arms" else BLUE, "solid": True, "words": f"{number:.0f}"}
        for name, number in begun.loc[list(BRANCHES)].items()
    ]
    return _listing([(fixed("promised_kept_in_the_final_list"), promises), (fixed("begun_in_the_end_by_branch"), plants)], 135, left=130)


def projects_in_rows(by_agreement: pd.DataFrame, begun: pd.Series) -> pd.DataFrame:
    """Return what `projects` draws from the same `by_agreement` and `begun`, as one table of rows."""
    promised = by_agreement.loc[list(AGREEMENTS)].rename(AGREEMENTS)
    promised.columns = ["promised", "in the final list"]
    plants = begun.loc[list(BRANCHES)].rename(BRANCHES).to_frame("begun")
    return pd.concat([promised, plants]).rename_axis("agreement or branch").reset_index()


def _listing(groups, top, *, left=14, row_height=27, above=False):
    """Return bars in rows under headings, with words at their ends.

    A row is a dict: name, value, words, colour, solid, and perhaps inside, a part that is drawn full within a hollow bar.
    With `above` the names stand over the bars instead of beside them, which leaves room for long ones.
    """
    rows, notes, place = [], [], 0.0
    for heading, lines in groups:
        if heading:
            notes.append(note(f"<b>{heading}</b>", 0, place, xref="paper", xanchor="left", xshift=14 - left, yanchor="middle"))
            place += 1
        for line in lines:
            rows.append((place, line))
            place += 1
    for spot, line in rows:
        notes.append(note(line["words"], line["value"], spot, line["colour"], xanchor="left", xshift=8))
        if above:
            notes.append(note(line["name"], 0, spot, xanchor="left", yanchor="bottom", yshift=11))
    ticks = {"tickvals": [spot for spot, _ in rows], "ticktext": [f"{line['name']}  " for _, line in rows]}
    axis = {"range": [place - 0.4, -0.75 if above else -0.6], "showgrid": False, **({"showticklabels": False} if above else ticks)}
    return drawn(
        _bars_of(rows, above),
        row_height * place + 12,
        left=left,
        right=14,
        below=10,
        notes=notes,
        barmode="overlay",
        xaxis={"visible": False, "range": [0, top]},
        yaxis=axis,
    )


def _bars_of(rows, above):
    """Return the bars of all rows, and the full parts within hollow ones."""
    parts = [("value", rows, [line["colour"] if line["solid"] else theme.PAPER for _, line in rows])]
    kept = [(spot, line) for spot, line in rows if "inside" in line]
    parts += [("inside", kept, [line["colour"] for _, line in kept])] if kept else []
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": [spot for spot, _ in lines],
            "x": [float(line[column]) for _, line in lines],
            "width": 0.3 if above else 0.62,
            "marker": {"color": fill, "line": {"color": [line["colour"] for _, line in lines], "width": 2}},
            "hovertemplate": [f"{line['name']}: {line['words']}<extra></extra>" for _, line in lines],
        }
        for column, lines, fill in parts
    ]


def coops(shares: pd.DataFrame) -> Figure:
    """Draw dated shares of households as marks that no line joins, and an arrow over the ten months of the jump.

    Parameters
    ----------
    shares : DataFrame
        Rows of `collectivisation` in percent: series, year, month, time_text, value, bound, status, source_id.
    """
    marks = shares.assign(when=shares["year"] + shares["month"].fillna(6) / 12, kind=_kinds(shares))
    narrow = theme.page().narrow
    written = marks["value"].map("{:.0f}".format if narrow else "{:g}".format)
    words = pd.Series([bounded(*pair) for pair in zip(marks["bound"], written, strict=True)], index=marks.index)
    when = marks["time_text"].map(SAID).map(", {}".format).where(marks["time_text"].isin(SAID), "")
    marks["text"] = words + ("" if narrow else when)  # a telephone has no room for the days
    marks["side"] = marks["time_text"].map(SIDES).fillna("left").mask(marks["kind"].eq("advanced"), "right")
    marks = marks[marks["time_text"] != "summer 1955"]  # about 15: the rounded twin of the mark of July
    chart = dated(marks, looks=KINDS, y_range=(0, 112), x_range=(1950, 1958), height=300, right=50)
    rise = {"x": 1956 + 4 / 12, "y": 88, "ax": JULY + 0.12, "ay": 18, "axref": "x", "ayref": "y", "text": "", "showarrow": True}
    chart.add_annotation(**rise, arrowhead=2, arrowwidth=2, arrowcolor=BLUE)
    chart.add_annotation(note(fixed("ten_months"), 1956.05, 45, BLUE, xanchor="left"))
    urged = [] if narrow else [note(fixed("31_july_1955_mao_urges_speed"), JULY + 0.2, 7, theme.MUTED, xanchor="left")]
    chart.update_traces(cliponaxis=False)  # the last mark stands at the very end
    return chart.update_layout(annotations=[*chart.layout.annotations, *urged])


def coops_in_rows(shares: pd.DataFrame) -> pd.DataFrame:
    """Return what `coops` draws as one table of rows."""
    shares = shares[shares["time_text"] != "summer 1955"]  # not drawn: the rounded twin of July
    shares = shares.iloc[(shares["year"] + shares["month"].fillna(6) / 12).argsort(kind="stable")]
    what = _kinds(shares).map(lambda kind: KINDS[kind][2])
    return pd.DataFrame({"counted": shares["time_text"], "what": what, "percent": shares["value"]})


def _kinds(shares):
    """Return what each mark is: any co-operative, the advanced kind, a commune, or one whose label is doubtful."""
    names = {"households_organised_share": "doubtful", "advanced_coop_households_share": "advanced", "commune_households_share": "commune"}
    return shares["series"].map(names).fillna("counted")


def nine_credits(credits: pd.DataFrame) -> Figure:
    """Draw the nine early credits in the order of their days, those for arms in a colour of their own.

    Parameters
    ----------
    credits : DataFrame
        Rows of `credits`: date, purpose, amount (million old roubles), military.
    """
    lines = [
        {"name": _month(row.date), "value": row.amount, "words": f"{row.amount:,.10g}: {PURPOSES.get(row.purpose, row.purpose)}"}
        | {"colour": RUST if row.military else BLUE, "solid": True}
        for row in credits.itertuples()
    ]
    left = 14 if theme.page().narrow else 130
    chart = _listing([("", lines)], 3200 if left == 14 else 2500, left=left, row_height=42 if left == 14 else 27, above=left == 14)
    words = fixed("army_or_other", army=RUST, other=BLUE)
    chart.add_annotation(note(words, 0, 1, xref="paper", xanchor="left", xshift=14 - left, yref="paper", yanchor="bottom", yshift=4))
    return chart.update_layout(margin={"t": 26})


def _month(day):
    """Return the month and year of a day written as 1950-02-14."""
    return day_in_words(day[:7])


def currencies(steps: pd.DataFrame) -> Figure:
    """Draw what one sum is worth in dollars after each step of changing it; the wrong step is hollow.

    Parameters
    ----------
    steps : DataFrame
        Columns step (the sum in words), dollars (million), wrong (bool).
    """
    lines = [
        {"name": row.step, "value": row.dollars, "words": fixed("worth", dollars=row.dollars), "colour": RUST if row.wrong else BLUE}
        | {"solid": not row.wrong}
        for row in steps.itertuples()
    ]
    return _listing([("", lines)], 400, row_height=46, above=True)


def steps_of(sums: dict[str, float], wrong: float, dollars_per_new_rouble: float) -> pd.DataFrame:
    """Return the steps of changing one sum: in words, what each is worth in million dollars, and whether it is the wrong one.

    Parameters
    ----------
    sums : dict
        {currency: million}, the dollars first.
    wrong : float
        Million new roubles that come out of dividing the old ones by ten.
    dollars_per_new_rouble : float
    """
    dollars = next(iter(sums.values()))
    rows = [(fixed("million_of_currency", value=value, currency=currency), dollars, False) for currency, value in sums.items()]
    rows.append((fixed("wrong_step", old=sums["old roubles"], wrong=wrong), wrong * dollars_per_new_rouble, True))
    return pd.DataFrame(rows, columns=["step", "dollars", "wrong"])


def experts(people: pd.DataFrame) -> Figure:
    """Draw counts of experts in two groups: sent over years, and there or recalled in the summer of 1960.

    Parameters
    ----------
    people : DataFrame
        Index variant; columns value, low, high (persons), bound.
    """
    groups = [(fixed("sent_to_china"), SENT, RUST), (fixed("there_or_called_home_in_summer_1960"), THERE, BLUE)]
    return _listing(
        [
            (heading, [{"name": name, "solid": True, "colour": colour} | _persons(people.loc[key]) for key, name in names.items()])
            for heading, names, colour in groups
        ],
        30000,
        row_height=46,
        above=True,
    )


def experts_in_rows(people: pd.DataFrame) -> pd.DataFrame:
    """Return what `experts` draws as one table of rows."""
    table = people.loc[[*SENT, *THERE], ["value", "low", "high"]].rename(SENT | THERE)
    return table.rename_axis("count").reset_index().rename(columns={"value": "persons", "low": "at least", "high": "at most"})


def _persons(row):
    """Return the length and the words of a row of experts; a range is drawn from its low end."""
    if pd.isna(row.value):
        return {"value": row.low, "words": fixed("number_to_number", low=row.low, high=row.high)}
    return {"value": row.value, "words": bounded(row.bound, f"{row.value:,.0f}")}


def goods(sales: pd.DataFrame) -> Figure:
    """Draw China's sales to Moscow by year, food dark at the foot with its share written in it.

    Parameters
    ----------
    sales : DataFrame
        Columns year, food, other (million old roubles).
    """
    looks = {"food": ("", BLUE, "solid"), "other": ("", BLUE, "pale")}
    chart = split_bars({"": sales}, looks=looks, start="", unit=fixed("million_old_roubles"), height=320)
    whole, narrow = sales["food"] + sales["other"], theme.page().narrow
    share = sales["food"] / whole * 100
    chart.data[0].text = [f"{part:.0f}" if narrow else f"{part:.0f}%" for part in share]
    chart.data[1].text = None
    for place, value in enumerate(whole):
        if not narrow or place == 0 or value == whole.max():  # on a telephone there is room for two
            chart.add_annotation(note(f"{value:,.0f}", place, value, BLUE, yanchor="bottom", yshift=2))
    chart.update_yaxes(range=[0, 1.1 * whole.max()])
    if narrow:
        years = [f"{year}" for year in sales["year"]]
        chart.update_xaxes(tickvals=years, ticktext=[years[0], *(f"'{year[2:]}" for year in years[1:])])
        chart.add_annotation(note(fixed("dark_food"), -0.4, 2300, BLUE, xanchor="left"))
        return chart.add_annotation(note(fixed("pale_the_rest"), -0.4, 2550, xanchor="left"))
    end = len(sales) - 0.5  # just behind the last bar: years are places on this axis
    chart.add_annotation(note(fixed("the_rest"), end, 1900, xanchor="left"))
    chart.add_annotation(note(fixed("food"), end, 430, BLUE, xanchor="left"))
    return chart.update_layout(margin={"r": 70})
