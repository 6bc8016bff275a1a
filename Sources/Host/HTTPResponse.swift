/// What a server answered.
package struct HTTPResponse: Hashable, Sendable {
    /// 100 to 599 as servers have it; whatever three digits came.
    package var status: Int
    /// `1.0`, `1.1`, `2`; empty when unknown.
    package var version: String
    /// In order, as they came; those of interim answers (1xx) are left out.
    package var headers: [HTTPHeader]
    /// The first `HTTPLimits.kept` bytes of the body, as they came over the wire.
    package var body: [UInt8]
    /// All bytes of the body, kept or not.
    package var bodyBytes: Int
    package var times: HTTPTimes
    /// `ADDRESS:PORT` of whom we were connected to; empty when unknown.
    package var remoteAddress: String
    /// The connection was there already.
    package var isConnectionReused: Bool
    /// The proxy that was used, without its password.
    package var proxy: String?
    /// What the encryption was; `nil` without any.
    package var tls: TLSFacts?

    package init(
        status: Int,
        version: String = "1.1",
        headers: [HTTPHeader] = [],
        body: [UInt8] = [],
        bodyBytes: Int? = nil,
        times: HTTPTimes = HTTPTimes(),
        remoteAddress: String = "",
        isConnectionReused: Bool = false,
        proxy: String? = nil,
        tls: TLSFacts? = nil
    ) {
        self.status = status
        self.version = version
        self.headers = headers
        self.body = body
        self.bodyBytes = bodyBytes ?? body.count
        self.times = times
        self.remoteAddress = remoteAddress
        self.isConnectionReused = isConnectionReused
        self.proxy = proxy
        self.tls = tls
    }

    /// Less of the body is kept than came.
    package var isTruncated: Bool { body.count < bodyBytes }
}

/// When what had happened, in microseconds after the beginning; 0 for what did not happen.
package struct HTTPTimes: Hashable, Sendable {
    package var nameLookup: Int
    package var connect: Int
    /// The end of the handshake.
    package var tls: Int
    package var firstByte: Int
    package var total: Int

    package init(nameLookup: Int = 0, connect: Int = 0, tls: Int = 0, firstByte: Int = 0, total: Int = 0) {
        self.nameLookup = nameLookup
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }
}

package struct TLSFacts: Hashable, Sendable {
    /// Such as `TLSv1.3`; empty where libcurl does not tell (it is over something else than OpenSSL).
    package var version: String
    package var cipher: String
    /// As the server showed them, its own first. Empty on a connection that was used again.
    package var certificates: [CertificateFacts]

    package init(version: String = "", cipher: String = "", certificates: [CertificateFacts] = []) {
        self.version = version
        self.cipher = cipher
        self.certificates = certificates
    }
}

package struct CertificateFacts: Hashable, Sendable {
    /// Such as `CN = example.org`.
    package var subject: String
    package var issuer: String
    /// As the certificate has them: `Nov 21 14:56:07 2026 GMT`.
    package var notBefore: String
    package var notAfter: String

    package init(subject: String = "", issuer: String = "", notBefore: String = "", notAfter: String = "") {
        self.subject = subject
        self.issuer = issuer
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
