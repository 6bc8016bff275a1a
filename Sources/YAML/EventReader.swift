import CYAML
import Diagnostics

/// One step of libyaml's stream, in our words.
enum Event {
    case streamEnd
    case documentStart(SourceRange)
    case documentEnd
    case alias(String, SourceRange)
    case scalar(ScalarEvent)
    case sequenceStart(CollectionEvent)
    case mappingStart(CollectionEvent)
    case sequenceEnd
    case mappingEnd
}

struct ScalarEvent {
    var text: String
    var style: Scalar.Style
    var anchor: String?
    var tag: String?
    var range: SourceRange
}

struct CollectionEvent {
    var anchor: String?
    var tag: String?
    var range: SourceRange
}

/// Owns a libyaml parser over bytes that must outlive it.
@safe
final class EventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let id: FileID

    init(_ bytes: UnsafeBufferPointer<UInt8>, id: FileID) {
        self.id = id
        unsafe parser = .allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(parser) == 1 else { preconditionFailure("out of memory") }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event, or what is wrong with the text.
    func next() -> Result<Event, SyntaxProblem> {
        while true {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { return .failure(problem()) }
            defer { unsafe yaml_event_delete(&event) }
            if let translated = unsafe translate(event) { return .success(translated) }
        }
    }

    /// `nil` for events that say nothing.
    private func translate(_ event: yaml_event_t) -> Event? {
        let range = unsafe range(event.start_mark, event.end_mark)
        switch unsafe event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart(range)
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return unsafe .alias(text(event.data.alias.anchor) ?? "", range)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            return unsafe .scalar(
                ScalarEvent(
                    text: String(
                        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
                    style: style(scalar.style),
                    anchor: text(scalar.anchor),
                    tag: text(scalar.tag),
                    range: range
                ))
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return unsafe .sequenceStart(
                CollectionEvent(anchor: text(start.anchor), tag: text(start.tag), range: range))
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return unsafe .mappingStart(CollectionEvent(anchor: text(start.anchor), tag: text(start.tag), range: range))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return nil
        }
    }

    private func problem() -> SyntaxProblem {
        let said = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "cannot be read as YAML"
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
        let mark = unsafe parser.pointee.problem_mark
        let end = yaml_mark_t(index: mark.index, line: mark.line, column: mark.column + 1)
        return SyntaxProblem(said: said, context: context, range: range(mark, end))
    }

    private func range(_ start: yaml_mark_t, _ end: yaml_mark_t) -> SourceRange {
        SourceRange(file: id, start: position(start), end: position(end))
    }

    /// libyaml counts from zero, in code points.
    private func position(_ mark: yaml_mark_t) -> SourcePosition {
        SourcePosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }

    private func style(_ style: yaml_scalar_style_t) -> Scalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }
}

/// What libyaml could not read, and where.
struct SyntaxProblem: Error {
    var said: String
    var context: String?
    var range: SourceRange

    var diagnostic: Diagnostic {
        let hint: String? =
            if said.contains("cannot start any token") {
                "quote the value if it begins with this character"
            } else if said.contains("mapping values are not allowed") {
                "quote the value if it contains `: `"
            } else if said.contains("could not find expected ':'") { "a key is followed by `:` and a blank" } else {
                nil
            }
        let context = context.map { " \($0)" } ?? ""
        return Diagnostic("not valid YAML: \(said)\(context)", at: range, expected: hint ?? "YAML 1.2")
    }
}
