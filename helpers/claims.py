"""The ledger of claims: what the student guessed and judged, what we conclude, and the cards that stand between.

A guess or a verdict given as `...` is not an answer and is not kept. Ours is shown folded, after the student's own.
"""

import html

from IPython.display import HTML, Markdown, display

from helpers import answers, data

VERDICTS = ("supported", "partly", "imprecise", "contradicted", "contested", "unverifiable")


def guess(key, value, unit=""):
    """Keep a guess made before the evidence, for example `guess("04 deaths", 5, "million")`; say what was kept."""
    if value is ...:
        return _show("*No guess yet.* Replace the three dots and run this cell again. There is no penalty for being wrong.")
    if not isinstance(value, (int, float, str)) or isinstance(value, bool):
        return _show('A guess is a number or a word: for example `20`, or `"partly"`.')
    message = answers.keep("guesses", key, {"value": value, "unit": unit})
    return _show(f"Kept: **{_plain(value)} {_plain(unit)}**. You will see it again at the end. {message}".strip())


def recall(key):
    """Show the guess kept under a key, or say that there is none."""
    kept, message = answers.read()
    found = kept.get("guesses", {}).get(key)
    if not found:
        return _show(f"You made no guess at the start. {message}".strip())
    return _show(
        f"At the start you guessed **{_plain(found['value'])} {_plain(found['unit'])}**. What made you say so, and what would you say now?"
    )


def verdict(claim_id, judged, sure):
    """Keep the student's verdict on a claim and how sure they are (50 to 100 per cent); say what was kept.

    judged  one of supported, partly, imprecise, contradicted, contested, unverifiable
    """
    empty = f"*No verdict yet.* Choose one of: {', '.join(VERDICTS)}; and say how sure you are, from 50 (a coin) to 100."
    _judge("verdicts", claim_id, judged, sure, empty)


def prior(claim_id, judged, sure):
    """Keep a verdict given before the evidence, apart from the verdicts of the lessons, so that both can be compared at the end.

    The parameters are those of `verdict`. The claim's words are shown, since no lesson stands around them yet.
    """
    rows = data.load("claims").set_index("claim_id")
    words = f"(from {rows['statement_id'][claim_id]}) {_plain(rows['claim'][claim_id])}" if claim_id in rows.index else ""
    _judge("priors", claim_id, judged, sure, f"{words} *No verdict yet.*")


def _judge(kind, claim_id, judged, sure, empty):
    """Keep a verdict and a confidence under a kind of answer; `empty` is said while three dots stand for one of them."""
    known = data.load("claims")["claim_id"].tolist()
    if claim_id not in known:
        return _show(f"There is no claim '{_plain(claim_id)}'; {_plain(data.nearest(claim_id, known))}.")
    if judged is ... or sure is ...:
        return _show(f"**{claim_id}** {empty}")
    word = str(judged).strip().lower()
    if word not in VERDICTS:
        return _show(f"**{claim_id}** '{_plain(judged)}' is not one of the six verdicts; {data.nearest(word, VERDICTS)}.")
    if not isinstance(sure, (int, float)) or isinstance(sure, bool) or not 50 <= sure <= 100:
        return _show(f"**{claim_id}** How sure you are is a number from 50 (a coin) to 100 (certain).")
    message = answers.keep(kind, claim_id, {"verdict": word, "sure": sure})
    return _show(f"**{claim_id}** Kept: **{word}**, {sure:g} per cent sure. {message}".strip())


def page():
    """Show the textbook page: its statements in our words, with the claims each one holds."""
    rows = data.load("statements")
    return _show(
        "| | the page says | claims |\n|---|---|---|\n"
        + "\n".join(
            f"| **{row.statement_id}** | {_plain(row.statement)} | {_plain(row.claims.replace(';', ', '))} |" for row in rows.itertuples()
        )
    )


def claims_of(statement_id):
    """Show one statement of the page and the claims it is made of, each with its kind; an unknown one gets a sentence."""
    statements = data.load("statements").set_index("statement_id")["statement"]
    if statement_id not in statements:
        return _show(f"There is no statement '{_plain(statement_id)}'; {_plain(data.nearest(statement_id, statements.index))}.")
    rows = data.load("claims", statement_id=statement_id)
    return _show(
        f"**{statement_id}** {_plain(statements[statement_id])}\n\n| claim | in short words | kind |\n|---|---|---|\n"
        + "\n".join(f"| **{row.claim_id}** | {_plain(row.claim)} | {_plain(row.kind)} |" for row in rows.itertuples())
    )


def write(key, text, words=None):
    """Keep a written task, for example `write("04 label", "...")`, and say how long it is; the portfolio prints it.

    key    lesson number and a short name
    words  how many words the task asks for, if it does
    A text that is not one in quotes gets a sentence, never an error.
    """
    if text is ...:
        return _show(
            "*Nothing written yet.* Replace the three dots by your text in quotes (three quotes for several lines) and run the cell again."
        )
    if not isinstance(text, str) or not text.strip():
        return _show('A written task is a text in quotes: `"..."`, or three quotes on each side for several lines.')
    message = answers.keep("texts", str(key), text.strip())
    asked = f" The task asks for about {words}." if words else ""
    return _show(f"Kept: **{len(text.split())} words** as *{_plain(key)}*.{asked} {message}".strip())


def ledger(*claim_ids):
    """Show the claims with the student's verdict beside ours, ours folded: evidence, best objection, better wording."""
    kept, message = answers.read()
    rows = data.load("claims", claim_id=list(claim_ids)).set_index("claim_id")
    blocks = [f"<p>{html.escape(message)}</p>"] if message else []
    for claim_id in claim_ids:
        row = rows.loc[claim_id]
        own = kept.get("verdicts", {}).get(claim_id)
        yours = f"{own['verdict']}, {own['sure']:g} per cent sure" if own else "none yet"
        parts = [
            ("Our verdict", f"{row.verdict} (confidence: {row.confidence})"),
            ("For", row.evidence_for),
            ("Against", row.evidence_against),
            ("Best objection to us", row.best_objection),
            ("What would change our mind", row.what_would_change),
            ("Better wording", row.better_wording),
            ("Sources", row.source_ids),
        ]
        listed = "".join(f"<dt><b>{name}</b></dt><dd>{html.escape(text)}</dd>" for name, text in parts if text)
        blocks.append(
            f"<p><b>{claim_id}</b> {html.escape(row.claim)}<br>Your verdict: {html.escape(yours)}</p>"
            f"<details><summary>Our verdict on {claim_id}: open it after your own</summary><dl>{listed}</dl></details>"
        )
    display(HTML("".join(blocks)))


def overview(**where):
    """Show many claims in one table: the student's first verdict and the later one beside ours.

    `where` keeps the claims whose column has a value: `overview(lesson="07")`, `overview(verdict="partly")`,
    `overview(kind="cause")`, `overview(statement_id="S6")`; without any, all thirty. A wrong name gets a sentence.
    """
    kept, message = answers.read()
    try:
        rows = data.load("claims", **where)
    except data.DataError as problem:
        return _show(_plain(problem))
    lines = [
        f"| **{_plain(row.claim_id)}** | {_plain(row.claim)} | "
        f"{_own(kept, 'priors', row.claim_id)} | {_own(kept, 'verdicts', row.claim_id)} | "
        f"{_plain(row.verdict)} ({_plain(row.confidence)}) |"
        for row in rows.itertuples()
    ]
    return _show(
        "\n".join(
            [
                "| claim | in short words | your first verdict | your verdict | ours (confidence) |",
                "|---|---|---|---|---|",
                *lines,
                "",
                message,
            ]
        ).strip()
    )


def reworded():
    """Show, folded, every statement of the page beside our better wording of its claims."""
    wording = data.load("claims").set_index("claim_id")["better_wording"]
    rows = "".join(
        f'<tr><th scope="row">{html.escape(row.statement_id)}</th><td>{html.escape(row.statement)}</td><td>'
        + "<br>".join(f"<b>{html.escape(claim_id)}</b> {html.escape(wording[claim_id])}" for claim_id in data.split_list(row.claims))
        + "</td></tr>"
        for row in data.load("statements").itertuples()
    )
    return display(
        HTML(
            "<details><summary>The page beside our better wording: open it after writing your own</summary><table><thead><tr>"
            '<th scope="col"></th><th scope="col">the page says</th><th scope="col">we would print</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></details>"
        )
    )


def _own(kept, kind, claim_id):
    """Return a kept verdict as a table cell: the word and how sure, or a dash."""
    entry = kept.get(kind, {}).get(claim_id)
    return _plain(f"{entry.get('verdict')}, {entry.get('sure')}") if isinstance(entry, dict) else "–"


def source_card(card_id):
    """Show the card of a set of figures: who counted, through what chain, who gained, what is missing."""
    row = data.load("source_cards", card_id=card_id).iloc[0]
    asked = [
        ("Who counted?", row.who_counted),
        ("Through what chain?", row.chain),
        ("Who gained from a high figure?", row.gains_high),
        ("Who gained from a low one?", row.gains_low),
        ("What is missing?", row.missing),
        ("Sources", row.source_ids.replace(";", ", ")),
    ]
    return _show(
        f"**Source card: {_plain(row.title)}**\n\n| ask | answer |\n|---|---|\n"
        + "\n".join(f"| {question} | {_plain(answer)} |" for question, answer in asked)
    )


def document_card(doc_id):
    """Show the card of a document with the four sourcing questions answered, and what it cannot show."""
    row = data.load("documents", doc_id=doc_id).iloc[0]
    asked = [
        ("Who?", f"{row.author} ({row.author_role})"),
        ("To whom?", f"{row.recipient}; {row.audience}"),
        ("When?", row.date + (f"; became public {row.became_public}" if row.became_public not in ("", row.date) else "")),
        ("Why?", row.perspective),
        ("What it says", row.what_it_says),
        ("What it cannot show", row.missing),
        ("How we saw it", f"{row.seen_as}; {row.genre}, {row.archive}"),
    ]
    return _show(
        f"**Document {doc_id}: {_plain(row.title)}**\n\n| ask | answer |\n|---|---|\n"
        + "\n".join(f"| {question} | {_plain(answer)} |" for question, answer in asked if answer)
    )


def rubric():
    """Show the rubric of all written tasks: five criteria, four levels, weights."""
    rows = data.load("rubric")
    head = "| criterion (weight) | 4 exemplary | 3 secure | 2 developing | 1 beginning |\n|---|---|---|---|---|\n"
    return _show(
        head
        + "\n".join(
            f"| **{_plain(r.criterion)}** ({r.weight}) | "
            + " | ".join(map(_plain, (r.exemplary, r.secure, r.developing, r.beginning)))
            + " |"
            for r in rows.itertuples()
        )
    )


def sources_used(*tables):
    """Show the list of sources behind the tables that a lesson loaded, graded A (original read) to D (weak copy)."""
    rows = data.load("sources").set_index("source_id").loc[data.source_ids(*tables)]
    lines = [
        f"- `{source}` ({_plain(row.grade)}) {_plain(row.citation.rstrip('.'))}."
        + (f" As reported by: {_plain(row.as_reported_by)}." if row.as_reported_by else "")
        for source, row in rows.iterrows()
    ]
    return _show(
        f"**{len(lines)} sources.** A: the original was read; B: an excerpt or a transcription; "
        "C: a reference work or the press; D: a weak copy.\n\n" + "\n".join(lines)
    )


def _show(text):
    display(Markdown(text))


def _plain(text):
    """Return text from the data or the student so that it stays text in Markdown."""
    return html.escape(str(text), quote=False).replace("|", "&#124;").replace("\n", " ")
