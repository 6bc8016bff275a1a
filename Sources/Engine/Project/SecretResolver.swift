package import Deployment
import Diagnostics
package import Host

/// Fetches the values of secrets from where their manifests say.
package struct SecretResolver {
    private let host: Host
    private let root: String

    package init(host: Host, root: String) {
        self.host = host
        self.root = root
    }

    /// How long a secret's command may take.
    private static let patience = Duration.seconds(30)
    private static let largest = 64 << 10

    /// - Returns: the values; whatever could not be had, or cannot be hidden in output, is in `problems`.
    package func resolve(
        _ sources: [String: SecretDeclaration.Source], problems: Problems
    ) -> [(name: String, value: Secret)] {
        let found = sources.sorted { $0.key < $1.key }.compactMap { name, source -> (name: String, value: Secret)? in
            value(of: name, source, problems).map { (name, $0) }
        }
        for problem in SecretMask(found).problems { problems.add(problem.diagnostic) }
        return found
    }

    private func value(of name: String, _ source: SecretDeclaration.Source, _ problems: Problems) -> Secret? {
        switch source {
        case .variable(let variable):
            guard let text = host.surroundings.variables[variable], !text.isEmpty else {
                return missing(name, source, "is not set", next: "export \(variable)=…", problems)
            }
            return Secret(text)
        case .file(let path):
            let full = path.hasPrefix("/") ? path : "\(root)/\(path)"
            do {
                let bytes = Self.withoutLineBreak(try host.files.read(full, Self.largest))
                return bytes.isEmpty
                    ? missing(name, source, "is empty", next: nil, problems) : usable(bytes, name, source, problems)
            } catch {
                return missing(name, source, "cannot be read: \(error.reason)", next: nil, problems)
            }
        case .command(let arguments): return printed(name, source, arguments, problems)
        }
    }

    private func printed(
        _ name: String, _ source: SecretDeclaration.Source, _ arguments: [String], _ problems: Problems
    ) -> Secret? {
        let command = Command(arguments, environment: host.surroundings.variables, directory: root)
        let output = host.processes.capture(command, ProcessLimits(timeout: Self.patience), keeping: Self.largest)
        guard output.succeeded else {
            return missing(name, source, "failed: \(EndingWords.describe(output.outcome))", next: nil, problems)
        }
        let bytes = Self.withoutLineBreak(output.standardOutput)
        return bytes.isEmpty
            ? missing(name, source, "printed nothing", next: nil, problems) : usable(bytes, name, source, problems)
    }

    /// A value that cannot be a variable's is refused before anything starts.
    private func usable(
        _ bytes: [UInt8], _ name: String, _ source: SecretDeclaration.Source, _ problems: Problems
    ) -> Secret? {
        bytes.contains(0) ? missing(name, source, "has a zero byte", next: nil, problems) : Secret(bytes)
    }

    private func missing(
        _ name: String, _ source: SecretDeclaration.Source, _ what: String, next: String?, _ problems: Problems
    ) -> Secret? {
        problems.add(
            Diagnostic(
                "the secret `\(name)` cannot be had: \(source.description) \(what)",
                expected: "a value in \(source.description)",
                next: next))
        return nil
    }

    private static func withoutLineBreak(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes[...]
        if bytes.last == 0x0A { bytes = bytes.dropLast() }
        if bytes.last == 0x0D { bytes = bytes.dropLast() }
        return Array(bytes)
    }
}
