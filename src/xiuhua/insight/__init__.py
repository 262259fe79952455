"""What is counted: facts exported from the log to columns, indicators over them, appraisals."""
