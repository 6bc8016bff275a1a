import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// The same comparison as of an earlier revision, so that only what came since is told.
///
/// What cannot be compared at that revision counts as new: a gate never opens because history could not be read.
struct SinceComparison {
    let comparison: ParityComparison
    let project: Project
    let revision: String

    /// One operand of today's comparison: its word, and what was read.
    struct Side {
        let word: String
        let operand: ComparedOperand
    }

    private var context: CommandContext { comparison.context }
    private var loader: ProjectLoader { comparison.loader }

    /// - Returns: `nil` when there is no such revision; the loader's problems say why.
    func report(_ report: ParityReport, _ left: Side, _ right: Side) -> ParityReport? {
        // The revision's own problems are none of today's comparison.
        let quiet = ProjectLoader(project)
        guard let past = PastProject(project, at: revision, tellingWith: quiet) else {
            loader.problems.add(quiet.problems.all)
            return nil
        }
        guard let earlierLeft = side(left, past, quiet), let earlierRight = side(right, past, quiet) else {
            return report
        }
        guard let rules = past.rules() else {
            warn("the rules at `\(revision)` are not valid", quiet)
            return report
        }
        guard let earlier = comparison.report(earlierLeft, earlierRight, rules: rules) else { return report }
        return report.since(earlier)
    }

    private func side(_ side: Side, _ past: PastProject, _ quiet: ProjectLoader) -> ComparedOperand? {
        let isFile = side.operand.environment == nil
        let operand: ComparedOperand?
        if !isFile, side.word == side.operand.environment {
            operand = past.operand(side.word, named: side.word)
        } else if isFile, side.word != "-" {
            operand = past.file(RelativePath.absolute(side.word, from: context.start), named: side.word)
        } else {
            // What a run recorded, or what is of a revision itself, is the same whenever it is looked at.
            return side.operand
        }
        if operand == nil { warn("`\(side.word)` cannot be read at `\(revision)`", quiet) }
        return operand
    }

    private func warn(_ what: String, _ quiet: ProjectLoader) {
        let why = quiet.problems.all.first { $0.severity == .error }.map { ": \($0.message)" } ?? ""
        loader.problems.warning("\(what)\(why); all drift counts as new", at: .none)
    }
}
