import JSON
import SourceText
import Values

/// What the user said about values on the command line, flag by flag, each in the order given.
package struct ValuesArguments: Sendable {
  /// `-f`, already split at commas; `-` is standard input.
  package var files: [String] = []
  package var setJSON: [String] = []
  package var set: [String] = []
  package var setString: [String] = []
  package var setFile: [String] = []
  package var setLiteral: [String] = []

  package init() {}

  /// The merged values. Whatever their order on the command line, the kinds of flags apply in the order of the
  /// fields above.
  package func merged(fileSystem: any FileSystem, origins: OriginTable) throws(ChartError) -> MapValue {
    let reader = ValuesFileReader(fileSystem: fileSystem)
    var result = MapValue()
    for path in files {
      let values = try ValuesDocuments.userFile(reader.file(path), origins: origins)
      result = ValueMerging.merged(result, with: values)
    }
    for text in setJSON { result = try Self.apply(json: text, to: result, origins: origins) }
    for text in set { try Self.apply(text, flag: "--set", .typed, to: result, origins: origins) }
    for text in setString { try Self.apply(text, flag: "--set-string", .string, to: result, origins: origins) }
    for text in setFile { try Self.apply(text, flag: "--set-file", .file(reader), to: result, origins: origins) }
    for text in setLiteral { try Self.apply(text, flag: "--set-literal", .literal, to: result, origins: origins) }
    return result
  }

  private static func apply(
    _ text: String, flag: String, _ kind: SetArgument.Kind, to values: MapValue, origins: OriginTable
  ) throws(ChartError) {
    let argument = SourceFile(path: flag, kind: .argument, text: ByteString(text))
    do {
      try SetArgument.apply(argument, kind: kind, to: values, origins: origins)
    } catch {
      throw error.prefixed(ByteString("failed parsing \(flag) data: "))
    }
  }

  /// A text that starts with `{` is a whole object; else it holds `path=JSON` pairs. Helm's errors have no detail.
  private static func apply(json text: String, to values: MapValue, origins: OriginTable) throws(ChartError) -> MapValue
  {
    let argument = SourceFile(path: "--set-json", kind: .argument, text: ByteString(text))
    let whole = SourceRange(argument, ByteRange(0, argument.text.count))
    guard argument.text.withoutSpaceAround.hasPrefix("{") else {
      do {
        try SetArgument.apply(argument, kind: .json, to: values, origins: origins)
        return values
      } catch {
        throw ChartError("failed parsing --set-json data " + argument.text, at: error.place ?? whole)
      }
    }
    guard let object = try? JSONReader.value(of: argument, origins: origins).asMap else {
      throw ChartError("failed parsing --set-json data JSON: " + argument.text, at: whole)
    }
    return ValueMerging.merged(values, with: object)
  }
}

/// Reads the files that flags name.
struct ValuesFileReader: Sendable {
  let fileSystem: any FileSystem

  func file(_ path: String) throws(ChartError) -> SourceFile {
    if ByteString(path).withoutSpaceAround == "-" {
      return SourceFile(path: "-", text: fileSystem.readStandardInput())
    }
    if let failure = FileLocation.failure(of: ByteString(path)) { throw ChartError(failure) }
    do {
      return SourceFile(path: path, text: try fileSystem.read(path))
    } catch {
      let operation = error.message == "is a directory" ? "read" : "open"
      throw ChartError("\(operation) \(path): \(error.message)")
    }
  }
}
