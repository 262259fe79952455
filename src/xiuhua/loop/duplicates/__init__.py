"""Duplicates: which reports and cases speak of the same problem, by place, time, category and text."""
