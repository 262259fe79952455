"""Ledgers: dated entries with quantities that are never changed, their balances and their sums."""
