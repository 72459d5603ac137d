#!/usr/bin/env python
"""The command line of the installation."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError

INSTALLATION = Path(__file__).resolve().parent / ".installation"
# No catalogue is at hand before the settings are loaded.
WITHOUT_ENVIRONMENT = (
    "这个文件夹属于正式安装，而它的环境变量没有载入，因此没有执行任何操作。"
    "请改用 jiedao COMMAND … 运行命令。"
)
NO_DATABASE = (
    "数据库无法使用，命令没有完成。请确认数据库已启动，并核对 DATABASE_URL；"
    "加上 --traceback 可查看详情。数据库的答复："
)


def main() -> None:
    """Run the command; a database that is away is said in words."""
    if INSTALLATION.exists() and "DJANGO_SETTINGS_MODULE" not in os.environ:
        sys.exit(WITHOUT_ENVIRONMENT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    try:
        execute_from_command_line(sys.argv)
    except (InterfaceError, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{NO_DATABASE}{error}")


if __name__ == "__main__":
    main()
