"""Run the guides' blocks on a machine of their own: private mounts, private network.

Started by `test_guides.py` as root in namespaces; what `/etc`, `/srv`, `/var` and
`/run` become is gone when it ends. Prints what it saw as JSON in its last line.
"""

import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.guides.blocks import blocks_of  # noqa: E402 -- found from ROOT

PRIVATE = ("/etc", "/var", "/usr/local", "/usr/share")
PATIENCE = 120  # seconds; chores look once a minute
HOST = "dangjian.example.gov.cn"
# The machine's own python3: another one may lie where the service's user cannot go.
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
ENVIRONMENT = {"PATH": PATH, "LANG": "C.UTF-8", "HOME": "/root"}
PSQL = ["runuser", "-u", "postgres", "--", "psql", "-At", "-d", "jiedao", "-c"]
BACKUP_SETTINGS = ("BACKUP_ROLE=", "BACKUP_REPORT=")
BINARIES = next(Path("/usr/lib/postgresql").glob("*/bin"), None)


def run(command, **options):
    """Run a command and fail with what it said."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


def run_block(body):
    print(body, flush=True)
    started = time.monotonic()
    print(run(["sh", "-eu", "-c", body], cwd="/root", env=ENVIRONMENT), flush=True)
    print(f"# {time.monotonic() - started:.1f} s", flush=True)


def make_machine(scratch):
    """Lay private folders over the real ones, and put the release in its place."""
    run(["mount", "-t", "tmpfs", "tmpfs", scratch])
    for path in PRIVATE:
        upper, work = (Path(scratch, f"{kind}{path}") for kind in ("upper", "work"))
        upper.mkdir(parents=True)
        work.mkdir(parents=True)
        layers = f"lowerdir={path},upperdir={upper},workdir={work}"
        run(["mount", "-t", "overlay", "overlay", "-o", layers, path])
    for path in ("/srv", "/run"):
        run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", path])
    names = run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT)
    for name in names.splitlines():
        target = Path("/srv/jiedao", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    shim = Path("/usr/local/bin/systemctl")
    program = Path(__file__).with_name("fake_systemctl.py")
    shim.write_text(f'#!/bin/sh\nexec python3 {program} "$@"\n')
    shim.chmod(0o755)


def start_postgresql():
    """Start a server where the guide expects one, which asks as Debian's own does.

    Its user may enter its folder.
    """
    run(["ip", "link", "set", "lo", "up"])
    data = Path("/var/lib/rehearsal-postgresql")
    data.mkdir()
    Path("/run/postgresql").mkdir()
    for path in (data, Path("/run/postgresql")):
        shutil.chown(path, "postgres", "postgres")
    run(
        [
            *("runuser", "-u", "postgres", "--", BINARIES / "initdb"),
            *("-D", data, "--auth-local=peer", "--auth-host=scram-sha-256"),
        ]
    )
    options = "-c unix_socket_directories=/run/postgresql"
    run(
        [
            *("runuser", "-u", "postgres", "--", BINARIES / "pg_ctl", "-D", data),
            *("-o", options, "-w", "-l", data / "log", "start"),
        ]
    )


def make_certificate():
    run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-keyout", "/etc/ssl/jiedao.key"),
            *("-out", "/etc/ssl/jiedao.pem"),
        ]
    )


def ask(path, body=None):
    """Return the status and text of a page, by way of nginx."""
    return ask_for_all(path, body)[0]


def ask_for_all(path, body=None):
    """Return the status and text of a page, and its headers."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(
        f"https://127.0.0.1{path}", data=body, headers={"Host": HOST}
    )
    try:
        with urllib.request.urlopen(request, context=context, timeout=90) as page:
            return (page.status, page.read().decode()), page.headers
    except urllib.error.HTTPError as page:
        return (page.code, page.read().decode()), page.headers


class Asking(threading.Thread):
    """Asks for a page all the time; keeps when each answer came, and its status."""

    def __init__(self):
        super().__init__(daemon=True)
        self.over, self.answers = threading.Event(), []

    def run(self):
        while not self.over.is_set():
            started = time.monotonic()
            status, _text = ask("/sign-in/")
            self.answers.append((started, time.monotonic(), status))
            time.sleep(0.05)

    def count_within(self, started, ended):
        """Return how many pages were asked for and answered in a span of time."""
        return sum(
            started <= begun and done <= ended for begun, done, _ in self.answers
        )


def digests():
    """Return a digest of every table of the application and of every file."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    found = {}
    for table in run([*PSQL, query]).split():
        rows = f"SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {table} t"  # noqa: E501, S608
        found[table] = run([*PSQL, rows]).strip()
    for path in sorted(Path("/var/lib/jiedao/files").glob("??/*")):
        found[path.name] = run(["md5sum", path]).split()[0]
    return found


def verify_units():
    """Return the installed units and what systemd's own reader finds wrong in them."""
    units = sorted(Path("/etc/systemd/system").glob("jiedao*"))
    command = ["systemd-analyze", "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [path.name for path in units], done.returncode, done.stdout + done.stderr


def mode(path):
    return oct(Path(path).stat().st_mode & 0o777)


def rehearse(seen, world):
    """Follow the three guides, and note what a visitor and an auditor would see."""
    for kind, body in blocks_of("go-to-production"):
        if "nginx -t" in body:
            make_certificate()
        if not kind:
            run_block(body)
    seen["units"] = verify_units()
    seen["page"] = ask("/sign-in/")
    seen["without password"] = reached_without_password()
    seen["too large"] = ask("/", b"x" * 30_000_000)
    Path("/root/world.json").write_text(json.dumps(world))
    for _kind, body in blocks_of("set-up-an-installation"):
        run_block(body)
    seen["slips"] = mode("/var/lib/jiedao/slips.txt")
    names = ("jiedao", "owner", "backup")
    seen["environment"] = [mode(f"/etc/jiedao/{name}.env") for name in names]
    alone = subprocess.run(
        ["/srv/jiedao/.venv/bin/python", "/srv/jiedao/manage.py", "verify"],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    seen["without environment"] = (alone.returncode, alone.stderr)
    take_away_the_backup_user()
    seen["upgrade"] = upgrade()
    back_up_and_restore(seen)
    run_block("systemctl stop jiedao.service")
    seen["away"], headers = ask_for_all("/sign-in/")
    seen["away asks again"] = headers["Retry-After"]


def reached_without_password():
    """Return which roles of the installation get in over the network without one."""
    roles = ("jiedao_app", "jiedao_owner", "jiedao_backup", "postgres")
    psql = [
        "psql",
        "--no-password",
        "-h",
        "127.0.0.1",
        "-d",
        "jiedao",
        "-c",
        "SELECT 1",
    ]
    return [
        role
        for role in roles
        if not subprocess.run(
            [*psql, "-U", role], capture_output=True, check=False, env=ENVIRONMENT
        ).returncode
    ]


def take_away_the_backup_user():
    """Put the machine back to when backups ran as the web server's user."""
    for sql in ("DROP OWNED BY jiedao_backup", "DROP ROLE jiedao_backup"):
        run([*PSQL, sql])
    Path("/etc/jiedao/backup.env").unlink()
    environment = Path("/etc/jiedao/jiedao.env")
    lines = environment.read_text().splitlines(keepends=True)
    before = [line for line in lines if not line.startswith(BACKUP_SETTINGS)]
    environment.write_text("".join(before))
    run(["deluser", "--quiet", "jiedao-backup"])
    for path in ("/var/backups/jiedao", "/var/lib/jiedao-backup"):
        run(["chown", "--recursive", "jiedao:jiedao", path])


def upgrade():
    """Return how many pages were answered during the reload, and all statuses."""
    bodies = {kind: body for kind, body in blocks_of("go-to-production") if kind}
    run_block(bodies["once"])
    body = bodies["later"]
    before, reload, after = body.partition("systemctl reload jiedao.service\n")
    asking = Asking()
    asking.start()
    run_block(before)
    started = time.monotonic()
    run_block(reload)
    ended = time.monotonic()
    run_block(after)
    time.sleep(2)
    asking.over.set()
    asking.join()
    statuses = sorted({status for _begun, _done, status in asking.answers})
    return asking.count_within(started, ended), statuses


def back_up_and_restore(seen):
    """Compare every row and file of just before the backup with those restored."""
    *making, (_kind, restoring) = blocks_of("back-up-and-restore")
    run_block("systemctl stop jiedao-chores.service")  # nothing changes meanwhile
    for _kind, body in making:
        before = digests()  # the last of these blocks makes the backup
        run_block(body)
    started = time.monotonic()
    restoring, prove, rest = restoring.partition("jiedao verify")
    run_block(restoring)
    after = digests()
    verifying, start, services = rest.rpartition("systemctl start ")
    run_block(prove + verifying)
    seen["restored in"] = time.monotonic() - started
    seen["changed"] = sorted(
        name for name in {*before, *after} if before.get(name) != after.get(name)
    )
    run_block(start + services)
    seen["out of reach"] = what_the_web_server_reaches()
    seen["recorded"] = wait_for_the_record()
    verdicts = "SELECT count(*) > 1 AND bool_and(holds) FROM accounts_verification"
    seen["verified"] = run([*PSQL, verdicts]).strip()
    seen["page after"] = ask("/sign-in/")


def what_the_web_server_reaches():
    """Return which secrets and backups the web server's user can read."""
    owned = ["/etc/jiedao/owner.env", "/etc/jiedao/backup.env"]
    owned += ["/var/lib/jiedao-backup/backup.key", *Path("/var/backups").glob("*/*")]
    as_user = ["runuser", "-u", "jiedao", "--", "cat"]
    reads = [
        subprocess.run([*as_user, p], capture_output=True, check=False) for p in owned
    ]
    return len(owned), [
        str(p) for p, r in zip(owned, reads, strict=True) if not r.returncode
    ]


def wait_for_the_record():
    """Return whether the chores record the backup of which its user left word."""
    query = "SELECT bool_and(succeeded) FROM exchange_backuprun"
    for _second in range(PATIENCE):
        if said := run([*PSQL, query]).strip():
            return said
        time.sleep(1)
    return ""


def main():
    scratch, world, phase = (
        sys.argv[1],
        json.loads(Path(sys.argv[2]).read_text()),
        sys.argv[3],
    )
    if phase == "machine":
        make_machine(scratch)
        for kind, body in blocks_of("go-to-production"):
            if kind == "network" and "apt-get" not in body:
                run_block(body)
        alone = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
        os.execvp(
            alone[0], [*alone, sys.executable, __file__, *sys.argv[1:3], "follow"]
        )
    start_postgresql()
    seen = {}
    rehearse(seen, world)
    print(json.dumps(seen, ensure_ascii=False))


main()
