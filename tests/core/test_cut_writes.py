"""A write whose connection is cut is answered in words; repeated, it runs once."""

from contextlib import closing
from itertools import count

import psycopg2
import pytest
from django.db import close_old_connections, connection
from django.urls import reverse

from members.models import Member
from tests.client import Browser
from tests.factories.members import identity_number
from tests.html import read

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ADMIT = reverse("members:admit")
SEVERAL = 20


class Cut:
    """Ends this connection from another one, before a statement of a given number."""

    def __init__(self, before):
        self.before = before
        self.done = False

    def __call__(self, execute, sql, params, many, context):
        self.before -= 1
        if self.before < 0 and not self.done:
            self.done = True
            ours = context["connection"].connection.info.backend_pid
            known = connection.get_connection_params()
            known.pop("cursor_factory", None)
            with closing(psycopg2.connect(**known)) as other:
                other.cursor().execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
        return execute(sql, params, many, context)


def test_a_write_cut_at_any_statement_is_503_and_repeated_written_once(
    secretary, branch
):
    browser, wrong = Browser(raise_request_exception=False), []
    browser.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    for number in count():
        name = f"李{chr(0x4E00 + number)}"
        page = read(browser.get(ADMIT))
        form = next(form for form in page.posting() if "name" in form.fields)
        sent = form.sent(
            name=name,
            id_number=identity_number(number + 1),
            organization=branch.pk,
            category="resident",
            standing="full",
            join_date="2010-07-01",
        )
        cut = Cut(number)
        with connection.execute_wrapper(cut):
            answer = browser.post(ADMIT, sent)
        close_old_connections()  # as between the requests of a server
        again = browser.post(ADMIT, sent)

        in_words = "要么全部完成，要么全部撤回" in answer.content.decode()
        written = Member.objects.filter(name=name).count()
        if not cut.done:
            break
        outcome = (answer.status_code, in_words, again.status_code, written)
        if outcome != (503, True, 302, 1):
            wrong.append((number, *outcome))

    assert number > SEVERAL
    assert wrong == []
    assert wrong == []
