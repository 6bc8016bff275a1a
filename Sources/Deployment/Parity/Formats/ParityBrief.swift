/// The report in one line: `staging and production: 2 drift, 3 accepted, 118 of 123 values equal`.
package enum ParityBrief {
    /// Without a line break.
    package static func line(_ report: ParityReport, redact: (String) -> String = { $0 }) -> String {
        "\(redact(report.left)) and \(redact(report.right)): \(report.summary.sentence)"
    }
}
