import Diagnostics
import Host

extension TagReleasing {
    /// Who makes the tag and when, as git writes it: `Name <address> SECONDS ZONE`.
    ///
    /// Git's own answer first. A machine that has none, as CI jobs do, is named by its user and host; `nil` when these
    /// are not known either, or the configuration forbids guessing (`user.useConfigOnly`).
    func identity() throws(GitFailure) -> String? {
        let output = repository.attempt(["var", "GIT_COMMITTER_IDENT"])
        if output.succeeded { return output.trimmedText }
        guard output.outcome.ending == .exited(128) else {
            throw repository.failure(of: output, timeout: GitRepository.localTimeout)
        }
        let guessing = repository.attempt(["config", "--type=bool", "--get", "user.useConfigOnly"])
        if guessing.trimmedText == "true" { return nil }
        let surroundings = repository.host.surroundings
        let allowed: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        guard !surroundings.userName.isEmpty, surroundings.userName.allSatisfy(allowed), !surroundings.hostName.isEmpty,
            surroundings.hostName.allSatisfy(allowed)
        else { return nil }
        let seconds = repository.host.clock.now().millisecondsSince1970 / 1_000
        return "rehearse <\(surroundings.userName)@\(surroundings.hostName)> \(seconds) +0000"
    }
}
