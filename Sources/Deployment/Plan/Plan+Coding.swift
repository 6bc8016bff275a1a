package import YAML

// How the parts of a plan are written that are not simply their properties: as a runbook writes them.

extension Script: Decodable, NodeConvertible {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .shell(text)
            return
        }
        // Not a string, so it must be a list; the error of a thing that is neither comes from here.
        let arguments = try container.decode([String].self)
        guard !arguments.isEmpty else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a program and its arguments")
        }
        self = .arguments(arguments)
    }

    package var node: Node {
        switch self {
        case .shell(let text): .string(text)
        case .arguments(let arguments): .strings(arguments)
        }
    }
}

extension Expectation: Decodable, NodeConvertible {
    private enum Key: String, CodingKey { case says, exit, stdout, stderr, withinMs }

    package init(from decoder: any Decoder) throws {
        if let says = try? decoder.singleValueContainer().decode(String.self) {
            self.init(says: says)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            says: try container.decode(String.self, forKey: .says),
            exit: try container.decodeIfPresent(Int32.self, forKey: .exit) ?? 0,
            standardOutput: try container.decodeIfPresent(String.self, forKey: .stdout),
            standardError: try container.decodeIfPresent(String.self, forKey: .stderr),
            within: try container.decodeIfPresent(Int.self, forKey: .withinMs).map { .milliseconds($0) })
    }

    package var node: Node {
        if isPlain { return .string(says) }
        return .fields(5) {
            $0.put("says", says)
            $0.put("exit", Int(exit))
            $0.put("stdout", standardOutput)
            $0.put("stderr", standardError)
            $0.put("within_ms", within?.milliseconds)
        }
    }
}

extension Retry: Decodable, NodeConvertible {
    private enum Key: String, CodingKey { case times, delayMs, backoff, on }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            times: try container.decode(Int.self, forKey: .times),
            delay: .milliseconds(try container.decode(Int.self, forKey: .delayMs)),
            backoff: try container.decode(Double.self, forKey: .backoff),
            on: try container.decodeIfPresent([String].self, forKey: .on))
    }

    package var node: Node {
        .fields(4) {
            $0.put("times", times)
            $0.put("delay_ms", delay.milliseconds)
            $0.put("backoff", backoff)
            $0.put("on", on)
        }
    }
}

extension SecretDeclaration.Source: Decodable, NodeConvertible {
    private enum Key: String, CodingKey { case env, file, command }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let name = try container.decodeIfPresent(String.self, forKey: .env) {
            self = .variable(name)
        } else if let path = try container.decodeIfPresent(String.self, forKey: .file) {
            self = .file(path)
        } else {
            self = .command(try container.decode([String].self, forKey: .command))
        }
    }

    package var node: Node {
        .fields(1) {
            switch self {
            case .variable(let name): $0.put("env", name)
            case .file(let path): $0.put("file", path)
            case .command(let arguments): $0.put("command", arguments)
            }
        }
    }
}
