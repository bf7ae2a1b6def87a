"""One frozen dataclass per answer; the terminal, JSON and pages all show the same one."""
