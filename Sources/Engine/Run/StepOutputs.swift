import Deployment
import Diagnostics
import Host

/// The `NAME=value` lines that a step appends to the file `$REHEARSE_OUTPUT`.
enum StepOutputs {
    struct Malformed: Error, Hashable { let what: String }

    static let largest = 64 << 10

    /// - Throws: `Malformed` for a line that is no assignment, a name that may not be set, or too much of it.
    static func read(_ path: String, _ host: Host) throws(Malformed) -> [String: String] {
        let bytes: [UInt8]
        do {
            bytes = try host.files.read(path, largest)
        } catch {
            if error.cause == .notFound { return [:] }
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

extension RunSession {
    /// What a step had put out when its run died: nobody has read it yet, and its undo may need it.
    func outputsLeftBehind(by step: StepRecord) -> [String: String] {
        guard step.status == .unknown, let index = plan.steps.firstIndex(where: { $0.id == step.id }) else {
            return [:]
        }
        let path = "\(folder)/steps/\(Wording.padded(index + 1))-\(step.id).output"
        // A last line that was being written is no output.
        return (try? StepOutputs.read(path, host)) ?? [:]
    }
}
