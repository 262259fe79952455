"""The room `units`."""
