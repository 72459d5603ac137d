"""What a day after which nothing may stand does to other records."""
