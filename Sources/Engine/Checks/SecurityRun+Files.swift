import Deployment
import Diagnostics
import Host

/// Who may read files that only some may read.
struct FileSecurity {
    let world: CheckWorld
    let check: SecurityCheck

    func run(_ list: inout SecurityChecklist) {
        for rule in check.files { look(at: rule, &list) }
    }

    private func look(at rule: SecurityCheck.FileRule, _ list: inout SecurityChecklist) {
        let name = "permissions of \(rule.path)"
        let path = rule.path.hasPrefix("/") ? rule.path : "\(world.root)/\(rule.path)"
        let again = "stat -c '%a %U %n' -- \(ShellQuoting.quoted(rule.path))"
        do throws(FileFailure) {
            // What a link leads to is what can be read.
            let target =
                try world.host.files.status(path)?.kind == .symbolicLink ? world.host.files.resolve(path) : path
            guard let status = try world.host.files.status(target) else {
                guard !rule.isOptional else { return list.held(name, "it is not there") }
                return list.failed(
                    name, "it is not there, and that proves nothing", expected: "the file, or `optional: true`",
                    again: again)
            }
            let allowed = rule.mode ?? (status.kind == .directory ? 0o700 : 0o600)
            if status.mode & 0o777 & ~allowed == 0 {
                list.held(name, Self.octal(status.mode))
            } else {
                let readers = status.mode & 0o004 != 0 ? ", so that everybody on this machine can read it" : ""
                list.failed(
                    name, "\(Self.octal(status.mode))\(readers)", expected: "\(Self.octal(allowed)) at most",
                    again: again)
            }
        } catch {
            list.failed(
                name, "it cannot be looked at: \(error.reason)", expected: "a file that can be looked at", again: again)
        }
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// Literal secrets in the project's files: those that git knows, and those that it would take.
struct ProjectSecrets {
    let world: CheckWorld

    private static let largestFile = 2 << 20
    private static let mostFiles = 20_000
    private static let skipped: Set<String> = [".git", ".rehearse", ".venv", "node_modules", "__pycache__", ".build"]

    func run(_ list: inout SecurityChecklist) {
        let name = "literal secrets in the project"
        guard let files = files() else {
            return list.failed(
                name, "the project's files cannot be listed", expected: "a folder that can be read",
                again: "git ls-files")
        }
        guard !files.isEmpty else {
            return list.failed(name, "there are no files, and that proves nothing", expected: "at least one file")
        }
        var found = 0
        for path in files.prefix(Self.mostFiles) {
            // What cannot be read as a text of a sensible size holds no line that somebody typed.
            guard let bytes = try? world.host.files.read("\(world.root)/\(path)", Self.largestFile),
                !bytes.prefix(8_192).contains(0)
            else { continue }
            for (line, kind) in SecretLines.find(in: bytes) {
                found += 1
                guard found <= 20 else { break }
                list.failed(
                    name, "\(path):\(line) holds what looks like \(kind); it is not shown",
                    expected: "the name of a secret, and its value nowhere in the project",
                    again: "sed -n \(line)p \(ShellQuoting.quoted(path))")
            }
        }
        if files.count > Self.mostFiles {
            list.failed(
                name, "there are \(files.count) files, and only \(Self.mostFiles) were read",
                expected: "fewer files, or a check of its own")
        }
        if found == 0 { list.held(name, "none in \(Wording.count(files.count, "file"))") }
    }

    private func files() -> [String]? {
        let repository = GitRepository(
            directory: world.root, host: world.host, environment: world.host.surroundings.variables)
        let listed = repository.attempt(
            ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], keeping: 16 << 20)
        if listed.succeeded, !listed.isTruncated {
            return listed.standardOutput.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        }
        var found: [String] = []
        return walk("", into: &found, depth: 0) ? found : nil
    }

    /// Without git: everything but what tools make.
    private func walk(_ folder: String, into found: inout [String], depth: Int) -> Bool {
        guard depth < 32, found.count <= Self.mostFiles else { return true }
        let full = folder.isEmpty ? world.root : "\(world.root)/\(folder)"
        guard let names = try? world.host.files.list(full) else { return depth > 0 }
        for name in names where !Self.skipped.contains(name) {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            switch (try? world.host.files.status("\(world.root)/\(path)"))??.kind {
            case .file: found.append(path)
            case .directory: _ = walk(path, into: &found, depth: depth + 1)
            default: break
            }
        }
        return true
    }
}

/// Secrets in logs: the values of those that are named, in every form, and what has the shape of one.
struct LogSecrets {
    let world: CheckWorld
    let check: SecurityCheck

    private static let largestLog = 64 << 20

    func run(_ list: inout SecurityChecklist) {
        for pattern in check.logs {
            let paths = expanded(pattern)
            guard !paths.isEmpty else {
                list.failed(
                    "secrets in \(pattern)", "there is no such log, and that proves nothing", expected: "a log")
                continue
            }
            for path in paths { look(at: path, &list) }
        }
    }

    private func look(at path: String, _ list: inout SecurityChecklist) {
        let name = "secrets in \(path)"
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try world.host.files.read(path.hasPrefix("/") ? path : "\(world.root)/\(path)", Self.largestLog)
        } catch {
            return list.failed(name, "it cannot be read: \(error.reason)", expected: "a log that can be read")
        }
        var hits = SecretLines.find(in: bytes)
        let masked = world.mask.mask(bytes)
        if masked != bytes {
            // Line by line, to tell where; a value over several lines is told with the whole.
            let before = hits.count
            for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
                let text = Array(line)
                let hidden = world.mask.mask(text)
                if hidden != text { hits.append((index + 1, Self.name(in: hidden))) }
                if hits.count > before + 20 { break }
            }
            if hits.count == before { hits.append((1, Self.name(in: masked))) }
        }
        for (line, what) in hits.prefix(20) {
            list.failed(
                name, "line \(line) holds \(what); it is not shown", expected: "no secret in a log",
                again: "sed -n \(line)p \(ShellQuoting.quoted(path))")
        }
        if hits.isEmpty { list.held(name, "none in \(Wording.bytes(bytes.count))") }
    }

    private static func name(in masked: [UInt8]) -> String {
        let text = String(decoding: masked, as: UTF8.self)
        guard let start = text.firstRange(of: "[secret ") else { return "a secret" }
        return "the secret `\(text[start.upperBound...].prefix { $0 != "]" })`"
    }

    /// Only the last part may hold `*`.
    private func expanded(_ pattern: String) -> [String] {
        guard pattern.contains("*") else {
            let full = pattern.hasPrefix("/") ? pattern : "\(world.root)/\(pattern)"
            return ((try? world.host.files.status(full)) ?? nil) == nil ? [] : [pattern]
        }
        let slash = pattern.lastIndex(of: "/")
        let folder = slash.map { String(pattern[..<$0]) } ?? "."
        let parts = (slash.map { pattern[pattern.index(after: $0)...] } ?? pattern[...])
            .split(separator: "*", omittingEmptySubsequences: false)
        let full = folder.hasPrefix("/") ? folder : "\(world.root)/\(folder)"
        let names = (try? world.host.files.list(full)) ?? []
        return names.filter { Self.matches($0, parts) }.map { "\(folder)/\($0)" }
    }

    private static func matches(_ name: String, _ parts: [Substring]) -> Bool {
        guard let first = parts.first, let last = parts.last, name.hasPrefix(first) else { return false }
        var rest = name.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return parts.count == 1 ? rest.isEmpty : rest.hasSuffix(last)
    }
}

/// Lines that look like secrets.
enum SecretLines {
    /// 1-based numbers, and what each looks like.
    static func find(in bytes: [UInt8]) -> [(line: Int, kind: String)] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            // Most lines are too short for any secret that has a shape.
            guard line.count >= 16, line.count <= 1 << 16 else { return nil }
            return LiteralSecrets.kind(of: String(decoding: line, as: UTF8.self)).map { (index + 1, $0) }
        }
    }
}
