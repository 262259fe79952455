"""The room `postgres`."""
