"""The room `city`."""
