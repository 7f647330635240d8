"""The pupils' pages: nothing answers for them in clear, forms work by keyboard and from disk, work is saved, loaded and never lost."""

import json

import pytest

from helpers import data
from helpers.desk import answers
from helpers.tools import answering, build

pytest.importorskip("sphinx", reason="the tests of the web pages need Sphinx: python3 -m helpers test --browser")
pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: python3 -m helpers test --browser")
pytest.importorskip("axe_playwright_python.sync_playwright", reason="these tests need axe: python3 -m helpers test --browser")
from drawings import CHROMIUM  # noqa: E402
from test_browser import browser as browser  # noqa: E402  (a fixture)
from test_site_browser import Page  # noqa: E402

from helpers.tools import pages, site  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Debian's chromium: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore:.*is deprecated. Check CHANGES for Sphinx API"),
]
NAMES = [path.stem for path in build.lessons()]
NOT_TRUE_HERE = (
    "three dots",
    "place of the dots",
    "first dots",
    "Shift+Enter",
    "portfolio is ready",
    "Not answered yet",
    "Author name not set",
    "Hold Shift",
    "grey box below",
    "into the cell above",
    "letters in quotes.",
    "letter in quotes.",
    "as you have marked it",
    'verdict("C10"',
    "run this cell",
    "The next box writes",
)
BOXES = {"parameters", "own chart"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("pupils") / "site"
    site.make(target, for_students=True)
    return target


def said(page, key):
    return page.inner_text(f'form[data-key="{key}"] .said')


def kept(page):
    return page.evaluate("() => courseAnswers.stored()")


def test_nothing_answers_for_a_pupil_in_clear(folder, tmp_path):
    assert site.leaks(folder) == []
    names = {path.name for path in folder.rglob("*")}
    assert not {"teachers_guide.html", "for_schools.html", "teach", "handouts"} & names
    row = next(row for row in data.load("questions").itertuples() if row.question_id == "04-2")
    (tmp_path / "one.js").write_text(row.feedback_right, encoding="utf-8")
    assert site.leaks(tmp_path) == ["one.js tells questions, 04-2, feedback_right"]


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_a_page_with_forms_has_no_barrier_and_says_only_what_is_true(browser, folder, name):
    with Page(browser, folder, name) as opened:
        errors = list(opened.errors)
        assert (opened.barriers(), errors, opened.outside) == ([], [], [])
        text = opened.page.inner_text("body")
        assert [words for words in NOT_TRUE_HERE if words in text] == []


def test_every_question_and_claim_of_a_lesson_has_its_form(browser, folder):
    for path in build.lessons():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        calls = [one for cell in cells if cell["cell_type"] == "code" for one in answering.asked("".join(cell["source"]))]
        wanted = [given[0] for name, given in calls if name in ("check", "guess", "verdict", "prior", "write", "choose")]
        text = (folder / f"{path.stem}.html").read_text(encoding="utf-8")
        assert [key for key in wanted if f'data-key="{key}"' not in text] == [], path.name


def test_what_only_a_notebook_can_do_is_said_where_it_is_asked(folder):
    words = answering.WORDS
    for path in build.lessons():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        cells = [one for one in cells if one["cell_type"] == "code" and one["metadata"].get("part") not in pages.NOT_A_PAGE]
        boxes = [one for one in cells if BOXES & {*one["metadata"].get("tags", [])} and not answering.asked("".join(one["source"]))]
        text = (folder / f"{path.stem}.html").read_text(encoding="utf-8")
        assert text.count(words["box_elsewhere"]) == len(boxes), path.name
        needed = {"03": 1, "05": 1, "07": 1, "08": 1}.get(path.name[:2], 0)
        assert text.count(words["box_needed"]) == needed, path.name
    last = (folder / "09_weigh_the_page.html").read_text(encoding="utf-8")
    assert last.count(words["path_elsewhere"]) == 1 and last.count(words["readers_elsewhere"]) == 1


def test_the_textbook_page_names_the_verdicts_of_this_browser(browser, folder):
    with Page(browser, folder, "09_weigh_the_page") as opened:
        page = opened.page
        assert "judged 0 of the thirty" in page.locator(".judged").first.inner_text()
        entry = {"verdicts": {"C10": {"verdict": "partly", "sure": 80}, "C11": {"verdict": "<b>x</b>", "sure": 80}}}
        page.evaluate("text => courseAnswers.load('one.json', text)", json.dumps(entry))
        assert "judged 1 of the thirty" in page.locator(".judged").first.inner_text()
        marked = page.locator(".marked-page").first.locator("sup").all_inner_texts()
        assert len(marked) == 30 and [one for one in marked if " " in one] == ["C10 partly"]


def test_an_hour_at_the_keyboard_is_kept_and_read_by_the_notebook(browser, folder, tmp_path, answers_file):
    with Page(browser, folder, "04_famine") as opened:
        page = opened.page
        page.focus('form[data-key="04 deaths"] input')
        page.keyboard.type("10-20")
        page.keyboard.press("Enter")
        assert "10 to 20 million deaths" in said(page, "04 deaths")
        assert "after your own" in page.inner_text('.ours[data-claim="C10"]')
        page.select_option('form[data-key="C10"] select', "partly")
        page.fill('form[data-key="C10"] input', "70 %")
        page.keyboard.press("Enter")
        assert "partly" in said(page, "C10") and "Our verdict on C10" in page.inner_text('.ours[data-claim="C10"]')
        assert all("partly, 70 per cent sure" in line for line in page.locator('.yours[data-claim="C10"]').all_inner_texts())
        page.fill('form[data-key="04-2"] input', "<b>x</b>")
        page.keyboard.press("Enter")
        assert "<b>x</b>" in said(page, "04-2") and "did not count" in said(page, "04-2")
        page.fill('form[data-key="04 label"] textarea', "Words with D022 and <script>alert(1)</script>.")
        page.click('form[data-key="04 label"] button')
        with page.expect_download() as saved:
            page.click("[data-do=save]")
        assert saved.value.suggested_filename == "my_answers.json"
        saved.value.save_as(answers_file)
        changed, message = answers.changes()
        assert message == "" and changed["guesses"]["04 deaths"]["last"]["value"] == [10, 20]
        assert changed["verdicts"]["C10"]["last"] == {"verdict": "partly", "sure": 70} and "D022" in changed["texts"]["04 label"]["last"]
        page.reload()
        page.wait_for_function("""() => document.querySelector('form[data-key="C10"] input').value === '70'""")
        assert "10 to 20" in page.inner_text(".recall")


def test_work_of_another_pupil_course_or_edition_is_named_and_nothing_is_lost(browser, folder):
    with Page(browser, folder, "04_famine") as opened:
        page = opened.page
        load = "([name, text]) => courseAnswers.load(name, text)"
        own = {
            "course": answers.COURSE,
            "edition": 2,
            "who": "Mina",
            "answers": {"04-1": {"first": "a", "last": "b", "tries": 2, "last_day": "2026-11-01"}},
        }
        assert "taken over: 1" in page.evaluate(load, ["one.json", json.dumps(own)])
        before = kept(page)
        for text, words in (
            ("not JSON", "no file of this course"),
            ("[1]", "no file of this course"),
            (json.dumps({"course": "Another", "answers": {}}), "another course"),
            (json.dumps({**own, "who": "Jonas"}), "Jonas"),
        ):
            assert words in page.evaluate(load, ["two.json", text]) and kept(page) == before
        newer = {
            **own,
            "edition": 9,
            "answers": {"04-1": {"first": "c", "last": "c", "tries": 1, "last_day": "2026-12-01", "first_day": "2026-12-01"}},
        }
        assert "newer edition" in page.evaluate(load, ["three.json", json.dumps(newer)])
        assert kept(page)["answers"]["04-1"]["last"] == "c"
        old = {"verdicts": {"C10": {"verdict": "partly", "sure": 80}}}  # the first edition: the value alone
        assert "taken over: 1" in page.evaluate(load, ["four.json", json.dumps(old)])


def test_a_full_or_forbidden_storage_costs_nothing_on_the_page(browser, folder):
    with Page(browser, folder, "04_famine") as opened:
        page = opened.page
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
        page.fill('form[data-key="04-2"] input', "36.4")
        page.click('form[data-key="04-2"] button')
        assert "storage is full" in said(page, "04-2") and kept(page)["answers"]["04-2"]["last"] == 36.4


def test_a_damaged_key_is_one_sentence(browser, folder):
    with Page(browser, folder, "04_famine") as opened:
        opened.page.evaluate("() => { window.courseKey['04-2'] = 'AAAA'; }")
        opened.page.fill('form[data-key="04-2"] input', "1")
        opened.page.click('form[data-key="04-2"] button')
        assert "copy the whole folder" in said(opened.page, "04-2")


def test_numbers_and_picture_of_a_figure_can_be_taken(browser, folder):
    with Page(browser, folder, "04_famine") as opened:
        page = opened.page
        assert page.locator(".under-chart").count() == page.locator("figure.chart").count()
        for place, start in ((0, b"\xef\xbb\xbf# "), (1, b"\x89PNG")):
            with page.expect_download() as saved:
                page.locator(".under-chart").nth(1).locator("button").nth(place).click()
            assert saved.value.path().read_bytes().startswith(start)
        own = page.locator(".under-chart:has(button[aria-label*='Anhui: registered deaths']) button").first
        with page.expect_download() as saved:
            own.click()
        rows = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert rows[0] == "# Anhui: registered deaths per 1000, 68.6 in 1960"
        assert rows[2].startswith("series,year,") and rows[3].startswith(",1954,16.6")
