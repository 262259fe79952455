"""Rules over events, figures and dates: what they raise waits for a person."""
