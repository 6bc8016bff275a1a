/// A checklist of what an attacker looks at first. Each part may be left out; without any there is nothing to check.
package struct SecurityCheck: Hashable, Sendable {
    /// Pages whose headers and cookies are looked at.
    package var pages: [WebAddress]
    /// Sent with each request; may hold secrets.
    package var headers: [CheckHeader]
    /// What every page must send.
    package var expected: [ExpectedHeader]
    /// Names of headers that nobody outside needs, besides `debugHeaders`.
    package var absent: [String]
    /// Whether cookies have to have `Secure`, `HttpOnly` and `SameSite`; `nil`: cookies are not looked at.
    package var cookies: CookieRules?
    package var encryption: EncryptionRules?
    /// Asked without encryption; each has to lead to `https:` on the same host.
    package var redirects: [WebAddress]
    package var upload: UploadRules?
    package var files: [FileRule]
    /// Whether the project's files are searched for literal secrets.
    package var searchesSecrets: Bool
    /// Files and folders of the project that are not searched: tests have made-up secrets.
    package var unsearched: [String]
    /// Files in which no secret may stand; relative to the project, `*` in the last part stands for anything.
    package var logs: [String]
    /// The secrets that are looked for in `logs`, by name.
    package var hiddenSecrets: [String]
    package var connection: CheckConnection

    package struct ExpectedHeader: Hashable, Sendable {
        package var name: String
        package var value: TextExpectation

        package init(_ name: String, _ value: TextExpectation) {
            self.name = name
            self.value = value
        }
    }

    package struct CookieRules: Hashable, Sendable {
        /// Names of cookies that scripts may read.
        package var readable: [String]

        package init(readable: [String] = []) { self.readable = readable }
    }

    package struct EncryptionRules: Hashable, Sendable {
        /// Older ones must be refused: `1.2`, `1.3`.
        package var minimum: String
        /// How long the certificate has to hold from now on.
        package var validFor: Duration

        package init(minimum: String = "1.2", validFor: Duration = .seconds(14 * 86_400)) {
            self.minimum = minimum
            self.validFor = validFor
        }
    }

    package struct UploadRules: Hashable, Sendable {
        package var address: WebAddress
        /// The name of the form's field.
        package var field: String
        /// So many are accepted, one more is not.
        package var maximum: Int
        /// A type that is accepted, and one that is not.
        package var accepted: FileSample
        package var forbidden: FileSample

        package init(
            address: WebAddress, field: String, maximum: Int, accepted: FileSample, forbidden: FileSample
        ) {
            self.address = address
            self.field = field
            self.maximum = maximum
            self.accepted = accepted
            self.forbidden = forbidden
        }
    }

    /// Who may read a file or folder.
    package struct FileRule: Hashable, Sendable {
        /// Relative to the project.
        package var path: String
        /// The permissions that it may have at most; `nil`: its owner's alone.
        package var mode: UInt32?
        /// It need not be there.
        package var isOptional: Bool

        package init(_ path: String, mode: UInt32? = nil, isOptional: Bool = false) {
            self.path = path
            self.mode = mode
            self.isOptional = isOptional
        }
    }

    /// Headers that tell strangers what runs inside, or that somebody left in for debugging.
    package static let debugHeaders = [
        "X-Debug", "X-Debug-Token", "X-Debug-Token-Link", "X-Debug-Info", "X-Powered-By", "X-AspNet-Version",
        "X-AspNetMvc-Version", "X-Runtime", "X-Trace", "X-SourceMap", "X-Backend-Server", "X-Clockwork-Id",
        "X-DebugKit-Id", "X-ChromeLogger-Data", "Server-Timing",
    ]

    package init(
        pages: [WebAddress] = [], headers: [CheckHeader] = [], expected: [ExpectedHeader] = [], absent: [String] = [],
        cookies: CookieRules? = nil, encryption: EncryptionRules? = nil, redirects: [WebAddress] = [],
        upload: UploadRules? = nil, files: [FileRule] = [], searchesSecrets: Bool = false, unsearched: [String] = [],
        logs: [String] = [],
        hiddenSecrets: [String] = [], connection: CheckConnection = CheckConnection()
    ) {
        self.pages = pages
        self.headers = headers
        self.expected = expected
        self.absent = absent
        self.cookies = cookies
        self.encryption = encryption
        self.redirects = redirects
        self.upload = upload
        self.files = files
        self.searchesSecrets = searchesSecrets
        self.unsearched = unsearched
        self.logs = logs
        self.hiddenSecrets = hiddenSecrets
        self.connection = connection
    }
}

/// A file to send, by its type: the first bytes that such a file has, and the name and type that it is given.
package struct FileSample: Hashable, Sendable {
    /// `image/png`.
    package let type: String
    /// With its dot: `.png`.
    package let suffix: String
    package let beginning: [UInt8]

    private init(_ type: String, _ suffix: String, _ beginning: [UInt8]) {
        self.type = type
        self.suffix = suffix
        self.beginning = beginning
    }

    /// The types that can be asked for.
    package static let all = [
        FileSample("image/png", ".png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        FileSample("image/jpeg", ".jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46, 0x00, 0x01]),
        FileSample("image/gif", ".gif", Array("GIF89a".utf8)),
        FileSample("application/pdf", ".pdf", Array("%PDF-1.7\n".utf8)),
        FileSample("application/zip", ".zip", [0x50, 0x4B, 0x03, 0x04]),
        FileSample("text/html", ".html", Array("<!doctype html><script>alert(1)</script>\n".utf8)),
        FileSample("image/svg+xml", ".svg", Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".utf8)),
        FileSample("application/x-sh", ".sh", Array("#!/bin/sh\nexit 0\n".utf8)),
        FileSample("application/x-executable", ".bin", [0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01, 0x01, 0x00]),
        FileSample("text/plain", ".txt", Array("plain text\n".utf8)),
    ]

    package static func of(_ type: String) -> FileSample? { all.first { $0.type == type } }

    /// So many bytes that begin like the type; the rest are zeros, and for a text blanks.
    package func bytes(_ count: Int) -> [UInt8] {
        let filling: UInt8 = type.hasPrefix("text/") || type.hasSuffix("xml") ? 0x20 : 0
        let start = beginning.prefix(count)
        return start + [UInt8](repeating: filling, count: count - start.count)
    }
}
