"""Build the course as web pages that need no Python and no network: `python3 -m helpers site`.

The executed lessons become pages in the folder `site`, each with a plan, a sheet and slides of one class hour (lessons that
have no core of one hour yet: with a handout to print). All pages share one local plotly.js.
"""

import html
import io
import json
import os
import re
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat

from helpers import data
from helpers.common import CHART, ROOT
from helpers.tools import answering, bank, build, class_view, door, handouts, hour, lengths, pages, phone, student, teach, thumbs
from helpers.tools.pages import SiteError

SITE, PUPILS = ROOT / "site", ROOT / "site-students"
ASSETS, PLOTLY = teach.ASSETS, teach.PLOTLY
REFERENCE = re.compile(r"""<[a-z][^>]*?\s(?:href|src)=["']([^"']*)["']""")
FETCHED = re.compile(r"""<(?:script|img|link|iframe|source|video|audio)\b[^>]*?\s(?:href|src)=["']((?:https?:)?//[^"']*)["']""")
KEPT_BACK = {
    "questions": ("question_id", ("solution", "feedback_right")),
    "claims": ("claim_id", ("evidence_for", "evidence_against", "best_objection", "better_wording")),
}
PAPERS = "papers"  # the folder of the papers for teachers
PAPER = re.compile(r"\[([^\]]+)\]\(\.\./helpers/tools/papers/(\w+)\.md\)")
BINARY = (".png", ".woff", ".woff2", ".ttf", ".ico", ".gif", ".pdf")
ICON_SCRIPT = re.compile(r"<script[^>]*fontawesome\.js[^>]*></script>")
ANCHOR = re.compile(r"""\s(?:id|name)=["']([^"']+)["']""")


def make(target, notebooks=build.NOTEBOOKS, say=print, pdf=False, for_students=False, doors=(), narrow=None):
    """Build all pages into a folder and check them.

    target        folder that does not exist yet
    notebooks     folder with the executed lessons and Markdown pages such as the glossary
    say           what is done with a sentence on something that could not be made, while the rest was
    pdf           whether plans and sheets are also printed as PDF
    for_students  whether guide, plans, solutions, model answers and our verdicts are left out
    doors         what stands beside these pages at their address: "pupils", "live"
    narrow        from the folder to the charts for a telephone, as `phone.drawn`; None leaves the wide ones alone
    Returns {page name: number of charts}. Raises SiteError when a chart is missing, a link leads nowhere, a page would
    fetch something from the network, or Sphinx has a complaint.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as beside:
        source, wall = Path(folder, "source"), Path(folder, "wall")
        expected = write_source(notebooks, source, for_students, doors)
        lessons, remarks = ({}, []) if for_students else teach.write(notebooks, wall)
        whole = [lesson for lesson, one in lessons.items() if one.plan.texts]  # what has no plan yet is not for the copier
        printing = beside.submit(teach.print_all, wall, whole if pdf else [])  # while Sphinx, which takes longer, is at work
        running = beside.submit(narrow or phone.none, notebooks)
        complaints = _sphinx(source, Path(folder, "doctrees"), target)
        telephone, said = running.result()
        remarks += printing.result() + said + phone.put(target, telephone)
        if lessons:
            shutil.move(wall / teach.FOLDER, target / teach.FOLDER)
    _leave_out(target)
    if for_students:
        complaints += leaks(target)
    else:
        handouts.write(notebooks, target / "handouts", left_out=lessons)
        remarks += bank.write(target / PAPERS, notebooks, home="../index.html")
        class_view.write(target)
    complaints += missing_charts(target, expected) + dead_links(target, doors) + fetched(target)
    if complaints:
        raise SiteError(
            f"The pages are not complete: {complaints[0]}"
            + (f" ({len(complaints) - 1} more: {'; '.join(complaints[1:4])})" if complaints[1:] else "")
            + "."
        )
    for sentence in remarks:
        say(sentence)
    return expected


def write_source(notebooks, source, for_students=False, doors=()):
    """Write what Sphinx reads: reading copies of the lessons, Markdown pages, the start page, the definitions, the key.

    Returns {page name: number of charts in the notebook}.
    """
    (source / "_static").mkdir(parents=True)
    (source / "_static" / "glossary.js").write_text(definitions(), encoding="utf-8")
    shutil.copy(PLOTLY, source / "_static" / "plotly.min.js")
    expected, asked, pictures = {}, {}, []
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb"))}
    lessons = {path: nbformat.reads(text, as_version=4) for path, text in texts.items()}
    second = {path.name[:2] for path, notebook in lessons.items() if hour.is_second_edition(notebook, path.name[:2])}
    for path, notebook in lessons.items():
        lesson = path.name[:2]
        expected[path.stem] = texts[path].count(f'"{CHART}"')
        asked[lesson] = [call for cell in notebook.cells if cell.cell_type == "code" for call in answering.asked(cell.source)]
        if chart := thumbs.opening(notebook):
            (source / "_static" / door.thumb(lesson)).write_text(thumbs.thumbnail(chart), encoding="utf-8")
            pictures.append(lesson)
        copy = pages.reading_copy(notebook, "" if for_students else to_print(lesson, second), for_students)
        (source / path.name).write_text(nbformat.writes(copy), encoding="utf-8")
    others = [path for path in sorted(notebooks.glob("*.md")) if not (for_students and path.name in door.FOR_TEACHERS)]
    for path in others:
        (source / path.name).write_text(pages.linked(to_paper(path.read_text(encoding="utf-8"))), encoding="utf-8")
    (source / "_static" / "answers-data.js").write_text(answering.script(*answering.wanted(asked)), encoding="utf-8")
    others = [path.stem for path in others]
    words = (
        door.for_pupils(asked, others, pictures)
        if for_students
        else door.for_all(asked, others, {one: to_print(one, second) for one in asked}, pictures, doors, teach.alone(second))
    )
    (source / "index.md").write_text(words, encoding="utf-8")
    return expected


def to_paper(text):
    """Return Markdown with each link to a paper for teachers leading to that paper among the pages."""
    return PAPER.sub(rf'<a href="{PAPERS}/\2.html">\1</a>', text)


def to_print(lesson, second):
    """Return links to what a lesson has for paper and wall, as HTML; `second` are the lessons with a core of one hour."""
    quiet = lengths.quiet(second).get(lesson, "")
    return (
        teach.links(lesson, quiet=quiet)
        if lesson in second
        else f'<a href="handouts/{lesson}.html" aria-label="Handout of lesson {lesson}">Handout</a>'
    )


def definitions():
    """Return the script with all definitions of the glossary, for the pop-ups."""
    terms = {row.term_id: f"{row.term}: {row.definition}" for row in data.load("glossary").itertuples()}
    return f"window.courseTerms = {json.dumps(terms, ensure_ascii=False, separators=(',', ':'))};\n"


def missing_charts(target, expected):
    """Return a sentence for every page whose charts are not as many as its notebook's."""
    found = []
    for page, count in expected.items():
        for path in (target / f"{page}.html", target / "handouts" / f"{page[:2]}.html"):
            sheet = target / teach.FOLDER / f"{page[:2]}-sheet.html"
            if path.parent.name == "handouts" and (sheet.exists() or not path.parent.exists()):  # pupils' pages have no paper
                continue
            shown = path.read_text(encoding="utf-8").count(pages.CHART_START)
            if shown != count:
                found.append(f"{path.relative_to(target).as_posix()} shows {shown} of {count} charts")
    return found


def dead_links(target, doors=()):
    """Return a sentence for every link or resource of a page that leads to no file or no place in it; `doors` are made afterwards."""
    texts = {path: path.read_text(encoding="utf-8") for path in target.rglob("*.html")}
    anchors = {path: set(ANCHOR.findall(text)) for path, text in texts.items()}
    found = []
    for path, text in texts.items():
        for link in sorted(set(REFERENCE.findall(text))):
            parts = urlsplit(html.unescape(link))
            if parts.scheme or parts.netloc or parts.path.partition("/")[0] in doors:
                continue
            goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            place = unquote(parts.fragment)
            if not goal.is_file() or (place and goal in anchors and place not in anchors[goal]):
                found.append(f"{path.relative_to(target)} links to {link}, which is not there")
    return found


def leaks(target):
    """Return a sentence for every text that answers for a pupil and stands in clear in a file of the pupils' pages."""
    texts = {
        f"{table}, {row[key]}, {column}": str(row[column])
        for table, (key, columns) in KEPT_BACK.items()
        for row in data.load(table).to_dict("records")
        for column in columns
        if len(str(row[column])) >= 2 * student.TOLD_APART  # shorter ones may stand in a lesson by chance
    }
    found = []
    for path in sorted(target.rglob("*")):
        if not path.is_file() or path.suffix in BINARY or path.name == "plotly.min.js":
            continue
        words = html.unescape(path.read_text(encoding="utf-8", errors="replace"))
        found += [f"{path.relative_to(target).as_posix()} tells {name}" for name, text in texts.items() if text in words]
    return found


def fetched(target):
    """Return a sentence for everything that a page would fetch from another computer."""
    return [
        f"{path.relative_to(target)} would fetch {address}"
        for path in sorted(target.rglob("*.html"))
        for address in FETCHED.findall(path.read_text(encoding="utf-8"))
    ]


def _sphinx(source, doctrees, target):
    """Let Sphinx make the pages; return its warnings."""
    try:
        from sphinx.application import Sphinx
        from sphinx.util.console import nocolor
        from sphinx.util.docutils import docutils_namespace
    except ImportError:
        raise SiteError("The pages need Sphinx, which is not in this environment: start with python3 -m helpers site.") from None
    nocolor()
    warnings = io.StringIO()
    folders = {"html_static_path": [str(ASSETS), str(source / "_static")]}
    with docutils_namespace():  # a second build in one process finds nothing of the first
        Sphinx(
            source, Path(__file__).parent, target, doctrees, "html", confoverrides=folders, status=None, warning=warnings, freshenv=True
        ).build()
    return warnings.getvalue().replace(f"{source}{os.sep}", "").strip().splitlines()


def _leave_out(target):
    """Remove what the theme brings along and no page needs: templates, source maps and the icon script (a font draws the icons)."""
    for unused in ("*.map", "*macros.html", "fontawesome.js", "fa-brands-*", "fa-regular-*"):
        for path in (target / "_static").rglob(unused):
            path.unlink()
    for path in target.glob("*.html"):
        path.write_text(ICON_SCRIPT.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")


def put(place, **wishes):
    """Build the pages beside a folder of that name and put them in its place; return {page name: number of charts}."""
    if place.exists() and not (place / ".buildinfo").exists():
        raise SiteError(f"There is a folder '{place.name}' that was not made by this command: move it away, then give the command again.")
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".site-") as folder:
        made = make(Path(folder, "site"), **wishes)
        if place.exists():
            shutil.rmtree(place)
        shutil.move(Path(folder, "site"), place)
    return made


def main(arguments):
    """Build the pages into the folder `site` (with --students: `site-students`) and say what was built; return the exit status."""
    if arguments not in ([], ["--students"]):
        print(f"'site' takes --students and nothing else: leave out {' '.join(word for word in arguments if word != '--students')}.")
        return 2
    began, place = time.monotonic(), PUPILS if arguments else SITE
    try:
        made = put(place, for_students=bool(arguments), pdf=not arguments, narrow=phone.drawn)
    except SiteError as problem:
        print(f"\n{problem}")
        return 1
    weights = {path.name: path.stat().st_size for path in place.glob("*.html")}
    heaviest = max(weights, key=lambda name: weights[name])
    print(
        f"{len(made)} lessons, {sum(made.values())} charts, {time.monotonic() - began:.1f} s; "
        f"heaviest page {heaviest}, {weights[heaviest] / 1000:.0f} KB.\nOpen {place / 'index.html'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
