import Diagnostics

/// One step of libyaml's stream, in our words.
///
/// After `documentStart` comes one node and `documentEnd`; a collection ends with the end of its own kind.
enum Event {
    case streamEnd
    case documentStart(SourceRange)
    case documentEnd
    case alias(String, SourceRange)
    case scalar(ScalarEvent)
    case sequenceStart(CollectionEvent)
    case mappingStart(CollectionEvent)
    case sequenceEnd(SourceRange)
    case mappingEnd(SourceRange)
}

struct ScalarEvent {
    var text: String
    var style: Scalar.Style
    var anchor: String?
    /// With its handle resolved: `tag:yaml.org,2002:int` for `!!int`.
    var tag: String?
    var range: SourceRange
}

struct CollectionEvent {
    var anchor: String?
    /// With its handle resolved.
    var tag: String?
    /// Written with brackets, so that its end event stands at the closing one.
    var isFlow: Bool
    /// From the anchor or tag, if any, to the bracket or the first item.
    var range: SourceRange
}
