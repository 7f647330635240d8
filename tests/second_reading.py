"""Draw the rows of the tables of figures that are read a second time, and say which of them wait: `python3 tests/second_reading.py`.

A row's lot is the digest of the seed, its table and its key: whoever draws gets the same rows, on any computer, and a row that is
added to a table changes the sample only if its own lot is among the lowest. What was seen stands in `data/second_reading.csv`.
"""

import hashlib
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers import data

SEED, SIZE = 20261201, 200


def tables_of_figures():
    """Return the names of the tables whose rows are one value of one series."""
    columns = {name: {field["name"] for field in data.describe(name)["schema"]["fields"]} for name in data.table_names()}
    return [name for name in columns if {"series", "value", "source_id"} <= columns[name]]


def keyed(name):
    """Return {key: row} of a table; the key is written as in `data/CHANGELOG.md`, its cells with a space between them."""
    resource = data.describe(name)
    header, *rows = data.read_rows(data.DATA / resource["path"], resource)
    places = [header.index(column) for column in resource["schema"]["primaryKey"]]
    return {" ".join(row[place] for place in places if row[place]): dict(zip(header, row)) for row in rows}


def shares(sizes, total=SIZE):
    """Return how many rows each table gives, {name: rows} of {name: size}: one at least, else by size, the largest remainders first."""
    exact = {name: total * size / sum(sizes.values()) for name, size in sizes.items()}
    given = {name: max(1, int(share)) for name, share in exact.items()}
    for name in sorted(exact, key=lambda name: given[name] - exact[name])[: total - sum(given.values())]:
        given[name] += 1
    return given


def drawn(name, keys, number, seed=SEED):
    """Return the given number of a table's keys, those with the lowest lots."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed} {name} {key}".encode()).hexdigest())[:number]


def sample(numbers=None):
    """Return [(table, key)] of the whole sample, from the tables as they are; `numbers` are the rows of each table, by size without it."""
    keys = {name: keyed(name) for name in tables_of_figures()}
    numbers = numbers or shares({name: len(rows) for name, rows in keys.items()})
    return [(name, key) for name, rows in keys.items() for key in drawn(name, rows, numbers.get(name, 1))]


def main():
    read = {(row.table, row.row): row for row in data.load("second_reading").itertuples()}
    print(f"Seed {SEED}, {SIZE} rows:")
    for name, key in sample(Counter(name for name, _ in read)):
        row = read.get((name, key))
        print(f"{name}: {key}: {row.result if row else 'WAITS for its second reading'}")


if __name__ == "__main__":
    main()
