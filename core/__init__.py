"""What every app uses and no app owns; it has no tables and no terms of the field."""
