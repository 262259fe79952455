"""The room `packs`."""
