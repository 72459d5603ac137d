"""The web server: how many workers, and a restart that keeps nobody waiting.

`systemctl reload jiedao` starts a second master (USR2). It loads the application first,
which takes many seconds, while the old workers go on answering; then it takes over the
socket, and the old master's workers finish what they are at.
"""

import os
import signal
from typing import Any

from gunicorn.systemd import sd_notify

bind = "127.0.0.1:8000"
workers = 4
threads = 4
preload_app = True
graceful_timeout = 60
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Take over from an older master, once the application is loaded."""
    # Loaded with the application.
    from django.db import connections  # noqa: PLC0415

    from config.garbage import freeze_loaded_objects  # noqa: PLC0415

    connections.close_all()  # a connection must not be shared by two processes
    freeze_loaded_objects()
    sd_notify(f"MAINPID={os.getpid()}\nREADY=1", server.log)
    if older := server.master_pid:
        os.kill(older, signal.SIGTERM)
