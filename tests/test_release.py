"""One command makes all that is given away; the workflows call the README's commands and nothing else."""

import re

import pytest

from helpers import __main__, environment
from helpers.common import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.skipif((ROOT / "wheels").exists(), reason="a kit has no workflows")
def test_workflows_call_commands_of_the_readme_weekly_too():
    readme, known = (ROOT / "README.md").read_text(encoding="utf-8"), __main__.commands_of(environment)
    assert {path.name for path in WORKFLOWS} >= {"tests.yml", "pages.yml"}
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        runs = re.findall(r"run: (.+)", text)
        assert runs and "schedule:" in text and "cron:" in text, path.name
        for line in runs:
            command = re.fullmatch(r"python3 -m helpers (\w+)(?: --[\w-]+)*", line)
            assert command and command[1] in known and f"python3 -m helpers {command[1]}" in readme, line


@pytest.mark.doors
@pytest.mark.browser
@pytest.mark.filterwarnings("ignore:.*is deprecated. Check CHANGES for Sphinx API")
def test_a_release_holds_every_part_and_its_doors_lead_somewhere(tmp_path):
    pytest.importorskip("sphinx", reason="the release needs Sphinx: python3 -m helpers test --everything")
    pytest.importorskip("jupyterlite_core", reason="the release needs JupyterLite: python3 -m helpers test --everything")
    from helpers.tools import live_parts, release, site

    try:
        weights = release.make(tmp_path / "release", with_kit=False, pdf=False)
    except live_parts.LiveError as problem:
        pytest.skip(str(problem))
    public = tmp_path / "release" / "public"
    first = (public / "index.html").read_text(encoding="utf-8")
    assert 'href="pupils/index.html"' in first and 'href="live/index.html"' in first and weights["live"] <= 90
    assert site.leaks(public / "pupils") == [] and (public / "pupils" / "04_famine.html").exists()
    assert "../../pupils/index.html" in (public / "live" / "pages" / "index.html").read_text(encoding="utf-8")
    assert not [*(tmp_path / "release").rglob("jupyter_execute")]
    assert [one for one in site.dead_links(public) if not one.startswith("live/lab/")] == []
