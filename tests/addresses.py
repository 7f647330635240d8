"""Try the addresses of the sources, where a network is: `python3 tests/addresses.py` (some minutes). No test of the suite needs it.

An address that answers 404 or 410, or whose host is not found, is *gone*: look for the work, mend `url` or move it to `find_at`.
One that refuses a program (401, 403, 429) or does not answer in time is only *not seen*. Each host is asked once a second.
"""

import csv
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

SOURCES = Path(__file__).resolve().parents[1] / "data" / "sources.csv"
PATIENCE, PAUSE = 20, 1  # seconds
GONE, OURSELVES = {404, 410}, {"User-Agent": "Mozilla/5.0 (a course looks whether its sources are still there)"}
NOT_FOUND = ("Name or service not known", "nodename nor servname", "getaddrinfo failed", "No address associated")


def tried(address):
    """Return (state, why): "there", "gone" or "not seen"."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=OURSELVES), timeout=PATIENCE) as answer:
            return "there", str(answer.status)
    except urllib.error.HTTPError as problem:
        return ("gone" if problem.code in GONE else "not seen"), str(problem.code)
    except (OSError, ValueError) as problem:
        return ("gone" if any(words in str(problem) for words in NOT_FOUND) else "not seen"), str(problem)


def tried_all(sources, pause=PAUSE):
    """Return [(source id, address, state, why)] for {source id: address}; a host's addresses one after the other."""
    hosts = defaultdict(list)
    for source, address in sources.items():
        hosts[urlsplit(address).netloc].append((source, address))

    def one_host(rows):
        found = []
        for source, address in rows:
            found.append((source, address, *tried(address)))
            time.sleep(pause)
        return found

    with ThreadPoolExecutor(8) as pool:
        return [row for rows in pool.map(one_host, hosts.values()) for row in rows]


def main():
    with open(SOURCES, encoding="utf-8", newline="") as file:
        known = {row["source_id"]: row["url"] for row in csv.DictReader(file) if row["url"]}
    found = tried_all(known)
    if not any(state == "there" for *_, state, _ in found):
        print("No address answered: there seems to be no network here.")
        return 2
    for source, address, state, why in sorted(found, key=lambda row: (row[2], row[0])):
        if state != "there":
            print(f"{state}: {source}: {address} ({why})")
    states = [state for *_, state, _ in found]
    print(", ".join(f"{states.count(state)} {state}" for state in ("there", "not seen", "gone")))
    return 1 if "gone" in states else 0


if __name__ == "__main__":
    sys.exit(main())
