"""What changed for a person, told as it happens: server-sent events over one reader of the log."""
