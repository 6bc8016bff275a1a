import CLI
import Glibc
import Host

@main
enum Main {
    static func main() {
        let host = Host.live()
        exit(CLI.run(Array(CommandLine.arguments.dropFirst()), host: host))
    }
}
