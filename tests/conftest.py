"""Tests never read or write a student's answers, and never leave this computer: kernels inherit both."""

import gc
import os
import runpy
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

gc.set_threshold(100_000)  # most of what a test makes stays to its end; looking through it costs a tenth of the time
OFFLINE = Path(__file__).parent / "offline"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
runpy.run_path(str(OFFLINE / "sitecustomize.py"))

settings.register_profile("course", deadline=None, max_examples=50)  # a busy computer is slow, not wrong
settings.load_profile("course")

os.environ["COURSE_ANSWERS"] = str(Path(tempfile.mkdtemp(prefix="course-"), "my_answers.json"))


@pytest.fixture
def answers_file(tmp_path, monkeypatch):
    """Return the path of an answers file that does not exist yet."""
    file = tmp_path / "my_answers.json"
    monkeypatch.setenv("COURSE_ANSWERS", str(file))
    return file
