"""Is it safe to go? Everything that has to be right before an evening on which everybody hands in at once."""
