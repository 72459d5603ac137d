"""What filing and tasks from above cost the communities (S0-05, S2-29, S3-09)."""
