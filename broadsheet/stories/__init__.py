"""Stories: what the paper writes, where it stands, and how readers see it.

Owns: Story, its blocks, YearPage, MonthPage, InformationPage; every read of published stories.
May call: pages and all rooms below.
"""
