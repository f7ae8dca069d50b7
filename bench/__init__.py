"""For: measuring speed and growth (see README.md here).

Owns: nothing; each module is one claim with a `main()`.
May call: any room.
"""
