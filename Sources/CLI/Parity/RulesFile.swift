import Diagnostics
import Engine
import Host
import YAML

/// `environments/parity.yaml` as it is read and written by `--accept`.
struct RulesFile {
    /// Absolute; behind a link what the link means, so that it stays one.
    let path: String
    /// Empty when it is not there yet.
    let text: String
    private let mode: UInt32
    private let bytes: [UInt8]?
    private let files: Files

    /// - Throws: `CommandFailure` with exit 5 when it is there and cannot be read.
    init(_ project: Project) throws {
        files = project.host.files
        let named = "\(project.root)/\(ProjectLoader.rulesPath)"
        do throws(FileFailure) {
            guard try files.status(named) != nil else {
                (path, text, mode, bytes) = (named, "", 0o644, nil)
                return
            }
            path = try files.resolve(named)
            let found = try files.read(path, LoadOptions.largestFile)
            mode = try files.status(path)?.mode ?? 0o644
            (bytes, text) = (found, String(decoding: found, as: UTF8.self))
        } catch {
            throw Self.failure(error)
        }
    }

    /// Puts the new text in place of the old one, whole.
    ///
    /// - Returns: false, and nothing is written, when somebody else has changed the file meanwhile.
    /// - Throws: `CommandFailure` with exit 5.
    func replace(with text: String) throws -> Bool {
        do throws(FileFailure) {
            let now = try files.status(path) == nil ? nil : try files.read(path, LoadOptions.largestFile)
            guard now == bytes else { return false }
            try files.replace(path, Array(text.utf8), mode)
            return true
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ failure: FileFailure) -> CommandFailure {
        CommandFailure(
            .state,
            [
                Diagnostic(
                    "cannot \(failure.operation) \(failure.path): \(failure.reason)",
                    expected: "a file that can be read and written", retry: "safe after repair")
            ])
    }
}
