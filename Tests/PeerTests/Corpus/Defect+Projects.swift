// What does not hold together: references, files, conflicts, short syntax, texts and merges.
extension Defect {
    static let syntax: [Defect] =
        [
            "99999:80", "abc", "80:abc", "1-2:5", "8000-8002:9000-9001", "80/foo:1", "1.2.3.4.5:80:80",
            "300.1.1.1:80:80",
            "8080:", ":80", "80:80:80:80", "-1:80", "80/xyz", "", "[::1:80:80", "9-5:9-5", "70000", "a.b.c.d:1:1",
        ].map { text in Defect("a bad port \(text)", service: { _ in ["ports": [.text(text)]] }) }
        + ["", "a:b:c:d", "data:", ":/x", "data:x:wrong:ro", "./a:/b:ro:z", "/a:/b:nope", "data:relative"].map { text in
            Defect("a bad volume \(text)", service: { _ in ["volumes": [.text(text)]] })
        }
        + [
            ["type": "disk", "target": "/x"], ["type": "bind", "source": "/a"], ["type": "bind", "target": "/x"],
            ["type": "tmpfs", "target": "/x", "tmpfs": ["size": "big"]],
            ["type": "tmpfs", "target": "/x", "tmpfs": ["size": -1]],
            ["type": "volume", "target": "/x", "source": "data", "volume": ["nocopy": "maybe"]], ["target": "/x"],
            ["type": "bind", "source": "/a", "target": "/x", "bind": ["selinux": "q"]],
            ["type": "bind", "source": "/a", "target": "/x", "bind": ["recursive": "yes"]],
            ["type": "volume", "source": "data", "target": 5],
            ["type": "image", "source": "i", "target": "/x", "image": ["path": "y"]],
        ].map { (mount: Draft) in Defect("a bad long volume", service: { _ in ["volumes": [mount]] }) }
        + [
            ["target": "web"], ["published": 80], ["target": 80, "protocol": 5], ["target": 80, "published": true],
            ["target": -1], ["target": 80, "host": "x"],
        ].map { (port: Draft) in Defect("a bad long port", service: { _ in ["ports": [port]] }) }
        + ["/dev/a:/dev/b:rwm:x", ""].map { text in Defect("a bad device", service: { _ in ["devices": [.text(text)]] })
        }
        + ["nohost", "=1.2.3.4", "a b", ":1"].map { text in
            Defect("a bad extra host \(text)", service: { _ in ["extra_hosts": [.text(text)]] })
        }
        + ["sh -c 'open", "a \"b", "a `b", "(a)", "a\\"].map { text in
            Defect("a bad command", service: { _ in ["command": .text(text)] })
        }

    static let references: [Defect] = [
        Defect("an undefined network", service: { _ in ["networks": ["nowhere"], "network_mode": .null] }),
        Defect("an undefined network in a map", service: { _ in ["networks": ["nowhere": ["aliases": ["a"]]]] }),
        Defect("an undefined volume", service: { _ in ["volumes": ["nowhere:/x"]] }),
        Defect(
            "an undefined volume in long form",
            service: { _ in
                ["volumes": [["type": "volume", "source": "nowhere", "target": "/x"]]]
            }),
        Defect("an undefined secret", service: { _ in ["secrets": ["nothing"]] }),
        Defect("an undefined config", service: { _ in ["configs": [["source": "nothing", "target": "/x"]]] }),
        Defect("an undefined model", service: { _ in ["models": ["nothing"]] }),
        Defect("an undefined dependency", service: { _ in ["depends_on": ["nobody"]] }),
        Defect("an undefined link", service: { _ in ["links": ["nobody:x"]] }),
        Defect("an undefined volumes_from", service: { _ in ["volumes_from": ["nobody:ro"]] }),
        Defect("an undefined ipc", service: { _ in ["ipc": "service:nobody"] }),
        Defect("an undefined pid", service: { _ in ["pid": "service:nobody"] }),
        Defect("an undefined build secret", service: { _ in ["build": ["context": ".", "secrets": ["nothing"]]] }),
        Defect("an undefined service to extend", service: { _ in ["extends": ["service": "nobody"]] }),
        Defect("an undefined service of another file") { project, scene in
            project["plain.yaml"] = ["services": ["one": ["image": "x"]]]
            project.change(service: scene.services[0]) {
                $0.with(["extends": ["file": "plain.yaml", "service": "two"]])
            }
            return true
        },
        Defect("a dependency on itself", service: { scene in ["depends_on": .list(scene.services.map { .text($0) })] }),
        Defect("a circle of dependencies") { project, scene in
            project.change(service: scene.services[0]) { $0.with(["depends_on": ["ring"]]) }
            project.main["services"]?["ring"] = ["image": "x", "depends_on": [.text(scene.services[0])]]
            return true
        },
        Defect("a circle of links and namespaces") { project, scene in
            project.change(service: scene.services[0]) { $0.with(["ipc": "service:ring"]) }
            project.main["services"]?["ring"] = ["image": "x", "links": [.text(scene.services[0])]]
            return true
        },
        Defect("a circle of extensions") { project, scene in
            project.change(service: scene.services[0]) { $0.with(["extends": "ring"]) }
            project.main["services"]?["ring"] = ["image": "x", "extends": .text(scene.services[0])]
            return true
        },
        Defect("a circle of extensions through files") { project, scene in
            project["ring.yaml"] = [
                "services": ["r": ["extends": ["file": "compose.yaml", "service": .text(scene.services[0])]]]
            ]
            project.change(service: scene.services[0]) { $0.with(["extends": ["file": "ring.yaml", "service": "r"]]) }
            return true
        },
        Defect("a circle of includes") { project, _ in
            project["ring.yaml"] = ["include": ["compose.yaml"], "services": [:]]
            project.main["include"] = ["ring.yaml"]
            return true
        },
        Defect("an alias that is not there") { project, _ in
            project.main["x-alias"] = .plain("*nowhere")
            return true
        },
        Defect("an anchor that holds itself") { project, _ in
            project.main["x-ring"] = .marked("&ring", [.plain("*ring")])
            return true
        },
        Defect("a merge of a list", file: ["x-base": .marked("&base", [1, 2]), "x-merge": ["<<": .plain("*base")]]),
    ]

    static let files: [Defect] = [
        Defect("no env file", service: { _ in ["env_file": "missing.env"] }),
        Defect(
            "no env file though required", service: { _ in ["env_file": [["path": "missing.env", "required": true]]] }),
        Defect("no label file", service: { _ in ["label_file": "missing.labels"] }),
        Defect("no extended file", service: { _ in ["extends": ["file": "missing.yaml", "service": "x"]] }),
        Defect("no included file", file: ["include": ["missing.yaml"]]),
        Defect("no included env file") { project, _ in
            project["found.yaml"] = ["services": ["found": ["image": "x"]]]
            project.main["include"] = [["path": "found.yaml", "env_file": "missing.env"]]
            return true
        },
        Defect("an include without a path", file: ["include": [["project_directory": "."]]]),
        Defect("an include that is no list", file: ["include": "missing.yaml"]),
        Defect("an included file that changes a service") { project, scene in
            project["found.yaml"] = ["services": .map([.init(scene.services[0], ["image": "other-than-ever"])])]
            project.main["include"] = ["found.yaml"]
            return true
        },
        Defect("an included file with a defect") { project, _ in
            project["found.yaml"] = ["services": ["found": ["image": "x", "colour": "red"]]]
            project.main["include"] = ["found.yaml"]
            return true
        },
        Defect("an extended file with a defect") { project, scene in
            project["plain.yaml"] = ["services": ["one": ["image": "x", "ports": "80"]]]
            project.change(service: scene.services[0]) {
                $0.with(["extends": ["file": "plain.yaml", "service": "one"]])
            }
            return true
        },
        Defect("a missing Compose file") { project, _ in
            project.arguments += ["-f", "missing.yaml"]
            return true
        },
        Defect("a missing --env-file") { project, _ in
            project.arguments += ["--env-file", "missing.env"]
            return true
        },
        Defect("an empty Compose file") { project, _ in
            project["empty.yaml"] = [:]
            project.arguments = ["-f", "empty.yaml"]
            return true
        },
        Defect("a Compose file that is a list") { project, _ in
            project["list.yaml"] = ["services"]
            project.arguments += ["-f", "list.yaml"]
            return true
        },
        Defect("a project name with capitals") { project, _ in
            project.arguments += ["-p", "Bad Name!"]
            return true
        },
        Defect("a name that cannot be one", file: ["name": "Bad Name!"]),
        Defect("a service's name with a blank") { project, _ in
            project.main["services"]?["a b"] = ["image": "x"]
            return true
        },
        Defect("a volume's name with a slash", file: ["volumes": ["a/b": .null, "data": .null, "logs": .null]]),
    ]

    static let conflicts: [Defect] = [
        Defect("networks and a mode", service: { _ in ["networks": ["front"], "network_mode": "host"] }),
        Defect("two numbers of containers", service: { _ in ["scale": 2, "deploy": ["replicas": 3]] }),
        Defect("a container's name for three", service: { _ in ["container_name": "cn", "deploy": ["replicas": 3]] }),
        Defect("one container's name for two services") { project, scene in
            project.change(service: scene.services[0]) { $0.with(["container_name": "same"]) }
            project.main["services"]?["twin"] = ["image": "x", "container_name": "same"]
            return true
        },
        Defect("two Dockerfiles", service: { _ in ["build": ["dockerfile": "D", "dockerfile_inline": "FROM x"]] }),
        Defect(
            "a platform that is not built",
            service: { _ in
                ["platform": "linux/s390x", "build": ["context": ".", "platforms": ["linux/amd64"]]]
            }),
        Defect(
            "two limits of memory",
            service: { _ in
                ["mem_limit": "1g", "deploy": ["resources": ["limits": ["memory": "2g"]]]]
            }),
        Defect(
            "two limits of processors",
            service: { _ in
                ["cpus": 1, "deploy": ["resources": ["limits": ["cpus": "2"]]]]
            }),
        Defect(
            "two limits of processes",
            service: { _ in
                ["pids_limit": 5, "deploy": ["resources": ["limits": ["pids": 6]]]]
            }),
        Defect("neither image nor build") { project, _ in
            project.main["services"]?["bare"] = ["hostname": "x"]
            return true
        },
        Defect(
            "two mounts in one place",
            service: { _ in
                ["tmpfs": ["/same"], "volumes": [["type": "tmpfs", "target": "/same"]]]
            }),
        Defect(
            "a secret from two places",
            file: ["secrets": ["sec": ["file": "a", "environment": "B"], "tok": ["file": "a"]]]),
        Defect(
            "a config from two places",
            file: ["configs": ["cfg": ["file": "a", "content": "b"], "site": ["file": "a"]]]),
        Defect(
            "an external volume with a driver",
            file: ["volumes": ["data": ["external": true, "driver": "x"], "logs": .null]]),
        Defect(
            "an external network with options",
            file: [
                "networks": ["front": ["external": true, "driver": "x"], "back": .null]
            ]),
        Defect(
            "two names of a network",
            file: ["networks": ["front": ["external": ["name": "a"], "name": "b"], "back": .null]]),
        Defect(
            "an external secret with a file",
            file: ["secrets": ["sec": ["external": true, "file": "x"], "tok": ["file": "a"]]]),
        Defect("a model without a model", file: ["models": ["llm": ["name": "x"]]]),
        Defect("a config with nothing", file: ["configs": ["cfg": ["name": "x"], "site": ["file": "x"]]]),
    ]

    static let texts: [Defect] =
        [
            "${", "${A", "${}", "${1A}", "${A:?}", "${NONE:?must be set}", "${NONE?must}", "${A:-${B}", "${A-b", "$(A)",
            "$", "a$", "${A!b}", "$1", "${ A}", "${A }", "${A:=b}", "${A/b/c}", "${NONE:?${NONE:-deep}}", "${-x}",
        ].map { text in Defect("a bad variable \(text)", service: { _ in ["hostname": .text(text)] }) }
        + [
            "a b=1", "=1", "A=\"open", "A='open", "export", "A=${", "A=${NONE:?x}", "A=\"${B\"", "\u{feff}A=1", "A",
            "A=\"x\" y", "- a", "A!=1",
        ].map {
            line in
            Defect("a bad env file \(line)") { project, scene in
                project.texts["bad.env"] = "FIRST=1\n\(line)\nLAST=2\n"
                project.change(service: scene.services[0]) { $0.with(["env_file": "bad.env"]) }
                return true
            }
        }
        + [
            "a: b: c", "a: [", "\ta: 1", "a: \"x", "a: 1\na: 2", "a: 1\n  b: 2", "- a\nb: 1", "a: {b: 1", "a: &",
            "a: @x", "a: `x`",
            "? [a]\n: 1", "a: !!int x", "1: 2", "true: 1", "a: *", "%YAML 3\n---\na: 1", "a: |\nb", "a: 'x\nb: 1",
            "~: 1",
        ].map { text in
            Defect("bad YAML \(text)") { project, _ in
                project.texts["bad.yaml"] =
                    "x-bad:\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined() + "services: {}\n"
                project.arguments += ["-f", "bad.yaml"]
                return true
            }
        }

    static let merges: [Defect] = [
        ("ports", ["80"], ["a": "b"]), ("healthcheck", ["retries": 1], ["x"]), ("deploy", ["replicas": 1], "x"),
        ("cap_add", ["A"], ["a": 1]), ("logging", ["driver": "x"], ["y"]), ("volumes", ["/a"], "x"),
        ("ulimits", ["core": 1], [1]), ("networks", ["front": .null], "x"), ("group_add", ["a"], ["a"]),
        ("security_opt", ["a"], ["a"]), ("develop", ["watch": []], ["watch": ["a": 1]]), ("labels", ["a": "1"], 5),
        ("x-own", ["a": 1], [1]), ("configs", ["cfg"], ["cfg": 1]), ("device_cgroup_rules", ["c 1:1 r"], ["c 1:1 r"]),
    ].map { (field: String, first: Draft, second: Draft) in
        Defect("a merge that cannot be of \(field)") { project, scene in
            let name = scene.services[0]
            project.change(service: name) { $0.with(.map([.init(field, first)])) }
            project["clash.yaml"] = ["services": .map([.init(name, .map([.init(field, second)]))])]
            project.arguments += ["-f", "clash.yaml"]
            return true
        }
    }
}
