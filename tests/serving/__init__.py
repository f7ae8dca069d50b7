"""`broadsheet serve` as its operator has it: real processes, real signals, readers who never stop asking."""
