/// Where a writer writes each `$` twice, so that Compose reads it once.
package struct DollarDoubling: Sendable {
    package var values: Bool
    package var keys: Bool

    package init(values: Bool, keys: Bool) {
        self.values = values
        self.keys = keys
    }

    package static let nowhere = DollarDoubling(values: false, keys: false)

    func value(_ text: String) -> String { values ? Self.doubled(text) : text }
    func key(_ text: String) -> String { keys ? Self.doubled(text) : text }

    /// Most texts have no `$`, and are not copied.
    private static func doubled(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "$" { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
