"""Handbooks: taking an edition in, reading it, searching it."""
