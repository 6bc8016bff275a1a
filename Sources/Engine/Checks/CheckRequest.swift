package import Deployment
import Host

/// What a check asks; secrets stand in it by name.
package struct CheckRequest: Hashable, Sendable {
    package var method: String
    package var address: WebAddress
    package var headers: [CheckHeader]
    package var body: SecretText?
    /// A file to send in a form, in place of a body.
    package var file: UploadedFile?
    package var connection: CheckConnection
    /// How many redirects are followed; 0: a redirect is the answer.
    package var redirects: Int

    package init(
        _ method: String = "GET", _ address: WebAddress, headers: [CheckHeader] = [], body: SecretText? = nil,
        connection: CheckConnection, redirects: Int = 0
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.connection = connection
        self.redirects = redirects
    }

    /// The same request as a command for a shell in which the secrets are variables.
    package var curl: String {
        var words = ["curl", "-sS", "-i", "--max-time", String(max(1, connection.timeout.milliseconds / 1_000))]
        if method == "HEAD" {
            words.append("-I")
        } else if method != (body == nil && file == nil ? "GET" : "POST") {
            words += ["-X", ShellQuoting.quoted(method)]
        }
        if !connection.isVerified { words.append("-k") }
        if let authorities = connection.authorities { words += ["--cacert", ShellQuoting.quoted(authorities)] }
        if redirects > 0 { words += ["-L", "--max-redirs", String(redirects)] }
        for header in headers {
            let line = SecretText(
                header.value.pieces.isEmpty
                    ? [.text("\(header.name);")] : [.text("\(header.name): ")] + header.value.pieces)
            words += ["-H", line.shellWord]
        }
        if let file { words += ["-F", ShellQuoting.quoted(file.curlField)] }
        if let body { words += ["--data-binary", body.shellWord] }
        // What the URL holds (`?`, `&`) means something to a shell.
        let source = file.map { "\($0.curlSource) | " } ?? ""
        return source
            + (words + [
                "'\(address.text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "%27"))'"
            ])
            .joined(separator: " ")
    }

    /// Where a redirect leads, without what may not go there.
    ///
    /// - Returns: a request with one redirect less, or why it is not followed.
    func following(_ location: String?, status: Int) -> Result<CheckRequest, RedirectRefusal> {
        guard redirects > 0 else { return .failure(RedirectRefusal(what: "more redirects than are followed")) }
        guard let location, !location.isEmpty else { return .failure(RedirectRefusal(what: "a redirect to nowhere")) }
        let target: WebAddress
        do throws(WebAddress.Problem) {
            target = try WebAddress(location, from: address)
        } catch {
            return .failure(RedirectRefusal(what: "a redirect to a URL that \(error.wording)"))
        }
        if address.origin.scheme == "https", target.origin.scheme == "http" {
            return .failure(RedirectRefusal(what: "a redirect from https to http"))
        }
        var next = self
        next.address = target
        next.redirects -= 1
        if status == 303 || (status == 301 || status == 302) && method == "POST" {
            next.method = method == "HEAD" ? "HEAD" : "GET"
            next.body = nil
            next.headers.removeAll { ["content-type", "content-length"].contains($0.name.lowercased()) }
        }
        if target.origin != address.origin {
            guard next.body == nil else {
                return .failure(RedirectRefusal(what: "a redirect that would send the body to \(target.origin.text)"))
            }
            next.headers.removeAll { $0.isForOneOrigin }
        }
        return .success(next)
    }
}

/// Why a redirect is not followed.
package struct RedirectRefusal: Error, Hashable, Sendable {
    package let what: String
}

extension CheckHeader {
    /// Whether it says who we are, which is nobody else's business.
    var isForOneOrigin: Bool {
        !value.secrets.isEmpty || ["authorization", "cookie", "proxy-authorization"].contains(name.lowercased())
    }
}
