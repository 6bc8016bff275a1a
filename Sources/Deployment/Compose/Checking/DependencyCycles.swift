import Diagnostics
import YAML

/// Finds services that wait for each other in a circle.
struct DependencyCycles {
    private let names: [String]
    private let edges: [[(target: Int, range: SourceRange)]]
    private let problems: Problems

    init(_ services: [Mapping.Entry], problems: Problems) {
        self.problems = problems
        names = services.map(\.key)
        let positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
        edges = services.map { service in
            let dependencies = service.value["depends_on"]?.mapping?.entries ?? []
            return dependencies.compactMap { dependency in
                positions[dependency.key].map {
                    ($0, dependency.keyRange.isNone ? service.keyRange : dependency.keyRange)
                }
            }
        }
    }

    /// Reports the first circle of each group; linear in services and dependencies.
    func check() {
        var state = [UInt8](repeating: 0, count: names.count)
        for start in names.indices where state[start] == 0 {
            var path: [(service: Int, next: Int)] = [(start, 0)]
            state[start] = 1
            while let (service, next) = path.last {
                guard next < edges[service].count else {
                    state[service] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let target = edges[service][next].target
                switch state[target] {
                case 0:
                    state[target] = 1
                    path.append((target, 0))
                case 1:
                    let circle = path.drop { $0.service != target }
                    report(circle.map(\.service) + [target], at: edges[service][next].range)
                default: break
                }
            }
        }
    }

    private func report(_ circle: [Int], at range: SourceRange) {
        problems.error(
            "services wait for each other in a circle: \(circle.map { "`\(names[$0])`" }.joined(separator: " → "))",
            at: range, expected: "a service that waits for none of those that wait for it")
    }
}
