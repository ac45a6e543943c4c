"""The web pages and REST interface of one casebook, served on this machine.

``detente serve`` runs it; ``app.build`` gives the ASGI application.
"""
