"""What all tests of this folder share; what every run shares, the notebooks' too, stands in the conftest above."""

import gc

import pytest

# Most of what the tests make stays to the end: looking through it for garbage, then or at the end, costs a tenth of the time.
gc.set_threshold(100_000)


def pytest_collection():
    """Set hypothesis up, while the workers start."""
    try:
        from hypothesis import settings
    except ImportError:
        pytest.exit("The tests need their own tools: start them with python3 -m helpers test, or pip install -r tests/requirements.txt.", 4)
    # a busy computer is slow, not wrong; and nothing is written into the course's folder
    settings.register_profile("course", deadline=None, max_examples=50, database=None)
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
