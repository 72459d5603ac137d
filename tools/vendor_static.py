"""Download the front-end files of static/vendor, and record their digests.

This is run only to raise a version and needs Node's npm; the result is committed, so
that nobody else needs Node and no page needs another host.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"
ICONS = [
    *("archive", "award", "bar-chart", "bell", "box-arrow-right", "calendar-check"),
    *("calendar-event", "cash-coin", "check-circle", "diagram-3", "download"),
    *("file-earmark-excel", "file-earmark-text", "funnel", "gear", "heart", "house"),
    *("list", "pencil", "people", "person", "plus-lg", "printer", "qr-code"),
    *("search", "upload", "x-lg"),
]
# Package and version → folder here → file here: file there.
WANTED: dict[str, tuple[str, dict[str, str]]] = {
    "bootstrap@5.3.8": (
        "bootstrap",
        {
            "bootstrap.min.css": "dist/css/bootstrap.min.css",
            "bootstrap.bundle.min.js": "dist/js/bootstrap.bundle.min.js",
            "LICENSE": "LICENSE",
        },
    ),
    "bootstrap-icons@1.13.2": (
        "icons",
        {
            **{f"{name}.svg": f"icons/{name}.svg" for name in ICONS},
            "LICENSE": "LICENSE",
        },
    ),
    "echarts@6.1.0": (
        "echarts",
        {
            "echarts.common.min.js": "dist/echarts.common.min.js",
            "LICENSE": "LICENSE",
            "NOTICE": "NOTICE",
        },
    ),
}
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)[#@] ?sourceMappingURL=[^\n]*")


def download_files(package: str) -> Iterator[tuple[str, bytes]]:
    """Yield the wanted files of one package, each with its path here."""
    folder, files = WANTED[package]
    with tempfile.TemporaryDirectory() as scratch:
        packed = subprocess.run(
            ["npm", "pack", "--silent", package],
            cwd=scratch,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        with tarfile.open(Path(scratch, packed.stdout.split()[-1])) as archive:
            for here, there in files.items():
                member = archive.extractfile(f"package/{there}")
                if member is None:
                    raise FileNotFoundError(f"{package} has no file {there}")
                yield f"{folder}/{here}", member.read()


def strip_source_map(content: bytes) -> bytes:
    """Remove the reference to a source map, which would stop `collectstatic`."""
    return SOURCE_MAP.sub(b"", content)


def main() -> int:
    """Write every file and the list of their digests."""
    lock: dict[str, dict[str, str | int]] = {}
    for package in WANTED:
        for name, original in download_files(package):
            is_code = name.endswith((".js", ".css"))
            content = strip_source_map(original) if is_code else original
            path = VENDOR / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            lock[name] = {
                "from": package,
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
            }
    LOCK.write_text(json.dumps(lock, indent=2, sort_keys=True) + "\n", "utf-8")
    print(
        f"{len(lock)} files, {sum(int(row['bytes']) for row in lock.values()):,} bytes"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
