import Deployment

/// What a rehearsal has shown so far: forward, all the way back, forward again.
package struct RehearsalRecord: Hashable, Sendable, Codable {
    package enum Phase: String, Hashable, Sendable, Codable, CaseIterable { case forward, back, again }

    /// How far it came.
    package var phase: Phase
    /// Every undo ran two times.
    package var twice: Bool
    /// It went forward, came back to the world as it was, and went forward again.
    package var held: Bool
    /// Why it does not hold; `nil` when it does.
    package var problem: String?
    /// In the runbook's order.
    package var steps: [Step]
    /// The fingerprint before the first step and after the way back; `nil` without one, or before it was taken again.
    package var fingerprint: Fingerprint?
    /// Steps whose undo ran, and of which nothing says that it undid: no fingerprint, capture, `verify` or `skip_if`.
    package var unproven: [String]

    package struct Step: Hashable, Sendable, Codable {
        package var id: String
        /// Why it was not rehearsed; `nil` when it was.
        package var notRehearsed: String?
        package var forward: Pass?
        package var back: WayBack?
        package var again: Pass?
    }

    /// One way forward of a step.
    package struct Pass: Hashable, Sendable, Codable {
        package var status: StepStatus
        /// All attempts together.
        package var durationMs: Int?
        package var attempts: Int
        /// Relative to the run's folder.
        package var log: String?
    }

    /// The way back of a step.
    package struct WayBack: Hashable, Sendable, Codable {
        package var status: RollbackStatus
        /// Of the last time that its undo ran.
        package var durationMs: Int?
        /// How often its undo ran.
        package var times: Int
        /// Whether its `rollback.verify` held; `nil` without one.
        package var verified: Bool?
        /// Its captures, taken again right after it was undone.
        package var captures: [String: String]
        /// Its `skip_if` said that it is still done; `nil` when it was not asked.
        package var stillDone: Bool?
        /// What did not come back, with both values.
        package var differences: [String]
    }

    package func step(_ id: String) -> Step? { steps.first { $0.id == id } }

    /// The steps that were not rehearsed, with the reason.
    package var notRehearsed: [(id: String, why: String)] {
        steps.compactMap { step in step.notRehearsed.map { (step.id, $0) } }
    }
}

extension RehearsalRecord.Pass {
    /// - Returns: `nil` for a step of which nothing has happened.
    init?(_ step: StepRecord) {
        guard step.status != .pending else { return nil }
        let durations = step.attempts.compactMap(\.durationMs)
        self.init(
            status: step.status, durationMs: durations.isEmpty ? nil : durations.reduce(0, +),
            attempts: step.attempts.count, log: step.log?.path)
    }
}

extension RehearsalRecord.WayBack {
    /// - Returns: `nil` for a step that has not been on its way back.
    init?(_ step: StepRecord, _ check: RunEvent.WayBackChecked?) {
        guard !step.rollback.attempts.isEmpty || check != nil else { return nil }
        let verified: Bool? =
            step.rollback.verify == nil
            ? nil : step.rollback.status == .done ? true : step.rollback.failure?.reason == .verify ? false : nil
        self.init(
            status: step.rollback.status, durationMs: step.rollback.attempts.last { $0.reason == nil }?.durationMs,
            times: step.rollback.attempts.count, verified: verified, captures: check?.captures ?? [:],
            stillDone: check?.stillDone, differences: check.map { Self.differences($0, before: step.captures) } ?? [])
    }

    /// One sentence for each thing that an undo has not brought back.
    static func differences(_ check: RunEvent.WayBackChecked, before: [String: String]) -> [String] {
        var found: [String] = []
        if check.stillDone == true { found.append("its `skip_if` says that it is still done") }
        for (name, value) in check.captures.sorted(by: { $0.key < $1.key }) where before[name] != value {
            found.append("`\(name)` was \(ShownValue.words(before[name])) and is \(ShownValue.words(value))")
        }
        return found
    }
}

/// A value that was looked at, in a sentence.
enum ShownValue {
    private static let longest = 200

    static func words(_ value: String?) -> String {
        guard let value else { return "not known" }
        guard !value.isEmpty else { return "empty" }
        return value.count > longest ? "\(value.prefix(longest))… (\(value.utf8.count) bytes)" : value
    }
}
