/// Env files that use the whole grammar: quotes, escapes, several lines, comments, `export`, variables.
enum EnvFileText {
    /// The files that services name, in one folder.
    static func files(in folder: String, _ dice: Dice) -> [String: String] {
        [
            folder + "e.env": variables(dice), folder + "f.env": variables(dice), folder + "sub/g.env": variables(dice),
            folder + "raw.env": dice.choose(["RAW=\"x $Y\"\n  B=b # no\nHOME\n", "A='1'\n#c\n\nB= 2\n", "C=$$x\nD=\n"]),
            folder + "l.env": "com.l=1\na=\"lab\"\n", folder + "sub/m.env": "# labels\nmore=${TAG}\n",
        ]
    }

    static func variables(_ dice: Dice) -> String {
        let text = dice.some(lines, 0...9).joined(separator: "\n")
        return dice.chance(80) ? text + "\n" : text
    }

    private static let lines = [
        "A=1", "B=\"q\\nz $TAG\"", "S='$raw'", "# comment", "export Z=z # tail", "TAG", "M=\"l1\nl2\"",
        "R=${A}-${NONE:-x}", "FOO: yaml", "U=a#b", "E1=one", "E2=\"two ${E1}\"", "E3='it is'", "EMPTY=", "SP = spaced ",
        "Q=\"a \\\"b\\\" \\$x \\t\\\\\"", "N='l1\nl2'", "D=a$$b", "", "  I=indented", "X=${TAG:+set}",
        "W=\"#no\" # yes",
        "V=a b c", "J={\"a\": 1}", "L=é日本", "K=a=b=c", "export EX", "T=\t tab", "P=\"${NONE:-${TAG}}\"", "Y=a\\nb",
        "O='a' # b", "C=\"\"", "H='' ", "G=${A:-${E1-z}}", "BLANKS=\"  \"", "LOWER_case=mixed", "DOT.TED=1",
        "U2=x#y #z",
    ]
}
