"""The hour on the wall: 12 to 15 slides without code as one HTML file, made from the core of a lesson.

The title of a chart, who gained from a count, our verdicts and what we know at the end are there but not to be seen until a
key is pressed. Model answers, solutions and hints are not in the file. Keys and timer are in `site_assets/deck.js`.

Parts that the usual hour goes without (`lengths.later`) have their slides after the last one: a key leads there and back.
"""

import html
import json
import re
from dataclasses import dataclass

from helpers import data, theme
from helpers.common import day_in_words, escape
from helpers.desk.cards import ACTOR_OF, ELSEWHERE, chains
from helpers.desk.looks import VERDICTS, chip
from helpers.tools import drawings, hour, lengths, pages

FEWEST, MOST = 12, 15
FEWEST_ALONE = 9  # an hour that stands alone has fewer parts
ON_A_WALL = 24  # pixels of 1080: no letter in a chart is smaller
SPARE = 1.01  # of a pixel that browsers round away
EXERCISES_TOGETHER = 2
LEAVING = ("**Exit", "**Before you go")  # how the sentence begins that a pupil leaves with
KNOWN = ("**Known", "**Contested", "**Unknown", "|")  # ... and what we now know
SHORT_CHAIN = 8  # hands of a source card; more of them stand in smaller letters
SHADES = 3  # a chart with more shades than this, where dark is much, keeps its white paper in the dark
TERM = re.compile(r"\(glossary\.md#([\w-]+)\)")

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: slides</title>
<link rel="stylesheet" href="../_static/deck.css"></head>
<body>
<main id="stage" aria-label="Slides: {title}">
{slides}
</main>
<nav aria-label="Slides">
<button type="button" data-go="back" aria-label="Back">◀</button>
<button type="button" data-go="on" aria-label="On">▶</button>
<button type="button" data-go="show" hidden>Show</button>
<span id="place" role="status"></span>{more}
<span class="keys">← → · Space shows · T timer · F full screen · Home · D dark</span>
<a href="../{page}.html">The lesson</a> <a href="{lesson}-plan.html">Plan</a> <a href="{lesson}-sheet.html">Sheet</a>
</nav>
<script src="../_static/plotly.min.js"></script>
<script src="../_static/deck.js"></script>
</body></html>
"""


MORE = '<button type="button" data-go="more" title="{title}">More (M)</button>'


@dataclass
class Slide:
    """One slide: the part or parts of the hour it belongs to, its kind, its HTML, an attribute for its look."""

    part: str
    kind: str
    content: str
    look: str = ""


class Deck:
    """The slides of an hour, with a sentence for each thing that could not be done."""

    def __init__(self, one):
        self.hour, self.complaints = one, []
        left = lengths.later(one)
        self.now, self.later = ([part for part in one.parts if (part.name in left) == gone] for gone in (False, True))
        self.slides = self._fitted()
        self.more = self._made(self.later, EXERCISES_TOGETHER)
        fewest = FEWEST_ALONE if one.alone else FEWEST
        if not fewest <= len(self.slides) <= MOST:
            self._say(f"the deck has {len(self.slides)} slides, not {fewest} to {MOST}: give the core fewer or more figures or exercises")

    def html(self):
        """Return the deck as one HTML page."""
        one, count = self.hour, len(self.slides)
        slides = "\n".join(
            f'<section class="slide {slide.kind}" data-part="{slide.part}" id="slide-{number}" aria-label="Slide {number}"{slide.look}'
            f"{' data-more' if number > count else ''}>{slide.content}</section>"
            for number, slide in enumerate(self.slides + self.more, 1)
        )
        more = MORE.format(title=escape("; ".join(part.title for part in self.later))) if self.more else ""
        return PAGE.format(title=escape(one.heading), lesson=one.name, page=one.page, slides=slides, more=more)

    def numbers(self):
        """Return {part: [numbers of its slides]}."""
        found = {}
        for number, slide in enumerate(self.slides + self.more, 1):
            for part in slide.part.split():
                found.setdefault(part, []).append(number)
        return found

    def _fitted(self):
        """Return the slides; a short core gets a slide for each exercise and an opening of its own, a long one shares some."""
        slides = self._made(self.now, EXERCISES_TOGETHER)
        if len(slides) > MOST:
            return self._made(self.now, EXERCISES_TOGETHER, beside=True)
        for together in (EXERCISES_TOGETHER, 1):
            if len(slides) < FEWEST:
                slides = self._made(self.now, together, apart=True)
        return slides

    def _made(self, parts, together, apart=False, beside=False):
        """Return the slides of parts in their order.

        together  how many exercises of a part share a slide
        apart     whether the question of the lesson stands on a slide of its own, before the opening picture
        beside    whether the documents of a part share a slide, and the words before an hour
        """
        slides = []
        for part in parts:
            if part.name == "header":
                slides += self._opening(part, apart)
            elif beside and part.name == "before" and slides and slides[-1].part == "care":
                slides[-1] = Slide("care before", "care", slides[-1].content + hour.in_html(part.paragraphs()))
            else:
                slides += self._slides_of(part, together, beside)
        return slides

    def _slides_of(self, part, together, beside):
        out, deck = self._left_out(), self.hour.plan.deck
        slides = [_text(part)] if part.name in ("care", "who", "before") else []
        slides += [Slide(part.name, "document", _the_page())] * part.shows_page
        slides += [_guess(part)] * bool(part.guesses)
        slides += [Slide(part.name, "cut", _apart(key)) for key in part.cut]
        slides += [Slide(part.name, "six verdict", f"<h2>{escape(part.title)}</h2>{_six_words()}")] * (part.name == "words")
        slides += [Slide(part.name, "source", _source(row)) for row in self._rows("source_cards", "card_id", part.cards, out)]
        papers = self._rows("documents", "doc_id", part.documents, out)
        slides += _papers(part.name, papers, beside and len(papers) > 1)
        worked = deck.get(f"worked {part.name}")
        slides += [Slide(part.name, "worked", _worked(worked))] if worked else []
        slides += [Slide(part.name, "figure", _figure(figure, part.title)) for figure in part.figures if figure.caption not in out]
        if part.name == deck.get("table"):
            slides.append(Slide(part.name, "evidence", f"<h2>{escape(part.title)}</h2>{hour.table_of(part)}"))
        keys = [part.exercises[place : place + together] for place in range(0, len(part.exercises), together)]
        slides += [Slide(part.name, "question", self._questions(part, some)) for some in keys]
        slides += [self._verdict(part)] if part.claims or part.priors else []
        return slides + [self._know(part)] * (part.name == "know")

    def _opening(self, part, apart):
        one = self.hour
        head = f'<p class="kicker">{escape(one.heading)}</p><h1>{escape(one.question)}</h1>'
        pictures = [_figure(figure, "") for figure in part.figures]
        if apart or not pictures:
            return [Slide("header", "title", head), *(Slide("header", "figure", picture) for picture in pictures)]
        return [Slide("header", "title figure", head + pictures[0])]

    def _know(self, part):
        """Return the last slide: the exit sentence, and what we now know behind a key."""
        blocks = part.paragraphs()
        leave = [] if "exit" in self.hour.plan.deck else _leaving(part)
        rest = [block for block in blocks if block.startswith(KNOWN)]
        return Slide(
            "know",
            "exit",
            f"<h2>Take out your guess slip. What would you say now?</h2>{hour.in_html(leave)}"
            f'<div class="hidden" data-says="Show what we now know"><h3>{escape(part.title)}</h3>{hour.in_html(rest)}</div>',
        )

    def _verdict(self, part):
        """Return the slide of the claims: the six words, and ours behind a key; first verdicts get a timer and nothing of ours."""
        blocks, known = [], data.load("claims").set_index("claim_id")
        for key in [*part.claims, *part.priors]:
            if key not in known.index:
                self._say(f"the lesson judges the claim '{key}'; {data.nearest(key, known.index)}")
                continue
            row = known.loc[key]
            ours = self._ours(key, row) if key in part.claims else ""
            blocks.append(f'<div class="claim"><p><b>{key}</b> {escape(row.claim)}</p>{ours}</div>')
        look, below = ("verdict", _six_words()) if part.claims else ("verdict many", _timer(part.minutes[1]))
        if self.hour.plan.deck.get("exit") == part.name:
            blocks += [f'<div class="leave">{hour.in_html(_leaving(one))}</div>' for one in self.hour.of("know")]
        return Slide(part.name, look, f"<h2>Your verdict, and how sure?</h2>{''.join(blocks)}{below}")

    def _ours(self, key, row):
        """Return our verdict behind a key, or a sentence when there is none that we know."""
        if row.verdict not in VERDICTS:
            self._say(
                f"{key} has the verdict '{row.verdict}'; {data.nearest(row.verdict, VERDICTS)}"
                if row.verdict
                else f"{key} has no verdict in data/claims.csv, so the slide shows none of ours"
            )
            return '<p class="hidden" data-says="Show our verdict">We have no verdict on this claim.</p>'
        return (
            f'<p class="hidden" data-says="Show our verdict">Ours: {chip(row.verdict)} with {escape(row.confidence)} confidence. '
            f"{escape(row.better_wording)}</p>"
        )

    def _questions(self, part, keys):
        """Return exercises, each with its options and what stands beside it; below them the words of the part."""
        blocks = []
        for key in keys:
            _, prompt, choices = hour.asked(key)
            options = "".join(f"<li>{pages.in_line(choice)}</li>" for choice in choices)
            numbers, complaint = hour.numbers_of(self.hour, key)
            if complaint:
                self._say(complaint)
            blocks.append(
                f'<div class="asked"><p><b>{escape(key)}</b> {pages.in_line(prompt)}</p>{f"<ul>{options}</ul>" if options else ""}'
                f"{numbers}{hour.note_of(self.hour, key)}</div>"
            )
        terms = dict.fromkeys(TERM.findall(part.text))
        known = data.load("glossary").set_index("term_id")
        words = "".join(
            f"<dt>{escape(known.term[term])}</dt><dd>{escape(known.definition[term])}</dd>" for term in terms if term in known.index
        )
        return f"<h2>{escape(part.title)}</h2>{''.join(blocks)}{f'<dl>{words}</dl>' if words else ''}"

    def _left_out(self):
        """Return the captions, documents and cards that the teacher's file leaves out; one that the core lacks is a sentence."""
        out = {word.strip() for word in self.hour.plan.deck.get("leave out", "").split(",") if word.strip()}
        known = [*self.hour.figures(), *self.hour.named("documents"), *self.hour.named("cards")]
        for name in sorted(out - set(known)):
            self._say(f"the deck leaves out '{name}'; {data.nearest(name, known)}")
        return out

    def _rows(self, table, column, keys, out):
        """Return the rows of a table with these keys but those left out; one that is not there is a sentence."""
        known = data.load(table).set_index(column, drop=False)
        for key in keys:
            if key not in known.index:
                self._say(f"the lesson shows '{key}' of data/{table}.csv; {data.nearest(key, known.index)}")
        return [known.loc[key] for key in keys if key in known.index and key not in out]

    def _say(self, words):
        sentence = f"Lesson {self.hour.lesson}: {words.rstrip('.')}."
        self.complaints += [sentence] * (sentence not in self.complaints)


def _text(part):
    return Slide(part.name, "care", f"<h2>{escape(part.title)}</h2>" + hour.in_html(part.paragraphs()))


def _guess(part):
    """Return the slide of a guess; where the whole part is the guess, with a timer."""
    timer = _timer(max(1, part.minutes[1] - 1)) if part.name == "guess" else ""  # the rest is for hands and board
    return Slide(part.name, "guess", f"<h2>Guess first</h2>{hour.in_html(part.guess_paragraphs())}{timer}")


def _timer(minutes):
    return (
        f'<p class="timer"><button type="button" data-minutes="{minutes}" aria-label="Timer: start or stop">'
        f'<span class="left">{minutes}:00</span><span class="small">T: start, stop</span></button></p>'
    )


def _leaving(part):
    """Return the sentence that a pupil leaves with, as a list of paragraphs."""
    return [block for block in part.paragraphs() if block.startswith(LEAVING)]


def _six_words():
    return f'<ul class="words">{"".join(f"<li>{chip(word)} {escape(look.means)}</li>" for word, look in VERDICTS.items())}</ul>'


def _the_page():
    """Return the page of the textbook, statement by statement."""
    told = "".join(f"<li>{escape(row.statement)}</li>" for row in data.load("statements").itertuples())
    return f'<h2>The page, in our words</h2><ol class="page-text">{told}</ol>'


def _apart(key):
    """Return a statement of the page above the claims that it is cut into, each with its kind."""
    said = data.load("statements").set_index("statement_id")["statement"][key]
    claims = "".join(
        f'<div class="claim"><p><b>{row.claim_id}</b> {escape(row.claim)} <em>{escape(row.kind)}</em></p></div>'
        for row in data.load("claims", statement_id=key).itertuples()
    )
    return f"<h2>One sentence, several claims</h2><blockquote>“{escape(said)}”</blockquote>{claims}"


def _figure(figure, kicker):
    """Return a chart across the slide: what it measures in sight, its finding behind a key, its sources below."""
    chart, title, subtitle, sources = drawings.bare(figure.chart)
    scale = round(ON_A_WALL * SPARE / drawings.smallest(chart), 4)
    content = json.dumps(chart, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    paper = " data-paper" if drawings.shades(chart) > SHADES else ""
    heading = f"<h2>{escape(kicker)}</h2>" if kicker else ""
    return (
        f'{heading}<p class="subtitle">{escape(subtitle)}</p><p class="finding hidden" data-says="Show the title">{escape(title)}</p>'
        f'{pages.CHART_START} data-scale="{scale}"{paper} role="img" aria-label="Chart: {html.escape(subtitle)}">'
        f'<div class="drawing" aria-hidden="true"></div><script type="application/json">{content}</script></figure>'
        f'<p class="sources">{escape(sources)}</p>'
    )


def _worked(words):
    """Return a sum step by step, each with its number; the last one comes with a key."""
    title, *steps = (step.strip() for step in words.split(" | "))
    rows = [step.partition(hour.ANSWERED)[::2] for step in steps]
    hidden = ' class="hidden" data-says="Show the result"'
    told = "".join(
        f'<tr{hidden if place == len(rows) else ""}><th scope="row">{hour.line_in_html(said)}</th><td>{hour.line_in_html(number)}</td></tr>'
        for place, (said, number) in enumerate(rows, 1)
    )
    return f"<h2>{escape(title)}</h2><table><tbody>{told}</tbody></table>"


def _source(row):
    """Return who counted: the chain of hands; behind a key each, who gained from a high and a low figure, what is missing."""
    long = " long" * (max(map(len, chains(row.chain)), default=0) > SHORT_CHAIN)
    ways = [" <b>→</b> ".join(f"<span>{escape(hand)}</span>" for hand in hands) for hands in chains(row.chain)]
    pairs = (("↑ Who gained from a high figure?", row.gains_high), ("↓ Who gained from a low one?", row.gains_low))
    pairs += (("What is missing?", row.missing),)
    answer = '<dd class="hidden" data-says="Show the answer">'
    told = "".join(f"<dt>{name}</dt>{answer}{escape(words)}</dd>" for name, words in pairs if words)
    return (
        f"<h2>Who counted: {escape(row.title)}</h2><p>{escape(row.who_counted)}</p>"
        f'<p class="chain{long}">{"<br>or: ".join(ways)}</p><dl>{told}</dl>'
    )


def _colour(row):
    """Return the colour of the actor that a document comes from."""
    actor = ACTOR_OF.get(row.origin_country)
    return theme.ACTORS[actor] if actor else ELSEWHERE


def _papers(part, rows, beside):
    """Return the slides of documents: one each, or all side by side."""
    looks = [f' style="--actor:{_colour(row)}"' for row in rows]
    if beside:
        papers = "".join(f"<article{look}>{_document(row)}</article>" for row, look in zip(rows, looks, strict=True))
        return [Slide(part, "papers document", papers)]
    return [Slide(part, "document", _document(row), look) for row, look in zip(rows, looks, strict=True)]


def _document(row):
    """Return a document: who to whom and when, the words, what it cannot show."""
    whom = f" → {escape(row.recipient)}" if row.recipient else ""
    quote = f"<blockquote>“{escape(row.quote)}” {escape(row.quote_by)}</blockquote>" if row.quote else ""
    return (
        f"<h2>{escape(row.title)}</h2>"
        f'<p class="from"><b>{escape(row.author)}{whom}</b>, {escape(day_in_words(row.date))}. Document {escape(row.doc_id)}, '
        f'{escape(row.seen_as)}.</p><p class="says">{escape(row.what_it_says)}</p>{quote}'
        f'<p class="lacks"><b>It cannot show:</b> {escape(row.missing)}</p>'
    )


def of_the_hour(deck):
    """Return a deck without the slides for a longer hour."""
    return re.sub(r'<section class="slide[^>]* data-more>.*?</section>', "", deck, flags=re.S)


def faults(deck):
    """Return a sentence for everything that a deck must not be: too short or long, with code, with titles in sight.

    deck  the page as HTML
    """
    slides = re.findall(r'<section class="slide.*?</section>', deck, re.S)
    count = of_the_hour(deck).count('<section class="slide')
    found = [] if FEWEST <= count <= MOST else [f"{count} slides, not {FEWEST} to {MOST}"]
    for number, slide in enumerate(slides, 1):
        told = re.sub(r"<script\b.*?</script>", "", slide, flags=re.S)
        words = re.sub(r"<[^>]+>", " ", told)
        if re.search(r"<(?:code|pre)\b|`|\w\((?:\"|\.\.\.)|\bimport \w", told):
            found.append(f"slide {number} shows code")
        found += [f"slide {number}: '{word}' is a word of the notebook" for word in hour.OF_THE_NOTEBOOK.findall(words)]
        if "<figure" in slide and not re.search(r'<p class="finding hidden"[^>]*>[^<]', slide):
            found.append(f"slide {number} shows a chart whose title is not behind a key")
        if any('"title":{' in chart and '"subtitle"' in chart for chart in re.findall(r"<script[^>]*>(.*?)</script>", slide, re.S)):
            found.append(f"slide {number}: the title stands in the drawing")
    return found
