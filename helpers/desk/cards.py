"""Cards between the reader and the evidence: a document and who wrote it to whom, a set of figures and the hands it went through."""

from helpers import data, theme
from helpers.common import day_in_words, escape
from helpers.desk.screen import MEASURE, badge, definitions, folded, show_html
from helpers.desk.sources import ADDRESS, Links, anchor, whereabouts
from helpers.desk.tables import table_html
from helpers.sentences import fixed, say

SERIF = "Georgia, 'DejaVu Serif', serif"
GENRES = {"memcon": fixed("record_of_a_talk")}  # how a kind of document is called on its card
ACTOR_OF = {"USSR": "Moscow", "Russia": "Moscow", "China": "Beijing", "DPRK": "Pyongyang", "South Korea": "Seoul"}
ELSEWHERE = "#5B6470"  # the bar of a paper from a country that is no actor of the course
TINT = "#B877001A"  # paper, light and dark
HANDS, WAYS = " > ", " / "  # between two hands of a chain in `data/source_cards.csv`; between two ways
STAMP = "#3A414B"


def document_card(doc_id: str) -> None:
    """Show the card of a document: who wrote to whom and when, what it says, what it cannot show, how we saw it."""
    row = _find("documents", "doc_id", doc_id)
    show_html(document_html(row) if row else _unknown("document_unknown", doc_id, data.load("documents")["doc_id"]))


def source_card(card_id: str) -> None:
    """Show the card of a set of figures: the hands it went through, who gained from a high or a low one, what is missing."""
    row = _find("source_cards", "card_id", card_id)
    show_html(source_html(row) if row else _unknown("source_card_unknown", card_id, data.load("source_cards")["card_id"]))


def document_html(row) -> str:
    """Return a document card as HTML.

    Parameters
    ----------
    row : named tuple
        A row of `data/documents.csv`.
    """
    actor = ACTOR_OF.get(row.origin_country)
    colour = theme.ACTORS[actor] if actor else ELSEWHERE
    role = f" ({escape(row.author_role)})" if row.author_role else ""
    whom = f" <b>→ {escape(row.recipient)}</b>" if row.recipient else ""
    talk = f", {fixed('about_a_day', day=escape(day_in_words(row.event_date)))}" if row.event_date and row.event_date != row.date else ""
    source = _find("sources", "source_id", row.source_id)
    name = fixed("document_named", id=escape(row.doc_id))
    name = anchor(name, source.url) if source and ADDRESS.fullmatch(source.url) else name
    top = " · ".join(
        filter(
            None,
            (
                name,
                escape(GENRES.get(row.genre, row.genre)),
                escape(row.origin_country),
                f"<b>{escape(day_in_words(row.date))}</b>{talk}",
                secrecy(row),
            ),
        )
    )
    body = [
        f'<div style="font-size:0.92em">{top}</div>',
        f'<div style="font-size:1.15em;margin:4px 0"><b>{escape(row.title)}</b></div>',
        f"<div><b>{escape(row.author)}</b>{role}{whom}</div>",
        f'<div style="font-family:{SERIF};font-size:1.15em;line-height:1.55;margin:10px 0">{escape(row.what_it_says)}</div>',
        _quotation(row),
        f'<div style="margin:8px 0"><b>{fixed("cannot_show")}</b> {escape(row.missing)}</div>',
        folded(say("card_behind"), "".join(_behind(row, source))),
    ]
    return (
        f'<div class="document-card" style="border-left:8px solid {colour};background:{TINT};padding:10px 16px;margin:10px 0;'
        f'max-width:{MEASURE}">{"".join(body)}</div>'
    )


def _behind(row, source):
    """Return what stands behind a paper: its point of view, how we saw it and where, and a task that sends the reader there."""
    return [
        f'<div style="margin:8px 0"><b>{fixed("whose_eyes")}</b> {escape(row.perspective)}</div>',
        f'<div style="font-size:0.92em"><b>{fixed("how_seen")}</b> {escape(row.seen_as)}; {escape(row.archive)}. {_at(source)}</div>',
        _task(row),
    ]


def secrecy(row) -> str:
    """Return a stamp for a paper that was not public at first: until when, and how many years; else nothing."""
    if row.public_at_the_time is not False:
        return ""
    if not row.became_public:
        return badge(fixed("not_public"), STAMP, "0.9em")
    if "officially" in row.became_public_note:  # a print that was not official came earlier: name both
        return badge(fixed("printed_when", note=escape(row.became_public_note)), STAMP, "0.9em")
    year, years = row.became_public[:4], int(row.became_public[:4]) - int(row.date[:4])
    dated = fixed("years_more" if years > 1 else "years_one", year=year, years=years)
    until = dated if years else day_in_words(row.became_public[:10])
    return badge(fixed("secret_until", until=until), STAMP, "0.9em")


def source_html(row) -> str:
    """Return a source card as HTML.

    Parameters
    ----------
    row : named tuple
        A row of `data/source_cards.csv`.
    """
    ways = [' <b style="font-size:1.2em">→</b> '.join(_hand(hand) for hand in hands) for hands in chains(row.chain)]
    between, name = f"<br>{fixed('or_way')} ", fixed("card_who_counted", title=escape(row.title))
    pairs = [
        (say("card_counted"), escape(row.who_counted)),
        (say("card_hands"), f'<div style="line-height:2.1">{between.join(ways)}</div>'),
        (fixed("card_gained_high"), escape(row.gains_high)),
        (fixed("card_gained_low"), escape(row.gains_low)),
        (say("card_missing"), escape(row.missing)),
    ]
    hidden = folded(fixed("ledger_sources"), Links().others(row.source_ids))
    return (
        f'<div class="source-card" style="border:1px solid #8A929C;border-left:8px double #5B6470;padding:8px 16px;margin:10px 0;'
        f'max-width:{MEASURE}"><div style="font-size:1.1em"><b>{name}</b></div>{definitions(pairs, False)}{hidden}</div>'
    )


def chains(text: str) -> list[list[str]]:
    """Return the ways that figures took, each a list of the hands they went through, from a cell of the table."""
    return [[hand.strip() for hand in way.split(HANDS) if hand.strip()] for way in text.split(WAYS)]


def rubric() -> None:
    """Show the rubric of all written tasks: five criteria, four levels, weights."""
    head = fixed("rubric_head").split(" | ")
    rows = [
        (f"<b>{escape(row.criterion)}</b> ({row.weight})", *map(escape, (row.exemplary, row.secure, row.developing, row.beginning)))
        for row in data.load("rubric").itertuples()
    ]
    show_html(table_html(head, rows))


def _find(table, key, wanted):
    """Return the row of a table whose key is wanted, or None."""
    rows = data.load(table)
    return next(rows[rows[key] == str(wanted)].itertuples(), None)


def _unknown(kind, wanted, known):
    return f"<p>{fixed(kind, wanted=escape(wanted), nearest=escape(data.nearest(wanted, known)))}</p>"


def _hand(words):
    return f'<span style="border:1px solid #8A929C;border-radius:4px;padding:1px 7px">{escape(words)}</span>'


def _quotation(row):
    """Return one phrase of the paper with its speaker, where it was seen."""
    if not row.quote:
        return ""
    by = f" – {escape(row.quote_by)}" if row.quote_by else ""
    return f'<div style="border-left:3px solid #8A929C;padding-left:10px;margin:8px 0"><i>“{escape(row.quote)}”</i>{by}</div>'


def _at(source):
    """Return the grade of the copy and the way to it: a link, or where to find it."""
    if source is None:
        return ""
    where = whereabouts(source, say("card_open")) if ADDRESS.fullmatch(source.url) else whereabouts(source)
    return fixed("grade_and_way", grade=escape(source.grade), where=where)


def _task(row):
    """Return the task that sends the reader to the document itself, and where in it to look."""
    if not row.task:
        return ""
    where = f" ({escape(row.locator)})" if row.locator else ""
    return f'<div style="margin-top:8px"><b>▸ {fixed("your_turn")}</b> {escape(row.task)}{where}</div>'
