"""The tools start what the tests need where a machine has no servers of its own."""

from pathlib import Path

from config.environment import read

FOLDER = "/srv/jiedao-pg-a1"
TOOLS = Path(__file__).parent.parent / "tools"


def test_the_settings_take_the_address_of_a_temporary_server(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    from socket_address import address_at_socket  # noqa: PLC0415 -- tools are no package

    address = address_at_socket(FOLDER, "jiedao_7")
    monkeypatch.setenv("DATABASE_URL", address)

    database = read("DATABASE_URL")

    assert (database["HOST"], database["USER"], database["NAME"]) == (
        FOLDER,
        "postgres",
        "jiedao_7",
    )
