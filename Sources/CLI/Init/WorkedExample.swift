// Made by .ci/embed-example from environments/, templates/ and runbooks/; edit those and make it again.

/// The worked example: what `rehearse init` writes.
package enum WorkedExample {
    /// Path and content of every file, in the order in which they are written.
    package static let files: [(path: String, text: String)] = [
        (
            "environments/base.yaml",
            #"""
            # What staging and production share. What differs is in their own files, and explained in parity.yaml.
            environment: base
            description: Shared settings; not deployed by itself
            owner: platform

            compose:
              project: uploads             # the same on every host, so that runbooks can name the containers
              files: [compose.yaml]

            values:
              REGISTRY: registry.example.com
              APP_TAG: "1.4.2"             # one tag for all: what is rehearsed on staging is what production gets
              WEB_REPLICAS: 1
              WEB_PORT: "8000"             # on loopback, behind the host's proxy; a range when there are replicas
              WEB_MEMORY: 256M
              LOG_LEVEL: info
              UPLOAD_MAX_BYTES: 10485760   # exactly so many are accepted, one more is refused
              UPLOAD_ACCEPT: image/png,image/jpeg,application/pdf

            secrets:                       # where they come from; their values are in no file here
              DATABASE_URL: {env: DATABASE_URL}      # as the containers see it: sqlite:////data/uploads.db
              SESSION_SECRET: {env: SESSION_SECRET}
              SESSION_COOKIE: {env: SESSION_COOKIE}  # of somebody who is logged in, for the checks of private pages

            config:                        # what we promise to clients and ask of the cache in front
              uploads:
                max_bytes: 10485760
                accept: [image/png, image/jpeg, application/pdf]
              cache:
                uploads: public, max-age=31536000, immutable
                pages: private, no-store
                edge_ttl: 1m

            jobs:
              - name: thumbnail-queue
                owner: backend
                run: docker exec uploads-worker-1 bin/queue-depth --max 100 --max-failed 0

            history:
              remote: origin               # production's gate looks for the rehearsal that ran on staging
            """# + "\n"
        ),
        (
            "environments/parity.yaml",
            #"""
            # The differences between staging and production that are intended. Any other difference is drift.
            rules:
              - name: fewer-replicas
                between: [staging, production]
                path: values.WEB_REPLICAS
                allow: changed
                left: 1
                right: 4
                reason: One replica is enough to rehearse with; production's four are agreed with the support rota
                owner: platform

              - name: fewer-containers
                between: [staging, production]
                path: compose.services.web.deploy.replicas
                allow: changed
                where: left <= right
                reason: Follows from WEB_REPLICAS
                owner: platform

              - name: port-for-each-replica
                between: [staging, production]
                path: values.WEB_PORT
                allow: changed
                left: "8000"
                right: "8000-8003"
                reason: Each replica publishes a port of its own for the proxy
                owner: platform

              - name: published-for-each-replica
                between: [staging, production]
                path: compose.services.web.ports[target=8000].published
                allow: changed
                left: "8000"
                right: "8000-8003"
                reason: Follows from WEB_PORT
                owner: platform

              - name: smaller-memory
                between: [staging, production]
                path: values.WEB_MEMORY
                allow: changed
                where: left <= right
                reason: Staging's host is smaller; it may never be the larger one, or a leak would show in production first
                owner: platform

              - name: smaller-memory-limit
                between: [staging, production]
                path: compose.services.web.deploy.resources.limits.memory
                allow: changed
                where: left <= right
                reason: Follows from WEB_MEMORY
                owner: platform

              - name: louder-log
                between: [staging, production]
                path: values.LOG_LEVEL
                allow: changed
                left: debug
                right: info
                reason: Staging shows every health check while the thumbnail queue is new
                owner: backend
                until: 2027-12-31

              - name: louder-containers
                between: [staging, production]
                path: compose.services.*.environment.LOG_LEVEL
                allow: changed
                left: debug
                right: info
                reason: Follows from LOG_LEVEL
                owner: backend
                until: 2027-12-31

              - name: own-address
                between: [staging, production]
                path: url
                allow: changed
                reason: Staging is reached on its host, production through the CDN
                owner: platform

              - name: no-cdn-on-staging
                between: [staging, production]
                path: secrets.CDN_TOKEN
                allow: added
                reason: Only production is behind the CDN, so only production can purge it
                owner: edge

              - name: shorter-edge-life
                between: [staging, production]
                path: config.cache.edge_ttl
                allow: changed
                where: left <= right
                reason: A mistake in what may be cached is over in a minute on staging
                owner: edge
            """# + "\n"
        ),
        (
            "environments/production.yaml",
            #"""
            environment: production
            description: What customers use, behind the CDN
            owner: platform
            extends: base
            url: https://uploads.example.com

            values:
              WEB_REPLICAS: 4
              WEB_PORT: "8000-8003"        # one for each replica
              WEB_MEMORY: 512M

            secrets:
              CDN_TOKEN: {file: /run/secrets/cdn_token}

            config:
              cache:
                edge_ttl: 1h

            gate:
              parity: {with: staging}
              rehearsed: {on: staging, within: 7d}
              branch: main
            """# + "\n"
        ),
        (
            "environments/staging.yaml",
            #"""
            environment: staging
            description: One host, the same images and settings as production
            owner: platform
            extends: base
            url: http://127.0.0.1:8000

            values:
              LOG_LEVEL: debug
            """# + "\n"
        ),
        (
            "templates/compose.yaml",
            #"""
            # One image, two services: `web` answers requests, `worker` makes thumbnails. Rendered once for each environment.
            services:
              web:
                image: ${REGISTRY}/uploads:${APP_TAG}
                init: true
                restart: unless-stopped
                stop_grace_period: 20s       # uploads that are under way may finish
                ports:
                  # A range when there are replicas: each takes one. Only on loopback: the host's proxy is the way in.
                  - 127.0.0.1:${WEB_PORT}:8000
                environment: &settings
                  APP_TAG: ${APP_TAG}
                  LOG_LEVEL: ${LOG_LEVEL}
                  UPLOAD_DIR: /data/uploads
                  UPLOAD_MAX_BYTES: ${UPLOAD_MAX_BYTES}
                  UPLOAD_ACCEPT: ${UPLOAD_ACCEPT}
                  DATABASE_URL: ${DATABASE_URL}
                  SESSION_SECRET: ${SESSION_SECRET}
                labels: &labels
                  tag: ${APP_TAG}            # what a rollback goes back to
                volumes: &volumes
                  - uploads:/data
                networks: &networks
                  - backend
                healthcheck:
                  test:                      # the image has no curl; an answer of 503 makes urlopen raise
                    - CMD
                    - python
                    - -c
                    - import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=3)
                  interval: 5s
                  timeout: 5s
                  retries: 3
                  start_period: 15s
                deploy:
                  replicas: ${WEB_REPLICAS}
                  resources:
                    limits:
                      cpus: "1.0"
                      memory: ${WEB_MEMORY}
                read_only: true
                tmpfs: &scratch
                  - /tmp
                cap_drop: &capabilities
                  - ALL
                security_opt: &security
                  - no-new-privileges:true
                logging: &logging
                  driver: json-file
                  options:
                    max-size: 10m
                    max-file: "5"

              worker:
                image: ${REGISTRY}/uploads:${APP_TAG}
                command: [python, -m, app.worker]
                init: true
                restart: unless-stopped
                stop_grace_period: 30s       # the job that is under way may finish
                environment: *settings
                labels: *labels
                volumes: *volumes
                networks: *networks
                healthcheck:
                  test: [CMD, python, -m, app.worker, --alive]
                  interval: 5s
                  timeout: 5s
                  retries: 3
                  start_period: 15s
                deploy:
                  replicas: 1
                  resources:
                    limits:
                      cpus: "0.50"
                      memory: 256M
                read_only: true
                tmpfs: *scratch
                cap_drop: *capabilities
                security_opt: *security
                logging: *logging

            volumes:
              uploads: {}

            networks:
              backend: {}
            """# + "\n"
        ),
        (
            "runbooks/asset-delivery.yaml",
            #"""
            # Delivers one upload anew through the cache in front: looks at what the cache keeps and what it must not, purges that
            # one route and nothing else, and proves it. For an environment whose `url` is the cache's.
            runbook: asset-delivery
            description: Purge one upload from the cache, and prove that nothing else was touched
            owner: edge

            inputs:
              ASSET:
                description: The upload to deliver anew
                pattern: '[0-9a-f]{64}'
                required: true
              UNTOUCHED:
                description: An upload that has to stay in the cache
                pattern: '[0-9a-f]{64}'
                required: true
              ORIGIN:
                description: The service behind the cache
                default: http://127.0.0.1:8000

            steps:
              - id: way-back
                name: Keep the way back ready
                owner: edge
                run: curl -fsS --max-time 5 -o /dev/null "$ORIGIN/uploads/$ASSET"
                expect: the service itself has the upload, so that a purge takes nothing away for good
                timeout: 30s
                retry: {times: 3, delay: 2s}
                idempotent: true
                rollback:
                  # Undone last of all: once everything else is back, the cache fetches again what the service then serves.
                  run: curl -fsS --max-time 5 -X PURGE "$REHEARSE_URL/uploads/$ASSET"
                  timeout: 30s
                  verify: curl -fsS --max-time 5 -o /dev/null "$REHEARSE_URL/uploads/$ASSET"

              - id: cache-rules
                name: Inspect the cache headers
                owner: edge
                cache: runbooks/checks/cache.yaml
                expect: uploads come from the cache, pages and health never do
                timeout: 1m

              - id: logged-in
                name: Test logged-in traffic
                owner: backend
                logged_in:
                  urls: [/me]
                  credential: {cookie: session, secret: SESSION_COOKIE}
                  marker: Logged in as
                expect: nobody receives the page of somebody who is logged in
                timeout: 1m

              - id: before
                name: Measure the response time before
                owner: backend
                measure:
                  url: "/uploads/${ASSET}"
                  requests: 300
                  concurrency: 4
                  limits: {p95: 1s, error_rate: 0.1%}
                expect: the upload is delivered in time before anything is purged
                timeout: 2m

              - id: purge
                name: Purge only the affected route
                owner: edge
                purge:
                  provider: varnish
                  routes: ["/uploads/${ASSET}"]
                  untouched: ["/uploads/${UNTOUCHED}"]
                  origin: {url: "${ORIGIN}/version", marker: "${APP_TAG}"}
                expect: the route misses once and then hits, and the other upload still hits
                timeout: 2m

              - id: delivered
                name: Verify the delivery
                owner: backend
                http:
                  url: "/uploads/${ASSET}"
                  expect:
                    status: 200
                    headers: {cache_control: {has: [public, immutable]}, x_content_type_options: nosniff}
                    within: 2s
                  retry_for: 10s
                expect: the upload arrives with its headers, in time
                timeout: 1m

              - id: after
                name: Measure the response time after
                owner: backend
                measure:
                  url: "/uploads/${ASSET}"
                  requests: 300
                  concurrency: 4
                  baseline: before             # `regression: 10%` beside the limits would hold this step to it
                  limits: {p95: 1s, error_rate: 0.1%}
                expect: the upload is delivered in time again, and the difference is on record
                timeout: 2m
            """# + "\n"
        ),
        (
            "runbooks/deploy.yaml",
            #"""
            # Starts the version that the environment's values name. Migrations run before the new version starts, so each has to
            # suit the version before it too; the way back starts the old version first and then reverts the schema.
            runbook: deploy
            description: Migrate the database and start the new version
            owner: platform

            fingerprint:                       # asked of the running containers: only they reach the database's volume
              image: bin/deployed image
              schema: bin/deployed schema

            steps:
              - id: render
                name: Render the Compose file
                owner: platform
                render: {}
                expect: the templates and the environment's values give one Compose file

              - id: image
                name: Fetch the image
                owner: platform
                skip_if: docker image inspect "$REGISTRY/uploads:$APP_TAG" >/dev/null
                run: docker pull --quiet "$REGISTRY/uploads:$APP_TAG"
                expect: the image of this version is on the host
                timeout: 10m
                retry: {times: 2, delay: 10s}
                idempotent: true
                rollback: {none: an image that nothing runs is only a cache}

              - id: migrate-copy
                name: Migrate a copy of the real data
                owner: backend
                secrets: [DATABASE_URL, SESSION_SECRET]
                run: docker compose -f "$REHEARSE_COMPOSE_FILE" run --rm --no-deps -T web bin/migrate --copy up
                expect:
                  says: a copy of the database goes up, comes back as it was, and goes up again
                  exit: 0
                  stdout: and came back
                timeout: 10m
                idempotent: true
                rollback: {none: the copy is in the container's own /tmp and goes with it}

              - id: migrate
                name: Migrate the database
                owner: backend
                secrets: [DATABASE_URL, SESSION_SECRET]
                capture:
                  PREVIOUS_REVISION: docker compose -f "$REHEARSE_COMPOSE_FILE" run --rm --no-deps -T web bin/db-revision
                run: docker compose -f "$REHEARSE_COMPOSE_FILE" run --rm --no-deps -T web bin/migrate up
                expect:
                  says: the database is at the last revision that this version knows
                  exit: 0
                  stdout: 'revision \d+'
                timeout: 10m
                idempotent: true
                rollback:
                  # This version's image: the one before does not know how to undo what came after it.
                  run: docker compose -f "$REHEARSE_COMPOSE_FILE" run --rm --no-deps -T web bin/migrate down "$PREVIOUS_REVISION"
                  timeout: 10m
                  verify: |
                    revision=$(docker compose -f "$REHEARSE_COMPOSE_FILE" run --rm --no-deps -T web bin/db-revision)
                    test "$revision" = "$PREVIOUS_REVISION"

              - id: deploy
                name: Start the new version
                owner: platform
                secrets: [DATABASE_URL, SESSION_SECRET]
                capture:                       # empty when nothing runs yet: then the way back removes the containers
                  PREVIOUS_TAG: bin/deployed tag
                  PREVIOUS_COMPOSE_FILE: bin/deployed compose-file
                run: docker compose -f "$REHEARSE_COMPOSE_FILE" up -d --remove-orphans --wait --wait-timeout 120
                expect:
                  says: every container is healthy
                  exit: 0
                  within: 2m
                timeout: 3m
                idempotent: true
                rollback:
                  run: bin/deploy "$PREVIOUS_TAG" "$PREVIOUS_COMPOSE_FILE"
                  timeout: 3m
                  verify: test -z "$PREVIOUS_TAG" || curl -fsS --max-time 5 --retry 5 --retry-connrefused "$REHEARSE_URL/health"

              - id: health
                name: Verify health and version
                owner: backend
                run: curl -fsS --max-time 5 "$REHEARSE_URL/health" | grep -F "\"version\":\"$APP_TAG\""
                expect:
                  says: the service is healthy, and it is the new version that answers
                  exit: 0
                  stdout: '"status":"ok"'
                timeout: 1m
                retry: {times: 5, delay: 3s}
                idempotent: true
                rollback: {none: reads only}
            """# + "\n"
        ),
        (
            "runbooks/hardening.yaml",
            #"""
            # The security checklist: permissions, secrets, headers, upload limits, logging. What it changes is put back by its
            # rollback: a file's permissions, the files that it uploads to try the limit, and the copy of the log that it reads.
            runbook: hardening
            description: Confirm permissions, secrets, headers, upload limits and logging
            owner: security

            steps:
              - id: close-env
                name: Take .env away from everybody but its owner
                owner: platform
                skip_if: test ! -e .env || test "$(stat -c %a .env)" = 600
                capture:
                  PREVIOUS_MODE: stat -c %a .env
                run: chmod 600 .env
                expect: only the owner can read .env
                timeout: 10s
                idempotent: true
                rollback:
                  run: chmod "$PREVIOUS_MODE" .env
                  verify: test "$(stat -c %a .env)" = "$PREVIOUS_MODE"

              - id: permissions
                name: Check the permissions of files with secrets
                owner: platform
                security:
                  files:
                    - {path: .env, optional: true}
                    - {path: .rehearse, mode: "0700"}
                expect: nobody but their owner can read them
                timeout: 10s

              - id: secrets
                name: Look for literal secrets in the project
                owner: security
                security: {project: true}
                expect: no file of the project holds the value of a secret
                timeout: 1m

              - id: headers
                name: Check the headers of pages
                owner: backend
                security:
                  urls: [/health, /version]
                  headers:
                    X-Content-Type-Options: nosniff
                    X-Frame-Options: DENY
                    Referrer-Policy: no-referrer
                    Content-Security-Policy: {matches: "default-src 'none'"}
                    Strict-Transport-Security: {matches: 'max-age=\d{7,}'}
                    Cache-Control: {has: no-store}
                expect: every page protects its readers, and none tells what runs inside
                timeout: 1m

              - id: upload-limits
                name: Try the upload limit to the byte
                owner: backend
                security:
                  upload: {url: /uploads, max_bytes: "${UPLOAD_MAX_BYTES}", accept: image/png, forbid: text/html}
                expect: what is allowed is accepted, one byte more and a disguised file are refused
                timeout: 5m
                idempotent: true
                # Both files that were accepted are named by their content: the first bytes of a PNG, and zeros. Where the service
                # keeps them is reached from its container, or by IN_SERVICE where it runs without one.
                rollback:
                  run: |
                    for size in $((UPLOAD_MAX_BYTES - 1)) "$UPLOAD_MAX_BYTES"; do
                        name=$({ printf '\211PNG\r\n\032\n'; head -c $((size - 8)) /dev/zero; } | sha256sum | cut -c 1-64)
                        ${IN_SERVICE:-docker exec uploads-web-1} bin/remove-upload "$name"
                    done
                  timeout: 2m

              - id: copy-log
                name: Copy the service's log
                owner: platform
                run: |
                  umask 077
                  mkdir -p var
                  ${SERVICE_LOG:-docker logs uploads-web-1} >var/service.log 2>&1
                expect: the log is there to be searched
                timeout: 1m
                idempotent: true
                rollback:
                  run: rm -f var/service.log
                  verify: test ! -e var/service.log

              - id: logging
                name: Look for secrets in the log
                owner: security
                security:
                  logs: [var/service.log]
                  secrets: [SESSION_SECRET]
                expect: no secret stands in the log, in any form
                timeout: 1m
            """# + "\n"
        ),
        (
            "runbooks/migrate.yaml",
            #"""
            # Moves the database of the host that it runs on, without Docker; `deploy` does the same from inside the new containers.
            # `make demo` rehearses this one: on staging it first puts data there that an undo could lose.
            runbook: migrate
            description: Move the database to the last revision, and back with all its data
            owner: backend

            steps:
              - id: seed
                name: Put data there that could be lost
                owner: backend
                when: {environment: [staging]}     # production has its own
                secrets: [DATABASE_URL]
                skip_if: bin/seed --check
                capture:
                  DATA: bin/data-digest
                run: bin/seed
                expect: staging holds uploads and jobs, as production does
                timeout: 1m
                idempotent: true
                rollback:
                  run: bin/seed --remove
                  timeout: 1m
                  verify: test "$(bin/data-digest)" = "$DATA"

              - id: migrate
                name: Migrate the database
                owner: backend
                secrets: [DATABASE_URL]
                capture:                           # a rehearsal takes both again after the undo, and they have to be the same
                  PREVIOUS_REVISION: bin/db-revision
                  PREVIOUS_DATA: bin/data-digest
                run: bin/migrate up
                expect:
                  says: the database is at the last revision that this version knows
                  exit: 0
                  stdout: 'revision \d+'
                timeout: 10m
                idempotent: true
                rollback:
                  run: bin/migrate down "$PREVIOUS_REVISION"
                  timeout: 10m
                  # Not the data: people go on uploading while production runs.
                  verify: test "$(bin/db-revision)" = "$PREVIOUS_REVISION"
            """# + "\n"
        ),
        (
            "runbooks/release.yaml",
            #"""
            # The release checklist. Nothing before the last step changes anything outside this folder, and the tag knows how to
            # undo itself on both ends, so a release can be rolled back at any point.
            runbook: release
            description: Cut a release tag once the checklist passes
            owner: release-engineering

            inputs:
              VERSION:
                description: The version to tag, such as 1.4.2
                pattern: '\d+\.\d+\.\d+'
                required: true

            steps:
              - id: lint
                name: Run linting
                owner: backend
                run: ruff check .
                expect: ruff reports no findings
                timeout: 1m
                rollback: {none: reads only}

              - id: unit-tests
                name: Run unit tests
                owner: backend
                run: python -m pytest tests/unit
                expect:
                  says: every unit test passes, and there is at least one
                  exit: 0
                  stdout: '\d+ passed'
                timeout: 5m
                rollback: {none: the tests work in temporary folders of their own}

              - id: integration
                name: Run one integration check
                owner: backend
                run: bin/integration-check
                expect:
                  says: a real server takes a PNG, gives it back, and refuses what is too large or disguised
                  exit: 0
                  stdout: integration check passed
                timeout: 2m
                rollback: {none: the check stops its own server and removes its own folder however it ends}

              - id: staging-config
                name: Verify staging config
                owner: platform
                parity: {left: staging, right: production}
                expect: staging differs from production only where parity.yaml says why
                timeout: 1m
                rollback: {none: compares files}

              - id: tag
                name: Tag the release
                owner: release-engineering
                tag: {name: "v${VERSION}", message: notes, push: origin}
                expect: the tag exists here and on origin
                timeout: 2m
                # No rollback to write: undoing a tag step removes the tag here and on origin, and only if it is still ours.
            """# + "\n"
        ),
        (
            "runbooks/checks/cache.yaml",
            #"""
            # What the cache in front of the service may keep, for those who debug it at night. Try
            # `rehearse check cache runbooks/checks/cache.yaml -e production --explain /me`.
            rules:
              - name: uploads-are-kept
                description: An upload's name is the hash of its content, so that a copy never goes out of date
                owner: edge
                match: [/uploads/*, /uploads/*/thumbnail]
                cached: ["/uploads/${ASSET}"]
                bypass:                            # with any of these the service itself has to answer
                  - cookie: session=somebody
                  - header: "Authorization: Bearer somebody"
                expect:
                  status: 200
                  cache_control: {has: [public, immutable]}
                  etag: {matches: .}
                  x_content_type_options: nosniff

              - name: pages-are-private
                description: What somebody sees who is logged in is nobody else's, and a cache that keeps it gives it away
                owner: backend
                not_cached: [/me]
                expect:
                  cache_control: {has: no-store}
                  vary: {has: Cookie}

              - name: health-is-now
                description: Kept for a second, an answer about health is an answer about the past
                owner: platform
                not_cached: [/health, /version]
                expect:
                  status: 200
                  cache_control: {has: no-store}
            """# + "\n"
        ),
    ]
}
