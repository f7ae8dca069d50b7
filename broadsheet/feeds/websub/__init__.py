"""WebSub (W3C Recommendation of 23 January 2018): telling those who subscribe to a feed as soon as it changes.

Either by the paper's own hub, which this is, or by another that `WEBSUB_HUB` names and that is only told what changed.
"""
