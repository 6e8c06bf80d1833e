"""Sentences for people are marked where they are written and translated at the edge."""


def N_(sentence: str) -> str:
    """Mark a sentence for translation and return it unchanged."""
    return sentence
