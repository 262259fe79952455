"""Checklists and inspections: findings, scores, rectification and recheck, rounds over many things, rankings."""
