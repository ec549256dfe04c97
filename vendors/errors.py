"""What the rules about vendors may refuse."""
