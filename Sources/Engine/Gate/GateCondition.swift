/// One condition of a gate, as it was found.
package struct GateCondition: Hashable, Sendable, Codable {
    /// Whether the environment is up, which is asked once.
    package static let status = "status"

    /// As it is written under `gate`.
    package var name: String
    package var held: Bool
    /// What was seen.
    package var found: String
    /// What to type or do to open it; `nil` when it is held.
    package var openWith: String?

    package init(name: String, held: Bool, found: String, openWith: String? = nil) {
        self.name = name
        self.held = held
        self.found = found
        self.openWith = held ? nil : openWith
    }
}
