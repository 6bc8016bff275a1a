import CCurl

/// One handle of libcurl, which it owns, with what has come for it so far.
///
/// While a transfer runs libcurl holds a pointer to this object: its owner keeps it until the handle was taken out of
/// the loop.
@safe final class Transfer {
    let handle: UnsafeMutableRawPointer
    /// Index into the load's targets.
    private(set) var target = 0
    private var limits = HTTPLimits()
    private var isEncrypted = false
    private var proxy: HTTPProxy?
    /// Lists of lines that libcurl reads while the transfer runs.
    var lists: [UnsafeMutableRawPointer] = unsafe []
    /// libcurl writes at most this many bytes of text about a failure.
    private let complaint: UnsafeMutablePointer<CChar>

    // Of the request that is under way.
    private(set) var number = 0
    private(set) var intended = 0
    private(set) var started = 0
    private var head = HeaderLines()
    private var body: [UInt8] = []
    private var bodyBytes = 0
    private var isTooLarge = false
    private var tls = TLSFacts()

    /// `nil` when memory is short.
    init?() {
        guard let handle = unsafe ccurl_easy_open() else { return nil }
        unsafe self.handle = handle
        unsafe complaint = .allocate(capacity: 256)
        unsafe complaint.initialize(repeating: 0, count: 256)
    }

    deinit {
        unsafe ccurl_easy_close(handle)
        unsafe lists.forEach { list in unsafe ccurl_list_free(list) }
        unsafe complaint.deallocate()
    }

    /// Sets the handle up for its only request; what is wrong with the request, if anything.
    func prepare(_ request: HTTPRequest, target: Int, proxy: HTTPProxy?, isLonely: Bool) -> HTTPFailure? {
        self.target = target
        if let refusal = request.refusal { return HTTPFailure(.request, refusal) }
        limits = request.limits
        isEncrypted = request.url.prefix(6).lowercased() == "https:"
        self.proxy = proxy
        guard setGuards(request, proxy, isLonely: isLonely), !isEncrypted || setEncryption(request.tls),
            setReceivers(), setRequest(request)
        else { return HTTPFailure(.unavailable, "libcurl refuses an option that is needed") }
        return nil
    }

    private func setReceivers() -> Bool {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        return unsafe ccurl_set_receiver(handle, Int32(CCURL_OPT_HEADERFUNCTION), receiveHeader) == 0
            && ccurl_set_receiver(handle, Int32(CCURL_OPT_WRITEFUNCTION), receiveBody) == 0
            && ccurl_set_pointer(handle, Int32(CCURL_OPT_HEADERDATA), context) == 0
            && ccurl_set_pointer(handle, Int32(CCURL_OPT_WRITEDATA), context) == 0
            && ccurl_set_pointer(handle, Int32(CCURL_OPT_ERRORBUFFER), complaint) == 0
    }

    /// Says which request of the load it is, and when it starts.
    func begin(number: Int, intended: Int, started: Int) {
        self.number = number
        self.intended = intended
        self.started = started
    }

    // MARK: - What comes

    fileprivate func take(header line: UnsafeRawBufferPointer) -> Bool {
        // The session is there only while the transfer runs.
        if unsafe head.take(line), isEncrypted, let version = unsafe ccurl_tls_version(handle),
            let cipher = unsafe ccurl_tls_cipher(handle)
        {
            tls.version = unsafe String(cString: version)
            tls.cipher = unsafe String(cString: cipher)
        }
        if head.bytes > HTTPLimits.headers { isTooLarge = true }
        return !isTooLarge
    }

    fileprivate func take(body piece: UnsafeRawBufferPointer) -> Bool {
        bodyBytes += piece.count
        guard bodyBytes <= limits.body else {
            isTooLarge = true
            return false
        }
        let room = (limits.kept ?? limits.body) - body.count
        if room > 0 { unsafe body.append(contentsOf: piece.prefix(room)) }
        return true
    }

    // MARK: - How it ended

    func result(_ code: Int32) -> Result<HTTPResponse, HTTPFailure> {
        if Int(code) == CCURL_E_OK, head.status != nil { return .success(response()) }
        let partial = head.status == nil ? nil : response()
        if isTooLarge {
            let isHead = head.bytes > HTTPLimits.headers
            return .failure(
                HTTPFailure(
                    .tooLarge,
                    "more than \(isHead ? HTTPLimits.headers : limits.body) bytes of \(isHead ? "header lines" : "body")",
                    partial: partial))
        }
        return .failure(HTTPFailure(HTTPFailure.Cause(curl: Int(code)), words(of: code), partial: partial))
    }

    private func words(of code: Int32) -> String {
        if unsafe complaint.pointee != 0 { return unsafe String(cString: complaint) }
        guard Int(code) != CCURL_E_OK else { return "an answer without a status line" }
        guard let words = unsafe ccurl_error(code) else { return "code \(code) of libcurl" }
        return unsafe String(cString: words)
    }

    private func response() -> HTTPResponse {
        let isReused = count(CCURL_INFO_NUM_CONNECTS) == 0
        if isEncrypted, !isReused { tls.certificates = certificates() }
        let address = text(CCURL_INFO_PRIMARY_IP)
        let port = count(CCURL_INFO_PRIMARY_PORT)
        return HTTPResponse(
            status: head.status ?? 0, version: head.version, headers: head.headers, body: body, bodyBytes: bodyBytes,
            times: HTTPTimes(
                nameLookup: microseconds(CCURL_INFO_NAMELOOKUP_TIME_T),
                connect: microseconds(CCURL_INFO_CONNECT_TIME_T), tls: microseconds(CCURL_INFO_APPCONNECT_TIME_T),
                firstByte: microseconds(CCURL_INFO_STARTTRANSFER_TIME_T),
                total: microseconds(CCURL_INFO_TOTAL_TIME_T)),
            remoteAddress: address.isEmpty ? "" : address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)",
            isConnectionReused: isReused, proxy: proxy?.shown, tls: isEncrypted ? tls : nil)
    }

    private func count(_ info: Int) -> Int {
        var value = 0
        return unsafe ccurl_get_number(handle, Int32(info), &value) == 0 ? value : 0
    }

    private func microseconds(_ info: Int) -> Int {
        var value: Int64 = 0
        return unsafe ccurl_get_size(handle, Int32(info), &value) == 0 ? Int(value) : 0
    }

    private func text(_ info: Int) -> String {
        var value: UnsafePointer<CChar>?
        guard unsafe ccurl_get_text(handle, Int32(info), &value) == 0, let value = unsafe value else { return "" }
        return unsafe String(cString: value)
    }

    private func certificates() -> [CertificateFacts] {
        // A chain is a handful; more is nonsense that somebody sends.
        (0..<min(16, unsafe ccurl_certificate_count(handle))).map { certificate in
            var facts = CertificateFacts()
            var index: Int32 = 0
            while index < 256, let line = unsafe ccurl_certificate_line(handle, certificate, index) {
                facts.take(unsafe String(cString: line))
                index += 1
            }
            return facts
        }
    }
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context, let bytes = unsafe bytes else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return unsafe transfer.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context, let bytes = unsafe bytes else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return unsafe transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}
