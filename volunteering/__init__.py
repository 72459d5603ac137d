"""Posts by need, claimed online, served and confirmed."""
