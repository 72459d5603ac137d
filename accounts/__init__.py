"""Who may sign in, what they hold, what they did."""
