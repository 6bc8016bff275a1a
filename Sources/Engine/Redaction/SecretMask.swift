package import Diagnostics

/// Takes secrets out of everything that is shown or stored: each occurrence becomes `[secret NAME]`.
///
/// A secret is found plain and in every `Encoding`: base64 in its three alignments, percent-encoded, quoted for JSON,
/// shells and markup, hexadecimal. Blanks and line breaks around a value are not part of it; of a value of several
/// lines each line counts for itself too, and it is found with LF and with CRLF. Where occurrences overlap, all that
/// any of them covers is taken out under the name of the longest.
package struct SecretMask: Sendable {
    /// What is wrong with the secrets it was made of; a caller must refuse to go on when there is anything.
    package let problems: [Problem]
    /// `nil` when there is nothing to look for.
    let scanner: PatternScanner?
    /// What stands in place of each of the scanner's patterns.
    private let labels: [[UInt8]]
    private let labelOfPattern: [Int]

    /// The mask of a run without secrets.
    package static let none = SecretMask([])

    package init(_ secrets: [(name: String, value: Secret)]) { self.init(secrets, encodings: Encoding.all) }

    /// A mask that knows fewer encodings, so that a test can prove each of them to be needed.
    init(_ secrets: [(name: String, value: Secret)], encodings: [Encoding]) {
        var problems: [Problem] = []
        var patterns: [[UInt8]] = []
        var known: Set<[UInt8]> = []
        var labelOfPattern: [Int] = []
        let labels = secrets.map { Array("[secret \($0.name)]".utf8) }
        for (index, (name, value)) in secrets.enumerated() {
            let forms = SecretForms(value.revealed())
            if let cause = forms.problem { problems.append(Problem(name: name, cause: cause)) }
            // A label is its own pattern: a secret that is part of it does not take a masked text apart again.
            for form in forms.written(in: encodings) + [labels[index]] where known.insert(form).inserted {
                patterns.append(form)
                labelOfPattern.append(index)
            }
        }
        self.problems = problems
        self.labels = labels
        self.labelOfPattern = labelOfPattern
        scanner = patterns.isEmpty ? nil : PatternScanner(patterns)
    }

    package func mask(_ bytes: [UInt8]) -> [UInt8] {
        var stream = StreamingMask(self)
        let masked = stream.feed(bytes)
        let rest = stream.finish()
        return rest.isEmpty ? masked : masked + rest
    }

    package func mask(_ text: String) -> String {
        scanner == nil ? text : String(decoding: mask(Array(text.utf8)), as: UTF8.self)
    }

    func label(ofPattern pattern: Int) -> [UInt8] { labels[labelOfPattern[pattern]] }
}

extension SecretMask {
    /// A secret that cannot be kept out of the output.
    package struct Problem: Hashable, Sendable {
        package enum Cause: Hashable, Sendable {
            /// So short that it would be found in text that has nothing to do with it. Blanks around it do not count.
            case tooShort(bytes: Int)
            case tooLong(bytes: Int)
        }

        package let name: String
        package let cause: Cause

        package var diagnostic: Diagnostic {
            switch cause {
            case .tooShort(0):
                Diagnostic("the secret `\(name)` is empty", expected: "at least \(SecretForms.shortest) bytes")
            case .tooShort(let bytes):
                Diagnostic(
                    "the secret `\(name)` is too short to be kept out of the output: \(Wording.count(bytes, "byte"))",
                    expected: "at least \(SecretForms.shortest) bytes",
                    next: "choose a longer secret, or move it to `values` if it is none")
            case .tooLong(let bytes):
                Diagnostic(
                    "the secret `\(name)` is too long to be kept out of the output: \(Wording.bytes(bytes))",
                    expected: "at most \(Wording.bytes(SecretForms.longest))",
                    next: "hand it to the step as a file that the step reads itself")
            }
        }
    }
}
