import SourceText
import TemplateLanguage
import Values

/// Functions between texts and lists of texts.
enum Splitting {
  static let functions: [Function] = [
    Function("splitList", [.string, .string], origins: .map) {
      Value(.list(ListValue(pieces($0, $1[1], by: $1.text(0), limit: -1), type: .string)), origin: $1[1].origin)
    },
    Function("split", [.string, .string], origins: .map) {
      numbered(pieces($0, $1[1], by: $1.text(0), limit: -1), origin: $1[1].origin)
    },
    Function("splitn", [.string, .int, .string], origins: .map) {
      numbered(pieces($0, $1[2], by: $1.text(0), limit: $1.integer(1)), origin: $1[2].origin)
    },
    Function("join", [.string, .any], origins: .join, cost: Cost(perUnit: 8), body: join),
    Function("toStrings", [.any], origins: .copy, cost: Cost(perUnit: 12)) {
      (evaluator, arguments) throws(FunctionError) in
      let texts = ListValue(try strings(of: arguments[0], evaluator), type: .string)
      return Value(.list(texts), origin: arguments[0].origin)
    },
    // Sorting a thousand texts takes ten comparisons for each.
    Function("sortAlpha", [.any], origins: .copy, cost: Cost(perUnit: 32), body: sort),
  ]

  // MARK: Splitting

  /// `strings.SplitN`: a negative limit is none, zero gives nothing.
  private static func pieces(_ evaluator: Evaluator, _ value: Value, by separator: Text, limit: Int) -> [Value] {
    guard limit != 0, let text = value.text else { return [] }
    let cuts = (limit < 0 ? Int.max : limit) - 1
    let ranges = separator.isEmpty ? characters(text, cuts: cuts) : fields(text, by: separator.bytes, cuts: cuts)
    return ranges.map { evaluator.slice(value, $0) }
  }

  private static func fields(_ text: Text, by separator: [UInt8], cuts: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for place in ByteSearch.all(separator, in: text.bytes, limit: cuts) {
      ranges.append(start..<place)
      start = place + separator.count
    }
    return ranges + [start..<text.count]
  }

  private static func characters(_ text: Text, cuts: Int) -> [Range<Int>] {
    text.bytes.withUnsafeBufferPointer { bytes in
      var ranges: [Range<Int>] = []
      var index = 0
      while index < bytes.count {
        let width = ranges.count == cuts ? bytes.count - index : Runes.decode(bytes, at: index).width
        ranges.append(index..<(index + width))
        index += width
      }
      return ranges
    }
  }

  /// `map[string]string` with the keys `_0`, `_1`, …
  private static func numbered(_ pieces: [Value], origin: OriginID) -> Value {
    let entries = pieces.enumerated().map { MapValue.Entry(key: ByteString("_\($0)"), value: $1) }
    return .map(MapValue(unsorted: entries, type: .string), origin: origin)
  }

  // MARK: Lists of texts

  /// The elements as text, without the nils; a value that is no list is a list of itself.
  static func strings(of value: Value, _ evaluator: Evaluator) throws(FunctionError) -> [Value] {
    guard let elements = value.elements else { return value.isNone ? [] : [evaluator.string(value)] }
    var texts: [Value] = []
    texts.reserveCapacity(elements.count)
    for element in elements where !element.isNone {
      let text = evaluator.string(element)
      if element.text == nil { try evaluator.make(bytes: text.text?.count ?? 0) }
      texts.append(text)
    }
    return texts
  }

  private static func join(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    var builder = evaluator.builder()
    for (index, value) in try strings(of: arguments[1], evaluator).enumerated() {
      if index > 0 { builder.append(arguments.text(0), origin: arguments[0].origin) }
      builder.append(value.text ?? Text(), origin: value.origin)
    }
    return .string(builder.finish())
  }

  private static func sort(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    guard arguments[0].elements != nil else {
      return Value(.list(ListValue([evaluator.string(arguments[0])], type: .string)))
    }
    let keyed = try strings(of: arguments[0], evaluator).map { (key: $0.text?.byteString ?? "", value: $0) }
    let sorted = keyed.sorted { $0.key < $1.key }.map(\.value)
    return Value(.list(ListValue(sorted, type: .string)), origin: arguments[0].origin)
  }
}
