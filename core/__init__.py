"""What every app stands on and no app owns: no tables, no nouns of the field."""
