"""The web pages in a real browser, from disk and with the network off: legible, usable by keyboard, narrow and on paper."""

import re
from pathlib import Path

import pytest

from helpers.tools import build

pytest.importorskip("sphinx", reason="the tests of the web pages need Sphinx: python3 -m helpers test --browser")
pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="these tests need axe: python3 -m helpers test --browser")
from drawings import CHROMIUM, READ, faults, too_small  # noqa: E402
from test_browser import browser as browser  # noqa: E402  (a fixture)
from test_teach import SECOND  # noqa: E402

from helpers.tools import phone, site  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore:.*is deprecated. Check CHANGES for Sphinx API"),
]

NAMES = [path.stem for path in build.lessons()]
OTHERS = ["index", "search", "genindex", *sorted(path.stem for path in build.NOTEBOOKS.glob("*.md"))]
HANDOUTS = [f"handouts/{name[:2]}" for name in NAMES if name[:2] not in SECOND]
DARK = ["index", "glossary", "04_famine", "07_cuba_to_red_guards"]
# Boxes that scroll sideways and that the keyboard cannot reach.
UNREACHABLE = """boxes => boxes
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0)
    .filter(box => ['auto', 'scroll'].includes(getComputedStyle(box).overflowX))
    .map(box => box.outerHTML.slice(0, 80))"""
# Charts of which a part lies beyond the window or in a box that scrolls sideways.
CUT = """charts => charts
    .filter(chart => {
      const box = chart.getBoundingClientRect(), drawing = chart.querySelector('.main-svg').getBoundingClientRect();
      return chart.scrollWidth > chart.clientWidth || Math.min(box.left, drawing.left) < 0
        || Math.max(box.right, drawing.right) > document.documentElement.clientWidth;
    })
    .map(chart => chart.id)"""
TELEPHONE = {"width": 390, "height": 844}
LEGIBLE = 12  # pixels of a letter on a telephone, at least
NOT_ON_PAPER = ".cell_input, details:not([open]), .bd-sidebar-primary, .bd-header-article"
STILL = "*, *::before, *::after { animation: none !important; transition: none !important; }"  # half-faded text has no contrast
SHEETS = 4  # A4 pages of a handout, at most


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Build the pages once, in a folder with a name that a web address could not hold."""
    target = tmp_path_factory.mktemp("stick") / "my site #1 조선"
    site.make(target, narrow=phone.drawn)
    return target


class Page:
    """A page opened from disk with the network off; remembers console errors and what it asked of other computers."""

    def __init__(self, browser, folder, name, width=1280, height=800, scheme="light"):
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, offline=True)
        self.page = self.context.new_page()
        self.errors, self.outside = [], []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self.note)
        self.page.goto((folder / f"{name}.html").as_uri())
        self.charts = self.page.locator("figure.chart").count()
        if self.charts:
            self.page.wait_for_selector("html[data-charts=drawn]", timeout=60_000, state="attached")

    def note(self, request):
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.outside.append(request.url)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def cut(self):
        """Return the charts that are not whole in the window, or whose letters are too small for a telephone."""
        charts = self.page.locator("figure.chart")
        letters = [f"{chart.get_attribute('id')}: {fault}" for chart in charts.all() for fault in too_small(chart.evaluate(READ), LEGIBLE)]
        return charts.evaluate_all(CUT) + letters

    def barriers(self):
        """Return the serious and critical findings of axe, with every folded block open; drawings, hidden from screen readers, left out."""
        self.page.add_style_tag(content=STILL)
        self.page.evaluate("() => document.querySelectorAll('details').forEach(block => { block.open = true; })")
        found = (
            axe.Axe()
            .run(self.page, context={"exclude": [".main-svg"]}, options={"resultTypes": ["violations"], "preload": False})
            .response["violations"]
        )
        grave = [one for one in found if one["impact"] in ("serious", "critical")]
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]} {one['nodes'][0]['failureSummary']}" for one in grave]

    def levels(self):
        """Return the levels of the headings on the screen, in order."""
        headings = self.page.locator("main :is(h1, h2, h3, h4, h5, h6)")
        return headings.evaluate_all("all => all.filter(one => one.offsetHeight).map(one => Number(one.tagName[1]))")


@pytest.mark.parametrize("name, scheme", [(name, "light") for name in [*OTHERS, *NAMES, *HANDOUTS]] + [(name, "dark") for name in DARK])
def test_no_barrier_no_error_no_request(browser, folder, name, scheme):
    with Page(browser, folder, name, scheme=scheme) as opened:
        errors = list(opened.errors)  # axe itself may ask for style sheets, which a browser refuses on a stick
        assert (opened.barriers(), errors, opened.outside) == ([], [], [])
        levels = opened.levels()
        assert levels.count(1) == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def test_planted_barrier_is_found(browser, folder):
    with Page(browser, folder, "index") as opened:
        planted = '<img src="_static/file.png"><h4>x</h4>'
        opened.page.locator("main").first.evaluate("(main, planted) => main.insertAdjacentHTML('beforeend', planted)", planted)
        assert any(problem.startswith("image-alt") for problem in opened.barriers())
        assert opened.levels()[-2:] == [2, 4]


@pytest.mark.parametrize("name", NAMES)
def test_charts_are_drawn_and_legible_and_words_open_by_keyboard(browser, folder, name):
    with Page(browser, folder, name) as opened:
        page = opened.page
        assert page.locator("figure.chart .main-svg").count() >= opened.charts > 0
        drawn = [(figure.get_attribute("id"), figure.evaluate(READ)) for figure in page.query_selector_all("figure.chart")]
        assert [f"{chart}: {fault}" for chart, drawing in drawn for fault in faults(drawing)] == []
        words = page.query_selector("details:has(table) > summary")
        words.focus()
        page.keyboard.press("Enter")
        assert words.evaluate("summary => summary.parentElement.open") is True


def test_a_slider_listens_to_the_keyboard(browser, folder):
    """Plotly's own sliders know no keys: the slider of the page moves the chart, its title and what a screen reader is told."""
    with Page(browser, folder, "03_great_leap") as opened:
        slider = opened.page.locator("label.under-chart input[type=range]").first
        titles = "() => [...document.querySelectorAll('.drawing')].filter(one => one._fullLayout.sliders.length)[0]._fullLayout.title.text"
        before, said = opened.page.evaluate(titles), slider.get_attribute("aria-valuetext")
        slider.focus()
        opened.page.keyboard.press("Home")
        opened.page.wait_for_function(
            "before => [...document.querySelectorAll('.drawing')].filter(one => one._fullLayout.sliders.length)[0]"
            "._fullLayout.title.text !== before",
            arg=before,
        )
        assert "0 percent" in opened.page.evaluate(titles) and slider.get_attribute("aria-valuetext") == "0 percent" != said
        assert opened.errors == []


@pytest.mark.parametrize("name", [*OTHERS, *NAMES])
def test_at_double_size_and_on_a_telephone_nothing_is_lost(browser, folder, name):
    """What is wider than the screen scrolls in its own box, which the keyboard reaches; the page itself does not."""
    with Page(browser, folder, name, width=640, height=400) as opened:
        page = opened.page
        page.evaluate("() => document.querySelectorAll('details').forEach(block => { block.open = true; })")
        for width, height in ((640, 400), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            for _ in range(50):  # boxes are measured after the next picture, late on a busy computer
                page.wait_for_timeout(100)
                left = page.locator("main *").evaluate_all(UNREACHABLE)
                if not left:
                    break
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width
            assert left == []


@pytest.mark.parametrize("name", NAMES)
def test_on_a_telephone_every_chart_is_whole_and_legible(browser, folder, name):
    with Page(browser, folder, name, **TELEPHONE) as opened:
        assert opened.cut() == [] and opened.errors == []
        assert opened.page.locator("figure.chart[data-drawn='1']").count() >= opened.charts - 1  # one is the reader's own
        assert opened.page.locator("figure.chart .main-svg:not([aria-hidden])").count() == 0


def test_planted_wide_charts_and_small_letters_are_found(browser, folder):
    text = (folder / "04_famine.html").read_text(encoding="utf-8")
    with Page(browser, folder, "04_famine", **TELEPHONE) as opened:
        opened.page.add_style_tag(content="#chart-s1-figure-1 .drawing { zoom: .8; }")
        assert {found.partition(":")[0] for found in opened.cut()} == {"chart-s1-figure-1"}
    text = re.sub(r"(<script type=.application/json.>[^<]*</script>)<script type=.application/json.>[^<]*</script>", r"\1", text)
    (folder / "planted.html").write_text(text, encoding="utf-8")
    with Page(browser, folder, "planted", **TELEPHONE) as opened:
        assert len(opened.cut()) >= opened.charts - 1
    (folder / "planted.html").unlink()


def test_a_chart_is_drawn_again_when_another_fits_and_its_slider_stays(browser, folder):
    chart, drawing = "figure.chart:has(.slider-group)", "document.querySelector('figure.chart:has(.slider-group) .drawing')"
    state = f"() => {{ const l = {drawing}._fullLayout; return [l.width, l.sliders[0].active]; }}"
    heights = f"() => {drawing}._fullData.map(trace => trace.y)"
    with Page(browser, folder, "03_great_leap", **TELEPHONE) as opened:
        page = opened.page
        width, first = page.evaluate(state)
        page.locator(f"{chart} .slider-grip-rect").scroll_into_view_if_needed()
        grip = page.locator(f"{chart} .slider-grip-rect").bounding_box()
        page.mouse.click(grip["x"] - 60, grip["y"] + grip["height"] / 2)
        page.wait_for_function(f"first => ({state})()[1] !== first", arg=first)
        step, moved = page.evaluate(state)[1], page.evaluate(heights)
        for size, width in (({"width": 1280, "height": 800}, 760), (TELEPHONE, 360)):
            page.set_viewport_size(size)
            page.wait_for_function(f"now => String(({state})()) === String(now)", arg=[width, step])
            assert page.evaluate(heights) == moved
            assert page.locator(f"{chart} .svg-container > svg:not([aria-hidden])").count() == 0
        with page.expect_download() as numbers:
            page.locator(f"{chart} + label + .under-chart button").first.click()
        with page.expect_download() as picture:
            page.locator(f"{chart} + label + .under-chart button").last.click()
        assert len(Path(numbers.value.path()).read_text(encoding="utf-8").splitlines()) > 5
        head = Path(picture.value.path()).read_bytes()[:20]
        assert head[1:4] == b"PNG" and int.from_bytes(head[16:20], "big") == 2 * 760  # a telephone's picture is wide too
        assert opened.errors == []


def test_a_chart_that_names_no_width_follows_the_window_and_keeps_its_height(browser, folder):
    with Page(browser, folder, "04_famine") as opened:
        size = "() => { const l = document.querySelector('#chart-D-own-1 .drawing')._fullLayout; return [l.width, l.height]; }"
        before = opened.page.evaluate(size)
        opened.page.set_viewport_size({"width": 1920, "height": 1080})
        opened.page.set_viewport_size({"width": 1200, "height": 800})
        opened.page.wait_for_function(f"old => ({size})()[0] < old", arg=before[0])
        assert opened.page.evaluate(size)[1] == before[1]


def test_definitions_pop_up_on_focus_and_close_with_escape(browser, folder):
    with Page(browser, folder, "04_famine") as opened:
        term = opened.page.locator("a.term:visible").first
        term.focus()
        note = opened.page.locator("#term-note")
        assert note.is_visible() and term.get_attribute("aria-describedby") == "term-note" and len(note.inner_text()) > 40
        opened.page.keyboard.press("Escape")
        assert not note.is_visible() and term.get_attribute("aria-describedby") is None


def test_search_works_from_a_stick(browser, folder):
    with Page(browser, folder, "search") as opened:
        opened.page.goto((folder / "search.html").as_uri() + "?q=Xinyang")
        opened.page.wait_for_selector("#search-results li a")
        assert any("04_famine.html" in link.get_attribute("href") for link in opened.page.query_selector_all("#search-results li a"))
        assert opened.errors == [] and opened.outside == []


@pytest.mark.parametrize("name", HANDOUTS)
def test_a_handout_is_legible_and_fits_four_sheets(browser, folder, name):
    with Page(browser, folder, name) as opened:
        paper = opened.page.pdf(prefer_css_page_size=True, print_background=True)
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= SHEETS
        opened.page.add_style_tag(content="main, .drawing { zoom: 1 !important; }")
        drawn = [(figure.get_attribute("id"), figure.evaluate(READ)) for figure in opened.page.query_selector_all("figure.chart")]
        assert [f"{chart}: {fault}" for chart, drawing in drawn for fault in faults(drawing)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_page_has_no_code_and_no_answers(browser, folder, name):
    with Page(browser, folder, name) as opened:
        opened.page.emulate_media(media="print")
        printed = "boxes => boxes.filter(box => box.offsetHeight).map(box => box.className)"
        assert opened.page.locator(NOT_ON_PAPER).evaluate_all(printed) == []
