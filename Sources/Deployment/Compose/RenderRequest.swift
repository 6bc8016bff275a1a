package import Diagnostics

/// What `ComposeRenderer` is asked for.
package struct RenderRequest: Sendable {
    /// Which of the two outputs: see DESIGN section 4.
    package enum Mode: Sendable {
        case environment(EnvironmentRendering)
        case plain(PlainRendering)
    }

    /// The Compose files, merged in order; never empty in environment mode.
    ///
    /// In environment mode relative to the project (`templates/compose.yaml`), in plain mode as the user typed them.
    package var files: [String]
    /// The Compose project's name; `nil` takes what the files say.
    package var projectName: String?
    /// Profiles to enable; `*` enables all.
    package var profiles: [String]
    /// Only these services and those they depend on, each with its profiles enabled; empty for all that are enabled.
    package var services: [String]
    package var mode: Mode
    package var switches: RenderSwitches

    package init(
        files: [String],
        projectName: String? = nil,
        profiles: [String] = [],
        services: [String] = [],
        mode: Mode,
        switches: RenderSwitches = RenderSwitches()
    ) {
        self.files = files
        self.projectName = projectName
        self.profiles = profiles
        self.services = services
        self.mode = mode
        self.switches = switches
    }
}

/// Rendering for an environment: the same commit gives the same bytes.
package struct EnvironmentRendering: Sendable {
    /// What becomes of `$$`, `$NAME` and `${` inside a value.
    package enum DollarPolicy: Sendable {
        /// An error that names the variable: nobody can tell whether the `$` was meant for Compose or for the service.
        case refused
        /// Written so that Compose shows the value as it is.
        case doubled
    }

    /// What `$NAME` in a template stands for, by name.
    package var variables: [String: TemplateVariable]
    /// The folder in which the rendering will stand, relative to the project; `.` is the project itself.
    package var outputDirectory: String
    /// The project's folder, absolute, when paths are to be complete; `nil` writes them relative to `outputDirectory`.
    package var absoluteRoot: String?
    package var dollars: DollarPolicy
    /// SHA-256 in hexadecimal digits, for the header; without it the header tells no digest.
    package var digest: (@Sendable ([UInt8]) -> String)?

    package init(
        variables: [String: TemplateVariable], outputDirectory: String = ".", absoluteRoot: String? = nil,
        dollars: DollarPolicy = .refused, digest: (@Sendable ([UInt8]) -> String)? = nil
    ) {
        self.variables = variables
        self.outputDirectory = outputDirectory
        self.absoluteRoot = absoluteRoot
        self.dollars = dollars
        self.digest = digest
    }
}

/// A name that templates may use, as the environment's manifest gives it.
package enum TemplateVariable: Hashable, Sendable {
    /// The text that stands for `${NAME}`.
    case value(String, SourceRange)
    /// `${NAME}` stays `${NAME}`; its value is never known here.
    case secret(SourceRange)

    package var range: SourceRange {
        switch self {
        case .value(_, let range), .secret(let range): range
        }
    }
}

/// Rendering as `docker compose config` does it.
package struct PlainRendering: Sendable {
    /// The process environment.
    package var environment: [String: String]
    /// `--env-file`; empty reads `.env` beside the first file, where there is one.
    package var envFiles: [String]
    /// `--project-directory`.
    package var projectDirectory: String?
    /// The folder that typed paths are relative to, absolute.
    package var workingDirectory: String

    package init(
        environment: [String: String],
        envFiles: [String] = [],
        projectDirectory: String? = nil,
        workingDirectory: String
    ) {
        self.environment = environment
        self.envFiles = envFiles
        self.projectDirectory = projectDirectory
        self.workingDirectory = workingDirectory
    }
}

/// What can be switched off, all on by default, as the flags of `docker compose config` name it.
package struct RenderSwitches: Sendable {
    package var interpolates = true
    /// Implicit networks, names, dependencies, and defaults of `build`.
    package var normalizes = true
    /// References, cycles, duplicate names.
    package var checksConsistency = true
    /// Drops networks, volumes, secrets and configs that no service uses.
    package var dropsUnused = true
    /// Completes relative paths.
    package var completesPaths = true
    /// Reads the files of `env_file` into `environment`; in environment mode they are never read.
    package var readsEnvFiles = true
    /// Writes an environment's rendering and reads it back, to prove that its text means the same; nobody needs that of
    /// one whose text is not used.
    package var provesText = true
    /// Warns of what `docker compose up` ignores. Off unless asked for: Swarm heeds most of it.
    package var warnsAboutIgnored = false

    package init() {}
}
