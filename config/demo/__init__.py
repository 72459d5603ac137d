"""Made-up installations to look at: seeded, synthetic, built through the actions."""
