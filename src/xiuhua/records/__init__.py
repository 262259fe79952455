"""Things and what is known of each: registers that packs declare, records, change requests."""
