"""The teacher's hour on one leaf.

On its front: question, materials, minute by minute, board, exit slip, homework, what pupils will say, and how long it takes to
read what the hour needs. On its back: objective, the answers with their reasons, our verdicts with the best objection, who
counted, how to say the names. Minutes come from the lesson's cells, answers, cards and verdicts from the tables, the rest from
`plans/NN.md` (see `hour`) and `plans/names.csv`.
"""

import csv
import math
import re

from helpers import data
from helpers.common import escape
from helpers.tools import hour, lengths, pages

PAGE = """<!DOCTYPE html>
<html lang="en" data-paper="a4">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: plan of the hour</title>
<link rel="stylesheet" href="../_static/paper.css">
<style id="paper-size">@page {{ size: A4; margin: 0; }}</style></head>
<body class="plan">
<nav aria-label="This page"><a href="../index.html">All lessons</a> <a href="../{page}.html">The lesson</a>
<a href="{lesson}-sheet.html">Sheet for the copier</a> <a href="{lesson}-deck.html">Slides</a>
{quiet}
<a href="../papers/index.html">Papers for teachers</a> {care}{others}<button type="button" data-paper="a4" aria-pressed="true">A4</button>
<button type="button" data-paper="letter" aria-pressed="false">Letter</button>
<button type="button" class="print">Print this plan</button> <span class="pdf"></span></nav>
<main>
<section class="page" aria-label="Plan">
<header><h1>{asks}</h1><p>{minutes} minutes</p></header>
{top}{changed}{materials}
<table class="hours"><thead><tr><th scope="col">min</th><th scope="col">part</th><th scope="col">slide</th>
<th scope="col">say and do</th></tr></thead>
<tbody>{rows}</tbody></table>
<div class="two"><div><p><b>Board at the end</b></p>{board}{ends}</div><div>{said}</div></div>
<p class="key"><b>Answers.</b> {answers}</p>
</section>{back}
</main>
<script src="../_static/paper.js"></script>
</body></html>
"""

BACK = """
<section class="page back" aria-label="Answers and reasons">
<header><h1>{title}: answers, and why</h1><p>for later</p></header>
{able}
<dl>{answers}</dl>
{verdicts}{cards}{asked}{quiet}{names}
</section>"""
ABLE = "<p><b>Pupils will be able to</b> {}</p>"
READY = '<p class="ready"><b>You need only this page, the slides and the sheet: {} minutes to read.</b> All else is for later.</p>'
A_MINUTE, FIVE = 200, 5  # words that somebody reads who reads in silence; minutes are told in fives, rounded up
IDS = re.compile(r" *\((?:[\w-]+(?:[;,] *)?)*(?:_|[A-Z]+\d)[\w-]*(?:[;,] *[\w-]+)*\)")  # sources in brackets, of no use on paper


def page(one, slides, cut=None, words=0, quiet=None):
    """Return the plan of an hour as one HTML page.

    one     an `hour.Hour`
    slides  {part: [numbers of its slides]}
    words   how many words stand on slides and sheet; the plan adds its own and says how many minutes it takes to read them
    quiet   the hour of the quiet sheet, when there is one
    cut     a `lengths.Cut` when the hour is shorter or longer than the usual one; its page says what was changed and leaves out
            what pupils will say and the back, which the first plan has
    """
    taken, texts = cut or lengths.for_class(one), one.plan.texts
    parts = taken.parts
    times = hour.clock(parts)
    rows = "".join(_row(part, begins, ends, one.plan.say, slides, taken.later) for part, (begins, ends) in zip(parts, times, strict=True))
    materials = _block("Materials", " · ".join(hour.line_in_html(line) for line in hour.lines(texts.get("Materials", ""))))
    board = f'<div class="board">{hour.in_html([texts["Board"]])}</div>' if texts.get("Board") else ""
    leave = ["Exit slip"] if cut and any(part.name == "discuss" for part in parts) else ["Exit slip", "Homework"]
    ends = "".join(_block(heading, hour.line_in_html(" ".join(texts.get(heading, "").split()))) for heading in leave)
    said = _said(one.plan.objections)
    first = f'<p>What pupils will say, and the sentence to answer: <a href="{one.name}-plan.html">on the first plan</a>.</p>'
    able = ABLE.format(hour.line_in_html(one.objective))
    made = PAGE.format(
        title=escape(one.heading),
        asks=escape(one.asks),
        page=one.page,
        lesson=one.name,
        minutes=times[-1][1],
        top=able if cut else READY.format("00"),
        quiet=f'<a href="{quiet.name}-sheet.html">Quiet sheet</a> ' if quiet else "",
        materials=materials,
        rows=rows,
        board=board,
        ends=ends,
        said=first if cut else f"<p><b>What pupils will say</b></p><dl>{said}</dl>",
        others=_others(one),
        care='<a href="../papers/care.html">Care</a> ' if one.of("care") else "",
        changed=_block("Changed", hour.line_in_html(taken.said(slides))) if cut or taken.out else "",
        answers=_answers(one, parts),
        back="" if cut else _back(one, able, quiet),
    )
    return made if cut else made.replace(READY.format("00"), READY.format(minutes_to_read(made, words)) if words else "")


def minutes_to_read(page, words):
    """Return how many minutes it takes to read the front of a plan and so many words more, in full fives."""
    front = page.partition('<section class="page back"')[0]
    return FIVE * math.ceil((hour.words_in(front) + words) / A_MINUTE / FIVE)


def _said(pairs):
    return "".join(f"<dt>{hour.line_in_html(words)}</dt><dd>{hour.line_in_html(answer)}</dd>" for words, answer in pairs)


def _others(one):
    """Return links to the plans of the same hour in other lengths."""
    made = [("", lengths.USUAL), *((f"-{minutes}", minutes) for minutes in lengths.of(one))]
    return "".join(f'<a href="{one.name}-plan{end}.html">{minutes} minutes</a> ' for end, minutes in made if len(made) > 1)


def _row(part, begins, ends, say, slides, later):
    """Return the line of one part: from minute to minute, its slides, what to say and to do."""
    numbers = slides.get(part.name, [])
    where = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else "".join(map(str, numbers))
    where += ", M" * (part.name in later)
    does = "; ".join(part.exercises)
    title = part.title if part.name != "header" else "The question"
    return (
        f"<tr><td>{begins}-{ends}</td><td>{escape(title)}</td><td>{where}</td>"
        f"<td>{hour.line_in_html(say.get(part.name, '') or lengths.shown(part))}{f' <b>{escape(does)}</b>' if does else ''}</td></tr>"
    )


def _block(heading, text):
    return f"<p><b>{heading}.</b> {text}</p>" if text else ""


def _answers(one, parts):
    """Return the answers of the parts' exercises and our verdicts on the hour's claims in one line."""
    told = []
    for key in dict.fromkeys(key for part in parts for key in part.exercises):
        told.append(f"{key}: {_answer(pages.question(key))}")
    told += [f"{row.claim_id}: {row.verdict or 'no verdict'}" for row in data.load("claims", claim_id=one.named("claims")).itertuples()]
    return escape("; ".join(told)) + "."


def _back(one, able, quiet):
    """Return the back of the plan: why each answer is right, our verdicts and what speaks against them, who counted, names."""
    rows = [pages.question(key) for key in one.named("exercises")]
    answers = "".join(f"<dt>{row.question_id}: {escape(_answer(row))}</dt><dd>{hour.line_in_html(row.solution)}</dd>" for row in rows)
    verdicts = "".join(
        f"<dt>{row.claim_id} {escape(row.claim)} <b>{escape(row.verdict or 'no verdict')}</b></dt>"
        f"<dd>{escape(IDS.sub('', row.known))} <i>The best objection:</i> {escape(IDS.sub('', row.best_objection))} "
        f"<i>We would print:</i> {escape(row.better_wording)}</dd>"
        for row in data.load("claims", claim_id=one.named("claims")).itertuples()
    )
    cards = data.load("source_cards").set_index("card_id")
    counted = "".join(_counted(cards.loc[key]) for key in one.named("cards") if key in cards.index)
    return BACK.format(
        title=escape(one.heading),
        able=able,
        quiet=_block(f"The quiet sheet, {escape(quiet.title)}", _answers(quiet, quiet.parts)) if quiet else "",
        answers=answers,
        verdicts=f"<p><b>Our verdicts</b></p><dl>{verdicts}</dl>" if verdicts else "",
        cards=counted,
        asked=f"<p><b>Asked too</b></p><dl>{_said(one.plan.asked)}</dl>" if one.plan.asked else "",
        names=_block("Roughly", " · ".join(f"{escape(name)}: {escape(say)}" for name, say in _names(one))),
    )


def _answer(row):
    return f"{row.answer or 'open'}{f' {row.unit}' if row.unit else ''}"


def _counted(row):
    told = [row.who_counted, row.gains_high and f"A high figure: {row.gains_high}", row.gains_low and f"A low one: {row.gains_low}"]
    told += [row.missing and f"Missing: {row.missing}"]
    return _block(f"Who counted: {escape(row.title)}", escape(" ".join(filter(None, told))))


def _names(one):
    """Return [(name, how an English speaker may say it)] of the names in the core, its documents and the teacher's words."""
    papers = data.load("documents", doc_id=one.named("documents"))
    words = [part.text for part in one.parts] + list(one.plan.say.values())
    words += [text for column in ("title", "what_it_says", "author") for text in papers[column]]
    words += [text for pair in one.plan.objections + one.plan.asked for text in pair]
    table = hour.PLANS / "names.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines()) if table.exists() else ()
    return [(row["name"], row["say"]) for row in rows if any(re.search(rf"\b{row['name']}\b", text) for text in words)]
