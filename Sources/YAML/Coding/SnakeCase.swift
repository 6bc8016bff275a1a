/// How a property's name is spelled in our JSON: `startedAt` is `started_at`.
enum SnakeCase {
    static func name(of property: String) -> String {
        guard property.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return property }
        var result = ""
        for scalar in property.unicodeScalars {
            if (0x41...0x5A).contains(scalar.value), let lower = Unicode.Scalar(scalar.value + 0x20) {
                if !result.isEmpty { result += "_" }
                result.unicodeScalars.append(lower)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// Maps whose keys are data and no property names.
protocol KeyedByData {}
extension Dictionary: KeyedByData where Key == String {}
