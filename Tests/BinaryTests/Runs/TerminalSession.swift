import Glibc
import Host
import TestSupport
import Testing

/// The program at a terminal of its own: what it shows is read, and a person types.
///
/// Its parent is a `setsid` that waits for it and stays in the group of the test program, where nobody reaps it.
final class TerminalSession {
    private var master: Int32
    private let pid: Int32
    private var status: Int32?
    /// Everything that was shown so far, with the terminal's own `\r\n`.
    private(set) var screen = ""

    struct NotStarted: Error { let what: String }

    init(_ rehearse: RehearseBinary, _ arguments: String...) throws {
        // What `posix_openpt`, `unlockpt` and `ptsname` do, which Swift's Glibc hides.
        let unlock: UInt = 0x4004_5431
        let askNumber: UInt = 0x8004_5430
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0, ioctl(master, unlock, &isLocked) == 0, ioctl(master, askNumber, &number) == 0 else {
            throw NotStarted(what: "no pseudo-terminal")
        }
        let name = "/dev/pts/\(number)"
        var size = winsize(ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for number in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, number, name, O_RDWR | O_NOCTTY, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let words =
            ["/usr/bin/env", "-C", rehearse.directory, "setsid", "--fork", "--wait", "--ctty", RehearseBinary.path]
            + arguments
        let environment = rehearse.environment.merging(["TERM": "xterm"]) { $1 }
        let pointers = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (pointers + variables).forEach { free($0) } }
        var pid: Int32 = 0
        let code = posix_spawn(&pid, words[0], &actions, &attributes, pointers, variables)
        guard code == 0 else { throw NotStarted(what: "system error \(code)") }
        self.pid = pid
    }

    deinit {
        hangUp()
        guard status == nil else { return }
        kill(pid, SIGKILL)
        _ = waitpid(pid, nil, 0)
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// Ctrl-C.
    func interrupt() { type("\u{3}") }

    /// The window is closed.
    func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    private func look() {
        guard master >= 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(master, &buffer, buffer.count)
            if count <= 0 { return }
            screen += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    /// Waits until a text is shown, bounded.
    func await(_ text: String, within limit: Duration = .seconds(20)) throws {
        let deadline = ContinuousClock.now + limit
        while !screen.contains(text) {
            look()
            if ContinuousClock.now > deadline { throw NotStarted(what: "`\(text)` was not shown in:\n\(screen)") }
            usleep(2_000)
        }
    }

    /// Waits for its end, bounded; 124 when it did not come.
    func wait(within limit: Duration = .seconds(20)) -> Int32 {
        let deadline = ContinuousClock.now + limit
        while status == nil {
            look()
            var raw: Int32 = 0
            if waitpid(pid, &raw, WNOHANG) == pid {
                status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
            } else if ContinuousClock.now > deadline {
                return 124
            } else {
                usleep(2_000)
            }
        }
        look()
        return status ?? 124
    }
}
