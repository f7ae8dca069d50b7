"""Changes: the one log of what changed in what readers see, written in the transaction that changed it.

Owns: Change, FollowerPosition, FollowerTurn; appending to the log and following it.
May call: kit.
"""
