"""What a variable may say: each kind reads a text, or says how it is to be written."""

import base64
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ

from config.environment.sentences import gettext, gettext_noop

KEY_BYTES = 32
HOST = re.compile(r"\.?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?")
ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_$]{0,62}")
FLAGS = {"yes": True, "true": True, "on": True, "1": True}
FLAGS |= {"no": False, "false": False, "off": False, "0": False}
DATABASES = {"postgres", "postgresql", "psql", "sqlite"}
BROKERS = {"redis", "rediss"}


@dataclass(frozen=True, slots=True)
class ValueKind:
    """A kind of value: `parse` raises ValueError, and `hint` says what to write.

    What holds a password or a key is never repeated in a sentence.
    """

    parse: Callable[[str], Any]
    what_to_write: str
    is_secret: bool = False
    bounds: tuple[int, int] = (0, 0)

    def hint(self, translate: Callable[[str], str] = gettext) -> str:
        """Say what to write, in Chinese or as `translate` has it."""
        least, most = self.bounds
        return translate(self.what_to_write) % {"least": least, "most": most}


def number(least: int, most: int) -> ValueKind:
    """Return the kind of whole numbers between two bounds."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    sentence = gettext_noop("Write a whole number from %(least)d to %(most)d.")
    return ValueKind(parse, sentence, bounds=(least, most))


def _parse_flag(text: str) -> bool:
    if text.lower() not in FLAGS:
        raise ValueError(text)
    return FLAGS[text.lower()]


def _parse_text(text: str) -> str:
    if not text.isprintable():
        raise ValueError(text)
    return text


def _parse_key(text: str) -> str:
    if len(base64.b64decode(text, validate=True)) != KEY_BYTES:
        raise ValueError(text)
    return text


def _parse_keys(text: str) -> list[str]:
    items = [item for item in text.split(",") if item]
    names = [item.partition(":")[0] for item in items]
    for item in items:
        _parse_key(item.partition(":")[2])
    if not items or "" in names or len({*names}) < len(names):
        raise ValueError(text)
    return items


def is_host(text: str) -> bool:
    """Whether a text is a name or address of a machine, and nothing around it.

    `*`, which would answer to every name, is none: the links in mails and pages would
    lead wherever a stranger's request says.
    """
    if HOST.fullmatch(text.lower()):
        return True
    try:
        ipaddress.ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _parse_hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not hosts or not all(is_host(host) for host in hosts):
        raise ValueError(text)
    return hosts


def _parse_path(text: str) -> Path:
    if not text.isprintable() or not Path(text).is_absolute():
        raise ValueError(text)
    return Path(text)


def _parse_role(text: str) -> str:
    if not ROLE.fullmatch(text):
        raise ValueError(text)
    return text


def _parse_database(text: str) -> dict[str, Any]:
    address = urlsplit(text)
    if address.scheme not in DATABASES:
        raise ValueError(text)
    _port = address.port  # raises ValueError if it is none
    name = unquote(address.path).strip("/")
    if not name or (address.scheme != "sqlite" and address.netloc and "/" in name):
        raise ValueError(text)
    database = dict(environ.Env.db_url_config(text))
    # A folder in which the server listens is written with %2F, as PostgreSQL's own.
    return {**database, "HOST": unquote(database.get("HOST") or "")}


def _parse_broker(text: str) -> str:
    address = urlsplit(text)
    if address.scheme not in BROKERS or not address.hostname:
        raise ValueError(text)
    _port = address.port  # raises ValueError if it is none
    if not re.fullmatch(r"/?|/[0-9]+", address.path):
        raise ValueError(text)
    return text


def _parse_target(text: str) -> str:
    kind, _colon, where = text.partition(":")
    is_clear = {
        "print": not where,
        "mail": all(re.fullmatch(r"\s*\S+@\S+\s*", one) for one in where.split(",")),
        "file": where.isprintable() and Path(where).is_absolute(),
    }
    if not is_clear.get(kind):
        raise ValueError(text)
    return text


FLAG = ValueKind(_parse_flag, gettext_noop("Write yes or no."))
TEXT = ValueKind(_parse_text, gettext_noop("Write a text in one line."))
SECRET = ValueKind(
    _parse_text, gettext_noop("Write at least 32 random characters."), is_secret=True
)
KEY = ValueKind(
    _parse_key,
    gettext_noop("Write the key: 32 bytes in base64, which are 44 characters."),
    is_secret=True,
)
PUBLIC_KEY = ValueKind(
    _parse_key,
    gettext_noop("Write the public key that `make_backup_key` printed, 44 characters."),
)
KEYS = ValueKind(
    _parse_keys,
    gettext_noop(
        "Write name:key, several divided by commas without blanks; a name stands once,"
        " and each key is 32 bytes in base64."
    ),
    is_secret=True,
)
HOSTS = ValueKind(
    _parse_hosts,
    gettext_noop(
        "Write the name alone that people open, as dangjian.example.gov.cn, without"
        " https://, port or path; several divided by commas."
    ),
)
PATH = ValueKind(_parse_path, gettext_noop("Write a whole path, which begins with /."))
ROLE_NAME = ValueKind(
    _parse_role, gettext_noop("Write the name of the role: letters, digits and _.")
)
DATABASE = ValueKind(
    _parse_database,
    gettext_noop(
        "Write postgres://role:password@machine:port/database, or sqlite:////path;"
        " characters of a password that divide an address (@ / : #) are written with"
        " their code, an @ as %%40."
    ),
    is_secret=True,
)
BROKER = ValueKind(
    _parse_broker,
    gettext_noop("Write redis://:password@machine:port/number, or leave it out."),
    is_secret=True,
)
TARGET = ValueKind(
    _parse_target,
    gettext_noop("Write print, mail:ADDRESS or file:/A/WHOLE/PATH."),
)
