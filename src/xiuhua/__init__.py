"""Xiuhua (绣花): an open city-management platform."""

__version__ = "0.1.0"
