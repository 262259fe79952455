"""Search: texts by words of two characters and more, declared fields, contacts; what is reported again and again."""
