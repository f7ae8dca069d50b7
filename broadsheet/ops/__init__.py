"""Ops: what the operator needs to keep the paper up.

Owns: health, the broadsheet serve command, system checks.
May call: every room but config.
"""
