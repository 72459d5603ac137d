"""The tools start what the tests need where a machine has no servers of its own."""

from pathlib import Path

import pytest

from config.environment import read

FOLDER = "/srv/jiedao-pg-a1"
TOOLS = Path(__file__).parent.parent / "tools"


@pytest.fixture
def services(monkeypatch):
    """The tool that starts temporary servers."""
    monkeypatch.syspath_prepend(str(TOOLS))
    import services  # noqa: PLC0415 -- tools are no package

    return services


def test_the_settings_take_the_address_of_a_temporary_server(services, monkeypatch):
    address = services.address_at_socket(FOLDER, "jiedao_7")
    monkeypatch.setenv("DATABASE_URL", address)

    database = read("DATABASE_URL")

    assert (database["HOST"], database["USER"], database["NAME"]) == (
        FOLDER,
        "postgres",
        "jiedao_7",
    )
