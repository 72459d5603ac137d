"""The rules that the code cites: what each says, where it is from, who enforces it."""

import csv
import re
from collections import defaultdict
from pathlib import Path

from markdown_tables import table

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docs" / "reference" / "rules.csv"
CITED = re.compile(r"\bR-\d\d\b")
FOLDERS_WITHOUT_CODE = {"docs", "static", "tests", "tools", "var"}


def read_rules() -> list[dict[str, str]]:
    """Read the rules, each with its number, its text and its source."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def citations() -> dict[str, set[str]]:
    """Return the files of the apps that cite each rule."""
    files = defaultdict(set)
    for path in sorted(ROOT.glob("*/**/*.py")):
        relative = path.relative_to(ROOT)
        if relative.parts[0] in FOLDERS_WITHOUT_CODE or "migrations" in relative.parts:
            continue
        if relative.parts[0].startswith("."):
            continue
        for number in CITED.findall(path.read_text(encoding="utf-8")):
            files[number].add(relative.as_posix())
    return files


def rules_table() -> str:
    """Every rule, with an anchor that its number leads to."""
    cited = citations()
    rows = [
        [
            f'<a id="{row["rule"].lower()}"></a>{row["rule"]}',
            row["text"],
            row["source"],
            "<br>".join(f"`{name}`" for name in sorted(cited.get(row["rule"], ()))),
        ]
        for row in read_rules()
    ]
    return table(["Rule", "What it says", "Source", "Enforced or computed in"], rows)
