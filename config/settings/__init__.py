"""Settings: `base` for all, then one module each for demo, test and production."""
