"""Heads of the chain that leave this machine, so that a cut-off end is noticed.

A chain that lost its newest seals with everything they cover still fits together. Once
a day the number and digest of the last seal are therefore printed, mailed, or appended
to a file on another machine, as `AUDIT_HEAD_TO` says: `print`, `mail:ADDRESS`, or
`file:PATH`.
"""

import datetime as dt
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Seal

LINE = re.compile(r"seal (?P<number>\d+) (?P<digest>[0-9a-f]{64})")
LONGEST_SILENCE = dt.timedelta(days=3)


def publish_head() -> int:
    """Send the head of the chain away; return whether there was one."""
    head = Seal.objects.order_by("number").last()
    if head is None:
        return 0
    now = timezone.localtime().isoformat(timespec="seconds")
    line = f"{now} seal {head.number} {head.digest}"
    kind, _colon, where = settings.AUDIT_HEAD_TO.partition(":")
    if kind == "file":
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
    elif kind == "mail":
        send_mail(_("Head of the audit log"), line, None, where.split(","))
    else:  # past the log, which masks long numbers
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 1


def are_heads_compared() -> bool:
    """Whether `verify` compares the chain with heads that left it.

    A printed or mailed head is compared by hand alone: a cut-off end goes unseen until
    somebody does.
    """
    kind: str = settings.AUDIT_HEAD_TO.partition(":")[0]
    return kind == "file"


def find_lost_heads() -> Iterator[str]:
    """Yield heads in the file of heads that the chain no longer has."""
    if not are_heads_compared():
        return
    where = settings.AUDIT_HEAD_TO.partition(":")[2]
    path, oldest = Path(where), timezone.now() - LONGEST_SILENCE
    is_silent = not path.exists() or path.stat().st_mtime < oldest.timestamp()
    if is_silent and Seal.objects.filter(sealed_at__lt=oldest).exists():
        yield f"no head was written to {path} for {LONGEST_SILENCE.days} days"
    if path.exists():
        yield from heads_not_in_chain(path.read_text(encoding="utf-8").splitlines())


def heads_not_in_chain(lines: Iterable[str]) -> Iterator[str]:
    """Yield those lines whose seal is missing from the chain or has another digest."""
    digests = dict(Seal.objects.values_list("number", "digest"))
    for line in lines:
        head = LINE.search(line)
        if head is not None and digests.get(int(head["number"])) != head["digest"]:
            yield f"not in the chain: {line}"
