"""Find an organization by the name that an office uses for it.

One branch is 中共云栖街道丹桂社区第一支部委员会 on its seal, 丹桂一支部 in a ledger
and 第一党支部 in its own community's roster. Names are normalized to one form; a
prefix before a branch's own name must name organizations above it. A name without its
community's is valid only in that community's sheets.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.db.tree import ancestor_paths
from core.names import fold_name
from organizations.errors import (
    AmbiguousOrganization,
    OutsideChosenOrganization,
    OutsideOwnArea,
    UnknownOrganization,
)
from organizations.models import Organization, OrganizationAlias

NUMERALS = "零一二三四五六七八九十"
BRANCH = "党?支部|党?小组|网格"
COUNT = re.compile(r"\((共|计)?\d+[人名]\)$|(共|计)\d+[人名]$")
BLANKS = re.compile(r"\s+")
MARKS = re.compile(r"[^\w]+")
REWRITES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("中国共产党|中共"), ""),
    (re.compile("党?总支部?(委员会)?"), "总支"),
    (re.compile("支部委员会|支委会|党支部"), "支部"),
    (re.compile(rf"(?<![第{NUMERALS}])([{NUMERALS}]+)(?={BRANCH})"), r"第\1"),
    (re.compile("(社区|村)(居民委员会|村民委员会|居委会|村委会)"), r"\1"),
    (re.compile("总支(?=.)"), ""),
    (re.compile("(?<=..)(党?工作?委员?会?|委员会|党委|总支|党组织)$"), ""),
)
SHORT = re.compile("(?<=..)(社区|街道|村|镇|开发区)$")
MAX_CANDIDATES = 30  # branches of one number in a whole street


def _write_numeral(match: re.Match[str]) -> str:
    """Write 第1支部 and 01支部 with the numeral that names have: 第一支部."""
    tens, ones = divmod(int(match[1]), 10)
    written = NUMERALS[tens] if tens > 1 else ""
    return f"第{written}{'十' if tens else ''}{NUMERALS[ones] if ones else ''}"


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """Return the name without blanks, in half width, and without a trailing count."""
    narrow = BLANKS.sub("", unicodedata.normalize("NFKC", fold_name(text)))
    return COUNT.sub("", narrow)


def name_key(name: str) -> str:
    """Return the form in which the names of siblings must differ."""
    return clean_name(name).casefold()


@lru_cache(maxsize=4096)
def normalize_name(text: str) -> str:
    """Return one form for all the ways to write a name."""
    name = MARKS.sub("", clean_name(text))
    name = re.sub(rf"第?0*([1-9]\d?)(?={BRANCH})", _write_numeral, name)
    for pattern, to in REWRITES:
        name = pattern.sub(to, name)
    return name


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of an organization; with `within`, valid only at or below that path."""

    organization: Organization
    within: str = ""


class NameBook:
    """Every existing organization under all names it may have; two queries."""

    def __init__(self) -> None:
        self.nodes = {node.path: node for node in Organization.objects.open()}
        self.exact: dict[str, list[Entry]] = defaultdict(list)
        self.tails: dict[str, list[Entry]] = defaultdict(list)
        self.above: dict[str, list[tuple[str, set[str]]]] = {}
        for node in self.nodes.values():
            for name in (node.name, node.full_name):
                self._add_name(name, node)
        aliases = OrganizationAlias.objects.filter(organization__ended_on=None)
        for alias in aliases.select_related("organization", "within"):
            within = alias.within.path if alias.within else ""
            self._add_name(alias.name, self.nodes[alias.organization.path], within)

    def _add_name(self, name: str, node: Organization, within: str = "") -> None:
        self.exact[clean_name(name)].append(Entry(node, within))
        whole = normalize_name(name)
        for length, deepest in self._ancestor_prefixes(whole, node):
            tail = whole[length:]
            if len(tail) > 1:
                self.tails[tail].append(Entry(node, max(within, deepest)))

    def _ancestor_names(self, node: Organization) -> list[tuple[str, set[str]]]:
        """Return path and names of the organizations above, the highest first."""
        if node.path not in self.above:
            self.above[node.path] = [
                (path, _prefix_names(self.nodes[path]))
                for path in ancestor_paths(node.path)
                if path in self.nodes
            ]
        return self.above[node.path]

    def _ancestor_prefixes(
        self, text: str, node: Organization
    ) -> Iterator[tuple[int, str]]:
        """Yield how much of the text names ancestors, and the lowest of them."""
        yield 0, ""
        reached = {0}
        for path, names in self._ancestor_names(node):
            for start in sorted(reached):
                for name in names:
                    end = start + len(name)
                    if text.startswith(name, start) and end not in reached:
                        reached.add(end)
                        yield end, path

    def matches(self, text: str) -> list[Entry]:
        """Return the organizations the text may name, each with where that is valid."""
        whole = normalize_name(text)
        entries = list(self.exact.get(clean_name(text), ()))
        for cut in range(len(whole)):
            for entry in self.tails.get(whole[cut:], ()):
                if cut == 0:
                    entries.append(entry)
                elif self._is_ancestor_prefix(whole[:cut], entry.organization):
                    entries.append(Entry(entry.organization))
        return entries

    def _is_ancestor_prefix(self, front: str, node: Organization) -> bool:
        return any(
            length == len(front)
            for length, _path in self._ancestor_prefixes(front, node)
        )

    def find(
        self, text: str, *, chosen: Organization, can_manage: Callable[[str], bool]
    ) -> Organization:
        """Return the organization that a sheet of the chosen one means by a name.

        `can_manage` says whether the person keeps records at a path. Refuses unknown
        and ambiguous names, and organizations elsewhere.
        """
        matches = self.matches(text)
        valid = [entry for entry in matches if chosen.path.startswith(entry.within)]
        inside = _distinct(e for e in valid if _is_within(e.organization, chosen))
        inside = self._prefer_exact_name(text, inside) or inside
        if len(inside) == 1 and can_manage(inside[0].path):
            return inside[0]
        if len(inside) > 1:
            raise _ambiguity(text, inside)
        _refuse_elsewhere(text, valid, chosen, can_manage)
        near = _distinct(e for e in matches if _is_within(e.organization, chosen))
        raise _ambiguity(text, near) if near else UnknownOrganization(text=text)

    def _prefer_exact_name(
        self, text: str, among: list[Organization]
    ) -> list[Organization]:
        """Prefer, of several, the only one whose very name the text is."""
        exactly = {e.organization.pk for e in self.exact.get(clean_name(text), ())}
        named = [node for node in among if node.pk in exactly]
        return named if len(named) == 1 else []


def only_named(text: str, among: Iterable[Organization]) -> Organization | None:
    """Return the only one of some organizations whose name a text is, if there is one.

    Before the name that of the organization directly above may stand.
    """
    name = normalize_name(text)
    found = [node for node in among if name and name in _own_names(node)]
    return found[0] if len(found) == 1 else None


def only_beginning(text: str, among: Iterable[Organization]) -> Organization | None:
    """Return the only one of some organizations with whose name a text begins."""
    name = normalize_name(text)
    found = [node for node in among if name.startswith(tuple(_prefix_names(node)))]
    return found[0] if len(found) == 1 else None


def _own_names(node: Organization) -> set[str]:
    own = {normalize_name(node.name), normalize_name(node.full_name)}
    above = _prefix_names(node.parent) if node.parent is not None else set()
    return own | {f"{front}{normalize_name(node.name)}" for front in above}


def _prefix_names(node: Organization) -> set[str]:
    """Return how a name below may begin with this organization's."""
    names = {normalize_name(node.name), normalize_name(node.full_name)}
    return {n for n in names | {SHORT.sub("", name) for name in names} if len(n) > 1}


def _is_within(node: Organization, ancestor: Organization) -> bool:
    return node.path.startswith(ancestor.path)


def _distinct(entries: Iterable[Entry]) -> list[Organization]:
    return list({e.organization.pk: e.organization for e in entries}.values())


def _ambiguity(text: str, nodes: list[Organization]) -> AmbiguousOrganization:
    candidates = "、".join(node.name for node in nodes[:MAX_CANDIDATES])
    more = "…" if len(nodes) > MAX_CANDIDATES else ""
    return AmbiguousOrganization(text=text, candidates=candidates + more)


def _refuse_elsewhere(
    text: str,
    entries: list[Entry],
    chosen: Organization,
    can_manage: Callable[[str], bool],
) -> None:
    """Refuse a name that only organizations elsewhere have."""
    if not entries:
        return
    if any(can_manage(entry.organization.path) for entry in entries):
        raise OutsideChosenOrganization(text=text, chosen=chosen.name)
    raise OutsideOwnArea(text=text)
