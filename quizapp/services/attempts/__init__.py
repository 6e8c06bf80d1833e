"""Attempts: start, save, hand in, close, mark, review; one file a verb."""
