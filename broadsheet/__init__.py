"""Broadsheet: a newsroom's publishing system for journalism that stays free to read."""
