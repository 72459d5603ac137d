"""Co-building agreements with resident units, and their targets."""
