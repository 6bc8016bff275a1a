import Deployment
import Engine
package import YAML

/// An environment's last runs as JSON.
package enum EnvironmentJSON {
    package static func document(_ report: EnvironmentReport) -> Node {
        .mapping([
            ("schema", .integer(1)), ("environment", .string(report.environment)), ("summary", summary(report)),
            (
                "runbooks",
                .sequence(
                    report.runbooks.map { row in
                        .mapping([
                            ("name", .string(row.name)), ("runs", .integer(row.runs)),
                            ("succeeded", .integer(row.succeeded)), ("median_ms", .integer(orNull: row.medianMs)),
                            ("longest_ms", .integer(orNull: row.longestMs)),
                        ])
                    })
            ),
            (
                "people",
                .sequence(
                    report.people.map { person in
                        .mapping([
                            ("name", .string(person.name)), ("runs", .integer(person.runs)),
                            ("rollbacks", .integer(person.rollbacks)),
                        ])
                    })
            ),
            ("runs", HistoryJSON.document(report.records)["runs"] ?? .null),
        ])
    }

    private static func summary(_ report: EnvironmentReport) -> Node {
        let rate = report.successRate.map { rate -> Node in
            // Three digits, without what binary fractions add.
            let thousandths = Int((rate * 1_000).rounded(.down))
            let digits = String(thousandths % 1_000 + 1_000).dropFirst()
            return Node(.scalar(Scalar("\(thousandths / 1_000).\(digits)", kind: .float)))
        }
        return .mapping([
            ("runs", .integer(report.records.count)), ("ended", .integer(report.ended)),
            ("succeeded", .integer(report.succeeded)), ("success_rate", rate ?? .null),
            (
                "rollbacks",
                .mapping([
                    ("automatic", .integer(report.rollbacks.automatic)), ("by_hand", .integer(report.rollbacks.byHand)),
                    ("incomplete", .integer(report.rollbacks.incomplete)),
                ])
            ),
            ("gates_overridden", .integer(report.overriddenGates)),
            ("unsettled", .strings(report.unsettled.map(\.id))),
        ])
    }
}
