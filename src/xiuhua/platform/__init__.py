"""The room `platform`."""
