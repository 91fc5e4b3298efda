import JSON
import SourceText
import Values

/// A JSON object.
func object(_ pairs: KeyValuePairs<String, Value>) -> Value { .map(MapValue(pairs)) }

/// A list of texts.
func list(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }

/// The text of a document that holds strings, integers, booleans and nulls only, none of which can fail; with a line
/// end.
func jsonDocument(_ value: Value) -> ByteString {
  let style = JSONWriter.Style(escapesHTML: false, indent: "  ")
  let text = (try? JSONWriter.text(of: value, style: style, tracking: false)) ?? Text()
  return ByteString(text.bytes + [UInt8(ascii: "\n")])
}
