import CLibYAML
import SourceText

@testable import YAML

/// An event as both parsers can tell it.
struct ParsedEvent: Equatable {
  var kind: Event.Kind
  /// The decoded scalar, the name of an alias.
  var value: [UInt8] = []
  var anchor: [UInt8] = []
  /// With the handle's prefix in place of the handle.
  var tag: [UInt8] = []
  var style = YAMLScalarStyle.plain
  /// Brackets rather than indentation; for a document: `---` or `...` is written.
  var isExplicit = false
  var range: ByteRange
}

extension ParsedEvent: CustomStringConvertible {
  var description: String {
    var parts = ["\(kind) \(range.start)..<\(range.end)"]
    if !anchor.isEmpty { parts.append("&" + String(decoding: anchor, as: UTF8.self)) }
    if !tag.isEmpty { parts.append("<" + String(decoding: tag, as: UTF8.self) + ">") }
    if kind == .scalar { parts.append("\(style)") }
    if !value.isEmpty { parts.append(String(decoding: value, as: UTF8.self).debugDescription) }
    if isExplicit { parts.append("explicit") }
    return parts.joined(separator: " ")
  }
}

/// All that a parser has to say about a text.
struct ParsedEvents: Equatable {
  var events: [ParsedEvent] = []
  /// Why it stopped before the end; nil when it accepts the text.
  var fault: String?

  /// By the reader of this room; the fault without `yaml: ` and line.
  init(_ text: [UInt8]) {
    text.withUnsafeBufferPointer { buffer in
      var parser = EventParser(buffer)
      do throws(YAMLError) {
        while true {
          let event = try parser.next()
          if event.kind == .streamEnd { return }
          events.append(ParsedEvent(event, parser))
        }
      } catch {
        var words = error.message.split(separator: ": ", maxSplits: 2).dropFirst()
        if words.first?.hasPrefix("line ") == true { words.removeFirst() }
        fault = words.joined(separator: ": ")
      }
    }
  }

  /// By libyaml, whose marks count characters.
  init(libyaml text: [UInt8]) {
    let offsets = ParsedEvents.offsetsOfCharacters(text)
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      fault = "libyaml cannot start"
      return
    }
    defer { yaml_parser_delete(&parser) }
    text.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
          fault = parser.problem.map { String(cString: $0) } ?? "no words"
          return
        }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return }
        if event.type != YAML_STREAM_START_EVENT { events.append(ParsedEvent(event, offsets)) }
      }
    }
  }

  /// How many events our parser reports before it stops, with nothing kept.
  static func countOwn(_ text: [UInt8]) -> Int {
    text.withUnsafeBufferPointer { buffer in
      var parser = EventParser(buffer)
      var count = 0
      // libyaml decodes each scalar, so ours shall too.
      while let event = try? parser.next(), event.kind != .streamEnd {
        if event.kind == .scalar {
          var decoder = ScalarDecoder(parser.scanner.text, recordsPieces: false)
          decoder.decode(event.token)
        }
        count += 1
      }
      return count
    }
  }

  /// How many events libyaml reports before it stops.
  static func countLibyaml(_ text: [UInt8]) -> Int {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return 0 }
    defer { yaml_parser_delete(&parser) }
    return text.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      var count = 0
      var event = yaml_event_t()
      while yaml_parser_parse(&parser, &event) == 1, event.type != YAML_STREAM_END_EVENT {
        if event.type != YAML_STREAM_START_EVENT { count += 1 }
        yaml_event_delete(&event)
      }
      return count
    }
  }

  /// The byte offset of each character behind the byte order mark, and of the end.
  private static func offsetsOfCharacters(_ text: [UInt8]) -> [Int] {
    let start = text.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    return text.indices.dropFirst(start).filter { text[$0] & 0xc0 != 0x80 } + [text.count]
  }
}

extension ParsedEvent {
  fileprivate init(_ event: Event, _ parser: borrowing EventParser) {
    func bytes(_ start: Int32, _ end: Int32) -> [UInt8] { (start..<end).map { parser.scanner.text[Int($0)] } }
    self.init(kind: event.kind, range: ByteRange(Int(event.start), Int(event.end)))
    anchor = bytes(event.anchor.start, event.anchor.end)
    tag = parser.tag(of: event)
    isExplicit = event.isExplicit
    if event.kind == .alias { value = bytes(event.token.contentStart, event.token.contentEnd) }
    guard event.kind == .scalar else { return }
    style = event.token.style
    var decoder = ScalarDecoder(parser.scanner.text, recordsPieces: false)
    decoder.decode(event.token)
    value = decoder.bytes
  }

  fileprivate init(_ event: yaml_event_t, _ offsets: [Int]) {
    func offset(_ mark: yaml_mark_t) -> Int { offsets[min(Int(mark.index), offsets.count - 1)] }
    func bytes(_ text: UnsafeMutablePointer<UInt8>?) -> [UInt8] {
      guard let text else { return [] }
      var count = 0
      while text[count] != 0 { count += 1 }
      return Array(UnsafeBufferPointer(start: text, count: count))
    }
    self.init(
      kind: ParsedEvent.kind(event.type), range: ByteRange(offset(event.start_mark), offset(event.end_mark)))
    switch event.type {
    case YAML_ALIAS_EVENT: value = bytes(event.data.alias.anchor)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      (anchor, tag, style) = (bytes(scalar.anchor), bytes(scalar.tag), ParsedEvent.style(scalar.style))
      value = Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      (anchor, tag, isExplicit) = (bytes(start.anchor), bytes(start.tag), start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      (anchor, tag, isExplicit) = (bytes(start.anchor), bytes(start.tag), start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_DOCUMENT_START_EVENT: isExplicit = event.data.document_start.implicit == 0
    case YAML_DOCUMENT_END_EVENT: isExplicit = event.data.document_end.implicit == 0
    default: break
    }
  }

  private static func kind(_ type: yaml_event_type_t) -> Event.Kind {
    switch type {
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_ALIAS_EVENT: .alias
    case YAML_SCALAR_EVENT: .scalar
    case YAML_SEQUENCE_START_EVENT: .sequenceStart
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_MAPPING_START_EVENT: .mappingStart
    case YAML_MAPPING_END_EVENT: .mappingEnd
    default: .streamEnd
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }
}
