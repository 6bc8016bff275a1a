import Diagnostics

/// Results in the form that CI servers read as tests.
///
/// There is no standard; this is what https://github.com/windyroad/JUnit-Schema and Jenkins' own schema both take:
/// `properties`, then cases, then output; `failure` for what was checked and did not hold, `error` for what could not be
/// carried out, times in seconds.
package struct JUnitReport: Sendable {
    package enum Outcome: Hashable, Sendable {
        case passed
        case skipped(String)
        case failure(kind: String, message: String, text: String)
        case error(kind: String, message: String, text: String)
    }

    package struct Case: Sendable {
        package let name: String
        package let className: String
        /// 0 for what was not started.
        package let milliseconds: Int
        package let outcome: Outcome
    }

    package struct Suite: Sendable {
        package let name: String
        /// RFC 3339, in UTC.
        package let startedAt: String
        package let host: String
        package let milliseconds: Int
        package let properties: [(name: String, value: String)]
        package let cases: [Case]
    }

    package let suites: [Suite]

    /// Ends with a line break.
    package var document: String {
        // Without attributes: one of the two schemas allows none here.
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
        for (number, suite) in suites.enumerated() { lines += Self.lines(suite, number) }
        return lines.joined(separator: "\n") + "\n</testsuites>\n"
    }

    // MARK: - Parts

    private static func lines(_ suite: Suite, _ number: Int) -> [String] {
        let head = XML.attributes([
            "name": suite.name, "package": "rehearse", "id": String(number), "hostname": suite.host,
            // The schema wants it without a zone.
            "timestamp": String(suite.startedAt.prefix(19)), "time": seconds(suite.milliseconds),
        ])
        var lines = ["  <testsuite\(head)\(counts(suite.cases))>", "    <properties>"]
        lines += suite.properties.map { "      <property\(XML.attributes(["name": $0.name, "value": $0.value]))/>" }
        lines.append("    </properties>")
        lines += suite.cases.map(line)
        return lines + ["    <system-out></system-out>", "    <system-err></system-err>", "  </testsuite>"]
    }

    private static func line(_ single: Case) -> String {
        let head =
            "    <testcase"
            + XML.attributes([
                "name": single.name, "classname": single.className, "time": seconds(single.milliseconds),
            ])
        switch single.outcome {
        case .passed: return head + "/>"
        case .skipped(let why): return head + "><skipped\(XML.attributes(["message": why]))/></testcase>"
        case .failure(let kind, let message, let text): return head + ">" + trouble("failure", kind, message, text)
        case .error(let kind, let message, let text): return head + ">" + trouble("error", kind, message, text)
        }
    }

    private static func trouble(_ element: String, _ kind: String, _ message: String, _ text: String) -> String {
        "<\(element)\(XML.attributes(["message": message, "type": kind]))>\(XML.text(text))</\(element)></testcase>"
    }

    private static func counts(_ cases: [Case]) -> String {
        var (failures, errors, skipped) = (0, 0, 0)
        for single in cases {
            switch single.outcome {
            case .passed: break
            case .skipped: skipped += 1
            case .failure: failures += 1
            case .error: errors += 1
            }
        }
        return XML.attributes([
            "tests": String(cases.count), "failures": String(failures), "errors": String(errors),
            "skipped": String(skipped),
        ])
    }

    /// `1.200`
    private static func seconds(_ milliseconds: Int) -> String {
        "\(milliseconds / 1_000).\(Wording.padded(milliseconds % 1_000, 3))"
    }
}
