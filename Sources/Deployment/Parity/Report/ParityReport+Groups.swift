extension ParityReport {
    /// Findings that a reader looks at together: a section, or one service of the Compose part.
    package struct Group: Sendable {
        /// The path that all of them begin with; empty for values at the very top.
        package let path: ParityPath
        package let findings: [ParityFinding]

        /// Nothing in it needs a decision.
        var isSettled: Bool { findings.allSatisfy { $0.verdict == .accepted } }
    }

    /// What needs a decision first: groups with drift or an expired acceptance before the others, and within one these
    /// before what is accepted. Otherwise sections in the order in which DESIGN names them, and findings by path.
    package var groups: [Group] {
        var order: [ParityPath] = []
        var members: [ParityPath: [ParityFinding]] = [:]
        for finding in findings {
            let path = Self.groupPath(of: finding.difference.path)
            if members[path] == nil { order.append(path) }
            members[path, default: []].append(finding)
        }
        let groups = order.map { path -> Group in
            let findings = members[path] ?? []
            return Group(
                path: path,
                findings: findings.filter { $0.verdict != .accepted } + findings.filter { $0.verdict == .accepted })
        }
        return groups.enumerated().sorted { one, other in
            let areSettled = (one.element.isSettled, other.element.isSettled)
            if areSettled.0 != areSettled.1 { return areSettled.1 }
            let ranks = (Self.rank(one.element.path), Self.rank(other.element.path))
            return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : one.offset < other.offset
        }.map(\.element)
    }

    /// What is accepted, by the rule that accepts it: rules in the order in which `groups` come to them.
    package var acceptances: [(rule: ParityRule, findings: [ParityFinding])] {
        var result: [(rule: ParityRule, findings: [ParityFinding])] = []
        var places: [String: Int] = [:]
        for finding in groups.flatMap(\.findings) where finding.verdict == .accepted {
            guard let rule = finding.rule else { continue }
            if let place = places[rule.name] {
                result[place].findings.append(finding)
            } else {
                places[rule.name] = result.count
                result.append((rule, [finding]))
            }
        }
        return result
    }

    private static func groupPath(of path: ParityPath) -> ParityPath {
        let services = path.key(at: 0) == "compose" ? 1 : 0
        let depth =
            if path.key(at: services) == "services", path.segments.count > services + 1 {
                services + 2
            } else {
                services == 1 && path.segments.count > 2 ? 2 : 1
            }
        // A value alone in its section is shown with its section's name.
        return depth < path.segments.count || depth > 1
            ? ParityPath(Array(path.segments.prefix(depth))) : ParityPath()
    }

    private static func rank(_ path: ParityPath) -> Int {
        guard let section = path.key(at: 0) else { return 0 }
        return sections.firstIndex(of: section).map { $0 + 1 } ?? sections.count + 1
    }

    private static let sections = ["values", "secrets", "config", "url", "jobs", "compose"]
}
