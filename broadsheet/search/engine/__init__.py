"""The search engine behind an interface of ours (`interface.py`): tantivy today, another one later."""
