import TestSupport
import Testing

extension `On a Docker engine` {
    @Suite struct `Awkward projects for a swarm` {
        @Test(arguments: EngineStackProject.all)
        func `what is rendered for a stack is taken by every docker stack deploy here`(project: EngineStackProject)
            throws
        {
            let example = try EngineExample()
            defer { example.cleanUp() }
            try example.scratch.write(project.text, to: "compose.yaml")
            try example.shell(
                """
                cd ..
                docker swarm init --advertise-addr 127.0.0.1 >/dev/null
                \(project.before)
                mkdir -p data
                "$REHEARSE" render -f compose.yaml --for stack --output stack.yaml --quiet
                number=0
                for docker in $(which -a docker | xargs -n 1 readlink -f | sort -u); do
                    version=$("$docker" version --format '{{.Client.Version}}')
                    if [ "${version%%.*}" -lt \(project.docker) ]; then continue; fi
                    number=$((number + 1))
                    "$docker" stack deploy --resolve-image never --compose-file stack.yaml "app$number" 2>"said$number" || {
                        cat "said$number" stack.yaml >&2
                        exit 1
                    }
                    # `Ignoring unsupported options`, `Ignoring deprecated options`: nothing is left to ignore.
                    ! grep -i ignoring "said$number" >&2
                    docker stack rm "app$number" >/dev/null
                    for _ in $(seq 80); do [ -n "$(docker ps --quiet --filter network=ingress)" ] || break; sleep 0.1; done
                done
                """)
        }
    }
}
