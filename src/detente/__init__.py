"""Détente: the file on how states deal with each other."""

__version__ = "0.1.0"
