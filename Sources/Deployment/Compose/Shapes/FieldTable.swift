/// The fixed keys of a map, in the order in which they leave.
final class FieldTable: Sendable {
    struct Field: Sendable {
        let name: String
        let shape: Shape
        let isRequired: Bool

        init(_ name: String, _ shape: Shape, required: Bool = false) {
            self.name = name
            self.shape = shape
            isRequired = required
        }
    }

    /// What the map is, as messages call it.
    let subject: String
    let fields: [Field]
    /// Whether `x-` keys may stand here.
    let isExtensible: Bool
    let required: [String]
    private let positions: [String: Int]

    init(_ subject: String, isExtensible: Bool = true, _ fields: [Field]) {
        self.subject = subject
        self.fields = fields
        self.isExtensible = isExtensible
        required = fields.filter(\.isRequired).map(\.name)
        positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($0.element.name, $0.offset) })
    }

    func position(of name: String) -> Int? { positions[name] }

    subscript(name: String) -> Field? { positions[name].map { fields[$0] } }

    var names: [String] { fields.map(\.name) }
}
