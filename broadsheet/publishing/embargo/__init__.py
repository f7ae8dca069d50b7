"""The embargo clock: has what is planned happen at its second, each by itself.

`run_clock.py` waits; `agenda.py` knows what comes next; `carry_out.py` does it; `first_publication.py` does most of it
beforehand; `failures.py` keeps what could not be done.
"""
