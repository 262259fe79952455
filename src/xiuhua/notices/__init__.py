"""Notices: people and other systems are told what happened, what grows late, and what the day holds."""
