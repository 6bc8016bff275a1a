/// Shell texts that run something on a terminal of its own. They need `python3`.
enum Terminal {
    private static let fork = """
        import os, pty, select, sys, time
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvp("sh", ["sh", "-c", sys.argv[1]])

        """

    /// Closes the terminal once a file is there, and prints the exit status.
    ///
    /// - Parameter file: made when the terminal is gone.
    static func closing(when ready: String, _ command: String, then file: String? = nil) -> String {
        let script =
            fork + """
                while not os.path.exists(sys.argv[2]):
                    if select.select([terminal], [], [], 0.01)[0]: os.read(terminal, 65536)
                os.close(terminal)
                if sys.argv[3]: open(sys.argv[3], "w").close()
                print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
                """
        return text(script, [command, ready, file ?? ""])
    }

    /// Prints all that is shown on the terminal, then a line `status N` on standard error.
    ///
    /// - Parameters:
    ///   - columns: the width of the terminal.
    ///   - typed: sent at the start.
    static func showing(_ command: String, columns: Int = 80, typed: String = "") -> String {
        let script =
            fork + """
                import fcntl, struct, termios
                fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[2]), 0, 0))
                os.write(terminal, sys.argv[3].encode())
                while True:
                    try: data = os.read(terminal, 65536)
                    except OSError: break
                    if not data: break
                    os.write(1, data)
                print("status", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=sys.stderr)
                """
        return text(script, [command, "\(columns)", typed])
    }

    private static func text(_ script: String, _ words: [String]) -> String {
        (["python3", "-c", script] + words).map { "'" + $0.replacing("'", with: "'\\''") + "'" }
            .joined(separator: " ")
    }
}
