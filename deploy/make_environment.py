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
import re
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
# As the settings will read it (`config.environment.kinds.is_host`).
HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?")
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


def find_fault(folder: Path, host: str, group: str) -> str:
    """Say why nothing can be written; nothing is said where it can."""
    there = [name for name in MODES if (folder / name).exists()]
    if there:
        return f"{', '.join(there)} 已存在，其中的密钥不能重做。"
    if not HOST.fullmatch(host.lower()):
        return (
            f"--host “{host}” 不是网站名称：只写名称本身，如"
            " dangjian.example.gov.cn，不带 https://、端口和路径。"
        )
    if not folder.is_dir():
        return f"没有文件夹 {folder}：请先建好，或写对路径。"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"不能写入文件夹 {folder}：请以 root 身份运行。"
    if find_group(group) is None:
        return f"没有用户组 {group}：请先建立用户，或用 --group 指定另一个组。"
    return ""


def write_files(folder: Path, values: dict[str, str]) -> None:
    """Write every file; if one fails, none of them stays."""
    written = []
    try:
        for name, mode in MODES.items():
            text = (HERE / name).read_text(encoding="utf-8")
            for key, value in values.items():
                text = text.replace(f"@{key}@", value)
            write_file(folder / name, text, mode)
            written.append(folder / name)
    except OSError:
        for path in written:
            path.unlink()
        raise


def main() -> int:
    """Write the files; refuse if one is there already."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", required=True, help="人们打开网站所用的名称")
    parser.add_argument("--group", default="jiedao", help="可以读取 jiedao.env 的组")
    options = parser.parse_args()
    if fault := find_fault(options.folder, options.host, options.group):
        print(f"{fault}没有写入任何文件。", file=sys.stderr)
        return 1
    try:
        write_files(options.folder, {"HOST": options.host, **make_secrets()})
    except OSError as error:
        reason = f"不能写入文件夹 {options.folder}（{error.strerror}）。"
        print(f"{reason}没有写入任何文件。", file=sys.stderr)
        return 1
    shutil.chown(options.folder / "jiedao.env", group=find_group(options.group))
    MARK.touch()
    print(f"已写入：{'、'.join(MODES)}。请把密钥另存一份，不要与备份放在一起。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
