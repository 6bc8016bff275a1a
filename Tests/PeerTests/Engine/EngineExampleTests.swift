import TestSupport
import Testing

extension `On a Docker engine` {
    @Suite struct `The worked example's renderings` {
        @Test(arguments: [("staging", [8_000]), ("production", [8_000, 8_001, 8_002, 8_003])])
        func `start on an empty host with docker compose and answer`(environment: String, ports: [Int]) throws {
            let example = try EngineExample()
            defer { example.cleanUp() }
            try example.shell(
                """
                "$REHEARSE" render \(environment) --output compose.yaml --quiet
                docker compose --file compose.yaml up --detach --wait --wait-timeout 60
                """)
            for port in ports {
                let answer = try example.shell("curl -fsS --max-time 5 http://127.0.0.1:\(port)/health")
                #expect(answer == #"{"status":"ok","version":"1.4.2"}"#)
            }
            let states = try example.shell("docker compose --file compose.yaml ps --format '{{.Service}} {{.Health}}'")
            #expect(
                states.split(separator: "\n").sorted()
                    == Array(repeating: "web healthy", count: ports.count) + ["worker healthy"])
            // The bytes come back, so the volume can be written to by the user of the image.
            try example.shell(
                """
                printf '%%PDF-1.7\\n' >paper.pdf
                id=$(curl -fsS --max-time 5 -F 'file=@paper.pdf' http://127.0.0.1:8000/uploads |
                    sed -E 's/.*"id":"([^"]*)".*/\\1/')
                curl -fsS --max-time 5 "http://127.0.0.1:8000/uploads/$id" | cmp - paper.pdf
                docker compose --file compose.yaml down --volumes
                """)
            #expect(try example.shell("docker ps --all --quiet; docker volume ls --quiet") == "")
        }

        @Test(arguments: [("staging", 1), ("production", 4)])
        func `run on a swarm with docker stack deploy`(environment: String, replicas: Int) throws {
            let example = try EngineExample()
            defer { example.cleanUp() }
            // A task counts as running when its health check has succeeded.
            try example.shell(
                """
                "$REHEARSE" render \(environment) --for stack --output stack.yaml --quiet
                docker swarm init --advertise-addr 127.0.0.1 >/dev/null
                docker stack deploy --resolve-image never --compose-file stack.yaml uploads
                for _ in $(seq 120); do
                    services=$(docker stack services --format '{{.Name}} {{.Replicas}}' uploads | sort | tr '\\n' ' ')
                    [ "$services" != 'uploads_web \(replicas)/\(replicas) uploads_worker 1/1 ' ] || break
                    sleep 0.5
                done
                [ "$services" = 'uploads_web \(replicas)/\(replicas) uploads_worker 1/1 ' ] || {
                    echo "$services" >&2
                    docker stack ps --no-trunc uploads >&2
                    exit 1
                }
                """)
            // From inside: not every kernel that runs these tests has what Swarm publishes ports with.
            let answers = try example.shell(
                """
                for web in $(docker ps --quiet --filter label=com.docker.swarm.service.name=uploads_web); do
                    docker exec "$web" python -c \
                        'import urllib.request as u; print(u.urlopen("http://127.0.0.1:8000/version").status)'
                    docker exec "$web" touch /tmp/scratch # in memory, on a root that is read-only
                done
                """)
            #expect(answers == String(repeating: "200\n", count: replicas))
            try example.shell(
                """
                # A network is still in use for a moment after its services are gone.
                for _ in $(seq 40); do docker stack rm uploads >removed 2>&1 && break || sleep 0.25; done
                for _ in $(seq 120); do [ -n "$(docker ps --quiet)" ] || break; sleep 0.25; done
                docker swarm leave --force
                """)
            #expect(try example.shell("docker ps --quiet") == "")
            #expect(try example.shell("docker info --format '{{.Swarm.LocalNodeState}}'") == "inactive\n")
        }
    }
}
