import Diagnostics

/// Where variables are set that come from env files.
///
/// A name that is not here comes from the environment's `values` or, in plain mode, from the process environment.
struct VariableOrigins {
    /// The places whose values count.
    private(set) var places: [String: SourceRange] = [:]
    /// Places whose values do not count, because something before them has the name.
    private(set) var hidden: [String: [SourceRange]] = [:]

    /// Takes in what a set of env files says.
    ///
    /// - Parameter isKnown: whether a name has a value already, which stays.
    mutating func add(_ more: [String: SourceRange], isKnown: (String) -> Bool) {
        for (name, place) in more {
            if !isKnown(name) {
                places[name] = place
            } else if places[name] != place {
                hidden[name, default: []].append(place)
            }
        }
    }
}
