import CYAML
import Diagnostics

/// Owns a libyaml parser over bytes that must outlive it.
@safe
final class EventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let id: FileID

    /// - Parameter bytes: valid UTF-8 without a byte order mark.
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

    /// The next event; not to be asked again after the stream's end or an error.
    func next() throws(SyntaxProblem) -> Event {
        while true {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
            defer { unsafe yaml_event_delete(&event) }
            if let translated = unsafe translate(&event) { return translated }
        }
    }

    /// `nil` for events that say nothing.
    private func translate(_ event: UnsafePointer<yaml_event_t>) -> Event? {
        let range = unsafe range(event.pointee.start_mark, event.pointee.end_mark)
        switch unsafe event.pointee.type {
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.pointee.data.scalar
            return unsafe .scalar(
                ScalarEvent(
                    text: String(
                        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
                    style: style(scalar.style),
                    anchor: text(scalar.anchor),
                    tag: text(scalar.tag),
                    range: range
                ))
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.pointee.data.mapping_start
            return unsafe .mappingStart(
                CollectionEvent(
                    anchor: text(start.anchor), tag: text(start.tag), isFlow: start.style == YAML_FLOW_MAPPING_STYLE,
                    range: range))
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.pointee.data.sequence_start
            return unsafe .sequenceStart(
                CollectionEvent(
                    anchor: text(start.anchor), tag: text(start.tag), isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE,
                    range: range))
        case YAML_MAPPING_END_EVENT: return .mappingEnd(range)
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd(range)
        case YAML_ALIAS_EVENT: return unsafe .alias(text(event.pointee.data.alias.anchor) ?? "", range)
        case YAML_DOCUMENT_START_EVENT: return .documentStart(range)
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return nil
        }
    }

    private func problem() -> SyntaxProblem {
        let said = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "it cannot be read"
        let mark = unsafe parser.pointee.problem_mark
        let contextMark = unsafe parser.pointee.context_mark
        return SyntaxProblem(
            said: said,
            range: character(at: mark),
            context: unsafe parser.pointee.context.map { unsafe String(cString: $0) },
            contextRange: character(at: contextMark)
        )
    }

    private func character(at mark: yaml_mark_t) -> SourceRange {
        range(mark, yaml_mark_t(index: mark.index, line: mark.line, column: mark.column + 1))
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
