import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Compares the values of secrets without showing them: each becomes a digest with a salt that nobody ever sees again.
final class SecretComparison {
    private let context: CommandContext
    private let project: Project
    private let problems: Problems
    /// Made for this one comparison, so that its digests fit no other list of digests.
    private let salt: [UInt8]
    private var known: [(name: String, value: Secret)] = []

    init(context: CommandContext, project: Project, problems: Problems) {
        self.context = context
        self.project = project
        self.problems = problems
        salt = context.host.randomBytes(32)
    }

    /// Hides every value that was fetched.
    var mask: SecretMask { SecretMask(known) }

    /// The operand with a `digest` beside each secret's source; `nil` when a value cannot be had.
    func withDigests(_ operand: ComparedOperand) -> ComparedOperand? {
        guard let secrets = operand.secrets else {
            problems.error(
                "`\(operand.name)` has no values of secrets to compare", at: .none,
                expected: "`--secret-digests` between two environments as they are here, or of a revision")
            return nil
        }
        let found = Problems()
        let sources = Dictionary(uniqueKeysWithValues: secrets.map { ($0.name, $0.source) })
        let values = SecretResolver(host: context.host, root: project.root).resolve(sources, problems: found)
        known += values
        for problem in found.all { problems.add(Self.naming(operand.name, problem)) }
        guard !found.hasErrors else { return nil }
        let digests = Dictionary(
            uniqueKeysWithValues: values.map { ($0.name, context.host.digest.sha256(salt + $0.value.revealed())) })
        var copy = operand
        copy.root = Self.adding(digests, to: operand.root)
        return copy
    }

    private static func naming(_ operand: String, _ problem: Diagnostic) -> Diagnostic {
        var problem = problem
        problem.message = "\(operand): \(problem.message)"
        return problem
    }

    private static func adding(_ digests: [String: String], to root: Node) -> Node {
        guard var tree = root.mapping, let section = tree["secrets"], let secrets = section.mapping else { return root }
        let withDigests = secrets.mapValues { entry in
            guard var source = entry.value.mapping, let digest = digests[entry.key] else { return entry.value }
            var node = Node.string(digest)
            node.range = entry.keyRange
            source.put(Mapping.Entry(key: "digest", keyRange: entry.keyRange, value: node))
            return Node(.mapping(source), range: entry.value.range)
        }
        tree["secrets"] = Node(.mapping(withDigests), range: section.range)
        return Node(.mapping(tree), range: root.range)
    }
}
