"""Command line of the course: `python3 -m helpers` prints the commands.

Only the standard library is used here: this file runs before anything is installed.
"""

import os
import sys

OLDEST = (3, 11)

if not __package__:  # started by its path, from any folder: python3 /path/to/the/course/helpers lab
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

USAGE = """The Sino-Soviet Split, Claim by Claim

  {py} -m helpers lab      open the course in JupyterLab
                               --port N        use this port
                               --no-browser    print the address, open nothing
                               --slides        for a projector: lessons as slides, with Alt+R
  {py} -m helpers test     run the tests and every notebook (some minutes)
                               --browser       also JupyterLab, slides and web pages in a browser
                               --everything    also other environments, the oldest packages, the kit, spreadsheets
                               anything else goes to pytest, e.g. -k famine
  {py} -m helpers build    run the notebooks again and renew the data dictionary
  {py} -m helpers seal     say which tables were changed since they were sealed
                               --why REASON    seal them again: what changed goes to data/CHANGELOG.md
                               --was FOLDER    an unchanged course to compare with, where there is no git
  {py} -m helpers site     make web pages, plans, sheets and slides that need no Python, in the
                               folder site
                               --students      the pupils' pages, without solutions, in site-students
  {py} -m helpers live     make JupyterLab with all lessons for a browser tab, nothing installed, in the
                               folder live, for any https server
                               --serve         show it on this computer
                               --students      without solutions
                               --pyodide FOLDER   Python for the browser from there (an unpacked release)
  {py} -m helpers student  write a course folder for students, without solutions, into the folder student
                               FOLDER          into this folder instead
  {py} -m helpers bank     write papers for teachers into the folder bank: key, tests, exit tickets, letters,
                               and all questions for Moodle and for forms
                               FOLDER          into this folder instead
  {py} -m helpers class FOLDER   put what the pupils handed in on one page, class.html in that folder;
                               without FOLDER: a page on which files are dropped
  {py} -m helpers release  make all that is given away, in the folder release: pages, pupils' pages,
                               PDFs, the live edition, the kit
                               --no-kit        without the kit
                               --pyodide FOLDER   as for live
  {py} -m helpers kit      pack the course with all its packages, for computers without a network
                               --platform NAME linux-x86_64, linux-aarch64, macos-arm64, macos-x86_64,
                                               windows-amd64 or all (else: this kind of computer)
                               --python 3.12   for one Python only
                               --student       the student edition, without solutions
                               --tests         with the tools of the tests

The first command sets up the course's own environment in the folder .venv (once, a few minutes).
"""


def python_command():
    """Return what a reader types to start Python here: `py -3` on Windows, `python3` elsewhere."""
    return "py -3" if sys.platform == "win32" else "python3"


def absolute_after(option, words):
    """Return words with the one after an option as a whole path: the commands run from the course's folder."""
    return [os.path.abspath(word) if before == option else word for before, word in zip([""] + words, words)]


def commands_of(environment):
    """Return {command: what runs it}; `whole` makes folders whole paths, since the commands run from the course's folder."""

    def whole(module):
        return lambda more: environment.run_module(module, [word if word.startswith("-") else os.path.abspath(word) for word in more])

    live, release = environment.making("live", "live"), environment.making("release", "site", "live")
    return {
        "lab": environment.lab,
        "test": environment.test,
        "build": lambda more: environment.run_module("helpers.tools.build", more),
        "seal": lambda more: environment.run_module("helpers.tools.seal", absolute_after("--was", more)),
        "site": environment.making("site", "site"),
        "live": lambda more: live(absolute_after("--pyodide", more)),
        "release": lambda more: release(absolute_after("--pyodide", more)),
        "student": whole("helpers.tools.student"),
        "bank": whole("helpers.tools.bank"),
        "class": whole("helpers.tools.class_view"),
        "kit": lambda more: environment.run_module("helpers.tools.kit", more),
    }


def main(arguments):
    """Run one command; return the exit status."""
    if sys.version_info < OLDEST:
        print(
            "This is Python %d.%d; the course needs Python %d.%d or newer. "
            "Install one from python.org and start the command with it, for example python3.12 -m helpers lab."
            % (sys.version_info[0], sys.version_info[1], OLDEST[0], OLDEST[1])
        )
        return 2
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE.format(py=python_command()))
        return 0
    from helpers import environment

    command, rest = arguments[0], arguments[1:]
    commands = commands_of(environment)
    if command not in commands:
        print("There is no command '%s'. These are the commands:\n" % command)
        print(USAGE.format(py=python_command()))
        return 2
    if command != "lab" and not (environment.ROOT / "tests").is_dir():
        print("This is the student edition: it opens the course with 'lab'. The other commands belong to the whole course.")
        return 2
    try:
        return commands[command](rest)
    except environment.SetupError as problem:
        print("\n%s" % problem)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
