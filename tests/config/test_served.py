"""What people meet through nginx and gunicorn as deployed: failures and crowds."""

import shutil
import statistics
import threading
import time
from contextlib import closing, contextmanager

import psycopg2
import pytest
from playwright.sync_api import expect, sync_playwright

from accounts.actions import set_password
from communities.enums import ProjectTag
from tests.browser.conftest import CHROMIUM, QUIET, READER
from tests.config.installations import run_manage
from tests.config.served import ADDRESS, HOST, Served, Visitor, folder_of
from tests.core.clusters import Cluster
from tests.factories.members import MemberFactory, identity_number

pytestmark = [
    pytest.mark.drill,
    pytest.mark.machine,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "only-for-this-drill-1949"
HASHER = "django.contrib.auth.hashers.PBKDF2PasswordHasher"  # of production
CONNECTIONS = 24
START = "/projects/start/"
PROJECTS = "SELECT count(*) FROM communities_project WHERE name = %s"
NUMBER = identity_number(7)


@pytest.fixture
def cluster(branch, secretary, settings):
    """A database server of the drill's own, with one secretary and one member."""
    settings.PASSWORD_HASHERS = [HASHER]
    set_password(secretary, password=PASSWORD)
    MemberFactory(organization=branch, id_number=NUMBER)
    cluster = Cluster()
    try:
        cluster.settings = f"-c max_connections={CONNECTIONS}"
        cluster.start()
        cluster.fill()
        cluster.call("createuser", "-h", "127.0.0.1", "-p", str(cluster.port), "app")
        granted = run_manage("grant_access", "app", DATABASE_URL=cluster.url)
        assert granted.returncode == 0, granted.stderr
        yield cluster
        if cluster.is_running():
            cluster.kill()
    finally:
        shutil.rmtree(cluster.folder)


@pytest.fixture
def served(cluster, tmp_path):
    database = cluster.url.replace("postgres@", "app@")
    patience = {"read_timeout 90s": "read_timeout 8s"}
    served = Served(folder_of(tmp_path), database, **patience)
    try:
        served.start()
        yield served
    finally:
        served.stop()


@pytest.fixture
def visitor(served, secretary):
    """The secretary, signed in, and what her form of a new project holds."""
    visitor = Visitor()
    answer = visitor.sign_in(secretary.username, PASSWORD)
    assert answer.status == 302, served.log("gunicorn") + answer.text
    return visitor


@pytest.fixture
def form(visitor, east):
    return {
        **visitor.fields_of(START),
        "name": "邻里食堂",
        "tag": ProjectTag.values[0],
        "organization": f"{east.pk}",
        "unit": "",
        "last_day": "",
    }


def saved(cluster):
    return cluster.rows(PROJECTS, "邻里食堂")[0][0]


def in_words(answer, *words):
    """Whether an answer is a page in words that says when to ask again."""
    assert (answer.status, answer.retry_after) == (503, "60"), answer.text[:300]
    return [word for word in words if word not in answer.text] == []


@contextmanager
def locked(cluster, table="communities_project"):
    """Hold a table against every writer while the block runs."""
    with closing(psycopg2.connect(cluster.url)) as link:
        link.cursor().execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield
        link.rollback()


def waiting(cluster):
    """The processes of the database server that wait for a lock."""
    said = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return [pid for (pid,) in cluster.rows(said)]


def wait_for(found, seconds=30):
    until = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < until
        time.sleep(0.1)
    return value


class Sending(threading.Thread):
    """Sends a form beside the test."""

    def __init__(self, visitor, form):
        super().__init__(daemon=True)
        self.visitor, self.form, self.answer = visitor, form, None
        self.start()

    def run(self):
        self.answer = self.visitor.ask(START, self.form)

    def result(self):
        self.join(120)
        return self.answer


def test_each_way_to_be_without_the_database_is_said_in_words(
    served, cluster, visitor, form
):
    # stopped
    cluster.stop()
    page, sent = visitor.ask("/desk/"), visitor.ask(START, form)
    monitor = Visitor()
    alive, ready = monitor.ask("/healthz"), monitor.ask("/readyz")
    assert in_words(page, "没有执行", "一分钟")
    assert in_words(sent, "没有执行", "重新提交")
    assert (alive.status, ready.status) == (200, 503)
    cluster.start()
    assert visitor.ask("/desk/").status == 200
    assert saved(cluster) == 0

    # cut while the form is being saved
    with locked(cluster):
        sending = Sending(visitor, form)
        (pid,) = wait_for(lambda: waiting(cluster))
        cluster.rows("SELECT pg_terminate_backend(%s)", pid)
        assert in_words(sending.result(), "要么", "不会重复")
    assert saved(cluster) == 0

    # others write for longer than nginx waits
    with locked(cluster):
        late = Sending(visitor, form).result()
        assert (late.status, late.retry_after) == (504, "60")
        assert "系统暂时打不开" in late.text
        assert "只登记一次" in late.text
    wait_for(lambda: saved(cluster) == 1)

    # sent again: what the late one saved is not saved twice
    again = visitor.ask(START, form)
    assert again.status in {302, 409}
    assert saved(cluster) == 1

    # every connection taken by others
    with every_connection_taken(cluster):
        full = [visitor.ask("/desk/") for _n in range(24)]
    refused = [answer for answer in full if answer.status != 200]
    assert all(in_words(answer, "没有执行") for answer in refused)
    assert len(refused) > 0
    assert visitor.ask("/desk/").status == 200
    assert "Traceback" not in "".join(answer.text for answer in full)


@contextmanager
def every_connection_taken(cluster):
    """Leave the server no connection, those of the application included."""
    cluster.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = 'drill' AND pid <> pg_backend_pid()"
    )
    taken = []
    try:
        while len(taken) < CONNECTIONS:
            try:
                taken.append(psycopg2.connect(cluster.url))
            except psycopg2.OperationalError:
                break
        yield
    finally:
        for link in taken:
            link.close()
    time.sleep(0.5)


def test_what_was_typed_is_offered_again_when_the_database_is_back(
    served, cluster, secretary, east
):
    rules = f"--host-resolver-rules=MAP {HOST} {ADDRESS}"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, rules]
        )
        page = chromium.new_context(ignore_https_errors=True, **READER).new_page()
        page.goto(f"https://{HOST}/sign-in/")
        page.fill("#id_username", secretary.username)
        page.fill("#id_password", PASSWORD)
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        page.goto(f"https://{HOST}{START}")
        page.fill("#id_name", "邻里食堂")
        page.select_option("#id_tag", ProjectTag.values[0])
        page.select_option("#id_organization", f"{east.pk}")

        cluster.stop()
        with page.expect_navigation() as failed:
            page.click(".form-card button[type=submit]")
        status, said = failed.value.status, page.content()
        cluster.start()
        page.goto(f"https://{HOST}{START}")
        offer = page.locator("[data-draft]")
        expect(offer).to_contain_text("服务器没有答复")
        page.click("[data-draft] [data-restore]")
        typed = page.input_value("#id_name")
        with page.expect_navigation():
            page.click(".form-card button[type=submit]")
        chromium.close()

    assert (status, "没有执行" in said, typed) == (503, True, "邻里食堂")
    assert saved(cluster) == 1


def test_the_log_has_the_client_s_address_whatever_the_client_says(
    served, cluster, secretary
):
    liar = Visitor("127.0.0.5", **{"X-Forwarded-For": "8.8.8.8, 10.0.0.1"})
    other = Visitor("127.0.0.6")

    for visitor in (liar, other):
        assert visitor.sign_in("nobody-of-this-name", "wrong").status == 200
        assert visitor.sign_in(secretary.username, PASSWORD).status == 302

    told = "SELECT DISTINCT address FROM accounts_auditentry WHERE channel = 'page'"
    tried = "SELECT DISTINCT host(ip_address) FROM axes_accessattempt"
    both = {"127.0.0.5", "127.0.0.6"}
    assert {address for (address,) in cluster.rows(told)} == both
    assert {address for (address,) in cluster.rows(tried)} == both


def test_no_number_that_is_typed_or_shown_reaches_the_log_of_nginx(
    served, visitor, secretary
):
    phone = "13912345678"
    known = visitor.fields_of("/members/find/")
    found = visitor.ask("/members/find/", {**known, "number": NUMBER, "reason": "核对"})
    visitor.ask("/members/find/", {**known, "number": phone, "reason": "核对"})
    if (target := found.headers.get("Location")) is not None:
        visitor.ask(target.removeprefix(f"https://{HOST}"))
    visitor.ask("/members/")
    Visitor("127.0.0.9").sign_in(phone, PASSWORD)
    Visitor("127.0.0.9").sign_in(NUMBER, PASSWORD)

    logs = "".join(
        (served.folder / name).read_text() for name in ("access.log", "error.log")
    )
    assert "POST /members/find/" in logs
    secrets = (NUMBER, NUMBER[6:14], phone, PASSWORD)
    assert [secret for secret in secrets if secret in logs] == []


SLOW, BROWSING, SECONDS = 20, 5, 60
PAGES = ["/desk/", "/members/", "/posts/", "/projects/"]


def test_slow_clients_hold_nobody_up(served, visitor, capsys):
    over = threading.Event()
    slow = [threading.Thread(target=trickle, args=(over,)) for _n in range(SLOW)]
    times, failed = [], []

    def browse():
        turn = 0
        while not over.is_set():
            began = time.monotonic()
            answer = visitor.ask(PAGES[turn % len(PAGES)])
            times.append(time.monotonic() - began)
            if answer.status not in {200, 302}:
                failed.append(answer.status)
            turn += 1
            time.sleep(0.5)

    users = [threading.Thread(target=browse) for _n in range(BROWSING)]
    for thread in (*slow, *users):
        thread.start()
    time.sleep(SECONDS)
    over.set()
    for thread in (*slow, *users):
        thread.join(60)

    p95 = statistics.quantiles(times, n=20)[-1]
    with capsys.disabled():
        said = f"{len(times)} pages, median {statistics.median(times):.2f} s"
        print(
            f"\n{SLOW} slow clients beside {BROWSING} people: {said}, p95 {p95:.2f} s"
        )
    assert failed == []
    assert len(times) > 3 * SECONDS
    assert p95 < 2


def trickle(over):
    """Send a form of a megabyte at a kilobyte a second."""
    link = Visitor().connect()
    link.putrequest("POST", "/sign-in/", skip_host=True)
    link.putheader("Host", HOST)
    link.putheader("Content-Type", "application/x-www-form-urlencoded")
    link.putheader("Content-Length", str(1_000_000))
    link.endheaders()
    try:
        while not over.is_set():
            link.send(b"x" * 1000)
            time.sleep(1)
    except OSError:  # nginx gave the client up
        pass
    finally:
        link.close()
