import Glibc
import Testing

/// Other readers of YAML, asked through the `python3` of this machine, where there is one.
enum Python {
    static let hasPyYAML = canImport("yaml")
    static let hasRuamel = canImport("ruamel.yaml")

    private static func canImport(_ module: String) -> Bool {
        system("python3 -c 'import \(module)' >/dev/null 2>&1") == 0
    }

    /// What a script prints, errors included, when it gets a text as its standard input.
    static func run(_ script: String, input: String) throws -> String {
        var template = Array("/tmp/rehearse-python-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for name in ["script.py", "input"] { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
        try write(script, to: "\(folder)/script.py")
        try write(input, to: "\(folder)/input")
        let pipe = try #require(popen("python3 '\(folder)/script.py' <'\(folder)/input' 2>&1", "r"))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer[..<count] }
        #expect(pclose(pipe) == 0)
        return String(decoding: output, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        #expect(fputs(text, file) >= 0)
        #expect(fclose(file) == 0)
    }
}
