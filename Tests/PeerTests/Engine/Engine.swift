import Glibc
import Host
import TestSupport
import Testing

/// A real Docker engine for the tests of one run: `.ci/engine` starts it, and takes it away after the test program.
///
/// It has a network of its own: what asks a published port has to run in it.
struct Engine: Sendable {
    /// Its socket and its clients' configuration.
    let folder: String
    /// The number of a process in its network.
    let process: String

    /// Started when it is first asked for; `nil` where it does not start.
    static let shared: Engine? = {
        guard canStart, let repository = RehearseBinary.repository else { return nil }
        let lines = Self.lines(of: "exec '\(repository)/.ci/engine' start $PPID")
        guard lines.count == 2 else {
            print("no Docker engine: .ci/engine says why above; the tests that need it are skipped")
            return nil
        }
        return Engine(folder: lines[0], process: lines[1])
    }()

    /// Why the tests that need it are skipped.
    ///
    /// Asked for whenever the list of all tests is made, so that it must not start anything.
    static let whyNot: Comment = {
        guard let repository = RehearseBinary.repository else { return "the test program lies outside the repository" }
        let reason = (try? Files.live.read("\(repository)/.peers/engine-image.tar.missing", 4096)).map {
            String(decoding: $0, as: UTF8.self)
        }
        return "no Docker engine: \(reason ?? "it does not start here, or .ci/engine-image has not been run")"
    }()

    private static var canStart: Bool {
        guard getuid() == 0, Peer.compose.isThere, let repository = RehearseBinary.repository else { return false }
        return (try? Files.live.status("\(repository)/.peers/engine-image.tar")) ?? nil != nil
    }

    /// What a shell's command prints, line by line; nothing when it fails.
    ///
    /// Not through `Host`, which would wait for what the command leaves running.
    private static func lines(of command: String) -> [String] {
        guard let pipe = popen(command, "re") else { return [] }
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(byte)) }
        guard pclose(pipe) == 0 else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Runs a program in the engine's network, as its client.
    func run(
        _ command: [String], in directory: String, _ variables: [String: String] = [:],
        within limit: Duration = .seconds(90)
    ) -> RehearseBinary.Answer {
        let client = [
            "DOCKER_HOST": "unix://\(folder)/docker.sock", "DOCKER_CONFIG": "\(folder)/config", "DOCKER_BUILDKIT": "0",
        ]
        let binary = RehearseBinary(in: directory, client.merging(variables) { $1 })
        return binary.run(["nsenter", "--net=/proc/\(process)/ns/net", "--"] + command, within: limit)
    }

    /// The image that has Python and nothing of the example, made by `.ci/engine-image`.
    func loadBase() throws {
        let repository = try #require(RehearseBinary.repository)
        let answer = shell(
            """
            docker image inspect python:3.11-slim >/dev/null 2>&1 ||
                docker import '\(repository)/.peers/engine-image.tar' python:3.11-slim
            """, in: folder)
        try #require(answer.status == 0, "\(answer)")
    }

    /// The same for a shell text.
    func shell(
        _ text: String, in directory: String, _ variables: [String: String] = [:],
        within limit: Duration = .seconds(90)
    ) -> RehearseBinary.Answer {
        run(["/bin/sh", "-euc", text], in: directory, variables, within: limit)
    }

    /// Removes what a test may have left, whatever became of it: containers, stacks, volumes, networks.
    func cleanUp() {
        let answer = shell(
            """
            for stack in $(docker stack ls --format '{{.Name}}' 2>/dev/null); do docker stack rm "$stack" || true; done
            docker swarm leave --force 2>/dev/null || true
            containers=$(docker ps --all --quiet)
            [ -z "$containers" ] || docker rm --force $containers
            volumes=$(docker volume ls --quiet)
            [ -z "$volumes" ] || docker volume rm --force $volumes
            docker network prune --force
            """, in: folder)
        #expect(answer.status == 0, "\(answer)")
    }
}

/// Everything that runs on the engine: one test at a time, since they share its ports and its swarm.
@Suite(.enabled(if: Engine.shared != nil, Engine.whyNot), .serialized)
struct `On a Docker engine` {}
