"""Tell a name of one's own from the same name in another city: 武汉市江汉区东社区.

Many communities share a name. What stands before it decides: the city, district and
street of one's own, or nothing, mean one's own; others mean another place.
"""

import re
from collections.abc import Callable, Iterable

from core.db.tree import ancestor_paths
from core.errors import DomainError
from members.roster.titles import territory_in
from organizations.errors import UnknownOrganization
from organizations.models import Organization
from organizations.naming import SHORT, NameBook

# The words of a place before a name, without those that no place has.
PLACE = re.compile(
    "[\u4e00-\u9fff]{1,8}?(?:自治[区州县]|新区|开发区|[省市州县旗盟镇乡]|街道|(?<![辖社城片小园校])区|(?<!农)村)"
)
NO_PLACE = re.compile(
    "中国共产党|中共|委员会|党工委|工委|党委|以外|[我本该全各]([省市县区镇乡村]|街道)|辖区|社区"
)


def find_foreign_front(text: str, node: Organization, book: NameBook) -> str:
    """Return the words before a name in the text that name other places, if any."""
    name = next((n for n in _names(node) if n in text), "")
    return (
        foreign_part(text.partition(name)[0], above_names(node, book)) if name else ""
    )


def find_unknown_territory(
    text: str, look_up: Callable[[str], Organization | DomainError], book: NameBook
) -> str:
    """Return the community or village that a text names, if nobody knows it.

    One of a known name with another city before it is another one.
    """
    name = territory_in(text)
    known = look_up(name) if name else None
    if isinstance(known, UnknownOrganization):
        return name
    if not isinstance(known, Organization):
        return ""
    front = find_foreign_front("".join(text.split()), known, book)
    return f"{front}{name}" if front else ""


def foreign_part(front: str, above: Iterable[Iterable[str]]) -> str:
    """Return a place in the words before a name that is none of those above it.

    `above` are the names of what lies above; what stands before one of them lies above
    that, which nobody here knows: 湖北省 before one's own city.
    """
    rest = NO_PLACE.sub(" ", front)
    for names in above:
        found = next((n for n in names if n in rest), "")
        rest = rest.rpartition(found)[2] if found else rest
    return "".join(PLACE.findall(rest))


def above_names(node: Organization, book: NameBook) -> list[list[str]]:
    """Return the names of what lies above an organization, the highest first."""
    paths = [path for path in ancestor_paths(node.path) if path in book.nodes]
    return [_names(book.nodes[path]) for path in paths]


def _names(node: Organization) -> list[str]:
    """Return the names of an organization, the longest first."""
    plain = {node.name, node.full_name}
    names = plain | {SHORT.sub("", name) for name in plain}
    return sorted((n for n in names if len(n) > 1), key=len, reverse=True)
