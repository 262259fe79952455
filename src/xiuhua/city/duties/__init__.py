"""The room `duties`."""
