"""Watching over a running exam: who is heard, what phones tell, who needs help, what to do about it."""
