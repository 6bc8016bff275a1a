import Deployment
import Diagnostics
import Testing
import YAML

/// Two environments with something of everything, for the tests of the formats.
enum ParityExample {
    static let staging = """
        values:
          LOG_LEVEL: debug
          WEB_REPLICAS: 1
          WORKERS: 4
        secrets:
          DATABASE_URL: {env: DATABASE_URL}
          CDN_TOKEN: {file: /run/secrets/cdn_token}
        config:
          uploads: {max_bytes: 10485760, accept: [image/png, image/jpeg]}
          nginx: |
            server {
              listen 80;
              gzip on;
              root /srv;
            }
        url: http://127.0.0.1:8000
        jobs:
          - {name: thumbnail-queue, owner: backend, run: ./bin/queue-depth --max 100}
        compose:
          services:
            web:
              image: registry.example.org/uploads:1.4.2
              environment: {LOG_LEVEL: debug, DEBUG: "1"}
              ports:
                - {target: 8000, published: "8000", protocol: tcp}
              deploy: {replicas: 1}

        """

    static let production = """
        values:
          LOG_LEVEL: info
          WEB_REPLICAS: 4
          WORKERS: "4"
        secrets:
          DATABASE_URL: {file: /run/secrets/database_url}
          CDN_TOKEN: {file: /run/secrets/cdn_token}
        config:
          uploads: {max_bytes: 10485760, accept: [image/jpeg, image/png]}
          nginx: |
            server {
              listen 80;
              gzip off;
              root /srv;
            }
        url: https://uploads.example.org
        jobs:
          - {name: thumbnail-queue, owner: backend, run: ./bin/queue-depth --max 100}
        compose:
          services:
            web:
              image: registry.example.org/uploads:1.4.2
              environment: {LOG_LEVEL: info}
              ports:
                - {target: 8000, published: "80", protocol: tcp}
              deploy: {replicas: 4}
            worker:
              image: registry.example.org/uploads:1.4.2
              command: [python, -m, uploads.worker]
              deploy: {replicas: 2}

        """

    static let rules = """
        rules:
          - name: fewer-replicas
            between: [staging, production]
            path: compose.services.*.deploy.replicas
            allow: changed
            where: left <= right
            reason: One replica is enough to rehearse with
            owner: platform
            until: 2027-06-30
          - name: log-level
            path: "**.LOG_LEVEL"
            allow: changed
            left: debug
            right: info
            reason: Staging tells more, so that a failed rehearsal can be understood without running it again
            owner: backend
          - name: replicas-value
            path: values.WEB_REPLICAS
            allow: changed
            left: 2
            reason: See fewer-replicas
            owner: platform
          - name: own-address
            path: url
            allow: changed
            reason: Every environment has its own address
            owner: platform
            until: 2026-10-31
          - name: old-cache
            path: config.cache.ttl
            allow: any
            reason: Staging caches for a minute only
            owner: backend

        """

    static func report(
        redact: (String) -> String = { $0 }, names: (String, String) = ("staging", "production")
    ) throws -> (ParityReport, SourceTable) {
        var sources = SourceTable()
        let left = try ParityFixture.node(staging, in: &sources, path: "environments/staging.yaml")
        let right = try ParityFixture.node(production, in: &sources, path: "environments/production.yaml")
        let rules = try ParityFixture.node(rules, in: &sources, path: "environments/parity.yaml")
        let report = ParityReport(
            left: names.0,
            right: names.1,
            result: Comparison.differences(left: left, right: right),
            rules: try #require(ParityRules.read(rules, problems: Problems())),
            today: try #require(Timestamp("2026-11-21"))
        )
        return (report, sources)
    }
}
