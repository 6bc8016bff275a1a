import Diagnostics

/// Everything that an environment's rendering is made of, as one row of bytes to take a digest of.
///
/// Neither the folder that the project lies in nor the one that the rendering goes to counts, and no value of a
/// secret is ever known here: the same commit has the same inputs everywhere.
struct RenderingInputs {
    /// The Compose files in the order in which they are merged.
    var order: [String]
    /// Every file that was read, by path.
    var files: [String: [UInt8]]
    var projectName: String
    var profiles: [String]
    /// The values that the templates use, by name.
    var values: [String: String]
    /// The secrets that the templates use.
    var secrets: [String]

    /// Each part with its length before it, so that no two inputs have the same bytes.
    var bytes: [UInt8] {
        var result = Array("rehearse rendering 1\n".utf8)
        func add(_ kind: String, _ parts: [UInt8]...) {
            result += Array("\(kind) \(parts.map { String($0.count) }.joined(separator: " "))\n".utf8)
            for part in parts { result += part }
            result.append(UInt8(ascii: "\n"))
        }
        func text(_ text: String) -> [UInt8] { Array(text.utf8) }
        add("project", text(projectName))
        for path in order { add("template", text(path)) }
        for profile in profiles { add("profile", text(profile)) }
        for (path, content) in files.sorted(by: { $0.key < $1.key }) { add("file", text(path), content) }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { add("value", text(name), text(value)) }
        for name in secrets.sorted() { add("secret", text(name)) }
        return result
    }
}

extension RenderingInputs {
    init(
        _ request: RenderRequest, _ environment: EnvironmentRendering, _ start: ProjectStart, loader: ComposeLoader,
        report: VariableReport
    ) {
        let read = Set(loader.files)
        var files: [String: [UInt8]] = [:]
        for file in loader.sources.files where read.contains(file.path) { files[file.path] = file.bytes }
        var values: [String: String] = [:]
        var secrets: [String] = []
        for name in report.used {
            switch environment.variables[name] {
            case .value(let text, _): values[name] = text
            case .secret: secrets.append(name)
            case nil: break
            }
        }
        self.init(
            order: request.files, files: files, projectName: start.projectName, profiles: start.profiles,
            values: values, secrets: secrets)
    }
}
