"""The tables of link normalisation: names that say nothing of which article a link means.

An id depends on every entry. A change is a new `LINK_RULES_VERSION` in
`pantau_schemas.links.canonical`, and what a former version made of a link must stay available
there: stored articles are known by it.

Sources: the parameters that ClearURLs, Neat URL and the readers Miniflux and FreshRSS remove, those
that the sites in question document, and links of real Indonesian and English feeds.
"""

from typing import Final

TRACKING_PREFIXES_1: Final = (
    "utm_", "mtm_", "piwik_", "matomo_", "hsa_", "at_custom", "wt_mc",
)  # fmt: skip
"""Beginnings of names of parameters that only say where a reader came from, of version 1."""

TRACKING_PARAMETERS_1: Final = frozenset(
    {
        "__s", "__twitter_impression", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "at_campaign",
        "at_medium", "cmpid", "dclid", "dicbo", "ef_id", "epik", "fb_action_ids", "fb_action_types",
        "fb_ref", "fb_source", "fbclid", "ga_campaign", "ga_content", "ga_medium", "ga_source",
        "ga_term", "gaa_at", "gaa_n", "gaa_sig", "gaa_ts", "gad_source", "gbraid", "gclid",
        "gclsrc", "guccounter", "guce_referrer", "guce_referrer_sig", "hsctatracking", "igsh",
        "igshid", "int_cid", "li_fat_id", "mc_cid", "mc_eid", "mibextid", "mkt_tok",
        "ml_subscriber", "ml_subscriber_hash", "msclkid", "ns_campaign", "ns_fee", "ns_mchannel",
        "ns_source", "oly_anon_id", "oly_enc_id", "pk_campaign", "pk_cid", "pk_content",
        "pk_keyword", "pk_kwd", "pk_medium", "pk_source", "rb_clickid", "s_cid", "s_kwcid", "smid",
        "spjobid", "spmailingid", "spreportid", "spuserid", "sr_share", "tblci", "trk_contact",
        "trk_module", "trk_msg", "trk_sid", "ttclid", "twclid", "vero_conv", "vero_id", "wbraid",
        "xtor", "yclid", "ysclid",
    }
)  # fmt: skip
"""Names, in lower case, of parameters that only say where a reader came from, of version 1."""

TRACKING_PREFIXES_2: Final = (*TRACKING_PREFIXES_1, "at_", "ns_", "pk_", "ga_", "trk_", "vero_")
"""Beginnings of names, of version 2."""

TRACKING_PREFIXES: Final = (
    *TRACKING_PREFIXES_2, "_bta_", "_x_tr_", "cm_mmc", "cx_", "itm_", "jxreco", "relatedposts_",
    "wt.mc",
)  # fmt: skip
"""Beginnings of names, as above."""

TRACKING_PARAMETERS_2: Final = TRACKING_PARAMETERS_1 | frozenset(
    {
        # Named by publishers in the links of their own feeds and newsletters.
        "ref", "referrer", "referer", "ref_src", "ref_url", "refsrc", "refid", "source", "from",
        "partner", "emc", "ito", "ocid", "maca", "srsltid", "smtyp", "ftag", "ncid", "ns_mail_uid",
        "icid", "ico", "cmp", "campaign_id", "partnerid", "soc_src", "soc_trk", "wprov", "wtrid",
        "ref_cta", "ref_loc", "ref_type", "shared", "sharetype", "traffic_source", "ss_source",
        "ss_campaign_id", "recruiter", "uqid", "nlid", "s_campaign", "cmp_id", "sc_campaign",
        "sc_channel", "sc_content", "sc_country", "sc_geo", "sc_medium", "sc_outcome", "sp_mid",
        "sp_rid", "rss_source", "xsource",
        # Sessions.
        "phpsessid", "jsessionid", "sessionid", "session_id", "aspsessionid", "cfid", "cftoken",
        "zenid", "oscsid",
        # Click ids of advertisers and networks.
        "_branch_match_id", "_kx", "action_object_map", "action_ref_map", "action_type_map",
        "gad_campaignid", "irclickid", "irgwc", "rdt_cid", "sccid", "scclid", "spm", "vgo_ee",
        "wickedid", "ymclid", "yadclid",
    }
)  # fmt: skip
"""Names, in lower case, of parameters that only say where a reader came from, of version 2."""

TRACKING_PARAMETERS: Final = TRACKING_PARAMETERS_2 | frozenset(
    {
        # Buttons and programs for sharing, and where a link was shared.
        "share", "share_id", "share_source", "shareid", "sharesource", "sharetoken", "sharing",
        "via", "viashare", "fb_comment_id", "replytocom", "sumber",
        # Readers' accounts and gifts of publishers.
        "gift", "giftid", "giftlink", "google_btn", "isfreemail", "lgn_method",
        "showwelcomeonshare", "triedredirect", "unlocked_article_code",
        # Places within a site, named by publishers.
        ".tsrc", "__source", "feedname", "feedtype", "fsrc", "itid", "jxconn", "leadsource", "sref",
        "srnd", "tag_from", "tsrc", "wpisrc", "wpmm",
        # Programs of sites.
        "__tn__", "amp_tf", "ampshare", "doing_wp_cron", "nonamp", "usqp",
        # Newsletters, campaigns and feeds.
        "__hsfp", "__hssc", "__hstc", "bxid", "cndid", "dm_i", "echobox", "elqtrack", "elqtrackid",
        "emci", "emdi", "esrc", "from_rss", "fromrss", "hootpostid", "int_medium", "int_source",
        "intcampaign", "intcid", "internal_source", "is_from_webapp", "mbid", "nr_email_referer",
        "oft_id", "rssfeed", "sc_src", "sender_device", "sfmc_sub", "sms_click", "sms_source",
        "spot_im_redirect_source", "tpcc", "trackingid", "tracking_id", "trkcampaign",
        "utmcampaign", "utmmedium", "utmsource",
    }
)  # fmt: skip
"""Names, in lower case, of parameters that only say where a reader came from."""

TWIN_PARAMETERS_2: Final[dict[str, frozenset[str] | None]] = {
    "page": frozenset({"all"}),
    "pages": frozenset({"all"}),
    "showpage": frozenset({"all"}),
    "single": frozenset({"1", "true"}),
    "amp": None,
    "amp_js_v": None,
    "amp_gsa": None,
    "outputtype": frozenset({"amp"}),
    "output": frozenset({"amp"}),
    "view": frozenset({"amp"}),
    "m": frozenset({"0", "1"}),  # Blogger
    "mobile": frozenset({"0", "1", "true"}),
}
"""Parameters that show the same article in another form, of version 2; with which values, None:
any."""

TWIN_PARAMETERS: Final[dict[str, frozenset[str] | None]] = TWIN_PARAMETERS_2 | {
    "action": frozenset({"print"}),
    "allpages": frozenset({"1", "true", "yes"}),
    "app": frozenset({"1", "true"}),
    "device": frozenset({"mobile"}),
    "feature": frozenset({"share", "shared"}),
    "format": frozenset({"amp"}),
    "from_app": frozenset({"1", "true"}),
    "fromapp": frozenset({"1", "true"}),
    "full": frozenset({"1", "true", "yes"}),
    "fullpage": frozenset({"1", "true", "yes"}),
    "halaman": frozenset({"all", "semua"}),
    "ismobile": frozenset({"1", "true"}),
    "isamp": frozenset({"1", "true"}),
    "layout": frozenset({"amp"}),
    "m": frozenset({"0", "1", "true"}),
    "mobile": frozenset({"0", "1", "true", "yes"}),
    "mode": frozenset({"amp"}),
    "noamp": frozenset({"1", "available", "mobile", "true"}),
    "onepage": frozenset({"1", "true", "yes"}),
    "output": frozenset({"amp", "print"}),
    "page": frozenset({"all", "full", "semua"}),
    "print_page": frozenset({"1", "true", "yes"}),
    "printable": frozenset({"1", "true", "yes"}),
    "print": frozenset({"", "1", "print", "true", "y", "yes"}),
    "rss": frozenset({"1", "true", "yes"}),
    "showall": frozenset({"1", "true", "y", "yes"}),
    "singlepage": frozenset({"1", "true", "yes"}),
    "template": frozenset({"amp"}),
    "type": frozenset({"amp"}),
    "view": frozenset({"all", "amp", "full", "mobile"}),
    "webview": frozenset({"1", "true"}),
}
"""Parameters, as above."""

FEED_VALUES: Final = frozenset({"rss", "rss-feed", "rss2", "rss_feed", "rssfeed"})
"""Values that say of any parameter that the link was found in a feed."""

HOST_PREFIXES: Final = ("www.", "m.", "amp.", "mobile.", "wap.", "touch.")
"""Beginnings of hosts that show the same pages in another form."""

INDEX_PAGES: Final = frozenset(
    f"{name}.{ending}"
    for name in ("index", "default")
    for ending in ("html", "htm", "shtml", "php", "asp", "aspx", "jsp")
)
"""Last segments of a path that stand for the folder."""

REDIRECTS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    # host (its end, at a dot), path (its beginning), parameters that hold the address
    ("l.facebook.com", "/l.php", ("u",)),
    ("lm.facebook.com", "/l.php", ("u",)),
    ("www.facebook.com", "/l.php", ("u",)),
    ("l.instagram.com", "/", ("u",)),
    ("l.threads.net", "/", ("u",)),
    ("l.threads.com", "/", ("u",)),
    ("bing.com", "/news/apiclick.aspx", ("url",)),
    ("duckduckgo.com", "/l/", ("uddg",)),
    ("youtube.com", "/redirect", ("q",)),
    ("vk.com", "/away.php", ("to",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("out.reddit.com", "/", ("url",)),
    ("slack-redir.net", "/link", ("url",)),
    ("safelinks.protection.outlook.com", "/", ("url",)),
    ("steamcommunity.com", "/linkfilter", ("url", "u")),
    ("redirect.viglink.com", "/", ("u",)),
    ("go.skimresources.com", "/", ("url",)),
    ("click.linksynergy.com", "/", ("murl",)),
    ("disq.us", "/url", ("url",)),
    ("linkedin.com", "/redir/redirect", ("url",)),
    ("medium.com", "/r", ("url",)),
    ("exit.sc", "/", ("url",)),
    ("translate.google.com", "/translate", ("u",)),
    ("news.google.com", "/news/url", ("url",)),
)
"""Services whose links only redirect. Google's (`/url`, alerts) have a host for every country."""

REDIRECT_PARAMETERS: Final = ("url", "u", "to", "target", "dest", "destination", "redirect", "goto")
"""Parameters that hold the address in a link of any other site that only leads on."""

REDIRECT_PAGES: Final = frozenset(
    {
        "redirect", "redirect.php", "redir", "redir.php", "rd", "out", "out.php", "away",
        "away.php", "go", "go.php", "goto", "click", "click.php", "klik", "klik.php", "exit",
        "leave", "jump", "track", "r",
    }
)  # fmt: skip
"""Last segments of the path of a link of any site that only leads on."""
