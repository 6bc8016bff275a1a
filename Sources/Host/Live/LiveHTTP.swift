import CCurl

extension HTTP {
    /// Nothing of libcurl is loaded before the first request.
    package static func live() -> HTTP {
        HTTP(perform: LiveHTTP.perform, performMany: LiveHTTP.performMany)
    }
}

enum LiveHTTP {
    /// What to install where libcurl is missing, by the name that Debian has for it.
    static let package = "libcurl4"

    static func perform(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
        var answer: Result<HTTPResponse, HTTPFailure>?
        let load = HTTPLoad([request], count: 1, pace: .concurrency(1), stopSwitch: request.stopSwitch)
        let ending = performMany(load) { event in
            answer = event.result
            return true
        }
        if let answer { return answer }
        if case .unavailable(let why) = ending { return .failure(HTTPFailure(.unavailable, why)) }
        return .failure(HTTPFailure(.interrupted, "it was told to stop"))
    }

    static func performMany(_ load: HTTPLoad, _ observe: (HTTPLoadEvent) -> Bool) -> HTTPLoadEnding {
        if let missing = unsafe ccurl_load() {
            let said = unsafe String(cString: missing)
            return .unavailable("\(said); install the package \(package)")
        }
        guard let loop = TransferLoop(load) else { return .unavailable("libcurl has no memory for a request") }
        return loop.run(observe)
    }
}
