/// A command in one string, split into words as Compose does it: quotes, backslashes, no variables.
///
/// An unquoted `;`, `&`, `|`, `<` or `>` ends the command, because no shell is there to understand it.
enum CommandLine {
    struct Refusal: Error, Hashable, Sendable {}

    struct Words: Hashable, Sendable {
        var words: [String]
        /// What ended the command before the text did.
        var cut: Character?
    }

    static func split(_ line: String) throws(Refusal) -> Words {
        var splitter = Splitter()
        for scalar in line.unicodeScalars {
            guard try splitter.take(scalar) else { break }
        }
        return try splitter.finish()
    }

    private struct Splitter {
        private var words: [String] = []
        private var word = String.UnicodeScalarView()
        private var hasWord = false
        private var isEscaped = false
        private var inDouble = false
        private var inSingle = false
        private var inBackquotes = false
        private var inDollar = false
        private var cut: Character?

        /// False when the command ends here.
        mutating func take(_ scalar: Unicode.Scalar) throws(Refusal) -> Bool {
            if isEscaped {
                add(scalar)
                isEscaped = false
                return true
            }
            switch scalar {
            case "\\":
                if inSingle { word.append(scalar) } else { isEscaped = true }
                return true
            case " ", "\t", "\r", "\n":
                if inSingle || inDouble || inBackquotes || inDollar {
                    word.append(scalar)
                } else if hasWord {
                    endWord()
                }
                return true
            case "`": if !inSingle, !inDouble, !inDollar { inBackquotes.toggle() }
            case ")": if !inSingle, !inDouble, !inBackquotes { inDollar.toggle() }
            case "(":
                if !inSingle, !inDouble, !inBackquotes {
                    guard !inDollar, word.last == "$" else { throw Refusal() }
                    inDollar = true
                    word.append(scalar)
                    return true
                }
            case "\"":
                if !inSingle, !inDollar {
                    if inDouble { hasWord = true }
                    inDouble.toggle()
                    return true
                }
            case "'":
                if !inDouble, !inDollar {
                    if inSingle { hasWord = true }
                    inSingle.toggle()
                    return true
                }
            case ";", "&", "|", "<", ">":
                if !inSingle, !inDouble, !inBackquotes, !inDollar {
                    // `2>file`: the digit belongs to the redirection.
                    if scalar == ">", let first = word.first, ("0"..."9").contains(first) { hasWord = false }
                    cut = Character(scalar)
                    return false
                }
            default: break
            }
            add(scalar)
            return true
        }

        mutating func finish() throws(Refusal) -> Words {
            if hasWord { endWord() }
            guard !isEscaped, !inSingle, !inDouble, !inBackquotes, !inDollar else { throw Refusal() }
            return Words(words: words, cut: cut)
        }

        private mutating func add(_ scalar: Unicode.Scalar) {
            word.append(scalar)
            hasWord = true
        }

        private mutating func endWord() {
            words.append(String(word))
            word = String.UnicodeScalarView()
            hasWord = false
        }
    }
}
