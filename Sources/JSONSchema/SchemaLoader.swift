import JSON
import SourceText
import Values

/// Finds the documents that schemas refer to: the metaschemas, files, and those under compilation.
final class SchemaLoader {
  private var documents: [ByteString: Instance] = [:]
  private let fileSystem: (any FileSystem)?
  /// `urn:` references that nobody could resolve; they stand for a schema that allows everything.
  private(set) var unresolvedNames: [ByteString] = []

  init(fileSystem: (any FileSystem)? = nil) { self.fileSystem = fileSystem }

  func add(_ document: Instance, at url: ByteString) { documents[url] = document }

  func load(_ url: ByteString) throws(SchemaFault) -> Instance {
    if let document = documents[url] { return document }
    let document = try read(url)
    documents[url] = document
    return document
  }

  private func read(_ url: ByteString) throws(SchemaFault) -> Instance {
    if let text = Metaschemas.text(at: url) {
      return try SchemaLoader.parse(ByteString(text.withUTF8Buffer { Array($0) }), path: url.string)
    }
    let parsed: SchemaURL
    do throws(SchemaURL.ParseError) {
      parsed = try SchemaURL(url)
    } catch {
      throw .unloadable(url, reason: error.message)
    }
    switch parsed.scheme {
    case "file": return try readFile(parsed.path, for: url)
    case "urn":
      if !unresolvedNames.contains(url) { unresolvedNames.append(url) }
      return .boolean(true)
    case "http", "https":
      // Helm would fetch it; a compiler whose result depends on the network is none.
      throw .unloadable(
        url,
        reason: "HTTP request failed for " + url + ": Get " + GoQuote.quoted(url)
          + ": dial tcp: lookup " + parsed.hostName + ": no such host")
    default: throw .unloadable(url, reason: "no URLLoader registered for " + GoQuote.quoted(parsed.text))
    }
  }

  private func readFile(_ path: ByteString, for url: ByteString) throws(SchemaFault) -> Instance {
    let text: ByteString
    do throws(FileError) {
      guard let fileSystem else { throw FileError(path: path.string, message: "no such file or directory") }
      text = try fileSystem.read(path.string)
    } catch {
      throw .unloadable(url, reason: "open " + path + ": " + ByteString(error.message))
    }
    do throws(SchemaFault) {
      return try SchemaLoader.parse(text, path: path.string)
    } catch {
      throw .unloadable(url, reason: error.message)
    }
  }

  /// Reads JSON as Go's decoder reads one value and then expects the end.
  static func parse(_ text: ByteString, path: String) throws(SchemaFault) -> Instance {
    try parse(SourceFile(path: path, text: text))
  }

  static func parse(_ file: SourceFile) throws(SchemaFault) -> Instance {
    let isBlank = file.text.bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if isBlank { throw .invalidJSON("EOF") }
    // The numbers of a schema are wanted as written: their origins lead back to the text.
    let origins = OriginTable(isTracking: true)
    do throws(JSONError) {
      return Instance(try JSONReader.value(of: file, origins: origins), origins: origins)
    } catch {
      throw .invalidJSON(decoderMessage(error, in: file))
    }
  }

  /// The decoder of a stream words two faults otherwise than the reader of a whole text.
  private static func decoderMessage(_ error: JSONError, in file: SourceFile) -> ByteString {
    if error.message == "unexpected end of JSON input" { return "unexpected EOF" }
    if error.message.hasSuffix("after top-level value") { return "invalid character after top-level value" }
    return ByteString(error.message)
  }

  // MARK: Metaschemas

  /// The draft that a schema's `$schema` leads to.
  func draft(of schema: Instance, at place: SchemaPlace, default fallback: Draft) throws(SchemaFault) -> Draft {
    var document = schema
    var place = place
    var seen: Set<ByteString> = []
    while let name = document["$schema"]?.string {
      if let draft = Draft(url: name) { return draft }
      let url = SchemaURL.split(name).url
      do throws(SchemaURL.ParseError) {
        _ = try SchemaURL(url)
      } catch {
        throw .unreadableMetaschema(place, reason: error.message)
      }
      if place.pointer.isRoot && url == place.url { throw .unsupportedDraft(url) }
      guard seen.insert(url).inserted else { throw .metaschemaCycle(url) }
      document = try load(url)
      place = SchemaPlace(url: url, pointer: .root)
    }
    return fallback
  }

  /// The dialect of a schema that names its metaschema.
  func dialect(of schema: Instance, draft: Draft) throws(SchemaFault) -> Dialect {
    guard let name = schema["$schema"]?.string, Draft(url: name) == nil, draft >= .draft2019 else {
      return Dialect(draft: draft)
    }
    let url = SchemaURL.split(name).url
    guard let wanted = try load(url)["$vocabulary"]?.members else { return Dialect(draft: draft) }
    var vocabularies: [ByteString] = []
    for member in wanted where member.value.boolean == true {
      let name =
        member.name.hasPrefix(draft.vocabularyPrefix)
        ? member.name[draft.vocabularyPrefix.count..<member.name.count] : member.name
      guard draft.vocabularies.contains(name) else { throw .unsupportedVocabulary(member.name, document: url) }
      vocabularies.append(name)
    }
    if !vocabularies.contains("core") { vocabularies.append("core") }
    return Dialect(draft: draft, vocabularies: vocabularies)
  }
}
