"""The page as running text, each claim's words marked: with its number, the reader's verdict, or ours."""


def places(statement: str, phrase: str) -> list[tuple[int, int]]:
    """Return where the parts of a claim's phrase stand in its statement, as (start, end) positions in order.

    Parameters
    ----------
    statement : str
        A statement of the page, as in `data/statements.csv`.
    phrase : str
        The claim's words in it, as in `data/claims.csv`; " ... " stands where words between them are left out.

    Raises
    ------
    ValueError
        When a part does not stand in the statement, or not after the one before.
    """
    found, start = [], 0
    for part in phrase.split(" ... "):
        at = statement.find(part, start) if part else -1
        if at < 0:
            raise ValueError(f"The words '{part}' do not stand in the statement '{statement}': copy them from it exactly.")
        found.append((at, at + len(part)))
        start = at + len(part)
    return found
