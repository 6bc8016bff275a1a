import Host
import TestSupport

/// A few lines of C in place of functions of the C library. They need `cc`.
struct Shim {
    private let folder: ScratchDirectory

    init(_ text: String) throws {
        folder = try ScratchDirectory()
        try folder.write("#define _GNU_SOURCE\n#include <stddef.h>\n" + text, to: "shim.c")
        let answer = RehearseBinary(in: folder.path).run(["cc", "-shared", "-fPIC", "-o", "shim.so", "shim.c"])
        guard answer.status == 0 else { throw NotCompiled(answer: answer) }
    }

    struct NotCompiled: Error { let answer: RehearseBinary.Answer }

    /// What to start the program through. Its steps do not get it: `LD_PRELOAD` is not inherited.
    var launcher: [String] { ["env", "LD_PRELOAD=\(folder("shim.so"))"] }
}
