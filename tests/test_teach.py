"""The class hour for paper and wall: what plan, sheet and deck say, what they must not say, and bad input."""

import copy
import json
import re
import shutil

import free_numbers
import nbformat
import pytest
from anatomy import course_minutes

from helpers import data
from helpers.common import CHART, escape
from helpers.tools import deck, drawings, hour, lengths, pages, plan, prose, sheet, teach
from helpers.tools.build import lessons

EVIL = "</script><script>alert(1)</script>"


def read(path):
    return nbformat.read(path, as_version=4)


SECOND = {path.name[:2]: path for path in lessons() if hour.is_second_edition(read(path), path.name[:2])}
PLANNED = [lesson for lesson in SECOND if (hour.PLANS / f"{lesson}.md").exists()]
AT_A_COMPUTER = ("notebook", "ready")  # parts of lesson 00 that mean nothing on paper
EACH = pytest.mark.parametrize("lesson", PLANNED)


def hour_of(lesson):
    return hour.read(read(SECOND[lesson]), lesson)


@pytest.fixture
def famine():
    return hour_of("04")


def figure_cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)).split())


# The plan ---------------------------------------------------------------------------------------------------------------


@EACH
def test_the_core_fits_its_hour_minute_by_minute(lesson):
    one = hour_of(lesson)
    times = hour.clock(one.parts)
    assert times[0][0] == 0 and all(before[1] == after[0] for before, after in zip(times, times[1:], strict=False))
    minutes = course_minutes(read(SECOND[lesson]))
    computer = sum(minutes.get(("usual", part), 0) for part in AT_A_COMPUTER)
    assert times[-1][1] == minutes["usual", "core"] - computer <= 50
    assert hour.clock(one.parts, 0)[-1][1] < times[-1][1] < hour.clock(one.parts, 2)[-1][1]


@EACH
def test_the_teachers_texts_are_whole_and_their_numbers_bound(lesson):
    one, text = hour_of(lesson), (hour.PLANS / f"{lesson}.md").read_text(encoding="utf-8")
    assert one.plan.complaints == [] and len(one.plan.objections) == 3
    minutes = course_minutes(read(SECOND[lesson]))
    free = free_numbers.phrases("", "plans", lesson)
    assert (prose.unbound(text, free), prose.unreasoned(text, free)) == ([], [])
    assert (prose.wrong(text, minutes), prose.unknown_dates(text)) == ([], [])


@pytest.mark.parametrize("name", ["04", "famine"])
def test_what_the_famine_needs_is_read_in_fifteen_minutes(famine, name):
    """A plan's first line is told from its words, those of the slides and those of the sheet; the front alone takes three minutes."""
    one = famine if name == "04" else lengths.alone(famine, name)
    slides = deck.Deck(one)
    made = {"deck": slides.html(), "sheet": sheet.Sheet(one).html()}
    page = teach.plans(one, slides.numbers(), made)["plan"]
    assert "the slides and the sheet: 15 minutes to read. All else is for later." in text_of(page)
    front = page.partition('<section class="page back"')[0]
    assert hour.words_in(front) <= 3 * plan.A_MINUTE
    longer = {**made, "sheet": made["sheet"].replace("</main>", f"{'one more word ' * 100}</main>")}  # planted
    assert "20 minutes to read" in text_of(teach.plans(one, slides.numbers(), longer)["plan"])


def test_words_are_counted_in_text_and_drawings_not_in_bar_and_scripts():
    chart = {"data": [], "layout": {"annotations": [{"text": "two<br>words"}]}}
    drawing = f'<script type="application/json">{json.dumps(chart)}</script>'
    page = f"<nav>not read</nav><p>three – words here</p><script>var x = 1</script>{drawing}"
    assert hour.words_in(page) == 5


def test_names_are_found_where_a_teacher_reads_them_aloud(famine):
    found = dict(plan._names(famine))
    assert {"Dikötter", "Banister", "Coale", "Ashton", "Kueh", "Meng", "Qian", "Cao Shuji"} <= set(found) and "Zhenbao" not in found
    table = (hour.PLANS / "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert table == sorted(set(table)) and all(line.count(",") == 1 for line in table)


def test_a_planted_number_in_a_plan_is_caught():
    text = (hour.PLANS / "04.md").read_text(encoding="utf-8")
    assert prose.wrong(text.replace("25.43<!--", "25.53<!--")) and prose.unbound(text + "Thirty million died.")[-1] == "Thirty"


def test_the_plan_says_when_what_and_the_answers(famine):
    page = plan.page(famine, deck.Deck(famine).numbers())
    words = text_of(page)
    rows = re.findall(r"<tr><td>(\d+-\d+)</td><td>([^<]+)</td><td>([\d-]+)</td>", page)
    assert [row[0] for row in rows][:3] == ["0-1", "1-3", "3-5"] and rows[-1][0].endswith("-50")
    assert all(slides for _, _, slides in rows) and rows[-1][2] == "15"
    assert all(said.strip('"') in words and answer[:40] in words for said, answer in famine.plan.objections)
    assert "04-2: 17.7 million" in words and "C10: imprecise" in words and famine.question in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("## Board", "## Bord"), ["has no '## Board'", "heading 'Bord'"]),
        (lambda text: text.replace("- s3:", "- s9:"), ["part 's9'"]),
        (lambda text: text.replace('weather." =>', 'weather."'), ["no answer to"]),
        (None, ["plans/04.md is not there"]),
    ],
)
def test_a_slip_in_the_teachers_texts_is_a_sentence_and_the_rest_is_made(tmp_path, famine, change, said):
    if change:
        text = (hour.PLANS / "04.md").read_text(encoding="utf-8")
        (tmp_path / "04.md").write_text(change(text), encoding="utf-8")
    famine.plan = hour.read_plan("04", [part.name for part in famine.parts], tmp_path)
    assert all(any(words in sentence for sentence in famine.plan.complaints) for words in said), famine.plan.complaints
    page = plan.page(famine, {})
    assert "47-50" in page and famine.objective.split(";")[0] in page
    assert sheet.Sheet(famine).html().count("<figure") in (2, sheet.FIGURES)  # those of the file, or the first ones


# The sheet --------------------------------------------------------------------------------------------------------------


@EACH
def test_the_sheet_tells_no_answer_and_speaks_paper(lesson):
    one = hour_of(lesson)
    made = sheet.Sheet(one)
    page = made.html()
    assert made.complaints == [] and sheet.told(page, one) == []
    paper = {"document"} if one.named("documents") else {"document page-text"}  # lesson 00 prints the page itself
    assert 1 <= page.count("<figure") <= sheet.FIGURES and set(re.findall(r'<article class="([^"]+)"', page)) == paper
    asked = [key for part in one.parts if part.name not in lengths.later(one) for key in part.exercises]
    assert re.findall(r'id="q-([^"]+)"', page) == asked and page.count('class="rules"') == len(asked) + 1
    assert page.index('class="slip"') < page.index('class="cut"') < page.index('class="asked"') < page.index("<figure")
    assert all(key in page for key in one.named("claims") + one.named("priors")) and "<code" not in page
    assert all(len(part.guess_paragraphs()) > 0 and hour.in_html(part.guess_paragraphs()) in page for part in one.parts if part.guesses)


def add_to_a_chart(page, text):
    """Write words into the first chart of a sheet."""
    return re.sub(r'"annotations":\[', lambda found: f'{found.group()}{{"text":"{text}"}},', page, count=1)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda page, _: add_to_a_chart(page, "17.7 million"), "17.7 answers 04-2"),
        (lambda page, _: page.replace("</main>", "<table><td>17.70</td></table></main>"), "17.70 answers 04-2"),
        (lambda page, _: page.replace("</main>", f"{pages.question('04-3').solution}</main>"), "the solution of 04-3"),
        (lambda page, _: page.replace("</main>", f"{pages.question('04-1').hint_1}</main>"), "the hint_1 of 04-1"),
        (
            lambda page, one: page.replace("Figure 1.</b> ", f"Figure 1.</b> {drawings.bare(one.figures()['04-death-rates'].chart)[1]}. "),
            "finding",
        ),
        (lambda page, _: page.replace("My order:", "Put the letters in place of the three dots."), "'three dots'"),
        (lambda page, _: page.replace("My order:", "Run the cell below."), "word of the notebook"),
        (lambda page, _: page.replace("</main>", "Then open ours.</main>"), "'open ours'"),
        (
            lambda page, _: page.replace("</main>", f"{data.load('claims', claim_id='C10')['better_wording'].iloc[0]}</main>"),
            "wording of C10",
        ),
    ],
)
def test_a_planted_answer_or_word_on_the_sheet_is_caught(famine, plant, said):
    page = sheet.Sheet(famine).html()
    planted = plant(page, famine)
    found = sheet.told(planted, famine)
    assert planted != page and any(said in sentence for sentence in found)


def test_a_chart_loses_the_number_that_answers_an_exercise():
    notebook = read(SECOND["04"])
    cell = figure_cell(notebook, "s1-figure")
    chart = next(output.data[CHART] for output in cell.outputs if CHART in output.get("data", {}))
    chart["layout"]["annotations"][0]["text"] = "Banister: 17.7 million in 1960"
    one = hour.read(notebook, "04")
    made = sheet.Sheet(one)
    assert sheet.told(made.html(), one) == [] and "17.7" not in " ".join(drawings.texts(made.figures[0][2]))
    assert "17.7" in chart["layout"]["annotations"][0]["text"]  # the lesson's own chart is left as it is


@pytest.mark.parametrize(
    ("line", "words", "said"),
    [
        ("not printed", "# million; nowhere", "no chart on the sheet has the words 'nowhere'"),
        ("figures", "04-death-rates, 04-befor wide", "figure '04-befor'; .*04-before"),
        ("table 04-1", "04-provinces; Anhui, Gansuu; 1957", "wants 'Gansuu'; .*Gansu"),
        ("table 04-1", "04-province; Anhui; 1957", "figure '04-province'; .*04-provinces"),
        ("document", "D0222", "document 'D0222'; .*D022"),
    ],
)
def test_a_slip_in_what_the_sheet_wants_is_a_sentence(famine, line, words, said):
    famine.plan.sheet |= {"not printed": ""} | {line: words}
    made = sheet.Sheet(famine)
    assert "Guess slip" in made.html() and len(made.complaints) == 1 and re.search(said, made.complaints[0]), made.complaints


def test_the_sheet_has_what_pupils_need_to_judge_and_to_order(famine):
    """The table of explanations above its question, dates out of order, the range under the totals; no part of a longer hour."""
    page = sheet.Sheet(famine).html()
    words = text_of(page)
    assert page.count('class="evidence"') == 1 and words.index("what studies found") < words.index("04-5") < words.index("Judge what")
    dates = [words.index(date, words.index("04-5")) for date in ("16 July 1960", "winter of 1959-60", "August 1959")]
    assert dates == sorted(dates) and "between 15 and 45 million" in words and "04-4" not in words
    famine.plan.sheet = {name: said for name, said in famine.plan.sheet.items() if name not in ("table", "note 04-5")}
    bare = sheet.Sheet(famine).html()
    assert 'class="evidence"' not in bare and "Dates," not in bare


def test_captions_are_neutral_and_say_their_source(famine):
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", sheet.Sheet(famine).html())
    assert "Deaths per 1000 people and year, China 1953-66, by who counted." in captions[0] and "Banister 1984" in captions[0]


# Charts on paper and on the wall ----------------------------------------------------------------------------------------


def colours(node):
    """Return the colours of a chart that are no grey."""
    return {found for found in re.findall(r"#([0-9A-F]{6})\b", json.dumps(node).upper()) if len({found[:2], found[2:4], found[4:]}) > 1}


@EACH
def test_the_sheets_charts_are_black_and_white_and_their_lines_differ(lesson):
    for _, _, chart, *_ in sheet.Sheet(hour_of(lesson)).figures:
        assert colours({**chart, "layout": {name: part for name, part in chart["layout"].items() if name != "template"}}) == set()
        lines = [one for one in chart["data"] if one["type"] == "scatter" and "lines" in one.get("mode", "") and one.get("name")]
        looks = [(one["line"]["dash"], one.get("marker", {}).get("symbol")) for one in lines]
        assert len(set(looks)) == len({one["name"] for one in lines}), "two lines look alike"
    assert colours({"color": "#1F4E79"}) == {"1F4E79"}  # planted


def test_bars_and_labels_stay_apart_in_greys():
    chart = {
        "data": [{"type": "bar", "x": [1, 2, 3], "y": [1, 2, 3], "marker": {"color": ["#1F4E79", "#8D949E", "#B5541C"]}}],
        "layout": {"annotations": [{"text": "Register", "font": {"color": "#FFFFFF"}}], "shapes": [{"fillcolor": "#F3EEE6"}]},
    }
    grey = drawings.in_greys(chart)
    marker = grey["data"][0]["marker"]
    assert len(set(zip(marker["color"], marker["pattern"]["shape"], strict=True))) == 3
    assert grey["layout"]["annotations"][0]["font"]["color"] == "#FFFFFF" and chart["data"][0]["marker"]["color"][0] == "#1F4E79"


def test_a_bare_chart_has_lost_its_frame_and_nothing_else(famine):
    for figure in famine.figures().values():
        before = copy.deepcopy(figure.chart)
        chart, title, subtitle, sources = drawings.bare(figure.chart)
        assert title and subtitle and sources and figure.chart == before
        assert "title" not in chart["layout"] and len(chart["layout"]["annotations"]) == len(before["layout"]["annotations"]) - 1
        assert 120 < chart["layout"]["height"] < before["layout"]["height"]


def test_words_are_cut_out_of_a_chart():
    chart = {
        "data": [{"type": "bar", "text": ["2.2", "46 of 100"], "name": "a"}],
        "layout": {"annotations": [{"text": "level<br><b>25.3 million</b>"}, {"text": "<b>20 of 100</b>"}]},
    }
    cut, found = drawings.blanked(chart, ["# of 100", "# million", "gone"])
    assert [note["text"] for note in cut["layout"]["annotations"]] == ["level"] and cut["data"][0]["text"] == ["2.2", ""]
    assert found == {"# of 100", "# million"}


def test_a_key_has_as_many_rows_as_its_paper_needs():
    key = "    ".join(["■ before the note", "■ 1960, before or after", "■ after it"])
    rows = {}
    for width in (sheet.HALF, sheet.WIDE):
        chart = {"data": [], "layout": {"font": {"size": sheet.LETTERS}, "margin": {"l": 6, "r": 6}, "annotations": [{"text": key}]}}
        drawings.set_room(chart, width)
        rows[width] = chart["layout"]["annotations"][0]["text"].split("<br>")
    assert rows[sheet.WIDE] == [key] and rows[sheet.HALF] == ["■ before the note    ■ 1960, before or after", "■ after it"]


# The deck ---------------------------------------------------------------------------------------------------------------


@EACH
def test_the_deck_has_twelve_to_fifteen_slides_and_no_fault(lesson):
    one = hour_of(lesson)
    made = deck.Deck(one)
    page = made.html()
    assert made.complaints == [] and deck.faults(page) == [] and deck.FEWEST <= len(made.slides) <= deck.MOST
    assert page.count(" data-more>") == len(made.more) and bool(made.more) == bool(lengths.later(one)) == ('data-go="more"' in page)
    wanted = {"guess", "figure", "question", "verdict", "exit"} | ({"source", "document"} if one.of("source") else {"document", "cut"})
    assert wanted <= {word for slide in made.slides for word in slide.kind.split()}
    usual = one.of("guess")[0].minutes[1]
    timed = usual if one.named("priors") else usual - 1  # a minute is left for hands and board
    assert page.count("data-minutes=") == 1 and f'data-minutes="{timed}"' in page
    assert page.count("<figure") == len(one.figures())


@EACH
def test_the_deck_holds_no_solution_hint_or_model_answer(lesson):
    one = hour_of(lesson)
    page = text_of(deck.Deck(one).html())
    rows = data.load("questions", question_id=one.named("exercises"))
    told = [text for column in ("solution", "hint_1", "hint_2", "feedback_right") for text in rows[column] if len(text) > 20]
    assert [text for text in told if text in page] == [] and "Strong." not in page


def test_the_deck_is_that_of_the_usual_hour_and_the_rest_comes_after(famine):
    made = deck.Deck(famine)
    page, numbers = made.html(), made.numbers()
    assert (len(made.slides), numbers["s3"], numbers["know"]) == (15, [16, 17], [15]) and "Where was" not in text_of(deck.of_the_hour(page))
    last = made.more[-1].content
    assert "<caption>Registered deaths per 1000 people</caption>" in last and "25.2" in last  # it can be done from the slide
    assert "<td>16-17, M</td>" in plan.page(famine, numbers, lengths.cut(famine, 60)) and "M</td>" not in plan.page(famine, numbers)


def test_a_table_and_a_worked_sum_have_slides_before_the_questions(famine):
    made = deck.Deck(famine)
    kinds = {part: [slide.kind for slide in made.slides if slide.part == part] for part in ("s2", "s4")}
    assert kinds == {"s2": ["worked", "figure", "question"], "s4": ["figure", "evidence", "question"]}
    worked = next(slide.content for slide in made.slides if slide.kind == "worked")
    assert re.findall(r"<td>(.*?)</td>", worked) == ["25.43", "− 10.80", "= 14.63", "× 667", "÷ 1000", "= 9.8"]
    assert worked.count("hidden") == 1 and 'class="hidden"' in worked[worked.index("÷") :]


def test_an_hour_with_too_many_slides_says_at_once_what_comes_before_it(famine):
    made = deck.Deck(lengths.alone(famine, "famine"))
    assert len(made.slides) == 15 and made.numbers()["care"] == made.numbers()["before"] == [2] and made.complaints == []


def without_slides(page, number):
    return re.sub(r'<section class="slide.*?</section>\n?', "", page, count=number, flags=re.S)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda page: without_slides(page, 4), "11 slides"),
        (lambda page: page.replace("</main>", '<section class="slide care">x</section></main>'), "16 slides"),
        (lambda page: page.replace("<h2>Guess first</h2>", "<h2>Guess first</h2><pre>x = 1</pre>"), "shows code"),
        (lambda page: page.replace("<h2>Guess first</h2>", '<h2>guess("04 deaths", ...)</h2>'), "shows code"),
        (lambda page: page.replace("Guess first", "Guess first. Run the cell", 1), "word of the notebook"),
        (lambda page: page.replace('class="finding hidden"', 'class="finding"', 1), "not behind a key"),
        (lambda page: page.replace('"layout":{', '"layout":{"title":{"text":"x","subtitle":{"text":"y"}},', 1), "stands in the drawing"),
    ],
)
def test_a_planted_fault_of_the_deck_is_caught(famine, plant, said):
    page = deck.Deck(famine).html()
    assert plant(page) != page and any(said in sentence for sentence in deck.faults(plant(page)))


def test_short_cores_get_more_slides_and_long_ones_a_sentence(famine):
    short = copy.deepcopy(famine)
    short.parts = [part for part in short.parts if part.name not in ("s3", "s4", "care")]
    made = deck.Deck(short)
    assert made.slides[0].kind == "title" and made.slides[1].kind == "figure" and len(made.slides) == 12
    famine.parts += [part for part in famine.parts if part.name == "s1"]
    assert deck.Deck(famine).complaints[0].startswith("Lesson 04: the deck has 17 slides, not 12 to 15")


@pytest.mark.parametrize(
    ("verdict", "said"), [("", "C10 has no verdict in data/claims.csv"), ("suported", "C10 has the verdict 'suported'; .*supported")]
)
def test_no_verdict_and_an_unknown_one_are_a_sentence_each(monkeypatch, famine, verdict, said):
    real = data.load

    def load(table, **where):
        rows = real(table, **where)
        return rows.assign(verdict=rows["verdict"].where(rows["claim_id"] != "C10", verdict)) if table == "claims" else rows

    monkeypatch.setattr(data, "load", load)
    made = deck.Deck(famine)
    page = made.html()
    assert len(made.complaints) == 1 and re.search(said, made.complaints[0])
    assert "We have no verdict on this claim." in page and "C11" in page and "Policy was the main cause" in page
    assert "C11: supported" in plan.page(famine, made.numbers())


def test_an_unknown_claim_card_or_document_is_a_sentence(famine):
    famine.of("ledger")[0].claims.append("C99")
    famine.of("source")[0].documents.append("D999")
    told = " ".join(deck.Deck(famine).complaints + sheet.Sheet(famine).complaints)
    assert "the claim 'C99'" in told and "'D999' of data/documents.csv" in told
    assert "C99" in " ".join(dict.fromkeys(sheet_complaints(famine)))


def sheet_complaints(one):
    made = sheet.Sheet(one)
    made.html()
    return made.complaints


def test_text_from_the_data_stays_text(monkeypatch, famine):
    real = data.load
    columns = {
        "questions": "prompt",
        "claims": "claim",
        "documents": "what_it_says",
        "source_cards": "who_counted",
        "glossary": "definition",
    }
    monkeypatch.setattr(
        data,
        "load",
        lambda table, **where: real(table, **where).assign(**{columns[table]: EVIL}) if table in columns else real(table, **where),
    )
    famine.title, famine.plan.objections = EVIL, [(EVIL, EVIL)]
    famine.figures()["04-death-rates"].chart["layout"]["annotations"][0]["text"] = EVIL
    slides = deck.Deck(famine)
    made = [slides.html(), sheet.Sheet(famine).html(), plan.page(famine, slides.numbers())]
    assert all(EVIL not in page and "alert(1)" in page for page in made)


def test_first_verdicts_have_a_timer_and_nothing_of_ours():
    one = hour_of("00")
    page = deck.Deck(one).html()
    claims = data.load("claims", claim_id=one.named("priors"))
    assert len(claims) == 8 and all(claim in page for claim in map(escape, claims["claim"]))
    assert not [text for text in claims["better_wording"] if escape(text) in page + sheet.Sheet(one).html()] and "Ours:" not in page
    assert "notebook" not in one.objective and "It is kept for lesson 09" in page and "dots" not in text_of(page)


# The folder -------------------------------------------------------------------------------------------------------------


def test_all_pages_are_written_and_share_what_they_need(tmp_path):
    made, remarks = teach.write(lessons()[0].parent, tmp_path)
    assert list(made) == [*SECOND, *lengths.ALONE]
    assert [sentence for sentence in remarks if any(name in sentence for name in [*PLANNED, *lengths.ALONE])] == []
    names = {path.name for path in (tmp_path / teach.FOLDER).iterdir()}
    plans = {f"{name}-plan-{minutes}.html" for name, one in made.items() for minutes in lengths.of(one)}
    quiet = {f"{name}-sheet.html" for name in lengths.quiet(made).values()}
    assert quiet == {"04-quiet-sheet.html"} and quiet <= names
    assert names - quiet == plans | {f"{name}-{kind}.html" for name in made for kind in ("plan", "sheet", "deck")}
    assert "04-plan-90.html" in names and "00-plan-90.html" not in names  # lesson 00 has too few parts for it
    for path in (tmp_path / teach.FOLDER).iterdir():
        for way in re.findall(r'(?:src|href)="\.\./_static/([^"]+)"', path.read_text(encoding="utf-8")):
            assert (tmp_path / teach.STATIC / way).exists(), way


@pytest.fixture
def written(tmp_path):
    folder = tmp_path / teach.FOLDER
    folder.mkdir()
    for kind in ("plan", "sheet"):
        (folder / f"04-{kind}.html").write_text(f"<nav>{teach.PLACE}</nav>", encoding="utf-8")
    return tmp_path


def test_without_chromium_one_sentence(monkeypatch, written):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert teach.print_all(written, ["04"]) == [teach.NO_BROWSER] and teach.print_all(written, []) == []


def test_a_browser_that_fails_is_a_sentence_for_each_pdf_and_no_page_links_to_it(monkeypatch, written):
    monkeypatch.setattr(shutil, "which", lambda name: shutil.os.devnull if name == "chromium" else None)
    told = teach.print_all(written, ["04"])
    assert len(told) == 3 and told[0].startswith("04-plan.pdf could not be made with")
    assert "pdf" not in (written / teach.FOLDER / "04-plan.html").read_text(encoding="utf-8")


def test_a_long_core_puts_its_papers_side_by_side_and_leaves_out_what_the_teacher_says(famine):
    source = famine.of("source")[0]
    source.documents.append("D024")
    made = deck.Deck(famine)
    assert len(made.slides) == 15 and made.complaints == []
    assert next(slide for slide in made.slides if slide.kind == "papers document").content.count("It cannot show") == 2
    famine.plan.deck = {"leave out": "D024, 04-befor"}
    made = deck.Deck(famine)
    assert all("papers" not in slide.kind for slide in made.slides) and "04-befor" in made.complaints[0] and len(made.complaints) == 1
