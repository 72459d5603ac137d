"""Wrong variables of the environment are refused in one sentence, each of them."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import VARIABLES, WrongVariable, read
from config.environment import kinds as kinds_module
from config.environment.kinds import ValueKind
from config.environment.reading import describe_fault
from tests.config.installations import production, run_manage

ROOT = Path(__file__).parents[2]
KEY = base64.b64encode(b"k" * 32).decode()
NUMBERS = ("eins", "1.5", "-1", "999999999", "１", "1 2", "0x1", "1e3", "yes")
KEYS = ("k", KEY[:-4], "not base64 at all", f"{KEY}\x00", "€")
PATHS = ("files", "./files", "~/files", "C:\\files", "/files\x07")
NAMES = ("no role", "role;drop", "1role", "ro-le", "r" * 64, "ro\x07le")
ADDRESSES = (
    *("nothing", "postgres", "://", "mysql://a@b/c", "http://a/b", "postgres://"),
    *("postgres://a:b@c", "postgres://a:b@c:port/d", "postgres://a:b@c:99999/d"),
    *(
        "postgres://a:p#w@c:5432/d",
        "postgres://[::1/d",
        "postgres://a@b/c/d",
        "sqlite:",
    ),
)
BROKERS = (
    *("localhost", "localhost:6379", "http://a:6379/0", "redis://", "redis:///0"),
    *("redis://a:port/0", "redis://a:99999/0", "redis://a/zero", "amqp://a/0"),
)
HOSTS = (
    *("https://a.cn", "a.cn:8000", "a.cn/", "a.cn/path", "a b", "a.cn,https://b.cn"),
    *("a_b.cn", "-a.cn", "a..cn", "党建.cn", "user@a.cn", "a.cn\x07", ",", "*.a.cn"),
    *("*", "a.cn,*"),
)
BAD = {
    "SECRET": ("\x07" * 40, "a\nb"),
    "TEXT": ("a\nb", "a\x00b", "\x07"),
    "KEY": KEYS,
    "PUBLIC_KEY": KEYS,
    "KEYS": (KEY, f":{KEY}", "k:", f"k:{KEY},k:{KEY}", f"k:{KEY},b", "k:short", ","),
    "FLAG": ("perhaps", "2", "ja", "yes no", "tru"),
    "HOSTS": HOSTS,
    "PATH": PATHS,
    "ROLE_NAME": NAMES,
    "DATABASE": ADDRESSES,
    "BROKER": BROKERS,
    "TARGET": ("fil:/a", "fax:1", "mail:", "file:", "file:heads", "print:x", "/heads"),
}
GOOD = {
    "SECRET": ("x" * 60, "$a b", " blank "),
    "TEXT": ("var/a.sqlite3",),
    "KEY": (KEY,),
    "PUBLIC_KEY": (KEY,),
    "KEYS": (f"k1:{KEY}", f"k2:{KEY},k1:{KEY}", f"k1:{KEY},"),
    "FLAG": ("yes", "No", "true", "0"),
    "HOSTS": ("a.cn", "A.CN, b.gov.cn", "127.0.0.1", "localhost", "[::1]", ".a.cn"),
    "PATH": ("/var/lib/jiedao/files", "/文件"),
    "ROLE_NAME": ("jiedao_backup",),
    "DATABASE": (
        *("postgres://a:b@c:5432/d", "postgres://a:p%40w@c/d", "sqlite:////a/b.db"),
        *("postgresql://a@%2Frun%2Fpostgresql/d", "postgres:////run/postgresql/d"),
    ),
    "BROKER": ("redis://a:6379/0", "rediss://:p@a/1", "redis://a"),
    "TARGET": ("print", "mail:a@b.cn,c@d.cn", "file:/var/heads"),
}
NAMED = {
    kind: name
    for name, kind in vars(kinds_module).items()
    if isinstance(kind, ValueKind)
}


def values(variable, table, numbers):
    return table[NAMED[variable.kind]] if variable.kind in NAMED else numbers


def pairs(table, numbers):
    return [
        pytest.param(variable, text, id=f"{variable.name}={text[:24]!r}")
        for variable in VARIABLES.values()
        for text in values(variable, table, numbers)
    ]


@pytest.mark.parametrize(("variable", "text"), pairs(BAD, NUMBERS))
def test_a_value_of_the_wrong_kind_is_one_sentence_with_the_variable_s_name(
    variable, text, monkeypatch
):
    if "\x00" in text:  # no environment holds one; a parser is asked all the same
        with pytest.raises(ValueError):  # noqa: PT011 -- the parser's own contract
            variable.kind.parse(text)
        return
    monkeypatch.setenv(variable.name, text)

    with pytest.raises(WrongVariable) as refused:
        read(variable.name)

    sentence = str(refused.value)
    assert variable.name in sentence
    assert variable.kind.hint() in sentence
    assert sentence.isprintable()
    assert not variable.kind.is_secret or sentence == describe_fault(variable, "other")


@pytest.mark.parametrize(("variable", "text"), pairs(GOOD, ("1", "10")))
def test_a_value_of_the_right_kind_is_taken(variable, text, monkeypatch):
    monkeypatch.setenv(variable.name, text)

    assert read(variable.name) not in (None, "")


@pytest.mark.parametrize("variable", VARIABLES.values(), ids=lambda v: v.name)
def test_an_empty_variable_has_its_default_or_must_be_set(variable, monkeypatch):
    monkeypatch.setenv(variable.name, "  ")

    if variable.is_required:
        with pytest.raises(WrongVariable, match=variable.name):
            read(variable.name)
    else:
        assert read(variable.name) == variable.default


READ = re.compile(r"read\(\s*\"(\w+)\"")


def test_the_settings_read_what_is_declared_and_nothing_else():
    sources = [path.read_text() for path in (ROOT / "config/settings").glob("*.py")]

    assert {name for text in sources for name in READ.findall(text)} == {*VARIABLES}
    assert [text for text in sources if "env.str" in text or "getenv" in text] == []


STARTED = {
    "check": [sys.executable, "manage.py", "check", "--deploy"],
    "another command": [sys.executable, "manage.py", "verify"],
    "the web server": [sys.executable, "-c", "import config.wsgi"],
    "a worker": [sys.executable, "-m", "celery", "-A", "config", "worker"],
}


@pytest.mark.parametrize("started", STARTED)
@pytest.mark.parametrize("name", ["DATABASE_URL", "TRUSTED_PROXIES", "ALLOWED_HOSTS"])
def test_whatever_is_started_ends_with_the_sentence_alone(started, name, tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    environment = {**production(), **database, name: "http://nothing:x"}

    ended = subprocess.run(  # noqa: S603 -- the lines above
        STARTED[started],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )

    (line,) = ended.stderr.splitlines()
    assert (ended.returncode, name in line) == (1, True)
    assert "因此没有启动" in line


def test_a_database_that_is_away_is_said_in_words():
    away = run_manage("verify", DATABASE_URL="postgres://a:b@127.0.0.1:1/c")

    assert (away.returncode, "Traceback" in away.stderr) == (1, False)
    assert "数据库无法使用" in away.stderr


@pytest.mark.parametrize("fault", ["a file", "below a file", "not writable"], ids=str)
def test_a_folder_that_cannot_hold_files_is_named_by_the_check(fault, tmp_path):
    file = tmp_path / "file"
    file.touch()
    folder = {
        "a file": file,
        "below a file": file / "files",
        "not writable": Path("/proc/files"),
    }[fault]

    check = run_manage(
        *("check", "--deploy", "--database", "default"),
        DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        FILES_DIR=folder,
    )

    assert (check.returncode, "Traceback" in check.stderr) == (1, False)
    assert str(folder) in check.stderr


def test_a_broker_that_is_away_is_a_warning_of_the_check(tmp_path):
    check = run_manage(
        *("check", "--deploy", "--database", "default"),
        DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        REDIS_URL="redis://127.0.0.1:1/0",
    )

    assert "jiedao.W001" in check.stderr
