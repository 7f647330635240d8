"""Plan, sheet and deck in a real browser, from disk and with the network off: pages, points and pixels measured, keys pressed."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="these tests need axe: python3 -m helpers test --browser")
from drawings import CHROMIUM, READ, faults  # noqa: E402
from test_browser import browser as browser  # noqa: E402  (a fixture)
from test_teach import PLANNED  # noqa: E402  (the lessons; beside them three hours that stand alone)

from helpers.tools import build, deck, lengths, teach  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]
EACH = pytest.mark.parametrize("lesson", [*PLANNED, *lengths.ALONE])
QUIET = list(lengths.quiet(PLANNED).values())
SHEETS = pytest.mark.parametrize("lesson", [*PLANNED, *lengths.ALONE, *QUIET])
PAPERS = pytest.mark.parametrize("paper", ["a4", "letter"])
POINT = 96 / 72  # CSS pixels
TYPE = 11  # points
LINES = {"a4": 5, "letter": 3}  # ruled lines to write on, at least
NOW = ".slide:not([data-more])"  # slides of the usual hour
SCREENS = {"projector": (1920, 1080), "laptop": (1280, 800)}

# Every piece of text that is printed: its words and its size in CSS pixels, drawings too.
LETTERS = """root => {
  const found = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const box = node.parentElement;
    if (!node.textContent.trim() || box.closest('script, style, nav') || !box.getClientRects().length) continue;
    if (getComputedStyle(box).visibility === 'hidden') continue;
    const turn = box.ownerSVGElement ? box.getScreenCTM() : null;
    const size = parseFloat(getComputedStyle(box).fontSize) * (turn ? Math.hypot(turn.a, turn.b) : 1);
    found.push([node.textContent.trim().slice(0, 40), size]);
  }
  return found;
}"""
# How far the last part of each page reaches over its lower edge, and anything over its right edge, in CSS pixels.
OVER = """pages => pages.map(page => {
  const edge = page.getBoundingClientRect(), pad = parseFloat(getComputedStyle(page).paddingBottom);
  return Math.max(page.lastElementChild.getBoundingClientRect().bottom - (edge.bottom - pad),
    ...[...page.querySelectorAll('*')].map(one => one.getBoundingClientRect().right - edge.right));
})"""
# Words of the slide on the stage that leave it.
OUTSIDE = """slide => {
  const stage = slide.getBoundingClientRect(), found = [];
  for (const box of slide.querySelectorAll('p, h1, h2, h3, li, dt, dd, figure')) {
    const place = box.getBoundingClientRect();
    if (place.bottom > stage.bottom + 1 || place.right > stage.right + 1) found.push(box.textContent.slice(0, 40));
  }
  const bar = document.querySelector('nav').getBoundingClientRect();
  const last = slide.lastElementChild.getBoundingClientRect();
  return last.bottom > bar.top + 1 ? [...found, 'the bar lies on it'] : found;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the pages once, in a folder with a name that a web address could not hold."""
    target = tmp_path_factory.mktemp("stick") / "my site #1 조선"
    teach.write(build.NOTEBOOKS, target)
    return target / teach.FOLDER


class Page:
    """A page opened from disk with the network off; remembers console errors and what it asked of other computers."""

    def __init__(self, browser, folder, name, size=(1280, 800), scheme="light", more=""):
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, offline=True, has_touch=True
        )
        self.page = self.context.new_page()
        self.errors, self.outside = [], []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.outside.append(request.url) if request.url.startswith("http") else None)
        self.page.goto((folder / f"{name}.html").as_uri() + more)
        if "-plan" not in name:
            self.page.wait_for_selector("html[data-charts=drawn]", timeout=60_000, state="attached")

    def __enter__(self):
        return self.page

    def __exit__(self, *_):
        self.context.close()


def printed(page):
    """Return how many pages the page prints."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def too_small(page, points):
    """Return the words on a page whose letters are smaller than so many points."""
    return [words for words, size in page.locator("main").evaluate(LETTERS) if size < points * POINT - 0.05]


def over(page):
    """Return the pages of paper that are fuller than they may be."""
    return [place for place, pixels in enumerate(page.locator(".page").evaluate_all(OVER), 1) if pixels > 1]


def drawn(page):
    """Return the words in drawings that are cut off or lie on one another."""
    return [fault for figure in page.query_selector_all("figure.chart") for fault in faults(figure.evaluate(READ))]


# Paper ------------------------------------------------------------------------------------------------------------------


@SHEETS
@PAPERS
def test_the_sheet_is_two_pages_of_eleven_points_with_room_to_write(browser, folder, lesson, paper):
    with Page(browser, folder, f"{lesson}-sheet", more=f"?paper={paper}") as page:
        page.emulate_media(media="print")
        assert (printed(page), too_small(page, TYPE), over(page), drawn(page)) == (2, [], [], [])
        room = page.locator(".written .rules").bounding_box()["height"] / page.locator(".written .rules p").first.bounding_box()["height"]
        assert int(room) >= LINES[paper]
        for rules in page.locator(".asked .rules").all():
            assert rules.locator("p").count() >= 2 and rules.bounding_box()["height"] >= 48


@PAPERS
def test_a_planted_third_page_and_small_type_are_found(browser, folder, paper):
    with Page(browser, folder, "04-sheet", more=f"?paper={paper}") as page:
        page.emulate_media(media="print")
        page.add_style_tag(content=".see { font-size: 10pt !important; }")
        assert "Figure 1" in too_small(page, TYPE)
        page.locator(".asked").evaluate("box => box.insertAdjacentHTML('beforeend', '<p>one more line</p>'.repeat(7))")
        assert over(page) == [1]
        page.locator(".page").last.evaluate("box => box.after(box.cloneNode(true))")
        assert printed(page) == 3


def test_no_note_lies_on_an_axis_of_the_famines_sheets(browser, folder):
    crossed = """() => [...document.querySelectorAll('.drawing')].flatMap(box => {
      const axes = [...box.querySelectorAll('path.xlines-above')].map(line => line.getBoundingClientRect());
      return [...box.querySelectorAll('.annotation-text')].filter(note => axes.some(axis => {
        const place = note.getBoundingClientRect();
        return place.right > axis.left && place.left < axis.right && place.bottom > axis.top && place.top < axis.bottom;
      })).map(note => note.textContent); })"""
    for name in ("04", "famine"):
        for paper in ("a4", "letter"):
            with Page(browser, folder, f"{name}-sheet", more=f"?paper={paper}") as page:
                assert page.evaluate(crossed) == []
                page.evaluate("() => Plotly.relayout([...document.querySelectorAll('.drawing')].at(-1), {height: 150})")  # planted
                assert page.evaluate(crossed) == ["normal in 1962: 14.0", "normal in 1961: 9.9"]


def test_planted_small_type_in_a_drawing_is_found(browser, folder):
    with Page(browser, folder, "04-sheet") as page:
        page.evaluate("() => Plotly.relayout(document.querySelector('.drawing'), {'annotations[0].font.size': 13})")
        assert len(too_small(page, TYPE)) == 1


def test_the_sheet_is_grey_when_it_is_printed(browser, folder):
    grey = """all => [...new Set(all.map(one => getComputedStyle(one)).flatMap(look => [look.color, look.fill, look.stroke]))]
      .filter(colour => colour.startsWith('rgb'))  // hatching is named, its own parts are looked at, too
      .map(colour => (colour.match(/\\d+/g) || []).slice(0, 3)).filter(parts => new Set(parts).size > 1)"""
    with Page(browser, folder, "04-sheet") as page:
        page.emulate_media(media="print")
        assert page.locator("main *").evaluate_all(grey) == []
        page.locator("main p").first.evaluate("box => { box.style.color = '#A61C28'; }")
        assert page.locator("main *").evaluate_all(grey) != []  # planted


def test_the_sheet_changes_between_a4_and_letter(browser, folder):
    with Page(browser, folder, "04-sheet") as page:
        before = page.locator(".page").first.bounding_box()
        page.click("text=Letter")
        page.wait_for_selector("html[data-charts=drawn]", state="attached")
        after = page.locator(".page").first.bounding_box()
        assert after["width"] > before["width"] + 15 and after["height"] < before["height"] - 60
        assert page.locator("[aria-pressed=true]").inner_text() == "Letter"


@EACH
@PAPERS
def test_the_plan_is_one_leaf(browser, folder, lesson, paper):
    with Page(browser, folder, f"{lesson}-plan", more=f"?paper={paper}") as page:
        page.emulate_media(media="print")
        assert (printed(page), over(page), too_small(page, 8.5)) == (2, [], [])
        page.locator(".key").evaluate("line => line.insertAdjacentHTML('beforebegin', '<p>one line more</p>'.repeat(30))")  # planted
        assert over(page) == [1]
        page.locator(".back > p").last.evaluate("line => line.insertAdjacentHTML('beforebegin', '<p>one more</p>'.repeat(90))")
        assert over(page) == [1, 2] and printed(page) > 2


@pytest.mark.parametrize("minutes", lengths.MINUTES)
def test_plans_of_other_lengths_are_one_page_each(browser, folder, minutes):
    for path in sorted(folder.glob(f"*-plan-{minutes}.html")):
        for paper in ("a4", "letter"):
            with Page(browser, folder, path.stem, more=f"?paper={paper}") as page:
                page.emulate_media(media="print")
                assert (printed(page), over(page), too_small(page, 8.5)) == (1, [], []), (path.stem, paper)


# The wall ---------------------------------------------------------------------------------------------------------------


def small_on_the_wall(page):
    """Return the words in the drawings of all slides whose letters are under 24 of 1080 pixels."""
    share = page.locator("#stage").bounding_box()["height"] / 1080
    texts = [one for figure in page.query_selector_all("figure.chart .drawing") for one in figure.evaluate(LETTERS)]
    return texts, [words for words, size in texts if size < (deck.ON_A_WALL - 0.05) * share]


def in_sight(page, what):
    """Return how many of what the slide on the stage shows can be seen."""
    return page.locator(f".slide.now {what}").evaluate_all(
        "all => all.filter(one => getComputedStyle(one).visibility === 'visible').length"
    )


@EACH
@pytest.mark.parametrize("size", SCREENS)
def test_every_slide_fits_and_can_be_read_from_the_back_row(browser, folder, lesson, size):
    opened = Page(browser, folder, f"{lesson}-deck", SCREENS[size])
    with opened as page:
        # `LETTERS` leaves out what is hidden: slides that are not on the stage
        page.add_style_tag(content=".slide { visibility: visible !important; }")
        texts, small = small_on_the_wall(page)
        assert len(texts) > 40 and small == [] and drawn(page) == []
        count, every = page.locator(NOW).count(), page.locator(".slide").count()
        for number in range(1, every + 1):
            if number == count + 1:
                page.keyboard.press("m")
            place = f"{number} of {count}" if number <= count else f"{number}, for a longer hour"
            assert page.locator("#place").inner_text() == place
            while in_sight(page, ".hidden") < page.locator(".slide.now .hidden").count() and page.locator("[data-go=show]").is_visible():
                page.keyboard.press("Space")
            assert page.locator(".slide.now").evaluate(OUTSIDE) == [], number
            page.keyboard.press("ArrowRight")
        assert (opened.errors, opened.outside) == ([], [])


def test_planted_small_letters_on_the_wall_are_found(browser, folder):
    with Page(browser, folder, "04-deck") as page:
        page.evaluate("() => Plotly.relayout(document.querySelector('.drawing'), {'annotations[0].font.size': 9})")
        assert len(small_on_the_wall(page)[1]) == 1


@EACH
def test_what_is_hidden_comes_with_the_space_bar_and_not_before(browser, folder, lesson):
    with Page(browser, folder, f"{lesson}-deck") as page:
        count, hidden = page.locator(NOW).count(), 0
        for _ in range(count):
            waiting = page.locator(".slide.now .hidden").count()
            assert in_sight(page, ".hidden") == 0
            for shown in range(1, waiting + 1):
                page.keyboard.press("Space")
                assert in_sight(page, ".hidden") == shown
            hidden += waiting
            page.keyboard.press("Space")  # nothing left to show: it goes on
        assert page.locator("#place").inner_text() == f"{count} of {count}" and hidden >= page.locator(f"{NOW} figure.chart").count() + 1


def test_a_planted_title_in_sight_is_found(browser, folder):
    with Page(browser, folder, "04-deck") as page:
        page.locator(".slide.now .hidden").evaluate("title => title.classList.remove('hidden')")
        assert in_sight(page, ".finding") == 1


def test_keys_fingers_and_buttons_move(browser, folder):
    with Page(browser, folder, "04-deck") as page:
        place = page.locator("#place")
        for key, number in (
            ("ArrowRight", 2),
            ("PageDown", 3),
            ("ArrowLeft", 2),
            ("End", 15),
            ("ArrowRight", 15),
            ("Home", 1),
            ("PageUp", 1),
        ):
            page.keyboard.press(key)
            assert place.inner_text() == f"{number} of 15", key
        page.click("[data-go=on]")
        page.click("[data-go=on]")
        page.reload()
        page.wait_for_selector("html[data-charts=drawn]", state="attached")
        assert place.inner_text() == "3 of 15"  # the place is kept
        swipe = """([from, to]) => { const touch = x => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});
          dispatchEvent(new TouchEvent('touchstart', {touches: [touch(from)], changedTouches: [touch(from)]}));
          document.body.dispatchEvent(new TouchEvent('touchend', {touches: [], changedTouches: [touch(to)], bubbles: true})); }"""
        page.evaluate(swipe, [600, 200])
        assert place.inner_text() == "4 of 15"
        page.keyboard.press("d")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        page.keyboard.press("f")
        page.wait_for_function("() => document.fullscreenElement !== null")


def test_a_key_leads_to_what_the_usual_hour_goes_without_and_back(browser, folder):
    with Page(browser, folder, "04-deck", more="#7") as page:
        place, button = page.locator("#place"), page.locator("[data-go=more]")
        assert button.inner_text() == "More (M)"
        page.keyboard.press("m")
        assert place.inner_text() == "16, for a longer hour" and page.locator(".slide.now h2").inner_text() == "3. Where was the famine?"
        for key, told in (("ArrowLeft", "16, "), ("ArrowRight", "17, "), ("ArrowRight", "17, ")):
            page.keyboard.press(key)
            assert place.inner_text().startswith(told), key
        button.click()
        assert place.inner_text() == "7 of 15"
    with Page(browser, folder, "05-deck") as page:
        page.keyboard.press("m")
        assert page.locator("#place").inner_text().startswith("1 of") and page.locator("[data-go=more]").count() == 0


def test_the_timer_starts_stops_and_ends(browser, folder):
    with Page(browser, folder, "04-deck", more="#3") as page:
        left = page.locator(".timer .left")
        assert left.inner_text() == "1:00"
        page.keyboard.press("t")
        page.wait_for_function("() => document.querySelector('.timer .left').textContent === '0:58'", timeout=10_000)
        page.keyboard.press("t")
        stood = left.inner_text()
        page.wait_for_timeout(1300)
        assert left.inner_text() == stood
        page.clock.install()
        page.keyboard.press("t")
        page.clock.run_for(130_000)
        assert left.inner_text() == "Time"


@EACH
def test_the_deck_prints_one_slide_a_page(browser, folder, lesson):
    with Page(browser, folder, f"{lesson}-deck") as page:
        assert printed(page) == page.locator(".slide").count()


@EACH
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["plan", "sheet", "deck"])
def test_no_barrier(browser, folder, lesson, kind, scheme):
    with Page(browser, folder, f"{lesson}-{kind}", scheme=scheme) as page:
        for number in range(1, max(1, page.locator(".slide").count()) + 1):
            page.evaluate("number => { location.hash = number; }", number)
            page.evaluate("() => document.querySelectorAll('.slide.now .hidden').forEach(one => one.classList.add('shown'))")
            found = axe.Axe().run(page, context={"exclude": [".main-svg"]}, options={"resultTypes": ["violations"], "preload": False})
            grave = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
            assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in grave] == []
