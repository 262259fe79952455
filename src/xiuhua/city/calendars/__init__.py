"""Calendars: when people work, which days are off, and what deadline follows from a limit."""
