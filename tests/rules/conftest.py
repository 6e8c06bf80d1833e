"""Rules need no application: only how many examples hypothesis tries, and that it never races the clock."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("rules")
