"""`systemctl` where no systemd runs: starts what the installed units say.

It reads the unit files as systemd does: users, environment files, readiness, reload. A
rehearsal puts it before the real one.
"""

import fnmatch
import os
import pwd
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, "/srv/jiedao")
from tests.guides.blocks import read_environment

UNITS = Path("/etc/systemd/system")
STATE = Path("/run/units")
PATIENCE = 120


def settings_of(unit):
    """Return the settings of a unit, each with all its values."""
    base, at, rest = unit.partition("@")
    path = UNITS / (f"{base}@.service" if at else unit)
    settings = defaultdict(list)
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            settings[name].append(value.replace("%i", rest.removesuffix(".service")))
    return settings


def environment_of(settings):
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}
    for name in settings["EnvironmentFile"]:
        env |= read_environment(Path(name))
    return env


def spawn(unit, command, settings, env):
    user = pwd.getpwnam(settings["User"][0])
    for name in settings["StateDirectory"]:
        folder = Path("/var/lib", name)
        folder.mkdir(exist_ok=True)
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(int(settings["StateDirectoryMode"][0], 8))
    log = (STATE / f"{unit}.log").open("ab")
    return subprocess.Popen(
        shlex.split(command),
        cwd=settings["WorkingDirectory"][0],
        env=env,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=os.getgrouplist(user.pw_name, user.pw_gid),
        umask=int(settings["UMask"][0], 8),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


class Readiness:
    """Receives what a unit notifies; the address is free again afterwards."""

    def __init__(self, unit):
        self.path = STATE / f"{unit}.notify"
        self.path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.path.chmod(0o777)
        self.socket.settimeout(PATIENCE)

    def wait(self):
        """Return the main process once it says that it is ready."""
        while True:
            told = dict(
                line.split("=", 1)
                for line in self.socket.recv(4096).decode().splitlines()
            )
            if "READY" in told and "MAINPID" in told:
                return int(told["MAINPID"])


def start(unit):
    if unit == "nginx.service":
        subprocess.run(["/usr/sbin/nginx"], check=True)
    elif not unit.endswith(".timer"):
        start_service(unit)


def start_service(unit):
    settings = settings_of(unit)
    env = environment_of(settings)
    for command in settings["ExecStartPre"]:
        if code := spawn(unit, command, settings, env).wait():
            sys.exit(f"{unit}: {command} ended with {code}")
    ready = Readiness(unit) if settings["Type"] == ["notify"] else None
    if ready:
        env["NOTIFY_SOCKET"] = str(ready.path)
    process = spawn(unit, settings["ExecStart"][0], settings, env)
    if settings["Type"] == ["oneshot"] and (code := process.wait()):
        sys.exit(f"{unit} failed with {code}")
    pid = ready.wait() if ready else process.pid
    (STATE / f"{unit}.pid").write_text(str(pid))


def stop(unit):
    path = STATE / f"{unit}.pid"
    if not path.exists():
        return
    pid = int(path.read_text())
    path.unlink()
    until = time.monotonic() + PATIENCE
    os.kill(pid, signal.SIGTERM)
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.1)


def is_alive(pid):
    """Whether a process is at work; one that ended and that nobody asked for is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def reload(unit):
    if unit == "nginx.service":
        start(unit)
        return
    ready = Readiness(unit)
    path = STATE / f"{unit}.pid"
    (command,) = settings_of(unit)["ExecReload"]
    pid = path.read_text()
    subprocess.run(shlex.split(command.replace("$MAINPID", pid)), check=True)
    path.write_text(str(ready.wait()))


def restart(unit):
    stop(unit)
    start(unit)


def main():
    STATE.mkdir(exist_ok=True)
    STATE.chmod(0o755)
    verb, *rest = sys.argv[1:]
    known = [path.name.removesuffix(".pid") for path in STATE.glob("*.pid")]
    named = [name for name in rest if not name.startswith("-")]
    units = [
        unit
        for name in named
        for unit in (fnmatch.filter(known, name) if "*" in name else [name])
    ]
    does = {"enable": start, "start": start, "stop": stop, "restart": restart}
    for unit in units:
        {**does, "reload": reload}[verb](unit)


main()
