"""What a spreadsheet does to a table that is opened in it and saved: Excel as its rules are known, LibreOffice itself."""

import csv
import io
import re
import subprocess
from datetime import date
from pathlib import Path

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
MONTHS_DE = "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez".split()
LONG = "January February March April May June July August September October November December".split()
LONG_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def excel_saves(raw, country="US", encoding="utf-8-sig"):
    """Return a table's bytes after Excel has opened and saved it: `country` US or DE, `encoding` cp1252 for its plain "CSV"."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    seen = [[_excel_shows(cell, country) for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter="," if country == "US" else ";", lineterminator="\r\n").writerows(seen)
    return out.getvalue().encode(encoding, errors="replace")


def _excel_shows(cell, country):
    """Return how a cell looks after Excel has taken it for a number, a date, a truth or a formula where it could."""
    if re.fullmatch(r"true|false", cell, re.I):
        return cell.upper() if country == "US" else {"TRUE": "WAHR", "FALSE": "FALSCH"}[cell.upper()]
    if re.match(r"[=+@-][^\d.]", cell):
        return "#NAME?"
    found = _number(cell, country) or _date(cell, country)
    return found if found is not None else cell


def _number(cell, country):
    text = cell.replace(",", "") if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", cell) and country == "US" else cell
    if country == "DE" and re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", text):
        text = text.replace(".", "")  # the point is its thousands mark: 0.389 becomes 389
    elif country == "DE" and "." in text:
        return None
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text):
        return None
    number = float(text)
    shown = f"{number:.5E}" if abs(number) >= 1e11 else f"{number:.10g}"
    return shown if country == "US" else shown.replace(".", ",")


def _date(cell, country):
    short, long = (MONTHS, LONG) if country == "US" else (MONTHS_DE, LONG_DE)
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        year, month, day = map(int, found.groups())
        return f"{month}/{day}/{year}" if country == "US" else f"{day:02}.{month:02}.{year}"
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", cell):
        return _month(short, int(found[2]), found[1], country)
    if found := re.fullmatch(rf"(?:(\d{{1,2}})\.? )?({'|'.join(short + long)}) (\d{{4}})", cell):
        month = (short if found[2] in short else long).index(found[2]) + 1
        day = f"{found[1]}-" if found[1] else ""
        return day + _month(short, month, found[3], country)
    if country == "US" and (found := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})", cell)) and 1 <= int(found[1]) <= 12:
        month, other = map(int, found.groups())
        return f"{other}-{short[month - 1]}" if 1 <= other <= 31 else _month(short, month, f"19{other:02}", country)
    if (
        country == "DE"
        and (found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})", cell))
        and 1 <= int(found[2]) <= 12
        and 1 <= int(found[1]) <= 31
    ):
        return f"{int(found[1]):02}. {short[int(found[2]) - 1]}"
    return None


def _month(short, month, year, country):
    return short[month - 1] + ("-" if country == "US" else " ") + year[2:] if date(int(year), month, 1).year >= 1900 else None


LANGUAGES = {"en-US": 1033, "de-DE": 1031}
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item>
</oor:items>
"""


def libreoffice_saves(paths, folder, language="en-US", special=False, separator=","):
    """Let LibreOffice open tables and save them again in a folder; return {file name: bytes}.

    `language` is that of its settings, `special` whether the box "Detect special numbers" is ticked, `separator` what it saves with.
    """
    profile, out = Path(folder, "profile"), Path(folder, "saved")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(language), encoding="utf-8")
    code = LANGUAGES[language]
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            f"--infilter=CSV:44,34,76,1,,{code},false,{str(special).lower()}",
            "--convert-to",
            f"csv:Text - txt - csv (StarCalc):{ord(separator)},34,76,1,,{code},false,true,false",
            "--outdir",
            str(out),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {path.name: path.read_bytes() for path in out.glob("*.csv")}
