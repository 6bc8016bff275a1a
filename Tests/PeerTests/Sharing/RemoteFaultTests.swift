import Glibc
import Host
import TestSupport
import Testing

/// Rows C9 to C13 of RELIABILITY section 3, and what else a remote can do to a run.
@Suite(.serialized) struct `A history remote that fails` {
    private func install(_ hook: String, _ text: String, in server: HistoryServer) throws {
        let path = "\(server.repository)/hooks/\(hook)"
        try Files.live.replace(path, Array("#!/bin/sh\n\(text)\n".utf8), 0o755)
    }

    // MARK: - C9

    @Test(arguments: Transport.servable)
    func `a remote that refuses stops a run before its first step`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let ci = try Checkout(of: server)
        try install("pre-receive", "echo 'no more of this' >&2; exit 1", in: server)
        let answer = ci.run()
        #expect(answer.status == 2, "\(answer)")
        #expect(ci.trace.isEmpty)
    }

    @Test func `a remote that begins to refuse keeps no run from its end, and gets it later`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let running = try ci.startHeld()
        try install("pre-receive", "exit 1", in: server)
        try ci.letGo()
        let answer = try running.wait()
        #expect(answer.status == 6, "\(answer)")
        #expect(answer.error.contains("rehearse history sync"))
        #expect(ci.trace == ["one", "two", "three"])
        #expect(try ci.history.first?.status == "succeeded")
        #expect(ci.sync().status == 6)
        try Files.live.remove("\(server.repository)/hooks/pre-receive")
        let sync = ci.sync()
        #expect(sync.status == 0 && sync.output.contains("sent"), "\(sync)")
        #expect(try server.locks.isEmpty)
        #expect(try server.text(ci.lastRun, "run.json").contains("\"status\": \"succeeded\""))
        let again = ci.sync()
        #expect(again.status == 0 && again.output.isEmpty, "\(again)")
    }

    @Test func `a remote that is away stops a run, but not one that can do without`() throws {
        let server = try HistoryServer(.file)
        let strict = try Checkout(of: server, url: "/no/such/remote.git")
        let answer = strict.run()
        #expect(answer.status == 2 && answer.error.contains("cannot be reached"), "\(answer)")
        #expect(strict.trace.isEmpty)
        let easy = try Checkout(of: server, history: ", required: false", url: "/no/such/remote.git")
        let ran = easy.run()
        #expect(ran.status == 6, "\(ran)")
        #expect(easy.trace == ["one", "two", "three"])
        _ = try HistoryServer.git(["remote", "set-url", "origin", server.url], in: easy.scratch.path)
        #expect(easy.sync().status == 0)
        #expect(try server.runs == [easy.lastRun])
    }

    @Test func `a rollback waits for no remote`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        _ = try HistoryServer.git(["remote", "remove", "origin"], in: ci.scratch.path)
        let back = ci.rehearse("rollback", "last", "--yes")
        #expect(back.status == 6, "\(back)")
        #expect(ci.trace.suffix(3) == ["undo three", "undo two", "undo one before-one"])
        _ = try HistoryServer.git(["remote", "add", "origin", server.url], in: ci.scratch.path)
        #expect(ci.sync().status == 0)
        #expect(try server.text(ci.lastRun, "run.json").contains("\"status\": \"rolled_back\""))
    }

    // MARK: - C10

    @Test(arguments: Transport.servable)
    func `two that write at once are both kept`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let one = try Checkout(of: server, environments: ["production", "staging"])
        let two = try Checkout(of: server, environments: ["production", "staging"])
        let first = try one.startHeld()
        let second = try two.rehearse.start(words: ["run", "work", "-e", "staging"])
        #expect(try second.wait(within: .seconds(60)).status == 0)
        try one.letGo()
        #expect(try first.wait(within: .seconds(60)).status == 0)
        #expect(try server.runs.count == 2)
        // Nothing was written over: every commit follows the one before it.
        let commits = try server.git("rev-list", "--count", "refs/rehearse/history").filter { $0 != "\n" }
        let straight = try server.git("rev-list", "--count", "--first-parent", "refs/rehearse/history").filter {
            $0 != "\n"
        }
        #expect(commits == straight)
    }

    // MARK: - C11

    @Test func `a connection that dies after the remote has it all is a success`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let wrapper = ci.scratch("receive")
        try Files.live.replace(wrapper, Array("#!/bin/sh\ngit-receive-pack \"$@\"\nexit 1\n".utf8), 0o755)
        _ = try HistoryServer.git(["config", "remote.origin.receivepack", wrapper], in: ci.scratch.path)
        let ran = ci.run()
        #expect(ran.status == 0, "\(ran)")
        #expect(try server.runs == [ci.lastRun])
        #expect(try server.locks.isEmpty)
    }

    @Test func `a connection through which nothing comes is no success`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let wrapper = ci.scratch("receive")
        // What the remote says after its refs is lost.
        try Files.live.replace(
            wrapper,
            Array(
                "#!/bin/sh\nset -o pipefail 2>/dev/null\ngit-receive-pack \"$@\" | head -c 1 >/dev/null; exit 1\n".utf8),
            0o755)
        _ = try HistoryServer.git(["config", "remote.origin.receivepack", wrapper], in: ci.scratch.path)
        let answer = ci.run()
        // Nothing came through at all: that is no success.
        #expect(answer.status == 2, "\(answer)")
        #expect(ci.trace.isEmpty)
    }

    // MARK: - C12

    @Test func `a remote that hangs stops a run in bounded time`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        try ci.scratch.write(
            "environment: production\nhistory: {remote: origin, timeout: 300ms}\n", to: "environments/production.yaml")
        let wrapper = ci.scratch("hang")
        try Files.live.replace(wrapper, Array("#!/bin/sh\nexec sleep 300\n".utf8), 0o755)
        for key in ["receivepack", "uploadpack"] {
            _ = try HistoryServer.git(["config", "remote.origin.\(key)", wrapper], in: ci.scratch.path)
        }
        let began = ContinuousClock.now
        let answer = ci.run()
        #expect(answer.status == 2 && answer.error.contains("no answer within"), "\(answer)")
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(ci.trace.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a remote that hangs or goes away in the middle does not hold up the steps`(_ hangs: Bool) throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        try ci.scratch.write(
            "environment: production\nhistory: {remote: origin, timeout: 500ms}\n", to: "environments/production.yaml")
        let running = try ci.startHeld()
        if hangs {
            try install("pre-receive", "exec sleep 60", in: server)
        } else {
            try Files.live.move(server.repository, "\(server.repository).gone")
        }
        try ci.letGo()
        let answer = try running.wait(within: .seconds(40))
        #expect(answer.status == 6, "\(answer)")
        #expect(ci.trace == ["one", "two", "three"])
        if hangs {
            try Files.live.remove("\(server.repository)/hooks/pre-receive")
        } else {
            try Files.live.move("\(server.repository).gone", server.repository)
        }
        let sync = ci.sync()
        #expect(sync.status == 0, "\(sync)")
        #expect(try server.locks.isEmpty)
        #expect(try server.text(ci.lastRun, "run.json").contains("\"status\": \"succeeded\""))
    }

    @Test func `a remote that asks for a password is not waited for`() throws {
        guard Transport.http.missing.isEmpty else { return }
        let server = try HistoryServer(.file)
        let guarded = try GuardedServer()
        let ci = try Checkout(of: server, url: guarded.url)
        let began = ContinuousClock.now
        let answer = ci.run()
        #expect(answer.status == 2, "\(answer)")
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(ci.trace.isEmpty)
    }

    // MARK: - C13

    @Test func `a run that tells something else here and there is kept twice, and trusted nowhere`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        #expect(ci.run().status == 0)
        #expect(laptop.sync().status == 0)
        let run = try ci.lastRun
        _ = try HistoryServer.git(["remote", "set-url", "origin", "/no/such/remote.git"], in: laptop.scratch.path)
        #expect(laptop.rehearse("rollback", run, "--yes").status == 6)
        #expect(ci.rehearse("rollback", run, "--yes", "--reason", "another way").status == 0)
        _ = try HistoryServer.git(["remote", "set-url", "origin", server.url], in: laptop.scratch.path)
        let sync = laptop.sync()
        #expect(sync.status == 5 && sync.error.contains("tell different things"), "\(sync)")
        let refused = laptop.rehearse("rollback", run, "--yes")
        #expect(refused.status == 5, "\(refused)")
        #expect(laptop.rehearse("history", "verify").status == 5)
        #expect(
            try laptop.scratch.text(of: ".rehearse/refused/\(run)/journal.jsonl") == server.text(run, "journal.jsonl"))
        #expect(try laptop.scratch.text(of: laptop.path(of: run)) != server.text(run, "journal.jsonl"))
        // The way out that is printed.
        let path = laptop.scratch(".rehearse")
        #expect(laptop.rehearse.run(["mv", "\(path)/runs/\(run)", "\(path)/refused/\(run)/ours"]).status == 0)
        #expect(laptop.sync().status == 0)
        #expect(laptop.rehearse("history", "verify").status == 0)
        #expect(try laptop.scratch.text(of: laptop.path(of: run)) == server.text(run, "journal.jsonl"))
    }

    // MARK: - Other addresses

    @Test(arguments: [
        ("http://example.com/x.git", "`http`"), ("ext::sh -c true", "`ext`"), ("git://127.0.0.1/x.git", "`git`"),
    ])
    func `an address that runs programs or is open to all is refused`(_ url: String, _ word: String) throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server, url: url)
        let answer = ci.run()
        #expect(answer.status == 2 && answer.error.contains(word), "\(answer)")
        #expect(ci.trace.isEmpty)
    }

    @Test(arguments: [false, true])
    func `a password in an address is in no message and no argument`(isPushOnly: Bool) throws {
        let server = try HistoryServer(.file)
        let port = try HistoryServer.freePort()
        let address = "https://ada:\(Canary.value)@127.0.0.1:\(port)/x.git"
        let ci = try Checkout(of: server, url: isPushOnly ? nil : address)
        if isPushOnly {
            _ = try HistoryServer.git(["remote", "set-url", "--push", "origin", address], in: ci.scratch.path)
        }
        for answer in [ci.run(), ci.sync(), ci.rehearse("lock", "status")] {
            #expect(answer.status == 2 || answer.status == 6, "\(answer)")
            #expect(!answer.error.contains(Canary.value) && !answer.output.contains(Canary.value))
            #expect(answer.error.contains(isPushOnly ? "holds a password" : "cannot be reached"), "\(answer)")
        }
        #expect(ci.trace.isEmpty)
        // The test run searches what is left for it.
        try Files.live.removeTree(ci.scratch(".git"))
    }

    @Test func `a remote that is not there by name is said so`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        _ = try HistoryServer.git(["remote", "rename", "origin", "upstream"], in: ci.scratch.path)
        let answer = ci.run()
        #expect(answer.status == 2 && answer.error.contains("no remote `origin`"), "\(answer)")
    }

    @Test func `no hook of the project runs`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        for hook in ["pre-push", "reference-transaction", "post-checkout"] {
            try Files.live.replace(
                ci.scratch(".git/hooks/\(hook)"), Array("#!/bin/sh\necho ran >> \(ci.scratch("hooked"))\n".utf8), 0o755)
        }
        _ = try HistoryServer.git(["config", "core.hooksPath", ci.scratch(".git/hooks")], in: ci.scratch.path)
        #expect(ci.run().status == 0)
        #expect((try? Files.live.status(ci.scratch("hooked"))) == .some(nil))
    }
}

/// A server that wants a password of everybody.
final class GuardedServer {
    private let scratch: ScratchDirectory
    private let program: StartedProgram
    private static let configuration = """
        daemon off;
        master_process off;
        pid <folder>/nginx.pid;
        error_log <folder>/nginx.log;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path <folder>/t1; proxy_temp_path <folder>/t2; fastcgi_temp_path <folder>/t3;
            uwsgi_temp_path <folder>/t4; scgi_temp_path <folder>/t5;
            server {
                listen 127.0.0.1:<port>;
                location / { add_header WWW-Authenticate 'Basic realm="x"' always; return 401; }
            }
        }
        """
    let url: String

    init() throws {
        let scratch = try ScratchDirectory()
        self.scratch = scratch
        let port = try HistoryServer.freePort()
        url = "http://127.0.0.1:\(port)/x.git"
        let text = Self.configuration.replacing("<folder>", with: scratch.path).replacing("<port>", with: String(port))
        try scratch.write(text, to: "nginx.conf")
        program = try StartedProgram(
            ["/usr/sbin/nginx", "-p", scratch.path, "-e", scratch("nginx.log"), "-c", scratch("nginx.conf")],
            directory: scratch.path, environment: ["PATH": "/usr/sbin:/usr/bin"])
        try HistoryServer.awaitConnection(to: port)
    }
}
