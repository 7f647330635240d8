"""Which papers speak for a word, which against it, and which are only copies: the arithmetic of lesson 07; the rival numbers of 08.

The tables `verbs_evidence` and `insult_evidence` hold one piece of evidence a row. Our reading of a piece stands in a
column named after the verb: supports, contradicts or silent. A reading is a judgement; `rescored` changes it.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from helpers.common import bounded, brief
from helpers.data import DataError, nearest
from helpers.sentences import fixed

VERBS = ("cut_off", "cut", "suspended", "squeezed", "refused")
READINGS = ("supports", "contradicts", "silent")
NOT_FOUND = "looked for, not found"
ASKED = ("contains_revisionist", "contains_fat", "names_jiang_qing")
HEADINGS = {
    "contains_revisionist": fixed("column_revisionist"),
    "contains_fat": fixed("column_fat"),
    "names_jiang_qing": fixed("maos_wife"),
    "cut_off": "cut off",
}


def against(table: pd.DataFrame, verb: str) -> pd.DataFrame:
    """Return the pieces of evidence that contradict a verb, in the order of the table.

    Parameters
    ----------
    table : DataFrame
        Rows of `verbs_evidence`.
    verb : str
        One of `VERBS`; "cut off" may be written as one reads it.

    Raises
    ------
    DataError
        For another word.
    """
    return _read_as(table, verb, "contradicts")


def in_favour(table: pd.DataFrame, verb: str) -> pd.DataFrame:
    """Return the pieces of evidence that support a verb; see `against`."""
    return _read_as(table, verb, "supports")


def gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that name something looked for and not found; they are no evidence for or against."""
    return table[table["row_type"].isin(["gap", NOT_FOUND])]


def tally(table: pd.DataFrame, verbs: Iterable[str] = VERBS) -> pd.DataFrame:
    """Return how many pieces support a verb, contradict it or are silent: one row per verb, gaps left out.

    The numbers are a summary, not a vote: a denial by an interested speaker counts as one.

    Parameters
    ----------
    table : DataFrame
        Rows of `verbs_evidence`.
    verbs : list of str
        The verbs to count, each one of `VERBS`.

    Raises
    ------
    DataError
        For another word.
    """
    pieces = table.drop(gaps(table).index)
    counts = {_known_verb(verb): [int((pieces[verb] == reading).sum()) for reading in READINGS] for verb in verbs}
    return pd.DataFrame.from_dict(counts, orient="index", columns=list(READINGS))


def rescored(table: pd.DataFrame, changes: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return a copy of the table with some of our readings changed; the table itself stays as it is.

    Parameters
    ----------
    table : DataFrame
        Rows of `verbs_evidence`.
    changes : dict
        {evidence id: {verb: reading}}, for example {"VB10": {"cut_off": "silent"}}

    Raises
    ------
    DataError
        For an unknown id, verb or reading.
    """
    if not (isinstance(changes, dict) and all(isinstance(readings, dict) for readings in changes.values())):
        raise DataError(fixed("write_your_readings_as_this_is", given=brief(changes)))
    result = table.copy()
    for evidence_id, readings in changes.items():
        row = result["evidence_id"] == evidence_id
        if not row.any():
            raise DataError(
                fixed("there_is_no_piece_of_evidence", evidence_id=evidence_id, nearest=nearest(evidence_id, table["evidence_id"]))
            )
        for verb, reading in readings.items():
            if reading not in READINGS:
                raise DataError(fixed("is_not_a_reading_choose_supports_contradicts", reading=reading))
            result.loc[row, _known_verb(verb)] = reading
    return result


def origins(table: pd.DataFrame, column: str, row_type: str | None = "text seen") -> list[str]:
    """Return the separate origins among the texts that answer "yes" in a column; copies of one text count once.

    Parameters
    ----------
    table : DataFrame
        Rows of `insult_evidence`; rows with the same `origin_id` are copies, "?" means perhaps and is not counted.
    column : str
        One of `ASKED`.
    row_type : str or None
        The kind of row to look at; None looks at all.
    """
    said = table[table[column] == "yes"]
    if row_type is not None:
        said = said[said["row_type"] == row_type]
    return sorted({origin for origin in said["origin_id"] if origin and not origin.endswith("?")})


def grid(table: pd.DataFrame, columns: Iterable[str], counted: str) -> pd.DataFrame:
    """Return the table behind a matrix figure: a name for every piece, the columns asked about, and a count.

    A row of something not found says so in every cell.

    Parameters
    ----------
    table : DataFrame
        Rows of `verbs_evidence` or `insult_evidence`.
    columns : list of str
        Columns of the table whose cells are words.
    counted : str
        The word whose cells are counted per row, in a last column named after it.
    """
    cells = table[list(columns)].copy()
    cells.loc[gaps(table).index] = NOT_FOUND
    cells.insert(0, "evidence", table.apply(_name, axis=1))
    cells[f"cells with '{counted}'"] = (cells[list(columns)] == counted).sum(axis=1)
    return cells.rename(columns=HEADINGS).reset_index(drop=True)


def _read_as(table, verb, reading):
    return table[table[_known_verb(verb)] == reading]


def _known_verb(verb):
    """Return the column of a verb, which may be written as one reads it: "cut off"."""
    column = str(verb).replace(" ", "_")
    if column not in VERBS:
        words = [in_words(name) for name in VERBS]
        raise DataError(fixed("is_not_one_of_the_five_verbs", verb=verb, names=", ".join(words[:-1]), last=words[-1]))
    return column


def in_words(verb: str) -> str:
    """Return a verb's column as a reader writes it: cut_off is "cut off"."""
    return verb.replace("_", " ")


def _name(row):
    """Return how a piece is named in a figure: id, who, when, the origin of a copy; something not found by what it would be."""
    if row["row_type"] == NOT_FOUND:
        return row["what_it_says"].rstrip(".")
    who = row["speaker"] if "speaker" in row else row["issuing_group"]
    year = row["date"][:4] or fixed("undated")
    origin = f" ({row['origin_id']})" if row.get("origin_id") else ""
    return f"{row['evidence_id']} {who[0].upper() + who[1:]}, {year}{origin}"


def claimed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who names which number of soldiers, containers or dollars, and what each has to gain; rows of `arms_and_troops`."""
    single = pd.Series([bounded(*pair) for pair in zip(rows["bound"], rows["value"].map("{:,.0f}".format), strict=True)], index=rows.index)
    span = pd.Series([fixed("number_to_number", low=low, high=high) for low, high in zip(rows["low"], rows["high"])], index=rows.index)
    number = single.where(rows["value"].notna(), span) + " " + rows["unit"]
    return pd.DataFrame(
        {
            "who says so": rows["claimed_by"],
            "who that is, and what it has to gain": rows["interest"],
            "number": number,
            "when": rows["period"],
        }
    )
