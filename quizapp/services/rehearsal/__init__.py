"""A rehearsal: the coming exam played on a copy of the instance by people who do not exist."""
