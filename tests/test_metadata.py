"""What the course says of itself is the same everywhere: title, version, licence."""

import re
import tomllib

import yaml

from helpers import data
from helpers.common import ROOT


def faults(project: dict, citation: dict, changelog: str, readme: str) -> list[str]:
    """Return where the course's own descriptions disagree, a sentence each."""
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.M)
    title = readme.splitlines()[0].removeprefix("# ")
    checks = [
        (citation["version"] == project["version"], "CITATION.cff has another version than pyproject.toml."),
        (newest and newest[1] == project["version"], "CHANGELOG.md does not begin with the version of pyproject.toml."),
        (citation["title"] == title, "CITATION.cff has another title than README.md."),
        (project["description"].startswith(title), "pyproject.toml has another title than README.md."),
        (set(citation["license"]) == set(project["license"].split(" AND ")), "CITATION.cff has other licences than pyproject.toml."),
        (
            citation.get("repository-code", "") == project.get("urls", {}).get("Repository", ""),
            "CITATION.cff has another address than pyproject.toml.",
        ),
        (set(project.get("urls", {})) <= {"Repository"}, "pyproject.toml has addresses that no page prints: one, Repository, is enough."),
        (citation["authors"] == [{"name": f"The authors of {title}"}], "CITATION.cff names other authors."),
    ]
    return [sentence for right, sentence in checks if not right]


def of_the_course() -> list:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("CHANGELOG.md", "README.md")]
    return [project, citation, *texts]


def test_the_course_says_the_same_of_itself_everywhere():
    assert faults(*of_the_course()) == []


def table_faults(readme: str) -> list[str]:
    """Return the lessons whose title or question stand otherwise in README.md than in the table of lessons."""
    rows = data.load("lessons").itertuples()
    return [row.lesson for row in rows if f"| {row.lesson} | [{row.title}](notebooks/{row.file}) | {row.question} |" not in readme]


def test_the_readme_names_the_lessons_as_the_table_does():
    readme = of_the_course()[3]
    assert table_faults(readme) == []
    assert table_faults(readme.replace("Did one speech", "Why did one speech")) == ["01"]


def test_a_version_that_lags_behind_is_found():
    project, citation, changelog, readme = of_the_course()
    assert faults({**project, "version": "9.9.9"}, citation, changelog, readme) == [
        "CITATION.cff has another version than pyproject.toml.",
        "CHANGELOG.md does not begin with the version of pyproject.toml.",
    ]


def test_an_address_that_stands_in_one_place_only_is_found():
    project, citation, changelog, readme = of_the_course()
    assert faults({**project, "urls": {"Repository": "https://example.org", "Home": "x"}}, citation, changelog, readme) == [
        "CITATION.cff has another address than pyproject.toml.",
        "pyproject.toml has addresses that no page prints: one, Repository, is enough.",
    ]


def test_the_quick_tier_passes_over_whole_files_only_where_every_test_waits_for_another_tier(pytestconfig):
    """A file with one mark for all its tests is not even imported; the mark must be one that the quick tier leaves out."""
    left_out = next(one for one in pytestconfig.pluginmanager.get_plugins() if hasattr(one, "whole_file_left_out")).whole_file_left_out
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")}
    passed_over = {name for name, text in texts.items() if left_out(text)}
    waiting = {name for name, text in texts.items() if re.search(r"mark\.(browser|doors)\b|from test_browser import pytestmark", text)}
    assert passed_over <= waiting and "test_browser.py" in passed_over and "test_metadata.py" not in passed_over
    assert left_out("import pytest\n\npytestmark = pytest.mark.browser\n") and not left_out("def test_it():\n    pytestmark = 1\n")
