"""Returns, dashboard and summaries: every number computed, every number opens."""
