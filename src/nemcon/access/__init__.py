"""Who may submit what: the one guarded way into a record, and how a record holds entries."""
