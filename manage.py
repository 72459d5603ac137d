#!/usr/bin/env python
"""The command line of the installation."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

INSTALLATION = Path(__file__).resolve().parent / ".installation"
# No catalogue is at hand before the settings are loaded.
WITHOUT_ENVIRONMENT = (
    "这个文件夹属于正式安装，而它的环境变量没有载入，因此没有执行任何操作。"
    "请改用 jiedao COMMAND … 运行命令。"
)


def main() -> None:
    """Run the command; what its surroundings lack is said in words."""
    if INSTALLATION.exists() and "DJANGO_SETTINGS_MODULE" not in os.environ:
        sys.exit(WITHOUT_ENVIRONMENT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    # `config` loads Celery, which takes the settings of production by itself.
    from config.command_faults import (  # noqa: PLC0415
        SURROUNDINGS,
        describe_fault,
    )
    from config.environment import require_settings_module  # noqa: PLC0415

    require_settings_module()
    try:
        execute_from_command_line(sys.argv)
    except ImportError:
        require_settings_module()  # `--settings` may have named others
        raise
    except SURROUNDINGS as error:
        sentence = describe_fault(error)
        if sentence is None or "--traceback" in sys.argv:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
