"""The address of a database whose server listens in a folder, on no port."""

from urllib.parse import quote


def address_at_socket(folder: str, database: str) -> str:
    """Return the address as the settings take it: the folder is written as a host."""
    return f"postgres://postgres@{quote(folder, safe='')}/{database}"
