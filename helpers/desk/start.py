"""The first minute: a greeting that answers back, and whether this computer is ready for the course.

At the top only the standard library and IPython are imported, so that the check can say which package is missing.
When all is well the check says the same on every computer: no versions, no folders.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path

from helpers.common import ROOT, cell, escape, markdown_table
from helpers.desk import answers
from helpers.desk.screen import show
from helpers.sentences import fixed, heading

OLDEST_PYTHON = (3, 11)
OLDEST = {"pandas": "2.2.1", "plotly": "5.24", "jupyterlab": "4"}  # the oldest with which all lessons were run
# Does this page run in JupyterLab at all? In the browser edition and on Colab something else draws the charts.
OWN_PAGE = sys.platform == "emscripten" or "google.colab" in sys.modules
# The course's own environment is made again by its command, any other is mended by pip.
AGAIN = fixed("again_own" if Path(sys.prefix) == ROOT / ".venv" else "again_pip")
IN_ORDER = fixed("in_order")


def hello(name: object) -> None:
    """Greet a reader who runs a cell for the first time; three dots and a name without quotes get the next step."""
    if name is ...:
        text = fixed("it_works")
    elif not isinstance(name, str) or not name.strip():
        text = fixed("hello_name")
    else:
        text = fixed("hello", name=escape(name.strip().rstrip(".")))
    show(text)


def check_computer() -> None:
    """Show what was checked; for everything that is not in order, one sentence says what is wrong and what to do."""
    show(report({what: _asked(question) for what, question in CHECKS.items()}))


def report(faults: Mapping[str, str]) -> str:
    """Return the check's words as Markdown, from {what was checked: "" or the sentence on what is wrong}."""
    wrong = sum(map(bool, faults.values()))
    first = fixed("nearly_ready" if wrong else "ready")
    head = [heading("checked"), heading("result")]
    return first + "\n\n" + markdown_table(head, [(what, cell(fault) or IN_ORDER) for what, fault in faults.items()])


def python_fault(running: tuple[int, int] = sys.version_info[:2]) -> str:
    """Return "" when this Python, given as (3, 12), is new enough for the course, else what to do."""
    if running >= OLDEST_PYTHON:
        return ""
    here, oldest = (".".join(map(str, version)) for version in (running, OLDEST_PYTHON))
    return fixed("old_python", here=here, oldest=oldest, again=AGAIN)


def package_fault(package: str, installed: Callable[[str], str] = metadata.version) -> str:
    """Return "" when a package is as new as the lessons need it, else what to do.

    Parameters
    ----------
    package : str
        Its name.
    installed : function
        From a package's name to its version.
    """
    try:
        here = installed(package)
    except metadata.PackageNotFoundError:
        return fixed("package_missing", package=package, again=AGAIN)
    if _numbers(here) >= _numbers(OLDEST[package]):
        return ""
    return fixed("package_old", package=package, here=here, oldest=OLDEST[package], again=AGAIN)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]


def drawing_fault(folders: Iterable[str | Path] | None = None) -> str:
    """Return "" when JupyterLab has the part that draws our charts, else what to do; "" where another page draws them.

    Parameters
    ----------
    folders : list of str, optional
        Where JupyterLab looks for its parts; by default, where this one does.
    """
    if folders is None:
        if OWN_PAGE:
            return ""
        from jupyter_core.paths import jupyter_path

        folders = jupyter_path("labextensions")
    if any(Path(folder, "jupyterlab-plotly", "package.json").exists() for folder in folders):
        return ""
    return fixed("no_charts", again=AGAIN)


def tables_fault() -> str:
    """Return "" when every table of the course loads, else the sentence of the first that does not."""
    from helpers import data

    try:
        for name in data.table_names():
            data.load(name)
    except data.DataError as problem:
        return str(problem)
    except (OSError, ValueError) as problem:
        return fixed("tables_unread", problem=problem)
    return ""


def network_fault() -> str:
    """Return "" when a chart holds no address outside this computer, else what to do."""
    import pandas as pd

    from helpers import figures, theme

    chart = figures.bars(pd.DataFrame({"year": [1960], "value": [1.0]}), colour=theme.INK, y_range=(0, 2))
    sent = json.dumps([chart.to_dict(), theme.TOOL_BAR])
    if "://" not in sent and theme.TOOL_BAR.get("showSendToCloud") is False:
        return ""
    return fixed("chart_calls")


CHECKS: dict[str, Callable[[], str]] = {
    fixed("check_python"): python_fault,
    fixed("check_pandas"): lambda: package_fault("pandas"),
    fixed("check_plotly"): lambda: package_fault("plotly"),
    fixed("check_jupyterlab"): lambda: "" if OWN_PAGE else package_fault("jupyterlab"),
    fixed("check_charts"): drawing_fault,
    fixed("check_answers"): answers.can_keep,
    fixed("check_tables"): tables_fault,
    fixed("check_internet"): network_fault,
}


def _asked(question: Callable[[], str]) -> str:
    """Return a check's answer; a missing package is an answer too."""
    try:
        return question()
    except ImportError as missing:
        return fixed("package_missing", package=missing.name, again=AGAIN)
