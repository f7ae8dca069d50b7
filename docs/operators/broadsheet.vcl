# Varnish (6.0 or newer, with vmod xkey: Debian's package varnish-modules) in front of Broadsheet.
vcl 4.1;

import std;
import xkey;

backend paper {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = {
        .url = "/healthz";
        .interval = 2s;
        .timeout = 2s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# Who may purge: the machines that run `broadsheet serve`.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(403));
        }
        if (req.http.xkey-purge) {
            set req.http.purged = xkey.purge(req.http.xkey-purge);
        } else if (req.http.xkey-softpurge) {
            set req.http.purged = xkey.softpurge(req.http.xkey-softpurge);
        } else {
            return (synth(400));
        }
        return (synth(200, "Purged " + req.http.purged));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # The newsroom and people's own pages are not kept. Of readers' pages no cookie is sent on: they are the same for all.
    if (req.url ~ "^/(newsroom|account|documents|healthz|readyz|-/live)(/|$|\?)") {
        return (pass);
    }
    unset req.http.Cookie;
    # Old pages are shown for a moment while the new one is fetched, and for days only when the paper does not answer.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 60s;
    }
    return (hash);
}

sub vcl_backend_response {
    if (beresp.http.Surrogate-Control ~ "max-age=\d+" && !beresp.http.Set-Cookie) {
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, ".*max-age=(\d+).*", "\1") + "s", 0s);
        set beresp.grace = 0s;
        if (beresp.http.Surrogate-Control ~ "stale-while-revalidate=\d+") {
            set beresp.grace = std.duration(
                regsub(beresp.http.Surrogate-Control, ".*stale-if-error=(\d+).*", "\1") + "s", 60s);
        }
        set beresp.keep = 1d; # to be asked for again by its ETag
        set beresp.http.xkey = beresp.http.Surrogate-Key;
    } else if (beresp.http.Cache-Control ~ "(no-store|private)" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
    }
    # An error is not kept, and not put in the place of a page that is old.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
}

sub vcl_deliver {
    unset resp.http.Surrogate-Key;
    unset resp.http.Surrogate-Control;
    unset resp.http.xkey;
    set resp.http.X-Cache = obj.hits > 0;
}
