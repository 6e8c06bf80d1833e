"""Backups: one file that holds the database and what it takes to read and verify it; restoring, and the drill."""
