"""Lists: cases and reports by any filters, exported, saved as filters, and acted on as a whole."""
