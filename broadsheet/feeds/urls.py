"""Addresses of feeds (RSS at `feed/`, the other formats below it) and of what crawlers ask for."""

from django.urls import path, re_path

from broadsheet.feeds import file_views, map_views, oembed, views
from broadsheet.feeds.partners import views as partners
from broadsheet.feeds.websub import hub_views
from broadsheet.stories.urls import STORY

urlpatterns = [
    path("-/partners/ninjs/", partners.ninjs_feed, name="partners_ninjs"),
    path("-/partners/ninjs/<int:pk>/", partners.ninjs_item, name="partners_ninjs_item"),
    path("-/partners/newsml-g2/", partners.newsml_feed, name="partners_newsml"),
    path("-/partners/newsml-g2/<int:pk>/", partners.newsml_item, name="partners_newsml_item"),
    path("oembed/", oembed.oembed, name="oembed"),
    path(f"{STORY}oembed.json", oembed.story_oembed, name="story_oembed"),
    path("-/websub/", hub_views.hub, name="websub_hub"),
    path("robots.txt", map_views.robots, name="robots"),
    path(".well-known/tdmrep.json", map_views.text_and_data_mining, name="tdmrep"),
    path(".well-known/security.txt", file_views.security, name="security_txt"),
    path(".well-known/trust.txt", file_views.trust, name="trust_txt"),
    path("trust.txt", file_views.trust, name="trust_txt"),
    path("ads.txt", file_views.ads, name="ads_txt"),
    path("feeds.opml", file_views.opml, name="opml"),
    path("sitemap.xml", map_views.sitemap_index, name="sitemap_index"),
    re_path(
        r"^sitemap-(?P<kind>pages|sections|topics|contributors)-(?P<number>0|[1-9][0-9]{0,8})\.xml$",
        map_views.sitemap,
        name="sitemap",
    ),
    path("news-sitemap.xml", map_views.news, name="news_sitemap"),
    path("feed/", views.paper_feed, name="feed"),
    path("feed/<slug:form>/", views.paper_feed, name="feed"),
    path("section/<uslug:slug>/feed/", views.section_feed, name="section_feed"),
    path("section/<uslug:slug>/feed/<slug:form>/", views.section_feed, name="section_feed"),
    path("topic/<uslug:slug>/feed/", views.topic_feed, name="topic_feed"),
    path("topic/<uslug:slug>/feed/<slug:form>/", views.topic_feed, name="topic_feed"),
    path("by/<uslug:slug>/feed/", views.contributor_feed, name="contributor_feed"),
    path("by/<uslug:slug>/feed/<slug:form>/", views.contributor_feed, name="contributor_feed"),
]
