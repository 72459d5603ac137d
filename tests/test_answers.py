"""What every answer of an installation carries, and what none is led astray by."""

import logging

import pytest
from django.urls import reverse

from core.web import hosts
from tests.access_matrix.base import PEOPLE
from tests.factories.accounts import PASSWORD
from tests.test_access_matrix import ACCESS, body_of, signed_in

READERS = {
    name: [person for person in PEOPLE[1:] if access.own[person] == 200]
    for name, access in ACCESS.items()
    if access.method == "get"
}
OWN_HOST = "dangjian.example.cn"


@pytest.mark.parametrize("name", sorted(n for n in READERS if READERS[n]))
def test_no_page_of_somebody_signed_in_is_kept_or_fetches_from_elsewhere(name, world):
    access = ACCESS[name]

    answer = signed_in(world.people[READERS[name][0]]).get(
        reverse(name, args=access.args(world)[0])
    )
    body_of(answer)

    policy = answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy.replace("upgrade-insecure-requests", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_request_for_another_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = [OWN_HOST]

    hosts = (OWN_HOST, "evil.example", f"{OWN_HOST}.evil.example")
    answers = [client.get("/sign-in/", headers={"host": host}) for host in hosts]

    assert [answer.status_code for answer in answers] == [200, 400, 400]
    assert "请求无法读取" in answers[1].content.decode()


def test_requests_for_other_hosts_write_one_short_line(client, settings, caplog):
    settings.ALLOWED_HOSTS = [OWN_HOST]
    hosts.log.filters[0].passed.clear()

    for number in range(20):
        host = f"evil{number}.example" if number else "x" * 5_000 + ".example"
        client.get("/sign-in/", headers={"host": host})

    [line] = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert (line.name, line.exc_info) == ("core.web.hosts", None)
    assert len(line.getMessage()) < 400
    assert "ALLOWED_HOSTS" in line.getMessage()


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_host(client, secretary, address):
    sent = {"username": secretary.username, "password": PASSWORD, "next": address}

    answer = client.post(f"{reverse('accounts:sign_in')}?next={address}", sent)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith("//")
