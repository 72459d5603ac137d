"""Members' names are normalized on entry, found in any spelling, sorted by sound."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from core.names import BadName
from core.pinyin import search_key, sort_key
from members.actions import change_member
from members.models import Member
from tests.factories.cobuilding import AgreementFactory
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import CommunityFactory

TYPED = [
    "买买提·吐尔逊",
    "买买提•吐尔逊",
    "买买提 ‧ 吐尔逊",
    "买买提\u200b・吐尔逊",
    "maimaiti",
]


def rows_of(answer):
    context = answer.context
    if "cl" in context:
        return list(context["cl"].result_list)
    return [row.record for row in context["table"].rows]


def test_a_name_is_stored_in_its_normal_spelling(branch):
    member = MemberFactory(organization=branch, name=" 武　云\u200b")
    other = MemberFactory(organization=branch, name="李明")
    change_member(other, by=None, name="李\u200e 明明")

    stored = list(Member.objects.order_by("pk").values_list("name", "sound"))

    assert stored == [("武云", "wuyun wy"), ("李明明", "limingming lmm")]
    assert member.name == "武云"


@pytest.mark.parametrize("name", ["<b>王芳</b>", "王芳😀", "王芳2", "·"])
def test_the_actions_refuse_texts_that_are_not_names(branch, name):
    member = MemberFactory(organization=branch)

    with pytest.raises(BadName):
        MemberFactory(organization=branch, name=name)
    with pytest.raises(BadName):
        change_member(member, by=None, name=name)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize(
    ("url", "query"),
    [
        ("members:list", "q"),
        ("admin:members_member_changelist", "q"),
        ("admin:members_affiliation_changelist", "q"),
    ],
)
def test_every_search_for_members_normalizes_the_typed_text(
    client, staff, branch, url, query, typed
):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    MemberFactory(organization=branch, name="买买提·吐尔逊")
    MemberFactory(organization=branch, name="李明")

    found = rows_of(client.get(reverse(url), {query: typed}))

    assert [str(row).partition(" ")[0] for row in found] == ["买买提·吐尔逊"]


@pytest.mark.parametrize(
    "typed", ["云栖（东）中学", "云栖(东)中学", "云栖 （东）　中学"]
)
def test_units_are_found_with_either_kind_of_brackets(client, staff, east, typed):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    agreement = AgreementFactory(organization=east, unit__name="云栖（东）中学")

    listed = rows_of(client.get(reverse("cobuilding:list"), {"unit": typed}))
    units = reverse("admin:organizations_unit_changelist")
    in_admin = rows_of(client.get(units, {"q": typed}))

    assert (listed, in_admin) == ([agreement], [agreement.unit])


def test_communities_are_found_however_typed(client, street):
    CommunityFactory(parent=street, name="丹桂社区")
    member = MemberFactory(in_service=True, name="周来")
    client.force_login(account_of(member), backend="accounts.backends.UsernameOrPhone")

    page = client.get(reverse("members:check_in"), {"q": "丹 桂\u200b社区"})

    assert [c.name for c in page.context["communities"]] == ["丹桂社区"]


def test_the_list_keeps_one_surname_together(browser, branch):
    for name in ("程安", "陈刚", "程怡", "陈怡", "曾华", "岑安"):
        MemberFactory(organization=branch, name=name)

    listed = rows_of(browser.get(reverse("members:list")))

    assert [m.name for m in listed] == ["岑安", "陈刚", "陈怡", "程安", "程怡", "曾华"]


def test_earlier_rows_get_normalized_names_and_sort_keys(branch):
    typed, markup = MemberFactory.create_batch(2, organization=branch)
    rows = Member.objects.filter(pk=typed.pk)
    rows.update(name="曾　华", sound="cenghua ch", sort_key="")
    Member.objects.filter(pk=markup.pk).update(name="<王>", sound="", sort_key="")

    migration = import_module("members.migrations.0002_sort_key")
    migration.rebuild_keys(apps, SimpleNamespace(connection=connection))

    stored = Member.objects.order_by("pk").values_list("name", "sound", "sort_key")
    assert list(stored) == [
        ("曾华", search_key("曾华"), sort_key("曾华")),
        ("<王>", search_key("<王>"), sort_key("<王>")),
    ]
