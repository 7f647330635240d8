"""Cards, the marked page and tables: every part is there, nothing overlaps its name, words stand beside every colour."""

import html
import json
import re

import pandas as pd
import pytest
from anatomy import FURTHER

from helpers import data, theme
from helpers.desk import answers, cards, claims, looks, marked, people, screen, sources, tables
from helpers.figures import lesson09
from helpers.models import historians
from helpers.models.choices import SUMS, in_words
from helpers.tools.build import lessons

WHITE, JUPYTER_DARK, PAGE_DARK = "#FFFFFF", "#111111", "#14181E"


def brightness(colour):
    """Return the relative luminance of a colour as the accessibility guidelines define it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def too_pale(colours):
    """Return the colours on which white words, or whose lines on a dark page, are hard to see."""
    return [
        colour
        for colour in colours
        if contrast(colour, WHITE) < 4.5 or min(contrast(colour, dark) for dark in (JUPYTER_DARK, PAGE_DARK)) < 3
    ]


def test_verdict_colours_can_be_read_and_belong_to_verdicts_alone():
    colours = [look.colour for look in looks.VERDICTS.values()]
    assert too_pale(colours) == [] and len(set(colours)) == 6
    assert set(colours) & {*theme.ACTORS.values(), *theme.METHODS, *theme.SCALE} == set()
    assert all(contrast(colour, WHITE) >= 4.5 for colour in (screen.RIGHT, screen.NOT_YET, screen.OPEN, cards.STAMP))


def test_a_figure_shows_verdicts_with_the_same_signs_and_colours():
    assert lesson09.LOOKS == {name: (look.sign, look.colour) for name, look in looks.VERDICTS.items()}


def test_planted_pale_colours_are_found():
    assert too_pale(["#B87700", "#1F4E79", "#1F6FB2"]) == ["#B87700", "#1F4E79"]


def test_no_verdict_is_told_by_colour_alone():
    assert len({look.sign for look in looks.VERDICTS.values()}) == 6
    lines = {re.sub(r"#\w{6}", "", look.line) for look in looks.VERDICTS.values()} | {re.sub(r"#\w{6}", "", looks.BLANK)}
    assert len(lines) == 7  # without their colours the lines still differ
    assert all(f"{look.sign} {name}" in looks.chip(name) for name, look in looks.VERDICTS.items())
    assert all(look.line.startswith("border-") for look in looks.VERDICTS.values())  # no colour is needed to tell them apart
    assert looks.chip("true") == "true"


def shown(function, *arguments, **named):
    """Return what a function shows, as one HTML text."""
    found = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(screen, "display", found.append)
        function(*arguments, **named)
    return "\n".join(page.data for page in found)


# Document cards ---------------------------------------------------------------------------------------------------------


def missing_parts(row):
    """Return what of a document's row its card does not show."""
    card = " ".join(html.unescape(re.sub(r"<[^>]+>", "", cards.document_html(row).replace("</div>", " "))).split())
    wanted = [row.title, row.author, row.what_it_says, row.missing, row.perspective, row.seen_as, row.quote, row.quote_by, row.task]
    return [part for part in wanted if part and re.sub(r"\s+", " ", part) not in card]


def test_every_document_card_is_whole():
    rows = list(data.load("documents").itertuples())
    assert [row.doc_id for row in rows if missing_parts(row)] == []
    assert [row.doc_id for row in rows if "How we saw it" not in cards.document_html(row)] == []


def test_a_card_without_a_part_is_found(monkeypatch):
    monkeypatch.setattr(cards, "_task", lambda row: "")
    row = next(data.load("documents").itertuples())._replace(task="Count the verbs.")
    assert missing_parts(row) == ["Count the verbs."]


@pytest.mark.parametrize(
    "public, became, words",
    [
        (False, "1996-09-20", "secret until 1996, 35 years"),
        (False, "1962-01", "secret until 1962, 1 year"),
        (False, "1961-12-01", "secret until 1 December 1961"),
        (False, "", "not public at the time"),
        (True, "1961-04-05", ""),
        (None, "1996-09-20", ""),
    ],
)
def test_secrecy_is_a_stamp(public, became, words):
    row = next(data.load("documents", doc_id="D024").itertuples())
    assert screen.words(cards.secrecy(row._replace(public_at_the_time=public, became_public=became))) == words


def test_an_earlier_print_that_was_not_official_is_named():
    row = next(data.load("documents", doc_id="D105").itertuples())
    assert screen.words(cards.secrecy(row)) == "printed by Red Guards, Mao's young followers, in 1968, officially in 1977"


def test_a_card_links_to_its_document_or_says_where_it_lies(monkeypatch):
    known = data.load("sources")
    row = next(data.load("documents", doc_id="D024").itertuples())
    link = f'<a href="{known.set_index("source_id").loc["D024", "url"]}">'
    assert f"{link}Document D024</a>" in cards.document_html(row) and f"{link}Open the document</a>" in cards.document_html(row)
    load = data.load
    bare = known.assign(url="", find_at="Volume XXII, document 17")
    monkeypatch.setattr(data, "load", lambda name, **where: bare if name == "sources" else load(name, **where))
    assert "Find it: Volume XXII, document 17." in cards.document_html(row) and "<a " not in cards.document_html(row)


def test_unknown_cards_and_claims_get_one_sentence(answers_file):
    for text in (shown(cards.document_card, "D999"), shown(cards.source_card, "registr"), shown(claims.ledger, "C99")):
        assert re.fullmatch(r"<p>There is no [\w ]+ '\w+'; the nearest names? (is|are) [\w, ]+\.</p>", text)


# Source cards -----------------------------------------------------------------------------------------------------------


def short_chains(rows):
    """Return the cards whose figures went through fewer than two hands in one of their ways."""
    return [row.card_id for row in rows if any(len(hands) < 2 for hands in cards.chains(row.chain))]


def test_every_source_card_is_a_chain_of_hands():
    rows = list(data.load("source_cards").itertuples())
    assert short_chains(rows) == []
    assert short_chains([rows[0]._replace(chain="village, county, Beijing")]) == [rows[0].card_id]  # planted
    card = screen.words(cards.source_html(rows[0]._replace(chain="village > county / a guess > print", gains_high="Nobody.")))
    assert "village → county\nor: a guess → print" in card and "Nobody." in card


def without_a_card(cells, cards_sources):
    """Return the tables of values that a lesson's core loads and of which no source card names a source."""
    core = "\n".join(
        "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code" and cell["metadata"].get("part") not in FURTHER
    )
    frames = {name: data.load(name) for name in re.findall(r'data\.load\(\s*"(\w+)"', core)}
    values = {name: frame for name, frame in frames.items() if {"value", "source_id"} <= set(frame.columns)}
    return sorted(name for name, frame in values.items() if not frame["source_id"].isin(cards_sources).any())


def test_every_table_of_a_core_has_a_source_card():
    known = {source for cell in data.load("source_cards")["source_ids"] for source in data.split_list(cell)}
    for path in lessons():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert without_a_card(cells, known) == [], path.name
    planted = [{"cell_type": "code", "source": ['data.load("oil")'], "metadata": {"part": "section"}}]
    assert without_a_card(planted, known - set(data.load("oil")["source_id"])) == ["oil"]


# The page ---------------------------------------------------------------------------------------------------------------


def test_words_of_two_claims_carry_both_lines():
    html = marked.sentence("Fast and far.", {"C01": "Fast ... far", "C02": "and far"}, {"C01": "partly"}, {})
    inside = re.search(r'(<span style="[^"]*">)(<span style="[^"]*">)far</span></span>', html)
    assert looks.VERDICTS["partly"].line in inside[2] and looks.BLANK in inside[1] and "padding-bottom:7px" in inside[1]
    assert screen.words(html) == "Fast and far C01 ◐ C02."


def test_the_page_is_blank_then_the_readers_then_ours(answers_file):
    blank = shown(marked.page)
    assert len(re.findall(r"\bC\d\d\b", screen.words(blank))) == 30 and not re.search("|".join(looks.VERDICTS), blank)
    answers.keep("verdicts", "C10", {"verdict": "partly", "sure": 60})
    answers.keep("verdicts", "C11", {"verdict": "nonsense", "sure": 60})
    mine = shown(marked.page, mine=True)
    assert "C10 ◐" in mine and screen.words(mine) == "The page with your verdicts. You have judged 1 of the thirty claims."
    both = shown(marked.page, ours=True)
    assert "<details><summary>Our verdicts" in both and "C10 ≈" in both and "you:&nbsp;◐&nbsp;partly" in both
    assert "C16 ✗" not in screen.words(both)  # ours stay folded
    for claim in data.load("claims")["claim_id"]:
        answers.keep("verdicts", claim, {"verdict": "partly", "sure": 60})
    assert "<details open>" in shown(marked.page, ours=True)


def test_the_poster_is_made_for_two_papers():
    assert "size: A3" in marked.poster("A3") and "<script" not in marked.poster()
    with pytest.raises(ValueError, match="A4 or A3, not for 'B5'"):
        marked.poster("B5")


# The ledger -------------------------------------------------------------------------------------------------------------


def test_ours_comes_after_the_readers(answers_file):
    assert "after yours" in shown(claims.overview, lesson="04") and "≈ imprecise" not in shown(claims.overview, lesson="04")
    answers.keep("verdicts", "C10", {"verdict": "partly", "sure": 60})
    table = screen.words(shown(claims.overview, lesson="04"))
    assert "◐ partly 60% | ≈ imprecise" in table and table.count("after yours") == 1
    answers.keep("priors", "C10", {"verdict": "contested", "sure": 40})
    first, later = (word.split(" ")[1] for word in screen.words(shown(claims.overview, lesson="04")).split("C10 |")[1].split(" | ")[1:3])
    assert (first, later) == ("contested", "partly")


def test_every_answer_of_the_ledger_stands_under_its_name(answers_file):
    text = shown(claims.ledger, "C10")
    names = re.findall(r"<div><b>([^<]*)</b><div>", text)
    first = ["Our verdict", "Better wording", "Best objection to us", "What would change our mind"]
    assert names == [*first, "For", "Against", "Under other choices", "Sources"]
    assert "<dl" not in text  # JupyterLab would let its answers slide beside the wrong name
    assert "Three years" in screen.words(text) and "Against" not in screen.words(text)  # folded


def test_the_ledger_says_under_which_choices_a_verdict_holds(monkeypatch):
    rows = data.load("claims").set_index("claim_id")
    opened = {claim: screen.words(claims.grounds(row).replace("details", "div")) for claim, row in rows.iterrows()}
    told = {claim: words.partition("Under other choices")[2] for claim, words in opened.items()}
    assert {claim for claim, text in told.items() if "No formula" not in text} == historians.RULES.keys()
    assert not any("_" in told[claim].partition("Sources")[0] for claim in historians.RULES)
    for one in historians.survey().itertuples():  # each choice stands beside the verdict to which it leads
        name = in_words(one.choice)
        if one.claim_id in SUMS:  # a line of a table: the choice, the sums, the verdict
            cells = [line.split(" | ") for line in html.unescape(told[one.claim_id]).splitlines() if line.startswith(f"{name} | ")]
            assert len(cells) == (one.choice in SUMS[one.claim_id][0])
            assert all(one.verdict in line[3] and ("as we say" in line[3]) == one.survives and "then" in line[2] for line in cells)
            continue
        lines = [html.unescape(line).partition(": ") for line in told[one.claim_id].splitlines()]
        heads = [head for head, _, names in lines if name in re.split(r" *; *", names.strip())]
        assert len(heads) == 1 and one.verdict in heads[0] and ("as we say" in heads[0]) == one.survives, (one, lines)
    monkeypatch.delitem(historians.RULES, "C11")  # a rule that goes is said
    assert "No formula" in claims.choices(rows.loc["C11"])


def test_who_is_who_tells_offices_and_no_verdicts():
    shown_words = screen.words(shown(people.who_is_who).replace("details", "div"))
    assert len(re.findall(r"\(1[89]\d\d-1[89]\d\d\)", shown_words)) == 6
    assert shown_words.count("Communist Party") == 3  # two parties, and the chairman of one
    assert "Founding leader of North Korea" in shown_words and "patrons" not in shown_words
    assert all(capital in shown_words for capital in ("Moscow", "Beijing", "Pyongyang"))


def test_who_is_who_of_a_lesson_names_its_people_only():
    famine = screen.words(shown(people.who_is_who, "04").replace("details", "div"))
    assert "Peng Dehuai" in famine and "Brezhnev" not in famine and "Pyongyang" not in famine
    assert "Lavrenty Beria" in shown(people.who_is_who, "01") and "()" not in shown(people.who_is_who, "01")  # no dates in the table
    known = set(data.load("glossary", kind="person")["term_id"])
    assert set(" ".join(capital[2] for capital in people.CAPITALS).split()) <= known
    with pytest.raises(ValueError, match="two digits"):
        people.who_is_who("99")


# Sources and tables -----------------------------------------------------------------------------------------------------


def test_ids_become_numbers_and_weak_sources_are_said():
    known = data.load("sources").set_index("source_id")
    open_one = known.index[known["url"].str.startswith("https://") & (known["grade"] == "C") & known.index.str.contains("_")][0]
    shut = known.index[(known["url"] == "") & (known["grade"] == "D") & known.index.str.contains("_")][0]
    links = sources.Links()
    assert links.text(f"One ({open_one}), again {open_one}, two ({shut}; {open_one}), geonames & <b>") == (
        f"One<sup>1</sup>, again {open_one}<sup>1</sup>, two<sup>2, 1</sup>, geonames &amp; &lt;b&gt;"
    )
    lines = links.others(f"{open_one};D022").split("<br>")
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert "<a href=" in lines[0] and lines[0].endswith("(C)") and lines[1].endswith("(D)") and "D022: Report on Xinyang" in lines[2]


def test_clauses_stand_below_each_other_but_not_within_brackets():
    assert sources.Links().listed("One (a; b); two") == "<ul><li>One (a; b).</li><li>Two.</li></ul>"
    assert sources.Links().listed("One alone") == "One alone."


def test_document_cards_under_another_name_are_found():
    assert "GDR621116" in shown(sources.sources_used, pd.DataFrame({"source_id": ["GDR621116"]}))
    assert "GDR621116, D084: " in shown(sources.sources_used, pd.DataFrame({"source_id": ["GDR621116"]}))


def test_tables_align_each_heading_with_its_column():
    frame = pd.DataFrame({"year": [1960, 1961], "deaths_per_1000": [-25.43, None], "place": ["Anhui", "<b>"], "seen": [True, False]})
    text = tables.frame_html(frame, "Deaths & gaps")
    heads = re.findall(r'<th scope="col" style="text-align:(\w+)">([^<]*)', text)
    assert heads == [("right", "year"), ("right", "deaths per 1000"), ("left", "place"), ("left", "seen")]
    rows = re.findall(r"<tr>.*?</tr>", text)[1:]
    assert [re.findall(r"text-align:(\w+)", row) for row in rows] == [["right", "right", "left", "left"]] * 2
    assert screen.words(text).splitlines()[2:] == ["1960 | −25.4 | Anhui | yes", "1961 | – | &lt;b> | no"]
    assert "Deaths &amp; gaps" in text


def test_tables_take_the_columns_asked_for_and_named_rows():
    wide = pd.DataFrame({("rate", 1959): [14.59], ("rate", 1960): [25.43]}, index=pd.Index(["register"], name="count"))
    assert "count | rate, 1959 | rate, 1960" in screen.words(tables.frame_html(wide))
    some = pd.DataFrame({"a": [1], "b": [2]})
    assert screen.words(tables.frame_html(some, columns={"b": "second"})) == "second\n2"
    with pytest.raises(data.DataError, match="no column 'c'; the nearest names are a, b"):
        tables.frame_html(some, columns={"c": "third"})


# The screen -------------------------------------------------------------------------------------------------------------


def test_right_and_not_yet_differ_by_sign_word_and_colour():
    texts = [screen.told(right, "Because.") for right in (True, False, None)]
    assert [screen.words(text).splitlines()[0] for text in texts] == ["✓ Right", "○ Not yet", "✎ Compare"]
    assert len({re.search(r"solid (#\w+)", text)[1] for text in texts}) == 3


def test_every_output_has_words_and_no_tags_in_them():
    page = screen.Page("<p>One &amp; two</p><details><summary>More</summary><p>Hidden</p></details><p>&lt;script&gt;</p>")
    assert page._repr_mimebundle_()["text/plain"] == "One & two\nMore\n&lt;script>"
    assert screen.Text("**x**")._repr_mimebundle_() == {"text/markdown": "**x**", "text/plain": "**x**"}
