"""The hour of every lesson for paper and wall: plan, sheet and deck as pages in the folder `teach` of the site, PDFs where Chromium is.

Each lesson has its plan in other lengths too, and three hours stand alone (`lengths`).

What could not be made is a sentence for whoever builds the site; the rest is made.
"""

import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import plotly

from helpers.common import escape
from helpers.tools import deck, hour, lengths, plan, sheet

FOLDER, STATIC = "teach", "_static"
ASSETS = Path(__file__).parent / "site_assets"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
OWN = ("paper.css", "paper.js", "deck.css", "deck.js")
PLACE = '<span class="pdf"></span>'  # where a page links to its PDFs
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NO_BROWSER = "There are no PDFs of plans and sheets, since no Chromium was found here: print the pages from any browser."
AT_ONCE = 2
TRIES = 2  # a browser that starts while another one ends may fail
PATIENCE = 120  # seconds for one PDF
# {end of the PDF's name: (page, paper)}
PDFS = {"plan": ("plan", "a4"), "sheet-a4": ("sheet", "a4"), "sheet-letter": ("sheet", "letter")}


def write(notebooks, target):
    """Write the pages of all lessons of the second edition and of the hours that stand alone.

    notebooks  folder with the executed lessons
    target     a folder that gets the pages in `teach`, and what they need in `_static`
    Returns ({name: its hour}, sentences on what is missing); names are lessons' numbers and those of `lengths.ALONE`.
    """
    hours, complaints = {}, []
    for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb")):
        notebook, lesson = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4), path.name[:2]
        if hour.is_second_edition(notebook, lesson):
            hours[lesson] = hour.read(notebook, lesson)
    quiet = {lesson: lengths.alone(hours[lengths.lesson_of(name)], name, lesson) for lesson, name in lengths.quiet(hours).items()}
    hours |= {name: lengths.alone(hours[lengths.lesson_of(name)], name) for name in lengths.standing(hours)}
    if hours:
        _prepare(target)
    for one in hours.values():
        slides, paper = deck.Deck(one), sheet.Sheet(one)
        made = {"deck": slides.html(), "sheet": paper.html()}
        made |= plans(one, slides.numbers(), made, quiet.get(one.lesson))
        complaints += one.plan.complaints + lengths.faults(one) + _written(target, one, made) + slides.complaints + paper.complaints
    for one in quiet.values():
        paper = sheet.Sheet(one)
        complaints += one.plan.complaints + _written(target, one, {"sheet": paper.html()}) + paper.complaints
    return hours, list(dict.fromkeys(complaints))


def plans(one, numbers, made, quiet=None):
    """Return {kind: page} of an hour's plans in all lengths.

    one      an `hour.Hour`
    numbers  {part: [numbers of its slides]}
    made     {"deck": its page, "sheet": its page}
    quiet    the hour of the quiet sheet, when there is one
    """
    words = hour.words_in(deck.of_the_hour(made["deck"])) + hour.words_in(made["sheet"])
    pages = {"plan": plan.page(one, numbers, words=words, quiet=quiet)}
    return pages | {f"plan-{minutes}": plan.page(one, numbers, lengths.cut(one, minutes), quiet=quiet) for minutes in lengths.of(one)}


def _written(target, one, made):
    """Write the pages of an hour; return a sentence on everything that its sheet gives away."""
    for kind, page in made.items():
        (target / FOLDER / f"{one.name}-{kind}.html").write_text(page, encoding="utf-8")
    return [f"Lesson {one.name}, sheet: {fault}." for fault in sheet.told(made["sheet"], one)]


def _prepare(target):
    """Make the folders and copy what the pages need beside them."""
    (target / FOLDER).mkdir(parents=True, exist_ok=True)
    (target / STATIC).mkdir(exist_ok=True)
    for file in (*(ASSETS / name for name in OWN), PLOTLY):
        shutil.copy(file, target / STATIC)


def print_all(target, lessons):
    """Print plans and sheets as PDF beside their pages, which then link to them; return sentences on what could not be printed.

    target   the folder that `write` was given
    lessons  two-digit numbers
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not lessons or browser is None:
        return [NO_BROWSER] * bool(lessons)
    lessons = [*lessons, *lengths.quiet(lessons).values()]
    made = [
        (lesson, name) for lesson in lessons for name, (page, _) in PDFS.items() if (target / FOLDER / f"{lesson}-{page}.html").exists()
    ]
    jobs = [(browser, target / FOLDER, *job) for job in made]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sentences = [sentence for sentence in pool.map(lambda job: _print(*job), jobs) if sentence]
    for lesson in lessons:
        _link_pdfs(target / FOLDER, lesson)
    return sentences


def _link_pdfs(folder, lesson):
    """Let plan and sheet link to the PDFs that were made of them."""
    for kind in ("plan", "sheet"):
        names = [f"{lesson}-{name}.pdf" for name, (page, _) in PDFS.items() if page == kind]
        made = [f'<a href="{name}">{name}</a>' for name in names if (folder / name).exists()]
        path = folder / f"{lesson}-{kind}.html"
        if not path.exists():  # a quiet sheet has no plan
            continue
        path.write_text(path.read_text(encoding="utf-8").replace(PLACE, " ".join(made)), encoding="utf-8")


def _print(browser, folder, lesson, name):
    """Print one page; return "" or a sentence."""
    page, paper = PDFS[name]
    goal = folder / f"{lesson}-{name}.pdf"
    address = f"{(folder / f'{lesson}-{page}.html').as_uri()}?paper={paper}"
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        command = [browser, "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", *alone]
        command += [f"--user-data-dir={own}", "--no-pdf-header-footer", f"--print-to-pdf={goal}", address]
        for _ in range(TRIES):
            try:
                subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
                break
            except (OSError, subprocess.SubprocessError):
                goal.unlink(missing_ok=True)
    return "" if goal.exists() else f"{goal.name} could not be made with {Path(browser).name}: print {lesson}-{page}.html from a browser."


def links(name, says="", quiet=""):
    """Return links to the plan, sheet and deck of an hour as HTML, from a page beside the folder `teach`.

    says   what screen readers hear after each link, by default the lesson's number
    quiet  the name of the quiet sheet that lies beside the hour
    """
    names = {f"{name}-plan": "Plan of the hour", f"{name}-sheet": "Sheet for the copier", f"{name}-deck": "Slides"}
    names |= {f"{quiet}-sheet": "Quiet sheet"} if quiet else {}
    heard = says or f"lesson {name}"
    return " · ".join(f'<a href="{FOLDER}/{page}.html" aria-label="{words}, {heard}">{words}</a>' for page, words in names.items())


def alone(lessons):
    """Return the hours that stand alone as an HTML list, each with its question and its links; "" when none of `lessons` has one."""
    rows, quiet = [(name, lengths.about(name)) for name in lengths.standing(lessons)], lengths.quiet(lessons)
    items = "".join(
        f"<li><b>{escape(row['title'])}</b>: {escape(row['question'])} "
        f"{links(name, escape(row['title']), quiet.get(row['lesson'], ''))}</li>"
        for name, row in rows
    )
    return f'<ul class="hours">{items}</ul>' if items else ""
