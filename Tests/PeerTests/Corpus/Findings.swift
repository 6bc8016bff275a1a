import TestSupport

/// What became of one case.
struct Findings: Sendable {
    let project: ProjectCase
    let document: Comparison
    /// `nil` where the case was not accepted, or cannot be had in that mode.
    var plain: Comparison?
    var environment: Comparison?

    /// Compares the documents, and for an accepted valid case both round trips.
    init(_ folder: CaseFolder) {
        project = folder.project
        let theirs = folder.compose(project.arguments + ["config", "--format", "json"])
        let ours = folder.rehearse(["render"] + project.arguments + ["--absolute-paths", "--format", "json"])
        document = Comparison(theirs, ours)
        guard theirs.status == 0, ours.status == 0, project.defect == nil, case .same = document else { return }
        let trip = RoundTrip(folder: folder, original: theirs.output)
        plain = trip.plain()
        environment = trip.environment()
        if case .known = plain, case .different = environment { environment = plain }
    }
}

/// How many cases came out how.
struct Tally {
    var same = 0
    var bothRefused = 0
    var known: [String: Int] = [:]
    /// The cases that differ, with what differs.
    var different: [(project: ProjectCase, text: String)] = []

    init(_ comparisons: [(ProjectCase, Comparison)]) {
        for (project, comparison) in comparisons {
            switch comparison {
            case .same: same += 1
            case .bothRefused: bothRefused += 1
            case .known(let difference): known[difference.name, default: 0] += 1
            case .different(let text): different.append((project, text))
            }
        }
    }

    func line(_ subject: String, refused: String) -> String {
        "\(subject): \(same) equal, \(bothRefused) \(refused), \(different.count) different"
            + known.sorted { $0.key < $1.key }.map { ", \($0.value) × \($0.key) (known)" }.joined()
    }
}
