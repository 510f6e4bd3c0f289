"""The admin panel runs on a site class of ours."""

from django.contrib.admin.apps import AdminConfig


class SiteAdminConfig(AdminConfig):
    default_site = "config.admin.StewardSite"
