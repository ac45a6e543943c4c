"""Written output: select records, cite them, render prose."""
