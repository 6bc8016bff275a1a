import Diagnostics
import YAML

/// Finds what was probably renamed: removed under one key, added with the same content under another of the same map.
enum Renaming {
    /// The findings with `renamed` set on both halves of such a pair.
    static func hinted(_ findings: [ParityFinding]) -> [ParityFinding] {
        var removed: [ParityPath: [Int]] = [:]
        var added: [ParityPath: [Int]] = [:]
        for (index, finding) in findings.enumerated() {
            guard case .key? = finding.difference.path.segments.last else { continue }
            switch finding.difference.kind {
            case .removed: removed[finding.difference.path.parent, default: []].append(index)
            case .added: added[finding.difference.path.parent, default: []].append(index)
            case .changed: break
            }
        }
        guard !removed.isEmpty, !added.isEmpty else { return findings }
        var result = findings
        for (parent, ones) in removed {
            guard let others = added[parent] else { continue }
            for (one, other) in pairs(ones, others, findings) {
                result[one].renamed = findings[other].difference.path
                result[other].renamed = findings[one].difference.path
            }
        }
        return result
    }

    /// The likeliest partner of each, when it is likely at all.
    private static func pairs(_ ones: [Int], _ others: [Int], _ findings: [ParityFinding]) -> [(Int, Int)] {
        guard ones.count * others.count <= limit else { return [] }
        let candidates = ones.flatMap { one in
            others.compactMap { other -> (one: Int, other: Int, likeness: Double)? in
                let likeness = likeness(findings[one].difference, findings[other].difference)
                return likeness > 0 ? (one, other, likeness) : nil
            }
        }
        var taken: Set<Int> = []
        var pairs: [(Int, Int)] = []
        for candidate in candidates.sorted(by: { ($1.likeness, $0.one, $0.other) < ($0.likeness, $1.one, $1.other) })
        where !taken.contains(candidate.one) && !taken.contains(candidate.other) {
            taken.formUnion([candidate.one, candidate.other])
            pairs.append((candidate.one, candidate.other))
        }
        return pairs
    }

    /// From 0, not alike, to 1, the same.
    private static func likeness(_ removed: Difference, _ added: Difference) -> Double {
        guard let old = removed.left, let new = added.right else { return 0 }
        switch (old.value, new.value) {
        case (.scalar(let one), .scalar(let other)):
            // Equal values are common; a name that looks alike, or a long value, is what makes it likely.
            guard one.kind == other.kind, one.text == other.text else { return 0 }
            if let name = removed.path.lastKey, let other = added.path.lastKey,
                Wording.nearest(to: name, in: [other]) != nil
            {
                return 1
            }
            return one.text.utf8.count >= 12 ? 0.9 : 0
        case (.mapping(let one), .mapping(let other)):
            guard !one.isEmpty, !other.isEmpty else { return 0 }
            let same = one.entries.count { entry in other[entry.key].map { entry.value.hasSameContent(as: $0) } ?? false
            }
            let share = Double(same) / Double(max(one.count, other.count))
            return share >= 0.6 ? share : 0
        case (.sequence(let one), .sequence(let other)):
            return !one.isEmpty && old.hasSameContent(as: new) && one.count == other.count ? 1 : 0
        default: return 0
        }
    }

    /// Pairs that are looked at in one map, at most.
    private static let limit = 10_000
}
