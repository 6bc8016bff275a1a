import Deployment
import Host

/// The `NAME=value` lines that a step appends to the file `$REHEARSE_OUTPUT`.
enum StepOutputs {
    struct Malformed: Error, Hashable {
        let what: String
        /// What could be read all the same.
        var outputs: [String: String] = [:]
    }

    static let largest = 64 << 10

    /// - Returns: `nil` when there is no such file.
    /// - Throws: `Malformed` for a line that is no assignment, a name that may not be set, or too much of it.
    static func read(_ path: String, _ host: Host) throws(Malformed) -> [String: String]? {
        let bytes: [UInt8]
        do {
            bytes = try host.files.read(path, largest)
        } catch {
            if error.cause == .notFound { return nil }
            throw Malformed(what: "the file `$REHEARSE_OUTPUT`: \(error.reason)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Malformed(what: "the file `$REHEARSE_OUTPUT` is not UTF-8")
        }
        var result: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            guard let equals = line.firstIndex(of: "=") else {
                throw Malformed(what: "line \(index + 1) of `$REHEARSE_OUTPUT` is not NAME=value")
            }
            let name = String(line[..<equals])
            guard VariableName.isValid(name), !VariableName.isReserved(name) else {
                throw Malformed(what: "line \(index + 1) of `$REHEARSE_OUTPUT` sets `\(name)`, which cannot be set")
            }
            result[name] = String(line[line.index(after: equals)...])
        }
        return result
    }
}

extension RunStore {
    /// What a step had put out when its run died: nobody has read it yet, and its undo may need it.
    package func outputsLeftBehind(by step: StepRecord, in record: RunRecord) -> [String: String] {
        guard step.status == .unknown, let path = outputPath(of: step.id, in: record) else { return [:] }
        // A last line that was being written is no output.
        return (try? StepOutputs.read(path, host)) ?? [:]
    }

    /// Removes what it had put out, once that was used: it may hold a secret.
    func forgetOutputsLeftBehind(by step: StepRecord, in record: RunRecord) {
        guard let path = outputPath(of: step.id, in: record) else { return }
        // Most often there is none.
        try? host.files.remove(path)
    }

    private func outputPath(of step: String, in record: RunRecord) -> String? {
        guard record.step(step) != nil else { return nil }
        return "\(path(of: record.id))/\(record.fileStem(of: step)).output"
    }
}
