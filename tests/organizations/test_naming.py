"""Names that offices use for a branch, and the branch they mean."""

import pytest

from organizations.actions import create_organizations, end_organization
from organizations.errors import (
    AmbiguousOrganization,
    OutsideChosenOrganization,
    OutsideOwnArea,
    UnknownOrganization,
)
from organizations.naming import NameBook, normalize_name


def community(code, name, parent, **branches):
    """Return the rows from which a community with its branches is created."""
    yield {
        "code": code,
        "name": name,
        "full_name": f"中共云栖街道{name}总支部委员会",
        "kind": "community",
        "parent": parent,
    }
    for short, (own, full, alias) in branches.items():
        yield {
            "code": f"{code}-{short}",
            "name": own,
            "full_name": full,
            "kind": "branch",
            "parent": code,
            "aliases": [alias] if alias else [],
        }


@pytest.fixture
def tree(db):
    """Two streets: 云栖街道 with 丹桂 and 银杏, 望江街道 with 柳岸."""
    streets = [
        {"code": "LJ", "name": "临江市", "kind": "city", "parent": None},
        {"code": "YQ", "name": "云栖街道", "kind": "street", "parent": "LJ"},
        {"code": "WJ", "name": "望江街道", "kind": "street", "parent": "LJ"},
    ]
    full = {
        "LJ": "中共临江市委员会",
        "YQ": "中共临江市滨河区云栖街道工作委员会",
        "WJ": "中共临江市滨河区望江街道工作委员会",
    }
    rows = [{**row, "full_name": full[row["code"]]} for row in streets]
    for code, name in (("A", "丹桂社区"), ("B", "银杏社区")):
        first = f"{name}第一党支部", f"中共云栖街道{name}第一支部委员会", ""
        second = (
            f"{name}第二党支部",
            f"中共云栖街道{name}第二支部委员会",
            f"{name}老年支部",
        )
        rows += community(code, name, "YQ", one=first, two=second)
    rows += community(
        "C", "柳岸社区", "WJ", one=("柳岸老兵支部", "中共柳岸老兵支部", "")
    )
    return create_organizations(rows, by=None)


def find(tree, text, *, chosen="A", top="YQ"):
    """Return the code of the organization that a record keeper of `top` means."""
    node = NameBook().find(
        text,
        chosen=tree[chosen],
        can_manage=lambda path: path.startswith(tree[top].path),
    )
    return node.code


@pytest.mark.parametrize(
    "text",
    [
        "丹桂社区第一党支部",
        "中共云栖街道丹桂社区第一支部委员会",
        "第一党支部",
        "第一支部",
        "一支部",
        "第 一 党 支 部",
        "第1党支部",
        "1支部",
        "丹桂一支部",
        "丹桂社区党总支第一支部",
        "丹桂社区党总支第一党支部",
        "云栖街道丹桂社区第一党支部",
        "临江市滨河区云栖街道丹桂社区第一党支部",
        "中国共产党云栖街道丹桂社区第一支部委员会",
        "丹桂社区第一党支部（共16人）",
        "丹桂社区（第一党支部）",
    ],
)
def test_a_branch_is_known_under_every_way_to_write_it(tree, text):
    assert find(tree, text) == "A-one"


def test_an_alias_counts_as_a_name(tree):
    assert find(tree, "丹桂社区老年支部") == "A-two"


def test_an_ordinal_beyond_ten_keeps_its_numeral():
    assert (
        normalize_name("丹桂第11党支部")
        == normalize_name("丹桂第十一支部")
        == "丹桂第十一支部"
    )


def test_a_full_name_is_valid_in_the_street_s_own_sheet(tree):
    assert find(tree, "丹桂一支部", chosen="YQ") == "A-one"


def test_a_short_name_in_the_street_s_sheet_names_the_candidates(tree):
    with pytest.raises(
        AmbiguousOrganization, match="丹桂社区第一党支部、银杏社区第一党支部"
    ):
        find(tree, "第一党支部", chosen="YQ")


def test_an_alias_valid_within_a_community_is_not_valid_above_it(tree):
    tree["A-one"].aliases.create(name="红旗支部", within=tree["A"])

    assert find(tree, "红旗支部", chosen="A") == "A-one"
    with pytest.raises(AmbiguousOrganization, match="丹桂社区第一党支部"):
        find(tree, "红旗支部", chosen="YQ")


def test_a_branch_outside_one_s_area_is_refused_as_such(tree):
    with pytest.raises(OutsideOwnArea):
        find(tree, "柳岸老兵支部")


def test_a_branch_outside_the_chosen_community_is_refused_as_such(tree):
    with pytest.raises(OutsideChosenOrganization, match="丹桂社区"):
        find(tree, "银杏社区第一党支部")


def test_an_unknown_name_is_refused(tree):
    with pytest.raises(UnknownOrganization, match="第九党支部"):
        find(tree, "丹桂社区第九党支部")


def test_an_ended_branch_has_no_name_any_more(tree):
    end_organization(tree["A-two"], by=None, reason="撤销")

    with pytest.raises(UnknownOrganization):
        find(tree, "丹桂社区第二党支部")


def test_the_book_costs_two_queries(tree, django_assert_num_queries):
    with django_assert_num_queries(2):
        NameBook()
