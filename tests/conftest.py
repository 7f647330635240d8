"""Tests never read or write a student's answers: every process gets a file of its own, kernels inherit it."""
import os
import tempfile
from pathlib import Path

import pytest

os.environ["COURSE_ANSWERS"] = str(Path(tempfile.mkdtemp(prefix="course-"), "answers.json"))


@pytest.fixture
def answers_file(tmp_path, monkeypatch):
    """Return the path of an answers file that does not exist yet."""
    file = tmp_path / "my_answers.json"
    monkeypatch.setenv("COURSE_ANSWERS", str(file))
    return file
