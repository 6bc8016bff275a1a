import TestSupport

/// What the tests of `render` render: a Compose file without a project, and a project of two environments.
enum RenderFixture {
    /// Four services, one of them in profiles; every section; a variable in each form.
    static let compose = """
        name: shop
        services:
          web:
            image: registry.example.com/web:${TAG:-1.2}
            build: {context: ./web, args: {MODE: "${MODE-}"}}
            environment: [TOKEN, "GREETING=${GREETING:?say hello}", "PRICE=5$$"]
            depends_on: [db, cache]
            networks: [front]
            ports: ["8080:80"]
            deploy: {replicas: 2}
          db:
            image: postgres:16
            volumes: ["data:/var/lib/postgresql/data"]
            networks: [front]
          cache:
            build: ./cache
            env_file: [cache.env]
          debug:
            image: busybox
            profiles: [trace, debug]
            depends_on: {web: {condition: service_started, required: false}}
            volumes: ["trace:/trace"]
        networks: {front: , unused: }
        volumes: {data: , trace: , unused: }

        """

    /// `compose.yaml` and the env file that it names, in a folder that is no project.
    static func files(_ more: [String: String] = [:]) throws -> CommandProject {
        try CommandProject(
            ["shop/compose.yaml": compose, "shop/cache.env": "SIZE=64\n"].merging(more) { $1 }, ["GREETING": "hi"])
    }

    /// Environments `staging` and `production` over one template that mounts a folder and takes a secret.
    static func project() throws -> CommandProject {
        try CommandProject([
            "environments/staging.yaml": environment("staging", tag: "1.4.2"),
            "environments/production.yaml": environment("production", tag: "1.4.1"),
            "templates/compose.yaml": template, "templates/more.env": "A=1\n",
        ])
    }

    static func environment(_ name: String, tag: String) -> String {
        """
        environment: \(name)
        owner: platform
        compose: {project: shop-\(name), files: [compose.yaml]}
        values: {TAG: "\(tag)", REPLICAS: 2}
        secrets: {TOKEN: {env: TOKEN}}

        """
    }

    static let template = """
        services:
          web:
            image: registry.example.com/web:${TAG}
            environment: {TOKEN: "${TOKEN}"}
            volumes: ["./conf:/etc/web:ro"]
            deploy: {replicas: "${REPLICAS}"}
            depends_on: [db]
          db:
            image: postgres:${DB_TAG:-16}
            volumes: ["data:/data"]
        volumes: {data: }

        """
}

extension HeldBinary {
    /// The same line in another folder below the project.
    func line(_ line: String, in folder: String) -> RehearseBinary.Answer {
        self.line("-C \(folder) \(line)")
    }
}
