"""The papers for teachers in a real browser, from disk and with the network off: pages counted, widths measured, the form filled in."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="these tests need axe: python3 -m helpers test --browser")
from drawings import CHROMIUM  # noqa: E402
from test_browser import browser as browser  # noqa: E402  (a fixture)

from helpers.tools import bank  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
]
PAGES = {"tickets": 10, "letter_famine": 1, "letter_insults": 1, "starters": 1, "care": 2, "assistants": 2, "index": 1}
ODD = '"quotes", <b>tags</b> & 毛泽东\nsecond line'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("papers for teachers")
    assert bank.write(place) == []
    return place


@pytest.fixture
def page(browser):
    context = browser.new_context(offline=True, accept_downloads=True, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_papers_take_the_pages_they_should(folder, page, paper, tmp_path):
    found = {}
    for name in PAGES:
        page.goto((folder / f"{name}.html").as_uri())
        made = page.pdf(format=paper, margin=dict.fromkeys(("top", "bottom", "left", "right"), "14mm"))
        found[name] = len(re.findall(rb"/Type /Page\b", made))
    assert found == PAGES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_telephone_and_all_can_be_read(folder, page, scheme):
    page.emulate_media(color_scheme=scheme)
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
        found = axe.Axe().run(page).response["violations"]
        assert found == [], (path.name, [(one["id"], one["nodes"][0]["html"][:120]) for one in found])


def test_the_form_keeps_and_saves_what_was_typed(folder, page):
    address = (folder / "feedback.html").as_uri()
    page.goto(address)
    page.get_by_label("What worked in class?").fill(ODD)
    page.get_by_label("on paper", exact=True).check()
    page.goto(address)  # as after a crash
    assert page.get_by_label("What worked in class?").input_value() == ODD
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert re.fullmatch(r"feedback-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
    assert f"What worked in class?\n{ODD}" in text and "How you used it\non paper" in text and "What is wrong?" not in text
    assert download.value.suggested_filename in page.get_by_role("status").inner_text() and page.url == address
