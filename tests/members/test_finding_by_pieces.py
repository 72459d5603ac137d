"""Members are found by any part of a name or its initials, and by an index of pairs."""

import pytest

from core.db.pieces import pieces_of
from members.models import Member
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NAMES = ("张伟芳", "单雄信", "欧阳明", "阿卜杜拉·买买提", "Anna Smith", "郑霏")
FOUND = {
    "张": {"张伟芳"},
    "伟芳": {"张伟芳"},
    "张芳": set(),
    "霏": {"郑霏"},
    "zwf": {"张伟芳"},
    "ZWF": {"张伟芳"},
    "wf": {"张伟芳"},
    "zhang wei": {"张伟芳"},
    "weifang": {"张伟芳"},
    "shan": {"单雄信"},
    "danxiong": {"单雄信"},
    "oym": {"欧阳明"},
    "买买提": {"阿卜杜拉·买买提"},
    "拉·买": {"阿卜杜拉·买买提"},
    "拉•买": {"阿卜杜拉·买买提"},
    "anna s": {"Anna Smith"},
    "SMITH": {"Anna Smith"},
    "x": {"单雄信"},
    "50%": set(),
    "_f": set(),
    "没有": set(),
}


@pytest.fixture
def people(east):
    """Members with names of each kind."""
    return [MemberFactory(organization=east, name=name) for name in NAMES]


@pytest.mark.parametrize("text", FOUND)
@pytest.mark.usefixtures("people")
def test_the_same_members_are_found_on_either_database(text):
    found = {member.name for member in Member.objects.named(text)}

    assert found == FOUND[text]


def test_a_text_is_looked_for_by_its_pairs_and_a_character_by_itself():
    assert pieces_of("伟芳华") == ["伟芳", "芳华"]
    assert pieces_of("霏") == ["霏"]
    assert pieces_of("z") == []
    assert pieces_of("ß") == []  # which is two letters in capitals
