"""Papers and question files for teachers: `python3 -m helpers bank` makes the folder `bank`.

bank.html, bank-answers.html      questions that stand in no lesson, by lesson and skill; their answers
tickets.html, tests.html          exit tickets; tests in two forms; marking.html has their answers and points
pairs.html                        an easier and a harder question for each exercise of a core
questions.gift.txt, questions.csv all questions with feedback, for Moodle and for forms
key.html and the rest             what `staff_papers` makes
"""

import shutil
import sys
from pathlib import Path

from helpers import data
from helpers.common import ROOT, escape
from helpers.tools import bank_exports, bank_pages, build, pool, staff_papers

FOLDER = ROOT / "bank"
MARK = "papers.css"  # a folder without it was not made by this command
OWN = (MARK, "papers.js")
MARKDOWN = ("letter_famine", "letter_insults", "starters", "assistants")
IN_COLUMNS = ("starters",)
PLATFORM = "For a learning platform"
# {heading of the first page: {file: what it is}}
INDEX = {
    "For the hour": {
        "tickets.html": "Exit tickets: one page a lesson, the ticket twice",
        "vocabulary.html": "Vocabulary: the words of each lesson in their own scripts",
        "starters.html": "Sentence starters",
        "pairs.html": "An easier and a harder question for each exercise",
    },
    "To check": {
        "key.html": "The key: all answers and verdicts with their reasons",
        "tests.html": "Tests: two forms each, for two lessons at a time",
        "marking.html": "Answers and points of tests and tickets",
        "samples.html": "Sample answers at three levels, with the rubric",
        "bank.html": "Bank: the questions that stand in no lesson",
        "bank-answers.html": "Bank: the answers",
    },
    PLATFORM: {
        "questions.gift.txt": "All questions with feedback in Moodle's GIFT format",
        "questions.csv": "All questions as a table, for forms",
    },
    "Around the lesson": {
        "care.html": "Care: hunger, terror, insults",
        "letter_famine.html": "Letter home: the famine",
        "letter_insults.html": "Letter home: a lesson on insults",
        "assistants.html": "AI assistants: what they spoil, what they sharpen",
        "feedback.html": "How did it go? A form to fill in",
    },
}
HOW = (
    "In Moodle: question bank, Import, GIFT format. Wrong answers that we expect have a sentence each. Options keep their letters, since "
    "the sentences name them: turn numbering and shuffling off. What is to be put in order comes as matching; open questions are essays "
    "with our answer as general feedback."
)


def write(folder: Path, notebooks: Path = build.NOTEBOOKS, home: str = "") -> list[str]:
    """Write all papers and files into a folder; return a sentence on each thing that is wrong with the choice of questions.

    The choice is for the whole course: where lessons are missing, it is not judged.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    notebooks : Path
        Folder with the executed lessons.
    home : str
        Where the first page leads back to, "../index.html" inside the web pages.
    """
    own = pool.read(notebooks)
    folder.mkdir(parents=True, exist_ok=True)
    for name in OWN:
        shutil.copy(pool.PAPERS / name, folder)
    for name, text in _papers(own, home).items():
        (folder / name).write_bytes(text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    whole = set(own.lessons) == set(data.load("lessons")["lesson"])
    return [f"The bank of questions: {fault}." for fault in (pool.faults(own) if whole else [])]


def _papers(own: pool.Pool, home: str) -> dict[str, str]:
    """Return {file: its text} of everything."""
    made = {
        "bank.html": bank_pages.bank(own),
        "bank-answers.html": bank_pages.bank_answers(own),
        "tickets.html": bank_pages.tickets(own),
        "tests.html": bank_pages.tests(own),
        "marking.html": bank_pages.marking(own),
        "pairs.html": bank_pages.pairs(own),
        "questions.gift.txt": bank_exports.gift(own),
        "questions.csv": bank_exports.form(own),
        "key.html": staff_papers.key(own),
        "samples.html": staff_papers.samples(own),
        "care.html": staff_papers.care(own),
        "vocabulary.html": staff_papers.vocabulary(),
        "feedback.html": staff_papers.feedback(),
        "index.html": _index(home),
    }
    for name in MARKDOWN:
        title, body = staff_papers.markdown(name)
        made[f"{name}.html"] = bank_pages.page(title, f'<div class="two">{body}</div>' if name in IN_COLUMNS else body)
    return made


def _index(home: str) -> str:
    back = f'<p class="screen"><a href="{escape(home)}">All lessons</a></p>' if home else ""
    lists = "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(_item(file, words) for file, words in files.items())}</ul>"
        + (f'<p class="small">{HOW}</p>' if heading == PLATFORM else "")
        for heading, files in INDEX.items()
    )
    return bank_pages.page("Papers for teachers", f"{back}<p>Answers stand on these pages: they are not for pupils.</p>{lists}")


def _item(file: str, words: str) -> str:
    save = "" if file.endswith(".html") else " download"
    return f'<li><a href="{file}"{save}>{escape(words)}</a></li>'


def main(arguments: list[str]) -> int:
    """Write everything into a folder, by default `bank`; return the exit status."""
    if len(arguments) > 1 or any(word.startswith("-") for word in arguments):
        print("'bank' takes the name of a folder and nothing else.")
        return 2
    folder = Path(arguments[0]) if arguments else FOLDER
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not (folder / MARK).is_file():
        print(f"'{folder}' was not made by this command: give the name of another folder, or move it away.")
        return 1
    for sentence in write(folder):
        print(sentence)
    print(f"Open {folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
