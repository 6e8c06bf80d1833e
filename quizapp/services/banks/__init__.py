"""Question banks: taking them in, looking through them."""
