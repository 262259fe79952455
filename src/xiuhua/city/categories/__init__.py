"""The room `categories`."""
