"""Tests leave nothing behind, never touch a reader's own files and never leave this computer; kernels inherit all three.

Also the three tiers of tests: `python3 -m helpers test`, `--browser` and `--everything`.
"""

import os
import re
import runpy
import shutil
import tempfile
from pathlib import Path

OFFLINE = Path(__file__).parent / "tests" / "offline"
MARKS = {
    "browser": "needs Chromium, or the packages that make the web pages",
    "doors": "slow: makes environments of its own, runs lessons again, or has another program at the other end",
}
# tier: the marks that it leaves out, and the words for it
TIERS = {
    "quick": (
        ("browser", "doors"),
        "Left out: JupyterLab in a browser, slides and web pages (python3 -m helpers test --browser); other environments, the oldest "
        "packages, the kit, spreadsheets, and what runs lessons in other ways too (--everything).",
    ),
    "browser": (
        ("doors",),
        "Left out: other environments, the oldest packages, the kit, spreadsheets, and what runs lessons in other ways "
        "(python3 -m helpers test --everything).",
    ),
    "everything": ((), "Nothing was left out."),
}


def _keep_apart():
    """Give this run, its workers and its kernels a temporary folder of their own; return it, or None where a worker shares it."""
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
    runpy.run_path(str(OFFLINE / "sitecustomize.py"))
    own = None
    if "COURSE_TEST_RUN" not in os.environ:
        own = os.environ["COURSE_TEST_RUN"] = tempfile.mkdtemp(prefix="course-")
        for name in ("TMPDIR", "TEMP", "TMP"):
            os.environ[name] = own
        os.environ["JUPYTER_RUNTIME_DIR"] = str(Path(own, "jupyter"))
        os.environ["IPYTHONDIR"] = str(Path(own, "ipython"))
    tempfile.tempdir = None  # asked for again, it is the run's own
    os.environ["COURSE_ANSWERS"] = str(Path(tempfile.mkdtemp(prefix="answers-"), "my_answers.json"))
    return own


OWN = _keep_apart()


def pytest_addoption(parser):
    parser.addoption("--tier", choices=TIERS, default="quick", help="which tests of the course to run")


def pytest_configure(config):
    for mark, meaning in MARKS.items():
        config.addinivalue_line("markers", f"{mark}: {meaning}")


def whole_file_left_out(text):
    """Return True for a test file whose tests all wait for another tier: one mark for the whole file, its own or another file's."""
    return bool(re.search(r"^(?:pytestmark = |from \w+ import pytestmark\b)", text, re.MULTILINE))


def pytest_ignore_collect(collection_path, config):
    """In the quick tier do not even import such a file: browsers and page makers take seconds to import."""
    if config.getoption("tier") == "quick" and collection_path.suffix == ".py" and collection_path.name.startswith("test_"):
        return whole_file_left_out(collection_path.read_text(encoding="utf-8")) or None


def pytest_collection_modifyitems(config, items):
    out = [item for item in items if any(item.get_closest_marker(mark) for mark in TIERS[config.getoption("tier")][0])]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def pytest_terminal_summary(terminalreporter, config):
    of_lessons = ("notebooks/", "tests/test_notebooks.py", "tests/test_slides.py")
    if any(report.nodeid.startswith(of_lessons) for report in terminalreporter.stats.get("failed", [])):
        terminalreporter.write_line("Have the lessons been used? What was only run is like new after: python3 -m helpers build")
    terminalreporter.write_line(TIERS[config.getoption("tier")][1])


def pytest_unconfigure():
    if OWN:
        shutil.rmtree(OWN, ignore_errors=True)
