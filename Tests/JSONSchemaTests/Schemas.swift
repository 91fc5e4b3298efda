import JSON
import SourceText
import Values

@testable import JSONSchema

/// The text that Helm would print for `values` (JSON) under `schema`; empty when they are valid.
func failureText(_ schema: String, _ values: String) throws -> String {
  do throws(SchemaError) {
    let compiled = try JSONSchema(SourceFile(path: "values.schema.json", text: ByteString(schema)))
    return compiled.validate(value(values))?.text ?? ""
  } catch {
    return error.message
  }
}

/// The text for the value `a` under a schema of its own.
func failureText(of value: String, under schema: String, draft: String = draft2020) throws -> String {
  try failureText(
    #"{"$schema": "\#(draft)", "properties": {"a": \#(schema)}}"#, #"{"a": \#(value)}"#)
}

let draft4 = "http://json-schema.org/draft-04/schema#"
let draft6 = "http://json-schema.org/draft-06/schema#"
let draft7 = "http://json-schema.org/draft-07/schema#"
let draft2019 = "https://json-schema.org/draft/2019-09/schema"
let draft2020 = "https://json-schema.org/draft/2020-12/schema"

/// A JSON text as values; nothing when it is not JSON.
func value(_ json: String) -> Value {
  let file = SourceFile(path: "values.json", text: ByteString(json))
  return (try? JSONReader.value(of: file, origins: OriginTable(isTracking: false))) ?? .none
}
