from institutions.models.registry import Institution, Region

__all__ = ["Institution", "Region"]
