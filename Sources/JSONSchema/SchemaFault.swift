import SourceText

/// Why a schema does not compile.
enum SchemaFault: Error {
  /// Not JSON.
  case invalidJSON(ByteString)
  /// Not valid against its metaschema.
  case invalid(SchemaPlace, SchemaFailure)
  case invalidPointer(SchemaPlace)
  case pointerNotFound(SchemaPlace)
  case anchorNotFound(reference: ByteString, document: ByteString)
  case duplicateAnchor(ByteString, document: ByteString, first: JSONPointer, second: JSONPointer)
  case duplicateID(ByteString, document: ByteString, first: JSONPointer, second: JSONPointer)
  case unreadableID(SchemaPlace)
  case unreadableAnchor(SchemaPlace)
  case unreadableURL(ByteString, reason: ByteString)
  case unreadableMetaschema(SchemaPlace, reason: ByteString)
  case unsupportedDraft(ByteString)
  case unsupportedVocabulary(ByteString, document: ByteString)
  case metaschemaCycle(ByteString)
  case invalidRegularExpression(ByteString, keyword: ByteString, reason: ByteString)
  case unloadable(ByteString, reason: ByteString)
  /// A schema that would keep the validator busy for ever.
  case tooComplex

  /// The text that Helm prints.
  var message: ByteString {
    switch self {
    case .invalidJSON(let message): message
    case .invalid(let place, let failure): quote(place.text) + " is not valid against metaschema: " + failure.whole
    case .invalidPointer(let place): "invalid json-pointer " + quote(place.text)
    case .pointerNotFound(let place): "json-pointer in " + quote(place.text) + " not found"
    case .anchorNotFound(let reference, let document):
      "anchor in " + quote(reference) + " not found in schema " + quote(document)
    case .duplicateAnchor(let name, let document, let first, let second):
      duplicate("anchor", name, document, first, second)
    case .duplicateID(let name, let document, let first, let second): duplicate("id", name, document, first, second)
    case .unreadableID(let place): "error in parsing id at " + quote(place.text)
    case .unreadableAnchor(let place): "error in parsing anchor at " + quote(place.text)
    case .unreadableURL(let url, let reason): "error in parsing " + quote(url) + ": " + reason
    case .unreadableMetaschema(let place, let reason): "invalid $schema in " + quote(place.text) + ": " + reason
    case .unsupportedDraft(let url): "draft " + quote(url) + " is not supported"
    case .unsupportedVocabulary(let name, let document):
      "unsupported vocabulary " + quote(name) + " in " + quote(document)
    case .metaschemaCycle(let url): "cycle in resolving $schema in " + quote(url)
    case .invalidRegularExpression(let pattern, let keyword, let reason):
      "invalid regex " + quote(pattern) + " at " + quote(keyword) + ": " + reason
    case .unloadable(let url, let reason): "failing loading " + quote(url) + ": " + reason
    case .tooComplex: "unable to validate schema: too many nested or repeated subschemas"
    }
  }

  private func quote(_ text: ByteString) -> ByteString { GoQuote.quoted(text) }

  private func duplicate(
    _ what: ByteString, _ name: ByteString, _ document: ByteString, _ first: JSONPointer, _ second: JSONPointer
  ) -> ByteString {
    "duplicate " + what + " " + quote(name) + " in " + quote(document) + " at " + quote(first.text) + " and "
      + quote(second.text)
  }
}
