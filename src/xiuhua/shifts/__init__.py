"""Shifts and the field: who is on duty, handovers, patrol tracks, what a phone carries along."""
