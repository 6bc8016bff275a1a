import Deployment
import Diagnostics
import Host

/// Headers and cookies of pages.
struct PageSecurity {
    let world: CheckWorld
    let check: SecurityCheck

    func run(_ list: inout SecurityChecklist) {
        var cookies = 0
        var exchanges: [Exchange] = []
        for page in check.pages {
            let exchange = list.send(CheckRequest("GET", page, headers: check.headers, connection: check.connection))
            guard case .success(let response) = exchange.result else {
                list.failed("page \(page.pathAndQuery)", exchange.ending, expected: "an answer", [exchange])
                continue
            }
            exchanges.append(exchange)
            look(at: response.headers, of: page, exchange, &list)
            guard let rules = check.cookies else { continue }
            for line in response.headers.values("Set-Cookie") {
                cookies += 1
                look(at: SetCookie(line), rules, page, exchange, &list)
            }
        }
        if check.cookies != nil, cookies == 0, !exchanges.isEmpty {
            list.failed(
                "cookies", "none of the pages set one, and that proves nothing",
                expected: "a page that sets a cookie", Array(exchanges.suffix(1)))
        }
    }

    private func look(
        at headers: [HTTPHeader], of page: WebAddress, _ exchange: Exchange, _ list: inout SecurityChecklist
    ) {
        for header in check.expected {
            let name = "header \(header.name) of \(page.pathAndQuery)"
            let found = headers.value(header.name)
            if header.value.isMet(byHeader: found) {
                list.held(name, found ?? "not there")
            } else {
                list.failed(
                    name, found.map { "it is `\($0)`" } ?? "it is not there",
                    expected: "\(header.name): \(header.value.wording)", [exchange])
            }
        }
        let unwanted = (SecurityCheck.debugHeaders + check.absent).filter { headers.value($0) != nil }
        for name in unwanted {
            list.failed(
                "header \(name) of \(page.pathAndQuery)", "it is `\(headers.value(name) ?? "")`",
                expected: "no `\(name)`: it tells strangers what runs inside", [exchange])
        }
        if let server = headers.value("Server"), server.contains(where: { $0.isASCII && $0.isNumber }) {
            list.failed(
                "header Server of \(page.pathAndQuery)", "it tells a version: `\(server)`",
                expected: "a name without a version, or none", [exchange])
        } else if unwanted.isEmpty {
            list.held("debug headers of \(page.pathAndQuery)", "none")
        }
    }

    private func look(
        at cookie: SetCookie, _ rules: SecurityCheck.CookieRules, _ page: WebAddress, _ exchange: Exchange,
        _ list: inout SecurityChecklist
    ) {
        var missing: [String] = []
        if !cookie.isSecure { missing.append("Secure") }
        if !cookie.isHTTPOnly, !rules.readable.contains(cookie.name) { missing.append("HttpOnly") }
        switch cookie.sameSite {
        case "lax", "strict": break
        case "none" where cookie.isSecure: break
        default: missing.append("SameSite")
        }
        let name = "cookie \(cookie.name) of \(page.pathAndQuery)"
        if missing.isEmpty {
            list.held(name, "Secure, HttpOnly and SameSite as they should be")
        } else {
            list.failed(
                name, "without \(missing.joined(separator: ", "))",
                expected: "Set-Cookie: \(cookie.name)=…; Secure; HttpOnly; SameSite=Lax", [exchange])
        }
    }
}

/// The attributes of a `Set-Cookie` line; never the value. RFC 6265, section 4.1.
struct SetCookie: Hashable, Sendable {
    let name: String
    let isSecure: Bool
    let isHTTPOnly: Bool
    /// In small letters; `nil` without one.
    let sameSite: String?

    init(_ line: String) {
        let parts = line.split(separator: ";", omittingEmptySubsequences: false).map { part in
            part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Self.trimmed)
        }
        name = parts.first?.first ?? ""
        let attributes = parts.dropFirst()
        isSecure = attributes.contains { $0.first?.lowercased() == "secure" }
        isHTTPOnly = attributes.contains { $0.first?.lowercased() == "httponly" }
        sameSite = attributes.last { $0.first?.lowercased() == "samesite" && $0.count == 2 }?.last?.lowercased()
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
