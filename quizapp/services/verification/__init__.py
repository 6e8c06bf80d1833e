"""Checking a whole instance: the database, every chain, every signature, every result from its answers again."""
