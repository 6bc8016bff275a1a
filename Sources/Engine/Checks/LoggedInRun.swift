import Deployment
import Host

/// Asks each page in the dangerous order: somebody who is logged in first, strangers right after.
struct LoggedInRun {
    let world: CheckWorld
    let check: LoggedInCheck

    func run() -> CheckReport {
        var report = CheckReport()
        for address in check.addresses {
            let chance = world.host.randomBytes(4).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
            // Nobody has asked for the second one before; some caches leave the query out of what they remember.
            for address in [address, address.adding(query: "rehearse=\(chance)")] where !world.isToStop {
                page(address, &report)
            }
        }
        report.metrics = ["pages": String(report.checked)]
        return report
    }

    private func send(_ address: WebAddress, _ headers: [CheckHeader], _ report: inout CheckReport) -> Exchange {
        report.requests += 1
        return world.send(CheckRequest(address, headers: headers, connection: check.connection))
    }

    private func page(_ address: WebAddress, _ report: inout CheckReport) {
        let gzip = CheckHeader("Accept-Encoding", SecretText(plain: "gzip"))
        let german = CheckHeader("Accept-Language", SecretText(plain: "de"))
        let own = send(address, [check.credential], &report)
        guard saysMarker(own), let status = own.status, (200...299).contains(status) else {
            report.find(
                address.text, "the page of somebody logged in does not say the marker (\(own.ending))",
                expected: "status 200 to 299 and the marker: without it nothing can be told", [own])
            return
        }
        report.checked += 1
        judgeStored(own, &report)
        // What a browser of somebody logged in leaves in a cache under each of the headers that answers vary by. A page that
        // leaked once is known to leak.
        var isLeaking = [[], [german], [stranger]].contains { leaks(own, send(address, $0, &report), &report) }
        if !isLeaking {
            let compressed = send(address, [check.credential, gzip], &report)
            isLeaking = leaks(compressed, send(address, [gzip], &report), &report)
        }
        guard !isLeaking else { return }
        let again = send(address, [check.credential], &report)
        for exchange in [own, again] where exchange.cacheUse == .hit {
            report.find(
                address.text, "the page of somebody logged in came from a cache", expected: "never a hit", [exchange])
            break
        }
    }

    /// Somebody else's credential: same place, worth nothing.
    private var stranger: CheckHeader {
        let pieces = check.credential.value.pieces.map { piece in
            if case .secret = piece { SecretText.Piece.text("rehearse-stranger") } else { piece }
        }
        return CheckHeader(check.credential.name, SecretText(pieces))
    }

    private func judgeStored(_ own: Exchange, _ report: inout CheckReport) {
        let headers = own.response?.headers ?? []
        let control = (headers.value("Cache-Control") ?? "").lowercased()
        guard !["private", "no-store"].contains(where: control.contains) else { return }
        report.find(
            own.request.address.text,
            "nothing forbids a cache to keep the page of somebody logged in: Cache-Control is "
                + (control.isEmpty ? "not there" : "`\(control)`"),
            expected: "Cache-Control: `private` or `no-store`", [own])
    }

    /// Whether a stranger received what somebody logged in was given, or nothing can be told; both are findings.
    private func leaks(_ own: Exchange, _ other: Exchange, _ report: inout CheckReport) -> Bool {
        guard let answer = other.response else {
            report.find(
                other.request.address.text, "a stranger got no answer: \(other.ending)", expected: "an answer", [other])
            return true
        }
        let isSame = !answer.body.isEmpty && answer.body == own.response?.body && (200...299).contains(answer.status)
        guard saysMarker(other) || isSame else { return false }
        report.find(
            other.request.address.text, "a stranger received the page of somebody logged in",
            expected: "a page without the marker, and not the same bytes", [own, other])
        return true
    }

    private func saysMarker(_ exchange: Exchange) -> Bool {
        guard let body = exchange.response?.body else { return false }
        return String(decoding: body, as: UTF8.self).contains(check.marker)
    }
}
