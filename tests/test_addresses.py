"""The script that tries the sources' addresses tells what is there from what is gone; addresses are whole."""

import re

import addresses
from networks import serving

from helpers import data


def test_gone_and_not_seen_are_told_apart():
    with serving(200) as here, serving(404) as gone, serving(403) as shut:
        found = addresses.tried_all({"a": f"http://{here}/", "b": f"http://{gone}/x", "c": f"http://{shut}/"}, pause=0)
    assert {row[0]: row[2] for row in found} == {"a": "there", "b": "gone", "c": "not seen"}
    assert addresses.tried("http://127.0.0.1:9/")[0] == "not seen"


def broken(urls):
    """Return what cannot be an address that a reader opens."""
    return [url for url in urls if not re.fullmatch(r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?(/[^\s\"<>]*)?", url)]


def test_every_address_is_whole():
    urls = data.load("sources")["url"]
    assert broken(url for url in urls if url) == []
    assert broken(["www.example.org/a", "https://example.org/a b", "https:/example.org"]) == [
        "www.example.org/a",
        "https://example.org/a b",
        "https:/example.org",
    ]
