"""Addresses of people inside a text: of e-mail, and in chat programs."""

import re
from collections.abc import Iterator

GAP = r"[ \n]{0,3}"
MAIL = re.compile(
    rf"(?<![\w.+-])[a-z0-9._+-]{{1,64}}{GAP}(?:@|[(\[{{]at[)\]}}]){GAP}"
    rf"[a-z0-9-]{{1,63}}(?:{GAP}(?:\.|[(\[{{]dot[)\]}}]){GAP}[a-z0-9-]{{1,63}}){{0,5}}",
    re.IGNORECASE | re.ASCII,
)
CHAT = re.compile(
    r"(?:(?:微信|薇信|威信|[vV]信)(?:号码|账号|帐号|号|ID|id)?"
    r"|(?<![a-z])(?:QQ|扣扣)(?:号码|账号|帐号|群号|号|群)?"
    r"|(?<![a-z])(?:we ?chat|wei ?xin|wx|vx)(?:[ _]?id)?)",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"(?P<said>(?:[^\w、。;!?]|[是为]){0,8})"
    r"(?P<account>[a-z0-9][a-z0-9_-]{4,31})(?![a-z0-9_-])",
    re.IGNORECASE,
)
SAYS_WHICH = re.compile(r"[:=是为号]|(?:号码?|ID|id)$")
HAS_FIGURE = re.compile(r"[0-9_]")
UNITS = re.compile(r"[年月日时分元万亿人名个户次件项条%]")


def find_accounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where accounts of people stand in a text in half width.

    A word beside the name of a program alone may be anything; it is an account where
    the text says so, or where it has figures and counts nothing.
    """
    yield from (found.span() for found in MAIL.finditer(text))
    for program in CHAT.finditer(text):
        found = ACCOUNT.match(text, program.end())
        if found and _is_account(program[0], found, text):
            yield found.span("account")


def _is_account(program: str, found: re.Match[str], text: str) -> bool:
    if found["account"].isdecimal() and UNITS.match(text, found.end()):
        return False
    says = SAYS_WHICH.search(found["said"]) or SAYS_WHICH.search(program)
    return bool(says or HAS_FIGURE.search(found["account"]))
