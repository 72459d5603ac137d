"""What the page of a case shows of a member."""
