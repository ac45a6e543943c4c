"""What stands on each page: one frozen struct a page, which is its JSON and CSV twin too.

A field that is a tuple of structs is a list of the page; the other fields are its single values.
"""
