"""Files of a test lie in its own folder."""

import pytest


@pytest.fixture(autouse=True)
def attachment_dir(settings, tmp_path):
    """Return where this test's uploads lie."""
    settings.ATTACHMENT_DIR = tmp_path / "attachments"
    return settings.ATTACHMENT_DIR
