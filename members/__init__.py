"""Party members and what happens to their membership."""
