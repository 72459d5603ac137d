"""Back up an installation into one encrypted file, and restore it from there."""
