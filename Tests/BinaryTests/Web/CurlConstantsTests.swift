import Host
import TestSupport
import Testing

/// libcurl's constants are declared by ourselves, so that nobody needs its header to build.
@Suite struct `The constants of libcurl` {
    private static let hasHeader =
        RehearseBinary(in: "/").run(
            ["/bin/sh", "-c", "printf '#include <curl/curl.h>\\n' | cc -fsyntax-only -xc -"]
        ).status == 0

    @Test(.enabled(if: hasHeader, "curl.h or a C compiler is not here"))
    func `are those of its own header`() throws {
        let repository = try #require(RehearseBinary.repository)
        let folder = "\(repository)/Sources/CCurl/include"
        let header = String(decoding: try Files.live.read("\(folder)/CCurl.h", 1 << 20), as: UTF8.self)
        let prefixes = [
            "OPT": "CURLOPT", "HTTP": "CURL_HTTP", "SSLVERSION": "CURL_SSLVERSION", "INFO": "CURLINFO",
            "MOPT": "CURLMOPT", "E": "CURLE",
        ]
        var lines = ["#include \"CCurl.h\"", "#include <curl/curl.h>"]
        for line in header.split(separator: "\n") where line.hasPrefix("    CCURL_") && line.contains(" = ") {
            let name = line.drop { $0 == " " }.prefix { $0 != " " }
            let words = name.dropFirst("CCURL_".count)
            let theirs =
                words == "PROTOCOLS_HTTP_AND_HTTPS"
                ? "(CURLPROTO_HTTP | CURLPROTO_HTTPS)"
                : "\(prefixes[String(words.prefix { $0 != "_" })] ?? "?")\(words.drop { $0 != "_" })"
            lines.append("_Static_assert((int)\(name) == (int)\(theirs), \"\(name)\");")
        }
        #expect(lines.count > 60)
        let scratch = try ScratchDirectory()
        try scratch.write(lines.joined(separator: "\n"), to: "constants.c")
        let answer = RehearseBinary(in: scratch.path).run(
            ["cc", "-fsyntax-only", "-Wno-deprecated-declarations", "-I", folder, "constants.c"])
        #expect(answer.status == 0, "\(answer)")
    }
}
