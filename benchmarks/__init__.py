"""How fast Nemcon answers, measured against named peers: `./run python -m benchmarks`."""
