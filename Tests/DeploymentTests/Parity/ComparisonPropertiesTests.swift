import Deployment
import Testing
import YAML

/// What holds for any two documents; a failing seed is an example to look at.
@Suite struct `Any comparison` {
    static let seeds = Array(UInt64(1)...400)

    /// Two documents that have much in common.
    private func pair(_ seed: UInt64) -> (left: Node, right: Node) {
        var generator = TreeGenerator(seed: seed)
        let left = generator.document()
        return (left, seed.isMultiple(of: 7) ? generator.document() : generator.edited(generator.edited(left)))
    }

    private func differences(_ left: Node, _ right: Node) -> [Difference] {
        Comparison.differences(left: left, right: right).differences
    }

    @Test func `is made with documents that differ in every way`() {
        let results = Self.seeds.map { seed in
            let (left, right) = pair(seed)
            return Comparison.differences(left: left, right: right)
        }
        let all = results.flatMap(\.differences)
        for kind in Difference.Kind.allCases { #expect(all.count { $0.kind == kind } > 300, "\(kind)") }
        #expect(all.count(where: \.isTypeOnly) > 10)
        #expect(results.count { !$0.reordered.isEmpty } > 10)
        #expect(all.count { $0.path.description.contains("[target=") } > 50)
        #expect(all.count { $0.path.description.contains("#2]") } > 10)
        #expect(results.count(where: \.differences.isEmpty) < Self.seeds.count / 10)
    }

    @Test(arguments: seeds)
    func `finds nothing between a document and itself`(_ seed: UInt64) {
        let document = pair(seed).left
        let result = Comparison.differences(left: document, right: document)
        #expect(result.differences.map(ParityFixture.describe).isEmpty)
        #expect(result.reordered.isEmpty)
    }

    @Test(arguments: seeds)
    func `gives the right document when its changes are made to the left one`(_ seed: UInt64) throws {
        let (left, right) = pair(seed)
        let patched = try DifferencePatch.apply(differences(left, right), to: left)
        #expect(DifferencePatch.normal(patched) == DifferencePatch.normal(right))
    }

    @Test(arguments: seeds)
    func `finds the mirror image when the sides are exchanged`(_ seed: UInt64) {
        let (left, right) = pair(seed)
        let forth = Comparison.differences(left: left, right: right)
        let back = Comparison.differences(left: right, right: left)
        #expect(back.differences == forth.differences.map(\.mirrored).sorted())
        #expect(back.equalCount == forth.equalCount)
        #expect(back.reordered == forth.reordered.map(\.mirrored).sorted())
    }

    @Test(arguments: seeds)
    func `does not depend on the order of keys`(_ seed: UInt64) {
        let (left, right) = pair(seed)
        var generator = TreeGenerator(seed: seed &+ 1_000_000)
        let expected = Comparison.differences(left: left, right: right)
        let found = Comparison.differences(left: generator.reordered(left), right: generator.reordered(right))
        #expect(found.differences == expected.differences)
        #expect(found.equalCount == expected.equalCount)
    }

    @Test(arguments: seeds)
    func `names every difference by a path of its own, and a pattern of that text matches it`(_ seed: UInt64) throws {
        let (left, right) = pair(seed)
        let differences = differences(left, right)
        #expect(Set(differences.map(\.path)).count == differences.count)
        for difference in differences {
            let pattern = try PathPattern(difference.path.description)
            #expect(pattern.matches(difference.path))
            #expect(PathPattern(exactly: difference.path).matches(difference.path))
        }
    }

    @Test(arguments: seeds)
    func `takes a collection apart into values that add up to it`(_ seed: UInt64) throws {
        let (left, right) = pair(seed)
        for difference in differences(left, right) {
            let parts = Comparison.parts(of: difference)
            guard let whole = difference.onlyValue, !parts.isEmpty else { continue }
            #expect(parts.allSatisfy { $0.kind == difference.kind })
            #expect(parts.count == (whole.mapping?.count ?? whole.sequence?.count))
            #expect(parts.allSatisfy { $0.path.parent == difference.path })
        }
    }
}
