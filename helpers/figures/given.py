"""What a chart form was given, looked at before it is drawn: one sentence instead of a picture that is not true."""

from collections.abc import Iterable
from numbers import Real

import pandas as pd

from helpers.data import DataError, nearest
from helpers.sentences import fixed


def need(table: pd.DataFrame, *columns: object, numbers: Iterable[object] = ()) -> None:
    """Refuse a table that a chart form cannot draw.

    Parameters
    ----------
    table : DataFrame
        What the lesson or the reader gave.
    *columns : object
        Columns that must be there, whatever they hold.
    numbers : iterable
        Columns that must be there and hold numbers or gaps.

    Raises
    ------
    DataError
        One sentence that names the column and the nearest one, or the row and what it holds.
    """
    if not isinstance(table, pd.DataFrame):
        raise DataError(fixed("a_chart_is_drawn_from_a_table", kind=type(table).__name__))
    if table.empty:
        raise DataError(fixed("the_table_of_the_chart_is_empty"))
    numbers = list(numbers)
    for column in (*columns, *numbers):
        if column not in table.columns:
            raise DataError(fixed("the_table_of_the_chart_has_no", column=column, nearest=nearest(column, table.columns)))
    for column in numbers:
        for row, value in zip(table.iloc[:, 0], table[column]):
            if not isinstance(value, Real) and not pd.isna(value):
                raise DataError(fixed("column_must_hold_numbers_but_in_row", column=column, row=row, value=value))


def need_looks(table: pd.DataFrame, column: str, looks: Iterable[object]) -> None:
    """Refuse words in a column that have no look: they would be left out of the picture without a word.

    Raises
    ------
    DataError
        One sentence that names the word and the nearest look.
    """
    for word in table[column].dropna():
        if word not in looks:
            raise DataError(fixed("column_holds_which_has_no_look", column=column, word=word, nearest=nearest(word, looks)))
