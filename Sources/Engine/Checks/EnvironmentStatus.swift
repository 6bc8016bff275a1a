/// How an environment stands: four questions, and who is at work on it.
package struct EnvironmentStatus: Hashable, Sendable {
    package enum Word: String, Hashable, Sendable {
        case yes
        case no
        /// It could not be told.
        case unknown
    }

    package struct Answer: Hashable, Sendable {
        package var word: Word
        /// One line. May hold text from a server or a program, control characters spelled out.
        package var why: String
        /// What to type; `nil` when nothing needs to be done.
        package var next: String?

        package init(_ word: Word, _ why: String, next: String? = nil) {
            self.word = word
            self.why = why
            self.next = next
        }
    }

    package var environment: String
    package var up: Answer
    /// Slower than its own baseline.
    package var slow: Answer
    /// Whether jobs fail.
    package var jobs: Answer
    /// Whether the last deployment changed anything.
    package var lastDeployment: Answer
    /// The run that is going on, and whose it is; `nil` when there is none.
    package var lock: String?

    /// Up, not slow, and no job fails. That a speed cannot be told is no illness; that jobs cannot be asked is one.
    package var isHealthy: Bool {
        up.word == .yes && slow.word != .yes && jobs.word == .no && lastDeployment.next == nil
    }

    /// One line: what is wrong, or that nothing is.
    package var summary: String {
        var wrong: [String] = []
        if up.word != .yes { wrong.append("not up: \(up.why)") }
        if slow.word == .yes { wrong.append("slow: \(slow.why)") }
        if jobs.word != .no { wrong.append("jobs: \(jobs.why)") }
        if lastDeployment.next != nil { wrong.append("last deployment: \(lastDeployment.why)") }
        return wrong.isEmpty ? "up, not slow, no job failing" : wrong.joined(separator: "; ")
    }
}
