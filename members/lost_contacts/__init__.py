"""Members without contact: the last proof of it, and the mark of a search."""
