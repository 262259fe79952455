"""Plans, rosters, campaigns, results decided elsewhere, and the calendar of what is due."""
