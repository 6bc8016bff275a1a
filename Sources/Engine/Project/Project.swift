package import Deployment
import Diagnostics
package import Host

/// A folder with `environments/` or `runbooks/`, and the way to read its files.
package struct Project: Sendable {
    /// Absolute, symbolic links resolved.
    package let root: String
    package let host: Host

    package init(root: String, host: Host) {
        self.root = root
        self.host = host
    }

    package static let templateFolder = "templates"

    /// The nearest folder upward from `start` that has `environments/` or `runbooks/`, or at least `.rehearse/`.
    ///
    /// The last is enough for a rollback: it needs nothing else.
    package static func find(from start: String, host: Host) -> Project? {
        guard let resolved = try? host.files.resolve(start) else { return nil }
        return nearest(resolved, host, [EnvironmentReader.folder, Runbook.folder])
            ?? nearest(resolved, host, [StateFolder.name])
    }

    private static func nearest(_ start: String, _ host: Host, _ folders: [String]) -> Project? {
        var folder = start
        while true {
            // A folder that cannot be looked at is no project of ours.
            if folders.contains(where: { (try? host.files.status("\(folder)/\($0)"))??.kind == .directory }) {
                return Project(root: folder, host: host)
            }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    package var state: StateFolder { StateFolder(project: root, host: host) }
    package var store: RunStore { RunStore(folder: state, host: host) }

    /// Reads files below the project; a path that leads outside it, also by a symbolic link, is refused.
    package var reader: SourceReader { reader() }

    /// The same with exceptions for what a person named.
    ///
    /// - Parameters:
    ///   - typed: files to read wherever they are, absolute.
    ///   - folders: further folders below which files may be read, absolute.
    package func reader(typed: [String] = [], folders: [String] = []) -> SourceReader {
        let typed = Set(typed)
        // A folder that is not there has no files to read.
        let roots = [root] + folders.compactMap { try? host.files.resolve($0) }
        return SourceReader { [root, host] path throws(SourceReader.Refusal) in
            let full = Self.full(path, root)
            let isTyped = typed.contains(full)
            // What is outside by its very name is not even looked at.
            guard isTyped || Self.isBelow(Self.clean(full), roots + folders) else { throw .outsideProject }
            let resolved: String
            do throws(FileFailure) { resolved = try host.files.resolve(full) } catch { throw Self.refusal(error) }
            guard isTyped || Self.isBelow(resolved, roots) else { throw .outsideProject }
            do throws(FileFailure) {
                return try host.files.read(resolved, Self.largestFile)
            } catch {
                throw Self.refusal(error)
            }
        }
    }

    private static func isBelow(_ path: String, _ roots: [String]) -> Bool {
        roots.contains { path == $0 || path.hasPrefix($0 == "/" ? "/" : "\($0)/") }
    }

    /// An absolute path without `.` and `..`, by its text alone.
    private static func clean(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Reads any file: for paths that a person typed. `-` is standard input, which can be read once.
    package var openReader: SourceReader {
        SourceReader { [root, host] path throws(SourceReader.Refusal) in
            do throws(FileFailure) {
                if path == "-" { return try host.console.readInput(Self.largestFile) }
                return try host.files.read(Self.full(path, root), Self.largestFile)
            } catch {
                throw Self.refusal(error)
            }
        }
    }

    private static func full(_ path: String, _ root: String) -> String {
        path.hasPrefix("/") ? path : "\(root)/\(path)"
    }

    private static let largestFile = 8 << 20

    private static func refusal(_ failure: FileFailure) -> SourceReader.Refusal {
        switch failure.cause {
        case .notFound: .notFound
        case .notRegular: .notAFile
        case .tooLarge(let limit): .tooLarge(limit: limit)
        default: .notReadable(failure.reason)
        }
    }

    // MARK: - What there is

    /// Names of the environments, sorted; `parity.yaml` is none.
    package var environmentNames: [String] { names(in: EnvironmentReader.folder).filter { $0 != "parity" } }
    package var runbookNames: [String] { names(in: Runbook.folder) }

    /// Why a folder of manifests cannot be looked into; `nil` when it can be, or when there is none.
    package func failureToList(_ folder: String) -> FileFailure? {
        do throws(FileFailure) { _ = try host.files.list("\(root)/\(folder)") } catch {
            return error.cause == .notFound ? nil : error
        }
        return nil
    }

    private func names(in folder: String) -> [String] {
        // No folder, no names; who needs one asks why (`failureToList`).
        let files = (try? host.files.list("\(root)/\(folder)")) ?? []
        return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { String($0.dropLast(5)) }
    }
}
