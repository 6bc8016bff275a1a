/// What is asked of a server.
package struct HTTPRequest: Hashable, Sendable {
    /// As it goes over the wire: `GET`, `HEAD`, `PURGE`.
    package var method: String
    /// Absolute, `http:` or `https:`, without user and password: those are refused.
    package var url: String
    /// In the order in which they are sent. A line break in a name or a value is refused.
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    package var limits: HTTPLimits
    package var version: HTTPVersionChoice
    package var tls: TLSOptions
    /// `HOST:PORT` to connect to in place of the URL's own; the name in the request and its certificate stay.
    package var connectTo: String?
    /// Gives it up when it is turned on. A load has one of its own and does not look at this one.
    package var stopSwitch: StopSwitch?

    package init(
        _ method: String = "GET",
        url: String,
        headers: [HTTPHeader] = [],
        body: [UInt8] = [],
        limits: HTTPLimits = HTTPLimits(),
        version: HTTPVersionChoice = .best,
        tls: TLSOptions = TLSOptions(),
        connectTo: String? = nil,
        stopSwitch: StopSwitch? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.version = version
        self.tls = tls
        self.connectTo = connectTo
        self.stopSwitch = stopSwitch
    }
}

/// One header line of a request or an answer.
package struct HTTPHeader: Hashable, Sendable {
    package var name: String
    /// Without the blanks around it. Bytes that are no UTF-8 have become U+FFFD.
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Names of headers are ASCII and their case means nothing.
    package func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { Self.lowercased($0) == Self.lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

extension [HTTPHeader] {
    /// The values of all lines with this name, in order.
    package func values(_ name: String) -> [String] { filter { $0.isNamed(name) }.map(\.value) }

    /// All lines with this name as one, as RFC 9110 section 5.3 joins them; `nil` when there is none.
    package func value(_ name: String) -> String? {
        let values = values(name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}

/// How long it may take and how much may come.
package struct HTTPLimits: Hashable, Sendable {
    /// Until the connection stands, its encryption included.
    package var connecting: Duration
    /// From the beginning to the last byte.
    package var total: Duration
    /// Bytes of the answer's body; one more is the failure `.tooLarge`.
    package var body: Int
    /// Bytes of the body that are kept, at most `body`; the rest is counted and thrown away. `nil`: all.
    package var kept: Int?

    /// Bytes of all header lines of an answer.
    package static let headers = 256 << 10

    package init(
        connecting: Duration = .seconds(10), total: Duration = .seconds(30), body: Int = 1 << 20, kept: Int? = nil
    ) {
        self.connecting = connecting
        self.total = total
        self.body = body
        self.kept = kept
    }
}

package enum HTTPVersionChoice: Hashable, Sendable {
    /// HTTP/2 where the server offers it with TLS, else HTTP/1.1.
    case best
    case http1
    /// HTTP/2 without asking, also without TLS.
    case http2
}

package struct TLSOptions: Hashable, Sendable {
    package enum Version: Int, Comparable, Hashable, Sendable {
        case tls10 = 4
        case tls11, tls12, tls13

        package static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
    }

    /// A file of certificates to trust in place of the system's.
    package var authorities: String?
    /// Without, any certificate will do: whoever asks for that says so and records it.
    package var isVerified: Bool
    package var minimum: Version
    package var maximum: Version

    package init(
        authorities: String? = nil, isVerified: Bool = true, minimum: Version = .tls12, maximum: Version = .tls13
    ) {
        self.authorities = authorities
        self.isVerified = isVerified
        self.minimum = minimum
        self.maximum = maximum
    }
}
