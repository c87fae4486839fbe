"""What the office does: one function per act, change and record in one transaction."""
