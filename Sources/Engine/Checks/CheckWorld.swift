package import Deployment
package import Host

/// What a check has at hand: the world, the secrets that it may send, its time, and where its lines go.
package struct CheckWorld {
    let host: Host
    let secrets: [String: Secret]
    let mask: SecretMask
    /// The project's folder, where relative paths start.
    let root: String
    /// Monotonic nanoseconds.
    let deadline: Int
    let stopSwitch: StopSwitch?
    /// Finds what a measurement is compared with, where that was measured before.
    package var baseline: (MeasureCheck) -> Measurement.Baseline = { _ in .none }
    /// Takes each line of what is going on, as it happens; secrets hidden, control characters spelled out.
    private let say: (String) -> Void

    /// - Parameter limit: how long the whole check may take.
    package init(
        host: Host, secrets: [String: Secret], root: String, limit: Duration, stopSwitch: StopSwitch? = nil,
        say: @escaping (String) -> Void
    ) {
        self.host = host
        self.secrets = secrets
        mask = SecretMask(secrets.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
        self.root = root
        deadline = host.clock.monotonicNanoseconds() + limit.nanoseconds
        self.stopSwitch = stopSwitch
        self.say = say
    }

    var now: Int { host.clock.monotonicNanoseconds() }
    var timeLeft: Duration { .nanoseconds(max(0, deadline - now)) }
    var isToStop: Bool { stopSwitch?.isOn ?? false || host.signals.received() != nil }

    func tell(_ line: String) { say(EvidenceText.line(line, mask)) }

    /// Waits, but not longer than there is time, nor after a signal.
    ///
    /// - Returns: whether there is still time.
    func pause(_ duration: Duration) -> Bool {
        guard !isToStop, timeLeft > duration else { return false }
        host.clock.sleep(duration)
        return !isToStop
    }

    /// Asks, follows redirects as far as the request allows, and tells a line for each answer.
    func send(_ request: CheckRequest) -> Exchange {
        var request = request
        var via: [WebAddress] = []
        while true {
            let began = now
            var exchange = Exchange(request: request, via: via, result: .failure(.noTimeLeft), began: began)
            let limit = min(request.connection.timeout, timeLeft)
            guard limit > .milliseconds(1) else { return told(exchange) }
            let raw: HTTPRequest
            do throws(Exchange.Failure) {
                raw = try filled(request, limit)
            } catch {
                exchange.result = .failure(error)
                return told(exchange)
            }
            switch host.http.perform(raw) {
            case .failure(let failure): exchange.result = .failure(.http(failure))
            case .success(let response):
                exchange.result = .success(response)
                guard (301...303).contains(response.status) || (307...308).contains(response.status),
                    request.redirects > 0 || !via.isEmpty
                else { break }
                switch request.following(response.headers.value("Location"), status: response.status) {
                case .success(let next):
                    _ = told(exchange)
                    via.append(request.address)
                    request = next
                    continue
                case .failure(let refusal): exchange.result = .failure(.redirect(refusal, response))
                }
            }
            return told(exchange)
        }
    }

    private func told(_ exchange: Exchange) -> Exchange {
        let time = exchange.response.map { " in \(Figure.milliseconds($0.times.total)) ms" } ?? ""
        let hit = exchange.response.map { CacheAnswer($0.headers) }.flatMap(\.shortly).map { ", \($0)" } ?? ""
        let insecure = exchange.request.connection.isVerified ? "" : ", certificate not verified"
        let proxy = exchange.response?.proxy.map { ", through the proxy \($0)" } ?? ""
        tell(
            "\(exchange.request.method) \(exchange.request.address.text): \(exchange.ending)\(time)\(hit)\(insecure)\(proxy)"
        )
        return exchange
    }

    func filled(_ request: CheckRequest, _ limit: Duration) throws(Exchange.Failure) -> HTTPRequest {
        var headers: [HTTPHeader] = []
        for header in request.headers { headers.append(HTTPHeader(header.name, try text(header.value))) }
        if headers.value("User-Agent") == nil {
            headers.append(HTTPHeader("User-Agent", "rehearse/\(Version.current)"))
        }
        var tls = TLSOptions(isVerified: request.connection.isVerified)
        tls.authorities = request.connection.authorities.map { $0.hasPrefix("/") ? $0 : "\(root)/\($0)" }
        var body: [UInt8] = []
        if let written = request.body { body = Array(try text(written).utf8) }
        if let file = request.file {
            headers.append(HTTPHeader("Content-Type", file.contentType))
            body = file.form
        }
        return HTTPRequest(
            request.method, url: request.address.text, headers: headers, body: body,
            limits: HTTPLimits(connecting: min(limit, .seconds(10)), total: limit), tls: tls, stopSwitch: stopSwitch)
    }

    private func text(_ text: SecretText) throws(Exchange.Failure) -> String {
        var missing = ""
        let filled = text.filled { name in
            guard let secret = secrets[name] else {
                missing = name
                return nil
            }
            return String(decoding: secret.revealed(), as: UTF8.self)
        }
        guard let filled else { throw .noSecret(missing) }
        return filled
    }
}

/// Figures of a check, as a record has them.
enum Figure {
    /// Microseconds as milliseconds with one digit behind the point: `12.3`.
    static func milliseconds(_ microseconds: Int) -> String {
        let tenths = (microseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
