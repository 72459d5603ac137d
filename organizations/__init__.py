"""What everything hangs on: the tree, resident units, months, code lists, rules."""
