import Deployment
import Diagnostics
import Host

/// Certificates, versions of TLS, and that nothing is served without it.
struct EncryptionSecurity {
    let world: CheckWorld
    let check: SecurityCheck

    func run(_ list: inout SecurityChecklist) {
        if let rules = check.encryption {
            var seen: Set<WebAddress.Origin> = []
            for page in check.pages where seen.insert(page.origin).inserted {
                guard page.origin.scheme == "https" else {
                    list.failed(
                        "tls of \(page.origin.text)", "it is asked without encryption",
                        expected: "a page that begins with https://")
                    continue
                }
                certificate(page, rules, &list)
                oldVersions(page, rules, &list)
            }
        }
        for address in check.redirects { redirect(address, &list) }
    }

    private func certificate(
        _ page: WebAddress, _ rules: SecurityCheck.EncryptionRules, _ list: inout SecurityChecklist
    ) {
        let name = "certificate of \(page.origin.hostAndPort)"
        let exchange = list.send(CheckRequest("GET", page, headers: check.headers, connection: check.connection))
        let days = DurationSyntax.format(rules.validFor)
        let again =
            "openssl s_client -connect \(page.origin.host):\(page.origin.port) -servername \(page.origin.host)"
            + " </dev/null | openssl x509 -noout -dates -subject -issuer"
        guard case .success(let response) = exchange.result else {
            list.failed(
                name, exchange.ending, expected: "a trusted certificate that holds for \(days) more", [exchange],
                again: again)
            return
        }
        guard let text = response.tls?.certificates.first?.notAfter, let end = CertificateDate.read(text) else {
            list.failed(name, "it does not say how long it holds", expected: "a certificate with an end", again: again)
            return
        }
        let now = world.host.clock.now()
        let left = end.millisecondsSince1970 - now.millisecondsSince1970
        if left < rules.validFor.milliseconds {
            let shown = Wording.duration(milliseconds: left.magnitude > 0 ? abs(left) : 0)
            list.failed(
                name, left < 0 ? "it ended \(shown) ago" : "it ends in \(shown), on \(end)",
                expected: "a certificate that holds for \(days) more", again: again)
        } else {
            list.held(name, "trusted, until \(end); \(response.tls?.version ?? "")")
        }
    }

    /// Asks with nothing newer than what must be refused.
    private func oldVersions(
        _ page: WebAddress, _ rules: SecurityCheck.EncryptionRules, _ list: inout SecurityChecklist
    ) {
        let newest: TLSOptions.Version = rules.minimum == "1.3" ? .tls12 : .tls11
        let name = "TLS older than \(rules.minimum) at \(page.origin.hostAndPort)"
        // Whether the certificate is trusted is another question.
        var connection = check.connection
        connection.isVerified = false
        let request = CheckRequest("GET", page, connection: connection)
        guard let raw = try? world.filled(request, min(connection.timeout, world.timeLeft)) else { return }
        var old = raw
        old.tls.minimum = newest == .tls12 ? .tls12 : .tls10
        old.tls.maximum = newest
        list.report.requests += 1
        let option = newest == .tls12 ? "--tls-max 1.2" : "--tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0"
        let again = "curl -sS -k -o /dev/null \(option) '\(page.text)'"
        switch world.host.http.perform(old) {
        case .success(let response):
            list.failed(
                name, "it is accepted: \(response.tls?.version ?? "an old version")", expected: "no connection",
                again: again)
        case .failure(let failure) where failure.cause == .tls:
            // What this machine's library does not speak, it cannot find either.
            let detail = failure.detail.lowercased()
            if detail.contains("no protocols available") || detail.contains("no ciphers available") {
                list.note("\(name): this machine's own library does not speak it, so that it could not be tried")
            } else {
                list.held(name, "refused")
            }
        case .failure(let failure):
            // A server that closes the connection refuses it, too.
            if failure.cause == .cut || failure.cause == .connect {
                list.held(name, "refused")
            } else {
                list.failed(name, failure.detail, expected: "a refusal", again: again)
            }
        }
    }

    private func redirect(_ address: WebAddress, _ list: inout SecurityChecklist) {
        let name = "redirect of \(address.text)"
        let exchange = list.send(CheckRequest("GET", address, connection: check.connection))
        let expected = "a redirect to https://\(address.origin.host)"
        guard let status = exchange.status, [301, 302, 303, 307, 308].contains(status) else {
            list.failed(name, exchange.ending, expected: expected, [exchange])
            return
        }
        let location = exchange.response?.headers.value("Location") ?? ""
        guard let target = try? WebAddress(location, from: address), target.origin.scheme == "https",
            target.origin.host == address.origin.host
        else {
            list.failed(name, "it leads to `\(location)`", expected: expected, [exchange])
            return
        }
        list.held(name, "\(status) to \(target.text)")
    }
}

/// The dates of certificates as OpenSSL writes them: `Nov 21 14:56:07 2026 GMT`, the day with a blank before one digit.
enum CertificateDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func read(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        // GnuTLS and others: `2026-11-21 14:56:07 GMT`.
        if words.count >= 2, words[0].contains("-") { return Timestamp("\(words[0])T\(words[1])Z") }
        guard words.count >= 4, let month = months.firstIndex(of: String(words[0])), let day = Int(words[1]),
            let year = Int(words[3])
        else { return nil }
        return Timestamp(
            "\(Wording.padded(year, 4))-\(Wording.padded(month + 1))-\(Wording.padded(day))T\(words[2])Z")
    }
}
