import CCurl

extension Transfer {
    /// What holds for every request, whatever it asks.
    func setGuards(_ request: HTTPRequest, _ proxy: HTTPProxy?, isLonely: Bool) -> Bool {
        // Not known to all versions, and not needed: a slow name server no longer holds us up when we give up.
        _ = set(CCURL_OPT_QUICK_EXIT, 1)
        return set(CCURL_OPT_PROTOCOLS, CCURL_PROTOCOLS_HTTP_AND_HTTPS)
            && set(CCURL_OPT_FOLLOWLOCATION, 0) && set(CCURL_OPT_NETRC, 0) && set(CCURL_OPT_NOSIGNAL, 1)
            && set(CCURL_OPT_DISALLOW_USERNAME_IN_URL, 1) && set(CCURL_OPT_SUPPRESS_CONNECT_HEADERS, 1)
            // What the environment says was read before, so that it can be told.
            && set(CCURL_OPT_PROXY, proxy?.address ?? "") && set(CCURL_OPT_NOPROXY, "")
            && set(CCURL_OPT_CONNECTTIMEOUT_MS, milliseconds(request.limits.connecting))
            && set(CCURL_OPT_TIMEOUT_MS, milliseconds(request.limits.total))
            && set(CCURL_OPT_TCP_NODELAY, 1) && set(CCURL_OPT_FORBID_REUSE, isLonely ? 1 : 0)
    }

    func setEncryption(_ tls: TLSOptions) -> Bool {
        // The upper half of the number is the highest version.
        set(CCURL_OPT_SSLVERSION, tls.minimum.rawValue | tls.maximum.rawValue << 16)
            && set(CCURL_OPT_SSL_VERIFYPEER, tls.isVerified ? 1 : 0)
            && set(CCURL_OPT_SSL_VERIFYHOST, tls.isVerified ? 2 : 0)
            && (tls.authorities.map { set(CCURL_OPT_CAINFO, $0) } ?? true)
            && set(CCURL_OPT_CERTINFO, 1)
            // OpenSSL leaves out what is old by itself, and then nobody could tell whether a server takes it.
            && (tls.maximum >= .tls12 || set(CCURL_OPT_SSL_CIPHER_LIST, "DEFAULT@SECLEVEL=0"))
    }

    func setRequest(_ request: HTTPRequest) -> Bool {
        // One that was built without HTTP/2 does as well as it can, unless HTTP/2 is what was asked for.
        let hasVersion = set(CCURL_OPT_HTTP_VERSION, request.version.curl)
        var isSet = set(CCURL_OPT_URL, request.url) && (hasVersion || request.version == .best)
        if !request.body.isEmpty {
            isSet = isSet && set(body: request.body)
        }
        if request.method == "HEAD" {
            isSet = isSet && set(CCURL_OPT_NOBODY, 1)
        } else if request.method != "GET" || !request.body.isEmpty {
            isSet = isSet && set(CCURL_OPT_CUSTOMREQUEST, request.method)
        }
        isSet = isSet && set(CCURL_OPT_HTTPHEADER, lines: request.headerLines)
        // For whatever host and port the URL names.
        if let other = request.connectTo { isSet = isSet && set(CCURL_OPT_CONNECT_TO, lines: ["::\(other)"]) }
        return isSet
    }

    /// libcurl makes a copy of it.
    private func set(body: [UInt8]) -> Bool {
        guard unsafe ccurl_set_size(handle, Int32(CCURL_OPT_POSTFIELDSIZE_LARGE), Int64(body.count)) == 0 else {
            return false
        }
        return unsafe body.withUnsafeBytes {
            let start = unsafe UnsafeMutableRawPointer(mutating: $0.baseAddress)
            return unsafe ccurl_set_pointer(handle, Int32(CCURL_OPT_COPYPOSTFIELDS), start) == 0
        }
    }

    private func set(_ option: Int, _ value: Int) -> Bool {
        unsafe ccurl_set_number(handle, Int32(option), value) == 0
    }

    private func set(_ option: Int, _ value: String) -> Bool {
        unsafe ccurl_set_text(handle, Int32(option), value) == 0
    }

    /// libcurl only borrows a list.
    private func set(_ option: Int, lines: [String]) -> Bool {
        var list: UnsafeMutableRawPointer?
        for line in lines {
            guard let longer = unsafe ccurl_list_append(list, line) else {
                if let list = unsafe list { unsafe ccurl_list_free(list) }
                return false
            }
            unsafe list = longer
        }
        guard let list = unsafe list else { return true }
        unsafe lists.append(list)
        return unsafe ccurl_set_pointer(handle, Int32(option), list) == 0
    }

    private func milliseconds(_ duration: Duration) -> Int { max(1, duration.wholeNanoseconds / 1_000_000) }
}

extension HTTPVersionChoice {
    fileprivate var curl: Int {
        switch self {
        case .best: CCURL_HTTP_VERSION_2TLS
        case .http1: CCURL_HTTP_VERSION_1_1
        case .http2: CCURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
        }
    }
}
