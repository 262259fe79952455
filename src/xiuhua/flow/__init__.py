"""The room `flow`."""
