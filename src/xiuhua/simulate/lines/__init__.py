"""The lines of business in the fictional district: what is entered, inspected, ordered, planned and written."""
