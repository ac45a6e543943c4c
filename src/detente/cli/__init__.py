"""The command line: thin wrappers over ``detente.api``, one file per command group."""
