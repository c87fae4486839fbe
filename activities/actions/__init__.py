"""What the office does with activities; one module per stage word."""
