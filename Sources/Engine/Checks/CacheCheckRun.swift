package import Deployment
import Host

/// Asks every example of every rule twice, and again with each condition that is to bypass the cache.
package struct CacheCheckRun {
    let world: CheckWorld
    let check: CacheCheck

    package init(world: CheckWorld, check: CacheCheck) {
        self.world = world
        self.check = check
    }

    func run() -> CheckReport {
        var report = CheckReport()
        var tally = Tally()
        for rule in check.rules {
            for address in rule.cached where !world.isToStop { cached(address, rule, &report, &tally) }
            for address in rule.notCached where !world.isToStop { notCached(address, rule, &report, &tally) }
        }
        if let first = tally.unmarked.first, tally.hits + tally.misses == 0 {
            report.find(
                check.rules[0].name, "no answer says whether a cache was asked, so that nothing is proven",
                expected: "one of Cache-Status, Age, X-Cache, CF-Cache-Status, X-Varnish, X-Cache-Status",
                at: check.rules[0].place, [first])
        }
        report.metrics = [
            "rules": String(check.rules.count), "examples": String(report.checked), "hits": String(tally.hits),
            "misses": String(tally.misses),
        ]
        return report
    }

    private struct Tally {
        var hits = 0
        var misses = 0
        var unmarked: [Exchange] = []
    }

    private func send(
        _ address: WebAddress, _ headers: [CheckHeader] = [], _ report: inout CheckReport, _ tally: inout Tally
    ) -> Exchange {
        let exchange = world.send(CheckRequest(address, headers: headers, connection: check.connection))
        report.requests += 1
        switch exchange.cacheUse {
        case .hit: tally.hits += 1
        case .miss: tally.misses += 1
        case .unsaid: if exchange.response != nil { tally.unmarked.append(exchange) }
        }
        return exchange
    }

    // MARK: - Kept

    private func cached(_ address: WebAddress, _ rule: CacheRule, _ report: inout CheckReport, _ tally: inout Tally) {
        report.checked += 1
        let first = send(address, [], &report, &tally)
        let second = send(address, [], &report, &tally)
        guard judge(second, rule, fallback: [200...399], &report) else { return }
        judgeHeaders(second, rule, &report)
        let headers = second.response?.headers ?? []
        let control = headers.value("Cache-Control")
        guard second.cacheUse == .hit else {
            let said = second.response.flatMap { CacheAnswer($0.headers).evidence } ?? "no header says anything"
            let why = control.map { "; its Cache-Control is `\($0)`" } ?? ""
            report.find(
                rule.name, "the second answer of \(address.text) did not come from a cache (\(said))\(why)",
                expected: "a hit: \(rule.description)", at: rule.place, [first, second])
            return
        }
        if let cookie = headers.values("Set-Cookie").first {
            report.find(
                rule.name,
                "a cached answer of \(address.text) sets the cookie `\(cookie.prefix { $0 != "=" })`: everybody gets it",
                expected: "no Set-Cookie on what a cache keeps", at: rule.place, [first, second])
        }
        if let control, let directive = Self.forbidding(control) {
            report.find(
                rule.name, "a cached answer of \(address.text) says `\(directive)`",
                expected: "a Cache-Control that allows what the cache does", at: rule.place, [second])
        }
        for condition in rule.bypass where !world.isToStop { bypass(address, condition, rule, second, &report, &tally) }
    }

    private func bypass(
        _ address: WebAddress, _ condition: CheckHeader, _ rule: CacheRule, _ kept: Exchange,
        _ report: inout CheckReport, _ tally: inout Tally
    ) {
        let answer = send(address, [condition], &report, &tally)
        guard judge(answer, rule, fallback: [100...499], &report) else { return }
        if answer.cacheUse == .hit {
            report.find(
                rule.name, "with `\(condition.name): \(condition.value.shown)` \(address.text) came from a cache",
                expected: "no hit under this condition", at: rule.place, [answer])
            return
        }
        // What was fetched past the cache must not be what others get from it.
        let after = send(address, [], &report, &tally)
        let isReplaced = after.response?.body == answer.response?.body && answer.response?.body != kept.response?.body
        if after.cacheUse == .hit, isReplaced {
            report.find(
                rule.name,
                "the answer to a request with `\(condition.name)` was kept and is given to those without it",
                expected: "that such an answer is not stored", at: rule.place, [answer, after])
        }
    }

    // MARK: - Not kept

    private func notCached(_ address: WebAddress, _ rule: CacheRule, _ report: inout CheckReport, _ tally: inout Tally)
    {
        report.checked += 1
        var asked: [Exchange] = []
        for _ in 0..<2 {
            let exchange = send(address, [], &report, &tally)
            asked.append(exchange)
            guard judge(exchange, rule, fallback: [100...499], &report) else { return }
            if exchange.cacheUse == .hit {
                let said = exchange.response.flatMap { CacheAnswer($0.headers).evidence } ?? ""
                report.find(
                    rule.name, "\(address.text) came from a cache (\(said))",
                    expected: "never a hit: \(rule.description)",
                    at: rule.place, asked)
                return
            }
        }
        if let last = asked.last { judgeHeaders(last, rule, &report) }
    }

    // MARK: - What both have in common

    /// Whether there is an answer with a status that may be looked at further.
    private func judge(
        _ exchange: Exchange, _ rule: CacheRule, fallback: [ClosedRange<Int>], _ report: inout CheckReport
    ) -> Bool {
        let wanted = rule.statuses ?? fallback
        if let status = exchange.status, wanted.contains(where: { $0.contains(status) }) { return true }
        report.find(
            rule.name, "\(exchange.request.address.text): \(exchange.ending)",
            expected: CheckReport.words(for: wanted), at: rule.place, [exchange])
        return false
    }

    private func judgeHeaders(_ exchange: Exchange, _ rule: CacheRule, _ report: inout CheckReport) {
        for expected in rule.expectedHeaders {
            let found = exchange.response?.headers.value(expected.name)
            guard !expected.value.isMet(byHeader: found) else { continue }
            report.find(
                rule.name,
                "\(expected.name) of \(exchange.request.address.text) is \(found.map { "`\($0)`" } ?? "not there")",
                expected: "\(expected.name): \(expected.value.wording)", at: rule.place, [exchange])
        }
    }

    private static func forbidding(_ control: String) -> String? {
        control.split(separator: ",").map { $0.drop { $0 == " " }.lowercased() }
            .first { $0 == "private" || $0 == "no-store" || $0.hasPrefix("private=") }
    }

    // MARK: - Explaining

    /// Which rule covers an address, and what its answers say: two requests, and one for each bypassing condition.
    package func explain(_ address: WebAddress) -> (rule: CacheRule?, exchanges: [(condition: String?, Exchange)]) {
        let rule = check.rule(for: address)
        var exchanges: [(condition: String?, Exchange)] = []
        for _ in 0..<2 {
            exchanges.append((nil, world.send(CheckRequest(address, connection: check.connection))))
        }
        for condition in rule?.bypass ?? [] {
            let request = CheckRequest(address, headers: [condition], connection: check.connection)
            exchanges.append(("\(condition.name): \(condition.value.shown)", world.send(request)))
        }
        return (rule, exchanges)
    }
}

extension CheckRequest {
    /// Fetches a page.
    init(_ address: WebAddress, headers: [CheckHeader] = [], connection: CheckConnection) {
        self.init("GET", address, headers: headers, connection: connection)
    }
}

extension Exchange {
    package var cacheUse: CacheUse { response.map { CacheAnswer($0.headers).use } ?? .unsaid }
}
