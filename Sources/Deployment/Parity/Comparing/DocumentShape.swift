/// What is known about the lists of a document, as a tree along its keys.
///
/// Descended beside the compared trees; `nil` where nothing is known.
final class DocumentShape: Sendable {
    let children: [String: DocumentShape]
    /// The shape below every other key.
    let anyChild: DocumentShape?
    /// The shape of a list's items.
    let items: DocumentShape?
    let list: ListMeaning
    /// Whether a boolean's spelling counts, because templates and commands get to see it.
    let keepsSpelling: Bool
    /// Whether a map's keys are alternatives, so that another key is another value and not one less and one more.
    let isChoice: Bool

    init(
        _ children: [String: DocumentShape] = [:],
        any anyChild: DocumentShape? = nil,
        list: ListMeaning = .unknown,
        items: DocumentShape? = nil,
        keepsSpelling: Bool = false,
        isChoice: Bool = false
    ) {
        self.children = children
        self.anyChild = anyChild
        self.items = items
        self.list = list
        self.keepsSpelling = keepsSpelling
        self.isChoice = isChoice
    }

    func child(_ key: String) -> DocumentShape? { children[key] ?? anyChild }

    /// The shape at the end of a path.
    func at(_ path: ParityPath) -> DocumentShape? {
        var shape: DocumentShape? = self
        for segment in path.segments {
            guard let here = shape else { return nil }
            if case .key(let key) = segment { shape = here.child(key) } else { shape = here.items }
        }
        return shape
    }

    /// Environments as `diff` sees them, environment manifests, and Compose files by themselves.
    static let document = DocumentShape(
        ComposeShape.topLevel.merging([
            "compose": DocumentShape(ComposeShape.topLevel.merging(["profiles": set, "files": ordered]) { $1 }),
            "values": DocumentShape(any: DocumentShape(keepsSpelling: true)),
            "secrets": DocumentShape(any: DocumentShape(["command": ordered, "labels": pairs], isChoice: true)),
            "jobs": DocumentShape(list: .identified(ItemIdentity([["name"]])), items: DocumentShape(["run": ordered])),
        ]) { $1 }
    )

    /// The documents of one file. Kubernetes' objects are known by what names them there:
    /// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
    static let stream = DocumentShape(
        list: .identified(
            ItemIdentity(
                [
                    ["apiVersion", "kind", "metadata.namespace", "metadata.name"],
                    ["kind", "metadata.namespace", "metadata.name"], ["kind", "metadata.name"], ["environment"],
                    ["runbook"], ["name"], ["id"],
                ],
                shown: [
                    ["kind", "metadata.namespace", "metadata.name"], ["kind", "metadata.name"], ["environment"],
                    ["runbook"], ["name"], ["id"],
                ],
                defaults: ["metadata.namespace": ""])),
        items: document)

    static let ordered = DocumentShape(list: .ordered)
    static let sequence = DocumentShape(list: .sequence)
    static let set = DocumentShape(list: .set)
    static let pairs = DocumentShape(list: .pairs)

    static func identified(
        by passes: [[String]], inOrder: Bool = false, _ fields: [String: DocumentShape] = [:]
    ) -> DocumentShape {
        DocumentShape(list: .identified(ItemIdentity(passes, isOrdered: inOrder)), items: DocumentShape(fields))
    }
}
