"""Jobs: what is done outside of the transaction that asked for it, at least once, and shown when it fails."""
