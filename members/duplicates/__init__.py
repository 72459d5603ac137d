"""Records that may be one person's: how they are met, and what a merged one keeps."""
