"""Install each lock file into a bare environment, with an old pip and with the newest.

The environments are filled by the Makefile's own rules, so that what is proved is what
`make demo` and `make test` do on a fresh machine; `pip check` follows each.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("base", "prod", "test", "dev")
OLDEST_PIP, NEWEST_PIP = "pip==23.0.1", "pip"  # Debian 12 ships 23.0.1


def install(lock: str, pip: str, folder: Path) -> None:
    """Fill a bare environment from one lock file with one pip, then check it."""
    environment = folder / f"{lock}-{pip.replace('==', '-')}"
    python = environment / "bin" / "python"
    run = [str(python), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    subprocess.run([*run, "install", "--quiet", "--upgrade", pip], check=True)
    target = environment / f".{lock}"
    subprocess.run(
        ["make", "--silent", f"VENV={environment}", str(target)], cwd=ROOT, check=True
    )
    subprocess.run([*run, "check"], check=True)


def main() -> int:
    """Try every lock file with both versions of pip, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", nargs="*", default=LOCKS, help="base, prod, test, dev")
    locks = parser.parse_args().locks
    with tempfile.TemporaryDirectory(prefix="jiedao-locks-") as folder:
        for lock in locks:
            for pip in (OLDEST_PIP, NEWEST_PIP):
                print(f"== requirements/{lock}.txt with {pip}", flush=True)
                install(lock, pip, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
