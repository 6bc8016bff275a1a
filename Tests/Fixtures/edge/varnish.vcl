# The edge of the worked example: what may be kept is kept, pages of people are not, and one route can be purged.
vcl 4.1;

import std;

backend origin {
    .host = "127.0.0.1";
    .port = "@ORIGIN@";
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(405));
        }
        return (purge);
    }
    if (req.method == "BAN") {
        if (client.ip !~ purgers) {
            return (synth(405));
        }
        # Exactly this page. The lurker cannot look at a request, so the page's address stands in the object.
        if (!std.ban("obj.http.x-url == " + req.url + " && obj.http.x-host == " + req.http.host)) {
            return (synth(400, std.ban_error()));
        }
        return (synth(200, "Banned"));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # A cookie or a credential makes it somebody's own page, and a preview is for its author alone.
    if (req.http.Authorization || req.http.Cookie) {
        return (pass);
    }
    return (hash);
}

sub vcl_backend_response {
    set beresp.http.x-url = bereq.url;
    set beresp.http.x-host = bereq.http.host;
    if (beresp.http.Set-Cookie || beresp.http.Cache-Control ~ "(?i)private|no-store" || beresp.http.Vary ~ "(?i)cookie") {
        set beresp.uncacheable = true;
        set beresp.ttl = 60s;
        return (deliver);
    }
    set beresp.grace = 0s;
}

sub vcl_deliver {
    unset resp.http.x-url;
    unset resp.http.x-host;
    @MISTAKE@
}
