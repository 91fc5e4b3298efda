import SourceText
import TemplateLanguage
import Values

/// The arguments of a call as bodies read them. The evaluator has checked and converted them, so that the answers
/// for a wrong type are never seen; they only keep the bodies free of conditions.
extension [Value] {
  func text(_ index: Int) -> Text { self[index].text ?? Text() }
  func bytes(_ index: Int) -> ByteString { text(index).byteString }

  func integer(_ index: Int) -> Int {
    if case .integer(let value, _) = self[index].datum { return Int(value) }
    return 0
  }

  func float(_ index: Int) -> Double {
    if case .float(let value) = self[index].datum { return value }
    return 0
  }

  func bool(_ index: Int) -> Bool {
    if case .bool(let value) = self[index].datum { return value }
    return false
  }

  /// A map; nil where Go passes a nil map.
  func map(_ index: Int) -> MapValue? {
    guard let map = self[index].asMap, !map.isNil else { return nil }
    return map
  }
}

extension FunctionError {
  /// What Go's runtime says when a nil is taken for a type.
  static let nilDereference = FunctionError("runtime error: invalid memory address or nil pointer dereference")
  /// What the library answers in place of taking all memory.
  static let tooLarge = FunctionError("runtime error: makeslice: len out of range")
}

/// Results larger than these are refused: a template must not be able to take the machine's memory.
enum Limit {
  /// Bytes of one text.
  static let bytes = TextBuilder.mostBytes
  /// Elements of one list.
  static let elements = 1 << 21
  /// How deep a value may nest before it is taken for one that contains itself.
  static let depth = 1000
}

extension Evaluator {
  var isTracking: Bool { origins.isTracking }

  /// A builder that writes runs exactly when the render tracks origins.
  func builder(capacity: Int = 0) -> TextBuilder {
    TextBuilder(tracking: origins.isTracking, capacity: capacity, limit: textLimit)
  }

  /// `range` of a string value, the value itself where that is all of it.
  func slice(_ value: Value, _ range: Range<Int>) -> Value {
    guard let text = value.text, range.count < text.count else { return value }
    var builder = builder()
    builder.append(text, range, origin: value.origin)
    return Value(.string(builder.finish()), origin: value.origin)
  }
}
