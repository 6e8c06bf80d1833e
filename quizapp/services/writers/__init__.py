"""Files that people take away: what the formats write, packed into its container."""
