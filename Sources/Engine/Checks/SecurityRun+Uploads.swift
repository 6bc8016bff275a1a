import Deployment
import Diagnostics
import Host

/// Sends files of exactly the allowed size and of one byte more, and files that are not what they say.
struct UploadSecurity {
    let world: CheckWorld
    let check: SecurityCheck
    let rules: SecurityCheck.UploadRules

    /// Small, so that its size is no reason to refuse it.
    private static let small = 2_048

    func run(_ list: inout SecurityChecklist) {
        let good = rules.accepted
        accepts(good, size: rules.maximum - 1, "one byte under the limit", &list)
        accepts(good, size: rules.maximum, "exactly the limit", &list)
        refuses(good, as: good, size: rules.maximum + 1, with: [413], "one byte over the limit", &list)
        let small = min(Self.small, rules.maximum)
        refuses(
            rules.forbidden, as: rules.forbidden, size: small, with: [415], "a file of \(rules.forbidden.type)", &list)
        refuses(
            rules.forbidden, as: good, size: small, with: [415],
            "a file of \(rules.forbidden.type) that is called `probe\(good.suffix)` and \(good.type)", &list)
    }

    private func accepts(_ sample: FileSample, size: Int, _ what: String, _ list: inout SecurityChecklist) {
        let exchange = list.send(request(sample, as: sample, size: size))
        let name = "upload of \(what) (\(Wording.count(size, "byte")))"
        if let status = exchange.status, (200..<300).contains(status) {
            list.held(name, "accepted with \(status)")
        } else {
            list.failed(name, exchange.ending, expected: "it is accepted", [exchange])
        }
    }

    private func refuses(
        _ sample: FileSample, as other: FileSample, size: Int, with expected: [Int], _ what: String,
        _ list: inout SecurityChecklist
    ) {
        let exchange = list.send(request(sample, as: other, size: size))
        let name = "upload of \(what)"
        let words = expected.map(String.init).joined(separator: " or ")
        // A server may answer and hang up while there is still something to send.
        if let status = exchange.response?.status, expected.contains(status) {
            list.held(name, "refused with \(status)")
        } else {
            list.failed(name, exchange.ending, expected: "status \(words)", [exchange])
        }
    }

    private func request(_ sample: FileSample, as other: FileSample, size: Int) -> CheckRequest {
        var request = CheckRequest("POST", rules.address, headers: check.headers, connection: check.connection)
        request.file = UploadedFile(
            field: rules.field, name: "probe\(other.suffix)", type: other.type, content: sample, size: size)
        return request
    }
}
