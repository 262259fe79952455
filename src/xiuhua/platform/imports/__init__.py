"""Tables brought in: read row by row, taken in batch by batch; in the console looked into, mapped, tried, followed."""
