"""Deeds that need two people: one proposes with a reason, another decides; a kind's own service knows what is done."""
