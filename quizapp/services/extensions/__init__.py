"""More time at an exam: looking at what a grant would do, granting it, and what was granted; one file a deed."""
