"""Projects, meetings and attendance of communities."""
