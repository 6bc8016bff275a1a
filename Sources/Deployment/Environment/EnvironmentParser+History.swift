import Diagnostics
import YAML

extension EnvironmentParser {
    private static let historyKeys = [
        "remote", "project", "required", "require_signed", "allowed_signers", "timeout",
    ]

    /// `nil` for an environment whose records stay on their machine, and where something is wrong.
    func history(_ fields: Fields, of environment: EnvironmentName) -> SharedHistory? {
        guard let node = fields.node("history"),
            let inner = Fields(node, of: "history setting", known: Self.historyKeys, problems: problems),
            let remote = inner.requiredString("remote", expected: "the name or the address of a git remote")
        else { return nil }
        if SharedHistory.holdsCredentials(remote.value) {
            problems.add(
                Diagnostic(
                    "the address of `remote` holds a password or a token", at: remote.range.startOnly,
                    label: "the value is not shown", isWithheld: true,
                    expected: "an address without, and a credential helper of git; or the name of a git remote",
                    next: "git config credential.helper, and change the password: it is in the history of this file"))
            return nil
        }
        if remote.value.hasPrefix("-") || remote.value.contains("::") {
            problems.error(
                "`remote` cannot be `\(remote.value)`", at: remote.range,
                expected: "the name or the address of a git remote")
            return nil
        }
        if environment.text.hasSuffix(".") {
            problems.error(
                "`\(environment.text)` cannot share its history: no ref of git ends with a dot", at: remote.range,
                expected: "an environment whose name ends with a letter or a digit")
            return nil
        }
        let project = inner.string("project")
        if let project, !EnvironmentName.isValid(project.value) || project.value.hasSuffix(".") {
            problems.error(
                "`project` cannot be `\(project.value)`", at: project.range, expected: EnvironmentName.rule)
        }
        let signers = inner.string("allowed_signers")
        let requiresSignature = inner.boolean("require_signed")
        if let requiresSignature, requiresSignature.value, signers == nil {
            problems.error(
                "`require_signed` needs `allowed_signers`", at: requiresSignature.range,
                expected: "a file of those whose signature counts, as `ssh-keygen` takes it",
                next: "add `allowed_signers: FILE` beside it")
        }
        return SharedHistory(
            remote: remote.value, project: project?.value, isRequired: inner.boolean("required")?.value ?? true,
            requiresSignature: requiresSignature?.value ?? false, allowedSigners: signers?.value,
            timeoutMs: inner.duration("timeout")?.value.milliseconds ?? SharedHistory.defaultTimeoutMs)
    }
}
