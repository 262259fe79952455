"""Files of reports brought in through the console: looked into, mapped, tried, taken in by a job."""
