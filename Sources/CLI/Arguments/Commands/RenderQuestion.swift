/// What `render` is asked for instead of the file: one of these flags at most.
package enum RenderQuestion: String, CaseIterable, Sendable {
    case services
    case images
    case networks
    case volumes
    case models
    case profiles
    case variables
    case printEnvironment = "print-environment"
    case hash

    /// A flag for each, every one of which excludes the others.
    static let flags: [FlagSpecification] = allCases.map(\.flag)

    package var flag: FlagSpecification {
        let others = Self.allCases.filter { $0 != self }.map(\.rawValue)
        let excluded = others + (self == .hash ? ["no-interpolate"] : [])
        switch self {
        case .services: return Self.flag(self, excluded, "print the names of the services, dependencies first")
        case .images: return Self.flag(self, excluded, "print the image of each service")
        case .networks: return Self.flag(self, excluded, "print the names of the networks in use")
        case .volumes: return Self.flag(self, excluded, "print the names of the volumes in use")
        case .models: return Self.flag(self, excluded, "print the models in use")
        case .profiles: return Self.flag(self, excluded, "print the profiles that services name")
        case .variables:
            return Self.flag(
                self, excluded, "print the variables that the files use",
                details: "A table; with `--format`, a document. Nothing is interpolated, so none needs a value.")
        case .printEnvironment:
            return Self.flag(
                self, excluded, "print what interpolation has, as `NAME=value`",
                details: "What `docker compose config --environment` prints. A secret is printed as `NAME=${NAME}`.")
        case .hash:
            return FlagSpecification(
                rawValue,
                value: .required(placeholder: "SERVICES", kind: .text),
                excludes: excluded,
                summary: "print the hash of each service; `*` for all",
                details: """
                    Several names are parted by commas. By this hash `docker compose up` tells whether a container has \
                    to be made anew.
                    """
            )
        }
    }

    private static func flag(
        _ question: RenderQuestion, _ excluded: [String], _ summary: String, details: String = ""
    ) -> FlagSpecification {
        FlagSpecification(question.rawValue, excludes: excluded, summary: summary, details: details)
    }
}
