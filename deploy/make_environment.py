"""Write the environment files of a new installation, with secrets of its own.

    python3 deploy/make_environment.py /etc/jiedao --host dangjian.example.gov.cn

Run as root. Files that exist are never overwritten: their keys are the only ones that
open the data. The folder of the code is marked as a real installation, so that a
command without its environment is refused and does not start a demo beside it.
"""

import argparse
import base64
import grp
import os
import secrets
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = HERE.parent / ".installation"
MODES = {
    "jiedao.env": 0o640,
    "owner.env": 0o600,
    "backup.env": 0o600,
    "roles.sql": 0o600,
}
ROLES = ("APP", "OWNER", "BACKUP")
KEYS = ("SECRET_KEY", "FIELD_KEY", "BLIND_KEY", *(f"{role}_PASSWORD" for role in ROLES))


def make_secrets() -> dict[str, str]:
    """Return new secrets; passwords have no character that an address would quote."""
    made = {name: secrets.token_urlsafe(48) for name in KEYS}
    for name in ("FIELD_KEY", "BLIND_KEY"):
        made[name] = base64.b64encode(secrets.token_bytes(32)).decode()
    return made


def write_file(path: Path, text: str, mode: int) -> None:
    """Write a new file that nobody else may read at any moment."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    with os.fdopen(os.open(path, flags, 0o600), "w") as file:
        file.write(text)
    path.chmod(mode)


def find_group(name: str) -> int | None:
    """Return the number of a group that is named or numbered, or None."""
    if name.isdecimal():
        return int(name)
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def main() -> int:
    """Write the files; refuse if one is there already."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", required=True, help="the name people open")
    parser.add_argument("--group", default="jiedao", help="who may read jiedao.env")
    options = parser.parse_args()
    there = [name for name in MODES if (options.folder / name).exists()]
    if there:
        print(f"{', '.join(there)} exist; nothing was written.", file=sys.stderr)
        return 1
    group = find_group(options.group)
    if group is None:
        print(
            f"There is no group {options.group}; nothing was written. Create the user"
            " first, or name another --group.",
            file=sys.stderr,
        )
        return 1
    values = {"HOST": options.host, **make_secrets()}
    for name, mode in MODES.items():
        text = (HERE / name).read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"@{key}@", value)
        write_file(options.folder / name, text, mode)
    shutil.chown(options.folder / "jiedao.env", group=group)
    MARK.touch()
    print(f"Written: {', '.join(MODES)}. Keep a copy of the keys apart from backups.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
