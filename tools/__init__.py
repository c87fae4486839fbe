"""What stands behind portal.py: the environment, the first run, the test lanes. Standard library only."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
