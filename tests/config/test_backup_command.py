"""What `manage.py backup` takes from its command line."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_keeping_no_backup_at_all_is_refused_before_anything_is_done(number, tmp_path):
    with pytest.raises(CommandError, match="不是 1 或更大的整数"):
        call_command("backup", str(tmp_path), f"--keep={number}")
    assert not list(tmp_path.iterdir())
