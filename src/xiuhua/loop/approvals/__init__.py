"""Applications that wait for a verdict: who asked, why, and what keeps them from being asked without end."""
