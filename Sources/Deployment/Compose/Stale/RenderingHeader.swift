/// What the comment at the top of an environment's rendering says.
package struct RenderingHeader: Hashable, Sendable {
    /// The files that it was made from, in the order of the header.
    package let files: [String]
    /// SHA-256 of the inputs in hexadecimal digits; `nil` when the header does not tell.
    package let inputs: String?

    package static let filesMark = "# Rendered by rehearse from "
    static let inputsMark = "# Inputs: sha256:"

    /// `nil` when the text does not begin with such a comment.
    package init?(of text: String) {
        var lines = text.prefix(Self.longest).split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), first.hasPrefix(Self.filesMark) else { return nil }
        var names = first.dropFirst(Self.filesMark.count)
        if names.hasSuffix(".") { names = names.dropLast() }
        files = names.split(separator: ", ").map(String.init)
        inputs = lines.prefix { $0.hasPrefix("#") }.first { $0.hasPrefix(Self.inputsMark) }
            .map { String($0.dropFirst(Self.inputsMark.count)) }
    }

    /// Characters that are looked at.
    private static let longest = 65_536
}
