"""People: who they are and where, changing them, their one-time codes, and rosters from files; one file a verb."""
