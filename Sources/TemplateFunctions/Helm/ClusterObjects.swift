import SourceText
import TemplateLanguage
import Values
import YAML

/// The objects of YAML files that stand for a cluster, and how `lookup` answers from them.
///
/// An object without a namespace is one of the whole cluster and is found whatever namespace is asked, as the server
/// ignores the namespace of such kinds.
package struct ClusterObjects {
  /// One object and what it is found by.
  private struct Entry {
    let apiVersion: ByteString
    let kind: ByteString
    let namespace: ByteString
    let name: ByteString
    let value: Value
  }

  private var entries: [Entry] = []

  init() {}

  /// Reads every document of the files; the items of lists are objects of their own.
  package init(_ files: [SourceFile], origins: OriginTable) throws(FunctionError) {
    for file in files {
      let parsed = YAMLParser.parse(file)
      for document in parsed.documents {
        let value: Value
        do throws(YAMLError) {
          value = try YAMLReader.value(of: file, in: document.range, origins: origins)
        } catch {
          throw FunctionError("cluster state \(file.path): \(error.unmarshalMessage)")
        }
        try add(value, of: file)
      }
      if let error = parsed.errors.first {
        throw FunctionError("cluster state \(file.path): \(error.unmarshalMessage)")
      }
    }
    // The order of a server's lists.
    entries.sort { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
  }

  private mutating func add(_ value: Value, of file: SourceFile) throws(FunctionError) {
    if case .none = value.datum { return }
    guard let map = value.asMap, let kind = map["kind"]?.text?.byteString,
      let apiVersion = map["apiVersion"]?.text?.byteString
    else { throw FunctionError("cluster state \(file.path): a document is no object: it has no apiVersion or no kind") }
    if kind.hasSuffix("List"), case .list(let items)? = map["items"]?.datum {
      for item in items.elements { try add(item, of: file) }
      return
    }
    let metadata = map["metadata"]?.asMap
    entries.append(
      Entry(
        apiVersion: apiVersion, kind: kind, namespace: metadata?["namespace"]?.text?.byteString ?? "",
        name: metadata?["name"]?.text?.byteString ?? "", value: value))
  }

  /// One object, or a list of them when `name` is empty. An object that is not there is an empty map.
  func lookup(
    apiVersion: ByteString, kind: ByteString, namespace: ByteString, name: ByteString
  ) -> Value {
    let found = entries.filter { entry in
      entry.apiVersion == apiVersion && entry.kind == kind && (name.isEmpty || entry.name == name)
        && (entry.namespace == namespace || entry.namespace.isEmpty || namespace.isEmpty && name.isEmpty)
    }
    guard name.isEmpty else { return found.first.map { Self.asServed($0.value) } ?? .map(MapValue()) }
    return .map(
      MapValue([
        "apiVersion": .string(apiVersion), "kind": .string(kind + "List"), "metadata": .map(MapValue()),
        "items": .list(found.map { Self.asServed($0.value) }),
      ]))
  }

  /// A fresh copy, since templates change what they get, with whole numbers as the integers that a client reads.
  private static func asServed(_ value: Value) -> Value {
    switch value.datum {
    case .map(let map):
      let entries = map.entries.map { entry in
        MapValue.Entry(key: entry.key, value: asServed(entry.value), keyOrigin: entry.keyOrigin)
      }
      return Value(.map(MapValue(unsorted: entries)), origin: value.origin)
    case .list(let list): return .list(list.elements.map(asServed), origin: value.origin)
    case .float(let number):
      guard let whole = Int64(exactly: number) else { return value }
      return Value(.integer(whole, .int64), origin: value.origin)
    default: return value
    }
  }
}

/// The cluster's objects, read at the first `lookup` of a render.
final class ClusterMemory: FunctionMemory {
  private var objects: ClusterObjects?

  init() {}

  func objects(_ files: [SourceFile], origins: OriginTable) throws(FunctionError) -> ClusterObjects {
    if let objects { return objects }
    let read = try ClusterObjects(files, origins: origins)
    objects = read
    return read
  }
}
