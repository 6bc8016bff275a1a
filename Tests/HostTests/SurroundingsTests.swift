import Diagnostics
import Glibc
import Host
import Testing

@Suite struct `Where we are` {
    private let host = Host.live()

    private func text(of program: String...) -> String {
        host.processes.capture(
            Command(program, environment: standardPath, directory: "/"), ProcessLimits(timeout: .seconds(30))
        ).trimmedText
    }

    @Test func `user and host are what the system's own programs say`() {
        #expect(host.surroundings.userName == text(of: "id", "-un"))
        #expect("\(host.surroundings.userID)" == text(of: "id", "-u"))
        #expect(host.surroundings.hostName == text(of: "uname", "-n"))
    }

    @Test func `the boot has an identifier`() {
        #expect(host.surroundings.bootID.utf8.count == 36)
        #expect(host.surroundings.bootID == text(of: "cat", "/proc/sys/kernel/random/boot_id"))
    }

    @Test func `the program, its folder and its number are ours`() throws {
        #expect(host.surroundings.identity.pid == getpid())
        #expect(host.surroundings.executable.hasPrefix("/"))
        #expect(try host.files.resolve(host.surroundings.executable) == host.surroundings.executable)
        #expect(try host.files.resolve(".") == host.surroundings.workingDirectory)
        #expect(host.surroundings.variables["PATH"] == getenv("PATH").map { String(cString: $0) })
    }
}

@Suite struct `The clock` {
    private let clock = Host.live().clock

    @Test func `never goes back`() {
        var last = clock.monotonicNanoseconds()
        for _ in 0..<10_000 {
            let next = clock.monotonicNanoseconds()
            #expect(next >= last)
            last = next
        }
    }

    @Test func `agrees with the system about the time`() {
        #expect(abs(clock.now().millisecondsSince1970 / 1_000 - time(nil)) <= 2)
    }

    @Test func `sleeps as long as it was asked to`() {
        let begin = clock.monotonicNanoseconds()
        clock.sleep(.milliseconds(30))
        clock.sleep(.zero)
        clock.sleep(.seconds(-1))
        let slept = clock.monotonicNanoseconds() - begin
        #expect(slept >= 30_000_000)
        #expect(slept < 20_000_000_000)
    }
}

@Suite struct `Digests and random bytes` {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 gives the standard's examples`(text: String, digest: String) {
        #expect(Digest.live.sha256(Array(text.utf8)) == digest)
    }

    @Test func `SHA-256 of a million bytes is the standard's`() {
        #expect(
            Digest.live.sha256([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `random bytes differ every time`() {
        let host = Host.live()
        #expect(host.randomBytes(0).isEmpty)
        #expect(host.randomBytes(16).count == 16)
        #expect(host.randomBytes(16) != host.randomBytes(16))
    }
}
