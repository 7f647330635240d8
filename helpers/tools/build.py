"""Run the lessons again and renew what is generated from the data: the notebooks' outputs, the data dictionary, the glossary, the
teacher's guide.

Outputs are kept slim: charts as plotly's own data, no time stamps, no addresses.
"""

import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from helpers import data
from helpers.common import ROOT, markdown_table
from helpers.tools import guide, seal, slides

NOTEBOOKS = ROOT / "notebooks"
# What JupyterLab writes of the language, less the version, which differs from one computer to the next.
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
# A kernel's warning that other users of this computer could listen is none for who builds.
SILENT: dict[str, Any] = {"extra_arguments": ["--log-level=ERROR"], "log": logging.Logger(__name__, logging.ERROR)}
KEPT_METADATA = {"part", "section", "minutes", "tags", "slideshow", "jupyter"}


def lessons(names=()):
    """Return the lesson notebooks, in order; `names` keeps those that contain one of the words."""
    found = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    return [path for path in found if not names or any(name in path.name for name in names)]


def run(path):
    """Run a notebook from top to bottom in its own folder and write it back with slim outputs and its slides marked.

    Raises nbclient's CellExecutionError when a cell fails; the file is then unchanged.
    """
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}, **SILENT).execute()
    path.write_text(as_text(slides.mark(slim(notebook))), encoding="utf-8")


def as_text(notebook):
    """Return a notebook as JSON text, exactly as JupyterLab saves it: who edits a word there and saves changes that line only."""
    return nbformat.writes(nbformat.from_dict(_as_a_browser_writes(notebook))) + "\n"


def _as_a_browser_writes(part):
    """Return a part of a notebook with whole numbers as whole numbers: a browser knows no 23.0."""
    if isinstance(part, dict):
        return {key: _as_a_browser_writes(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_as_a_browser_writes(value) for value in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part


def slim(notebook):
    """Return the notebook without what differs from one run or machine to the next."""
    notebook.metadata["language_info"] = LANGUAGE
    notebook.metadata["kernelspec"] = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in KEPT_METADATA}
        for output in cell.get("outputs", []):
            if output.output_type in ("display_data", "execute_result"):
                output.metadata = {}
    return notebook


def data_dictionary():
    """Return the text of `data/README.md`, made from the data package."""
    package = data.package()
    lines = [
        "# Data dictionary",
        "",
        "Generated from `datapackage.json` by `python3 -m helpers build`; a test keeps the two together.",
        "",
        package["description"],
        "",
        f"Version {data.version()} of the data. What changed from version to version stands in the whole course under `data/CHANGELOG.md`.",
        "",
    ]
    lines += [line for paragraph in package["preface"] for line in (paragraph, "")]
    listed = [
        (f"[{resource['name']}](#{resource['name']})", str(len(data.load(resource["name"]))), resource["description"])
        for resource in package["resources"]
    ]
    lines.append(markdown_table(["table", "rows", "what a row is"], listed))
    for resource in package["resources"]:
        lines += ["", f"## {resource['name']}", "", f"{resource['title']}. {resource['description']}", ""]
        if resource.get("lessons"):
            lines.append(f"Lessons: {', '.join(resource['lessons'])}. Licence: {resource['licenses'][0]['title']}.")
        lines += [
            f"Key: {', '.join(resource['schema']['primaryKey'])}.",
            "",
        ]
        if resource.get("built"):
            lines += [f"How it was made: {' '.join(resource['built'])}", ""]
        lines.append(markdown_table(["column", "type", "what it says", "must hold"], map(_field_row, resource["schema"]["fields"])))
        if resource.get("series"):
            rows = [_series_row(name, rule) for name, rule in resource["series"].items()]
            lines += ["", markdown_table(["series", "unit", "what it is", "years", "range"], rows)]
    return "\n".join(lines) + "\n"


def _field_row(field):
    rules = field.get("constraints", {})
    held = ["required"] if rules.get("required") else []
    if "enum" in rules:
        held.append("one of: " + ", ".join(map(str, rules["enum"])))
    if "minimum" in rules or "maximum" in rules:
        held.append(f"{rules.get('minimum', '')} to {rules.get('maximum', '')}")
    if "pattern" in rules and "example" in field:
        held.append(f"written like {field['example']}")
    return field["name"], field["type"], field.get("description", ""), "; ".join(held)


def _series_row(name, rule):
    years = "{} to {}".format(*rule["years"]) if "years" in rule else ""
    values = f"{rule.get('minimum', '')} to {rule.get('maximum', '')}"
    return name, rule["unit"], f"{rule['title']}. {rule.get('description', '')}", years, values


def glossary_page():
    """Return the text of `notebooks/glossary.md`: every term with its own anchor, in alphabetical order."""
    lines = ["# Glossary", "", "Generated from `data/glossary.csv` by `python3 -m helpers build`.", ""]
    for row in sorted(data.load("glossary").itertuples(), key=lambda row: row.term.lower()):
        native = ", ".join(part for part in (row.native_script, row.romanisation, row.dates) if part and part != "-")
        lines += [
            f'<a id="{row.term_id}"></a>',
            "",
            f"**{row.term}**" + (f" ({native})" if native else "") + f": {row.definition} *Source: {row.source_id}.*",
            "",
        ]
    return "\n".join(lines)


GENERATED = {
    data.DATA / "README.md": data_dictionary,
    NOTEBOOKS / "glossary.md": glossary_page,
    NOTEBOOKS / "teachers_guide.md": guide.page,
    NOTEBOOKS / "for_schools.md": guide.schools,
}


def main(names):
    """Renew the generated pages, then run the lessons whose file name contains one of the words (all without any).

    Raises DataError when a table is not the one that was sealed.
    """
    seal.refuse_changed()
    for path, make in GENERATED.items():
        path.write_text(make(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_ANSWERS"] = str(Path(folder, "my_answers.json"))
        for path in lessons(names):
            run(path)
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except data.DataError as problem:
        sys.exit(f"\n{problem}")
