import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Reads what a word on the command line of `diff` stands for; what is wrong goes to the loader's problems.
struct OperandReader {
    let context: CommandContext
    /// `nil` where there is none: two files can be compared anywhere.
    let project: Project?
    let loader: ProjectLoader

    /// Both sides of a comparison; two environments are rendered at once.
    ///
    /// - Returns: `nil` for a side that is not valid.
    /// - Throws: `CommandFailure` when the state of runs cannot be read.
    func read(_ left: String, _ right: String) throws -> (left: ComparedOperand?, right: ComparedOperand?) {
        guard case .environment(let one) = asked(left), case .environment(let other) = asked(right) else {
            return (try read(left), try read(right))
        }
        let sides = Self.environments([one, other], loader)
        return (sides[0], sides[1])
    }

    private func asked(_ word: String) -> OperandWord { OperandWord(word, environments: environments, isFile: isFile) }

    private func read(_ word: String) throws -> ComparedOperand? {
        let asked = asked(word)
        if case .file = asked, !isFile(word) {
            reject(word)
            return nil
        }
        switch asked {
        case .environment(let name): return Self.environment(name, loader)
        case .file(let path): return file(path)
        case .standardInput: return standardInput()
        case .deployed, .run, .revision:
            guard let project else {
                loader.problems.add(context.noProject)
                return nil
            }
            if case .revision(let name, let revision) = asked {
                return PastProject(project, at: revision, tellingWith: loader)?.operand(name, named: word)
            }
            return try RecordedOperand(project: project, loader: loader).read(asked, named: word)
        }
    }

    /// An environment as it stands in a project's files.
    static func environment(_ name: String, _ loader: ProjectLoader) -> ComparedOperand? {
        environments([name], loader)[0]
    }

    /// Several of them, in their order; `nil` for one that is not valid.
    static func environments(_ names: [String], _ loader: ProjectLoader) -> [ComparedOperand?] {
        let manifests = names.map { loader.environment($0) }
        var renderings = loader.renderings(toCompare: manifests.compactMap(\.self))[...]
        return zip(names, manifests).map { name, manifest in
            guard let manifest else { return nil }
            let rendering = renderings.removeFirst()
            guard manifest.compose == nil || rendering != nil else { return nil }
            return ComparedOperand(
                name: name, root: ComparedTree.root(of: manifest, compose: rendering?.document), environment: name,
                secrets: manifest.secrets)
        }
    }

    private var environments: [String] { project?.environmentNames ?? [] }

    private func reject(_ word: String) {
        let isRemote = word.contains("@")
        loader.problems.error(
            "`\(word)` is neither an environment nor a file", at: .none, label: Wording.didYouMean(word, environments),
            expected: isRemote
                ? "ENV@deployed, ENV@RUN or ENV@git:REV"
                : environments.isEmpty
                    ? "a path to a YAML, JSON or .env file"
                    : "one of \(Wording.list(environments)), or a path to a file")
    }

    // MARK: - Files

    private func path(_ word: String) -> String { RelativePath.absolute(word, from: context.start) }

    private func isFile(_ word: String) -> Bool {
        // What cannot be looked at is no file for us; reading it would say the same.
        (try? context.host.files.resolve(path(word))) != nil
    }

    private func file(_ word: String) -> ComparedOperand? {
        do throws(FileFailure) {
            let bytes = try context.host.files.read(path(word), Self.largestFile)
            return Self.document(bytes, named: word, isDotenv: Self.isDotenv(word), loader)
        } catch {
            loader.problems.error(
                "\(word) cannot be read: \(error.reason)", at: .none, expected: "a YAML, JSON or .env file")
            return nil
        }
    }

    private func standardInput() -> ComparedOperand? {
        do throws(FileFailure) {
            let bytes = try context.host.console.readInput(Self.largestFile)
            return Self.document(bytes, named: "-", isDotenv: Self.looksLikeDotenv(bytes), loader)
        } catch {
            loader.problems.error(
                "standard input cannot be read: \(error.reason)", at: .none, expected: "a YAML, JSON or .env text")
            return nil
        }
    }

    /// What a text holds: one document, or the list of all.
    static func document(
        _ bytes: [UInt8], named word: String, isDotenv: Bool, _ loader: ProjectLoader
    ) -> ComparedOperand? {
        if isDotenv {
            return loader.dotenv(bytes, path: word).map { ComparedOperand(name: word, root: $0) }
        }
        guard let documents = loader.documents(bytes, path: word) else { return nil }
        switch documents.count {
        case 0: return ComparedOperand(name: word, root: .null)
        case 1: return ComparedOperand(name: word, root: documents[0])
        default: return ComparedOperand(name: word, root: .sequence(documents), isStream: true)
        }
    }

    static func isDotenv(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env")
    }

    /// A text has no name to go by: every line with something in it is `NAME=…`.
    private static func looksLikeDotenv(_ bytes: [UInt8]) -> Bool {
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        let filled = lines.map { $0.drop { $0 == " " || $0 == "\t" } }
            .filter { !$0.isEmpty && $0 != "\r" && !$0.hasPrefix("#") }
        return !filled.isEmpty
            && filled.allSatisfy { line in
                let assignment = line.hasPrefix("export ") ? line.dropFirst(7) : line
                return assignment.firstIndex(of: "=").map { VariableName.isValid(String(assignment[..<$0])) } ?? false
            }
    }

    /// Bytes of a file that a person names: a rendering of ten thousand services fits.
    static let largestFile = 64 << 20
}

extension CommandContext {
    /// The folder that paths on the command line are relative to.
    var start: String {
        RelativePath.absolute(globals.directory ?? ".", from: host.surroundings.workingDirectory)
    }

    var noProject: Diagnostic {
        Diagnostic(
            "no project here: no `environments/` or `runbooks/` in \(start) or above it",
            expected: "a folder with `environments/` or `runbooks/`", next: "rehearse init, or -C DIR")
    }
}
