import SourceText
import YAML

/// The documents of rendered files in the order in which Helm prints them.
package struct SortedManifests {
  package private(set) var manifests: [Manifest] = []
  package private(set) var hooks: [Manifest] = []

  /// Cuts `files` (in any order) into documents, reads the head of each, and sorts hooks and manifests by kind.
  ///
  /// - Parameter unknownHooks: takes the annotations of documents that Helm drops because a hook event in them is
  ///   unknown, up to the document that fails.
  package init(
    _ files: [RenderedFile], workers: Workers = .alone, unknownHooks: inout [String]
  ) throws(ManifestFailure) {
    try self.init(files, documents: [], workers: workers, unknownHooks: &unknownHooks)
  }

  /// - Parameter documents: those of the first files, as far as they are known already.
  init(
    _ files: [RenderedFile], documents known: [[Document]], workers: Workers, unknownHooks: inout [String]
  ) throws(ManifestFailure) {
    let texts = files.dropFirst(known.count).map(\.text.bytes)
    let documents = known + workers.map(texts, bytes: texts.reduce(0) { $0 + $1.count }, Self.documents)
    for index in Self.printingOrder(files) {
      for document in documents[index] { try add(document, of: files[index], at: index, &unknownHooks) }
    }
    manifests = Self.sortedByKind(manifests)
    hooks = Self.sortedByKind(hooks)
  }

  /// Files in bytewise order of their paths, partials left out.
  private static func printingOrder(_ files: [RenderedFile]) -> [Int] {
    let keys = files.map { ByteString($0.path) }
    return files.indices
      .filter { !isPartial(files[$0].path) }
      .sorted { keys[$0] < keys[$1] }
  }

  private static func isPartial(_ path: String) -> Bool {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    return path.utf8[name...].first == UInt8(ascii: "_")
  }

  /// A document of a file, and its head or why it cannot be read.
  struct Document: Sendable {
    var range: ByteRange
    var head: Result<ManifestHead, YAMLError>
  }

  /// The documents of a file up to the first that cannot be read.
  @Sendable static func documents(in bytes: [UInt8]) -> [Document] {
    var documents: [Document] = []
    for range in documentRanges(in: bytes) {
      do throws(YAMLError) {
        documents.append(Document(range: range, head: .success(try ManifestHead(of: bytes, in: range))))
      } catch {
        documents.append(Document(range: range, head: .failure(error)))
        break
      }
    }
    return documents
  }

  private mutating func add(
    _ document: Document, of file: RenderedFile, at index: Int, _ unknownHooks: inout [String]
  ) throws(ManifestFailure) {
    let head: ManifestHead
    switch document.head {
    case .success(let read): head = read
    case .failure(let error): throw ManifestFailure(file: file, document: document.range, error: error)
    }
    var manifest = Manifest(file: index, range: document.range, head: head, events: nil)
    guard let annotation = head.annotations["helm.sh/hook"] else { return manifests.append(manifest) }
    guard let events = HookEvent.events(of: annotation) else { return unknownHooks.append(annotation) }
    manifest.events = events
    hooks.append(manifest)
  }

  /// Stable: documents of one kind stay in the order in which they were found.
  private static func sortedByKind(_ manifests: [Manifest]) -> [Manifest] {
    let ranks = manifests.map { InstallOrder.rank(of: $0.head.kind) }
    return manifests.indices
      .sorted { left, right in
        if ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
        guard ranks[left] == InstallOrder.unknown else { return left < right }
        let order = ByteString(manifests[left].head.kind).compared(to: ByteString(manifests[right].head.kind))
        return order == 0 ? left < right : order < 0
      }
      .map { manifests[$0] }
  }
}
