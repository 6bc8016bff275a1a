import Testing

@testable import Engine

@Suite struct `Workflow commands` {
    @Test func `carry any text`() {
        #expect(GitHubCommands.escapedData("50% of\r\na: b, c") == "50%25 of%0D%0Aa: b, c")
        #expect(GitHubCommands.escapedProperty("50% of\r\na: b, c") == "50%25 of%0D%0Aa%3A b%2C c")
        #expect(
            GitHubCommands.command("error", [("file", "a,b.yaml"), ("line", "3")], "broke\n::warning::x")
                == "::error file=a%2Cb.yaml,line=3::broke%0A::warning::x")
        #expect(GitHubCommands.command("endgroup", [], "") == "::endgroup::")
    }

    @Test func `pause and go on with a token`() {
        let pause = GitHubCommands.Pause(random: [UInt8](0..<16))
        #expect(pause.begin == "::stop-commands::000102030405060708090a0b0c0d0e0f")
        #expect(pause.end == "::000102030405060708090a0b0c0d0e0f::")
    }

    /// (printed, shown)
    static let examples: [(String, String)] = [
        ("::error::x", ": :error::x"),
        (" \t::set-output name=a::b", " \t: :set-output name=a::b"),
        ("\u{A0}\u{2003}::error::x", "\u{A0}\u{2003}: :error::x"),
        ("a\r::error::x\n::debug::y", "a\r: :error::x\n: :debug::y"),
        ("x ##[error]y", "x ## [error]y"), ("###[error]", "### [error]"), ("##[group]\n##[", "## [group]\n## ["),
        ("std::vector<int> a::b", "std::vector<int> a::b"), ("a ::error::", "a ::error::"),
        (":", ":"), (": :", ": :"), (":::x", ": ::x"), ("# [x] #[x] ## x", "# [x] #[x] ## x"), ("", ""),
    ]

    @Test(arguments: examples)
    func `of a step are shown and not obeyed`(printed: String, shown: String) {
        #expect(GitHubCommands.neutralized(printed) == shown)
        #expect(!RunnerModel.obeys(shown))
    }

    @Test(arguments: 0..<400)
    func `are never found in what is shown`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let parts = [
            "::", ":", "#", "##[", "[", "]", "error", "stop-commands", " ", "\t", "\n", "\r", "\u{2028}", "\u{85}",
            "x=1", "%0A",
        ]
        let text = (0..<30).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        #expect(!RunnerModel.obeys(GitHubCommands.neutralized(text)))
    }

    @Test func `are found by the model of the runner`() {
        for text in ["::error::x", " ::debug::", "\u{2003}::a b=c::d", "x ##[error]y", "a\r::error::x"] {
            #expect(RunnerModel.obeys(text))
        }
    }
}

/// The two ways in which `actions/runner` (ActionCommand.cs) looks for a command in a line, without its list of names.
private enum RunnerModel {
    static func obeys(_ text: String) -> Bool {
        text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.contains { line in
            let trimmed = String(String.UnicodeScalarView(line.drop { $0.properties.isWhitespace }))
            if trimmed.hasPrefix("::"), trimmed.dropFirst(2).contains("::") { return true }
            let whole = String(String.UnicodeScalarView(line))
            guard let mark = whole.firstRange(of: "##[") else { return false }
            return whole[mark.upperBound...].contains("]")
        }
    }
}
