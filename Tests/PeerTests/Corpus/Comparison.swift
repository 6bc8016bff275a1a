import TestSupport
import YAML

/// What two programs made of one case.
enum Comparison: Sendable {
    case same
    case bothRefused
    case known(KnownDifference)
    /// With what differs, or what one of them said.
    case different(String)

    /// - Parameters:
    ///   - theirs: `docker compose config --format json`.
    ///   - ours: `rehearse render --format json`.
    init(_ theirs: RehearseBinary.Answer, _ ours: RehearseBinary.Answer) {
        switch (theirs.status == 0, ours.status == 0) {
        case (true, true):
            let found = Self.differences(theirs.output, ours.output)
            self = found.isEmpty ? .same : .different(found.prefix(6).joined(separator: "\n"))
        case (false, false): self = ours.status == 2 ? .bothRefused : .different("not exit 2: \(ours)")
        default:
            if let known = KnownDifference.all.first(where: { $0.covers(theirs, ours) }) {
                self = .known(known)
            } else if theirs.status == 0 {
                self = .different("only rehearse refuses: \(ours.error.prefix(1_500))")
            } else {
                self = .different("only docker compose refuses: \(theirs.error.suffix(600))")
            }
        }
    }

    /// Where two JSON documents are not the same; the order of keys does not count.
    static func differences(_ theirs: String, _ ours: String) -> [String] {
        if theirs == ours || theirs + "\n" == ours { return [] }
        guard let left = try? JSONReader.read(Array(theirs.utf8)), let right = try? JSONReader.read(Array(ours.utf8))
        else {
            return ["no JSON:\n\(theirs.prefix(300))\n\(ours.prefix(300))"]
        }
        return differences(left, right)
    }

    static func differences(_ theirs: Node, _ ours: Node) -> [String] {
        var found: [String] = []
        collect(theirs, ours, "", &found)
        return found
    }

    private static func collect(_ theirs: Node, _ ours: Node, _ path: String, _ found: inout [String]) {
        switch (theirs.value, ours.value) {
        case (.mapping(let left), .mapping(let right)):
            for entry in left.entries {
                let inner = "\(path).\(entry.key)"
                guard let other = right[entry.key] else {
                    found.append("\(inner): missing \(JSONWriter.line(entry.value).prefix(200))")
                    continue
                }
                collect(entry.value, other, inner, &found)
            }
            for entry in right.entries where left.index(of: entry.key) == nil {
                found.append("\(path).\(entry.key): not expected \(JSONWriter.line(entry.value).prefix(200))")
            }
        case (.sequence(let left), .sequence(let right)) where left.count == right.count:
            for index in left.indices { collect(left[index], right[index], "\(path)[\(index)]", &found) }
        default:
            // As they are printed: `1e+21` and `1.0e+21` are one number.
            let (left, right) = (JSONWriter.line(theirs), JSONWriter.line(ours))
            guard left != right else { return }
            found.append("\(path): docker compose \(left.prefix(200)), rehearse \(right.prefix(200))")
        }
    }
}
