"""Proceedings: whatever a procedure of a pack runs that is neither a report nor a case."""
