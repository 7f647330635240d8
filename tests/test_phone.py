"""Charts for a telephone find their place beside the wide ones, and only there; what does not fit together is said."""

import copy
import json
import re

import nbformat
from nbformat import v4

from helpers.common import CHART
from helpers.tools import pages, phone

WIDE = {"data": [], "layout": {"width": 760, "height": 400, "title": {"text": "<b>Grain fell</b>"}}}
NARROW = {"data": [], "layout": {"width": 360, "height": 500, "title": {"text": "<b>Grain<br>fell</b>"}}}
SCRIPT = re.compile(r'<script type="application/json">(.*?)</script>', re.S)


def page(*names, chart=WIDE):
    return "".join(pages.chart_html(name, chart, "A chart.") for name in names)


def widths(text):
    return [json.loads(found)["layout"]["width"] for found in SCRIPT.findall(text)]


def named(chart, title):
    other = copy.deepcopy(chart)
    other["layout"]["title"]["text"] = title
    return other


def test_a_second_drawing_stands_beside_the_first_where_it_differs():
    # the numbers in the ids are those of outputs, of which a run may have more or fewer
    text = page("chart-s1-figure-1", "chart-s2-1", "chart-s2-4")
    made, said = phone.beside(text, {"s1-figure": [NARROW], "s2": [WIDE, NARROW]})
    assert widths(made) == [760, 360, 760, 760, 360] and said == []
    assert made.count(pages.CHART_START) == 3 and "</script><noscript>" in made


def test_planted_charts_that_do_not_fit_together_stay_wide_and_are_told():
    text = page("chart-s1-1", "chart-s1-2")
    for others in ([], [NARROW], [NARROW] * 3, [NARROW, named(NARROW, "Steel rose")]):
        made, said = phone.beside(text, {"s1": others})
        assert made == text and len(said) == 1 and "cell s1 draws other charts" in said[0], others


def test_text_in_a_chart_for_a_telephone_stays_text():
    evil = "</script><script>alert(1)</script>"
    made, said = phone.beside(page("chart-s1-1", chart=named(WIDE, evil)), {"s1": [named(NARROW, evil)]})
    assert said == [] and len(SCRIPT.findall(made)) == 2 and "<script>alert" not in made


def test_a_lesson_that_cannot_be_run_is_told_in_one_sentence_and_the_others_are_there(tmp_path):
    for name in ("01_one", "02_two"):
        (tmp_path / f"{name}.ipynb").write_text("{}", encoding="utf-8")

    def run(path):
        if path.name.startswith("01"):
            raise RuntimeError("Traceback\n\x1b[31mZeroDivisionError\x1b[0m: division by zero")
        shown = [v4.new_output("stream", text="x"), v4.new_output("display_data", data={CHART: NARROW})]
        return v4.new_notebook(cells=[v4.new_markdown_cell("text"), v4.new_code_cell("1", id="s1", outputs=shown)])

    charts, said = phone.drawn(tmp_path, run)
    assert charts == {"02_two": {"s1": [NARROW]}}
    assert len(said) == 1 and said[0].startswith("01_one.ipynb could not") and said[0].endswith("(ZeroDivisionError: division by zero).")


def test_a_lesson_runs_for_a_telephone_with_an_answers_file_of_its_own(tmp_path, answers_file):
    asks = "import os\nprint(os.environ['COURSE_PAGE'], os.environ['COURSE_ANSWERS'])\nopen(os.environ['COURSE_ANSWERS'], 'w').close()"
    path = tmp_path / "00_asks.ipynb"
    path.write_text(nbformat.writes(v4.new_notebook(cells=[v4.new_code_cell(asks)])), encoding="utf-8")
    before = path.read_bytes()
    page_for, file = phone.run(path).cells[0].outputs[0].text.split(maxsplit=1)
    assert page_for == "narrow" and file.strip() != str(answers_file) and not answers_file.exists()
    assert path.read_bytes() == before
