"""Texts of the bureau: drafted, approved, numbered, published, in force until a day, revised, revoked."""
