"""CDN: caches of others in front of the paper, told what they hold and what of it to forget.

Owns: the keys and lifetimes that stored pages carry for a CDN, the purger that follows the change log, the providers.
May call: changes, the page store. Nothing else in the house talks to a CDN.
"""
