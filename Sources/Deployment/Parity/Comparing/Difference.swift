package import Diagnostics
package import YAML

/// One value that two compared trees do not agree about.
package struct Difference: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case changed
        /// Only the right side has it.
        case added
        /// Only the left side has it.
        case removed
    }

    package var path: ParityPath
    package var kind: Kind
    /// The same value as another type: `1` and `"1"`, `1` and `1.0`. Only a `changed` value can be so.
    package var isTypeOnly: Bool
    /// `nil` when `added`.
    package var left: Node?
    /// `nil` when `removed`.
    package var right: Node?
    /// Where the left value stands (a collection at its key), or, when there is none, the collection without it.
    package var leftRange: SourceRange
    package var rightRange: SourceRange

    package init(
        _ path: ParityPath,
        _ kind: Kind,
        isTypeOnly: Bool = false,
        left: Node? = nil,
        right: Node? = nil,
        leftRange: SourceRange = .none,
        rightRange: SourceRange = .none
    ) {
        self.path = path
        self.kind = kind
        self.isTypeOnly = isTypeOnly
        self.left = left
        self.right = right
        self.leftRange = leftRange
        self.rightRange = rightRange
    }

    /// The value of the only side that has one; `nil` when `changed`.
    package var onlyValue: Node? {
        switch kind {
        case .added: right
        case .removed: left
        case .changed: nil
        }
    }

    /// The same difference as seen with the sides exchanged.
    package var mirrored: Difference {
        let kind: Kind =
            switch self.kind {
            case .changed: .changed
            case .added: .removed
            case .removed: .added
            }
        return Difference(
            path.mirrored, kind, isTypeOnly: isTypeOnly, left: right, right: left, leftRange: rightRange,
            rightRange: leftRange)
    }
}

extension Difference: Comparable {
    /// By path; where an item was put in place of another one, the removed comes first.
    package static func < (one: Difference, other: Difference) -> Bool {
        one.path != other.path ? one.path < other.path : one.kind.rank < other.kind.rank
    }

    package static func == (one: Difference, other: Difference) -> Bool {
        one.path == other.path && one.kind == other.kind && one.isTypeOnly == other.isTypeOnly
            && Self.isSame(one.left, other.left) && Self.isSame(one.right, other.right)
    }

    private static func isSame(_ one: Node?, _ other: Node?) -> Bool {
        switch (one, other) {
        case (nil, nil): true
        case (let one?, let other?): one.hasSameContent(as: other)
        default: false
        }
    }
}

extension Difference.Kind {
    fileprivate var rank: Int {
        switch self {
        case .removed: 0
        case .changed: 1
        case .added: 2
        }
    }
}
