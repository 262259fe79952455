"""Duties: who answers for what, where and when; gaps, overlaps, and dry runs of drafts."""
