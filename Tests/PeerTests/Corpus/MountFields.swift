/// Ports, volumes and devices in all their forms.
extension Scene {
    func ports() -> Draft {
        .list(
            (0..<dice.number(below: 4)).map { _ in
                dice.pick(
                    "80", "8080:80", "127.0.0.1:8080:80", "8000-8002:9000-9002", "53:53/udp", "3000-3005",
                    "9000-9005:80", "[::1]:80:80", "0.0.0.0::81", "80/tcp", 80, 8443, .plain("8081:81"),
                    .plain("22:22"), ["target": 80], ["target": 80, "published": 8080],
                    ["target": "81", "published": "8081-8085", "protocol": "udp"],
                    [
                        "target": 90, "mode": "host", "name": "web", "app_protocol": "http", "host_ip": "127.0.0.1",
                        "published": "${PORT}",
                    ], "${PORT}:80", "443:443/sctp", "8080:80/UDP", "127.0.0.1:9001:9001/tcp", "127.0.0.1::70-71",
                    "[2001:db8::1]:443:443", "6060:6060/udp", ["target": .plain("${NINE}"), "published": ""],
                    ["target": 70, "x-own": own()], "127.0.0.1:5000-5001:5000-5001/udp",
                    ["target": 33, "host_ip": "::1"])
            })
    }

    func volumes() -> Draft {
        .list((0..<dice.number(below: 4)).map { _ in dice.chance(55) ? shortVolume() : longVolume() })
    }

    private func shortVolume() -> Draft {
        .text(
            dice.choose([
                "\(named("data")):/data", "./src:/src", "/abs:/x", "~/h:/h", "\(named("data")):/data:ro", "./a:/b:ro,z",
                "/anon",
                "\(named("data")):/x:nocopy", "../up:/up", "./p:/p:rshared", "./x/../y:/norm/", "c:\\a:/win",
                ".:/code:cached",
                "${PLACE}:/place", "./sp ace:/sp", "\(named("logs")):/var/log:rw", "./Z:/Z:Z", "~:/home", "..:/parent",
                "/a/./b//c:/abc",
                "./d:/d:delegated", "\(named("data")):/sub/dir/", "./ro:/ro:ro,rprivate", "/sock:/sock:rw,slave",
                "C:/w:/w2:ro",
                "./consistent:/c2:consistent", "${NONE:-./n}:/n:${NONE:-ro}", "\(named("data")):/opt:volume-nocopy",
                "./u:/u:shared,ro",
            ]))
    }

    private func longVolume() -> Draft {
        let target = Draft.text("/v\(layer)/\(dice.number(below: 90))")
        switch dice.number(below: 6) {
        case 0:
            var bind: Draft = [
                "type": "bind", "source": dice.pick("./b", "/q", "~/h", "../c", "${PLACE}"), "target": target,
            ]
            if dice.chance(60) {
                bind["bind"] = record(
                    [
                        ("create_host_path", { $0.dice.pick(true, false, "false", "yes") }),
                        ("propagation", { $0.dice.pick("rshared", "rprivate") }),
                        ("selinux", { $0.dice.pick("z", "Z") }),
                        ("recursive", { $0.dice.pick("enabled", "disabled", "writable", "readonly") }),
                    ], 40)
            }
            return decorated(bind)
        case 1:
            var volume: Draft = [
                "type": "volume", "source": dice.pick(.text(named("data")), .text(named("logs"))), "target": target,
            ]
            if dice.chance(20) { volume["source"] = nil as Draft? }
            if dice.chance(60) {
                volume["volume"] = record(
                    [("nocopy", { $0.flag() }), ("subpath", { _ in "s/p" }), ("labels", { $0.labels() })], 50)
            }
            return decorated(volume)
        case 2:
            var tmpfs: Draft = ["type": "tmpfs", "target": target]
            if dice.chance(70) {
                tmpfs["tmpfs"] = record(
                    [
                        ("size", { $0.dice.pick("10m", 1000, "1g", "${BYTES}", 0) }),
                        ("mode", { $0.dice.pick(1777, .plain("01777"), .plain("0o700")) }),
                    ], 60)
            }
            return decorated(tmpfs)
        case 3:
            var image: Draft = ["type": "image", "source": "img:${TAG}", "target": target]
            if dice.chance(50) { image["image"] = ["subpath": "x"] }
            return decorated(image)
        case 4: return decorated(["type": "npipe", "source": "\\\\.\\pipe\\x", "target": target])
        default: return decorated(["type": "cluster", "source": .text(named("data")), "target": target])
        }
    }

    private func decorated(_ mount: Draft) -> Draft {
        var mount = mount
        if dice.chance(30) { mount["read_only"] = flag() }
        if dice.chance(20) { mount["consistency"] = dice.pick("cached", "delegated", "consistent", "") }
        if dice.chance(5) { mount["x-own"] = own() }
        return mount
    }

    func devices() -> Draft {
        dice.pick(
            ["/dev/a:/dev/b:rwm", "/dev/c"], [["source": "/dev/x", "target": "/dev/y"]], ["/dev/a:/dev/b"],
            [["source": "/dev/x", "target": "/dev/z", "permissions": "r"]], ["vendor1.com/device=gpu"],
            [["source": "vendor2.com/device=gpu", "target": "vendor2.com/device=gpu"]], [])
    }
}
