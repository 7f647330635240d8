"""Tests never read or write a student's answers, and never leave this computer: kernels inherit both."""

import gc
import os
import runpy
import tempfile
from pathlib import Path

import pytest

# Most of what the tests make stays to the end: looking through it for garbage, then or at the end, costs a tenth of the time.
gc.set_threshold(100_000)

OFFLINE = Path(__file__).parent / "offline"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
runpy.run_path(str(OFFLINE / "sitecustomize.py"))

os.environ["COURSE_ANSWERS"] = str(Path(tempfile.mkdtemp(prefix="course-"), "my_answers.json"))


def pytest_collection():
    """Set hypothesis up, while the workers start."""
    from hypothesis import settings

    settings.register_profile("course", deadline=None, max_examples=50)  # a busy computer is slow, not wrong
    settings.load_profile("course")


def pytest_sessionfinish():
    gc.freeze()


LONG = ("test_data.py", "test_odd_places.py", "test_site.py", "test_student.py", "test_security.py")


def pytest_collection_modifyitems(items):
    """What takes long comes first, then the notebooks, then the rest: so both workers end together."""
    items.sort(key=lambda item: (item.path.name not in LONG, item.path.suffix != ".ipynb"))


@pytest.fixture
def answers_file(tmp_path, monkeypatch):
    """Return the path of an answers file that does not exist yet."""
    file = tmp_path / "my_answers.json"
    monkeypatch.setenv("COURSE_ANSWERS", str(file))
    return file
