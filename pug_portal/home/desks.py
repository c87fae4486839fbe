"""What needs attention today."""


def blocks_for(user):
    return []


def quick_acts(user):
    return []
