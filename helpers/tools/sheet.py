"""The sheet for the copier: two pages without code and without answers, in black and white, with room to write.

Its top is the guess slip, to be cut off and handed out first. Page 1 asks, page 2 has the figures, a document and the
written task. In a teacher's file (`hour`) the heading *Sheet* may say, a line each:

    - figures: `04-death-rates`, `04-normal` wide  ids of captions, two or three; "wide" goes across both columns, as does
                                                   every figure that would not be legible in one
    - table 04-4: `04-provinces`; Anhui, Gansu; 1957, 1958    rows and columns of a figure's table, beside an exercise,
                                                   there and on its slide
    - table: s4                                    the part whose table is printed, above its questions
    - note 04-5: ...                               words beside an exercise, there and on its slide, or under a figure
    - not printed: # of 100; in 1960               words that charts lose on paper; "#" stands for any number
    - task: ...                                    the written task in words that fit paper
    - document: D022                               another document of the core than the first
    - no words: ...                                leaves out what the six verdicts mean, and says why

Parts that the usual hour goes without (`lengths.later`) are not on the sheet. A quiet sheet says first what one must know.
"""

import html
import json
import re

from helpers import data
from helpers.common import day_in_words, escape
from helpers.desk.looks import VERDICTS
from helpers.tools import drawings, hour, lengths, pages, prose

FIGURES = 3
HALF, WIDE = 340, 700  # width of a drawing on paper in CSS pixels
LETTERS = round(11 * 96 / 72, 2)  # 11 points in CSS pixels
ROOM = {"text": 3}  # lines to write on, by kind of question; others
OTHERS = 2
RULES = 24  # more lines than a page has: what does not fit is not printed
CUES = {
    "choice": "My letter, and why:",
    "set": "My letters, and why:",
    "order": "My order:",
    "number": "My sum and result:",
    "text": "",
}
FILE = re.compile(r" *\(data/[^)]*\)| data/\w+\.csv,?")  # of no use on paper
APART = re.compile(r"\s*;\s*")
TOLD_APART = 20  # letters: shorter words of a solution may stand on a sheet by chance

PAGE = """<!DOCTYPE html>
<html lang="en" data-paper="a4">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: sheet for the copier</title>
<link rel="stylesheet" href="../_static/paper.css">
<style id="paper-size">@page {{ size: A4; margin: 0; }}</style></head>
<body class="sheet">
<nav aria-label="This page"><a href="../index.html">All lessons</a> <a href="../{page}.html">The lesson</a>
{ways}
<button type="button" data-paper="a4" aria-pressed="true">A4</button>
<button type="button" data-paper="letter" aria-pressed="false">Letter</button>
<button type="button" class="print">Print both pages</button> <span class="pdf"></span></nav>
<main>
<section class="page" aria-label="Page 1">
<div class="slip"><p class="name"><b>Guess slip: {title}</b> Name <span></span></p>{guess}</div>
<p class="cut">Cut here. The slip goes out first, the sheet after it.</p>
<header><h1>{asks}</h1><p class="name">Name <span></span> Date <span></span></p></header>
{before}<div class="asked">{asked}</div>
{verdicts}
</section>
<section class="page" aria-label="Page 2">
<div class="shown">{shown}</div>
<div class="task written"><p><b>Write.</b> {task}</p>{rules}</div>
</section>
</main>
<script src="../_static/plotly.min.js"></script>
<script src="../_static/paper.js"></script>
</body></html>
"""


class Sheet:
    """What one sheet shows, with a sentence for each thing that could not be done."""

    def __init__(self, one):
        self.hour, self.complaints, self.numbers = one, [], {}
        self.figures = self._figures()

    def html(self):
        """Return the sheet as one HTML page."""
        one = self.hour
        asked = "".join(self._evidence(part, key) + self._question(part, key) for part, key in self._asked())
        ways = f'<a href="{one.beside or one.name}-plan.html">Plan</a> '
        ways += "" if one.beside else f'<a href="{one.name}-deck.html">Slides</a>'
        return PAGE.format(
            title=escape(one.heading),
            asks=escape(one.asks),
            page=one.page,
            ways=ways,
            before="".join(f'<div class="before">{hour.in_html(part.paragraphs())}</div>' for part in one.of("before") if one.beside),
            guess="".join(_guess(part) for part in one.parts if part.guesses),
            asked=asked,
            verdicts=self._verdicts(),
            shown=self._shown(),
            task=hour.line_in_html(one.task),
            rules=_rules(RULES),
        )

    def _asked(self):
        """Return [(part, key)] of the exercises of the usual hour."""
        left = lengths.later(self.hour)
        return [(part, key) for part in self.hour.parts if part.name not in left for key in part.exercises]

    def _evidence(self, part, key):
        """Return the table of a part above its first question."""
        if part.name != self.hour.plan.sheet.get("table") or key != part.exercises[0]:
            return ""
        return f'<div class="evidence"><p><b>{escape(part.title)}</b></p>{hour.table_of(part)}</div>'

    def _figures(self):
        """Return [(figure, wide, chart, subtitle, sources)] for page 2, in greys and without what must not be printed."""
        known = self.hour.figures()
        wanted = self.hour.plan.sheet.get("figures", "")
        names = [words.split() for words in wanted.split(",") if words.strip()] or [[name] for name in self._first_figures()]
        hidden = [words for words in APART.split(self.hour.plan.sheet.get("not printed", "")) if words]
        answers, made, found = list(self._answers()), [], set()
        for name, *more in names:
            if name not in known:
                self._say(f"the sheet wants the figure '{name}'; {data.nearest(name, known)}")
                continue
            chart, _, subtitle, sources = drawings.bare(known[name].chart)
            chart, lost = drawings.blanked(chart, hidden)
            chart = drawings.in_greys(_without_numbers(chart, answers))
            found |= lost
            self.numbers[name] = len(made) + 1
            drawings.set_size(chart, LETTERS)
            drawings.set_room(chart, WIDE if "wide" in more else HALF)
            made.append((known[name], "wide" in more, chart, subtitle, sources))
        for words in hidden:
            if words not in found:
                self._say(f"no chart on the sheet has the words '{words}', which are not to be printed")
        return made

    def _first_figures(self):
        return [figure.caption for part in self.hour.of("section") for figure in part.figures][:FIGURES]

    def _answers(self):
        """Yield (answer, tolerance) of the core's questions whose answer is a number."""
        for key in self.hour.named("exercises"):
            row = pages.question(key)
            if row.kind == "number":
                yield float(row.answer), float(row.tolerance or 0)

    def _question(self, part, key):
        """Return an exercise with its table and room to write, and its figure where no note leads elsewhere."""
        row, prompt, choices = hour.asked(key)
        note = hour.note_of(self.hour, key)
        see = [] if note else [f"Figure {self.numbers[figure.caption]}" for figure in part.figures if figure.caption in self.numbers]
        options = f" {pages.in_line('; '.join(one.removesuffix('.') for one in choices))}" if choices else ""
        where = f' <span class="see">{escape(", ".join(see))}</span>' if see else ""
        cue = CUES[row.kind]
        return (
            f'<div class="task" id="q-{escape(key)}"><p><b>{escape(key)}</b> {pages.in_line(prompt)}{options}{where}</p>'
            f"{self._numbers(key)}{note}{_rules(ROOM.get(row.kind, OTHERS), cue)}</div>"
        )

    def _numbers(self, key):
        """Return the table that the teacher's file puts beside an exercise."""
        numbers, complaint = hour.numbers_of(self.hour, key)
        if complaint:
            self._say(complaint)
        return numbers

    def _verdicts(self):
        """Return the claims to judge, with the six words; a first verdict, before the evidence, has no reason and one line."""
        claims, parts = data.load("claims").set_index("claim_id"), []
        priors = self.hour.named("priors")
        for key in [*self.hour.named("claims"), *priors]:
            if key not in claims.index:
                self._say(f"the lesson judges the claim '{key}'; {data.nearest(key, claims.index)}")
                continue
            asked = f"<b>{key}</b> {escape(claims.claim[key])}"
            if key in priors:
                parts.append(f'<p class="fill prior"><em>{asked}</em> <span></span> <span class="short"></span> of 100 sure</p>')
                continue
            parts.append(
                f'<p class="claim">{asked}</p><p class="fill">My verdict: <span></span> I am <span class="short"></span> of 100 sure, '
                'because <span class="rest"></span></p>'
            )
        words = _six_words() if self.hour.beside else ", ".join(VERDICTS)
        return f'<div class="verdicts"><p><b>Judge what a textbook says:</b> {words}.</p>{"".join(parts)}</div>' if parts else ""

    def _shown(self):
        """Return figures and document for the two columns of page 2."""
        blocks = [_figure(number, *figure, hour.note_of(self.hour, figure[0].caption)) for number, figure in enumerate(self.figures, 1)]
        halves = [number for number, (_, wide, *_) in enumerate(self.figures) if not wide]
        blocks.insert(halves[-1] + 1 if halves else 0, self._document())
        if not self.hour.beside and (self.hour.alone or "no words" not in self.hour.plan.sheet):
            blocks.append(f'<p class="words">The six verdicts. {_six_words()}.</p>')
        return "".join(blocks)

    def _document(self):
        if any(part.shows_page for part in self.hour.parts):
            told = "".join(f"<li>{escape(row.statement)}</li>" for row in data.load("statements").itertuples())
            return f'<article class="document page-text"><p><b>The page, in our words</b></p><ol>{told}</ol></article>'
        known, rows = self.hour.named("documents"), data.load("documents").set_index("doc_id")
        wanted = self.hour.plan.sheet.get("document", known[0] if known else "")
        if not wanted:
            return ""
        if wanted not in rows.index:
            self._say(f"the sheet wants the document '{wanted}'; {data.nearest(wanted, rows.index)}")
            return ""
        row = rows.loc[wanted]
        whom = f" to {escape(row.recipient)}" if row.recipient else ""
        quote = f"<p>“{escape(row.quote)}” ({escape(row.quote_by)})</p>" if row.quote else ""
        return (
            f'<article class="document"><p><b>Document {wanted}. {escape(row.title)}</b></p>'
            f"<p>{escape(row.author)}{whom}, {escape(day_in_words(row.date))}.</p>"
            f'<p class="says">{escape(row.what_it_says)}</p>{quote}<p><b>It cannot show:</b> {escape(row.missing)}</p></article>'
        )

    def _say(self, words):
        sentence = f"Lesson {self.hour.lesson}: {words.rstrip('.')}."
        self.complaints += [sentence] * (sentence not in self.complaints)


def _guess(part):
    """Return the question of the guess and a line for each answer."""
    fields = "".join(f'<p class="fill">My guess: <span></span> {escape(unit)}</p>' for _, unit in part.guesses)
    return hour.in_html(part.guess_paragraphs()) + f'<div class="fields">{fields}</div>'


def _six_words():
    return "; ".join(f"<b>{word}</b>: {escape(look.means.rstrip('.'))}" for word, look in VERDICTS.items())


def _rules(count, cue=""):
    """Return ruled lines; the first may begin with a few words."""
    return f'<div class="rules"><p>{escape(cue)}</p>{"<p></p>" * (count - 1)}</div>'


def _figure(number, figure, wide, chart, subtitle, sources, note):
    content = json.dumps(chart, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'{pages.CHART_START} id="figure-{number}"{" data-wide" if wide else ""}>'
        f"<figcaption><b>Figure {number}.</b> {escape(subtitle.rstrip('.'))}. {escape(FILE.sub('', sources).rstrip('.'))}. {note}"
        "</figcaption>"
        f'<div class="drawing" aria-hidden="true"></div><script type="application/json">{content}</script></figure>'
    )


def _without_numbers(chart, answers):
    """Return a chart whose texts have lost every number that answers an exercise."""
    hidden = {
        number
        for text in drawings.texts(chart)
        for number in re.findall(drawings.NUMBER, text)
        if any(_is(number, answer, tolerance) for answer, tolerance in answers)
    }
    return drawings.blanked(chart, sorted(hidden))[0]


def _is(number, answer, tolerance):
    return abs(float(number.replace(",", "").replace("−", "-")) - answer) <= tolerance + 1e-9


def told(page, one):
    """Return a sentence for everything that a sheet gives away or that means nothing on paper.

    page  the sheet as HTML
    one   its lesson's hour
    Looked for are the numbers that answer an exercise, solutions, feedback and better wordings, the findings of charts, and
    words that only a notebook has.
    """
    charts = [json.loads(text) for text in re.findall(r'<script type="application/json">(.*?)</script>', page, re.S)]
    body = re.sub(r"<(nav|script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
    drawn = [text for chart in charts for text in drawings.texts(chart)]
    found = [f"'{text}' is a word of the notebook" for text in hour.OF_THE_NOTEBOOK.findall(words)]
    everything = " ".join([words, *drawn])
    for key in one.named("exercises"):
        row = pages.question(key)
        found += [
            f"the sheet tells the {name} of {key}"
            for name in ("solution", "feedback_right", "hint_1", "hint_2")
            if len(text := str(getattr(row, name))) > TOLD_APART and text in everything
        ]
        if row.kind == "number":
            printed = [number for text in (words, *drawn) for number, _ in prose.quantities(text) if re.match(drawings.NUMBER, number)]
            found += [f"{number} answers {key}" for number in printed if _is(number, float(row.answer), float(row.tolerance or 0))]
    for claim in data.load("claims", claim_id=one.named("claims")).itertuples():
        found += [f"the sheet tells our wording of {claim.claim_id}"] * (claim.better_wording in everything)
    for name, figure in one.figures().items():
        title = drawings.bare(figure.chart)[1]
        found += [f"the sheet prints the finding of {name}"] * (title.rstrip(".") in everything)
    return found
