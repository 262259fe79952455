"""What an operator needs: signs of life, upkeep, figures for monitoring, examination, backup and restore."""
