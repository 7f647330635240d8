"""The web pages: every chart is there, nothing is fetched, links lead somewhere, text stays text, handouts tell no answers."""

import hashlib
import json
import re
import shutil
from html.parser import HTMLParser

import nbformat
import pytest
from test_teach import SECOND

from helpers import data
from helpers.common import CHART
from helpers.tools import build

pytest.importorskip("sphinx", reason="the tests of the web pages need Sphinx: python3 -m helpers test --browser")
from helpers.tools import conf, door, handouts, hour, pages, site  # noqa: E402

# the theme and the Markdown reader still use names that Sphinx will drop
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:.*is deprecated. Check CHANGES for Sphinx API")]

NAMES = [path.stem for path in build.lessons()]
HANDOUTS = [path for path in build.lessons() if path.name[:2] not in SECOND]
HEAVIEST = 400_000  # bytes of one page
ONE_FILE = {"class.html": 500_000}  # all in one file, with the key: a teacher keeps it
EVIL = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Build the pages once; return (folder, charts by page)."""
    target = tmp_path_factory.mktemp("pages") / "site"
    return target, site.make(target)


def read(made, name):
    return (made[0] / f"{name}.html").read_text(encoding="utf-8")


def has_chart(cell):
    return any(CHART in output.get("data", {}) for output in cell.get("outputs", []))


def famine():
    """Return lesson 04 as it is stored, and its first cell with a chart."""
    notebook = nbformat.read(build.NOTEBOOKS / "04_famine.ipynb", as_version=4)
    return notebook, next(filter(has_chart, notebook.cells))


def checked(path):
    """Return the keys of a lesson's exercises."""
    return [key for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code" for key in pages.CHECK.findall(cell.source)]


def in_all(made, pattern):
    """Return what a pattern finds in all pages of the site."""
    return {found for path in made[0].glob("*.html") for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


class Scripts(HTMLParser):
    """Collects what a browser would run: the text of scripts that are not data, and handlers in tags."""

    def __init__(self, text):
        super().__init__()
        self.inside, self.found = False, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script" and dict(attrs).get("type") != "application/json"
        self.found += [value for name, value in attrs if name.startswith("on")]

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, text):
        if self.inside:
            self.found.append(text)


def test_every_chart_of_every_lesson_is_there_with_its_words(made):
    assert list(made[1]) == NAMES
    for path in build.lessons():
        charts, text = path.read_text(encoding="utf-8").count(f'"{CHART}"'), read(made, path.stem)
        assert text.count(pages.CHART_START) == charts == made[1][path.stem], path.name
        own = text.count("A chart for the reader to change.")
        assert text.count("The figure in words and numbers") + own == charts and own <= 1, path.name
        assert len(re.findall(r'<figure class="chart" id="[^"]+" role="group" aria-label="Chart: [^"]{30,}"', text)) == charts, path.name


def test_planted_missing_chart_stops_the_build(tmp_path, monkeypatch):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    notebook, cell = famine()
    notebook.cells = [notebook.cells[0], cell]
    notebook.cells[0].source = "# 04 Famine"
    (notebooks / "04_famine.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    shutil.copy(build.NOTEBOOKS / "glossary.md", notebooks)
    assert site.make(tmp_path / "whole", notebooks) == {"04_famine": 1}
    monkeypatch.setattr(pages, "chart_html", lambda *_: "")
    with pytest.raises(pages.SiteError, match="04_famine.html shows 0 of 1 charts"):
        site.make(tmp_path / "site", notebooks)


def test_a_chart_without_words_stops_the_build():
    notebook, cell = famine()
    cell.outputs = [output for output in cell.outputs if CHART in output.data]
    with pytest.raises(pages.SiteError, match="has no words after it"):
        pages.reading_copy(notebook, "04")


def test_an_unknown_exercise_stops_the_build():
    with pytest.raises(pages.SiteError, match="checks question '99-1'"):
        pages.folded_answer("99-1")


def test_nothing_is_fetched_and_every_link_leads_somewhere(made):
    assert site.fetched(made[0]) == [] and site.dead_links(made[0]) == []
    styles = "".join(path.read_text(encoding="utf-8") for path in made[0].rglob("*.css"))
    assert re.findall(r"@import[^;]*https?:|url\(['\"]?(?:https?:)?//", styles) == []


@pytest.mark.parametrize("tag", ['<script src="https://cdn.example/a.js">', "<link rel='stylesheet' href='//cdn.example/a.css'>"])
def test_planted_address_is_caught(tmp_path, tag):
    (tmp_path / "one.html").write_text(f'{tag}<a href="https://example.org/">a link is not fetched</a>', encoding="utf-8")
    assert len(site.fetched(tmp_path)) == 1 and "would fetch" in site.fetched(tmp_path)[0]


def test_planted_dead_links_are_caught(tmp_path):
    text = '<p id="here"></p><a href="#here">a</a><a href="two.html">b</a><a href="#gone">c</a>'
    (tmp_path / "one.html").write_text(text, encoding="utf-8")
    assert [problem.split(", ")[0] for problem in site.dead_links(tmp_path)] == ["one.html links to #gone", "one.html links to two.html"]


def test_pages_share_one_plotly_and_are_light(made):
    libraries = list(made[0].rglob("plotly*.js"))
    assert len(libraries) == 1 and libraries[0].read_bytes() == site.PLOTLY.read_bytes()
    sizes = {path.name: path.stat().st_size for path in made[0].rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > ONE_FILE.get(name, HEAVIEST)} == {}
    assert not list(made[0].rglob("*.map")) and not list(made[0].rglob("fontawesome.js"))


def test_the_icons_that_pages_use_are_in_the_style_sheet(made):
    used = in_all(made, r'"[^"]*\bfa-solid (fa-[a-z-]+)')
    known = set(re.findall(r"\.(fa-[a-z-]+)::before", (site.ASSETS / "site.css").read_text(encoding="utf-8")))
    assert used and used <= known


def test_no_note_of_the_prose_is_left(made):
    for path in made[0].rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<!-- =" not in text and "&lt;!--" not in text, path.name


def test_exercises_have_a_form_and_fold_their_answer(made):
    for path in build.lessons():
        keys = checked(path)
        text = read(made, path.stem)
        assert [key for key in keys if f"<summary>Answer to {key}</summary>" not in text] == [], path.name
        assert [key for key in keys if f'data-ask="check" data-key="{key}"' not in text] == [], path.name


def test_every_definition_is_at_hand_for_the_pop_ups(made):
    terms = json.loads((made[0] / "_static" / "glossary.js").read_text(encoding="utf-8").split("=", 1)[1].rstrip(";\n"))
    linked = in_all(made, r'class="term" href="glossary\.html#([^"]+)"')
    assert linked and linked <= set(terms) and set(terms) == set(data.load("glossary")["term_id"])


def test_lessons_are_not_run_and_not_touched(tmp_path):
    def prints():
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in build.lessons()}

    before = prints()
    site.write_source(build.NOTEBOOKS, tmp_path / "source")
    assert prints() == before
    assert conf.nb_execution_mode == "off"


def test_text_from_the_data_stays_text(monkeypatch):
    notebook, cell = famine()
    chart = next(output for output in cell.outputs if CHART in output.data).data[CHART]
    chart["layout"]["title"]["text"] = EVIL
    made = [pages.chart_html("chart", chart, EVIL), handouts._figure(chart, "chart", 1), pages.in_line(EVIL)]
    for name, column in (("questions", "solution"), ("lessons", "question"), ("statements", "statement")):
        real = data.load
        monkeypatch.setattr(
            data,
            "load",
            lambda table, name=name, column=column, real=real, **where: (
                (found := real(table, **where)).assign(**{column: found[column] + EVIL}) if table == name else real(table, **where)
            ),
        )
    made += [
        pages.folded_answer("04-1"),
        door.for_all({name[:2]: [] for name in NAMES}, ["glossary"], {}),
        handouts.handout(notebook, "04", "04_famine"),
    ]
    assert [found for text in made for found in Scripts(text).found if "alert" in found] == []
    assert "alert" in Scripts(f"<p>{EVIL}</p>").found[0]  # the planted case is seen


def test_handouts_have_no_code_no_answers_and_every_chart(made):
    for path in HANDOUTS:
        text = read(made, f"handouts/{path.name[:2]}")
        assert text.count(pages.CHART_START) == made[1][path.stem], path.name
        told = ("Model answer", "data.load(", "Not answered yet", "Our verdict", "ours (")
        assert [words for words in told if words in text] == [], path.name
        solutions = [pages.in_line(pages.question(key).solution) for key in checked(path)]
        assert [solution for solution in solutions if len(solution) > 30 and solution in text] == [], path.name


def test_a_chart_on_paper_has_its_frame_as_caption():
    _, cell = famine()
    chart = next(output for output in cell.outputs if CHART in output.data).data[CHART]
    small, caption = handouts.small(chart)
    assert "title" not in small["layout"] and len(small["layout"]["annotations"]) == len(chart["layout"]["annotations"]) - 1
    assert small["layout"]["height"] < chart["layout"]["height"] and "sliders" not in small["layout"]
    assert pages.plain(chart["layout"]["title"]["text"]) in caption and "1000 people" in caption
    assert "title" in chart["layout"]  # the lesson's own chart is left as it is


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path, monkeypatch, capsys):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(site, "SITE", tmp_path)
    assert site.main([]) == 1 and "was not made by this command" in capsys.readouterr().out
    assert (tmp_path / "mine.txt").exists()
    assert site.main(["--fast"]) == 2


def test_a_lesson_and_the_start_page_lead_to_plan_sheet_and_slides(made):
    for lesson in SECOND:
        page = next(name for name in NAMES if name.startswith(lesson))
        for kind in ("plan", "sheet", "deck"):
            assert (made[0] / "teach" / f"{lesson}-{kind}.html").exists()
            assert all(f'href="teach/{lesson}-{kind}.html"' in read(made, name) for name in (page, "index"))
        assert f"handouts/{lesson}" not in read(made, "index") + read(made, page) and not (made[0] / "handouts" / f"{lesson}.html").exists()


def test_the_first_page_has_two_doors_the_marked_page_and_a_picture_of_each_lesson(made):
    text = read(made, "index")
    assert re.findall(r'class="door-name">(\w+)', text) == ["Pupils", "Teachers"]
    assert set(data.load("claims")["claim_id"]) <= set(re.findall(r"<sup[^>]*>(C\d\d)", text))
    assert re.findall(r'src="_static/opening-(\d\d)\.svg" alt=""', text) == [name[:2] for name in NAMES]
    beside = door.for_all({}, [], {}, doors=("pupils", "live"))
    assert 'href="pupils/index.html"' in beside and 'href="live/index.html"' in beside and "live/" not in text


def test_what_could_not_be_made_is_said_and_the_rest_is_there(tmp_path, monkeypatch):
    notebooks, said = tmp_path / "notebooks", []
    notebooks.mkdir()
    notebook, _ = famine()
    notebook.cells = [cell for cell in notebook.cells if cell.metadata["part"] != "sources"]  # they lead to the next lesson
    (notebooks / "04_famine.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    shutil.copy(build.NOTEBOOKS / "glossary.md", notebooks)
    monkeypatch.setattr(hour, "PLANS", tmp_path)
    monkeypatch.setattr(site.teach, "BROWSERS", ())
    assert list(site.make(tmp_path / "site", notebooks, say=said.append, pdf=True)) == ["04_famine"]
    assert len(said) == 1 and "plans/04.md is not there" in said[0]
    assert (tmp_path / "site" / "teach" / "04-plan.html").exists()
