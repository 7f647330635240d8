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


LONG = ("test_data.py", "test_way_back.py", "test_slips.py", "test_seal.py", "test_teach.py", "test_student.py", "test_security.py")


def turn(path):
    """Return when a file has its turn: what takes long comes first, then the notebooks, then the rest, so both workers end together."""
    browser = path.name.endswith("browser.py") or path.name in ("test_site.py", "test_reading.py", "test_saving.py")
    return [path.name == "test_doors.py", browser, path.name in LONG, path.suffix == ".ipynb", True].index(True)


def pytest_collection_modifyitems(items):
    """Put the files in their turn."""
    items.sort(key=lambda item: turn(item.path))


@pytest.fixture
def answers_file(tmp_path, monkeypatch):
    """Return the path of an answers file that does not exist yet."""
    file = tmp_path / "my_answers.json"
    monkeypatch.setenv("COURSE_ANSWERS", str(file))
    return file
