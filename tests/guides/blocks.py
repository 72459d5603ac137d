"""The commands that the guides print, and environment files as systemd reads them."""

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "how-to"
BLOCK = re.compile(
    r"^(?P<indent> *)```sh(?: (?P<kind>\w+))?\n(?P<body>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


def blocks_of(guide):
    """Return the blocks of a guide in order: what kind each is, and its commands."""
    text = (GUIDES / f"{guide}.md").read_text(encoding="utf-8")
    return [
        (found["kind"] or "", textwrap.dedent(found["body"]))
        for found in BLOCK.finditer(text)
    ]


def read_environment(path):
    """Return what systemd takes from an environment file: all behind the first `=`."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    written = [line for line in lines if line and line[0] not in "#;"]
    return dict(line.split("=", 1) for line in written)
