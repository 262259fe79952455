"""The room `areas`."""
