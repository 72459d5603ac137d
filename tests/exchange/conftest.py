"""Each test stores its files in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def attachment_dir(settings, tmp_path):
    """Return the folder of this test's uploads."""
    settings.ATTACHMENT_DIR = tmp_path / "attachments"
    return settings.ATTACHMENT_DIR
