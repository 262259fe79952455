"""Figures: indicators computed over facts, each with the records behind it."""
