"""What a rule and a roll imply: power, pivots, and what another course would change."""
