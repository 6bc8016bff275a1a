import TestSupport
import Testing

extension `On a Docker engine` {
    @Suite struct `Awkward projects for a swarm` {
        @Test func `what is rendered for a stack is taken by every docker stack deploy here`() throws {
            let engine = try #require(Engine.shared)
            try engine.loadBase()
            defer { engine.cleanUp() }
            let begun = engine.shell("docker swarm init --advertise-addr 127.0.0.1", in: engine.folder)
            try #require(begun.status == 0, "\(begun)")
            for project in EngineStackProject.all { try deploy(project, engine) }
        }

        /// One swarm for all: to leave and begin it takes longer than everything else.
        private func deploy(_ project: EngineStackProject, _ engine: Engine) throws {
            let scratch = try ScratchDirectory()
            try scratch.write(project.text, to: "compose.yaml")
            let answer = engine.shell(
                """
                \(project.before)
                mkdir data
                "$REHEARSE" render -f compose.yaml --for stack --output stack.yaml --quiet
                for docker in $(which -a docker | xargs -n 1 readlink -f | sort -u); do
                    version=$("$docker" version --format '{{.Client.Version}}')
                    if [ "${version%%.*}" -lt \(project.docker) ]; then continue; fi
                    stack=\(project.name)-${version%%.*}
                    if ! "$docker" stack deploy --resolve-image never --compose-file stack.yaml "$stack" >said 2>&1; then
                        cat said stack.yaml >&2
                        exit 1
                    fi
                    # `Ignoring unsupported options: …`: nothing is left that it would ignore.
                    if grep -i ignoring said >&2; then exit 1; fi
                    docker stack services --quiet "$stack" | wc -l
                    # A network is still in use for a moment after its services are gone.
                    for _ in $(seq 40); do docker stack rm "$stack" >removed 2>&1 && break || sleep 0.25; done
                done
                """, in: scratch.path, ["REHEARSE": RehearseBinary.path])
            #expect(answer.status == 0, "\(project.name): \(answer)")
            let counts = Set(answer.output.split(separator: "\n"))
            #expect(counts.count <= 1, "\(project.name): \(answer)")
            withExtendedLifetime(scratch) {}
        }
    }
}
