"""Answers that came too late: seen by those who may decide, counted by two people's decision, told to the trainee."""
