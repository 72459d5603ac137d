"""Lock files are complete, and the check that proves it can fail."""

import json
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path):
    """Copy the lock files and their tools, to damage them."""
    for name in ["requirements", "tools"]:
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def damage(path, pattern, instead):
    """Replace one piece of a file, which must be there."""
    text, times = re.subn(
        pattern, instead, path.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert times == 1
    path.write_text(text, encoding="utf-8")


def check(copy):
    """Return what `make check` says of the lock files, without the last line."""
    found = subprocess.run(
        [sys.executable, "tools/locks.py", "--check"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not found.stderr
    *said, last = found.stdout.splitlines()
    assert (found.returncode == 0) == last.endswith("and closed.")
    return said


def complaints(copy):
    """Return the same without what follows from changing files by hand."""
    changed = ("changed since `make lock` last ran", "requires something else")
    return [line for line in check(copy) if not line.endswith(changed)]


@contextmanager
def metadata(copy, name):
    """Change the kept metadata of a package."""
    path = copy / "requirements" / "metadata.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    [package] = [
        package for pin, package in known.items() if pin.startswith(f"{name}==")
    ]
    yield package
    path.write_text(json.dumps(known), encoding="utf-8")


def entry(name):
    """Return the pattern of a pin with its digests."""
    return rf"^{name}==[^\n]*\\\n(?:    --hash=[^\n]*\n)+"


def test_the_lock_files_are_closed(copy):
    assert check(copy) == []


def test_a_lock_file_changed_by_hand_is_named(copy):
    damage(copy / "requirements" / "base.txt", r"\A", "# by hand\n")

    said = check(copy)

    assert said[0] == "base.txt: changed since `make lock` last ran"


def test_metadata_that_an_installed_package_contradicts_is_named(copy):
    with metadata(copy, "pytest") as package:
        package["requires"] = []

    said = check(copy)

    assert len(said) == 2
    assert said[1].startswith("metadata.json: pytest==")
    assert said[1].endswith(", as installed, requires something else")


def test_a_missing_pin_is_reported_with_the_packages_that_require_it(copy):
    damage(copy / "requirements" / "test.txt", entry("coverage"), "")

    [said] = complaints(copy)

    assert re.fullmatch(
        r"test\.txt: pytest-cov==\S+ requires coverage\S+, which is not pinned "
        r"\(Python 3\.11\.0 on Linux x86-64\)",
        said,
    )


def test_a_pin_that_only_pyproject_requires_is_missed_too(copy):
    damage(copy / "requirements" / "dev.txt", entry("polib"), "")

    [said] = complaints(copy)

    assert said.startswith("dev.txt: pyproject.toml requires polib")


@pytest.mark.parametrize(
    ("marker", "where"),
    [
        ("", "Python 3.11.0 on Linux x86-64"),
        ('; python_full_version < "3.11.3"', "Python 3.11.0 on Linux x86-64"),
        ('; python_version == "3.13"', "Python 3.13.0 on Linux x86-64"),
        ('; sys_platform == "darwin"', "Python 3.11.0 on macOS arm64"),
        ('; platform_machine == "aarch64"', "Python 3.11.0 on Linux aarch64"),
    ],
)
def test_what_one_platform_alone_requires_is_missed_there(copy, marker, where):
    with metadata(copy, "gunicorn") as package:
        package["requires"] = [f"nowhere{marker}"]

    said = complaints(copy)

    assert len(said) == 1
    assert said[0].startswith("prod.txt: gunicorn==")
    assert said[0].endswith(f", which is not pinned ({where})")


def test_what_no_promised_platform_requires_is_not_missed(copy):
    with metadata(copy, "gunicorn") as package:
        package["requires"] = [
            'nowhere; sys_platform == "win32"',
            'nowhere; python_version < "3.11"',
            'nowhere; extra == "gevent"',
        ]

    assert complaints(copy) == []


def test_a_pin_that_does_not_fit_what_an_extra_requires_is_named(copy):
    with metadata(copy, "gunicorn") as package:
        package["requires"] = ["prometheus-client[speed]"]
    with metadata(copy, "prometheus-client") as package:
        package["requires"] = ['segno<1; extra == "speed"']

    [said] = complaints(copy)

    assert re.fullmatch(
        r"prod\.txt: prometheus-client==\S+\[speed\] requires segno<1; .*, "
        r"but segno==\S+ is pinned \(.*\)",
        said,
    )


def test_a_pin_that_does_not_run_on_a_promised_python_is_named(copy):
    with metadata(copy, "gunicorn") as package:
        package["python"] = ">=3.12"

    [said] = complaints(copy)

    assert said.startswith("prod.txt: gunicorn==")
    assert said.endswith("requires Python >=3.12 (Python 3.11.0 on Linux x86-64)")


def test_a_header_must_name_the_platform_a_package_has_no_wheel_for(copy):
    with metadata(copy, "gunicorn") as package:
        package["wheels"] = {
            name.replace("none-any", "none-manylinux_2_28_x86_64"): digest
            for name, digest in package["wheels"].items()
        }

    [said] = complaints(copy)

    assert said.startswith("prod.txt: its header must be:")
    assert "none for Linux aarch64, macOS arm64, macOS x86-64" in said


def test_a_wheel_whose_digest_is_not_locked_proves_nothing(copy):
    with metadata(copy, "gunicorn") as package:
        [name] = package["wheels"]
        package["wheels"][name] = "0" * 64

    assert complaints(copy) == [f"prod.txt: the digest of {name} is not locked"]


def test_the_page_for_production_installs_with_the_flags_of_the_makefile():
    page = ROOT / "docs" / "how-to" / "go-to-production.md"
    flags = re.compile(r"--require-hashes[^\n]*")

    [ours] = flags.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    [told] = flags.findall(page.read_text(encoding="utf-8"))

    assert told == f"{ours} -r requirements/prod.txt"
