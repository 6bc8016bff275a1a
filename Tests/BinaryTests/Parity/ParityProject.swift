import Host
import TestSupport
import Testing
import YAML

/// A repository with two environments, a template and a rule, on whose `main` staging resembles production.
struct ParityProject {
    var project: CommandProject

    var rehearse: HeldBinary { project.rehearse }

    static let staging = """
        environment: staging
        owner: platform
        compose: {project: uploads, files: [compose.yaml]}
        values:
          APP_TAG: "1.4.2"
          REPLICAS: 1
          WORKERS: 4

        """

    static let template = """
        services:
          web:
            image: registry.example.com/uploads:${APP_TAG}
            volumes: [./data:/data]
            deploy:
              replicas: ${REPLICAS}

        """

    static let rules = """
        # What may differ.
        rules:
          - name: fewer-replicas          # agreed in March
            between: [staging, production]
            path: "**"
            allow: changed
            where: left <= right
            reason: A smaller host
            owner: platform

        """

    /// - Parameter folder: where the project lies in the repository.
    init(folder: String = "", _ more: [String: String] = [:], variables: [String: String] = [:]) throws {
        let base = folder.isEmpty ? "" : "\(folder)/"
        var files = [
            "\(base)environments/staging.yaml": Self.staging,
            "\(base)environments/production.yaml": Self.staging.replacing("staging", with: "production")
                .replacing("REPLICAS: 1", with: "REPLICAS: 4"),
            "\(base)environments/parity.yaml": Self.rules.replacing("\"**\"", with: "compose.**.replicas")
                + "  - name: value\n    between: [staging, production]\n    path: values.REPLICAS\n    allow: changed\n    where: left <= right\n"
                + "    reason: Follows\n    owner: platform\n",
            "\(base)templates/compose.yaml": Self.template, "\(base)runbooks/release.yaml": CommandProject.release,
        ]
        for (path, text) in more { files["\(base)\(path)"] = text }
        project = try CommandProject(files, variables)
        try git("init", "--quiet", "--initial-branch=main")
        try commit("first")
    }

    func git(_ words: String...) throws {
        let answer = project.rehearse.run(["git"] + words)
        try #require(answer.status == 0, "\(answer)")
    }

    func commit(_ message: String) throws {
        try git("add", "--all")
        try git("commit", "--quiet", "--message=\(message)")
    }

    func edit(_ path: String, _ old: String, _ new: String) throws {
        let text = try project.folder.text(of: path)
        try #require(text.contains(old), "\(path) has no `\(old)`")
        try project.write(text.replacing(old, with: new), to: path)
    }

    /// The paths of what a comparison calls drift or expired.
    func open(_ words: String...) throws -> [String] {
        let answer = project.rehearse.run([RehearseBinary.path, "diff"] + words + ["--format", "json"])
        #expect(answer.error == "", "\(answer)")
        return (json(answer.output)["differences"]?.sequence ?? [])
            .filter { $0["verdict"]?.string != "accepted" }.compactMap { $0["path"]?.string }
    }
}
