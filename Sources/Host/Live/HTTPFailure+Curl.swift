import CCurl

extension HTTPFailure.Cause {
    /// What a code of libcurl comes down to; one that we do not know is no HTTP that we understand.
    init(curl code: Int) {
        switch code {
        // 67: a user name in the URL. A scheme that is none was refused before: the code for it says HTTP/0.9 here.
        case CCURL_E_URL_MALFORMAT, 67: self = .request
        case CCURL_E_COULDNT_RESOLVE_HOST, CCURL_E_COULDNT_RESOLVE_PROXY: self = .resolve
        case CCURL_E_COULDNT_CONNECT, CCURL_E_PROXY: self = .connect
        case CCURL_E_OPERATION_TIMEDOUT: self = .timeout
        // Of the engine, a cipher, an authority, a pin and the like.
        case CCURL_E_SSL_CONNECT_ERROR, CCURL_E_PEER_FAILED_VERIFICATION, CCURL_E_SSL_CACERT_BADFILE, 53, 54, 58, 59,
            66,
            80, 82, 83, 90, 91:
            self = .tls
        case CCURL_E_PARTIAL_FILE, CCURL_E_GOT_NOTHING, CCURL_E_SEND_ERROR, CCURL_E_RECV_ERROR, CCURL_E_HTTP2_STREAM:
            self = .cut
        case CCURL_E_OUT_OF_MEMORY: self = .unavailable
        default: self = .protocol
        }
    }
}
