import Host
import Synchronization

/// A cache in front of an origin: keeps what it is told to, purges when asked, and can do both wrong.
final class ScriptedCache: Sendable {
    struct Mistakes: Sendable {
        /// What it keeps is given to everybody, cookies or not.
        var ignoresCookies = false
        var ignoresPurges = false
        var emptiesAll = false
        /// Purges are refused with this status from the N-th call on.
        var refusal: (status: Int, from: Int)?
        var marks = true
        /// It never keeps these.
        var neverKeeps: Set<String> = []
    }

    private struct State {
        var kept: [String: HTTPResponse] = [:]
        var calls: [[String]] = []
    }

    private let state = Mutex(State())
    private let mistakes: Mistakes

    init(_ mistakes: Mistakes = Mistakes()) { self.mistakes = mistakes }

    /// The URLs of each purging call.
    var calls: [[String]] { state.withLock(\.calls) }

    /// - Parameter origin: what the origin says to a request.
    func answer(
        _ request: HTTPRequest, origin: (HTTPRequest) -> HTTPResponse
    ) -> Result<HTTPResponse, HTTPFailure> {
        state.withLock { state in
            if request.url.contains("/purge_cache") || request.method == "PURGE" {
                return purge(request, &state)
            }
            let isPrivate = request.headers.value("Cookie") != nil && !mistakes.ignoresCookies
            let key = request.url + (request.headers.value("Accept-Encoding") ?? "")
            if !isPrivate, var kept = state.kept[key] {
                if mistakes.marks { kept.headers.append(HTTPHeader("X-Cache", "HIT")) }
                return .success(kept)
            }
            var fresh = origin(request)
            let path = request.url.split(separator: "/").last.map(String.init) ?? ""
            let control = fresh.headers.value("Cache-Control") ?? ""
            let mayKeep = mistakes.ignoresCookies || !isPrivate && !control.contains("no-store")
            if mayKeep, !mistakes.neverKeeps.contains(path) { state.kept[key] = fresh }
            if mistakes.marks { fresh.headers.append(HTTPHeader("X-Cache", "MISS")) }
            return .success(fresh)
        }
    }

    private func purge(_ request: HTTPRequest, _ state: inout State) -> Result<HTTPResponse, HTTPFailure> {
        let text = String(decoding: request.body, as: UTF8.self)
        let urls =
            request.method == "PURGE"
            ? [request.url] : text.split(separator: "\"").filter { $0.hasPrefix("http") }.map(String.init)
        state.calls.append(urls)
        if let refusal = mistakes.refusal, state.calls.count >= refusal.from {
            return .success(.answer(refusal.status, #"{"success": false, "errors": [{"code": 1006}]}"#))
        }
        if mistakes.emptiesAll { state.kept = [:] }
        if !mistakes.ignoresPurges {
            for url in urls { state.kept = state.kept.filter { !$0.key.hasPrefix(url) } }
        }
        return .success(.answer(200, #"{"success": true, "status": "ok"}"#))
    }
}
