"""Rules as data: the algebra, its reading from TOML or JSON values, and its exact evaluation."""
