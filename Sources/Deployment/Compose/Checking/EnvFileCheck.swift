import Diagnostics
import YAML

/// Reads the env files that an environment's rendering leaves to Compose, to find what Compose would make of a `$`.
///
/// They are no input of the rendering: one that is not there is no error here, as it may come to the host on another
/// way.
struct EnvFileCheck {
    let loader: ComposeLoader
    let scope: VariableScope

    func check(_ services: [Mapping.Entry]) {
        var seen: Set<String> = []
        for service in services {
            for file in service.value["env_file"]?.sequence ?? [] {
                guard let node = file.string == nil ? file["path"] : file, let path = node.string,
                    !DollarWriting.hasMark(path), file["format"]?.string != "raw", seen.insert(path).inserted
                else { continue }
                check(path, at: node.range)
            }
            for file in service.value["label_file"]?.sequence ?? [] {
                guard let path = file.string, !DollarWriting.hasMark(path), seen.insert(path).inserted else { continue }
                check(path, at: file.range)
            }
        }
    }

    private func check(_ path: String, at range: SourceRange) {
        guard let bytes = loader.glance(path, at: range, role: "env file") else { return }
        var values: [String: String] = [:]
        var places: [String: SourceRange] = [:]
        // Whatever is not known now may be set when Compose runs.
        loader.problems.add(
            Dotenv.parse(
                bytes, id: loader.add(bytes, path: path), into: &values, places: &places, refusesDollars: true
            ) { name, soFar in scope.value(name) ?? soFar[name] ?? "" })
    }
}
