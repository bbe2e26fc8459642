"""zhiquan (知泉): the public service, a Django project with one app per capability, standing on patmark."""

__version__ = "0.1.0"
