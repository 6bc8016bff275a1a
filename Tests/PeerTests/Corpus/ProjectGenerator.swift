import TestSupport

/// Makes random projects: several files, extended and included ones, env files, anchors, profiles.
struct ProjectGenerator {
    let dice: Dice
    let scene: Scene

    init(dice: Dice) {
        self.dice = dice
        scene = Scene(dice: dice)
    }

    /// The case of this number; a case with a defect is a valid project that was broken once.
    static func project(seed: UInt64, number: Int, broken: Bool) -> ProjectCase {
        let dice = Dice(seed: seed &* 1_000_003 &+ UInt64(number) &* 2 &+ (broken ? 1 : 0))
        // The first numbers of neighbouring seeds are alike in nothing but their rank.
        for _ in 0..<4 { _ = dice.number(below: 2) }
        let generator = ProjectGenerator(dice: dice)
        var project = generator.valid()
        if broken { Defect.apply(to: &project, generator.scene) }
        var files = project.texts
        var fields: Set<String> = []
        let writer = DraftWriter(dice: dice)
        for (path, documents) in project.documents {
            files[path] = documents.map(writer.document).joined(separator: "---\n")
            for document in documents { SpecificationField.collect(document, into: &fields) }
        }
        return ProjectCase(
            number: number, files: files, arguments: project.arguments, environment: project.environment,
            defect: project.defect, fields: fields)
    }

    private func valid() -> ProjectDraft {
        var project = ProjectDraft()
        var folders = [""]
        var arguments = ["-f", "compose.yaml"]
        project.documents = [("compose.yaml", [main()])]
        for number in 1...2 where dice.chance(number == 1 ? 40 : 15) {
            let path = number == 1 ? "over.yaml" : "sub/over2.yaml"
            project.documents.append((path, [override(layer: number)]))
            arguments += ["-f", path]
        }
        if dice.chance(4) { project.documents[0].documents.append(override(layer: 3)) }
        if dice.chance(40) {
            addBases(to: &project)
            folders.append("sub/")
        }
        if dice.chance(30) {
            addIncluded(to: &project)
            folders += ["inc/", "other/"]
        }
        for folder in folders { project.texts.merge(EnvFileText.files(in: folder, dice)) { $1 } }
        if dice.chance(50) { project.texts[".env"] = EnvFileText.variables(dice) }
        if dice.chance(10) {
            project.texts["alt.env"] = EnvFileText.variables(dice)
            arguments += ["--env-file", "alt.env"]
        }
        for profile in dice.some(["dev", "test", "*"], 0...1) { arguments += ["--profile", profile] }
        if dice.chance(10) { arguments += ["-p", dice.choose(["given", "a-b_9"])] }
        if dice.chance(10) {
            project.environment["COMPOSE_PROFILES"] = dice.choose(["dev", "dev,other", "", "test, dev"])
        }
        if dice.chance(5) { project.environment["COMPOSE_PROJECT_NAME"] = "from-env" }
        if dice.chance(5) { project.environment["COMPOSE_DISABLE_ENV_FILE"] = "1" }
        project.arguments = arguments
        for index in project.documents.indices {
            project.documents[index].documents = project.documents[index].documents.map(
                Interpolating(dice: dice).varied)
        }
        return project
    }

    // MARK: - Files

    private func main() -> Draft {
        var file: Draft = [:]
        if dice.chance(20) { file["name"] = dice.pick("proj", "p-${NINE}", "n0_x") }
        if dice.chance(5) { file["version"] = "3.8" }
        if dice.chance(20) { file["x-top"] = scene.own() }
        let hasAnchors = dice.chance(35)
        if hasAnchors { addAnchors(to: &file) }
        file = file.with(scene.resources())
        var services: Draft = [:]
        for (position, name) in scene.services.enumerated() {
            scene.position = position
            services[name] = service(hasAnchors)
        }
        file["services"] = services
        return file
    }

    private func service(_ hasAnchors: Bool) -> Draft {
        scene.layer = 0
        var extended: Draft?
        if !scene.earlier.isEmpty, dice.chance(15) {
            let base = Draft.text(dice.choose(scene.earlier))
            extended = dice.pick(base, ["service": base], ["service": base, "file": "compose.yaml"])
            scene.layer = 4
        }
        var service: Draft = [:]
        if hasAnchors, dice.chance(40) {
            service["<<"] = dice.pick(.plain("*common"), [.plain("*common")], [.plain("*more"), .plain("*common")])
        }
        service["extends"] = extended
        if extended == nil || dice.chance(50) { service["image"] = scene.image() }
        service = service.with(scene.record(Scene.serviceFields, dice.choose([3, 8, 8, 20, 45])))
        if hasAnchors, dice.chance(30) { service["logging"] = .plain("*logging") }
        if hasAnchors, dice.chance(30) {
            service["environment"] = ["<<": .plain("*variables"), "OWN": scene.scalar()]
        }
        if scene.hasContainerNames { service["container_name"] = .text("cn-\(scene.services[scene.position])") }
        return service
    }

    private func addAnchors(to file: inout Draft) {
        scene.position = 0
        scene.layer = 5
        file["x-common"] = .marked("&common", scene.record(Scene.serviceFields, 8))
        file["x-more"] = .marked("&more", scene.record(Scene.serviceFields, 4))
        file["x-logging"] = .marked("&logging", scene.logging())
        file["x-variables"] = .marked("&variables", ["SHARED": scene.scalar(), "OWN": "shared"])
    }

    /// A later file, which changes some services and resources, takes values away and replaces others.
    private func override(layer: Int) -> Draft {
        var services: Draft = [:]
        for (position, name) in scene.services.enumerated() where dice.chance(60) {
            scene.position = position
            scene.layer = layer
            var service = scene.record(Scene.serviceFields, 12)
            for entry in service.entries where dice.chance(6) && entry.key != "use_api_socket" {
                service[entry.key] = .marked("!override", entry.value)
            }
            if dice.chance(15) {
                service[dice.choose(["ports", "labels", "command", "networks"])] = .marked(
                    "!reset", dice.pick(.null, []))
            }
            if dice.chance(10) { service["environment"] = ["A": .marked("!reset", .null), "B": "over"] }
            services[name] = service
        }
        if dice.chance(20) { services["late"] = ["image": "late", "networks": scene.attachments() ?? []] }
        var file: Draft = ["services": services]
        if dice.chance(20) { file["networks"] = ["back": ["labels": scene.labels()], "extra": .null] }
        if dice.chance(15) { file["volumes"] = ["logs": ["labels": scene.labels(), "driver_opts": scene.options()]] }
        if dice.chance(8) { file["name"] = "renamed" }
        if dice.chance(10) { file["x-top\(layer)"] = scene.own() }
        return file
    }

    /// Files that services extend, which extend each other.
    private func addBases(to project: inout ProjectDraft) {
        scene.position = 0
        scene.layer = 6
        var first = scene.record(Scene.serviceFields, 12)
        scene.layer = 7
        let second = scene.record(Scene.serviceFields, 12)
        scene.layer = 8
        let third = scene.record(Scene.serviceFields, 12)
        if dice.chance(40) {
            first["extends"] = ["service": "second", "file": dice.pick("sub/base.yaml", "./sub/base.yaml")]
        }
        var inner = second
        if dice.chance(40) { inner["extends"] = dice.pick("third", ["service": "third"]) }
        project["base.yaml"] = ["services": ["first": first]]
        project["sub/base.yaml"] = ["services": ["second": inner, "third": third]]
        var services = project.main["services"] ?? [:]
        for name in scene.services where services[name]?["extends"] == nil && dice.chance(60) {
            services[name]?["extends"] = dice.pick(
                ["file": "base.yaml", "service": "first"], ["file": "sub/base.yaml", "service": "second"],
                ["service": "third", "file": "./sub/base.yaml"])
        }
        project.main["services"] = services
    }

    /// Projects that become part of this one.
    private func addIncluded(to project: inout ProjectDraft) {
        let inner = Scene(dice: dice, services: ["inc-a", "inc-b"], prefix: "inc_")
        var services: Draft = [:]
        for (position, name) in inner.services.enumerated() {
            inner.position = position
            services[name] = inner.record(Scene.serviceFields, 10).with(["image": "inner:${INNER:-0}"])
            if inner.hasContainerNames { services[name]?["container_name"] = .text("cn-\(name)") }
            services[name]?["profiles"] = nil as Draft?
        }
        project["inc/compose.yaml"] = inner.resources().with(["services": services])
        let include: Draft = dice.pick(
            "inc/compose.yaml", ["path": "inc/compose.yaml"], ["path": ["inc/compose.yaml", "inc/override.yaml"]],
            ["path": "inc/compose.yaml", "project_directory": "other", "env_file": "inc/vars.env"],
            ["path": ["./inc/compose.yaml"], "env_file": ["inc/vars.env", "inc/more.env"]],
            ["path": "inc/compose.yaml", "project_directory": "."])
        inner.position = 0
        inner.layer = 1
        project["inc/override.yaml"] = [
            "services": ["inc-a": inner.record(Scene.serviceFields, 8)],
            "networks": ["inc_back": ["labels": ["a": "b"]]],
        ]
        project.main["include"] = [include]
        project.texts["inc/vars.env"] = "INNER=from-vars\nTAG=ignored\n"
        project.texts["inc/more.env"] = "INNER=${TAG}-more\n"
        if dice.chance(50) { project.texts["inc/.env"] = "INNER=dotenv\nE1=inner\n" }
        if dice.chance(40) {
            let last = scene.services[scene.services.count - 1]
            var services = project.main["services"] ?? [:]
            if services[last]?["depends_on"] == nil { services[last]?["depends_on"] = ["inc-a"] }
            project.main["services"] = services
        }
    }
}
