"""For: preparing a machine, running the checks, and starting the servers that tests need.

Owns: nothing at run time; no file of the `broadsheet` package may import it.
May call: the standard library, and what `requirements/dev.txt` installs.
"""
