"""Community branches at work: meetings, attendance, quorum."""
