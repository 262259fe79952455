"""The room `loop`."""
