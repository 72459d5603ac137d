"""Plain rows for tests, one module an app."""
