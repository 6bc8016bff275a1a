import YAML

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
    /// Where each name stands, by its hash; -1 in a free slot. Half of the slots at least are free.
    ///
    /// Every key of every file is looked up several times, and a dictionary's hash costs more than all else about it.
    private let slots: [Int16]

    init(_ subject: String, isExtensible: Bool = true, _ fields: [Field]) {
        self.subject = subject
        self.fields = fields
        self.isExtensible = isExtensible
        required = fields.filter(\.isRequired).map(\.name)
        var size = 4
        while size < fields.count * 2 { size *= 2 }
        var slots = [Int16](repeating: -1, count: size)
        for (position, field) in fields.enumerated() {
            var slot = Self.hash(field.name) & (size - 1)
            while slots[slot] >= 0 {
                precondition(fields[Int(slots[slot])].name != field.name, "a field is there once")
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = Int16(position)
        }
        self.slots = slots
    }

    func position(of name: String) -> Int? {
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] >= 0 {
            let position = Int(slots[slot])
            if fields[position].name == name { return position }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Where a field goes among entries that are in the order of the table; unknown keys stand at the end.
    func place(for name: String, among entries: [Mapping.Entry]) -> Int {
        let own = position(of: name) ?? .max
        return entries.indices.first { (position(of: entries[$0].key) ?? .max) > own } ?? entries.endIndex
    }

    subscript(name: String) -> Field? { position(of: name).map { fields[$0] } }

    var names: [String] { fields.map(\.name) }

    /// Of length and of the first, middle and last byte, which tell the names of the specification apart well enough.
    private static func hash(_ name: String) -> Int {
        let bytes = name.utf8.span
        guard !bytes.isEmpty else { return 0 }
        let (first, middle, last) = (Int(bytes[0]), Int(bytes[bytes.count / 2]), Int(bytes[bytes.count - 1]))
        return bytes.count &* 7 &+ first &* 31 &+ middle &* 5 &+ last &* 17
    }
}
