import Glibc
import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows E1 to E13.
@Suite struct `Faults of what steps print` {
    private func log(_ project: FaultProject, _ step: String = "01-one") throws -> [UInt8] {
        try project.bytes(of: "steps/\(step).log")
    }

    @Test func `E1: a great deal of output, also on one line`() throws {
        // Of a build without optimisation; `make bench` prints 2 GB with the release.
        let project = try FaultProject(
            [
                FaultStep.make(
                    "one",
                    "yes | head -c 24000000; head -c 8000000 /dev/zero | tr '\\0' x; grep VmHWM /proc/$PPID/status >memory"
                )
            ], ceiling: .seconds(60))
        #expect(project.run().status == 0)
        let kilobytes = try #require(
            project.scratch.text(of: "memory").split(separator: " ").dropFirst().first.flatMap { Int($0) })
        #expect(kilobytes < 100_000)
        let step = try project.step("one")
        #expect(step["log"]?["truncated"]?.boolean == true)
        let omitted = try #require(step["log"]?["omitted"]?.integer)
        #expect(omitted > 10_000_000)
        #expect(try log(project).count < 17 << 20)
        project.holdInvariants()
    }

    @Test func `E2: a secret in pieces`() throws {
        let project = try FaultProject([
            FaultStep.make(
                "one",
                """
                i=1; while [ $i -lt ${#CANARY} ]; do
                printf %s "$CANARY" | cut -c 1-$i | tr -d '\\n'; sleep 0.004
                printf %s "$CANARY" | cut -c $((i+1))- ; i=$((i+1)); done
                printf %s "$CANARY" | sed 's/./&\\n/g' | while IFS= read -r c; do printf %s "$c"; sleep 0.004; done; echo
                """)
        ])
        let answer = project.run("--format", "json", "-v")
        #expect(answer.status == 0, "\(answer)")
        let text = String(decoding: try log(project), as: UTF8.self)
        #expect(text.split(separator: "\n").allSatisfy { $0 == "[secret CANARY]" }, "\(text)")
        project.holdInvariants()
    }

    @Test func `E3: secrets inside one another, of several lines, of regex signs, and a short one`() throws {
        let values = ["A": "abcdef", "B": "xxabcdefyy", "C": "line1\r\nline2", "D": ".*[a-z]+$"]
        let project = try FaultProject(
            [
                FaultStep.make(
                    "one", "printf '%s\\n' \"$A\" \"$B\" \"$C\" \"$D\" 'plain text'", undo: "trace undo",
                    "env: {UNUSED: x}")
            ],
            variables: values.reduce(into: [:]) { $0["S_\($1.key)"] = $1.value })
        let text = try project.scratch.text(of: "runbooks/work.yaml").replacing(
            "[CANARY]", with: "[CANARY, A, B, C, D]")
        try project.scratch.write(text, to: "runbooks/work.yaml")
        let declared = values.keys.sorted().map { "\($0): {env: S_\($0)}" }.joined(separator: ", ")
        try project.scratch.write(
            "environment: test\nowner: tester\nsecrets: {CANARY: {env: CANARY_SOURCE}, \(declared)}\n",
            to: "environments/test.yaml")
        #expect(project.run().status == 0)
        let shown = String(decoding: try log(project), as: UTF8.self)
        for value in values.values { #expect(!shown.contains(value), "\(shown)") }
        #expect(shown.contains("plain text"))
        let short = project.run(through: ["env", "S_A=abc"])
        #expect(short.status == 2, "\(short)")
        #expect(!short.error.contains("abc"))
        project.holdInvariants()
    }

    @Test func `E4: a secret in other forms`() throws {
        let project = try FaultProject([
            FaultStep.make(
                "one",
                """
                for before in '' x xx; do printf '%s%s' "$before" "$CANARY" | base64 -w 0; echo; done
                printf '%s' "$CANARY" | sed 's/</%3C/g; s/>/%3E/g; s/"/%22/g'; echo
                printf '"%s"' "$CANARY" | sed 's/"0815"/\\\\"0815\\\\"/'; echo
                printf "'%s'" "$CANARY"; echo; set -x; : "$CANARY"
                """)
        ])
        #expect(project.run().status == 0)
        let text = String(decoding: try log(project), as: UTF8.self)
        #expect(!text.contains("canary%3C") && !text.contains("0815"), "\(text)")
        project.holdInvariants()
    }

    @Test func `E5: a secret in errors, in details and in a crash`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "[\"./no-such-$CANARY\"]"), FaultStep.leaking("two", "exit 9"),
        ])
        #expect(project.run("--on-failure", "stop", "-v", "--reason", "because \(FaultProject.canary)").status == 1)
        #expect(project("history", "log", "last").status == 0)
        for format in ["text", "json"] { #expect(project("history", "show", "last", "--format", format).status == 0) }
        #expect(project("notes", "last").status == 0)
        #expect(project("plan", "work", "-e", "test", "-v").status == 0)
        let waiting = try FaultProject([FaultStep.leaking("one"), FaultStep.waiting("two")])
        let tool = try waiting.start()
        let step = try waiting.awaitStep()
        tool.send(SIGSEGV)
        try tool.wait()
        waiting.end(step)
        #expect(waiting.rollback().status == 0)
        waiting.holdInvariants()
        project.holdInvariants()
    }

    @Test(arguments: 0..<8) func `E6: a secret where a step's output is cut short`(length: Int) throws {
        let half = FaultProject.canary.count / 2
        let project = try FaultProject([
            FaultStep.make(
                "one", "printf %s \"$CANARY\" | cut -c 1-\(half + length) | tr -d '\\n'; exec sleep 7800",
                "timeout: 200ms")
        ])
        #expect(project.run("--on-failure", "stop").status == 1)
        let text = String(decoding: try log(project), as: UTF8.self)
        #expect(!text.contains(FaultProject.canary.prefix(4)), "\(text)")
        project.holdInvariants()
    }

    @Test func `E7: output that is no text, and has no end`() throws {
        let project = try FaultProject([FaultStep.make("one", "printf 'a\\377b\\0c\\nlast'")])
        #expect(project.run().status == 0)
        #expect(try log(project) == Array("a".utf8) + [0xFF] + Array("b".utf8) + [0] + Array("c\nlast".utf8))
        let answer = project("history", "show", "last", "--format", "json")
        #expect((try? JSONReader.read(Array(answer.output.utf8))) != nil)
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.python, "python3 is not here")) func `E8: what a terminal would obey`() throws {
        let project = try FaultProject([
            FaultStep.make(
                "one",
                "printf '\\033[2Jclear\\033]0;title\\007\\033]52;c;eA==\\007\\302\\2332Jeight\\rover\\342\\200\\256bidi\\n'; exit 3"
            )
        ])
        let answer = project.shell(Terminal.showing("exec \"$REHEARSE\" run work -e test --on-failure stop -v"))
        #expect(answer.error == "status 1\n", "\(answer)")
        for forbidden in ["\u{1B}[2Jclear", "\u{1B}]0;", "\u{1B}]52", "\u{9B}2J", "\u{202E}"] {
            #expect(!answer.output.contains(forbidden), "\(answer.output.debugDescription)")
        }
        project.holdInvariants()
    }

    @Test func `E9: what GitHub's runner would obey`() throws {
        let lines = ["::set-output name=a::b", " ::error::x", "y ##[error]z", "::stop-commands::t", "::add-mask::x"]
        let project = try FaultProject([
            FaultStep.make("one", lines.map { "echo '\($0)'" }.joined(separator: "; ") + "; exit 1")
        ])
        let answer = project.run("--on-failure", "stop", through: ["env", "GITHUB_ACTIONS=true"])
        #expect(answer.status == 1)
        var token: Substring?
        for line in (answer.output + answer.error).split(separator: "\n") {
            let text = line.drop { $0 == " " }
            if let open = token {
                if text == "::\(open)::" { token = nil }
            } else if text.hasPrefix("::stop-commands::") {
                token = text.dropFirst("::stop-commands::".count)
                #expect(token?.count ?? 0 >= 16, "\(line)")
            } else if text.hasPrefix("::") {
                let name = text.dropFirst(2).prefix { $0.isLetter || $0 == "-" }
                #expect(["group", "endgroup", "error", "warning", "notice", "debug"].contains(name), "\(line)")
                #expect(!lines.contains(String(text)))
            }
            #expect(token != nil || !line.contains("##[error]"), "\(line)")
        }
        project.holdInvariants()
    }

    @Test(arguments: ["000", "077"]) func `E10: any umask`(umask: String) throws {
        let project = try FaultProject([FaultStep.leaking("one", "exit 1")])
        #expect(project.shell("umask \(umask); \"$REHEARSE\" run work -e test").status == 1)
        let listed = project.shell("find .rehearse -printf '%y %m %p\\n'").output
        for line in listed.split(separator: "\n") {
            #expect(line.hasPrefix("d 700 ") || line.hasPrefix("f 600 "), "\(line)")
        }
        project.holdInvariants()
    }

    @Test(arguments: [".rehearse", ".rehearse/runs", ".rehearse/locks"], ["chmod g+w", "chmod o+w", "chown 12345"])
    func `E11: the state folder is not only ours`(folder: String, how: String) throws {
        guard !how.hasPrefix("chown") || geteuid() == 0 else { return }
        let project = try FaultProject([FaultStep.traced("one")])
        #expect(project.run().status == 0)
        #expect(project.shell("\(how) \(folder)").status == 0)
        for answer in [project.run(), project.rollback()] {
            #expect(answer.status == 5, "\(answer)")
            #expect(answer.error.contains(how.hasPrefix("chown") ? "chown" : "chmod"), "\(answer)")
        }
        #expect(project.trace == ["one"])
        project.holdInvariants()
    }

    @Test(arguments: ["run.json", "journal.jsonl", "steps", "lock"])
    func `E12: a link is planted in the state folder`(what: String) throws {
        let project = try FaultProject([FaultStep.traced("one")])
        #expect(project.run().status == 0)
        try project.scratch.write("precious\n", to: "target")
        let path = what == "lock" ? ".rehearse/locks/test.lock" : try project.project.path(what)
        #expect(project.shell("rm -r \(path); ln -s \"$PWD/target\" \(path)").status == 0)
        let answer = what == "lock" ? project.run() : project.rollback()
        #expect(answer.status == (what == "run.json" || what == "steps" ? answer.status : 5), "\(answer)")
        #expect(answer.status == 0 || answer.status == 5)
        #expect(try project.scratch.text(of: "target") == "precious\n")
        project.holdInvariants(isDamaged: true)
    }

    @Test(.enabled(if: Tool.python, "python3 is not here")) func `E13: much on both streams at once`() throws {
        let script = """
            import os, threading
            def write(fd, mark):
                for number in range(40): os.write(fd, (mark + "%04d" % number).encode() + b"." * 65000 + b"\\n")
            threads = [threading.Thread(target=write, args=a) for a in ((1, "o"), (2, "e"))]
            [t.start() for t in threads]; [t.join() for t in threads]
            """
        let project = try FaultProject(
            [FaultStep.make("one", "trace one; exec python3 writer.py")], ceiling: .seconds(30))
        try project.scratch.write(script, to: "writer.py")
        #expect(project.run().status == 0)
        let text = String(decoding: try log(project), as: UTF8.self)
        for mark in ["o", "e"] {
            let places = (0..<40).map { number in
                let digits = String(number)
                return text.firstRange(of: mark + String(repeating: "0", count: 4 - digits.count) + digits + ".")?
                    .lowerBound
            }
            #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
        }
        #expect(text.utf8.count == 80 * 65_006)
        project.holdInvariants()
    }
}
