import YAML

/// As one line of JSON for a record's metrics, so that a later run can compare itself with it.
extension TrafficSample {
    package static let currentVersion = 1

    package var text: String {
        let kinds = samples.sorted { $0.key < $1.key }.map { kind, sample in
            Node.mapping([
                ("route", .string(kind.route)), ("cache", .string(kind.cache.rawValue)),
                ("histogram", .string(sample.histogram.text)), ("blocks", .string(sample.blockText)),
            ])
        }
        let errors = errors.sorted { $0.key < $1.key }.map { ($0.key, Node.integer($0.value)) }
        return JSONWriter.line(
            .mapping([
                ("v", .integer(Self.currentVersion)), ("kinds", .sequence(kinds)), ("errors", .mapping(errors)),
                ("bytes", .integer(bytes)),
                (
                    "database",
                    .sequence([
                        .integer(database.answers), .integer(database.calls), .integer(database.microseconds),
                    ])
                ),
            ]))
    }

    /// - Returns: `nil` for a text that is no sample of a version that we know.
    package init?(text: String) {
        guard let root = (try? JSONReader.read(Array(text.utf8)))?.mapping,
            root["v"]?.integer == Self.currentVersion, let kinds = root["kinds"]?.sequence
        else { return nil }
        var samples: [AnswerKind: LatencySample] = [:]
        for kind in kinds {
            guard let fields = kind.mapping, let route = fields["route"]?.string,
                let cache = fields["cache"]?.string.flatMap({ CacheUse(rawValue: $0) }),
                let sample = LatencySample(
                    histogramText: fields["histogram"]?.string ?? "", blockText: fields["blocks"]?.string ?? "")
            else { return nil }
            samples[AnswerKind(route: route, cache: cache)] = sample
        }
        var errors: [String: Int] = [:]
        for entry in root["errors"]?.mapping?.entries ?? [] {
            guard let count = entry.value.integer, Self.isCount(count) else { return nil }
            errors[entry.key] = count
        }
        let database = root["database"]?.sequence?.compactMap(\.integer) ?? [0, 0, 0]
        let bytes = root["bytes"]?.integer ?? 0
        guard database.count == 3, (database + [bytes]).allSatisfy(Self.isCount) else { return nil }
        self.init(
            samples: samples, errors: errors, bytes: bytes,
            database: Database(answers: database[0], calls: database[1], microseconds: database[2]))
    }

    /// Low enough that sums of such numbers fit.
    private static func isCount(_ number: Int) -> Bool { number >= 0 && number <= 1 << 53 }
}
