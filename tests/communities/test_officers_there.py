"""Who chairs or writes the minutes was there; the page leads to whose line says not."""

from communities.enums import MeetingKind
from tests.communities.test_pages import minutes_data, record_url
from tests.factories.members import CheckInFactory


def test_a_chair_marked_absent_is_refused_at_the_field_and_at_the_line(
    enter, keeper, branch, li, han
):
    data = minutes_data(li, absent=[li.pk], **{f"reason_{li.pk}": "illness"})

    page = enter(keeper).post(record_url(branch), data)

    assert [*page.context["form"].errors] == ["chair", "recorder"]
    assert f'<a href="#absent-{li.pk}">到名单中的 李明</a>' in page.content.decode()
    assert f'id="absent-{li.pk}"' in page.content.decode()


def test_a_chair_from_elsewhere_is_refused_at_the_line_of_guests(
    enter, secretary, east, branch, li
):
    guest = CheckInFactory(community=east).member
    data = {**minutes_data(li), "chair": guest.pk}

    page = enter(secretary).post(record_url(branch), data)

    body = page.content.decode()
    assert [*page.context["form"].errors] == ["chair"]
    assert f'<a href="#guest-{guest.pk}">' in body
    assert "<details open>" in body


def test_a_chair_who_was_not_called_is_refused_at_the_box_that_calls(
    enter, secretary, branch, li, han
):
    data = {**minutes_data(li), "called": [han.pk]}

    page = enter(secretary).post(record_url(branch, MeetingKind.COMMITTEE), data)

    assert f'<a href="#called-{li.pk}">' in page.content.decode()
