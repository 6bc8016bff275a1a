@testable import Deployment
import Diagnostics
import TestSupport
import Testing

@Suite struct `The fields of the Compose Specification` {
    /// Every field of the tables along which files are read, merged, checked and written, with its shape.
    private static let known: [String: Shape] = {
        var result: [String: Shape] = [:]
        func visit(_ shape: Shape, _ path: String) {
            for field in shape.fields?.fields ?? [] {
                let inner = path.isEmpty ? field.name : "\(path).\(field.name)"
                result[inner] = field.shape
                visit(field.shape, inner)
            }
            if let values = shape.values { visit(values, path + ".*") }
            if let items = shape.items { visit(items, path) }
        }
        visit(.project, "")
        return Dictionary(uniqueKeysWithValues: result.map { ($0.key.drop { $0 == "." }.description, $0.value) })
    }()

    @Test func `every one of them is known, and no other`() {
        #expect(SpecificationField.all.count == 353)
        let missing = SpecificationField.all.subtracting(Self.known.keys).filter { path in
            // Compose looks at nothing in an old `external: {name: …}` of a secret or config.
            let record = path.split(separator: ".").dropLast().joined(separator: ".")
            guard case .anything? = Self.known[record]?.values?.form else { return true }
            return false
        }
        #expect(missing.sorted() == [])
        #expect(Set(Self.known.keys).subtracting(SpecificationField.all).sorted() == [])
    }

    /// What is left are lists of records without a key: they are matched by what they have in common, and another order
    /// is told and is no difference.
    @Test func `it is decided of every list whether its order counts`() {
        let undecided = Self.known.filter { path, shape in
            guard shape.items != nil else { return false }
            let meaning = Self.meaning(of: path)
            return meaning == nil || meaning == .unknown
        }
        #expect(
            undecided.keys.sorted() == [
                "include", "include.env_file", "include.path", "networks.*.ipam.config",
                "services.*.deploy.resources.reservations.devices",
                "services.*.gpus",
            ])
    }

    /// What the comparison knows of a list.
    private static func meaning(of path: String) -> ListMeaning? {
        var shape: DocumentShape? = .document
        for name in path.split(separator: ".").map(String.init) {
            shape = name == "*" ? shape?.anyChild : shape?.items?.child(name) ?? shape?.child(name)
        }
        return shape?.list
    }

    /// `include` is carried out, and so is gone; for the others a warning says that Compose does not heed them.
    @Test func `none is read and not written, but those that Compose itself ignores`() {
        let ignored = Self.known.filter { if case .ignored = $0.value.form { true } else { false } }
        #expect(
            ignored.keys.sorted() == ["include", "networks.*.ipam.options", "services.*.pull_refresh_after", "version"])
    }

    @Test(arguments: [
        (
            "networks.n.ipam.options",
            "services: {a: {image: x, networks: [n]}}\nnetworks: {n: {ipam: {options: {a: b}}}}\n"
        ),
        ("services.a.pull_refresh_after", "services: {a: {image: x, pull_refresh_after: 1d}}\n"),
        ("version", "version: \"3\"\nservices: {a: {image: x}}\n"),
    ])
    func `and a warning names each of those at its place`(path: String, text: String) throws {
        let outcome = ComposeFixture(text).plain()
        #expect(outcome.rendering != nil)
        #expect(outcome.diagnostics.map(\.message) == ["Compose ignores `\(path)`"])
        #expect(outcome.diagnostics.first?.range.isNone == false)
    }
}
