import JSON
import Rules
import SourceText
import Values

/// The JSON Schema of `.slipway.yaml`, for editors and for `slipway config schema`.
package enum ConfigurationSchema {
  /// Draft 7, which editors know; with a line end.
  package static var text: ByteString {
    guard let schema = Schema.object(ConfigurationFields.top).asMap else { return "" }
    schema["$schema"] = .string("http://json-schema.org/draft-07/schema#")
    schema["title"] = .string("Configuration of slipway lint")
    let style = JSONWriter.Style(escapesHTML: false, indent: "  ")
    // Nothing but maps, lists, strings and booleans: none of them can fail.
    let text = (try? JSONWriter.text(of: .map(schema), style: style, tracking: false)) ?? Text()
    return ByteString(text.bytes + [UInt8(ascii: "\n")])
  }
}

/// Pieces of a JSON Schema.
enum Schema {
  static var string: Value { .map(MapValue(["type": .string("string")])) }

  static func words(_ words: [String]) -> Value {
    // YAML 1.1 readers make `off` a truth value.
    let extra: [Value] = words.contains("off") ? [.bool(false)] : []
    return .map(MapValue(["enum": .list(words.map { .string($0) } + extra)]))
  }

  static func list(of element: Value) -> Value {
    .map(MapValue(["type": .string("array"), "items": element]))
  }

  static func map(of element: Value) -> Value {
    .map(MapValue(["type": .string("object"), "additionalProperties": element]))
  }

  static func object<Target>(_ fields: [ConfigurationField<Target>], required: [String] = []) -> Value {
    let properties = fields.map {
      MapValue.Entry(key: ByteString($0.name), value: described($0.documentation, $0.schema()))
    }
    let object = closedObject(MapValue(unsorted: properties))
    if !required.isEmpty { object.asMap?["required"] = .list(required.map { .string($0) }) }
    return object
  }

  static func closedObject(_ properties: MapValue) -> Value {
    .map(
      MapValue(["type": .string("object"), "properties": .map(properties), "additionalProperties": .bool(false)]))
  }

  static func described(_ documentation: String, _ schema: Value) -> Value {
    schema.asMap?["description"] = .string(documentation)
    return schema
  }

  /// A rule's settings in one word.
  static var switchOrLevel: Value {
    .map(
      MapValue([
        "enum": .list(["off", "on", "error", "warning", "note"].map { .string($0) } + [.bool(false), .bool(true)])
      ]))
  }

  static func option(_ type: OptionType) -> Value {
    switch type {
    case .boolean: .map(MapValue(["type": .string("boolean")]))
    case .integer: .map(MapValue(["type": .string("integer")]))
    case .number: .map(MapValue(["type": .string("number")]))
    case .choice(let words): Schema.words(words)
    case .word, .glob, .regex: string
    case .list(let element): list(of: option(element))
    case .table(let element):
      .map(MapValue(["type": .string("object"), "additionalProperties": option(element)]))
    }
  }
}
