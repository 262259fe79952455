"""Suggestions at intake: category, filing condition, unit, deadline, urgency, each with confidence and why."""
