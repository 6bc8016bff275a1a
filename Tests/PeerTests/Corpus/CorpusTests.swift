import TestSupport
import Testing

@Suite(.enabled(if: Peer.compose.isThere, Peer.compose.whyNot), .serialized)
struct `Generated projects beside docker compose config` {
    @Test func `a valid project is the same document, and what is rendered is the same again`() async throws {
        let corpus = Corpus(broken: false)
        let findings = try await corpus.each { Findings($0) }
        let documents = Tally(findings.map { ($0.project, $0.document) })
        let plain = Tally(findings.compactMap { finding in finding.plain.map { (finding.project, $0) } })
        let moved = Tally(findings.compactMap { finding in finding.environment.map { (finding.project, $0) } })
        print("corpus, seed \(corpus.seed), \(corpus.count) valid projects")
        print("  " + documents.line("documents", refused: "refused by both"))
        print("  " + plain.line("read again", refused: "refused by both"))
        print(
            "  "
                + moved.line(
                    "for an environment, in another folder",
                    refused: "refused for a name without a value or a `$` that changes one"))
        report(documents, plain, moved, of: corpus)
        #expect(documents.same >= corpus.count * 19 / 20, "too few of the projects are valid")
        #expect(plain.same >= documents.same * 4 / 5, "too few of the projects can be read again")
        #expect(moved.same >= corpus.count / 2, "too few of the projects have all their values")
    }

    @Test func `a project with one defect is refused by both, or rendered alike`() async throws {
        let corpus = Corpus(broken: true)
        let tally = Tally(try await corpus.each { Findings($0) }.map { ($0.project, $0.document) })
        print("corpus, seed \(corpus.seed), \(corpus.count) projects with one defect")
        print("  " + tally.line("documents", refused: "refused by both"))
        report(tally, of: corpus)
        #expect(tally.bothRefused >= corpus.count * 4 / 5, "too few of the defects are defects")
    }

    @Test(arguments: KnownDifference.all)
    func `a known difference is still one`(_ difference: KnownDifference) throws {
        let scratch = try ScratchDirectory()
        let inner = "configs: {inner: {environment: TOKEN}}\nservices: {a: {image: x, configs: [inner]}}\n"
        let project = ProjectCase(
            number: 0, files: ["compose.yaml": difference.example + "\n", "inner.yaml": inner],
            arguments: ["-f", "compose.yaml"], environment: ProjectDraft.environment, defect: nil, fields: [])
        let folder = CaseFolder(project, in: scratch.path)
        let theirs = folder.compose(["-f", "compose.yaml", "config", "--format", "json"])
        let ours = folder.rehearse(["render", "-f", "compose.yaml", "--format", "json"])
        #expect(difference.covers(theirs, ours), "\(theirs)\n\(ours)")
        withExtendedLifetime(scratch) {}
    }

    /// Shows the first of the cases that differ; all are kept.
    private func report(_ tallies: Tally..., of corpus: Corpus) {
        let texts = tallies.flatMap(\.different).map { corpus.report($0.text, of: $0.project) }
        for text in texts.prefix(12) { Issue.record("\(text)") }
        if texts.count > 12 { Issue.record("and \(texts.count - 12) more") }
    }
}

@Suite struct `The generator of projects` {
    @Test func `makes every field of the specification`() {
        let made = (0..<600).reduce(into: Set<String>()) { fields, number in
            fields.formUnion(ProjectGenerator.project(seed: 1, number: number, broken: false).fields)
        }
        let newer = SpecificationField.all.filter {
            $0.hasPrefix("services.*.pre_start") || $0 == "services.*.build.no_cache_filter"
        }
        #expect(SpecificationField.all.subtracting(made) == newer, "docker compose 2.40.3 knows all but these")
    }

    @Test func `makes the same project of the same seed`() {
        for isBroken in [false, true] {
            let first = ProjectGenerator.project(seed: 3, number: 7, broken: isBroken)
            let second = ProjectGenerator.project(seed: 3, number: 7, broken: isBroken)
            #expect(first.files == second.files)
            #expect(first.defect == second.defect)
            #expect(first.files != ProjectGenerator.project(seed: 4, number: 7, broken: isBroken).files)
        }
    }
}
