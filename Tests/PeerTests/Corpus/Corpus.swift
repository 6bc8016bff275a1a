import Host
import TestSupport

/// Which cases are made, and how many.
///
/// `REHEARSE_CORPUS_SEED` and `REHEARSE_CORPUS_COUNT` try others than the ones of every run.
struct Corpus: Sendable {
    let seed: UInt64
    let count: Int
    /// Whether one thing is wrong in every case.
    let isBroken: Bool

    init(broken: Bool) {
        let variables = Host.live().surroundings.variables
        seed = variables["REHEARSE_CORPUS_SEED"].flatMap { UInt64($0) } ?? 40
        count = variables["REHEARSE_CORPUS_COUNT"].flatMap { Int($0) } ?? 600
        isBroken = broken
    }

    /// Makes all cases and takes each through a check, on two workers.
    func each<Result: Sendable>(_ check: @escaping @Sendable (CaseFolder) -> Result) async throws -> [Result] {
        let scratch = try ScratchDirectory()
        let results = await withTaskGroup(of: [(Int, Result)].self) { group in
            for worker in 0..<2 {
                group.addTask {
                    stride(from: worker, to: count, by: 2).map { number in
                        let project = ProjectGenerator.project(seed: seed, number: number, broken: isBroken)
                        let folder = CaseFolder(project, in: scratch("\(number)"))
                        defer { try? Files.live.removeTree(folder.root) }
                        return (number, check(folder))
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        withExtendedLifetime(scratch) {}
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The name of a case in messages and of the folder in which it is kept.
    func name(of project: ProjectCase) -> String { "\(isBroken ? "broken" : "valid")-\(seed)-\(project.number)" }

    /// A failure's text: what differs, and where the case lies.
    func report(_ text: String, of project: ProjectCase) -> String {
        let place = CaseFolder.keep(project, saying: text, as: name(of: project))
        return "\(name(of: project))\(project.defect.map { " (\($0))" } ?? ""): \(text)\n  kept in \(place)"
    }
}
