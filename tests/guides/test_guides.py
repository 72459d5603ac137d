"""An operator who follows the guides to the letter gets a working installation."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_bootstrap import WORLD
from tests.config.test_environment import HOSTS
from tests.guides.blocks import ROOT, blocks_of, read_environment

DEPLOY = ROOT / "deploy"
ENVIRONMENTS = ("jiedao.env", "owner.env", "backup.env")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


@pytest.fixture
def written(tmp_path):
    """Return the folder into which the guide's command wrote the environment."""
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    shutil.copy(ROOT / "manage.py", tmp_path)
    make_environment(tmp_path)
    return tmp_path


def make_environment(folder, group=None, host="dangjian.example.cn", into=None):
    group = str(os.getgid()) if group is None else group
    return subprocess.run(
        [
            *(sys.executable, folder / "deploy" / "make_environment.py"),
            *(into or folder, f"--host={host}", "--group", group),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def read_by_the_shell(path):
    """Return what a shell takes from an environment file."""
    script = f'set -a; . {path}; {sys.executable} -c "import os, json;'
    script += ' print(json.dumps(dict(os.environ)))"'
    done = subprocess.run(
        ["/bin/sh", "-c", script], capture_output=True, text=True, check=True, env={}
    )
    return json.loads(done.stdout)


def test_systemd_and_the_shell_read_the_same_environment(written):
    for name in ENVIRONMENTS:
        by_systemd = read_environment(written / name)
        by_the_shell = read_by_the_shell(written / name)

        assert by_systemd.items() <= by_the_shell.items()
        assert "#" not in "".join(by_systemd.values())
        assert "@" not in "".join(v for k, v in by_systemd.items() if "URL" not in k)


def test_production_starts_with_the_environment_of_the_guide(written):
    environment = read_environment(written / "jiedao.env")
    database = {"DATABASE_URL": f"sqlite:///{written / 'empty.sqlite3'}"}

    done = subprocess.run(
        [
            *(sys.executable, "manage.py", "check", "--deploy"),
            *("--fail-level", "WARNING"),
        ],
        cwd=ROOT,
        env={**environment, **database},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_secrets_are_for_those_who_need_them_and_made_once(written):
    names = (*ENVIRONMENTS, "roles.sql")
    modes = [(written / name).stat().st_mode & 0o777 for name in names]
    before = [(written / name).read_text() for name in names]

    again = make_environment(written)

    assert modes == [0o640, 0o600, 0o600, 0o600]
    assert again.returncode == 1
    assert [(written / name).read_text() for name in names] == before


def test_a_group_that_is_not_there_is_named_and_nothing_is_written(tmp_path):
    shutil.copytree(DEPLOY, tmp_path / "deploy")

    refused = make_environment(tmp_path, group="no-such-group")

    assert (refused.returncode, "no-such-group" in refused.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["deploy"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_the_settings_would_refuse_is_refused_at_once(tmp_path, host):
    shutil.copytree(DEPLOY, tmp_path / "deploy")

    refused = make_environment(tmp_path, host=host)

    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert ("--host" in refused.stderr, "没有写入任何文件" in refused.stderr) == (
        True,
        True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["deploy"]


@pytest.mark.parametrize("into", ["nowhere", "deploy/jiedao.env", "/proc"])
def test_a_folder_that_takes_no_files_is_named_and_nothing_is_written(tmp_path, into):
    shutil.copytree(DEPLOY, tmp_path / "deploy")

    refused = make_environment(tmp_path, into=tmp_path / into)

    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert str(tmp_path / into) in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["deploy"]


def test_roles_and_addresses_have_the_same_passwords(written):
    roles = (written / "roles.sql").read_text()

    for name in ENVIRONMENTS:
        address = read_environment(written / name)["DATABASE_URL"]
        user, password = address.removeprefix("postgres://").split("@")[0].split(":")
        assert f"CREATE ROLE {user} LOGIN PASSWORD '{password}'" in roles


def test_a_command_without_its_environment_is_refused_in_a_real_installation(written):
    alone = subprocess.run(
        [sys.executable, "manage.py", "bootstrap", "world.json"],
        cwd=written,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )

    assert alone.returncode == 1
    assert "jiedao COMMAND" in alone.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_every_unit_keeps_comments_and_values_apart(path):
    lines = path.read_text().splitlines()

    assert [line for line in lines if "#" in line and not line.startswith("#")] == []


def test_every_file_that_the_guides_copy_and_every_unit_they_start_is_there():
    blocks = [
        body
        for guide in ("go-to-production", "back-up-and-restore")
        for _kind, body in blocks_of(guide)
    ]
    words = " ".join(blocks).replace("'", "").split()
    copied = [w.removeprefix("/srv/jiedao/") for w in words if "jiedao/deploy/" in w]
    units = [w for w in words if w.endswith((".service", ".timer")) and "/" not in w]

    known = {path.name for path in UNITS} | {"nginx.service"}
    missing = [name for name in copied if not list(ROOT.glob(name))]
    assert missing == []
    assert {u.split("@")[0] + "@.service" if "@" in u else u for u in units} <= known


def test_nginx_sends_to_the_installation_s_host_whatever_a_request_names():
    lines = (DEPLOY / "nginx.conf").read_text().splitlines()

    redirects = [line.split()[-1] for line in lines if line.split()[:1] == ["return"]]

    assert redirects == ["444;", "444;", "https://$server_name$request_uri;"]


def test_nginx_closes_what_is_asked_of_another_host_by_default():
    text = (DEPLOY / "nginx.conf").read_text()
    servers = text.split("server {")[1:]
    by_default = [one for one in servers if "default_server" in one]

    assert [one.split()[1] for one in by_default] == ["80", "443"]
    assert all("return 444;" in one and "proxy_pass" not in one for one in by_default)
    assert "ssl_reject_handshake on;" in by_default[1]


def test_nginx_answers_in_chinese_with_pages_that_are_there():
    configuration = (DEPLOY / "nginx.conf").read_text()
    pages = {path.name for path in (DEPLOY / "pages").glob("*.html")}

    named = {
        word.strip("/;")
        for line in configuration.splitlines()
        if "error_page" in line
        for word in line.split()
        if "html" in word
    }
    assert named == pages
    for name in pages:
        text = (DEPLOY / "pages" / name).read_text()
        assert 'lang="zh-Hans"' in text
        assert "http" not in text  # nothing is fetched from elsewhere


@pytest.mark.drill
@pytest.mark.machine
def test_the_three_guides_work_as_printed(tmp_path):
    """Needs a network for libraries besides what `own_machine` of the tools asks."""
    world, log = tmp_path / "world.json", tmp_path / "log"
    world.write_text(json.dumps(WORLD))
    (scratch := tmp_path / "scratch").mkdir()
    program = Path(__file__).with_name("rehearse.py")
    with log.open("w") as output:
        done = subprocess.run(
            [
                *("unshare", "--mount", "--propagation", "private", sys.executable),
                *(program, scratch, world, "machine"),
            ],
            stdout=output,
            stderr=output,
            check=False,
        )
    lines = log.read_text().splitlines()
    assert done.returncode == 0, "\n".join(lines[-40:])
    seen = json.loads(lines[-1])

    assert seen["units"] == [[path.name for path in UNITS], 0, ""]
    assert seen["page"][0] == seen["page after"][0] == 200
    assert seen["without password"] == []
    assert seen["too large"][0] == 413
    assert "文件太大" in seen["too large"][1]
    assert (seen["away"][0], seen["away asks again"]) == (502, "60")
    assert "系统暂时打不开" in seen["away"][1]
    modes = ["0o640", "0o600", "0o600"]
    assert (seen["slips"], seen["environment"]) == ("0o600", modes)
    assert seen["without environment"][0] == 1
    assert "jiedao COMMAND" in seen["without environment"][1]
    answered_meanwhile, statuses = seen["upgrade"]
    assert (answered_meanwhile > 0, statuses) == (True, [200])
    assert seen["changed"] == []
    assert seen["out of reach"] == [4, []]
    assert (seen["recorded"], seen["verified"]) == ("t", "t")
