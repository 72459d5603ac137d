"""Pages of co-building."""
