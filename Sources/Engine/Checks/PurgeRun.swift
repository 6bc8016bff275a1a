import Deployment
import Diagnostics
import Host
import YAML

/// Waits for the origin's new version, purges, and proves it: every route misses once and then hits, and what was to
/// stay still hits.
///
/// The order matters: purged before the origin serves the new version, a cache fills again with the old one.
struct PurgeRun {
    let world: CheckWorld
    let check: PurgeCheck

    /// A page as one kind of client asks for it.
    private struct Variant: Hashable {
        var address: WebAddress
        var headers: [CheckHeader] = []
    }

    func run() -> CheckReport {
        var report = CheckReport()
        guard awaitOrigin(&report) else { return report }
        let routes = withTargets(&report)
        let variants = routes.flatMap { keptVariants(of: $0, &report) }
        let staying = check.untouched.map { Variant(address: $0) }
        let before = prime(variants + staying, &report)
        // Nothing was done yet: what cannot be proven afterwards is not begun.
        guard report.findings.isEmpty, !world.isToStop, purge(routes, &report), !world.isToStop else { return report }
        prove(staying: staying, before, &report)
        prove(purged: variants, before, &report)
        report.checked = variants.count
        report.metrics["routes"] = String(routes.count)
        report.metrics["untouched"] = String(staying.count)
        return report
    }

    private func get(_ variant: Variant, _ report: inout CheckReport) -> Exchange {
        report.requests += 1
        return world.send(CheckRequest(variant.address, headers: variant.headers, connection: check.connection))
    }

    // MARK: - Before

    private func awaitOrigin(_ report: inout CheckReport) -> Bool {
        guard let origin = check.origin else { return true }
        let began = world.now
        while true {
            let exchange = get(Variant(address: origin.address), &report)
            let body = String(decoding: exchange.response?.body ?? [], as: UTF8.self)
            if exchange.status.map({ $0 < 400 }) == true, body.contains(origin.marker) {
                report.metrics["origin_waited_ms"] = String((world.now - began) / 1_000_000)
                return true
            }
            guard world.now - began < check.wait.nanoseconds, world.pause(.milliseconds(500)) else {
                report.find(
                    origin.address.text,
                    "the origin does not serve the new version: it does not say `\(origin.marker)`, and nothing was purged",
                    expected: "`\(origin.marker)` within \(DurationSyntax.format(check.wait))", [exchange])
                return false
            }
        }
    }

    /// The routes, and where they redirect to: purging a redirect leaves its target in the cache.
    private func withTargets(_ report: inout CheckReport) -> [WebAddress] {
        var routes = check.routes
        var next = 0
        while next < routes.count, routes.count < check.routes.count * 4 {
            let exchange = get(Variant(address: routes[next]), &report)
            next += 1
            guard let status = exchange.status, [301, 302, 303, 307, 308].contains(status),
                let location = exchange.response?.headers.value("Location"),
                let target = try? WebAddress(location, from: exchange.request.address),
                target.origin == exchange.request.address.origin, !routes.contains(target),
                !check.untouched.contains(target)
            else { continue }
            world.tell("\(target.text) is purged too: \(exchange.request.address.text) leads there")
            routes.append(target)
        }
        return routes
    }

    /// A page that varies by encoding is kept once for each.
    private func keptVariants(of route: WebAddress, _ report: inout CheckReport) -> [Variant] {
        let plain = Variant(address: route)
        let vary = get(plain, &report).response?.headers.value("Vary")?.lowercased() ?? ""
        guard vary.contains("accept-encoding") else { return [plain] }
        return [plain, Variant(address: route, headers: [CheckHeader("Accept-Encoding", SecretText(plain: "gzip"))])]
    }

    private func prime(_ variants: [Variant], _ report: inout CheckReport) -> [Variant: Exchange] {
        var before: [Variant: Exchange] = [:]
        for variant in variants where !world.isToStop {
            var exchange = get(variant, &report)
            if exchange.cacheUse != .hit { exchange = get(variant, &report) }
            before[variant] = exchange
            if exchange.cacheUse != .hit {
                report.find(
                    variant.address.text,
                    "it is no hit before the purge either, so that nothing would be proven, and nothing was purged",
                    expected: "a page that the cache keeps", [exchange])
            }
        }
        return before
    }

    // MARK: - Purging

    private func purge(_ routes: [WebAddress], _ report: inout CheckReport) -> Bool {
        let calls = PurgeCalls(check: check)
        var sent = 0
        for start in stride(from: 0, to: routes.count, by: check.batch) {
            guard !world.isToStop else { return false }
            let batch = Array(routes[start..<min(start + check.batch, routes.count)])
            let exchange = world.send(calls.request(batch))
            report.requests += 1
            sent += 1
            report.metrics["calls"] = String(sent)
            guard calls.isAccepted(exchange) else {
                report.find(
                    exchange.request.address.text,
                    "\(check.provider.rawValue) refused a purge (\(exchange.ending)); "
                        + "\(Wording.count(start, "route")) of \(routes.count) had been sent, and no more were",
                    expected: calls.acceptance, [exchange])
                return false
            }
        }
        return true
    }

    // MARK: - After

    /// Asked first: a purge that emptied everything is seen before our own requests fill the cache again.
    private func prove(staying: [Variant], _ before: [Variant: Exchange], _ report: inout CheckReport) {
        let answers = staying.map { ($0, get($0, &report)) }
        let lost = answers.filter { $0.1.cacheUse != .hit }
        for (variant, exchange) in lost {
            let what =
                lost.count == staying.count && staying.count > 1
                ? "it is gone from the cache, like everything else that was to stay: the purge emptied more than its routes"
                : "it was to stay and is gone from the cache"
            report.find(
                variant.address.text, what, expected: "still a hit", [before[variant], exchange].compactMap(\.self))
        }
    }

    private func prove(purged variants: [Variant], _ before: [Variant: Exchange], _ report: inout CheckReport) {
        let end = world.now + check.settle.nanoseconds
        for variant in variants where !world.isToStop {
            var first = get(variant, &report)
            while first.cacheUse == .hit, world.now < end, world.pause(.milliseconds(200)) {
                first = get(variant, &report)
            }
            if first.cacheUse != .miss {
                report.find(
                    variant.address.text,
                    first.cacheUse == .hit
                        ? "it still comes from the cache after the purge" : "nothing tells whether it was purged",
                    expected: "one miss within \(DurationSyntax.format(check.settle)), then hits",
                    [before[variant], first].compactMap(\.self))
                continue
            }
            let second = get(variant, &report)
            if second.cacheUse != .hit {
                report.find(
                    variant.address.text, "after the purge it does not get into the cache again", expected: "a hit",
                    [first, second])
            }
        }
    }
}
