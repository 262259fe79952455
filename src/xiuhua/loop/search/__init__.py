"""Search: texts by words of two characters and more, declared fields, contacts, and what is reported again and again."""
