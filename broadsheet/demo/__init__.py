"""Demo: a believable invented paper, and synthetic archives for measuring.

Owns: the Eastmere Courier's texts and pictures, their loader.
May call: every room but config.
"""
