import CCurl
import Glibc

/// Carries a load out on the calling thread: a handle of libcurl for each request, and one loop that waits for all of
/// those that are under way, for the next start and for signals at once. Connections belong to the loop and are used again.
///
/// Handles are not: until 8.1.1 (Debian 12 has 7.88.1) libcurl kept a pointer to the last header of a handle's last answer,
/// which it had freed, and wrote there when the next answer's first header line was a folded one
/// (<https://github.com/curl/curl/issues/11101>).
@safe final class TransferLoop {
    private let load: HTTPLoad
    private let multi: UnsafeMutableRawPointer
    /// Readable at the next start: `poll` counts milliseconds only.
    private let timer: Descriptor
    private let knownSignals = LiveSignals.seenCount
    private let began: Int
    private let proxies: [HTTPProxy?]
    private var underWay: [UnsafeMutableRawPointer: Transfer] = unsafe [:]
    private var next = 0

    /// `nil` when memory or descriptors are short.
    init?(_ load: HTTPLoad) {
        guard let multi = unsafe ccurl_multi_open() else { return nil }
        self.load = load
        unsafe self.multi = multi
        timer = Descriptor(owning: ccurl_timer_open())
        let variables = LiveSurroundings.variables
        proxies = load.targets.map { HTTPProxy(for: $0.url, variables) }
        began = LiveClock.monotonicNanoseconds
        _ = unsafe ccurl_multi_set_number(multi, Int32(CCURL_MOPT_MAXCONNECTS), limit)
    }

    deinit {
        unsafe underWay.values.forEach { transfer in _ = unsafe ccurl_multi_remove(multi, transfer.handle) }
        unsafe underWay.removeAll()
        unsafe ccurl_multi_close(multi)
    }

    private var limit: Int {
        switch load.pace {
        case .concurrency(let count): max(1, count)
        case .starts(_, let atMost): max(1, atMost)
        }
    }

    private var now: Int { LiveClock.monotonicNanoseconds - began }

    func run(_ observe: (HTTPLoadEvent) -> Bool) -> HTTPLoadEnding {
        while true {
            if isToStop { return .interrupted }
            guard let unsent = start() else { return .unavailable("libcurl has no memory for a request") }
            for event in unsent where !observe(event) { return .enough }
            guard unsafe ccurl_multi_perform(multi) == 0 else { return .unavailable("libcurl gave up") }
            var ended = 0
            var code: Int32 = 0
            while let handle = unsafe ccurl_multi_next_ended(multi, &code) {
                ended += 1
                guard let event = unsafe end(handle, code) else { continue }
                if !observe(event) { return .enough }
            }
            if next >= load.count, unsafe underWay.isEmpty { return .finished }
            if ended == 0, unsent.isEmpty, !wait() {
                return .unavailable("libcurl cannot wait: no descriptor or memory is left")
            }
        }
    }

    private var isToStop: Bool { LiveSignals.count > knownSignals || load.stopSwitch?.isOn ?? false }

    // MARK: - Starting

    /// Starts what is due; what could not be sent at all comes back. `nil` when memory is short.
    private func start() -> [HTTPLoadEvent]? {
        var unsent: [HTTPLoadEvent] = []
        while next < load.count, unsafe underWay.count < limit {
            let intended = instant(next)
            if let intended, intended > now { break }
            let target = load.target(next)
            guard let transfer = Transfer() else { return nil }
            let refusal = transfer.prepare(
                load.targets[target], target: target, proxy: proxies[target], isLonely: load.count == 1)
            let started = now
            if let refusal {
                unsent.append(
                    HTTPLoadEvent(
                        number: next, target: target, intended: intended ?? started, started: started, ended: started,
                        result: .failure(refusal)))
            } else {
                transfer.begin(number: next, intended: intended ?? started, started: started)
                guard unsafe ccurl_multi_add(multi, transfer.handle) == 0 else { return nil }
                unsafe underWay[transfer.handle] = transfer
            }
            next += 1
        }
        return unsent
    }

    /// When a request should start; `nil`: as soon as it can.
    private func instant(_ number: Int) -> Int? {
        guard case .starts(let instant, _) = load.pace else { return nil }
        return instant(number)
    }

    private func end(_ handle: UnsafeMutableRawPointer, _ code: Int32) -> HTTPLoadEvent? {
        guard let transfer = unsafe underWay.removeValue(forKey: handle) else { return nil }
        let ended = now
        let event = HTTPLoadEvent(
            number: transfer.number, target: transfer.target, intended: transfer.intended, started: transfer.started,
            ended: ended, result: transfer.result(code))
        // The handle ends with the transfer, and must not be in the loop by then.
        withExtendedLifetime(transfer) { _ = unsafe ccurl_multi_remove(multi, handle) }
        return event
    }

    // MARK: - Waiting

    /// Bounded, because where several threads wait only one of them gets the byte that a signal sends, and nothing at
    /// all tells that a switch was turned on.
    ///
    /// - Returns: `false` when the system refused.
    private func wait() -> Bool {
        var milliseconds: Int32 = load.stopSwitch == nil ? 200 : 20
        var alarm: Int32 = -1
        if next < load.count, unsafe underWay.count < limit, let start = instant(next) {
            if timer.number >= 0, ccurl_timer_set(timer.number, Int64(began + max(1, start))) == 0 {
                alarm = timer.number
            } else {
                milliseconds = min(milliseconds, LiveClock.pollMilliseconds(start - now))
            }
        }
        let wake = LiveSignals.wakeDescriptor
        let multi = unsafe multi
        let code = Turns.handedOver { unsafe ccurl_multi_wait(multi, wake, alarm, milliseconds) }
        if alarm >= 0 { ccurl_timer_drain(alarm) }
        LiveSignals.drainWakeUps()
        return code == 0
    }
}
