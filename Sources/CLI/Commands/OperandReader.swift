import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// What a word on the command line of `diff` stands for: an environment, or a file.
struct OperandReader {
    let context: CommandContext
    let project: Project?
    let loader: ProjectLoader
    let comparison: ParityComparison

    /// - Returns: `nil` when it is not valid; the loader's problems say why.
    func read(_ word: String) -> ComparedOperand? {
        if let project, project.environmentNames.contains(word) { return comparison.environment(word) }
        if let at = word.firstIndex(of: "@"), project?.environmentNames.contains(String(word[..<at])) == true {
            loader.problems.error(
                "`\(word)` is not there yet in this version: an environment as deployed, recorded or of a revision",
                at: .none,
                expected: "an environment or a file")
            return nil
        }
        if isFile(word) { return file(word) }
        let names = project?.environmentNames ?? []
        loader.problems.error(
            "`\(word)` is neither an environment nor a file", at: .none, label: Wording.didYouMean(word, names),
            expected: names.isEmpty
                ? "a path to a YAML, JSON or .env file" : "one of \(Wording.list(names)), or a path to a file")
        return nil
    }

    private func path(_ word: String) -> String {
        word.hasPrefix("/")
            ? word : "\(context.globals.directory ?? context.host.surroundings.workingDirectory)/\(word)"
    }

    private func isFile(_ word: String) -> Bool {
        // What cannot be looked at is no file for us; reading it would say the same.
        ((try? context.host.files.resolve(path(word))) != nil)
    }

    private func file(_ word: String) -> ComparedOperand? {
        let bytes: [UInt8]
        do {
            bytes = try context.host.files.read(path(word), LoadOptions.largestFile)
        } catch {
            loader.problems.error(
                "\(word) cannot be read: \(error.reason)", at: .none, expected: "a YAML, JSON or .env file")
            return nil
        }
        let name = word.split(separator: "/").last.map(String.init) ?? word
        let isDotenv = name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env")
        let node = isDotenv ? loader.dotenv(bytes, path: word) : loader.document(bytes, path: word)
        return node.map { ComparedOperand(name: word, root: $0) }
    }
}
