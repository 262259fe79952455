"""Tables as offices send them: workbooks and texts in any encoding, read row by row, with what is wrong and where."""
