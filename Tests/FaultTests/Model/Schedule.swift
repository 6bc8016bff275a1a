/// What happens, in which order: drawn from a seed, and nothing else.
struct Schedule: CustomStringConvertible {
    /// What an action does when it is started.
    enum Deed: String, CaseIterable {
        case ok, fail
        /// It does not end, and its time runs out.
        case hang
        /// The tool is killed while it runs.
        case kill
        /// The tool gets SIGINT while it runs.
        case signal
        /// From then on the disk takes no more of the journal.
        case disk
    }

    enum Undo: String { case command, none, irreversible }

    struct Step: Equatable {
        var id: String
        var isIdempotent: Bool
        var undo: Undo
    }

    enum Move: Equatable, CustomStringConvertible {
        case run(rollsBack: Bool)
        case resume(assume: String?, rollsBack: Bool)
        case rollback
        case close

        var words: [String] {
            func choice(_ rollsBack: Bool) -> [String] { ["--on-failure", rollsBack ? "rollback" : "stop"] }
            return switch self {
            case .run(let rollsBack): ["run", "work", "-e", "test"] + choice(rollsBack)
            case .resume(let assume, let rollsBack):
                ["resume", "last"] + choice(rollsBack) + (assume.map { ["--assume", $0] } ?? [])
            case .rollback: ["rollback", "last", "--yes"]
            case .close: ["history", "close", "last", "--reason", "seen"]
            }
        }

        var description: String { words.joined(separator: " ") }
    }

    let seed: UInt64
    let steps: [Step]
    /// Each with what the actions do that it starts, by `forward-ID` and `undo-ID`; what is not named is `ok`.
    let moves: [(move: Move, deeds: [String: Deed])]

    init(seed: UInt64) {
        self.seed = seed
        var numbers = SeededNumbers(seed: seed)
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &numbers) < percent }
        let count = Int.random(in: 1...3, using: &numbers)
        let pivot = chance(25) ? Int.random(in: 0..<count, using: &numbers) : nil
        steps = (0..<count).map { index in
            let undo: Undo = index == pivot ? .irreversible : chance(20) ? .none : .command
            // Behind a point of no return only steps that may run again are allowed.
            return Step(
                id: ["one", "two", "three"][index], isIdempotent: pivot.map { index > $0 } ?? false || chance(40),
                undo: undo)
        }
        let pivotal = pivot.map { "forward-\(["one", "two", "three"][$0])" }
        let names = steps.flatMap { ["forward-\($0.id)", "undo-\($0.id)"] }
        moves = (0..<Int.random(in: 2...4, using: &numbers)).map { index in
            let rollsBack = chance(50)
            let move: Move =
                switch index == 0 ? 0 : Int.random(in: 0..<10, using: &numbers) {
                case 0: .run(rollsBack: rollsBack)
                case 1...4:
                    .resume(
                        assume: [nil, "done", "not-done", "rerun"].randomElement(using: &numbers) ?? nil,
                        rollsBack: rollsBack)
                case 5...8: .rollback
                default: .close
                }
            var deeds: [String: Deed] = [:]
            for name in names where chance(35) {
                // Whether a half-done thing that cannot be undone has been done is nobody's to say.
                guard name != pivotal else { continue }
                // A time-out takes its time.
                deeds[name] = chance(8) ? .hang : [.fail, .kill, .signal, .disk].randomElement(using: &numbers)
            }
            return (move, deeds)
        }
    }

    /// As a person reads it who has the seed.
    var description: String {
        let steps = steps.map { "\($0.id)\($0.isIdempotent ? " idempotent" : "") \($0.undo.rawValue)" }
        let moves = moves.map { move, deeds in
            "\(move) [\(deeds.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }.joined(separator: " "))]"
        }
        return "seed \(seed): \(steps.joined(separator: ", ")); \(moves.joined(separator: "; "))"
    }
}
