/// The name of an environment, which is also its file's: `environments/NAME.yaml`.
package struct EnvironmentName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    /// `nil` for anything but letters, digits, `-`, `_` and `.`, beginning with a letter or digit, at most 64 long.
    package init?(_ text: String) {
        guard Self.isValid(text) else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: EnvironmentName, right: EnvironmentName) -> Bool { left.text < right.text }

    /// The rule for every name that becomes part of a path or a git ref.
    package static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy {
            isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
            && !text.contains("..") && !text.hasSuffix(".lock")
    }

    package static let rule = "letters, digits, `-`, `_` and `.`, beginning with a letter or a digit"

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (byte >= 0x41 && (0x61...0x7A).contains(byte | 0x20))
    }
}
