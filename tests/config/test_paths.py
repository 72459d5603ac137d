"""A path that a command cannot use is refused in words."""

import errno
from pathlib import Path

import pytest
from django.core.management import (
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.db import connection

from config.backups.archive import make_key_pair
from core.file_errors import say_reason
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NO_FILE = {"missing": "没有这个文件", "below a file": "路径", "long": "过长"}
TO_READ = {**NO_FILE, "a folder": "是文件夹", "binary": ""}
TO_WRITE = {"below a file": "路径", "long": "过长", "a folder": ""}
UNUSABLE = {
    ("backup", "dir"): {"below a file": "路径", "long": "过长", "binary": ""},
    ("restore", "dir"): {"missing": "没有", "below a file": "没有", "binary": "备份"},
    ("restore", "key"): TO_READ,
    ("make_backup_key", "file"): {**TO_WRITE, "binary": "已存在"},
    ("bootstrap", "file"): TO_READ,
    ("bootstrap", "slips"): {**TO_WRITE, "binary": "已存在"},
    ("import_sheet", "file"): {**NO_FILE, "a folder": "是文件夹"},
    ("import_sheet", "out"): TO_WRITE,
}


def iter_paths():
    """Yield each argument of our commands that is a path."""
    for name, app in get_commands().items():
        command = load_command_class(app, name) if isinstance(app, str) else app
        if command.__module__.startswith(("config.", "exchange.", "accounts.")):
            for argument in command.create_parser("manage.py", name)._actions:
                if argument.type is Path:
                    yield name, argument.dest


@pytest.fixture
def paths(tmp_path):
    """Paths that are not what a command needs."""
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00\x81")
    return {
        "missing": tmp_path / "missing",
        "below a file": binary / "below",
        "long": tmp_path / ("x" * 300),
        "a folder": tmp_path,
        "binary": binary,
    }


@pytest.fixture
def usable(tmp_path, settings):
    """Arguments with which each command runs."""
    settings.ATTACHMENT_DIR = tmp_path / "attachments"
    private, settings.BACKUP_RECIPIENT = make_key_pair()
    key, world, sheet = tmp_path / "key", tmp_path / "world", tmp_path / "a.csv"
    key.write_text(private)
    world.write_text('{"orgs": []}')
    sheet.write_text("姓名,身份证号\n张三,\n")
    roles = {"role": "postgres"} if connection.vendor == "postgresql" else {}
    return {
        "backup": {"dir": tmp_path / "backups"},
        "restore": {"dir": tmp_path, "key": key, **roles},
        "make_backup_key": {"file": tmp_path / "new"},
        "bootstrap": {"file": world, "slips": tmp_path / "slips"},
        "import_sheet": {
            "file": sheet,
            "out": tmp_path / "report",
            "kind": "member_roster",
        },
    }


def test_every_path_of_a_command_is_tried():
    assert {*iter_paths()} == {*UNUSABLE}


@pytest.mark.parametrize(
    ("command", "argument", "kind"),
    [(*key, kind) for key, kinds in UNUSABLE.items() for kind in kinds],
)
def test_a_path_that_cannot_be_used_is_refused_in_words(
    paths, usable, command, argument, kind
):
    options = {**usable[command], argument: paths[kind]}
    if command == "import_sheet":
        options["username"] = UserFactory.create().username
    positional = [options.pop(name) for name in ("dir", "file") if name in options]
    before = paths["binary"].read_bytes()

    with pytest.raises(CommandError) as refused:
        call_command(command, *positional, **options)

    said = str(refused.value)
    assert UNUSABLE[command, argument][kind] in said
    assert "Errno" not in said
    assert "codec" not in said
    assert "\n" not in said
    assert paths["binary"].read_bytes() == before


def test_what_the_user_may_not_use_is_said_in_words():
    error = PermissionError(errno.EACCES, "Permission denied", "/root/key")

    assert say_reason(error) == "运行此命令的用户无权使用"
