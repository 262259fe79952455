"""The board of the day: what is wrong now, who is late, is it getting better; each number opens to its records."""
