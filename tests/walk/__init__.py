"""A small world whose people work through the pages alone, in any order."""
