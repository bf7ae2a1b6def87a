"""The server as Django knows it."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """Templates, files and filters of the pages."""

    name = "nemcon.server"
    label = "nemcon_server"
