"""Cases in brief: what maps and boards read, kept beside the loop by the worker."""
