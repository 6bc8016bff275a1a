import Host

/// The system's means of making things go wrong, and whether they work here.
enum Tool {
    /// Ends a program of its own at a system call: `strace` is there, and may trace.
    static let strace = succeeds("strace -o /dev/null -e inject=getpid:error=EPERM:when=9 true")
    /// Mounts in a namespace of its own.
    static let mount = succeeds("unshare -rm sh -c 'mount -t tmpfs -o size=64k none /tmp'")
    static let python = succeeds("python3 -c 'import pty'")
    static let compiler = succeeds("echo 'int x;' | cc -xc -shared -o /dev/null -")
    static let prlimit = succeeds("prlimit --nofile true")
    static let bash = succeeds("bash -c :")

    private static func succeeds(_ text: String) -> Bool {
        let variables = ["PATH": Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"]
        return Host.live().processes.capture(
            Command(["/bin/sh", "-c", text], environment: variables, directory: "/"),
            ProcessLimits(timeout: .seconds(20)), keeping: 1 << 16
        ).succeeded
    }
}
