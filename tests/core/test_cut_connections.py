"""After a cut connection or during a restart of the database, requests are answered."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Timer

import psycopg2
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

from core.db.cut_connections import was_cut
from core.web.middleware import RETRY_SECONDS
from organizations.models import Organization

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class Worker:
    """A thread of a web server: it keeps its connection from request to request."""

    def __init__(self, pool):
        self._pool = pool

    def run(self, function, *args):
        return self._pool.submit(function, *args).result()

    def keep_connection(self):
        connection.settings_dict |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
        connection.close()
        connection.connect()

    def get(self, address):
        """Ask as a web server does, signals of the request included."""
        status = []
        environ = RequestFactory().get(address).environ

        def start_response(line, _headers):
            status.append(int(line.split()[0]))

        answer = WSGIHandler()(environ, start_response)
        body = b"".join(answer).decode()
        answer.close()
        return status[0], body

    def process(self):
        return connection.connection.info.backend_pid


@pytest.fixture
def worker(city):
    """A worker that has answered one request."""
    with ThreadPoolExecutor(1) as pool:
        worker = Worker(pool)
        worker.run(worker.keep_connection)
        assert worker.run(worker.get, "/posts/")[0] == 200
        yield worker
        worker.run(lambda: connection.close())  # noqa: PLW0108 -- of its own thread


class Server:
    """The database server, seen from another of its databases."""

    def run(self, sql, *params):
        known = connection.get_connection_params() | {"dbname": "postgres"}
        known.pop("cursor_factory", None)
        with closing(psycopg2.connect(**known)) as other:
            other.autocommit = True
            other.cursor().execute(sql, params)

    def allow_connections(self, whether):
        name = connection.settings_dict["NAME"]
        self.run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {whether}')


@pytest.fixture
def server():
    """A server that accepts connections again after the test."""
    yield Server()
    Server().allow_connections(True)


def cut(server, worker):
    server.run("SELECT pg_terminate_backend(%s)", worker.run(worker.process))
    time.sleep(0.1)  # until the process has ended


def test_the_request_after_a_cut_connection_is_answered(worker, server):
    before = worker.run(worker.process)
    cut(server, worker)

    status, _body = worker.run(worker.get, "/posts/")

    assert status == 200
    assert worker.run(worker.process) != before


def test_a_request_while_the_database_restarts_connects_a_second_time(worker, server):
    server.allow_connections(False)
    cut(server, worker)
    Timer(RETRY_SECONDS / 2, server.allow_connections, [True]).start()

    status, _body = worker.run(worker.get, "/posts/")

    assert status == 200


def test_without_a_database_the_answer_says_so_and_the_process_still_lives(
    worker, server
):
    server.allow_connections(False)
    cut(server, worker)

    status, body = worker.run(worker.get, "/posts/")
    alive, _ok = worker.run(worker.get, "/healthz")
    ready, failing = worker.run(worker.get, "/readyz")

    assert (status, alive, ready) == (503, 200, 503)
    assert "没有执行" in body
    assert "database" in failing


def read_in_parts():
    """Read rows as a long list of options is read: part by part from the server."""
    rows = Organization.objects.all().query.get_compiler("default")
    parts = rows.execute_sql(chunked_fetch=True)
    next(parts)
    return parts


def test_a_connection_cut_while_options_are_read_is_known_as_cut(worker, server):
    parts = worker.run(read_in_parts)
    cut(server, worker)

    with pytest.raises(psycopg2.Error) as failure:
        worker.run(parts.close)

    assert was_cut(failure.value)
