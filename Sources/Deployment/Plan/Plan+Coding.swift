// How the parts of a plan are written that are not simply their properties: as a runbook writes them.

extension Script: Codable {
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

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .shell(let text): try container.encode(text)
        case .arguments(let arguments): try container.encode(arguments)
        }
    }
}

extension Expectation: Codable {
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

    package func encode(to encoder: any Encoder) throws {
        if isPlain {
            var container = encoder.singleValueContainer()
            try container.encode(says)
            return
        }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(says, forKey: .says)
        try container.encode(exit, forKey: .exit)
        try container.encodeIfPresent(standardOutput, forKey: .stdout)
        try container.encodeIfPresent(standardError, forKey: .stderr)
        try container.encodeIfPresent(within?.milliseconds, forKey: .withinMs)
    }
}

extension Retry: Codable {
    private enum Key: String, CodingKey { case times, delayMs, backoff, on }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            times: try container.decode(Int.self, forKey: .times),
            delay: .milliseconds(try container.decode(Int.self, forKey: .delayMs)),
            backoff: try container.decode(Double.self, forKey: .backoff),
            on: try container.decodeIfPresent([String].self, forKey: .on))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(times, forKey: .times)
        try container.encode(delay.milliseconds, forKey: .delayMs)
        try container.encode(backoff, forKey: .backoff)
        try container.encodeIfPresent(on, forKey: .on)
    }
}

extension SecretDeclaration.Source: Codable {
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

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .variable(let name): try container.encode(name, forKey: .env)
        case .file(let path): try container.encode(path, forKey: .file)
        case .command(let arguments): try container.encode(arguments, forKey: .command)
        }
    }
}
