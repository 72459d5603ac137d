"""A record opened in two windows: what a person left alone is not called theirs."""

import pytest
from django.urls import resolve, reverse

from accounts.models import User
from core.audit import AuditEvent, record_many
from core.errors import EditConflict
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.shown_values import SEPARATOR, touched_fields
from core.web.views import ChangeView
from organizations.models import CodeItem
from tests.factories.members import MemberFactory
from tests.factories.volunteering import PostFactory, listed_skill
from tests.html import read
from tests.test_access_matrix import ACCESS, signed_in

BACKEND = "accounts.backends.UsernameOrPhone"


def form_at(client, address):
    """Return the page's own form as a browser would send it."""
    forms = read(client.get(address)).posting()
    return next(form for form in forms if form.action == address)


def stale(token):
    """Return the token of a form that was opened before the record changed."""
    return SEPARATOR.join(["0" * 32, *token.split(SEPARATOR)[1:]])


def change_pages(world):
    """Yield the address of every page that corrects a record, and who may open it."""
    for name, access in ACCESS.items():
        if "change" not in name.partition(":")[2]:
            continue  # `args` of others may create rows
        address = reverse(name, args=access.args(world)[0])
        view = getattr(resolve(address).func, "view_class", object)
        if issubclass(view, ChangeView):
            person = next(p for p, status in access.own.items() if status == 200)
            yield address, signed_in(world.people[person])


def test_no_field_that_was_left_alone_is_called_the_person_s_own(world):
    pages = list(change_pages(world))
    assert len(pages) >= 6

    for address, client in pages:
        form = form_at(client, address)
        sent = form.sent(**{VERSION_TOKEN: stale(form.value(VERSION_TOKEN))})
        answer = client.post(address, sent)

        assert (answer.status_code, answer.context["conflicts"]) == (409, []), address
        left = answer.context["form"]
        assert touched_fields(left, left.data[VERSION_TOKEN]) == set(), address


@pytest.mark.parametrize("page", ["members:change", "admin:members_member_change"])
def test_saving_again_takes_no_other_change_back(client, staff, branch, page):
    member = MemberFactory(organization=branch)
    client.force_login(staff, backend=BACKEND)
    address = reverse(page, args=[member.pk])
    first, second = (form_at(client, address) for _window in range(2))
    client.post(address, first.sent(address="丹桂路1号", ethnicity="回族"))

    conflict = client.post(address, second.sent(remark="核对过"))
    again = next(f for f in read(conflict).posting() if f.action == address)
    client.post(address, again.sent())

    member.refresh_from_db()
    assert (member.address, member.ethnicity) == ("丹桂路1号", "回族")
    assert member.remark == "核对过"
    form = conflict.context.get("adminform")
    rows = form.form.conflicts() if form else conflict.context["conflicts"]
    assert [row.yours for row in rows] == ["核对过"]


@pytest.mark.parametrize("page", ["members:change", "admin:members_member_change"])
def test_one_s_own_change_in_another_window_is_called_so(client, staff, branch, page):
    member = MemberFactory(organization=branch)
    client.force_login(staff, backend=BACKEND)
    address = reverse(page, args=[member.pk])
    first, second = (form_at(client, address) for _window in range(2))
    client.post(address, first.sent(address="丹桂路1号"))

    page = client.post(address, second.sent(remark="核对过")).content.decode()

    assert "您在另一个窗口" in page
    assert "别人" not in page


@pytest.mark.parametrize("is_own", [True, False])
def test_every_page_tells_whose_change_it_was(world, is_own):
    for address, client in change_pages(world):
        form = form_at(client, address)
        person = client.session["_auth_user_id"]
        by = User.objects.get(pk=person) if is_own else None
        row = resolve(address)
        model = row.func.view_class.model
        changed = model._default_manager.get(pk=row.kwargs["pk"])
        record_many([AuditEvent(changed, action="members.change_member")], by=by)

        sent = form.sent(**{VERSION_TOKEN: stale(form.value(VERSION_TOKEN))})
        page = client.post(address, sent).content.decode()

        assert ("您在另一个窗口" in page) is is_own, address
        assert (str(EditConflict()) in page) is not is_own, address


def test_what_both_windows_changed_is_compared(client, staff, branch):
    member = MemberFactory(organization=branch)
    client.force_login(staff, backend=BACKEND)
    address = reverse("members:change", args=[member.pk])
    first, second = (form_at(client, address) for _window in range(2))
    client.post(address, first.sent(address="丹桂路1号"))

    answer = client.post(address, second.sent(address="银杏巷2号"))

    rows = [(row.yours, row.now) for row in answer.context["conflicts"]]
    assert rows == [("银杏巷2号", "丹桂路1号")]


@pytest.fixture
def post(east):
    for code in ("law", "medicine", "driving", "cooking"):
        listed_skill(code)
    return PostFactory(organization=east, skills=["law"])


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (["law", "medicine"], ["law", "driving"], {"law", "medicine", "driving"}),
        (["medicine"], ["law", "driving"], {"medicine", "driving"}),
        ([], ["law", "driving"], {"driving"}),
        (["law", "medicine"], [], {"medicine"}),
        (["law", "medicine"], ["law", "medicine"], {"law", "medicine"}),
    ],
)
def test_ticks_of_two_windows_are_merged_one_by_one(
    client, secretary, post, first, second, both
):
    client.force_login(secretary, backend=BACKEND)
    address = reverse("volunteering:change", args=[post.pk])
    one, two = (form_at(client, address) for _window in range(2))
    client.post(address, one.sent(skills=first))

    conflict = client.post(address, two.sent(skills=second))
    again = next(f for f in read(conflict).posting() if f.action == address)
    client.post(address, again.sent())

    post.refresh_from_db()
    assert conflict.status_code == 409
    assert {*post.skills} == both


def test_only_ticks_that_differ_are_compared(client, secretary, post):
    client.force_login(secretary, backend=BACKEND)
    address = reverse("volunteering:change", args=[post.pk])
    one, two = (form_at(client, address) for _window in range(2))
    client.post(address, one.sent(skills=["law", "medicine"], title="换了名称"))

    conflict = client.post(address, two.sent(skills=["law", "driving"]))

    driving = CodeItem.objects.get(code_list="skills", code="driving").label
    rows = [(row.yours, row.now) for row in conflict.context["conflicts"]]
    assert rows == [(driving, "")]
